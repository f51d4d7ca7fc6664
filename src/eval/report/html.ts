import { createHash } from 'node:crypto';
import type { Html } from '../../core/html.ts';
import { percent } from '../format.ts';
import { SUPPORT_TEST } from '../support.ts';
import { caseList } from './html-cases.ts';
import { ablationTable, cards, measureTable, quadrantTable, riskCurve, tagTable } from './html-parts.ts';
import { SCRIPT, STYLE } from './html-style.ts';
import { reportHtml as html } from './html-text.ts';
import { gateSentence, type Report, type SuiteReport, verdict } from './report.ts';

/** The report for people: one file that opens from disk and asks for nothing. Its policy forbids it everything but itself. */
export function htmlReport(report: Report): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const links = [
    ...report.suites.map(({ result }) => [anchor(result.suite), result.suite] as const),
    ...(report.ablations.length > 0 ? [['stages', 'What each stage brings'] as const] : []),
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>${report.title}, ${report.made}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<header><div><h1>¶ ${report.title}</h1><p class="meta">${report.made} · <code>${report.command}</code></p>${gateView(report)}</div></header>
${links.length > 1 ? html`<nav aria-label="Suites"><div>${links.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</div></nav>` : null}
<main>${report.suites.map(suiteView)}${ablationTable(report)}</main>
<footer><p>Intervals are 95%, from 2,000 bootstrap resamples of the cases with a fixed seed; changes are paired on the same cases. A sentence counts as supported by the deterministic test <code>${SUPPORT_TEST}</code>: its figures, dates and names stand in what it cites, and most of its words do.</p><p>${report.suites.map(({ result }) => html`${result.suite}: scores digest <code>${result.digest}</code> `)}</p></footer>
<script>${{ markup: SCRIPT }}</script>
</body>
</html>
`;
  return page.markup;
}

function gateView({ checks }: Report): Html | null {
  const sentence = gateSentence(checks);
  if (!sentence || !checks) return null;
  const failed = checks.filter((check) => !check.passed);
  const list = failed.map(
    (check) => html`<li><b>${check.suite}</b>: ${check.text}. It is ${check.value === null ? 'not measured' : percent(check.value)}.</li>`,
  );
  return html`<div class="gate ${failed.length === 0 ? 'pass' : 'fail'}"><strong>${sentence}</strong>${failed.length > 0 ? html`<ul>${list}</ul>` : null}</div>`;
}

function suiteView(suite: SuiteReport): Html {
  const { result, comparison, judged } = suite;
  const small = [
    result.target,
    result.length ? `answers: median ${result.length.median} words, 95th percentile ${result.length.p95}` : null,
    result.latency ? `time: median ${milliseconds(result.latency.p50)}, 95th percentile ${milliseconds(result.latency.p95)}` : null,
    comparison
      ? `compared with ${comparison.made}${comparison.added + comparison.removed > 0 ? ` (${comparison.added} cases are new, ${comparison.removed} gone)` : ''}`
      : null,
    judged
      ? `advisory: ${judged.model} called ${judged.right} of ${judged.judged} right${judged.agreement === null ? '' : `, kappa ${judged.agreement.toFixed(2)}`}`
      : null,
  ].filter((part) => part !== null);
  return html`<section class="suite" id="${anchor(result.suite)}"><h2>${result.suite}</h2><p class="verdict">${verdict(suite)}<small>${small.join(' · ')}</small></p>
${cards(suite)}<div class="pair">${quadrantTable(result)}${riskCurve(result)}</div>${measureTable(suite)}<div class="pair">${tagTable(result)}</div>
${caseList(suite)}</section>`;
}

const anchor = (name: string) => `suite-${name.replace(/[^\w-]+/g, '-')}`;
const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
