/**
 * One size of the table in docs/speed.md:
 * `npx tsx bench/scale/table.ts --data <folder> [--desk <folder>] [--files 500] [--paragraphs 20] [--questions 200] [--no-http]`.
 *
 * Text by recombination, ingested by Pilcrow itself. CPU seconds of this process (in which files are read, too) beside time on the
 * clock; questions, searches, MiniSearch and a bare server take turns, question by question, so that whatever else the machine
 * does meets all of them. Compare lines of one run only.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createPilcrow, ingestCorpus } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { quantile } from '../../src/eval/metrics/statistics.ts';
import { argument, markdownOf, needDataFolder } from '../data.ts';
import { poster, startServer } from '../speed/load.ts';
import { realText, recombined } from './text.ts';

const BEST = 50;
const desk = argument('desk');
const files = Number(argument('files') ?? 500);
const each = Number(argument('paragraphs') ?? 20);
const count = Number(argument('questions') ?? 200);
const overHttp = !process.argv.includes('--no-http');
const work = mkdtempSync(join(tmpdir(), 'pilcrow-scale-'));
const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** CPU milliseconds of another process; in hundredths of a second, so only sums are of use. Linux alone. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);

/** A thing that is timed, question by question. */
interface Timed {
  name: string;
  call(question: string): unknown;
  /** CPU so far, milliseconds. Default: of this process. */
  cpu?: () => number;
  wall: number[];
  spent: number;
}
const timed = (name: string, call: Timed['call'], of?: () => number): Timed => ({ name, call, cpu: of, wall: [], spent: 0 });

async function inTurns(things: readonly Timed[], warmUp: readonly string[], questions: readonly string[]): Promise<void> {
  for (const question of warmUp) for (const { call } of things) await call(question);
  for (const question of questions) {
    for (const thing of things) {
      const [began, before] = [performance.now(), (thing.cpu ?? cpu)()];
      await thing.call(question);
      thing.spent += (thing.cpu ?? cpu)() - before;
      thing.wall.push(performance.now() - began);
    }
  }
}

