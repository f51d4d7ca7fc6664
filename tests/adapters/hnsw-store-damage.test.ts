import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createHnswStore, type HnswStoreOptions } from '../../src/adapters/hnsw-store.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing, letterVector, random, synthetic, vectorsOf } from '../contracts/corpus.ts';
import { publish } from '../contracts/index-store.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-damage-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(root, `${++count}`);
const CORPUS = synthetic(3, 8);
const NEWER = [...CORPUS, briefing('newer', 'Newer', ['something newer'])];
const EMBEDDER: HnswStoreOptions['embedder'] = {
  id: 'letters-1',
  dimensions: 16,
  embedChunks: async (chunks) => chunks.map((chunk) => letterVector(`${chunk.context}\n${chunk.text}`, 16)),
};
const QUESTION = CORPUS[1]!.paragraphs[2]!.text.slice(0, 60);

/** Everything a reader can be asked that a damaged file could change. */
async function answers(reader: IndexReader): Promise<unknown> {
  return {
    matching: await reader.matching(
      terms(QUESTION).map((term) => ({ term, weight: 1 })),
      9,
    ),
    nearest: await reader.nearest(Array.from(letterVector(QUESTION, 16)), 9),
    // Few enough for the graph to be asked.
    nearestTwo: await reader.nearest(Array.from(letterVector(QUESTION, 16)), 2),
    briefings: await reader.briefings(),
    paragraphs: await Promise.all(CORPUS.map((entry) => reader.paragraphsOf(entry.briefing.id))),
    chunks: await Promise.all(CORPUS.map((entry) => reader.chunksOf(entry.briefing.id))),
    texts: await Promise.all(CORPUS.map((entry) => reader.text(entry.briefing.id))),
    similar: await reader.similarWords(QUESTION.split(' ')[0]!, 2),
    abbreviations: await reader.abbreviations(),
  };
}

const folderOf = (directory: string): string => join(directory, 'snapshots', readFileSync(join(directory, 'current'), 'utf8').trim());
/** Changes the manifest of a snapshot and makes it vouch for itself again. */
function remake(folder: string, change: (manifest: { format: number; id: string; files: Record<string, object> }) => void): void {
  const path = join(folder, 'manifest.json');
  const { manifest } = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  writeFileSync(path, JSON.stringify({ manifest, sha256: createHash('sha256').update(JSON.stringify(manifest)).digest('hex') }));
}
const reformat = (folder: string, format: number) =>
  remake(folder, (manifest) => {
    manifest.format = format;
  });
const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  expect(isPilcrowError(error)).toBe(true);
  return error as { code: string; hint: string };
};

