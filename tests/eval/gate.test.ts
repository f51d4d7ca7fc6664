import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { baselineToJson, makeBaseline, readBaseline } from '../../src/eval/baseline.ts';
import type { EvalCase } from '../../src/eval/case.ts';
import { compare, compareBaselines } from '../../src/eval/compare.ts';
import { parseGate, runGate } from '../../src/eval/gate.ts';
import { summarise } from '../../src/eval/summary.ts';
import { ALL, answer, citation, observation } from './make.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = 'Norland runs 15 ferries.';
const cases: EvalCase[] = Array.from({ length: 40 }, (_, index) => ({
  id: `case-${index}`,
  question: `${index}?`,
  answerable: true,
  facts: [{ any_of: ['15'] }],
  tags: [index < 10 ? 'few' : 'many'],
}));
/** A suite in which the first `wrong` cases are declined. */
const suite = (wrong: number, blind = false) =>
  summarise(
    's',
    cases,
    cases.map((one, index) => observation(one.id, index < wrong ? answer([], []) : answer([TEXT], [citation(1, TEXT)]))),
    { name: 't', capabilities: ALL },
    blind,
  );
const gateOf = (text: string) => parseGate(text, join(folder, 'gate.yaml'));
const failed = (text: string, wrong: number, before: number) => {
  const result = suite(wrong);
  const comparison = compare(
    result,
    makeBaseline([suite(before)], '2026-01-01', () => ''),
  );
  return runGate(gateOf(text), [result], [comparison], () => cases).filter((check) => !check.passed);
};

test('floors hold in every suite, for a tag, and from above', () => {
  expect(failed('floors: [{measure: right, at_least: 0.9}]', 4, 4)).toEqual([]);
  expect(failed('floors: [{measure: right, at_least: 0.9}]', 5, 5)).toMatchObject([{ measure: 'right', kind: 'floor', value: 0.875 }]);
  expect(failed('floors: [{measure: right, tag: few, at_least: 0.9}]', 4, 4)).toMatchObject([{ tag: 'few', value: 0.6 }]);
  expect(failed('floors: [{measure: over_refusal, at_most: 0.1}]', 5, 5)).toHaveLength(1);
});

test('what could not be measured is no floor kept', () => {
  const [check] = failed('floors: [{measure: abstention_recall, at_least: 0, why: it must}]', 0, 0);
  expect(check).toMatchObject({ value: null, passed: false });
  expect(check?.text).toBe('Declined when it should must be at least 0.0% and was not measured: it must');
});

test('worse than the baseline fails, by chance or better does not', () => {
  const gate = 'not_worse: [right, over_refusal]';
  expect(failed(gate, 5, 5)).toEqual([]);
  expect(failed(gate, 6, 5)).toEqual([]);
  expect(failed(gate, 0, 9)).toEqual([]);
  expect(failed(gate, 14, 5).map((check) => check.measure)).toEqual(['right', 'over_refusal']);
});

test('a gate file that is wrong is refused with all its problems', () => {
  expect(() =>
    gateOf(
      'floors: [{measure: beauty, at_least: 1}, {measure: right}, {measure: right, at_least: 1, suite: x}]\nnot_worse: [speed]\ncolour: red',
    ),
  ).toThrow(
    /colour is not known[\s\S]*"beauty" is no measure[\s\S]*floors\.1 needs at_least or at_most[\s\S]*no suite "x"|beauty[\s\S]*speed/,
  );
});

test('a measure that no baseline keeps cannot be asked to be no worse', () => {
  expect(() => gateOf('not_worse: [mrr]')).toThrow(/no baseline keeps mrr; kept are right/);
});

test('paths in a gate are relative to it', () => {
  expect(gateOf('suites: [{name: a, cases: cases/a.yaml, blind: true}]\nbaseline: b.json')).toMatchObject({
    suites: [{ name: 'a', cases: join(folder, 'cases/a.yaml'), blind: true }],
    baseline: join(folder, 'b.json'),
  });
});

test('a baseline survives being written, and compares only what both have', async () => {
  const file = join(folder, 'baseline.json');
  const baseline = makeBaseline([suite(5)], '2026-01-01', (_suite, id) => `answer of ${id}`);
  writeFileSync(file, baselineToJson(baseline));
  expect(await readBaseline(file)).toEqual(baseline);
  expect(await readBaseline(join(folder, 'none.json'))).toBeNull();
  writeFileSync(file, '{"kind":"else"}');
  await expect(readBaseline(file)).rejects.toMatchObject({ code: 'bad_request' });
  const fewer = summarise(
    's',
    cases.slice(0, 30),
    cases.slice(0, 30).map((one) => observation(one.id, answer([TEXT], [citation(1, TEXT)]))),
    { name: 't', capabilities: ALL },
  );
  const comparison = compare(fewer, baseline);
  expect(comparison).toMatchObject({
    added: 0,
    removed: 10,
    changes: { right: { cases: 30, before: 25 / 30, now: 1, verdict: 'better' } },
  });
  expect(comparison?.cases.get('case-0')).toEqual({ before: 0, now: 1, answers: ['answer of case-0'] });
  expect(
    compareBaselines(
      makeBaseline([suite(0)], '2026-02-01', () => ''),
      baseline,
    )[0]?.changes.right?.change,
  ).toBeCloseTo(0.125, 10);
});

test('a blind suite leaves no case by name or answer in its baseline, and compares all the same', () => {
  const text = baselineToJson(makeBaseline([suite(5, true)], '2026-01-01', (_suite, id) => `answer of ${id}`));
  expect(text).not.toMatch(/case-|answer of/);
  const comparison = compare(suite(0, true), JSON.parse(text));
  expect(comparison?.changes.right).toMatchObject({ cases: 40, verdict: 'better' });
  expect(comparison?.cases.size).toBe(0);
});
