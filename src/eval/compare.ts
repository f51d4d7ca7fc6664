import { type Baseline, caseKey } from './baseline.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import { type Interval, pairedChange, type Ratio, ratio } from './metrics/statistics.ts';
import type { CaseRatios, SuiteResult } from './summary.ts';

/** How a measure moved since the baseline, on the cases both have. */
interface Change {
  measure: MeasureName;
  now: number;
  before: number;
  change: number;
  /** 95%, paired: the same cases are drawn for both. */
  interval: Interval;
  cases: number;
  /** `better` or `worse` when the interval leaves 0 out on that side. */
  verdict: 'better' | 'worse' | 'same';
}

export interface Comparison {
  suite: string;
  /** Day of the baseline. */
  made: string;
  changes: Partial<Record<MeasureName, Change>>;
  /** Cases only one side has. */
  added: number;
  removed: number;
  /** By case: how its share of right phrasings moved, and its answers before. Empty for a blind suite. */
  cases: Map<string, { before: number; now: number; answers: string[] }>;
}

/** What is compared with a baseline: ratios by case, and the key a case has in the baseline. */
interface Side {
  suite: string;
  blind: boolean;
  measures: MeasureName[];
  perCase: ReadonlyMap<string, CaseRatios>;
  key: (id: string) => string;
}

/** Compares a suite with its part of a baseline; null when the baseline does not have it. */
export function compare(result: SuiteResult, baseline: Baseline | null): Comparison | null {
  const { suite, blind, values, perCase } = result;
  return (
    baseline &&
    compareSide({ suite, blind, measures: Object.keys(values) as MeasureName[], perCase, key: (id) => caseKey(result, id) }, baseline)
  );
}

/** Compares two baselines, for the suites both have. */
export function compareBaselines(now: Baseline, before: Baseline): Comparison[] {
  return Object.entries(now.suites).flatMap(([suite, { values, cases }]) => {
    const perCase = new Map(Object.entries(cases).map(([key, one]) => [key, one.ratios]));
    const blind = Object.values(cases).every((one) => one.answers === undefined);
    return compareSide({ suite, blind, measures: Object.keys(values) as MeasureName[], perCase, key: (id) => id }, before) ?? [];
  });
}

function compareSide({ suite, blind, measures, perCase, key }: Side, baseline: Baseline): Comparison | null {
  const old = baseline.suites[suite];
  if (!old) return null;
  const both = [...perCase.keys()].filter((id) => Object.hasOwn(old.cases, key(id)));
  const changes: Comparison['changes'] = {};
  for (const measure of measures) {
    const now: Ratio[] = [];
    const before: Ratio[] = [];
    for (const id of both) {
      const pair = [perCase.get(id)?.[measure], old.cases[key(id)]?.ratios[measure]];
      if (!pair[0] && !pair[1]) continue;
      // A case that entered or left the measure (an answer where there was none) has nothing on the other side.
      now.push(pair[0] ?? [0, 0]);
      before.push(pair[1] ?? [0, 0]);
    }
    const moved = pairedChange(now, before);
    if (!moved) continue;
    changes[measure] = {
      measure,
      now: ratio(now) as number,
      before: ratio(before) as number,
      ...moved,
      cases: now.length,
      verdict: verdictOf(measure, moved.interval),
    };
  }
  const cases: Comparison['cases'] = new Map();
  const share = (one: Ratio | undefined) => (one && one[1] > 0 ? one[0] / one[1] : 0);
  for (const id of blind ? [] : both) {
    const was = old.cases[key(id)];
    cases.set(id, { before: share(was?.ratios.right), now: share(perCase.get(id)?.right), answers: was?.answers ?? [] });
  }
  return {
    suite,
    made: baseline.made,
    changes,
    added: perCase.size - both.length,
    removed: Object.keys(old.cases).length - both.length,
    cases,
  };
}

/** Baselines keep six decimals: a change smaller than this is none. */
const ROUNDING = 1e-5;

function verdictOf(measure: MeasureName, { low, high }: Interval): Change['verdict'] {
  const up = MEASURES[measure].better === 'higher' ? 'better' : 'worse';
  const down = up === 'better' ? 'worse' : 'better';
  return low > ROUNDING ? up : high < -ROUNDING ? down : 'same';
}
