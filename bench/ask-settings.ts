/**
 * Varies one setting of the ask journey at a time over the tuning cases: `npx tsx bench/ask-settings.ts [--also folder] [--only enough]`.
 * Prints a Markdown row a value: answerable questions right, single facts right, unanswerable ones declined, over corpus/ and,
 * with `--also`, over a second folder that holds the same editions in other words.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk } from '../src/ask/ask.ts';
import { type AskSettings, DEFAULT_SETTINGS } from '../src/ask/settings.ts';
import { wordVectorsOf } from '../src/ask/word-vectors.ts';
import type { IndexReader } from '../src/core/ports.ts';
import { inProcess, loadCases, observe, score } from '../src/eval/index.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { argument } from './data.ts';

const CASES = ['tune', 'tune-more', 'tune-near', 'tune-facts', 'tune-fresh-a', 'tune-fresh-b', 'tune-fresh-c'].map(
  (name) => `evals/cases/${name}.yaml`,
);
const VALUES: Partial<Record<Exclude<keyof AskSettings, 'ablation'>, number[]>> = {
  enough: [0.1, 0.15, 0.2, 0.3],
  enoughOfForm: [0.05, 0.08, 0.1, 0.15, 0.2],
  enoughWithoutHead: [0.15, 0.3, 0.45, 0.6],
  olderMargin: [0.05, 0.15, 0.25, 0.4],
  passages: [5, 8, 10, 15],
  further: [0.3, 0.6, 0.9, 1.2],
  furtherBeside: [0, 1, 2, 3, 4],
  formShare: [0.2, 0.4, 0.6, 0.8],
  alike: [0.2, 0.26, 0.34, 0.42, 1.1],
  saysLittle: [0, 4, 7, 10],
  shortAnswer: [0, 25, 40, 60],
  unknownWeight: [0.25, 0.5, 1],
  similarWeight: [0, 0.15, 0.25, 0.4],
  scaffoldWeight: [0, 0.15, 0.4, 1],
  carriedWeight: [0.2, 0.4, 0.8],
  carriedNameWeight: [0.4, 0.8, 1],
};

const embedder = await createStaticEmbedder();
const wordVectors = wordVectorsOf(embedder.embed);
const cases = (await Promise.all(CASES.map(loadCases))).flatMap((dataset) => dataset.cases);
const also = argument('also');
const only = argument('only');
const root = await mkdtemp(join(tmpdir(), 'pilcrow-settings-'));
const readers: IndexReader[] = [];
for (const [number, folder] of ['corpus', ...(also ? [also] : [])].entries()) {
  const store = createHnswStore({ directory: join(root, String(number)) });
  await ingest({ folder, store, embedder });
  readers.push((await store.open()) as IndexReader);
}

const share = (hits: number, all: number) => (hits / all).toFixed(3);
console.log('| setting | value | right, answerable | right, single fact | declined |\n|---|---:|---:|---:|---:|');
for (const [name, values] of Object.entries(VALUES) as [Exclude<keyof AskSettings, 'ablation'>, number[]][]) {
  if (only && only !== name) continue;
  for (const value of values) {
    const sums = { answerable: [0, 0], fact: [0, 0], declined: [0, 0] } as Record<string, [number, number]>;
    const add = (key: string, right: boolean) => {
      const sum = sums[key] as [number, number];
      sum[0] += right ? 1 : 0;
      sum[1]++;
    };
    for (const reader of readers) {
      const { ask } = createAsk({ index: async () => reader, embedder, wordVectors, settings: { [name]: value } });
      const target = inProcess({ ask });
      const observations = await observe({ cases, target });
      const byId = new Map(cases.map((one) => [one.id, one]));
      for (const observation of observations) {
        const one = byId.get(observation.id);
        if (!one) continue;
        const { right } = score(one, observation, target.capabilities);
        add(one.answerable ? 'answerable' : 'declined', right);
        if (one.answerable && one.tags?.includes('single-fact')) add('fact', right);
      }
    }
    const cells = ['answerable', 'fact', 'declined'].map((key) => share(...(sums[key] as [number, number])));
    console.log(`| ${name} | ${value}${DEFAULT_SETTINGS[name] === value ? ' (default)' : ''} | ${cells.join(' | ')} |`);
  }
}
await Promise.all(readers.map((reader) => reader.close()));
await rm(root, { recursive: true, force: true });
