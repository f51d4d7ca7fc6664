/**
 * What the graph finds and costs by its parameters: `npx tsx bench/scale/graph.ts --data <folder> [--desk <folder>] [--chunks 10000]
 * [--grid 16:200,24:200] [--ef 100,200]`. Real text up to what there is, beyond that by recombination (`--text recombined` for all).
 *
 * Recall: share of the best 50 of the exact scan. Times are CPU time, not time on the clock. Results: docs/speed.md.
 */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHnsw } from '../../src/adapters/hnsw.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createVectorSearch } from '../../src/adapters/vectors.ts';
import { random } from '../../tests/contracts/corpus.ts';
import { argument, needDataFolder } from '../data.ts';
import { makeText } from '../speed/text.ts';
import { realText, recombined } from './text.ts';

const BEST = 50;
const desk = argument('desk');
const size = Number(argument('chunks') ?? 10_000);
const asked = Number(argument('questions') ?? 300);
const grid = (argument('grid') ?? '16:200').split(',').map((pair) => pair.split(':').map(Number) as [number, number]);
const efs = (argument('ef') ?? '100,200,300').split(',').map(Number);
const kind = argument('text') ?? 'real';

const { sources, questions: all } = realText(desk, needDataFolder());
let texts: string[];
if (kind === 'real') texts = realChunks();
else if (kind === 'random') texts = randomChunks();
else texts = recombined(sources, size).flatMap(({ title, paragraphs }) => paragraphs.map(({ text }) => `${title}\n${text}`));
if (texts.length > size) texts = spread(texts, size);

/** Sentences as they follow one another, about as long as a chunk. */
function realChunks(): string[] {
  const made: string[] = [];
  for (const { title, sentences } of sources) {
    let chunk = '';
    for (const sentence of sentences) {
      chunk += `${sentence} `;
      if (chunk.length < 450) continue;
      made.push(`${title}\n${chunk}`);
      chunk = '';
    }
    if (chunk !== '') made.push(`${title}\n${chunk}`);
  }
  return made;
}

/** Words drawn by their frequency in the texts: no paragraph is about anything. */
function randomChunks(): string[] {
  const words = [
    ...new Set(
      sources.flatMap(
        ({ sentences }) =>
          sentences
            .join(' ')
            .toLowerCase()
            .match(/[a-z]{3,}/g) ?? [],
      ),
    ),
  ];
  const { documents } = makeText(words.slice(0, 30_000), { documents: Math.ceil(size / 20), paragraphs: 20, questions: 1 });
  return documents.flatMap(({ title, paragraphs }) => paragraphs.map((text) => `${title}\n${text}`));
}

function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)] as T);
}

const embedder = await createStaticEmbedder();
const { dimensions } = embedder;
const vectors = new Float32Array(texts.length * dimensions);
for (const [at, text] of texts.entries()) vectors.set(embedder.embed(text), at * dimensions);
const next = random(3);
const queries = spread(all, asked).map((question) => Array.from(embedder.embed(question)));
next();
const search = createVectorSearch({ vectors, dimensions, briefings: Uint32Array.of(0, texts.length), scanUpTo: Number.POSITIVE_INFINITY });
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
let begun = cpu();
const best = queries.map((query) => search.nearest(query, BEST, null, []).map(({ ordinal }) => ordinal));
console.log(
  `${texts.length} chunks of ${kind} text, ${queries.length} questions; exact scan ${((cpu() - begun) / queries.length).toFixed(2)} ms CPU`,
);
console.log(
  '| M | efConstruction | ef | best 50 found | worst question | search, ms | build, s | file, MiB |\n|---:|---:|---:|---:|---:|---:|---:|---:|',
);
for (const [m, efConstruction] of grid) {
  begun = cpu();
  const built = await buildHnsw(texts.length, dimensions, search.unit, { m, efConstruction, ef: 50 });
  const build = (cpu() - begun) / 1000;
  const file = join(tmpdir(), `pilcrow-graph-${process.pid}.bin`);
  await built.save(file);
  const bytes = readFileSync(file).length;
  rmSync(file);
  for (const ef of efs) {
    const unit = queries.map((query) => query);
    begun = cpu();
    const found = unit.map((query) => built.search(query, BEST, { ef }));
    const each = (cpu() - begun) / queries.length;
    const shares = found.map((labels, at) => {
      const truth = new Set(best[at]);
      return labels.filter((label) => truth.has(label)).length / truth.size;
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    console.log(
      `| ${m} | ${efConstruction} | ${ef} | ${mean.toFixed(4)} | ${Math.min(...shares).toFixed(2)} | ${each.toFixed(2)} | ${build.toFixed(1)} | ${(bytes / 2 ** 20).toFixed(0)} |`,
    );
  }
}
