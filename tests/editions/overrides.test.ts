import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OVERRIDES_FILE, readOverrides, setOverride } from '../../src/editions/overrides.ts';

let corpus: string;
beforeEach(() => {
  corpus = mkdtempSync(join(tmpdir(), 'pilcrow-overrides-'));
});
afterEach(() => rmSync(corpus, { recursive: true, force: true }));

test('what is set is read again, beside what was set before, and can be withdrawn', async () => {
  expect(await readOverrides(corpus)).toEqual({});
  await setOverride(corpus, 'a.md', { edition: '2019' });
  await setOverride(corpus, 'b/c.txt', { edition: '2020-05', series: 'ports' });
  await setOverride(corpus, 'a.md', { series: 'ports' });
  expect(await readOverrides(corpus)).toEqual({
    'a.md': { edition: '2019', series: 'ports' },
    'b/c.txt': { edition: '2020-05', series: 'ports' },
  });
  await setOverride(corpus, 'a.md', null);
  expect(Object.keys(await readOverrides(corpus))).toEqual(['b/c.txt']);
  expect(readdirSync(corpus)).toEqual([OVERRIDES_FILE]);
});

test('file names that mean something to JavaScript are file names', async () => {
  await setOverride(corpus, '__proto__', { edition: '2019' });
  const read = await readOverrides(corpus);
  expect(Object.getPrototypeOf({}).edition).toBeUndefined();
  expect(Object.keys(read).length).toBeLessThanOrEqual(1);
});

test.each([
  '',
  '{',
  '[]',
  '{"briefings": []}',
  '{"briefings": {"a.md": 3}}',
  '{"briefings": {"a.md": {"edition": "soon"}}}',
  '{"briefings": {"a.md": {"series": 7}}}',
])('%j is refused with the name of the file', async (text) => {
  writeFileSync(join(corpus, OVERRIDES_FILE), text);
  await expect(readOverrides(corpus)).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining(OVERRIDES_FILE) });
  await expect(setOverride(corpus, 'a.md', { edition: '2019' })).rejects.toMatchObject({ code: 'bad_request' });
  expect(readFileSync(join(corpus, OVERRIDES_FILE), 'utf8')).toBe(text);
});

test('a corpus that is a file has no decisions; what is wrong with it is told by whoever reads it', async () => {
  writeFileSync(join(corpus, 'a.md'), 'Text.');
  expect(await readOverrides(join(corpus, 'a.md'))).toEqual({});
});

test('a date that is none is refused', async () => {
  await expect(setOverride(corpus, 'a.md', { edition: '2019-13' })).rejects.toMatchObject({ code: 'bad_request' });
  expect(readdirSync(corpus)).toEqual([]);
});
