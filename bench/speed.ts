/**
 * Speed of answering, beside MiniSearch over the same paragraphs and a bare HTTP server that echoes the same bytes:
 * `npx tsx bench/speed.ts [--paragraphs 10000] [--questions 1000] [--data folder] [--cpu-prof folder]`.
 *
 * By default the text is random (bench/speed/text.ts) and nothing else is needed; with `--data`, paragraphs and questions
 * of public sets are used. Searches are timed in this process; `POST /v1/ask` is the built program in a process of its
 * own, asked over loopback. Every question is asked once; other questions warm up before. Results: docs/speed.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { packageRoot } from '../src/adapters/package-root.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { parseStaticModel } from '../src/adapters/static-model.ts';
import { library } from '../src/ask/library.ts';
import { createChunkReader } from '../src/ask/rank/chunk-reader.ts';
import { checkRanker, rank } from '../src/ask/rank/rank.ts';
import type { Session } from '../src/ask/records.ts';
import { retrieve } from '../src/ask/retrieve/retrieve.ts';
import { DEFAULT_SETTINGS } from '../src/ask/settings.ts';
import { understand } from '../src/ask/understand/understand.ts';
import weights from '../src/ask/weights.json' with { type: 'json' };
import { localVectors } from '../src/ask/word-vectors.ts';
import { createPilcrow, ingestCorpus } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { isStopword } from '../src/core/text/stopwords.ts';
import { argument, dataFolder, markdownOf, readSet, type SetDocument } from './data.ts';
import { poster, startServer, type Timing, time } from './speed/load.ts';
import { makeText } from './speed/text.ts';

const PARAGRAPHS = Number(argument('paragraphs') ?? 10_000);
const QUESTIONS = Number(argument('questions') ?? 1000);
/** English sets, in the order they are taken until there are enough paragraphs. */
const SETS = ['squad2', 'clapnq', 'covidqa', 'timeqa', 'pubmedqa', 'mtrag', 'abgcoqa'];
/** Paragraphs of a document of random text. */
const EACH = 20;
/** Different content words of 10,000 paragraphs of reports, names included. */
const VOCABULARY = 30_000;
/** One question of five is enough for a search engine that takes ten times as long. */
const SLOW_SHARE = 5;

/** English words, the most frequent first: those of the embedding model that comes with the package. */
function vocabulary(): string[] {
  const { words } = parseStaticModel(readFileSync(join(packageRoot(), 'models', 'static-en', 'static-en.pse')));
  return [...words.keys()].filter((word) => /^[a-z]{3,}$/.test(word) && !isStopword(word)).slice(0, VOCABULARY);
}

function texts(): { documents: SetDocument[]; questions: string[]; source: string } {
  const folder = argument('data') ? dataFolder() : null;
  if (!folder) {
    const made = makeText(vocabulary(), { documents: Math.ceil(PARAGRAPHS / EACH), paragraphs: EACH, questions: 2 * QUESTIONS });
    const documents = made.documents.map(({ title, date, paragraphs }, at) => ({
      id: `made-${at}`,
      title,
      date,
      paragraphs: paragraphs.map((text, i) => ({ id: `${at}-${i}`, text })),
    }));
    return { documents, questions: made.questions, source: 'random text' };
  }
  const documents: SetDocument[] = [];
  const questions: string[] = [];
  let count = 0;
  for (const set of SETS.map((name) => readSet(folder, name))) {
    for (const document of set.documents) {
      if (count >= PARAGRAPHS) break;
      documents.push(document);
      count += document.paragraphs.length;
    }
    for (const { question, history } of set.questions) if (!history?.length) questions.push(question.trim());
  }
  // Spread over all sets, in a fixed order.
  const step = Math.max(1, Math.floor(questions.length / (2 * QUESTIONS)));
  return { documents, questions: questions.filter((_, at) => at % step === 0), source: SETS.join(', ') };
}

const shown = (value: number) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));
const row = (name: string, timing: Timing, rates: readonly Timing[] = []) =>
  `| ${name} | ${[timing.p50, timing.p95, timing.mean].map(shown).join(' | ')} | ${shown(timing.rate)} | ${rates.map(({ rate }) => shown(rate)).join(' | ') || '–'} |`;

