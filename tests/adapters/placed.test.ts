import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createHnswStore, type HnswStore } from '../../src/adapters/hnsw-store.ts';
import { inMemory, walked } from '../../src/adapters/placed.ts';
import type { IndexStore } from '../../src/core/ports.ts';
import { synthetic } from '../contracts/corpus.ts';
import { indexStoreContract, publish } from '../contracts/index-store.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-placed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const places = new WeakMap<IndexStore, string>();
let count = 0;
/** Every file by place, and a graph from twenty chunks on. */
const over = (directory: string): HnswStore => {
  const store = createHnswStore({ directory, scanUpTo: 20, inMemoryUpTo: 0 });
  places.set(store, directory);
  return store;
};
const fresh = () => over(join(root, `${++count}`, 'index'));
const snapshotIn = (directory: string): string => {
  const [only] = readdirSync(join(directory, 'snapshots'));
  return join(directory, 'snapshots', only as string);
};

indexStoreContract('hnsw store that reads by place', fresh, (store) => over(places.get(store)!));

it('reads on when the snapshot is deleted', async () => {
  const store = fresh();
  await publish(store, synthetic(4, 12));
  const reader = (await store.open())!;
  const directory = places.get(store)!;
  const held = (await createHnswStore({ directory }).open())!;
  const question = (await held.chunksOf('report-0002'))[3]!;
  rmSync(directory, { recursive: true });
  expect(await reader.chunks([question.id])).toEqual([question]);
  expect(await reader.text('report-0002')).toBe(await held.text('report-0002'));
  expect(await reader.paragraphsOf('report-0002')).toEqual(await held.paragraphsOf('report-0002'));
});

it('opens no file that was changed, and says when one becomes shorter afterwards', async () => {
  const store = fresh();
  await publish(store, synthetic(4, 12));
  const folder = snapshotIn(places.get(store)!);
  const reader = (await store.open())!;
  const texts = join(folder, 'texts.jsonl');
  const before = readFileSync(texts);
  truncateSync(texts, 10);
  await expect(reader.text((await reader.briefings()).at(-1)!.id)).rejects.toMatchObject({ code: 'index_damaged' });
  await expect(over(places.get(store)!).open()).rejects.toMatchObject({ code: 'index_damaged' });
  before[before.length - 3] = 120;
  writeFileSync(texts, before);
  await expect(over(places.get(store)!).open()).rejects.toMatchObject({ code: 'index_damaged' });
  appendFileSync(texts, 'more');
  await expect(over(places.get(store)!).open()).rejects.toMatchObject({ code: 'index_damaged' });
});

it('goes through a file of several blocks', () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251);
  const from = walked(inMemory(bytes));
  for (const [at, least] of [
    [0, 8],
    [1_048_570, 8],
    [2_097_150, 100],
    [5, 1],
    [2_999_999, 8],
  ] as const) {
    const part = from(at, least);
    expect(part.length).toBeGreaterThanOrEqual(Math.min(least, bytes.length - at));
    expect(part[0]).toBe(at % 251);
    expect(part.at(Math.min(least, bytes.length - at) - 1)).toBe((at + Math.min(least, bytes.length - at) - 1) % 251);
  }
});
