import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Changes, Series } from '../../src/core/model.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { run } from './helper.ts';

const folders = temporaryCorpus();
const here = { cwd: folders.root };
beforeAll(async () => {
  expect((await run(['ingest'], here)).code).toBe(0);
});
afterAll(() => folders.remove());

test('editions lists the series, where each date came from and which is in force', async () => {
  const { code, stdout } = await run(['editions'], here);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Harbours of Norland · harbours-of-norland\n {2}● March 2026 +stated in the front matter; in force\n/);
  expect(stdout).toMatch(/\n {4}2019 +stated in the front matter\n/);
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('changes shows which value became which', async () => {
  const { code, stdout } = await run(['changes'], here);
  expect(code).toBe(0);
  expect(stdout).toContain('2019 edition → March 2026 edition');
  expect(stdout).toContain('7 → 9');
  expect(stdout).toContain('12 → 15');
  const json = JSON.parse((await run(['changes', 'harbours-of-norland', '--from', '2019', '--json'], here)).stdout) as Changes;
  expect(json.rows.flatMap((row) => row.facts.map((fact) => fact.to.text))).toEqual(['9', '15']);
});

test.each([
  [['changes', 'nothing'], 1, 'harbours-of-norland'],
  [['changes', 'harbours-of-norland', '--to', '1999'], 1, '2026-03'],
  [['editions', 'set', 'harbours-2019'], 2, '--edition'],
  [['editions', 'set', 'nothing', '--edition', '2018'], 1, 'harbours-2019'],
  [['editions', 'set', 'harbours-2019', '--edition', 'soon'], 2, 'YYYY'],
])('%j says what to do', async (args, expected, words) => {
  const { code, stderr } = await run(args, here);
  expect(code).toBe(expected);
  expect(stderr).toContain(words);
});

test('an edition that was set holds at once and after every ingest, until it is withdrawn', async () => {
  const editionsOf = async () =>
    (JSON.parse((await run(['editions', '--json'], here)).stdout) as { series: Series[] }).series
      .find((one) => one.id === 'harbours-of-norland')!
      .editions.map((one) => [one.source, one.edition.date, one.edition.source, one.newest]);
  const { code, stdout } = await run(['editions', 'set', 'harbours-2019.md', '--edition', '2027-01'], here);
  expect(code).toBe(0);
  expect(stdout).toContain('harbours-2019.md is the January 2027 edition of harbours-of-norland and in force.');
  const set = [
    ['harbours-2019.md', '2027-01', 'set', true],
    ['harbours-2026.md', '2026-03', 'front-matter', false],
  ];
  expect(await editionsOf()).toEqual(set);
  expect((await run(['ingest', '--json'], here)).code).toBe(0);
  expect(await editionsOf()).toEqual(set);
  expect((await run(['ask', 'How many harbours does Norland have?'], here)).stdout).toContain('7 harbours');
  expect((await run(['doctor'], here)).stdout).toContain('the index holds the corpus as it is');
  const file = join(folders.corpus, 'pilcrow.editions.json');
  expect(existsSync(file)).toBe(true);
  expect((await run(['editions', 'set', 'harbours-2019', '--clear'], here)).code).toBe(0);
  expect((await editionsOf())[0]).toEqual(['harbours-2026.md', '2026-03', 'front-matter', true]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ briefings: {} });
});
