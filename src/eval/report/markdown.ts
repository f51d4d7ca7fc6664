import { percent, points } from '../format.ts';
import { MEASURES, type MeasureName, measuresOf } from '../measures.ts';
import { gateSentence, type Report, type SuiteReport, severity, verdict } from './report.ts';

/** Most cases told one by one; the HTML report has them all. */
const MOST_CASES = 20;

/** The report for pull requests and documents. */
export function markdownReport(report: Report): string {
  const parts = [`# ${inline(report.title)}`, `${report.made}, \`${report.command.replaceAll('`', "'")}\``];
  const sentence = gateSentence(report.checks);
  if (sentence && report.checks) {
    parts.push(`**${sentence}**`);
    const failed = report.checks.filter((check) => !check.passed);
    if (failed.length > 0)
      parts.push(
        failed
          .map(
            (check) =>
              `- ${inline(check.suite)}: ${inline(check.text)} (is ${check.value === null ? 'not measured' : percent(check.value)})`,
          )
          .join('\n'),
      );
  }
  for (const suite of report.suites) parts.push(...suiteParts(suite));
  if (report.ablations.length > 0) parts.push('## What each stage brings', ablationTable(report));
  return `${parts.join('\n\n')}\n`;
}

function suiteParts(suite: SuiteReport): string[] {
  const { result, comparison } = suite;
  const parts = [`## ${inline(result.suite)}`, verdict(suite)];
  const rows = (Object.keys(result.values) as MeasureName[]).map((name) => {
    const { value, interval, n } = result.values[name] as NonNullable<(typeof result.values)[MeasureName]>;
    const change = comparison?.changes[name];
    const moved = change ? `${points(change.change)}${change.verdict === 'same' ? '' : ` (${change.verdict})`}` : '';
    return [MEASURES[name].label, percent(value), `${percent(interval.low)} – ${percent(interval.high)}`, moved, String(Math.round(n))];
  });
  if (result.auroc)
    rows.push([
      'Confidence tells answerable (AUROC)',
      result.auroc.value.toFixed(3),
      `${result.auroc.interval.low.toFixed(3)} – ${result.auroc.interval.high.toFixed(3)}`,
      '',
      String(result.auroc.n),
    ]);
  parts.push(table(['Measure', 'Value', '95%', comparison ? `Since ${comparison.made}` : 'Change', 'n'], rows, 1));
  const { answerableAnswered, answerableDeclined, unanswerableAnswered, unanswerableDeclined } = result.quadrant;
  parts.push(
    table(
      ['', 'Answered', 'Declined'],
      [
        ['The briefings answer it', String(answerableAnswered), String(answerableDeclined)],
        ['They do not', String(unanswerableAnswered), String(unanswerableDeclined)],
      ],
      1,
    ),
  );
  if (result.tags.length > 0) {
    parts.push(
      table(
        ['Tag', 'Right', 'of', '95%'],
        result.tags.map(({ tag, right, n, interval }) => [
          inline(tag),
          String(right),
          String(n),
          `${percent(interval.low)} – ${percent(interval.high)}`,
        ]),
        1,
      ),
    );
  }
  if (result.length && result.latency) {
    parts.push(
      `Answers: median ${result.length.median} words, 95th percentile ${result.length.p95}. Time: median ${result.latency.p50.toFixed(1)} ms, 95th percentile ${result.latency.p95.toFixed(1)} ms. Scores digest \`${result.digest}\`.`,
    );
  }
  if (suite.judged)
    parts.push(
      `Advisory: ${suite.judged.model} called ${suite.judged.right} of ${suite.judged.judged} answers right${suite.judged.agreement === null ? '' : `, kappa ${suite.judged.agreement.toFixed(2)} with the score`}.`,
    );
  return [...parts, ...caseParts(suite)];
}

function caseParts({ result, observations, comparison }: SuiteReport): string[] {
  if (result.blind) return ['Single cases of this suite are not shown: it is kept for checking, not for tuning.'];
  const wrong = result.scores
    .flatMap((one, index) => (one.right ? [] : [{ one, observation: observations[index] as (typeof observations)[number] }]))
    .map((item) => {
      const moved = comparison?.cases.get(item.one.id);
      const rank = severity({
        reasons: item.one.reasons,
        regressed: moved !== undefined && moved.now < moved.before,
        invalid: item.observation.validity.length > 0,
      });
      return { ...item, rank };
    })
    .sort((a, b) => b.rank - a.rank);
  if (wrong.length === 0) return [];
  const lines = wrong
    .slice(0, MOST_CASES)
    .map(
      ({ one, observation }) =>
        `- **${inline(observation.question)}** (${one.id}): ${inline(one.reasons.map((reason) => reason.text).join('; '))}`,
    );
  const more = wrong.length > MOST_CASES ? [`… and ${wrong.length - MOST_CASES} more.`] : [];
  return ['### Not right, worst first', lines.join('\n'), ...more];
}

function ablationTable({ ablations }: Report): string {
  const rows = ablations.flatMap(({ variant, results }) =>
    results.map((result) => [
      variant,
      inline(result.suite),
      ...measuresOf('stage').map((name) => (result.values[name] ? percent(result.values[name].value) : '–')),
    ]),
  );
  return table(['Variant', 'Suite', ...measuresOf('stage').map((name) => MEASURES[name].label)], rows, 2);
}

/** A table; columns from `numbers` on are set to the right. */
function table(head: string[], rows: string[][], numbers: number): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index < numbers ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Text that Markdown and the HTML inside it take for nothing but text. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
