import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createFileMemory } from '../../src/adapters/read-memory.ts';
import type { Embedder, IndexStore } from '../../src/core/ports.ts';
import type { Document } from '../../src/ingest/document.ts';
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts';
import { type DocumentReader, isolatedReader, localReader } from '../../src/ingest/isolated.ts';
import { docx, p } from '../fixtures/documents/make.ts';
import { now } from './helpers.ts';

const embedder: Embedder = {
  id: 'length-1',
  dimensions: 2,
  embedDocuments: async (texts) => texts.map((text) => [Math.cos(text.length), Math.sin(text.length)]),
  embedQuery: async () => [1, 0],
};
let base: string;
let folder: string;
let store: IndexStore;
let read: string[];
const reader: DocumentReader = {
  read(name, bytes, options) {
    read.push(name);
    return localReader.read(name, bytes, options);
  },
  close: async () => {},
};
const put = (name: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
};
const run = (more: Partial<IngestRequest> = {}) =>
  ingest({ folder, store, embedder, now, reader, memory: createFileMemory<Document>(path.join(base, 'reading'), 'v1'), ...more });
const texts = async () => {
  const index = await store.open();
  const found = await Promise.all(((await index?.briefings()) ?? []).map(({ id }) => index?.text(id)));
  await index?.close();
  return found.sort();
};

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'pilcrow-incremental-'));
  folder = path.join(base, 'corpus');
  mkdirSync(folder);
  store = createMemoryStore();
  read = [];
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('an ingest after the first', () => {
  it('reads only new and changed files, and says what it made of each', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    put('toll.md', '# Tolls\n\nA cart pays 4.');
    expect(await run()).toMatchObject({ added: ['mill.md', 'toll.md', 'weir.md'], changed: [], removed: [], same: 0, read: 3 });
    read.length = 0;
    put('weir.md', '# Weirs\n\nThe weir is mended.');
    renameSync(path.join(folder, 'toll.md'), path.join(folder, 'tolls.md'));
    rmSync(path.join(folder, 'mill.md'));
    put('lock.md', '# Locks\n\nThe lock is new.');
    const summary = await run();
    expect(summary).toMatchObject({
      added: ['lock.md'],
      changed: ['weir.md'],
      removed: ['mill.md'],
      renamed: [{ from: 'toll.md', to: 'tolls.md' }],
    });
    expect(await texts()).toEqual(['Locks\n\nThe lock is new.', 'Tolls\n\nA cart pays 4.', 'Weirs\n\nThe weir is mended.']);
    read.length = 0;
    put('lock.md', '# Locks\n\nThe lock is old.');
    await run();
    expect(read).toEqual(['lock.md']);
  });

  it('reads nothing when nothing changed, and everything with other readers', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    const first = await run();
    read.length = 0;
    expect(await run()).toMatchObject({ unchanged: true, snapshot: first.snapshot, read: 0, same: 1, added: [] });
    expect(read).toEqual([]);
    await run({ memory: createFileMemory<Document>(path.join(base, 'reading'), 'v2') });
    expect(read).toEqual(['mill.md']);
  });

  it('does not look into a file of the size and time it had, unless it is told to or the file was young', async () => {
    const at = path.join(folder, 'mill.md');
    const putAt = (wheels: number, time: Date) => {
      put('mill.md', `# Mills\n\nThe mill has ${wheels} wheels.`);
      utimesSync(at, time, time);
    };
    const long = new Date(Date.now() - 3_600_000);
    putAt(3, long);
    await run();
    // Nobody changes a file and sets its time back; whoever does has to say so.
    putAt(4, long);
    expect(await run()).toMatchObject({ unchanged: true });
    expect(await run({ force: true })).toMatchObject({ unchanged: false, changed: ['mill.md'] });
    putAt(5, new Date(long.getTime() + 1000));
    expect(await run()).toMatchObject({ changed: ['mill.md'] });
    // Changed within the same tick of a coarse clock as it was read.
    const young = new Date(Math.floor(Date.now() / 1000) * 1000);
    putAt(6, young);
    expect(await run()).toMatchObject({ changed: ['mill.md'] });
    putAt(7, young);
    expect(statSync(at).mtimeMs).toBe(young.getTime());
    expect(await run()).toMatchObject({ changed: ['mill.md'] });
  });

  it('reads anew what its memory lost or what was altered there', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    await run();
    for (const name of ['last']) writeFileSync(path.join(base, 'reading', name), 'nonsense\n{}');
    read.length = 0;
    expect(await run()).toMatchObject({ unchanged: true });
    rmSync(path.join(base, 'reading'), { recursive: true });
    expect(await run()).toMatchObject({ unchanged: true });
    expect(read).toEqual(['mill.md']);
  });

  it('names a new edition of a series', async () => {
    put('mill-2024.md', '# Mills 2024\n\nThe mill has 3 wheels.');
    await run();
    put('mill-2025.md', '# Mills 2025\n\nThe mill has 4 wheels.');
    const { newEditions } = await run();
    expect(newEditions.map(({ briefing, edition }) => [briefing, edition.date])).toEqual([['mill-2025', '2025']]);
  });

  it('says the same without writing on a dry run', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    const { snapshot } = await run();
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    expect(await run({ dryRun: true })).toMatchObject({ added: ['weir.md'], unchanged: false, snapshot });
    expect(await store.current()).toBe(snapshot);
    expect(await run()).toMatchObject({ added: ['weir.md'] });
  });

  it('keeps answering when the folder is empty by accident, and forgets the last briefing when told', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    await run();
    rmSync(path.join(folder, 'mill.md'));
    await expect(run()).rejects.toThrow(/still answers/);
    expect(await texts()).toHaveLength(1);
    expect(await run({ allowEmpty: true })).toMatchObject({ briefings: 0, removed: ['mill.md'] });
    expect(await texts()).toEqual([]);
  });

  it('keeps what it had of a file that is being written, and reads it when it is whole', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    await run();
    let writing = true;
    const turn = (count: number) => {
      if (!writing) return;
      // Emptied, then filled, as editors do; whoever looks in between finds nothing.
      put('weir.md', count % 2 === 0 ? '' : '# Weirs\n\nThe weir is mended.');
      utimesSync(path.join(folder, 'weir.md'), Date.now() / 1000, Date.now() / 1000);
      setImmediate(turn, count + 1);
    };
    turn(0);
    try {
      const { problems, removed } = await run();
      expect(removed).toEqual([]);
      expect(problems).toMatchObject([{ file: 'weir.md', message: expect.stringMatching(/being written.*as it was before/) }]);
    } finally {
      writing = false;
    }
    expect(await texts()).toContain('Weirs\n\nThe weir leaks.');
    put('weir.md', '# Weirs\n\nThe weir is mended.');
    expect(await run()).toMatchObject({ changed: ['weir.md'], problems: [] });
  });

  it('does not take a file for known that changed between two looks', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    const late: DocumentReader = {
      read(name, bytes, options) {
        if (name === 'mill.md') put('weir.md', '# Weirs\n\nThe weir is mended.');
        return localReader.read(name, bytes, options);
      },
      close: async () => {},
    };
    await run({ reader: late });
    expect(await texts()).toContain('Weirs\n\nThe weir is mended.');
    put('weir.md', '# Weirs\n\nThe weir leaks.');
    await run();
    expect(await texts()).toContain('Weirs\n\nThe weir leaks.');
  });

  it('passes over lock and temporary files', async () => {
    put('mill.md', '# Mills\n\nThe mill turns.');
    for (const name of ['~$mill.docx', 'mill.md.~5f3a.md', '.~lock.mill.odt#', 'mill.docx.tmp', 'mill.md~', 'mill.pdf.crdownload'])
      put(name, 'A Quist');
    const { problems, briefings } = await run();
    expect(briefings).toBe(1);
    expect(problems).toEqual([]);
  });
});

