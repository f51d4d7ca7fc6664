/**
 * Whether two stores answer alike, and what a question costs in each:
 * `npx tsx bench/postgres/stores.ts --desk <folder> [--database <url> --schema <name>] [--questions 300]`, or with
 * `--local <index folder> --data <folder>` for questions of public sets over an index of one's own.
 *
 * All document sets of the desk in one index, in a folder. It is copied, into PGlite in this process or, where one is named, into a schema of a database (as it is, when it
 * holds as many chunks already). Both are then asked in turns. Compared: status, outcome, sentences, citations and notes; apart from
 * these, confidence to four digits and the passages beside, which differ by what either graph misses.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folderContent } from '../../src/adapters/content.ts';
import { copySnapshot } from '../../src/adapters/copy.ts';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { connectPostgres } from '../../src/adapters/postgres/connect.ts';
import type { Database, Query } from '../../src/adapters/postgres/database.ts';
import { statementsOf } from '../../src/adapters/postgres/statements.ts';
import { createPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import type { Answer, AskRequest } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { quantile } from '../../src/eval/metrics/statistics.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { pgliteDatabase } from '../../tests/adapters/postgres/databases.ts';
import { deskSetsIn, readDeskSet, requestOf } from '../answers/sets.ts';
import { argument, indexOf, needDataFolder } from '../data.ts';
import { realText } from '../scale/text.ts';

/** Round trips of a question, docs/postgres.md. */
const MOST_TRIPS = 4;
const desk = argument('desk');
const embedder = await createStaticEmbedder();

/** Documents of all sets of the desk in an index of a folder, and the questions of all sets. */
async function deskIndex(from: string): Promise<{ folder: string; requests: AskRequest[]; remove(): void }> {
  const sets = deskSetsIn(from);
  const documents = sets.flatMap((set) =>
    readdirSync(join(from, set, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:md|txt)$/.test(file) && statSync(join(from, set, 'docs', file)).isFile())
      .sort()
      .map((file) => readDocument(`${set}/${file}`, readFileSync(join(from, set, 'docs', file)), { now: new Date('2026-11-30') })),
  );
  const { directory, remove } = await indexOf(await assemble(documents.filter(({ paragraphs }) => paragraphs.length > 0)), embedder);
  return { folder: directory, remove, requests: sets.flatMap((set) => readDeskSet(from, set).cases.map(requestOf)) };
}

const own = argument('local');
const { folder, requests, remove } = own
  ? { folder: own, requests: realText(desk, needDataFolder()).questions.map((question) => ({ question })), remove: () => undefined }
  : await deskIndex(desk as string);
const url = argument('database');
const wanted = Number(argument('questions') ?? 300);
const database = url ? connectPostgres({ url, connections: 4, statementMilliseconds: 60_000 }) : await pgliteDatabase();
const schema = argument('schema') ?? 'stores';
let trips: string[] = [];
const query: Query = (text, values) => {
  trips.push(nameOf(text));
  return database.query(text, values);
};
const counted: Database = { ...database, query };
const there = createPostgresStore({ database: counted, schema });
const here = createHnswStore({ directory: folder });
const statements = statementsOf(schema);
const { dimensions } = embedder;
const names = new Map(
  Object.entries({
    ...statements,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`matching ${at + 1}`, statements.matching(at + 1)])),
    ...{ nearest: statements.nearest(dimensions), scanned: statements.scanned(dimensions) },
    ...{ 'both, by the graph': statements.both(dimensions, false), 'both, all compared': statements.both(dimensions, true) },
  }).flatMap(([name, made]) => (typeof made === 'string' ? [[made, name] as const] : [])),
);
function nameOf(text: string): string {
  return names.get(text) ?? 'other';
}
const content = await folderContent(folder);
if (!content) throw new Error(`There is no index in ${folder}.`);
if ((await there.info())?.chunks !== content.info.chunks) await copySnapshot({ from: content, to: there, copied: there.content });
const [local, remote] = [(await here.open()) as IndexReader, (await there.open()) as IndexReader];
const asks = [local, remote].map((reader) => createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) }));
const besideOf = ({ confidence, nearest }: Answer): string =>
  JSON.stringify([confidence.toFixed(4), nearest.map(({ paragraphs }) => paragraphs)]);
const shownOf = ({ status, outcome, sentences, citations, notes }: Answer): string =>
  JSON.stringify([
    status,
    outcome,
    sentences.map(({ text, citations: numbers, under }) => [text, numbers, under]),
    citations.map(({ paragraph, start, end }) => [paragraph, start, end]),
    notes.map(({ text }) => text),
  ]);

const count = Math.min(wanted, requests.length);
const questions = Array.from({ length: count }, (_, at) => requests[Math.floor((at * requests.length) / count)] as AskRequest);
const walls: number[][] = [[], []];
const counts: number[] = [];
const answered: Record<string, number> = {};
/** What was asked for by questions of more round trips than there should be. */
const longer = new Map<string, string[]>();
let different = 0;
let beside = 0;
for (const request of questions) {
  trips = [];
  const shown: string[] = [];
  const others: string[] = [];
  for (const [at, { ask }] of asks.entries()) {
    const began = performance.now();
    const answer = await ask(request);
    walls[at]?.push(performance.now() - began);
    shown.push(shownOf(answer));
    others.push(besideOf(answer));
    if (at === 0) answered[answer.status] = (answered[answer.status] ?? 0) + 1;
  }
  counts.push(trips.length);
  if (trips.length > MOST_TRIPS) {
    const kind = trips.join(', ');
    longer.set(kind, [...(longer.get(kind) ?? []), request.question]);
  }
  if (others[0] !== others[1]) beside++;
  if (shown[0] !== shown[1] && ++different <= 5) console.log(`different: ${request.question}\n  ${shown[0]}\n  ${shown[1]}`);
}
const spread = (list: readonly number[] = []) => `p50 ${quantile(list, 0.5)?.toFixed(1)}, p95 ${quantile(list, 0.95)?.toFixed(1)}`;
console.log(
  `${remote.info.chunks} chunks; ${questions.length} questions (${JSON.stringify(answered)}), ${different} answered otherwise; ${beside} of another confidence or with other passages beside`,
);
console.log(
  `milliseconds: folder ${spread(walls[0])}; ${url ? 'PostgreSQL' : 'PGlite'} ${spread(walls[1])}; round trips ${spread(counts)}, most ${Math.max(...counts)}`,
);
for (const [kind, asked] of [...longer].sort(([, a], [, b]) => b.length - a.length)) console.log(`${asked.length} × ${kind}: ${asked[0]}`);
await remote.close();
await local.close();
await there.close();
remove();
