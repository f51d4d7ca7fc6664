import type { EvalCase } from '../case.ts';
import type { Comparison } from '../compare.ts';
import { percent } from '../format.ts';
import type { GateCheck } from '../gate.ts';
import type { Judged } from '../judge.ts';
import type { Observation } from '../observation.ts';
import type { SuiteResult } from '../summary.ts';

/** One suite with everything a report may show of it. For a blind suite no case is ever shown. */
export interface SuiteReport {
  result: SuiteResult;
  comparison: Comparison | null;
  cases: readonly EvalCase[];
  observations: readonly Observation[];
  /** Advisory opinion of a chat model; see judge.ts. */
  judged: Judged | null;
}

/** A run as it is reported: the same data for HTML, Markdown and JSON. */
export interface Report {
  title: string;
  /** Day of the run, YYYY-MM-DD. */
  made: string;
  command: string;
  suites: SuiteReport[];
  /** Null without a gate. */
  checks: GateCheck[] | null;
  /** One row a variant, when stages were left out on purpose. */
  ablations: { variant: string; results: SuiteResult[] }[];
}

/** How badly a case went; the worst first. A false answer is worse than none. */
export function severity(item: { reasons: readonly { kind: string }[]; regressed: boolean; invalid: boolean }): number {
  const worst = Math.max(0, ...item.reasons.map(({ kind }) => SEVERITY[kind] ?? 1));
  return worst + (item.invalid ? 10 : 0) + (item.regressed ? 0.5 : 0);
}

const SEVERITY: Record<string, number> = { forbidden: 9, answered: 8, failed: 7, fact: 6, evidence: 5, declined: 4, status: 3, limit: 2 };

const plural = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** The result of a suite in one or two sentences. */
export function verdict({ result }: SuiteReport): string {
  const { right } = result.values;
  const { answerableDeclined, unanswerableAnswered, unanswerableDeclined } = result.quadrant;
  if (!right) return 'Nothing was measured.';
  const hits = Math.round(right.value * result.questions);
  const parts = [`${hits} of ${plural(result.questions, 'question', 'questions')} came out right (${percent(right.value)}).`];
  const unanswerable = unanswerableAnswered + unanswerableDeclined;
  const wrongly: string[] = [];
  if (unanswerable > 0) {
    wrongly.push(
      unanswerableAnswered === 0
        ? `All ${unanswerable} questions without an answer in the briefings were declined`
        : `${unanswerableAnswered} of ${unanswerable} questions without an answer in the briefings ${unanswerableAnswered === 1 ? 'was' : 'were'} answered all the same`,
    );
  }
  if (answerableDeclined > 0)
    wrongly.push(
      `${plural(answerableDeclined, 'question', 'questions')} with an answer ${answerableDeclined === 1 ? 'was' : 'were'} declined`,
    );
  if (wrongly.length > 0) parts.push(`${wrongly.join('; ')}.`);
  return parts.join(' ');
}

/** What the gate says in one sentence; null without one. */
export function gateSentence(checks: readonly GateCheck[] | null): string | null {
  if (!checks) return null;
  const failed = checks.filter((check) => !check.passed);
  if (failed.length === 0) return `The gate passed: ${plural(checks.length, 'check', 'checks')}.`;
  return `The gate failed: ${failed.length} of ${plural(checks.length, 'check', 'checks')}.`;
}