describe('reading in a process of its own', () => {
  const module = path.resolve('dist/ingest/read.child.js');

  it('reads as this process does', async () => {
    const isolated = isolatedReader({ module });
    const bytes = docx(p('The mill turns.'));
    expect(await isolated.read('a.docx', bytes, { now })).toEqual(await localReader.read('a.docx', bytes, { now }));
    await isolated.close();
  });

  it('refuses what takes too long or too much, and reads the next file', async () => {
    const isolated = isolatedReader({ module, milliseconds: 1, megabytes: 64 });
    const slow = Buffer.from('[a](b '.repeat(300_000));
    await expect(isolated.read('slow.md', slow, { now })).rejects.toMatchObject({
      code: 'bad_document',
      message: expect.stringContaining('seconds'),
    });
    await isolated.close();
    const small = isolatedReader({ module, megabytes: 48 });
    const large = docx(p('The mill turns by day and by night. ').repeat(120_000));
    await expect(small.read('large.docx', large, { now })).rejects.toMatchObject({ code: 'bad_document' });
    expect((await small.read('a.md', Buffer.from('The mill turns.'), { now })).text).toBe('The mill turns.');
    await small.close();
  });

  it('hands on why a file was refused', async () => {
    const isolated = isolatedReader({ module });
    await expect(isolated.read('a.docx', Buffer.from('text'), { now })).rejects.toMatchObject({
      code: 'bad_document',
      message: expect.stringContaining('no Office document'),
      hint: expect.stringMatching(/ending/),
    });
    await isolated.close();
  });
});