describe('a damaged index', () => {
  it('gives the same answers or a PilcrowError, whatever happens to its files', { timeout: 60_000 }, async () => {
    const intact = fresh();
    await publish(createHnswStore({ directory: intact, scanUpTo: 0 }), CORPUS);
    const expected = await answers((await createHnswStore({ directory: intact }).open())!);
    const next = random(3);
    const names = [
      ...readdirSync(folderOf(intact)).map((name) => join('snapshots', readFileSync(join(intact, 'current'), 'utf8').trim(), name)),
      'current',
    ];
    expect(names.length).toBe(11);
    const outcomes = { same: 0, refused: 0 };
    for (const name of names) {
      for (let round = 0; round < 12; round++) {
        const directory = fresh();
        cpSync(intact, directory, { recursive: true });
        const path = join(directory, name);
        const bytes = readFileSync(path);
        const at = Math.floor(next() * bytes.length);
        if (round % 3 === 0) truncateSync(path, at);
        else if (round % 3 === 1) {
          bytes[at]! ^= 1 << Math.floor(next() * 8);
          writeFileSync(path, bytes);
        } else if (round === 11) rmSync(path);
        else writeFileSync(path, Buffer.concat([bytes.subarray(0, at), Buffer.from([0, 255, 10, 34]), bytes.subarray(at + 2)]));
        // scanUpTo 0 makes the graph file go through native code.
        const store = createHnswStore({ directory, scanUpTo: 0, embedder: round % 2 === 0 ? EMBEDDER : undefined });
        try {
          const reader = (await store.open())!;
          expect(await answers(reader)).toEqual(expected);
          outcomes.same++;
          await store.settled();
          expect(await answers(reader)).toEqual(expected);
          await reader.close();
        } catch (error) {
          if (!isPilcrowError(error)) throw error;
          expect(error).toMatchObject({ code: 'index_damaged', hint: expect.stringContaining('pilcrow ingest') });
          outcomes.refused++;
        }
        rmSync(directory, { recursive: true, force: true });
      }
    }
    expect(outcomes.same).toBeGreaterThan(20);
    expect(outcomes.refused).toBeGreaterThan(20);
  });

  it.each([['bm25.bin'], ['hnsw.bin'], ['hnsw-places.bin'], ['vectors.f32']])('rebuilds %s and puts it back', async (name) => {
    const directory = fresh();
    await publish(createHnswStore({ directory, scanUpTo: 0 }), CORPUS);
    const path = join(folderOf(directory), name);
    const before = readFileSync(path);
    for (const damage of [() => rmSync(path), () => writeFileSync(path, 'nonsense')]) {
      damage();
      const store = createHnswStore({ directory, embedder: EMBEDDER, scanUpTo: 0 });
      const reader = (await store.open())!;
      expect((await answers(reader)) as object).toBeTruthy();
      await store.settled();
      expect(readFileSync(path).equals(before)).toBe(true);
    }
    expect(readdirSync(folderOf(directory)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('serves from memory when the disk cannot be written', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory, scanUpTo: 0 }), CORPUS);
    const folder = folderOf(directory);
    const expected = await answers((await createHnswStore({ directory }).open())!);
    for (const name of ['bm25.bin', 'hnsw.bin', 'vectors.f32']) rmSync(join(folder, name));
    // A directory in the place of each file cannot be renamed over, not even by an administrator.
    for (const name of ['bm25.bin', 'hnsw.bin', 'vectors.f32']) mkdirSync(join(folder, name, 'in the way'), { recursive: true });
    chmodSync(folder, 0o555);
    const store = createHnswStore({ directory, embedder: EMBEDDER, scanUpTo: 0 });
    const reader = (await store.open())!;
    await store.settled();
    expect(await answers(reader)).toEqual(expected);
    chmodSync(folder, 0o755);
  });

  it('builds the lexical index again when its options change', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    const query = terms(QUESTION).map((term) => ({ term, weight: 1 }));
    const usual = await (await createHnswStore({ directory }).open())!.matching(query, 5);
    const other = createHnswStore({ directory, bm25: { k1: 0.3 } });
    const changed = await (await other.open())!.matching(query, 5);
    await other.settled();
    expect(changed).not.toEqual(usual);
    const direct = fresh();
    await publish(createHnswStore({ directory: direct, bm25: { k1: 0.3 } }), CORPUS);
    expect(changed).toEqual(await (await createHnswStore({ directory: direct, bm25: { k1: 0.3 } }).open())!.matching(query, 5));
    expect(await (await createHnswStore({ directory, bm25: { k1: 0.3 } }).open())!.matching(query, 5)).toEqual(changed);
  });

  it('refuses lost vectors without an embedder, or with another one', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    rmSync(join(folderOf(directory), 'vectors.f32'));
    expect((await refusal(createHnswStore({ directory }).open())).code).toBe('index_damaged');
    const other = { ...EMBEDDER!, id: 'letters-2' };
    expect((await refusal(createHnswStore({ directory, embedder: other }).open())).code).toBe('index_damaged');
  });

  it.each([['manifest.json'], ['paragraphs.jsonl'], ['briefings.json'], ['texts.jsonl'], ['chunks.jsonl'], ['chunk-map.json']])(
    'falls back to the snapshot before when %s is damaged',
    async (name) => {
      const directory = fresh();
      const store = createHnswStore({ directory });
      const old = await publish(store, CORPUS);
      const expected = await answers((await store.open())!);
      const id = await publish(store, NEWER);
      expect(await store.current()).toBe(id);
      const path = join(folderOf(directory), name);
      const bytes = readFileSync(path);
      bytes[Math.floor(bytes.length / 2)]! ^= 4;
      writeFileSync(path, bytes);
      const again = createHnswStore({ directory });
      const reader = (await again.open())!;
      expect(reader.info.id).toBe(old);
      expect(await answers(reader)).toEqual(expected);
      // Otherwise a server would open the index again at every question.
      expect(await again.current()).toBe(old);
      const repaired = await publish(again, NEWER);
      expect(await again.current()).toBe(repaired);
      expect(await (await again.open())!.briefing('newer')).not.toBeNull();
    },
  );

  it('falls back when the pointer is lost or points nowhere', async () => {
    const directory = fresh();
    const store = createHnswStore({ directory });
    const id = await publish(store, CORPUS);
    for (const content of ['', '../../../etc', '00000009-deadbeef', '\u0000', `${id}x`]) {
      writeFileSync(join(directory, 'current'), content);
      const again = createHnswStore({ directory });
      expect((await again.open())!.info.id).toBe(id);
      expect(await again.current()).toBe(id);
    }
    rmSync(join(directory, 'current'));
    expect((await createHnswStore({ directory }).open())!.info.id).toBe(id);
  });

  it('never follows a file name out of the snapshot', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    remake(folderOf(directory), (manifest) => {
      manifest.id = '../../x';
    });
    expect((await refusal(createHnswStore({ directory }).open())).code).toBe('index_damaged');
  });

  it('says that an index is of another version, falls back to one it can read, and is written anew', async () => {
    const directory = fresh();
    const store = createHnswStore({ directory });
    await publish(store, CORPUS);
    for (const [format, version] of [
      [1, 'an older version'],
      [99, 'another version'],
    ] as const) {
      reformat(folderOf(directory), format);
      const again = createHnswStore({ directory });
      await expect(again.open()).rejects.toMatchObject({
        code: 'index_damaged',
        message: expect.stringContaining(version),
        hint: expect.stringContaining('pilcrow ingest'),
      });
      const writer = await again.write({ id: 'letters-1', dimensions: 16 });
      expect((await writer.cached(CORPUS[0]!.chunks.map(({ hash }) => hash))).size).toBe(0);
      await writer.discard();
      const id = await publish(again, CORPUS);
      expect((await again.open())!.info.id).toBe(id);
    }
    const older = (await createHnswStore({ directory }).open())!.info.id;
    await publish(store, NEWER);
    reformat(folderOf(directory), 99);
    expect((await createHnswStore({ directory }).open())!.info.id).toBe(older);
  });

  it('refuses a line that is not the chunk it stands for', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    const folder = folderOf(directory);
    const [first, second, ...rest] = readFileSync(join(folder, 'chunks.jsonl'), 'utf8').split('\n');
    const rewrite = (lines: string[]) => {
      const bytes = Buffer.from(lines.join('\n'));
      writeFileSync(join(folder, 'chunks.jsonl'), bytes);
      remake(folder, ({ files }) => {
        files['chunks.jsonl'] = { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      });
    };
    const { id, briefing: own } = CORPUS[0]!.chunks[0]!;
    for (const lines of [
      [second!, first!, ...rest],
      ['{"id":', second!, ...rest],
      ['null', second!, ...rest],
      [`{"id":"${id}"}`, second!, ...rest],
    ]) {
      rewrite(lines);
      const reader = (await createHnswStore({ directory }).open())!;
      expect((await refusal(reader.chunks([id]))).code).toBe('index_damaged');
      expect((await refusal(reader.chunksOf(own))).code).toBe('index_damaged');
      expect((await reader.chunksOf(CORPUS[1]!.briefing.id)).length).toBe(8);
    }
    rewrite([second!, ...rest]);
    expect((await refusal(createHnswStore({ directory }).open())).code).toBe('index_damaged');
  });
});

