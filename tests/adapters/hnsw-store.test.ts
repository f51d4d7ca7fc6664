import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { createHnswStore, type HnswStore, type SharedSnapshot } from '../../src/adapters/hnsw-store.ts';
import type { IndexStore } from '../../src/core/ports.ts';
import { briefing } from '../contracts/corpus.ts';
import { indexStoreContract, publish } from '../contracts/index-store.ts';

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

/** What another thread opens of what the first has read: posted to it, as threads do. */
const inAnotherThread = (store: HnswStore): IndexStore => ({
  ...store,
  async open() {
    const first = await store.openShared();
    if (!first) return null;
    await first.reader.close();
    const directory = places.get(store)!;
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(first.shared);
    const given = (receiveMessageOnPort(port2) as { message: SharedSnapshot }).message;
    port1.close();
    return (await createHnswStore({ directory }).openShared(given))?.reader ?? null;
  },
});

indexStoreContract(
  'hnsw store of another thread',
  () => {
    const directory = join(root, `${++count}`, 'index');
    const store = createHnswStore({ directory });
    places.set(store, directory);
    const shared = inAnotherThread(store);
    places.set(shared, directory);
    return shared;
  },
  (store) => {
    const again = createHnswStore({ directory: places.get(store)! });
    places.set(again, places.get(store)!);
    return inAnotherThread(again);
  },
);

it('is opened by another thread from memory alone, and holds nothing twice', async () => {
  const directory = join(root, `${++count}`, 'index');
  const store = createHnswStore({ directory });
  const id = await publish(store, [briefing('quarry', 'The quarry', ['Granite is cut in the quarry.', 'It closes in winter.'])]);
  const first = (await store.openShared())!;
  rmSync(directory, { recursive: true });
  const second = (await createHnswStore({ directory }).openShared(first.shared))!;
  expect(second.reader.info).toEqual(first.reader.info);
  expect(second.reader.info.id).toBe(id);
  expect(second.shared).toBe(first.shared);
  expect(await second.reader.paragraphsOf('quarry')).toEqual(await first.reader.paragraphsOf('quarry'));
  expect([...first.shared.files.keys()].sort()).toEqual(
    ['bm25.bin', 'briefings.json', 'chunk-map.json', 'chunks.jsonl', 'paragraphs.jsonl', 'texts.jsonl', 'vectors.f32'].sort(),
  );
});

it('says in words that the folder of the index cannot be used', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const directory of [file, join(file, 'below')]) {
    const failed = createHnswStore({ directory }).write({ id: 'e-1', dimensions: 2 });
    await expect(failed).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('cannot be written to') });
  }
});
