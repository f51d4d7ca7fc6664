import type { Html } from '../../core/html.ts';
import { percent, points } from '../format.ts';
import { MEASURES, type MeasureName, measuresOf } from '../measures.ts';
import type { Interval } from '../metrics/statistics.ts';
import type { SuiteResult, Value } from '../summary.ts';
import { reportHtml as html } from './html-text.ts';
import type { Report, SuiteReport } from './report.ts';

/** What the cards show, most telling first. */
/** A value between 0 and 1 with its interval, as a small bar. */
function meter(value: number, { low, high }: Interval): Html {
  const at = (share: number) => (share * 100).toFixed(2);
  return html`<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="3" width="100" height="2"/><rect class="span" x="${at(low)}" y="1" width="${at(Math.max(0.005, high - low))}" height="6"/><rect class="dot" x="${at(Math.min(0.99, Math.max(0, value - 0.005)))}" width="1.2" height="8"/></svg>`;
}

export function cards({ result, comparison }: SuiteReport): Html {
  const list = measuresOf('card').flatMap((name) => {
    const value = result.values[name];
    return value ? [card(name, value, comparison?.changes[name], comparison?.made)] : [];
  });
  return html`<div class="cards">${list}</div>`;
}

function card(
  name: MeasureName,
  { value, interval, n }: Value,
  change: NonNullable<SuiteReport['comparison']>['changes'][MeasureName],
  made: string | undefined,
): Html {
  const { label, about } = MEASURES[name];
  const moved = change
    ? change.verdict === 'same'
      ? html`<span class="moved level">${change.change === 0 ? 'as' : `${points(change.change)}, within chance of`} <time>${made}</time></span>`
      : html`<span class="moved ${change.verdict === 'better' ? 'up' : 'down'}">${points(change.change)}, ${change.verdict} than <time>${made}</time></span>`
    : null;
  return html`<div class="card" title="${about}"><span class="name">${label}</span><span class="value">${percent(value)}</span>${meter(value, interval)}<span class="range">${percent(interval.low)} – ${percent(interval.high)}, n ${Math.round(n)}</span>${moved}</div>`;
}

export function quadrantTable({ quadrant, answeredRight }: SuiteResult): Html {
  const { answerableAnswered, answerableDeclined, unanswerableAnswered, unanswerableDeclined } = quadrant;
  return html`<section><h3>Answered or declined</h3><table class="quadrant"><thead><tr><td></td><th scope="col">answered</th><th scope="col">declined</th></tr></thead><tbody><tr><th scope="row">The briefings answer it</th><td class="good"><b>${answerableAnswered}</b><span>${answeredRight} of them right</span></td><td class="${answerableDeclined ? 'poor' : 'good'}"><b>${answerableDeclined}</b><span>${answerableDeclined ? 'needless refusals' : 'no needless refusal'}</span></td></tr><tr><th scope="row">They do not</th><td class="${unanswerableAnswered ? 'bad' : 'good'}"><b>${unanswerableAnswered}</b><span>${unanswerableAnswered ? 'false answers' : 'no false answer'}</span></td><td class="good"><b>${unanswerableDeclined}</b><span>honestly declined</span></td></tr></tbody></table></section>`;
}

const WIDTH = 440;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 34;
const TOP = 10;
const RIGHT = 12;

