import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pilcrowError } from '../core/errors.ts';
import { type MeasureName, measuresOf } from './measures.ts';
import type { CaseRatios, SuiteResult } from './summary.ts';

/** Scores to compare with: per case, so that the comparison is on the same cases. */
export interface Baseline {
  kind: 'pilcrow-eval-baseline';
  version: 1;
  /** Day it was made, YYYY-MM-DD. */
  made: string;
  suites: Record<string, BaselineSuite>;
}

interface BaselineSuite {
  digest: string;
  values: Partial<Record<MeasureName, number>>;
  /** By case key; see `caseKey`. */
  cases: Record<string, BaselineCase>;
}

interface BaselineCase {
  ratios: CaseRatios;
  /** Answers by phrasing, so that a report shows what changed; absent for a blind suite. */
  answers?: string[];
}

/** Name of a case in a baseline: its id, or in a blind suite a hash, so that nobody reads off which cases fail. */
export function caseKey(suite: Pick<SuiteResult, 'suite' | 'blind'>, id: string): string {
  return suite.blind ? createHash('sha256').update(`${suite.suite}\n${id}`).digest('hex').slice(0, 16) : id;
}

/** A baseline of results. `answers` gives the answer text of a case and phrasing. */
export function makeBaseline(
  results: readonly SuiteResult[],
  made: string,
  answers: (suite: string, id: string, phrasing: number) => string,
): Baseline {
  const suites = results.map((result): [string, BaselineSuite] => {
    const values = Object.fromEntries(Object.entries(result.values).map(([name, { value }]) => [name, rounded(value)]));
    const cases = [...result.perCase].map(([id, ratios]): [string, BaselineCase] => {
      const kept = Object.fromEntries(
        measuresOf('kept').flatMap((name) => (ratios[name] ? [[name, ratios[name].map(rounded)]] : [])),
      ) as CaseRatios;
      const own = result.scores.filter((one) => one.id === id).map((one) => answers(result.suite, id, one.phrasing));
      return [caseKey(result, id), result.blind ? { ratios: kept } : { ratios: kept, answers: own }];
    });
    // Sorted, so that the order of a blind file tells nothing either.
    if (result.blind) cases.sort(([a], [b]) => (a < b ? -1 : 1));
    return [result.suite, { digest: result.digest, values, cases: Object.fromEntries(cases) }];
  });
  return { kind: 'pilcrow-eval-baseline', version: 1, made, suites: Object.fromEntries(suites) };
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** One case a line, so that a change of the baseline can be read as a diff. */
export function baselineToJson(baseline: Baseline): string {
  const { suites, ...head } = baseline;
  const parts = Object.entries(suites).map(([name, { digest, values, cases }]) => {
    const lines = Object.entries(cases).map(([key, one]) => `    ${JSON.stringify(key)}: ${JSON.stringify(one)}`);
    return `  ${JSON.stringify(name)}: {\n   "digest": ${JSON.stringify(digest)},\n   "values": ${JSON.stringify(values)},\n   "cases": {\n${lines.join(',\n')}\n   }\n  }`;
  });
  return `${JSON.stringify(head).slice(0, -1)},\n "suites": {\n${parts.join(',\n')}\n }\n}\n`;
}

/** Reads a baseline; null when there is no such file. Rejects with `bad_request` when it is none. */
export async function readBaseline(file: string): Promise<Baseline | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw pilcrowError('bad_request', `The baseline ${file} cannot be read.`, { hint: error.message, cause: error });
  });
  if (text === null) return null;
  let value: Partial<Baseline> | null = null;
  try {
    value = JSON.parse(text) as Partial<Baseline>;
  } catch {
    // Reported below.
  }
  if (value?.kind !== 'pilcrow-eval-baseline' || value.version !== 1 || typeof value.suites !== 'object') {
    throw pilcrowError('bad_request', `${file} is not a baseline.`, {
      hint: 'Make one with `pilcrow eval run … --baseline <file> --update-baseline`.',
    });
  }
  return value as Baseline;
}
