import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { verifySnapshot } from '../../src/adapters/verify.ts';
import { ingest } from '../../src/ingest/ingest.ts';

let base: string;
const index = () => join(base, 'index');
const embedder = {
  id: 'length-1',
  dimensions: 2,
  embedDocuments: async (texts: string[]) => texts.map((text) => [Math.cos(text.length), Math.sin(text.length)]),
  embedQuery: async () => [1, 0],
};
const run = () => ingest({ folder: join(base, 'corpus'), store: createHnswStore({ directory: index() }), embedder });
const put = (name: string, text: string) => writeFileSync(join(base, 'corpus', name), text);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pilcrow-verify-'));
  mkdirSync(join(base, 'corpus'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('verify', () => {
  it('finds nothing to object to in what ingest wrote', async () => {
    expect(await verifySnapshot(index())).toBeNull();
    put('mill.md', '# Mills\n\nThe mill turns. It is old.\n\n| Bay | Use |\n|--|--|\n| Öst 🌾 | rye |');
    await run();
    expect(await verifySnapshot(index())).toMatchObject({ briefings: 1, sentences: 4, problems: [] });
  });

  it('names a file that was changed', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    const { snapshot } = await run();
    const file = join(index(), 'snapshots', snapshot, 'texts.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('turns', 'burns'));
    expect((await verifySnapshot(index()))?.problems).toEqual([expect.stringContaining('texts.jsonl')]);
  });

  it('says that the snapshot before still holds what was removed', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    await run();
    rmSync(join(base, 'corpus', 'weir.md'));
    await run();
    const found = await verifySnapshot(index());
    expect(found?.problems).toEqual([]);
    expect(found?.kept?.briefings).toHaveLength(1);
  });
});

describe('a writer that takes the lock', () => {
  it('clears what killed writers left, also when nothing changed', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    const { snapshot } = await run();
    const folder = join(index(), 'snapshots');
    for (let at = 0; at < 5; at++) mkdirSync(join(folder, `.building-0000000${at}-0123456${at}`));
    for (const id of ['00000000-00000001', '00000000-00000002']) mkdirSync(join(folder, id));
    expect((await run()).unchanged).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['00000000-00000002', snapshot].sort());
  });
});
