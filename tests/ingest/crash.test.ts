import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { expectedContents, ingestWith, leftoversOf, versionOf } from '../fixtures/crash.ts';
import { type Version, writeVersion } from '../fixtures/crash-files.ts';

/** What `bench/documents/crash.ts` does two hundred times, a few times. */
const home = mkdtempSync(join(tmpdir(), 'pilcrow-crash-'));
const [folder, index] = [join(home, 'corpus'), join(home, 'i')];
let expected: Record<Version, string>;
let live: Version = 'a';
const other = (version: Version): Version => (version === 'a' ? 'b' : 'a');

async function whole(version: Version): Promise<void> {
  writeVersion(folder, version);
  const { code, output } = await ingestWith(home, folder, index, {});
  expect([code, output]).toEqual([0, expect.any(String)]);
  expect(await versionOf(index, expected)).toBe(version);
  expect(leftoversOf(index)).toEqual([]);
  live = version;
}

beforeAll(async () => {
  expected = await expectedContents(folder);
  await whole('a');
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

it.each([
  ['write reading/document.tmp', 'kill', 'old'],
  ['write .building/paragraphs.jsonl', 'kill', 'old'],
  ['rename snapshots/snapshot', 'killed', 'old'],
  ['rename i/current', 'kill', 'old'],
  ['rename i/current', 'killed', 'new'],
  ['rm i/lock', 'kill', 'new'],
])('killed at "%s" (%s) the index is the %s one', { timeout: 300_000 }, async (at, how, which) => {
  writeVersion(folder, other(live));
  // Two attempts at a lock are taken away first: the process killed before has left one.
  const { signal } = await ingestWith(home, folder, index, { at, do: how, nth: at === 'rm i/lock' ? 3 : 1 });
  expect(signal).toBe('SIGKILL');
  const now = await versionOf(index, expected);
  expect(now).toBe(which === 'old' ? live : other(live));
  live = now as Version;
});

it('leaves nothing behind after the next ingest', { timeout: 300_000 }, () => whole(other(live)));

it('leaves nothing behind after one that finds nothing changed', { timeout: 300_000 }, async () => {
  const before = live;
  await whole(before);
  writeVersion(folder, other(before));
  await ingestWith(home, folder, index, { at: 'write .building/bm25.bin', do: 'killed' });
  expect(leftoversOf(index)).not.toEqual([]);
  await whole(before);
});

it.each([
  ['write .building/vectors.f32', 'ENOSPC', /the disk is full/],
  ['sync .building/manifest.json', 'EIO', /the disk reported an error/],
  ['write .building/paragraphs.jsonl', 'part', /the disk is full/],
  ['write .building/bm25.bin', 'short', /bytes were kept/],
])('says why when "%s" fails (%s), and the index stays', { timeout: 300_000 }, async (at, how, why) => {
  writeVersion(folder, other(live));
  const { code, output } = await ingestWith(home, folder, index, { at, do: how });
  expect(code).not.toBe(0);
  expect(output).toMatch(why);
  expect(await versionOf(index, expected)).toBe(live);
  expect(leftoversOf(index)).toEqual([]);
});

it('keeps a briefing that the drive does not give, and says so', { timeout: 300_000 }, async () => {
  await whole('a');
  writeFileSync(join(folder, 'new.md'), '# New\n\nThe ford is new.\n');
  // Another file than before: the first time its bytes are compared, the second time they are read.
  appendFileSync(join(folder, 'dams.docx'), ' ');
  const { code, output } = await ingestWith(home, folder, index, { at: 'read corpus/dams.docx', nth: 2, do: 'EIO' });
  expect(code).toBe(0);
  expect(output).toContain('dams.docx: It cannot be read: the disk reported an error; answers come from it as it was before.');
  const reader = await createHnswStore({ directory: index }).open();
  expect(await reader?.text('dams')).toContain('nine dams');
  expect(await reader?.text('new')).toContain('The ford is new.');
  await reader?.close();
});