const work = mkdtempSync(join(tmpdir(), 'pilcrow-speed-'));
try {
  const { documents, questions, source } = texts();
  const warmUp = questions.filter((_, at) => at % 2 === 1).slice(0, QUESTIONS);
  const asked = questions.filter((_, at) => at % 2 === 0).slice(0, QUESTIONS);
  const corpus = join(work, 'corpus');
  mkdirSync(corpus);
  for (const document of documents) writeFileSync(join(corpus, `${document.id.replace(/[^\w-]/g, '-')}.md`), markdownOf(document));
  const settings = { PILCROW_CORPUS: corpus, PILCROW_INDEX: join(work, 'index'), PILCROW_PORT: '0', PILCROW_LOG: 'silent' };
  const config = readConfig(settings);
  const summary = await ingestCorpus(config);
  const rows: string[] = [];
  const put = (line: string) => {
    rows.push(line);
    console.error(line);
  };

  // Searches, in this process.
  const embedder = await createStaticEmbedder();
  const pilcrow = await createPilcrow(config);
  const reader = await pilcrow.index();
  const vectors = localVectors(embedder);
  const read = createChunkReader(vectors);
  const ranker = checkRanker(weights.ranker);
  const known = await library(reader);
  const sessionOf = (question: string): Session => ({
    request: { question },
    reader,
    library: known,
    settings: DEFAULT_SETTINGS,
    step: () => {},
    emit: () => {},
    signal: undefined,
  });
  const understood = (text: string) => understand(sessionOf(text), vectors, () => true);
  const prepare = (list: readonly string[]) =>
    Promise.all(
      list.map(async (text) => {
        const session = sessionOf(text);
        const question = await understood(text);
        return { text, session, question, vector: await embedder.embedQuery(question.text) };
      }),
    );
  const [warm, timed] = [await prepare(warmUp), await prepare(asked)];
  type Prepared = (typeof timed)[number];
  const { depth } = DEFAULT_SETTINGS;
  const searches: [string, (one: Prepared) => Promise<unknown>][] = [
    ['understand the question', ({ text }) => understood(text)],
    [`BM25, best ${depth}`, ({ question }) => reader.matching(question.search, depth)],
    [`vectors, best ${depth}`, ({ vector }) => reader.nearest(vector, depth)],
    ['retrieve: both, with embedding, fusion and reading', ({ session, question }) => retrieve(session, question, embedder, read)],
    [
      'retrieve and rank',
      async ({ session, question }) => rank(session, question, await retrieve(session, question, embedder, read), vectors, ranker),
    ],
    ['a whole answer, in process', ({ text }) => pilcrow.ask({ question: text })],
  ];
  for (const [name, call] of searches) {
    await time(warm, 1, call);
    put(row(name, await time(timed, 1, call)));
  }
  const mini = new MiniSearch<{ id: number; title: string; text: string }>({ fields: ['title', 'text'] });
  mini.addAll(
    documents.flatMap(({ title, paragraphs }) => paragraphs.map(({ text }) => ({ title, text }))).map((one, id) => ({ id, ...one })),
  );
  const search = (text: string) => mini.search(text, { prefix: false, fuzzy: false });
  await time(warmUp.slice(0, QUESTIONS / SLOW_SHARE / 4), 1, search);
  const miniTiming = await time(asked.slice(0, QUESTIONS / SLOW_SHARE), 1, search);
  put(row('MiniSearch, one query', miniTiming));
  await pilcrow.close();

  // Over HTTP.
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { stdio: 'inherit' });
  const profile = argument('cpu-prof');
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const http: Timing[] = [];
  const overHttp = async (name: string, url: string, stop: () => Promise<void>): Promise<string> => {
    const client = poster(url, 8);
    let longest = '';
    await time(warmUp, 1, (question) => client.post({ question }));
    const one = await time(asked, 1, async (question) => {
      const reply = await client.post({ question });
      if (longest === '' || Math.abs(reply.length - 2500) < Math.abs(longest.length - 2500)) longest = reply;
    });
    const eight = await time(asked, 8, (question) => client.post({ question }));
    client.close();
    await stop();
    put(row(name, one, [eight]));
    http.push(one, eight);
    return longest;
  };
  const service = await startServer([...flags, 'dist/cli/main.js', 'serve', '--json'], settings);
  const answer = await overHttp('`POST /v1/ask`', `${service.url}/v1/ask`, service.stop);
  const file = join(work, 'reply.json');
  writeFileSync(file, answer);
  const echo = await startServer(['bench/speed/echo.mjs', file], {});
  await overHttp(`bare \`node:http\`, ${answer.length} bytes`, `${echo.url}/`, echo.stop);

  const [ask, askEight, bare, bareEight] = http as [Timing, Timing, Timing, Timing];
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load average ${loadavg()[1]?.toFixed(1)}`,
  );
  console.log(`${source}: ${summary.briefings} briefings, ${summary.paragraphs} paragraphs, ${asked.length} questions\n`);
  console.log('| | p50 ms | p95 ms | mean ms | per second | per second, 8 at a time |\n|---|---:|---:|---:|---:|---:|');
  console.log(rows.join('\n'));
  console.log(
    `\nOne /v1/ask takes ${(ask.p50 / miniTiming.p50).toFixed(2)} of one MiniSearch query (median), ${(ask.mean / miniTiming.mean).toFixed(2)} (mean),`,
  );
  console.log(
    `and ${(ask.p50 / bare.p50).toFixed(1)} echoes; eight at a time, ${(bareEight.rate / askEight.rate).toFixed(1)} echoes' worth of throughput.`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
