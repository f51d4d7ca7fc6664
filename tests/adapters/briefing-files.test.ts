import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createBriefingFiles, hashOf } from '../../src/adapters/briefing-files.ts';
import { pilcrowError } from '../../src/core/errors.ts';
import type { Ingester, IngestOutcome } from '../../src/core/updates.ts';
import { acceptName } from '../../src/ingest/file-name.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const bodyOf = (...parts: string[]) =>
  async function* () {
    for (const part of parts) yield new TextEncoder().encode(part);
  };

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(at(name), { recursive: true });
  writeFileSync(at('a.md'), 'old');
});

/** A folder whose ingest does what the test says, and takes every readable file in. */
function filesWith(during: () => void | Promise<void> = () => {}, leavesOut: string[] = [], now?: () => number) {
  const runs: string[][] = [];
  const ingester: Ingester = {
    check: async () => {},
    ingest: async () => {
      await during();
      const names = readdirSync(folder).filter((name) => !name.startsWith('.') && !leavesOut.includes(name));
      runs.push(names);
      const edition = { date: null, stated: false, source: 'none' as const };
      const outcome: IngestOutcome = {
        snapshot: String(runs.length),
        unchanged: false,
        briefings: names.length,
        added: [],
        changed: [],
        removed: [],
        renamed: [],
        newEditions: [],
        editions: names.map((source) => ({ id: source, title: source, series: source, edition, newest: true, source })),
        problems: leavesOut.map((file) => ({ file, message: 'It was left out.', hint: '' })),
        notes: [],
      };
      return outcome;
    },
  };
  const files = createBriefingFiles({
    folder,
    ingester,
    accept: acceptName,
    live: async () => [{ source: 'a.md', sha256: await hashOf(at('a.md')) }],
    published: async () => {},
    now,
  });
  const put = async (name: string, content: string) =>
    (await files.receive(name, bodyOf(...content), { expected: null, bytes: 100 })).publish();
  return { files, put, runs };
}
const broken = () => {
  throw new Error('the embedding service is away');
};

it('what was there is there again when nothing could be published', async () => {
  const { files, put } = filesWith(broken);
  const said = { code: 'unavailable', message: expect.stringContaining('away'), hint: expect.stringContaining('as they were before') };
  await expect(put('a.md', 'new')).rejects.toMatchObject(said);
  await expect(put('b.md', 'new')).rejects.toMatchObject(said);
  await expect(files.remove('a.md', { expected: null })).rejects.toMatchObject(said);
  expect(readdirSync(folder)).toEqual(['a.md']);
  expect(text('a.md')).toBe('old');
});

it('whoever changes the file meanwhile keeps the last word', async () => {
  const { put } = filesWith(() => {
    writeFileSync(at('a.md'), 'by hand');
    broken();
  });
  await expect(put('a.md', 'new')).rejects.toMatchObject({ code: 'unavailable' });
  expect(readdirSync(folder)).toEqual(['a.md']);
  expect(text('a.md')).toBe('by hand');
});

it('a file that an ingest leaves out is taken back, and the folder published as it was', async () => {
  const { put, runs } = filesWith(() => {}, ['b.md']);
  await expect(put('b.md', 'new')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('It was left out.') });
  expect(readdirSync(folder)).toEqual(['a.md']);
  expect(runs.length).toBe(2);
});

it('a body that breaks off changes nothing, and the next one is taken', async () => {
  const { files, put } = filesWith();
  const cut = async function* () {
    yield new TextEncoder().encode('half');
    throw pilcrowError('bad_request', 'gone');
  };
  await expect(files.receive('a.md', cut, { expected: null, bytes: 100 })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(put('c.md', 'x'.repeat(101))).rejects.toMatchObject({ code: 'too_large' });
  expect(readdirSync(folder)).toEqual(['a.md']);
  expect(await put('c.md', 'third')).toMatchObject({ action: 'added', briefings: 2 });
  expect(text('c.md')).toBe('third');
});

it('what a killed process left beside the briefings goes after a while, what somebody works on stays', async () => {
  writeFileSync(at('.pilcrow-new-0123456789abcdef.tmp'), 'x');
  await filesWith().put('c.md', 'third');
  expect(readdirSync(folder)).toContain('.pilcrow-new-0123456789abcdef.tmp');
  await filesWith(undefined, [], () => Date.now() + 2 * 3_600_000).put('c.md', 'fourth');
  expect(readdirSync(folder)).toEqual(['a.md', 'c.md']);
});
