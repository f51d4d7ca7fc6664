import { dirname, isAbsolute, join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import type { EvalCase } from './case.ts';
import type { Comparison } from './compare.ts';
import { readYaml } from './dataset.ts';
import { percent, points } from './format.ts';
import { isMeasure, MEASURES, type MeasureName, measuresOf } from './measures.ts';
import { ratio } from './metrics/statistics.ts';
import type { SuiteResult } from './summary.ts';

interface GateSuite {
  name: string;
  /** Case file. */
  cases: string;
  blind: boolean;
  /** Folder of the briefings it asks about; null: those of the command. */
  corpus: string | null;
}

/** A hard floor (or ceiling) of a measure, in one suite or in each. */
export interface Floor {
  measure: MeasureName;
  suite: string | null;
  /** Only cases with this tag. */
  tag: string | null;
  atLeast: number | null;
  atMost: number | null;
  /** Why it is where it is; shown when it is missed. */
  why: string | null;
}

export interface Gate {
  suites: GateSuite[];
  baseline: string | null;
  floors: Floor[];
  notWorse: MeasureName[];
}

/**
 * Reads a gate file; paths in it are relative to its folder.
 *
 *     suites:    [{name, cases, blind?, corpus?}]
 *     baseline:  baseline.json
 *     floors:    [{measure, suite?, tag?, at_least? | at_most?, why?}]
 *     not_worse: [measure]
 *
 * Throws `bad_request` that lists every problem.
 */
export function parseGate(text: string, file: string): Gate {
  const value = readYaml(text) as Record<string, unknown> | null;
  const problems: string[] = [];
  const place = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  const list = (name: string): Record<string, unknown>[] => {
    const found = value?.[name] ?? [];
    if (!Array.isArray(found)) problems.push(`${name} must be a list`);
    return Array.isArray(found) ? found : [];
  };
  const measureOf = (name: unknown, where: string): MeasureName => {
    if (typeof name === 'string' && isMeasure(name)) return name;
    problems.push(`${where}: ${JSON.stringify(name)} is no measure; there are ${Object.keys(MEASURES).join(', ')}`);
    return 'right';
  };
  for (const key of Object.keys(value ?? {}))
    if (!['suites', 'baseline', 'floors', 'not_worse'].includes(key)) problems.push(`${key} is not known`);
  const suites = list('suites').map(({ name, cases, blind, corpus }, index): GateSuite => {
    if (typeof name !== 'string' || typeof cases !== 'string') problems.push(`suites.${index} needs name and cases`);
    return {
      name: String(name),
      cases: place(String(cases)),
      blind: blind === true,
      corpus: typeof corpus === 'string' ? place(corpus) : null,
    };
  });
  const names = new Set(suites.map((suite) => suite.name));
  const floors = list('floors').map((entry, index): Floor => {
    const { measure, suite = null, tag = null, at_least: atLeast = null, at_most: atMost = null, why = null } = entry;
    const where = `floors.${index}`;
    for (const key of Object.keys(entry))
      if (!['measure', 'suite', 'tag', 'at_least', 'at_most', 'why'].includes(key)) problems.push(`${where}: ${key} is not known`);
    if (suite !== null && !names.has(suite as string)) problems.push(`${where}: there is no suite ${JSON.stringify(suite)}`);
    const bounds = [atLeast, atMost].filter((bound) => bound !== null);
    if (bounds.length !== 1 || typeof bounds[0] !== 'number') problems.push(`${where} needs at_least or at_most, a number`);
    return {
      measure: measureOf(measure, where),
      suite: suite as string | null,
      tag: tag as string | null,
      atLeast: atLeast as number | null,
      atMost: atMost as number | null,
      why: why as string | null,
    };
  });
  const notWorse = (Array.isArray(value?.not_worse) ? value.not_worse : []).map((name, index) => measureOf(name, `not_worse.${index}`));
  const kept = measuresOf('kept');
  for (const [index, name] of notWorse.entries()) {
    if (!kept.includes(name)) problems.push(`not_worse.${index}: no baseline keeps ${name}; kept are ${kept.join(', ')}`);
  }
  if (problems.length > 0)
    throw pilcrowError('bad_request', `The gate ${file} is wrong:\n${problems.join('\n')}`, {
      hint: 'docs/evaluation.md describes the format.',
    });
  return { suites, baseline: typeof value?.baseline === 'string' ? place(value.baseline) : null, floors, notWorse };
}

/** One thing the gate looked at. */
export interface GateCheck {
  suite: string;
  measure: MeasureName;
  tag: string | null;
  kind: 'floor' | 'baseline';
  passed: boolean;
  /** Null when the measure could not be taken, which fails a floor: an unmeasured promise is not kept. */
  value: number | null;
  /** The bound, or the value of the baseline. */
  bound: number;
  text: string;
}

/** Every check of a gate over the suites measured. `cases` gives the cases of a suite, for floors on a tag. */
export function runGate(
  gate: Pick<Gate, 'floors' | 'notWorse'>,
  results: readonly SuiteResult[],
  comparisons: readonly (Comparison | null)[],
  cases: (suite: string) => readonly EvalCase[],
): GateCheck[] {
  const checks: GateCheck[] = [];
  for (const [index, result] of results.entries()) {
    for (const floor of gate.floors) {
      if (floor.suite !== null && floor.suite !== result.suite) continue;
      checks.push(checkFloor(floor, result, cases(result.suite)));
    }
    const comparison = comparisons[index];
    if (!comparison) continue;
    for (const measure of gate.notWorse) {
      const change = comparison.changes[measure];
      if (!change) continue;
      const range = `${points(change.change)} [${points(change.interval.low)}, ${points(change.interval.high)}]`;
      checks.push({
        suite: result.suite,
        measure,
        tag: null,
        kind: 'baseline',
        passed: change.verdict !== 'worse',
        value: change.now,
        bound: change.before,
        text: `${MEASURES[measure].label} was ${percent(change.before)} on ${comparison.made}: ${range}`,
      });
    }
  }
  return checks;
}

function checkFloor(floor: Floor, result: SuiteResult, cases: readonly EvalCase[]): GateCheck {
  const { measure, tag, atLeast, atMost, why } = floor;
  const tagged = tag === null ? null : new Set(cases.filter((one) => one.tags?.includes(tag)).map((one) => one.id));
  const value = tagged
    ? ratio([...result.perCase].flatMap(([id, ratios]) => (tagged.has(id) && ratios[measure] ? [ratios[measure]] : [])))
    : (result.values[measure]?.value ?? null);
  // Sums of thirds and the like do not come out even.
  const slack = 1e-9;
  const passed = value !== null && (atLeast === null || value >= atLeast - slack) && (atMost === null || value <= atMost + slack);
  const bound = (atLeast ?? atMost) as number;
  const limit = `${atLeast === null ? 'at most' : 'at least'} ${percent(bound)}`;
  return {
    suite: result.suite,
    measure,
    tag,
    kind: 'floor',
    passed,
    value,
    bound,
    text: `${MEASURES[measure].label}${tag ? ` (${tag})` : ''} must be ${limit}${value === null ? ' and was not measured' : ''}${why ? `: ${why}` : ''}`,
  };
}