try {
  const corpus = join(work, 'corpus');
  mkdirSync(corpus);
  const { sources, questions: all } = realText(desk, needDataFolder());
  const documents = recombined(sources, files * each, each);
  const pathOf = (at: number) => join(corpus, `${documents[at]?.id}.md`);
  for (const [at, document] of documents.entries()) writeFileSync(pathOf(at), markdownOf(document));
  const settings = { PILCROW_CORPUS: corpus, PILCROW_INDEX: join(work, 'index'), PILCROW_PORT: '0', PILCROW_LOG: 'silent' };
  const config = readConfig(settings);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load average ${loadavg()[1]?.toFixed(1)}`,
  );

  // What is compiled and loaded once is no part of an ingest: a small one elsewhere first.
  const small = join(work, 'small');
  mkdirSync(small);
  for (const document of documents.slice(0, 20)) writeFileSync(join(small, `${document.id}.md`), markdownOf(document));
  await ingestCorpus({ ...config, corpus: small, index: join(work, 'small-index') });
  let full = 0;
  const run = async (name: string) => {
    const [before, began] = [cpu(), performance.now()];
    const summary = await ingestCorpus(config);
    const seconds = (cpu() - before) / 1000;
    full ||= seconds;
    console.log(
      `ingest, ${name}: ${seconds.toFixed(2)} s CPU, ${(seconds / full).toFixed(4)} of all new; ${((performance.now() - began) / 1000).toFixed(1)} s; ` +
        `${summary.chunks} chunks, ${summary.embedded} embedded, ${summary.read} files read; most resident ${mebibytes(process.resourceUsage().maxRSS * 1024)}`,
    );
  };
  await run('all new');
  // A corpus is seldom seconds old, and younger files are looked into every time.
  const past = new Date(Date.now() - 3_600_000);
  for (const at of documents.keys()) utimesSync(pathOf(at), past, past);
  await run('times changed alone');
  await run('nothing changed');
  for (let round = 0; round < 3; round++) {
    appendFileSync(pathOf(Math.floor(files / 2) + round), `\nParagraph ${round} of another kind, added later.\n`);
    await run('one file changed');
  }
  console.log(`index on disk, two snapshots: ${mebibytes(sizeOf(join(work, 'index')))}`);

  const [opened, turns]: [number, number[]] = [cpu(), []];
  let last = performance.now();
  const timer = setInterval(() => {
    turns.push(performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const pilcrow = await createPilcrow(config);
  const reader: IndexReader = await pilcrow.index();
  clearInterval(timer);
  console.log(`opening: ${(cpu() - opened).toFixed(0)} ms CPU, longest turn ${Math.max(0, ...turns).toFixed(0)} ms`);

  const embedder = await createStaticEmbedder();
  const step = Math.max(1, Math.floor(all.length / (count + count / 4)));
  const questions = all.filter((_, at) => at % step === 0);
  const [warmUp, asked] = [questions.slice(0, count / 4), questions.slice(count / 4, count / 4 + count)];
  const vectors = new Map(questions.map((question) => [question, Array.from(embedder.embed(question))]));
  const mini = new MiniSearch<{ id: number; title: string; text: string }>({ fields: ['title', 'text'] });
  mini.addAll(
    documents.flatMap(({ title, paragraphs }) => paragraphs.map(({ text }) => ({ title, text }))).map((one, id) => ({ id, ...one })),
  );
  const things = [
    timed(`BM25, best ${BEST}`, (question) =>
      reader.matching(
        terms(question).map((term) => ({ term, weight: 1 })),
        BEST,
      ),
    ),
    timed(`vectors, best ${BEST}`, (question) => reader.nearest(vectors.get(question) as number[], BEST)),
    timed('a whole answer, in process', (question) => pilcrow.ask({ question })),
    timed('MiniSearch, one query', (question) => mini.search(question, { prefix: false, fuzzy: false })),
  ];
  const stops: (() => Promise<void>)[] = [];
  if (overHttp) {
    execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { stdio: 'inherit' });
    const service = await startServer(['dist/cli/main.js', 'serve', '--json'], settings);
    const client = poster(`${service.url}/v1/ask`, 1);
    const reply = join(work, 'reply.json');
    writeFileSync(reply, (await client.post({ question: asked[0] })).slice(0, 2500));
    const echo = await startServer(['bench/speed/echo.mjs', reply], {});
    const other = poster(`${echo.url}/`, 1);
    things.push(
      timed(
        '`POST /v1/ask`',
        (question) => client.post({ question }),
        () => cpuOf(service.pid),
      ),
      timed(
        'bare `node:http`',
        (question) => other.post({ question }),
        () => cpuOf(echo.pid),
      ),
    );
    stops.push(async () => {
      client.close();
      other.close();
      console.log(`resident while serving: ${readFileSync(`/proc/${service.pid}/status`, 'utf8').match(/VmRSS:\s+(.*)/)?.[1]}`);
      await Promise.all([service.stop(), echo.stop()]);
    });
  }
  await inTurns(things, warmUp, asked);
  for (const stop of stops) await stop();

  console.log(
    `\n${reader.info.chunks} chunks, ${asked.length} questions\n\n| | CPU, ms | of MiniSearch | p50 ms | p95 ms |\n|---|---:|---:|---:|---:|`,
  );
  const unit = (things.find(({ name }) => name.startsWith('MiniSearch')) as Timed).spent;
  for (const { name, wall, spent } of things) {
    const shown = [spent / asked.length, spent / unit, quantile(wall, 0.5) ?? 0, quantile(wall, 0.95) ?? 0].map((value) =>
      value.toPrecision(3),
    );
    console.log(`| ${name} | ${shown.join(' | ')} |`);
  }
  await pilcrow.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
