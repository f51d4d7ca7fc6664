import { createHash } from 'node:crypto';
import type { EvalCase } from './case.ts';
import { MEASURE_NAMES, type MeasureName } from './measures.ts';
import { type Quadrant, quadrant } from './metrics/abstention.ts';
import { agreement } from './metrics/agreement.ts';
import { areaUnderRisk, auroc, type RiskPoint, riskCoverage } from './metrics/selective.ts';
import { bootstrap, type Interval, quantile, type Ratio, ratio, ratioInterval, wilson } from './metrics/statistics.ts';
import type { Capabilities, Observation } from './observation.ts';
import { type Score, scoreCase } from './score.ts';

/** Quantiles that are told of lengths and times. */
const MEDIAN = 0.5;
const SLOWEST_SHARE = 0.95;
/** Resamples for the interval of a ranking: fewer than of a mean, since each sorts all questions again. */
const RANK_RESAMPLES = 500;

export interface Value {
  value: number;
  /** 95%, over cases. */
  interval: Interval;
  /** Questions it is measured on. */
  n: number;
}

interface TagRow {
  tag: string;
  right: number;
  n: number;
  interval: Interval;
}

/** Ratios of one case, its phrasings added up: what intervals draw and baselines keep. */
export type CaseRatios = Partial<Record<MeasureName, Ratio>>;

/** One suite measured: everything a report shows, and all of it a function of cases and observations. */
export interface SuiteResult {
  suite: string;
  /** True when single results are kept out of every report. */
  blind: boolean;
  target: string;
  capabilities: Capabilities;
  cases: number;
  questions: number;
  values: Partial<Record<MeasureName, Value>>;
  /** How well confidence tells answerable from unanswerable questions; null without confidence. */
  auroc: Value | null;
  riskCoverage: { points: RiskPoint[]; area: number } | null;
  quadrant: Quadrant;
  /** Answerable questions that were answered, and right. */
  answeredRight: number;
  tags: TagRow[];
  /** Words of the answers that were given. */
  length: { median: number; p95: number } | null;
  /** Not part of the digest: times are not reproducible. Milliseconds. */
  latency: { p50: number; p95: number } | null;
  perCase: Map<string, CaseRatios>;
  scores: Score[];
  /** SHA-256 over every score, first 16 hex digits: equal digests are equal scores. */
  digest: string;
}

/** Scores observations (in the order of the cases) and sums them up. Intervals draw cases, so that paraphrases count as one. */
export function summarise(
  suite: string,
  cases: readonly EvalCase[],
  observations: readonly Observation[],
  target: { name: string; capabilities: Capabilities },
  blind = false,
): SuiteResult {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const judged = observations.map((observation) => {
    const one = byId.get(observation.id) as EvalCase;
    return { one, observation, score: scoreCase(one, observation, target.capabilities) };
  });
  const scores = judged.map((entry) => entry.score);
  const perCase = new Map<string, CaseRatios>();
  for (const { id, ratios } of scores) {
    const sums = perCase.get(id) ?? {};
    for (const name of Object.keys(ratios) as MeasureName[]) sums[name] = plus(sums[name], ratios[name] as Ratio);
    perCase.set(id, sums);
  }
  for (const [id, sums] of perCase) {
    const same = agreement(scores.filter((one) => one.id === id).map(outcome));
    if (same !== null) sums.agreement = [same, 1];
  }
  const answered = judged.filter(({ score: { declined }, observation }) => observation.answer && !declined);
  const times = judged.filter(({ observation }) => observation.answer).map(({ observation }) => observation.milliseconds);
  const words = answered.map((entry) => entry.score.words);
  return {
    suite,
    blind,
    target: target.name,
    capabilities: target.capabilities,
    cases: perCase.size,
    questions: observations.length,
    values: valuesOf([...perCase.values()]),
    auroc: target.capabilities.confidence ? aurocOf(judged, [...perCase.keys()]) : null,
    riskCoverage: target.capabilities.confidence ? curveOf(answered, observations.length) : null,
    quadrant: quadrant(
      judged
        .filter(({ observation }) => observation.answer)
        .map(({ one, score: { declined } }) => ({ answerable: one.answerable, declined })),
    ),
    answeredRight: judged.filter(({ one, score: { right, declined } }) => one.answerable && right && !declined).length,
    tags: tagsOf(judged),
    length: words.length === 0 ? null : { median: quantile(words, MEDIAN) as number, p95: quantile(words, SLOWEST_SHARE) as number },
    latency: times.length === 0 ? null : { p50: quantile(times, MEDIAN) as number, p95: quantile(times, SLOWEST_SHARE) as number },
    perCase,
    scores,
    digest: createHash('sha256').update(JSON.stringify(scores)).digest('hex').slice(0, 16),
  };
}

const plus = (a: Ratio | undefined, b: Ratio): Ratio => (a ? [a[0] + b[0], a[1] + b[1]] : b);

/** What agreement compares: the decision to answer, the facts stated, and whether it was right. */
function outcome({ declined, facts, right }: Score): string {
  return declined ? 'declined' : `${facts.map((fact) => Number(fact.found)).join('')} ${right}`;
}

/** Ratio measures over cases, with intervals. A measure no case has is left out. */
function valuesOf(list: readonly CaseRatios[]): Partial<Record<MeasureName, Value>> {
  const values: Partial<Record<MeasureName, Value>> = {};
  for (const name of MEASURE_NAMES) {
    const ratios = list.flatMap((sums) => (sums[name] ? [sums[name]] : []));
    const value = ratio(ratios);
    if (value === null) continue;
    values[name] = { value, interval: ratioInterval(ratios) as Interval, n: ratios.reduce((sum, [, below]) => sum + below, 0) };
  }
  return values;
}

interface Judged {
  one: EvalCase;
  observation: Observation;
  score: Score;
}

function aurocOf(judged: readonly Judged[], ids: readonly string[]): Value | null {
  const groups = ids.map((id) =>
    judged
      .filter(({ observation }) => observation.id === id && observation.confidence !== null)
      .map(({ one, observation }) => ({ score: observation.confidence as number, positive: one.answerable })),
  );
  const value = auroc(groups.flat());
  if (value === null) return null;
  const interval = bootstrap(
    groups.length,
    (drawn) => auroc(drawn.flatMap((index) => groups[index] as (typeof groups)[number])),
    RANK_RESAMPLES,
  );
  return { value, interval: interval ?? { low: value, high: value }, n: groups.flat().length };
}

function curveOf(answered: readonly Judged[], questions: number): SuiteResult['riskCoverage'] {
  const items = answered.flatMap(({ observation, score: { right } }) =>
    observation.confidence === null ? [] : [{ confidence: observation.confidence, right }],
  );
  const points = riskCoverage(items, questions);
  const area = areaUnderRisk(points);
  return area === null ? null : { points, area };
}

function tagsOf(judged: readonly Judged[]): TagRow[] {
  const counts = new Map<string, [number, number]>();
  for (const {
    one,
    score: { right },
  } of judged) {
    for (const tag of one.tags ?? []) {
      const [hits, n] = counts.get(tag) ?? [0, 0];
      counts.set(tag, [hits + Number(right), n + 1]);
    }
  }
  return [...counts]
    .map(([tag, [right, n]]) => ({ tag, right, n, interval: wilson(right, n) }))
    .sort((a, b) => b.n - a.n || (a.tag < b.tag ? -1 : 1));
}
