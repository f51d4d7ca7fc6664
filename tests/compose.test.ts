import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createPilcrow, ingestCorpus } from '../src/compose.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Pilcrow } from '../src/core/ports.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { temporaryCorpus } from './fixtures/corpus.ts';

const folders = temporaryCorpus();
let config: Config;
beforeAll(async () => {
  config = readConfig({ PILCROW_CORPUS: folders.corpus, PILCROW_INDEX: folders.index });
  await ingestCorpus(config);
});
afterAll(() => folders.remove());
const question = 'How many harbours does Norland have?';
/** What is found, after a question was answered without an error; whether words alone suffice to assert it is for the ranker. */
const found = async (pilcrow: Pilcrow) => {
  await pilcrow.ask({ question });
  return (await pilcrow.search({ query: question })).passages.map((one) => one.text).join('\n');
};

test('nothing indexed is told, and taken up as soon as there is something', async () => {
  const empty = { ...config, index: join(folders.root, 'later') };
  const pilcrow = await createPilcrow(empty);
  await expect(pilcrow.ask({ question })).rejects.toMatchObject({ code: 'index_missing', retryable: true });
  await ingestCorpus(empty);
  expect((await pilcrow.ask({ question })).answer).toContain('9 harbours');
  await pilcrow.close();
  await expect(pilcrow.ask({ question })).rejects.toMatchObject({ code: 'unavailable' });
});

test('without its embedding model words still find the passage, and it says so', async () => {
  const pilcrow = await createPilcrow({ ...config, embeddings: join(folders.root, 'missing.pse') });
  expect(await found(pilcrow)).toContain('9 harbours');
  expect(pilcrow.warnings()).toEqual([expect.stringContaining('could not be opened')]);
  await pilcrow.close();
});

test('with an index made by another embedder words still find the passage, and it says so', async () => {
  const index = join(folders.root, 'foreign');
  // The direction of a text is its number of vowels: a model of another id and size.
  const vector = (text: string) => [text.match(/[aeiou]/g)?.length ?? 0, 1].map((value, _, all) => value / Math.hypot(...all));
  const embedder = {
    id: 'vowels-1',
    dimensions: 2,
    embedQuery: async (text: string) => vector(text),
    embedDocuments: async (texts: string[]) => texts.map(vector),
  };
  await ingest({ folder: folders.corpus, store: createHnswStore({ directory: index }), embedder });
  const pilcrow = await createPilcrow({ ...config, index });
  expect(await found(pilcrow)).toContain('9 harbours');
  expect(pilcrow.warnings()).toEqual([expect.stringContaining('vowels-1')]);
  const { passages } = await pilcrow.search({ query: question });
  expect(passages.every((passage) => passage.semantic === 0)).toBe(true);
  await pilcrow.close();
});

test('vectors that were lost are made again as ingest makes them', async () => {
  const index = join(folders.root, 'lossy');
  await ingestCorpus({ ...config, index });
  const semantic = async () => {
    const pilcrow = await createPilcrow({ ...config, index });
    const { passages } = await pilcrow.search({ query: 'speedy boats across the sound' });
    await pilcrow.close();
    return passages.map(({ paragraph, semantic: score }) => [paragraph, score]);
  };
  const before = await semantic();
  expect(before.some(([, score]) => score !== 0)).toBe(true);
  const vectors = readdirSync(index, { recursive: true, encoding: 'utf8' }).filter((file) => /vector|hnsw/i.test(file));
  expect(vectors.length).toBeGreaterThan(0);
  for (const file of vectors) rmSync(join(index, file));
  expect(await semantic()).toEqual(before);
});