describe('the index directory', () => {
  it('keeps the live snapshot and the one before, and removes what crashed builds left', async () => {
    const directory = fresh();
    const store = createHnswStore({ directory });
    const ids: string[] = [];
    for (let round = 0; round < 4; round++) ids.push(await publish(store, CORPUS));
    cpSync(folderOf(directory), join(directory, 'snapshots', '.building-00000009-00000000'), { recursive: true });
    writeFileSync(join(directory, 'current.123-abc.tmp'), 'x');
    ids.push(await publish(store, CORPUS));
    expect(readdirSync(join(directory, 'snapshots')).sort()).toEqual(ids.slice(-2));
    expect(readdirSync(directory).sort()).toEqual(['current', 'snapshots']);
  });

  it('is not made by a build that is given up', async () => {
    const directory = fresh();
    const writer = await createHnswStore({ directory }).write({ id: 'letters-1', dimensions: 16 });
    await writer.add(CORPUS[0]!, vectorsOf(CORPUS[0]!, 16));
    await writer.discard();
    expect(existsSync(directory)).toBe(false);
  });

  it('is locked by a living writer only', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    const lock = join(directory, 'lock');
    const open = () => createHnswStore({ directory }).write({ id: 'letters-1', dimensions: 16 });
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    onTestFinished(() => void other.kill('SIGKILL'));
    const owner = (values: object) =>
      writeFileSync(lock, JSON.stringify({ pid: other.pid, host: hostname(), started: Date.now(), ...values }));
    owner({});
    expect((await refusal(open())).code).toBe('index_locked');
    owner({ host: 'another-machine' });
    expect((await refusal(open())).code).toBe('index_locked');
    // A machine whose clock is ahead, or was: its touch says nothing.
    utimesSync(lock, new Date(Date.now() + 365 * 86_400_000), new Date(Date.now() + 365 * 86_400_000));
    await (await open()).discard();
    // No process has this number; a process with ours, or with that of another that runs, started at another time.
    const wrong: object[] = [{ pid: 2 ** 30 }, { pid: process.pid, started: 1 }];
    if (process.platform === 'linux') wrong.push({ started: 1 }, { birth: 'another run of the machine 17' }, { pid: 1, started: 1 });
    for (const values of wrong) {
      owner(values);
      await (await open()).discard();
    }
    writeFileSync(lock, '{"pi');
    await (await open()).discard();
    expect(existsSync(lock)).toBe(false);
  });

  it('clears what processes that died while taking the lock left, and nothing of a living one', async () => {
    const directory = fresh();
    await publish(createHnswStore({ directory }), CORPUS);
    const machine = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 8);
    const attempt = (pid: number, host: string, end = '') => `lock-${pid}-${machine(host)}-0123abcd${end}`;
    // No process has this number; one of ours from before a restart; half of a takeover; another machine, long ago.
    const dead = [
      attempt(2 ** 30, hostname()),
      attempt(process.pid, hostname()),
      attempt(2 ** 30, hostname(), '-stale'),
      attempt(7, 'far'),
    ];
    const living = [attempt(process.ppid, hostname()), attempt(7, 'near')];
    for (const name of [...dead, ...living, 'lock-notes.txt']) writeFileSync(join(directory, name), '');
    utimesSync(join(directory, attempt(7, 'far')), 1, 1);
    await publish(createHnswStore({ directory }), CORPUS);
    expect(readdirSync(directory).sort()).toEqual([...living, 'current', 'lock-notes.txt', 'snapshots'].sort());
  });

  it('goes by the count of the system, which does not move when the clock is set', async () => {
    if (process.platform !== 'linux') return;
    const directory = fresh();
    const store = createHnswStore({ directory });
    const writer = await store.write({ id: 'letters-1', dimensions: 16 });
    const lock = JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')) as { birth: string };
    await writer.discard();
    expect(lock.birth).toMatch(/^[0-9a-f-]{36} \d+$/);
  });

  it('is rid of what killed writers left as soon as the next one begins, whether or not that one changes anything', async () => {
    const directory = fresh();
    const store = createHnswStore({ directory });
    await publish(store, CORPUS.slice(0, 1));
    const first = (await store.current()) as string;
    await publish(store, CORPUS);
    const live = (await store.current()) as string;
    const folder = (name: string) => join(directory, 'snapshots', name);
    // Five that were killed while they built, two after the rename of the folder and before that of the pointer.
    for (let at = 0; at < 5; at++) cpSync(folder(first), folder(`.building-9999999${at}-0123abcd`), { recursive: true });
    for (const name of ['00000008-0123abcd', '00000009-0123abcd']) cpSync(folder(live), folder(name), { recursive: true });
    await (await store.write({ id: 'letters-1', dimensions: 16 })).discard();
    expect(readdirSync(join(directory, 'snapshots')).sort()).toEqual([first, live].sort());
    expect(await store.current()).toBe(live);
    // Without a pointer the newest may be the live one: then only builds go.
    rmSync(join(directory, 'current'));
    mkdirSync(folder('.building-00000009-0123abcd'));
    await (await store.write({ id: 'letters-1', dimensions: 16 })).discard();
    expect(readdirSync(join(directory, 'snapshots')).sort()).toEqual([first, live].sort());
  });
});
