// Writes the results of a run into docs/evaluation.md, between its two marks.
//   npm run eval:gate -- --report report.json && npx tsx evals/write-results.ts report.json
import { readFileSync, writeFileSync } from 'node:fs';
import { percent } from '../src/eval/format.ts';
import type { MeasureName } from '../src/eval/measures.ts';
import type { SuiteResult } from '../src/eval/summary.ts';

const SHOWN: MeasureName[] = [
  'right',
  'right_answerable',
  'abstention_recall',
  'over_refusal',
  'fact_recall_partial',
  'right_edition',
  'citation_validity',
  'number_fidelity',
  'date_fidelity',
  'gold_citation_recall',
  'hit_at_1',
  'recall_at_10',
  'ndcg_at_10',
];

const report = JSON.parse(readFileSync(process.argv[2] ?? 'report.json', 'utf8')) as {
  made: string;
  command: string;
  measures: Record<MeasureName, { label: string }>;
  suites: SuiteResult[];
};
const { suites } = report;
const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
const cell = (suite: SuiteResult, name: MeasureName): string => {
  const found = suite.values[name];
  return found ? `${percent(found.value)} (${percent(found.interval.low)} – ${percent(found.interval.high)})` : '–';
};
const tags = [...new Set(suites.flatMap((suite) => suite.tags.map(({ tag }) => tag)))];
const tagCell = (suite: SuiteResult, tag: string): string => {
  const found = suite.tags.find((one) => one.tag === tag);
  return found ? `${found.right} of ${found.n}` : '–';
};
const head = (first: string) => [row([first, ...suites.map(({ suite }) => suite)]), row(['---', ...suites.map(() => '---:')])];
const lines = [
  `Measured on ${report.made} with \`${report.command}\`. In brackets the 95% interval.`,
  '',
  ...head('measure'),
  row(['cases, questions', ...suites.map(({ cases, questions }) => `${cases}, ${questions}`)]),
  ...SHOWN.map((name) => row([report.measures[name].label, ...suites.map((suite) => cell(suite, name))])),
  row(['confidence (AUROC)', ...suites.map(({ auroc }) => auroc?.value.toFixed(3) ?? '–')]),
  '',
  ...head('right, by tag'),
  ...tags.map((tag) => row([tag, ...suites.map((suite) => tagCell(suite, tag))])),
];

const file = new URL('../docs/evaluation.md', import.meta.url);
const [begin, end] = ['<!-- results:begin -->', '<!-- results:end -->'];
const text = readFileSync(file, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) throw new Error('docs/evaluation.md has lost its marks');
writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`);
