/**
 * What threads that answer give and cost: `npx tsx bench/threads.ts --data <folder> [--chunks 10000] [--questions 400] [--workers 0,1,2]`.
 *
 * The built service over one index of real text, with each number of threads in turn; questions over one connection and over eight, taking
 * turns by fifty, so that what else the machine does hits both alike. Said are questions a second, CPU time of the process and of the
 * serving thread alone for each question, and resident memory once everything was asked. Results: docs/speed.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestCorpus } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { argument, markdownOf, needDataFolder, readSet } from './data.ts';
import { poster, startServer, time } from './speed/load.ts';

const CHUNKS = Number(argument('chunks') ?? 10_000);
const QUESTIONS = Number(argument('questions') ?? 400);
const WORKERS = (argument('workers') ?? '0,1,2').split(',').map(Number);
const SETS = ['squad2', 'clapnq', 'covidqa', 'timeqa', 'pubmedqa', 'mtrag', 'abgcoqa'];
const TURN = 50;

const work = mkdtempSync(join(tmpdir(), 'pilcrow-threads-'));
try {
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { stdio: 'inherit' });
  const corpus = join(work, 'corpus');
  mkdirSync(corpus);
  const questions: string[] = [];
  let paragraphs = 0;
  for (const set of SETS.map((name) => readSet(needDataFolder(), name))) {
    for (const document of set.documents) {
      if (paragraphs >= CHUNKS) break;
      writeFileSync(join(corpus, `${document.id.replace(/[^\w-]/g, '-')}.md`), markdownOf(document));
      paragraphs += document.paragraphs.length;
    }
    for (const { question, history } of set.questions) if (!history?.length) questions.push(question.trim());
  }
  const step = Math.max(1, Math.floor(questions.length / (2 * QUESTIONS)));
  const spread = questions.filter((_, at) => at % step === 0);
  const [warmUp, asked] = [
    spread.filter((_, at) => at % 2 === 1).slice(0, 100),
    spread.filter((_, at) => at % 2 === 0).slice(0, QUESTIONS),
  ];
  const settings = {
    PILCROW_CORPUS: corpus,
    PILCROW_INDEX: join(work, 'index'),
    PILCROW_DATA: join(work, 'data'),
    PILCROW_PORT: '0',
    PILCROW_LOG: 'silent',
  };
  const summary = await ingestCorpus(readConfig(settings));
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}; ${summary.briefings} briefings, ${summary.paragraphs} paragraphs, ${summary.chunks} chunks, ${asked.length} questions`,
  );
  console.log(
    '| threads | 1 connection, per second | 8, per second | ratio | CPU ms a question | serving thread, ms | resident MiB | load |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  for (const workers of WORKERS) {
    const service = await startServer(['dist/cli/main.js', 'serve', '--json'], { ...settings, PILCROW_WORKERS: String(workers) });
    const stat = (file: string) => readFileSync(`/proc/${service.pid}/${file}`, 'utf8');
    const processTime = () => {
      const fields = stat('stat').split(') ')[1]?.split(' ') ?? [];
      return 10 * (Number(fields[11]) + Number(fields[12]));
    };
    const servingTime = () => Number(stat(`task/${service.pid}/schedstat`).split(' ')[0]) / 1e6;
    const client = poster(`${service.url}/v1/ask`, 8);
    const ask = (question: string) => client.post({ question });
    await time(warmUp, 8, ask);
    const [cpu, serving] = [processTime(), servingTime()];
    const seconds = { one: 0, eight: 0 };
    for (let at = 0; at < asked.length; at += TURN) {
      const turn = asked.slice(at, at + TURN);
      seconds.one += turn.length / (await time(turn, 1, ask)).rate;
      seconds.eight += turn.length / (await time(turn, 8, ask)).rate;
    }
    const all = 2 * asked.length;
    const resident = Number(/VmRSS:\s+(\d+)/.exec(stat('status'))?.[1]) / 1024;
    const [one, eight] = [asked.length / seconds.one, asked.length / seconds.eight];
    const row = [one, eight, eight / one, (processTime() - cpu) / all, (servingTime() - serving) / all, resident, loadavg()[0] as number];
    console.log(`| ${workers} | ${row.map((value) => (value < 10 ? value.toFixed(2) : value.toFixed(0))).join(' | ')} |`);
    client.close();
    await service.stop();
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
