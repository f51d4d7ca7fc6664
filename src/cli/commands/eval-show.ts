import { gateSentence, MEASURES, measuresOf, percent, points, type Report, type SuiteReport, verdict } from '../../eval/index.ts';
import type { Output } from '../output.ts';
import { oneLine, terminalWidth, wrap } from '../terminal.ts';

/** A report in a few lines for each suite, then the gate. */
export function showReport(report: Report, output: Output): void {
  for (const suite of report.suites) showSuite(suite, output);
  for (const { variant, results } of report.ablations) {
    for (const { suite, values } of results) {
      const shown = measuresOf('stage').map((name) => `${MEASURES[name].label} ${values[name] ? percent(values[name].value) : '–'}`);
      output.line(`${output.style.bold(variant.padEnd(8))} ${oneLine(suite).padEnd(10)} ${shown.join('  ')}`);
    }
  }
  if (report.ablations.length > 0) output.line();
  const { checks } = report;
  const sentence = gateSentence(checks);
  if (!checks || !sentence) return;
  const { style } = output;
  const failed = checks.filter((check) => !check.passed);
  for (const check of failed) {
    const is = check.value === null ? 'not measured' : percent(check.value);
    output.line(`${style.bad('FAIL')}  ${wrap(`${oneLine(check.suite)}: ${oneLine(check.text)}; it is ${is}`, terminalWidth(), '      ')}`);
  }
  output.line(failed.length === 0 ? style.bold(sentence) : style.bad(sentence));
}

function showSuite(suite: SuiteReport, { line, style }: Output): void {
  const { result, comparison } = suite;
  line(
    `${style.bold(oneLine(result.suite))} ${style.dim(`· ${count(result.cases, 'case')}, ${count(result.questions, 'question')} · ${oneLine(result.target)} · digest ${result.digest}`)}`,
  );
  line(`  ${wrap(verdict(suite), terminalWidth(), '  ')}`);
  for (const name of measuresOf('terminal')) {
    const found = result.values[name];
    if (!found) continue;
    const change = comparison?.changes[name];
    const moved = !change
      ? ''
      : change.verdict === 'same'
        ? `${points(change.change)} since ${change && comparison?.made}`
        : `${points(change.change)} ${change.verdict} than ${comparison?.made}`;
    const told = change?.verdict === 'worse' ? style.bad(moved) : change?.verdict === 'better' ? style.accent(moved) : style.dim(moved);
    const range = `${percent(found.interval.low)} – ${percent(found.interval.high)}`;
    line(`  ${MEASURES[name].label.padEnd(26)}${percent(found.value).padStart(7)}  ${style.dim(range.padStart(15))}  ${told}`.trimEnd());
  }
  if (result.auroc) line(`  ${'Confidence (AUROC)'.padEnd(26)}${result.auroc.value.toFixed(3).padStart(7)}`);
  line();
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
