import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createFileMemory } from '../../src/adapters/read-memory.ts';
import { verifySnapshot } from '../../src/adapters/verify.ts';
import type { Embedder, IndexReader, IndexStore } from '../../src/core/ports.ts';
import type { Document } from '../../src/ingest/document.ts';
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts';
import { now } from './helpers.ts';

/** What an ingest takes over from the live snapshot has to be what it would have made. */
const embedder: Embedder = {
  id: 'length-1',
  dimensions: 2,
  embedDocuments: async (texts) => texts.map((text) => [Math.cos(text.length), Math.sin(text.length)]),
  embedQuery: async () => [1, 0],
};
let base: string;
let folder: string;
const put = (name: string, content: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
};
const storeIn = (name: string) => createHnswStore({ directory: path.join(base, name) });
const run = (store: IndexStore, name: string, more: Partial<IngestRequest> = {}) =>
  ingest({ folder, store, embedder, now, memory: createFileMemory<Document>(path.join(base, name, 'reading'), 'v1'), ...more });

async function contents(store: IndexStore) {
  const index = (await store.open()) as IndexReader;
  const briefings = await index.briefings();
  const own = await Promise.all(
    briefings.map(async ({ id }) => [await index.text(id), await index.paragraphsOf(id), await index.chunksOf(id)]),
  );
  const words = ['mill', 'weir', 'toll', 'wheels'];
  const found = await Promise.all(words.map((term) => index.matching([{ term, weight: 1 }], 10)));
  const { briefings: b, paragraphs: p, chunks: c } = index.info;
  const all = {
    counts: [b, p, c],
    briefings,
    own,
    found,
    near: await index.nearest([1, 0], 20),
    words: await index.terms(words),
    gone: await index.gone(),
    abbreviations: await index.abbreviations(),
  };
  await index.close();
  return all;
}

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'pilcrow-kept-'));
  folder = path.join(base, 'corpus');
  mkdirSync(folder);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it('is what would have been made again, whatever has changed', { timeout: 120_000 }, async () => {
  const steps: (() => void)[] = [
    () => {
      put(
        'mill-2024.md',
        '# Mills 2024\n\nThe mill has 3 wheels of oak.\n\nThe Guild of Upper Mills (GUM) keeps it.\n\n## Fees\n\nA cart pays 4.',
      );
      put('mill-2025.md', '# Mills 2025\n\nThe mill has 4 wheels of oak.\n\n## Fees\n\nA cart pays 5.');
      put('weir.md', '# Weirs\n\nThe weir leaks since the flood of the year before.\n\n- oak\n- iron');
      put('toll.md', '# Tolls\n\nThe toll is two pence for a cart and one for a horse.');
      put('hall.md', '---\naccess: [guild]\n---\n\n# Hall\n\nThe hall of the guild has a roof of slate.');
    },
    () => put('weir.md', '# Weirs\n\nThe weir is mended.\n\n- oak\n- iron'),
    () => put('mill-2026.md', '# Mills 2026\n\nThe mill has 5 wheels of oak.\n\n## Fees\n\nA cart pays 5.'),
    () => rmSync(path.join(folder, 'mill-2025.md')),
    () => {
      rmSync(path.join(folder, 'toll.md'));
      put('old/tolls.md', '# Tolls\n\nThe toll is two pence for a cart and one for a horse.');
    },
    () => put('hall.md', '# Hall\n\nThe hall of the guild has a roof of slate.'),
    () => put('barn.md', '# Barn\n\nThe weir leaks since the flood of the year before, says the Guild of Upper Mills.'),
    () => rmSync(path.join(folder, 'mill-2026.md')),
  ];
  const [own, made] = [storeIn('kept'), storeIn('made')];
  const taken: string[] = [];
  const kept: IndexStore = {
    ...own,
    async write(wanted) {
      const writer = await own.write(wanted);
      return { ...writer, keep: (id, snapshot) => (writer.keep?.(id, snapshot) ?? Promise.resolve(false)).finally(() => taken.push(id)) };
    },
  };
  for (const [at, step] of steps.entries()) {
    step();
    const summary = await run(kept, 'kept');
    const { snapshot: _, seconds: __, read: ___, ...control } = await run(made, 'made', { force: true });
    expect(summary, `step ${at}`).toMatchObject(control);
    expect(await contents(kept), `step ${at}`).toEqual(await contents(made));
  }
  expect(taken.length).toBeGreaterThan(10);
});

it('is nothing when readers, chunks or embedder are others', async () => {
  put('mill.md', '# Mills\n\nThe mill turns by day. It rests by night. It is mended in May.');
  put('weir.md', '# Weirs\n\nThe weir leaks.');
  const store = storeIn('i');
  await run(store, 'i');
  put('weir.md', '# Weirs\n\nThe weir is mended.');
  await run(store, 'i', { chunks: { max: 6, piece: 5, join: 5, short: 1 } });
  const index = (await store.open()) as IndexReader;
  expect(await index.chunksOf('mill')).toHaveLength(3);
  await index.close();
});

it('is refused of another snapshot than the live one', async () => {
  put('mill.md', '# Mills\n\nThe mill turns.');
  const store = storeIn('i');
  const { snapshot } = await run(store, 'i');
  const writer = await store.write(embedder);
  expect(await writer.keep?.('mill', 'another')).toBe(false);
  expect(await writer.keep?.('weir', snapshot)).toBe(false);
  expect(await writer.keep?.('mill', snapshot)).toBe(true);
  expect(await writer.keep?.('mill', snapshot)).toBe(false);
  await writer.discard();
});

it.each(['paragraphs.jsonl', 'texts.jsonl', 'vectors.f32', 'bm25.bin', 'manifest.json'])(
  'is nothing that is damaged: the next ingest mends %s, though no file has changed',
  async (name) => {
    put('mill.md', '# Mills\n\nThe mill has 3 wheels.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    const store = storeIn('i');
    await run(store, 'i');
    const whole = await contents(store);
    put('toll.md', '# Tolls\n\nA cart pays 4.');
    await run(store, 'i');
    const directory = path.join(base, 'i');
    const live = readFileSync(path.join(directory, 'current'), 'utf8').trim();
    appendFileSync(path.join(directory, 'snapshots', live, name), 'x');
    rmSync(path.join(folder, 'toll.md'));
    expect(await run(storeIn('i'), 'i')).toMatchObject({ unchanged: false, briefings: 2 });
    expect((await verifySnapshot(directory))?.problems).toEqual([]);
    const again = readFileSync(path.join(directory, 'current'), 'utf8').trim();
    appendFileSync(path.join(directory, 'snapshots', again, name), 'x');
    expect(await run(storeIn('i'), 'i')).toMatchObject({ unchanged: false, briefings: 2 });
    expect((await verifySnapshot(directory))?.problems).toEqual([]);
    expect((await contents(storeIn('i'))).own).toEqual(whole.own);
    expect(await run(storeIn('i'), 'i')).toMatchObject({ unchanged: true });
  },
);