/** Risk over coverage, both from 0; the risk axis ends at the next tenth above the highest risk. */
export function riskCurve({ riskCoverage, auroc }: SuiteResult): Html | null {
  if (!riskCoverage || riskCoverage.points.length === 0) return null;
  const { points: list, area } = riskCoverage;
  const top = Math.min(1, Math.max(0.1, Math.ceil(Math.max(...list.map((point) => point.risk)) * 10) / 10));
  const x = (coverage: number) => (LEFT + coverage * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (risk: number) => (HEIGHT - BOTTOM - (risk / top) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const last = list.at(-1) as (typeof list)[number];
  const path = list.map(({ coverage, risk }, index) => `${index === 0 ? 'M' : 'L'}${x(coverage)} ${y(risk)}`).join('');
  const closed = `${path}L${x(last.coverage)} ${y(0)}L${x((list[0] as (typeof list)[number]).coverage)} ${y(0)}Z`;
  const across = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      html`<text x="${x(share)}" y="${HEIGHT - BOTTOM + 15}" text-anchor="${share === 1 ? 'end' : 'middle'}">${Math.round(share * 100)}%</text>`,
  );
  const up = [0, top / 2, top].map(
    (risk) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(risk)}" y2="${y(risk)}"/><text x="${LEFT - 6}" y="${Number(y(risk)) + 4}" text-anchor="end">${Math.round(risk * 100)}%</text>`,
  );
  const label = `Risk–coverage curve: ${percent(last.risk)} of the answers are wrong at ${percent(last.coverage)} coverage.`;
  return html`<figure><h3>Wrong answers as more is answered</h3><svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${up}<path class="area" d="${closed}"/><path class="line" d="${path}"/><circle class="end" cx="${x(last.coverage)}" cy="${y(last.risk)}" r="4"/><line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(0)}" y2="${y(0)}"/>${across}<text x="${WIDTH - RIGHT}" y="${HEIGHT - 3}" text-anchor="end">questions answered, most confident first</text></svg><figcaption>Of all questions ${percent(last.coverage)} were answered, and ${percent(last.risk)} of those answers are not right. Area under the curve ${area.toFixed(3)}${auroc ? `; confidence tells answerable from unanswerable questions with AUROC ${auroc.value.toFixed(3)} (${auroc.interval.low.toFixed(2)} – ${auroc.interval.high.toFixed(2)})` : ''}.</figcaption></figure>`;
}

export function tagTable({ tags }: SuiteResult): Html | null {
  if (tags.length === 0) return null;
  const rows = tags.map(
    ({ tag, right, n, interval }) =>
      html`<tr><th scope="row">${tag}</th><td class="number">${right} of ${n}</td><td class="number">${percent(right / n)}</td><td class="wide">${meter(right / n, interval)}</td></tr>`,
  );
  return html`<section><h3>By kind of question</h3><div class="table"><table class="rows"><thead><tr><th scope="col">Tag</th><th scope="col" class="number">Right</th><th scope="col" class="number">Share</th><th scope="col">95% interval</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function measureTable({ result, comparison }: SuiteReport): Html {
  const rows = (Object.keys(result.values) as MeasureName[]).map((name) => {
    const { value, interval, n } = result.values[name] as Value;
    const change = comparison?.changes[name];
    const { label, about } = MEASURES[name];
    const moved = change
      ? html`<span class="${change.verdict === 'same' ? 'level' : change.verdict === 'better' ? 'up' : 'down'}">${points(change.change)}</span>`
      : null;
    return html`<tr><th scope="row">${label}<small>${about}</small></th><td class="number">${percent(value)}</td><td class="number hide-small">${percent(interval.low)} – ${percent(interval.high)}</td>${comparison ? html`<td class="number">${moved}</td>` : null}<td class="number hide-small">${Math.round(n)}</td></tr>`;
  });
  return html`<details class="more"><summary>All measures</summary><div class="table"><table class="rows"><thead><tr><th scope="col">Measure</th><th scope="col" class="number">Value</th><th scope="col" class="number hide-small">95%</th>${comparison ? html`<th scope="col" class="number">Since ${comparison.made}</th>` : null}<th scope="col" class="number hide-small">n</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

export function ablationTable({ ablations }: Report): Html | null {
  if (ablations.length === 0) return null;
  const rows = ablations.flatMap(({ variant, results }) =>
    results.map(
      (result) =>
        html`<tr><th scope="row">${variant}</th><td>${result.suite}</td>${measuresOf('stage').map((name) => html`<td class="number">${result.values[name] ? percent(result.values[name].value) : '–'}</td>`)}</tr>`,
    ),
  );
  return html`<section class="suite" id="stages"><h2>What each stage brings</h2><p class="aside">The same questions with stages left out: matching by words alone, by vectors alone, by both, and everything.</p><div class="table"><table class="rows"><thead><tr><th scope="col">Variant</th><th scope="col">Suite</th>${measuresOf('stage').map((name) => html`<th scope="col" class="number">${MEASURES[name].label}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
