/**
 * Whether two stores answer alike, and what a question costs in each:
 * `npx tsx bench/scale/stores.ts --data <folder> [--desk <folder>] --local <index folder> [--database <url> --schema <name>] [--questions 300]`.
 *
 * The index of the folder is copied, into PGlite in this process or, where one is named, into a schema of a database (as it is, when it
 * holds as many chunks already). Both are then asked in turns. Compared: status, outcome, confidence to four digits, sentences, citations, notes
 * and passages.
 */
import { folderContent } from '../../src/adapters/content.ts';
import { copySnapshot } from '../../src/adapters/copy.ts';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { connectPostgres } from '../../src/adapters/postgres/connect.ts';
import type { Database, Query } from '../../src/adapters/postgres/database.ts';
import { createPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import type { Answer } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { quantile } from '../../src/eval/metrics/statistics.ts';
import { pgliteDatabase } from '../../tests/adapters/postgres/databases.ts';
import { argument, needDataFolder } from '../data.ts';
import { realText } from './text.ts';

const folder = argument('local') as string;
const url = argument('database');
const wanted = Number(argument('questions') ?? 300);
const database = url ? connectPostgres({ url, connections: 4, statementMilliseconds: 60_000 }) : await pgliteDatabase();
let trips = 0;
const query: Query = (text, values) => {
  trips++;
  return database.query(text, values);
};
const counted: Database = { ...database, query };
const there = createPostgresStore({ database: counted, schema: argument('schema') ?? 'stores' });
const here = createHnswStore({ directory: folder });
const content = await folderContent(folder);
if (!content) throw new Error(`There is no index in ${folder}.`);
if ((await there.info())?.chunks !== content.info.chunks) await copySnapshot({ from: content, to: there, copied: there.content });
const [local, remote] = [(await here.open()) as IndexReader, (await there.open()) as IndexReader];
const embedder = await createStaticEmbedder();
const asks = [local, remote].map((reader) => createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) }));
const shownOf = ({ status, outcome, confidence, sentences, citations, notes, nearest }: Answer): string =>
  JSON.stringify([
    status,
    outcome,
    confidence.toFixed(4),
    sentences.map(({ text, citations: numbers, under }) => [text, numbers, under]),
    citations.map(({ paragraph, start, end }) => [paragraph, start, end]),
    notes.map(({ text }) => text),
    nearest.map(({ paragraphs }) => paragraphs),
  ]);

const all = realText(argument('desk'), needDataFolder()).questions;
const questions = Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)] as string);
const walls: number[][] = [[], []];
const counts: number[] = [];
const answered: Record<string, number> = {};
let different = 0;
for (const question of questions) {
  trips = 0;
  const shown: string[] = [];
  for (const [at, { ask }] of asks.entries()) {
    const began = performance.now();
    const answer = await ask({ question });
    walls[at]?.push(performance.now() - began);
    shown.push(shownOf(answer));
    if (at === 0) answered[answer.status] = (answered[answer.status] ?? 0) + 1;
  }
  counts.push(trips);
  if (shown[0] !== shown[1] && ++different <= 5) console.log(`different: ${question}\n  ${shown[0]}\n  ${shown[1]}`);
}
const spread = (list: readonly number[] = []) => `p50 ${quantile(list, 0.5)?.toFixed(1)}, p95 ${quantile(list, 0.95)?.toFixed(1)}`;
console.log(`${remote.info.chunks} chunks; ${questions.length} questions (${JSON.stringify(answered)}), ${different} answered otherwise`);
console.log(
  `milliseconds: folder ${spread(walls[0])}; ${url ? 'PostgreSQL' : 'PGlite'} ${spread(walls[1])}; round trips ${spread(counts)}, most ${Math.max(...counts)}`,
);
await remote.close();
await local.close();
await there.close();
