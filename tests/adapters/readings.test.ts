import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { verifySnapshot } from '../../src/adapters/verify.ts';
import type { IngestedBriefing } from '../../src/core/ports.ts';
import { type ChunkReadings, chunkReadings } from '../../src/core/reading/pack.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { briefing, vectorsOf } from '../contracts/corpus.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-readings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const EMBEDDER = { id: 'letters-1', dimensions: 8 };
const QUAY = briefing('quay', 'Quay rules', ['The crane opens at 8.', 'Barges moor in pairs.', 'A levy of €20 is due.']);
const PILOTS = briefing('pilots', 'Pilots', ['Ada Berg pilots dredgers.', 'Nobody sails at night.'], 1, [['pilots']]);
const readings = chunkReadings(null);
let folders = 0;
const folder = () => join(root, `index-${folders++}`);
const storeIn = (directory: string, own: ChunkReadings | undefined = readings) => createHnswStore({ directory, readings: own });

async function write(
  store: ReturnType<typeof storeIn>,
  added: readonly IngestedBriefing[],
  kept: readonly string[] = [],
): Promise<boolean> {
  const live = await store.current();
  const writer = await store.write(EMBEDDER);
  for (const id of kept) {
    if (await writer.keep!(id, live!)) continue;
    await writer.discard();
    return false;
  }
  for (const entry of added) await writer.add(entry, vectorsOf(entry, EMBEDDER.dimensions));
  await writer.commit([]);
  return true;
}
const idsOf = (entry: IngestedBriefing) => entry.chunks.map(({ id }) => id);
const madeOf = ({ briefing: own, paragraphs, chunks }: IngestedBriefing) =>
  readings.of(own, paragraphs, chunks).map((one) => Buffer.from(one));
const bytes = (found: readonly (Uint8Array | null)[]) => found.map((one) => one && Buffer.from(one));

it('keeps what was read of each chunk, whatever order briefings come in', async () => {
  const store = storeIn(folder());
  await write(store, [QUAY, PILOTS]);
  const reader = (await store.open())!;
  expect(reader.readings?.id).toBe(readings.id);
  expect(bytes(await reader.readings!.of([...idsOf(QUAY), ...idsOf(PILOTS)]))).toEqual([...madeOf(QUAY), ...madeOf(PILOTS)]);
  expect(await reader.readings!.of(['quay#c99', 'nobody#c1'])).toEqual([null, null]);
});

it('shows none of what somebody may not read', async () => {
  const store = storeIn(folder());
  await write(store, [QUAY, PILOTS]);
  const part = (await store.open())!.seenBy([]);
  expect(bytes(await part.readings!.of([idsOf(PILOTS)[0]!, idsOf(QUAY)[0]!]))).toEqual([null, madeOf(QUAY)[0]]);
});

it('carries them over with briefings that have not changed', async () => {
  const directory = folder();
  const store = storeIn(directory);
  await write(store, [QUAY, PILOTS]);
  const changed = briefing('quay', 'Quay rules', ['The crane opens at 9.', 'Barges moor in pairs.']);
  // What is kept is not read again.
  const once = storeIn(directory, { ...readings, of: (own, ...rest) => (own.id === 'pilots' ? [] : readings.of(own, ...rest)) });
  expect(await write(once, [changed], ['pilots'])).toBe(true);
  const reader = (await once.open())!;
  expect(bytes(await reader.readings!.of([...idsOf(changed), ...idsOf(PILOTS)]))).toEqual([...madeOf(changed), ...madeOf(PILOTS)]);
  expect((await verifySnapshot(directory))?.problems).toEqual([]);
});

it('keeps nothing of a snapshot that was read in another way, or not at all', async () => {
  const directory = folder();
  const bare = createHnswStore({ directory });
  await write(bare as never, [QUAY]);
  expect((await bare.open())!.readings).toBeUndefined();
  expect(await write(storeIn(directory), [], ['quay'])).toBe(false);
  await write(storeIn(directory), [QUAY]);
  expect(await write(storeIn(directory, { ...readings, id: 'otherwise' }), [], ['quay'])).toBe(false);
  expect(await write(storeIn(directory), [], ['quay'])).toBe(true);
});

it('are made for an index that has none at the next ingest, which embeds nothing again', async () => {
  const [directory, corpus] = [folder(), mkdtempSync(join(root, 'corpus-'))];
  writeFileSync(join(corpus, 'quay.md'), '# Quay rules\n\nThe crane opens at 8.\n\nBarges moor in pairs.\n');
  const embedder = await createStaticEmbedder();
  const run = (own?: ChunkReadings) => ingest({ folder: corpus, embedder, store: createHnswStore({ directory, readings: own }) });
  const first = await run();
  expect(first.embedded).toBe(first.chunks);
  expect(await run()).toMatchObject({ unchanged: true });
  expect(await run(readings)).toMatchObject({ unchanged: false, embedded: 0 });
  expect((await createHnswStore({ directory }).open())!.readings?.id).toBe(readings.id);
  expect(await run(readings)).toMatchObject({ unchanged: true });
});

it('answers without them where they are damaged', async () => {
  const directory = folder();
  const store = storeIn(directory);
  await write(store, [QUAY]);
  const [id] = readdirSync(join(directory, 'snapshots')) as [string];
  const path = join(directory, 'snapshots', id, 'readings.bin');
  const whole = readFileSync(path);
  writeFileSync(path, whole.fill(7, 0, 4));
  const reader = (await store.open())!;
  expect(reader.readings).toBeUndefined();
  expect(await reader.chunks(idsOf(QUAY))).toHaveLength(QUAY.chunks.length);
  expect((await verifySnapshot(directory))?.problems.join()).toContain('readings.bin');
});
