import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { Embedder, IndexStore } from '../../src/core/ports.ts';
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts';
import { fixtureFolder, now } from './helpers.ts';

/** Counts vowels: a vector anyone can work out. */
function vowels(): Embedder & { texts: string[]; batches: number[]; fail: boolean } {
  const embed = (text: string) => {
    const counts = [...'aeiou'].map((vowel) => text.toLowerCase().split(vowel).length - 1);
    const length = Math.hypot(...counts) || 1;
    return counts.map((count) => count / length);
  };
  return {
    id: 'vowels-1',
    dimensions: 5,
    texts: [],
    batches: [],
    fail: false,
    async embedDocuments(texts) {
      if (this.fail) throw new Error('the service is down');
      this.batches.push(texts.length);
      this.texts.push(...texts);
      return texts.map(embed);
    },
    embedQuery: async (text) => embed(text),
  };
}

let folder: string;
let store: IndexStore;
let embedder: ReturnType<typeof vowels>;
const put = (name: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
};
const run = (more: Partial<IngestRequest> = {}) => ingest({ folder, store, embedder, now, ...more });
const briefings = async () => {
  const reader = await store.open();
  const ids = (await reader?.briefings())?.map(({ id }) => id) ?? [];
  await reader?.close();
  return ids.sort();
};
const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isPilcrowError(error)).toBe(true);
  return error as Error & { code: string; hint: string };
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-ingest-'));
  store = createMemoryStore();
  embedder = vowels();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('ingest', () => {
  it('publishes a folder and says what it found', async () => {
    cpSync(fixtureFolder, folder, { recursive: true });
    const progress: string[] = [];
    const summary = await run({ onProgress: ({ stage, done, total }) => progress.push(`${stage} ${done}/${total}`) });
    expect(summary).toMatchObject({ unchanged: false, briefings: 4, problems: [], reused: 0 });
    expect(summary.embedded).toBe(summary.chunks);
    expect(summary.snapshot).toBe(await store.current());
    expect(summary.editions.find(({ id }) => id === 'lindara-ports-cooperation')).toEqual({
      id: 'lindara-ports-cooperation',
      title: 'Lindara Ports Cooperation',
      series: 'lindara-ports-cooperation',
      edition: { date: '2018', stated: false, source: 'text' },
      newest: false,
      source: 'lindara-ports-cooperation.txt',
    });
    expect(progress.at(0)).toBe('read 1/4');
    expect(progress.at(-1)).toBe('write 4/4');
    const reader = await store.open();
    expect((await reader?.abbreviations())?.map(({ short }) => short)).toContain('LFDW');
    const paragraphs = (await reader?.paragraphsOf('lindara-ports-cooperation')) ?? [];
    const text = [...((await reader?.text('lindara-ports-cooperation')) ?? '')];
    for (const { start, end, text: own } of paragraphs) expect(text.slice(start, end).join('')).toBe(own);
  });

  it('embeds only what is new, the context with the text', async () => {
    put('a.txt', 'Port brief\n\nThe port of Moro has nine lamps.');
    put('b.txt', 'Quay brief\n\nThe quay of Teluk is long.');
    await run();
    expect(embedder.texts).toContain('Port brief\nThe port of Moro has nine lamps.');
    embedder.texts.length = 0;
    put('b.txt', 'Quay brief\n\nThe quay of Teluk is short.');
    expect(await run()).toMatchObject({ embedded: 1, reused: 1, unchanged: false });
    expect(embedder.texts).toEqual(['Quay brief\nThe quay of Teluk is short.']);
  });

  it('embeds in batches of at most 64', async () => {
    put('a.md', `# T\n\n${Array.from({ length: 150 }, (_, index) => `## H${index}\n\nText ${index}.`).join('\n\n')}`);
    await run();
    expect(embedder.batches).toEqual([64, 64, 22]);
  });

  it('says that nothing changed and writes nothing', async () => {
    put('a.txt', 'Port brief\n\nThe port of Moro has nine lamps.');
    const first = await run();
    const second = await run();
    expect(second).toMatchObject({ unchanged: true, snapshot: first.snapshot, embedded: 0 });
    expect(await store.current()).toBe(first.snapshot);
    expect((await run({ overrides: { 'a.txt': { edition: '2020' } } })).unchanged).toBe(false);
  });

  it('embeds everything again for another embedder', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    await run();
    expect(await run({ embedder: { ...vowels(), id: 'vowels-2' } })).toMatchObject({ unchanged: false, embedded: 1, reused: 0 });
  });

  it('forgets what left the folder', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    put('b.txt', 'The quay of Teluk is long.');
    await run();
    rmSync(path.join(folder, 'a.txt'));
    await run();
    expect(await briefings()).toEqual(['b']);
  });

  it('reports bad files and reads the others', async () => {
    put('good.txt', 'The port of Moro has nine lamps.');
    put('twin.txt', 'The port of Moro has nine lamps.');
    put('empty.md', '');
    put('image.txt', Buffer.from('\u0089PNG\r\n', 'latin1'));
    put('scan.pdf', '%PDF-1.7');
    // "The port has nine lamps" in GB 18030.
    put('chinese.txt', Buffer.from('b8dbbfdad3d0bec5d5b5b5c6a1a3', 'hex'));
    put('front.md', '---\ntitle: [\n---\n\nThe quay is long.');
    put('.hidden.txt', 'secret');
    put('.git/notes.txt', 'secret');
    put('picture.png', 'x');
    const { problems } = await run();
    expect(problems.map(({ file }) => file).sort()).toEqual(['chinese.txt', 'empty.md', 'front.md', 'image.txt', 'scan.pdf', 'twin.txt']);
    expect(problems.find(({ file }) => file === 'chinese.txt')).toMatchObject({ message: expect.stringMatching(/^It is not in UTF-8/) });
    for (const { message, hint } of problems) expect(message.length * hint.length).toBeGreaterThan(0);
    expect(await briefings()).toEqual(['front', 'good']);
  });

  it('follows no link out of the folder', async () => {
    put('inside/a.txt', 'The port of Moro has nine lamps.');
    const outside = mkdtempSync(path.join(tmpdir(), 'pilcrow-outside-'));
    writeFileSync(path.join(outside, 'secret.txt'), 'secret');
    symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'leak.txt'));
    symlinkSync(outside, path.join(folder, 'leak'));
    symlinkSync(folder, path.join(folder, 'loop'));
    const { briefings, problems } = await run();
    expect(briefings).toBe(1);
    // Whoever put the links there learns that they are not read; one to the folder itself leaves nothing out.
    expect(problems.map(({ file }) => file)).toEqual(['leak', 'leak.txt']);
    rmSync(outside, { recursive: true });
  });

  it('does not wait at a pipe that is named like a briefing', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    execFileSync('mkfifo', [path.join(folder, 'pipe.txt')]);
    expect(await run()).toMatchObject({ briefings: 1 });
  });

  it('keeps the live snapshot when the folder is empty, missing, or unreadable', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    const { snapshot } = await run();
    rmSync(path.join(folder, 'a.txt'));
    expect(await failure(run())).toMatchObject({ code: 'bad_request', hint: expect.stringContaining('.txt') });
    put('b.txt', '%PDF-1.7');
    expect((await failure(run())).message).toContain('b.txt');
    expect((await failure(run({ folder: path.join(folder, 'nowhere') }))).message).toContain('nowhere');
    expect(await store.current()).toBe(snapshot);
  });

  it('leaves no half of a snapshot, and no lock, after a failure or an abort', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    const { snapshot } = await run();
    put('b.txt', 'The quay of Teluk is long.');
    embedder.fail = true;
    await expect(run()).rejects.toThrow('the service is down');
    embedder.fail = false;
    const abort = new AbortController();
    await expect(run({ signal: abort.signal, onProgress: ({ stage }) => stage === 'embed' && abort.abort() })).rejects.toThrow(/abort/i);
    expect(await store.current()).toBe(snapshot);
    expect(await briefings()).toEqual(['a']);
    expect((await run()).briefings).toBe(2);
  });

  it('obeys what a person decided', async () => {
    put('a.txt', 'The port of Moro has nine lamps.');
    const { editions } = await run({ overrides: { 'a.txt': { title: 'Moro', series: 'Ports', edition: '2020-05' } } });
    expect(editions).toEqual([
      { id: 'a', title: 'Moro', series: 'ports', edition: { date: '2020-05', stated: true, source: 'set' }, newest: true, source: 'a.txt' },
    ]);
    await failure(run({ overrides: { 'a.txt': { edition: 'soon' } } }));
  });

  it('makes the same snapshot from the same folder', async () => {
    cpSync(fixtureFolder, folder, { recursive: true });
    await run();
    const other = createMemoryStore();
    await run({ store: other });
    const [a, b] = [await store.open(), await other.open()];
    expect(await a?.briefings()).toEqual(await b?.briefings());
    expect(await a?.paragraphsOf('guide')).toEqual(await b?.paragraphsOf('guide'));
  });
});
