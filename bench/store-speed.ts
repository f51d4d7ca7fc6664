/**
 * Speed of the local index over made-up text: `npx tsx bench/store-speed.ts [briefings] [paragraphs each]`.
 * Defaults: 500 briefings of 20 paragraphs, one chunk a paragraph, static-en vectors.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHnsw } from '../src/adapters/hnsw.ts';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createVectorSearch } from '../src/adapters/vectors.ts';
import { terms } from '../src/core/text/tokens.ts';
import { random, synthetic } from '../tests/contracts/corpus.ts';

const [briefings = 500, paragraphs = 20] = process.argv.slice(2).map(Number);
const say = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);
const milliseconds = async (work: () => unknown | Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
/** Mean of a call over a list, after a warm-up round, in milliseconds. */
async function mean<T>(list: readonly T[], call: (item: T) => unknown | Promise<unknown>): Promise<string> {
  for (const item of list) await call(item);
  const total = await milliseconds(async () => {
    for (const item of list) await call(item);
  });
  return `${(total / list.length).toFixed(3)} ms`;
}

const embedder = await createStaticEmbedder();
const { id, dimensions } = embedder;
const corpus = synthetic(briefings, paragraphs);
const vectors = corpus.map((entry) => entry.chunks.map((chunk) => embedder.embed(`${chunk.context}\n${chunk.text}`)));
const next = random(5);
const questions = Array.from({ length: 300 }, () => {
  const entry = corpus[Math.floor(next() * corpus.length)]!;
  const words = entry.paragraphs[Math.floor(next() * paragraphs)]!.text.split(' ');
  const from = Math.floor(next() * (words.length - 9));
  return words.slice(from, from + 9).join(' ');
});
const directory = mkdtempSync(join(tmpdir(), 'pilcrow-bench-'));
try {
  const exact = createHnswStore({ directory, scanUpTo: Number.POSITIVE_INFINITY });
  const graph = createHnswStore({ directory, scanUpTo: 0 });
  say(
    'write and commit',
    `${(
      await milliseconds(async () => {
        const writer = await graph.write({ id, dimensions });
        for (const [at, entry] of corpus.entries()) await writer.add(entry, vectors[at]!);
        await writer.commit([]);
      })
    ).toFixed(0)} ms`,
  );
  for (const [name, store] of [
    ['scan', exact],
    ['graph', graph],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) times.push(await milliseconds(async () => (await store.open())!.close()));
    say(`open, ${briefings * paragraphs} paragraphs (${name}), median of 5`, `${times.sort((a, b) => a - b)[2]!.toFixed(0)} ms`);
  }
  const reader = (await exact.open())!;
  const approximate = (await graph.open())!;
  const queries = questions.map((question) => terms(question).map((term) => ({ term, weight: 1 })));
  say('matching, 9 words and their bigrams, best 50', await mean(queries, (query) => reader.matching(query, 50)));
  const asked = questions.map((question) => Array.from(embedder.embed(question)));
  say('nearest, scan, best 50', await mean(asked, (vector) => reader.nearest(vector, 50)));
  say('nearest, graph, best 50', await mean(asked, (vector) => approximate.nearest(vector, 50)));
  const half = { briefings: corpus.slice(0, briefings / 2).map(({ briefing }) => briefing.id) };
  say('nearest, graph, half the briefings, best 50', await mean(asked, (vector) => approximate.nearest(vector, 50, half)));
  say(
    'nearest, graph, best 50 and 50 named',
    await mean(asked, (vector) =>
      approximate.nearest(
        vector,
        50,
        undefined,
        corpus.slice(0, 50).map((entry) => `${entry.briefing.id}#c3`),
      ),
    ),
  );
  let same = 0;
  for (const vector of asked) {
    const truth = new Set((await reader.nearest(vector, 10)).map(({ chunk }) => chunk));
    same += (await approximate.nearest(vector, 10)).filter(({ chunk }) => truth.has(chunk)).length / 10;
  }
  say('recall@10 of the graph (made-up words: noise, the hardest case)', (same / asked.length).toFixed(4));
  const vocabulary = new Set(corpus.flatMap((entry) => entry.paragraphs.flatMap(({ text }) => text.split(' '))));
  const typos = [...vocabulary].slice(0, 300).map((word) => word.slice(1));
  say(`similar words, ${vocabulary.size} words, distance 1`, await mean(typos, (word) => reader.similarWords(word, 1)));
  say(`similar words, ${vocabulary.size} words, distance 2`, await mean(typos, (word) => reader.similarWords(word, 2)));
  say('current', await mean(asked, () => exact.current()));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

// Where the graph begins to pay: the same vectors, cut at several sizes.
const flat = vectors.flat();
for (const size of [500, 1000, 1500, 2000, 3000, 4000, 8000].filter((size) => size <= flat.length)) {
  const joined = new Float32Array(size * dimensions);
  for (let at = 0; at < size; at++) joined.set(flat[at]!, at * dimensions);
  const search = (scanUpTo: number) => createVectorSearch({ vectors: joined, dimensions, briefings: Uint32Array.of(0, size), scanUpTo });
  const scan = search(Number.POSITIVE_INFINITY);
  const walk = search(0);
  walk.use(await buildHnsw(size, dimensions, scan.unit));
  const asked = questions.slice(0, 150).map((question) => Array.from(embedder.embed(question)));
  say(
    `${size} chunks, best 50: scan, graph`,
    `${await mean(asked, (vector) => scan.nearest(vector, 50, null, []))}, ${await mean(asked, (vector) => walk.nearest(vector, 50, null, []))}`,
  );
}
