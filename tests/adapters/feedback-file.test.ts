import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DAY } from '../../src/adapters/day-files.ts';
import { createFeedbackFile } from '../../src/adapters/feedback-file.ts';
import type { FeedbackRecord } from '../../src/core/site.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-feedback-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const record = (id: string, more: Partial<FeedbackRecord> = {}): FeedbackRecord => ({
  id,
  time: '2026-11-01T10:00:00.000Z',
  verdict: 'up',
  comment: null,
  question: 'How many\nharbours? "نعم" 🗼',
  answer: 'Nine.',
  status: 'answered',
  mode: 'extractive',
  snapshot: 's1',
  citations: [],
  site: null,
  ...more,
});

test('records come back as they were, the latest of each answer', async () => {
  const store = createFeedbackFile(join(folder, 'a'));
  expect(await store.list()).toEqual([]);
  await store.add(record('1'));
  await store.add(record('2'));
  await store.add(record('1', { verdict: 'down', comment: 'no' }));
  expect(await createFeedbackFile(join(folder, 'a')).list()).toEqual([record('2'), record('1', { verdict: 'down', comment: 'no' })]);
});

test('many at once are all kept, each on a line of its own', async () => {
  const store = createFeedbackFile(join(folder, 'b'));
  const other = createFeedbackFile(join(folder, 'b'));
  await Promise.all(Array.from({ length: 200 }, (_, index) => (index % 2 ? store : other).add(record(String(index)))));
  expect((await store.list()).length).toBe(200);
  // Where one writer meets a file the other has half grown, it begins a line of its own: an empty one is passed over.
  const lines = readFileSync(join(folder, 'b', `feedback-${new Date().toISOString().slice(0, 10)}.jsonl`), 'utf8').split('\n');
  expect(lines.filter((line) => line !== '').map((line) => JSON.parse(line).id)).toHaveLength(200);
});

test('a line that a crash cut off costs that line only', async () => {
  const store = createFeedbackFile(join(folder, 'c'));
  await store.add(record('1'));
  const [file] = readdirSync(join(folder, 'c'));
  appendFileSync(join(folder, 'c', file as string), '{"id":"2","question":"cut o');
  await store.add(record('3'));
  expect((await store.list()).map((one) => one.id)).toEqual(['1', '3']);
});

test('it is bounded: full files are put aside, and the oldest go', async () => {
  const store = createFeedbackFile(join(folder, 'd'), { fileBytes: 1000, mostBytes: 5000 });
  for (let index = 0; index < 60; index++) await store.add(record(String(index).padStart(3, '0')));
  const names = readdirSync(join(folder, 'd'));
  expect(names.length).toBeGreaterThan(2);
  expect(names.reduce((sum, name) => sum + statSync(join(folder, 'd', name)).size, 0)).toBeLessThanOrEqual(5300);
  for (const name of names) expect(statSync(join(folder, 'd', name)).size).toBeLessThanOrEqual(1300);
  const ids = (await store.list()).map((one) => one.id);
  expect(ids.at(-1)).toBe('059');
  expect(ids).toEqual([...ids].sort());
});

test('what is too old goes, files of an earlier version too', async () => {
  const clock = { now: Date.parse('2026-11-30T12:00:00Z') };
  const store = createFeedbackFile(join(folder, 'e'), { now: () => clock.now });
  mkdirSync(join(folder, 'e'));
  for (const [name, id, day] of [
    ['feedback-20250101T000000000Z.jsonl', 'old', '2025-01-01'],
    ['feedback.jsonl', 'newer', '2026-11-29'],
  ] as const) {
    writeFileSync(join(folder, 'e', name), `${JSON.stringify(record(id))}\n`);
    utimesSync(join(folder, 'e', name), new Date(day), new Date(day));
  }
  await store.add(record('today'));
  expect((await store.list()).map((one) => one.id)).toEqual(['old', 'newer', 'today']);
  expect(await store.expire(30)).toBe(1);
  expect((await store.list()).map((one) => one.id)).toEqual(['newer', 'today']);
  clock.now += 40 * DAY;
  expect(await store.expire(30)).toBe(2);
  expect(await store.list()).toEqual([]);
});

test('what cannot be stored is said', async () => {
  const store = createFeedbackFile('/dev/null/nowhere');
  await expect(store.add(record('1'))).rejects.toMatchObject({ code: 'unavailable' });
});
