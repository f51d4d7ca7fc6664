// Matchers and suites for Vitest. Importing this module adds the matchers to `expect`.
import { expect } from 'vitest';
import type { Forbidden } from '../eval/index.ts';
import { type CitationWanted, type FactWanted, matchers } from './matchers.ts';

export type { EvalCase, MeasureName } from '../eval/index.ts';
export type { CitationWanted, FactWanted } from './matchers.ts';
export { matchers } from './matchers.ts';
export { defineEvalSuite, type EvalSuiteOptions } from './suite.ts';

expect.extend(matchers);

interface PilcrowMatchers<R = unknown> {
  /** The sentences state a fact: words, one of several wordings, `{ number, unit }`, `{ date }` or `{ matches }`. */
  toStateFact(fact: FactWanted, options?: { in?: 'sentences' | 'notes' }): R;
  /** No sentence makes this statement. */
  toAvoid(forbidden: Forbidden | RegExp): R;
  /** One of the citations is of this paragraph. */
  toCite(citation: CitationWanted): R;
  /** Every citation is in itself right and used; with a look-up of briefing texts, each also resolves. Await it. */
  toHaveValidCitations(lookUp?: (briefing: string) => Promise<string | null>): Promise<R>;
  /** Every sentence is supported by what it cites. */
  toBeGrounded(): R;
  /** The answer declines. */
  toAbstain(): R;
  /** Every citation of the sentences is from this edition. */
  toComeFromEdition(edition: string): R;
  /** A note reports a change that states these facts. */
  toReportChange(...facts: FactWanted[]): R;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter must be the same as in Vitest's own declaration
  interface Matchers<T = any> extends PilcrowMatchers<T> {}
}
