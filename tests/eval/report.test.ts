import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { EvalCase } from '../../src/eval/case.ts';
import { compare, htmlReport, jsonReport, makeBaseline, markdownReport, type Report, runGate, summarise } from '../../src/eval/index.ts';
import { wordDiff } from '../../src/eval/report/word-diff.ts';
import { visit } from '../browser/browser.ts';
import { ALL, answer, citation, observation, passage } from './make.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">';
const TEXT = 'Norland runs 15 ferries between the islands.';
const cases: EvalCase[] = [
  {
    id: 'right',
    question: 'How many ferries?',
    answerable: true,
    facts: [{ any_of: ['15'] }],
    evidence: [{ quote: 'runs 15' }],
    tags: ['number'],
  },
  {
    id: 'declined',
    question: 'How many harbours?',
    answerable: true,
    facts: [{ any_of: ['9'] }],
    evidence: [{ quote: 'has 9 harbours' }],
    tags: ['number'],
  },
  { id: 'false', question: `Who owns ${HOSTILE}?`, answerable: false, tags: ['unanswerable', HOSTILE] },
  { id: 'secret', question: 'Which question is this?', answerable: false },
];
const observations = [
  observation('right', answer([TEXT], [citation(1, TEXT)]), { confidence: 0.9, question: cases[0]!.question }),
  observation('declined', answer([], []), {
    confidence: 0.2,
    question: cases[1]!.question,
    passages: [passage('Elsewhere.'), passage('Norland has 9 harbours.')],
  }),
  observation('false', answer([HOSTILE], [citation(1, `${HOSTILE} ${TEXT}`, HOSTILE)]), { confidence: 0.5, question: cases[2]!.question }),
  observation('secret', answer([], []), { confidence: 0.1, question: cases[3]!.question }),
];
const target = { name: 'engine', capabilities: ALL };
const make = (blind = false): Report => {
  const result = summarise('tune', cases, observations, target, blind);
  const before = summarise(
    'tune',
    cases,
    [
      observations[0]!,
      observation('declined', answer(['It has 9.'], [citation(1, 'It has 9. has 9 harbours', 'It has 9.')])),
      ...observations.slice(2),
    ],
    target,
    blind,
  );
  const comparison = compare(
    result,
    makeBaseline([before], '2026-01-01', (_suite, id) =>
      id === 'declined' ? 'Norland has 9 harbours. [1]' : (observations.find((one) => one.id === id)?.answer?.answer ?? ''),
    ),
  );
  const floor = { measure: 'right' as const, suite: null, tag: null, atLeast: 0.9, atMost: null, why: null };
  return {
    title: 'Pilcrow evaluation',
    made: '2026-02-01',
    command: 'pilcrow eval run',
    suites: [{ result, comparison, cases, observations, judged: null }],
    checks: runGate({ floors: [floor], notWorse: [] }, [result], [null], () => cases),
    ablations: [{ variant: 'lexical', results: [result] }],
  };
};

describe('the HTML report', () => {
  test('opens from disk, asks for nothing, runs nothing that is not its own, and says what matters first', async () => {
    const file = join(folder, 'report.html');
    writeFileSync(file, htmlReport(make()));
    const url = pathToFileURL(file).href;
    const browser = await visit(url.slice(0, url.lastIndexOf('/')));
    try {
      const { page, complaints } = browser;
      await page.goto(url);
      expect(await page.locator('.gate').textContent()).toContain('The gate failed: 1 of 1 check.');
      expect(await page.locator('.verdict').textContent()).toContain(
        '2 of 4 questions came out right (50.0%). 1 of 2 questions without an answer in the briefings was answered all the same; 1 question with an answer was declined.',
      );
      // The worst first: a false answer, then a needless refusal; right ones are hidden until asked for.
      const shown = page.locator('.case:not([hidden]) .q');
      expect(await shown.allTextContents()).toEqual([cases[2]!.question, cases[1]!.question]);
      await page.getByLabel('only those not right').uncheck();
      expect(await shown.count()).toBe(4);
      await page.getByRole('searchbox').fill('ferries');
      expect(await shown.allTextContents()).toEqual([cases[0]!.question]);
      await page.getByRole('searchbox').fill('harbours');
      const refused = page.locator('.case:not([hidden])');
      await refused.locator('summary').click();
      const text = await refused.textContent();
      expect(text).toContain('retrieved at rank 2');
      expect(text).toContain('worse than the baseline');
      expect(await refused.locator('del').textContent()).toContain('Norland has 9 harbours.');
      // Keyboard: / searches, j and k walk through the questions.
      await page.getByRole('searchbox').fill('');
      await page.keyboard.press('Tab');
      await page.locator('h1').click();
      await page.keyboard.press('j');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      // No sideways scrolling on a phone.
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('marks sentences by their support, with the words quoted', () => {
    const page = htmlReport(make());
    expect(page).toContain('<div class="sentence yes"><p>Norland runs 15 ferries');
    expect(page).toContain('<mark>Norland runs 15 ferries between the islands.</mark>');
    expect(page).toContain('role="img" aria-label="Risk–coverage curve: 50.0% of the answers are wrong at 50.0% coverage."');
    expect(page).not.toMatch(/https?:\/\//);
  });
});

test('a blind suite tells its sums and none of its questions, in every format', () => {
  const report = make(true);
  for (const text of [htmlReport(report), markdownReport(report), JSON.stringify(jsonReport(report))]) {
    expect(text).toMatch(/50\.0%/);
    expect(text).not.toMatch(/ferries|harbours\?|Which question|"declined"/);
  }
});

test('Markdown cannot be broken by what it tells', () => {
  const text = markdownReport(make());
  expect(text).toContain('| Right | 50.0% |');
  expect(text).toContain('### Not right, worst first');
  expect(text).not.toMatch(/<script|<img/);
  expect(text.indexOf('(false)')).toBeLessThan(text.indexOf('(declined)'));
});

test('JSON has every question with its scores', () => {
  const report = jsonReport(make()) as { suites: { questionsAsked: { id: string; right: boolean }[] }[]; gate: { passed: boolean } };
  expect(report.gate.passed).toBe(false);
  expect(report.suites[0]?.questionsAsked.map(({ id, right }) => [id, right])).toEqual([
    ['right', true],
    ['declined', false],
    ['false', false],
    ['secret', true],
  ]);
});

test('the difference of two answers is told word by word', () => {
  expect(wordDiff('It has 26 Conventions now.', 'It has 28 Conventions.')).toEqual([
    { kind: 'same', text: 'It has ' },
    { kind: 'removed', text: '26 Conventions now.' },
    { kind: 'added', text: '28 Conventions.' },
  ]);
  expect(wordDiff('one two three', 'one three four').map(({ kind, text }) => kind[0] + text)).toEqual([
    'sone ',
    'rtwo ',
    'sthree ',
    'afour',
  ]);
  expect(wordDiff('a '.repeat(1000), 'b')).toHaveLength(2);
});
