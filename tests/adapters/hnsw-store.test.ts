import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import type { IndexStore } from '../../src/core/ports.ts';
import { indexStoreContract } from '../contracts/index-store.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const places = new WeakMap<IndexStore, string>();
let count = 0;
const over = (directory: string, scanUpTo?: number): IndexStore => {
  const store = createHnswStore({ directory, scanUpTo });
  places.set(store, directory);
  return store;
};

indexStoreContract(
  'hnsw store',
  () => over(join(root, `${++count}`, 'index')),
  (store) => over(places.get(store)!),
);

it('says in words that the folder of the index cannot be used', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const directory of [file, join(file, 'below')]) {
    const failed = createHnswStore({ directory }).write({ id: 'e-1', dimensions: 2 });
    await expect(failed).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('cannot be written to') });
  }
});
