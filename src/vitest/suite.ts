import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, AskRequest, NearestPassage, SearchRequest } from '../core/model.ts';
import {
  type Capabilities,
  type Dataset,
  type EvalCase,
  type Floor,
  inProcess,
  isMeasure,
  lint,
  loadCases,
  MEASURES,
  type MeasureName,
  missedEvidence,
  nameNeed,
  type Observation,
  observe,
  percent,
  problemsError,
  runGate,
  type Shortfall,
  scoreCase,
  summarise,
  type Target,
} from '../eval/index.ts';
import { describeAnswer } from './matchers.ts';

export interface EvalSuiteOptions {
  /** Name of the describe block. Default: the file's name. */
  name?: string;
  /** What answers: `pilcrow.ask`, or any function of the same shape. */
  ask: (request: AskRequest) => Promise<Answer>;
  /** Ranked passages, so that retrieval measures can be taken; `pilcrow.search`. */
  search?: (request: SearchRequest) => Promise<{ passages: NearestPassage[] }>;
  /** Text of a briefing, so that citations are resolved. */
  text?: (briefing: string) => Promise<string | null>;
  /**
   * Floors over the whole file, e.g. `{ right: 0.9, citation_validity: 1 }`; for a measure of which less is better it is a
   * ceiling. Without a gate every case must be right; with one, single cases may fail and the floors decide.
   */
  gate?: Partial<Record<MeasureName, number>>;
  /** Only cases with one of these tags. */
  tags?: string[];
  /** Milliseconds for one case. Default 30,000. */
  timeout?: number;
}

/**
 * One test for each case of a file and, with a gate, one test for each floor. Await it at the top level of a test file: cases
 * are read before tests are collected. A path is relative to the working folder; `new URL('cases.yaml', import.meta.url)` is relative to the test file.
 */
export async function defineEvalSuite(file: string | URL, options: EvalSuiteOptions): Promise<void> {
  const path = file instanceof URL ? fileURLToPath(file) : isAbsolute(file) ? file : join(process.cwd(), file);
  const dataset = await loadCases(path);
  const { errors } = await lint(dataset);
  if (errors.length > 0) throw problemsError(errors);
  const { gate, tags, timeout = 30_000 } = options;
  for (const name of Object.keys(gate ?? {}))
    if (!isMeasure(name)) throw new TypeError(`“${name}” is no measure; there are ${Object.keys(MEASURES).join(', ')}`);
  const cases = dataset.cases.filter((one) => !tags || tags.some((tag) => one.tags?.includes(tag)));
  if (cases.length === 0) throw new TypeError(`No case of ${path} has one of the tags ${tags?.join(', ')}`);
  describeCases({ ...dataset, cases }, { ...options, timeout }, inProcess(options));
}

function describeCases({ name, cases }: Dataset, options: EvalSuiteOptions, target: Target): void {
  describe(options.name ?? name, () => {
    const observed = new Map<string, Observation[]>();
    for (const one of cases) {
      test(`${one.id}: ${one.question}`, { timeout: options.timeout }, async () => {
        const observations = await observe({ cases: [one], target });
        observed.set(one.id, observations);
        const wrong = observations
          .map((observation) => ({ observation, judged: scoreCase(one, observation, target.capabilities) }))
          .filter(({ judged }) => !judged.right);
        if (options.gate || wrong.length === 0) return;
        expect.fail(wrong.map(({ observation, judged }) => explain(one, observation, judged.reasons)).join('\n'));
      });
    }
    if (options.gate) describeGate(name, cases, observed, options.gate, target);
  });
}

function describeGate(
  name: string,
  cases: Dataset['cases'],
  observed: Map<string, Observation[]>,
  gate: Partial<Record<MeasureName, number>>,
  target: { name: string; capabilities: Capabilities },
): void {
  describe('gate', () => {
    let results: ReturnType<typeof summarise>;
    beforeAll(() => {
      const asked = cases.filter((one) => observed.has(one.id));
      results = summarise(
        name,
        asked,
        asked.flatMap((one) => observed.get(one.id) as Observation[]),
        target,
      );
    });
    afterAll(() => observed.clear());
    for (const [measure, bound] of Object.entries(gate) as [MeasureName, number][]) {
      const lower = MEASURES[measure].better === 'lower';
      test(`${MEASURES[measure].label} ${lower ? 'at most' : 'at least'} ${percent(bound)}`, () => {
        const floor: Floor = { measure, suite: null, tag: null, atLeast: lower ? null : bound, atMost: lower ? bound : null, why: null };
        const [check] = runGate({ floors: [floor], notWorse: [] }, [results], [null], () => cases);
        if (check?.passed) return;
        const wrong = results.scores.filter((one) => !one.right).slice(0, 5);
        const lines = wrong.map((one) => {
          const observation = observed.get(one.id)?.[one.phrasing] as Observation;
          return explain(cases.find((other) => other.id === one.id) as EvalCase, observation, one.reasons);
        });
        expect.fail(
          `${check?.text}; it is ${check?.value === null || check === undefined ? 'not measured' : percent(check.value)}\n${lines.join('\n')}`,
        );
      });
    }
  });
}

/** Why a case is not right: reasons, the answer with its quotes, and the passages it passed over. */
function explain(one: EvalCase, observation: Observation, reasons: readonly Shortfall[]): string {
  const { answer, error, question } = observation;
  const missed = missedEvidence(one, observation).map(({ need, found }) =>
    found
      ? `  Best passage missed for ${nameNeed(need)}, at rank ${found.rank}: ${found.passage.paragraph}\n    ${found.passage.text}`
      : `  No passage was found for ${nameNeed(need)}`,
  );
  return [question, ...reasons.map((reason) => `  ${reason.text}`), answer ? describeAnswer(answer) : `  ${error}`, ...missed].join('\n');
}
