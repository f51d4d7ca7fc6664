import { isPilcrowError } from '../core/errors.ts';
import type { EvalCase } from './case.ts';
import type { Observation, Target } from './observation.ts';
import { openResults } from './results-file.ts';

export interface RunOptions {
  cases: readonly EvalCase[];
  target: Target;
  /** Questions under way at once. Default 4. */
  concurrency?: number;
  /** Where observations are kept, so that an interrupted run goes on. */
  results?: { file: string; restart?: boolean };
  signal?: AbortSignal;
  /** Called after each question. */
  onProgress?: (done: number, total: number) => void;
}

interface Question {
  one: EvalCase;
  phrasing: number;
  question: string;
}

/** Failures that concern the target, not one question: the run stops, and what was observed is kept. */
const STOPS = new Set(['unavailable', 'index_missing', 'index_damaged', 'bad_config']);

/**
 * Puts every phrasing of every case to a target. Observations come in the order of the cases, whatever order they were made
 * in. A question the target fails on becomes an observation without an answer; rejects when the target cannot be reached.
 */
export async function observe({
  cases,
  target,
  concurrency = 4,
  results,
  signal = new AbortController().signal,
  onProgress,
}: RunOptions): Promise<Observation[]> {
  const questions: Question[] = cases.flatMap((one) =>
    [one.question, ...(one.paraphrases ?? [])].map((question, phrasing) => ({ one, phrasing, question })),
  );
  const file = results ? await openResults(results.file, target.name, cases, results.restart) : null;
  try {
    const known = new Map((file?.done ?? []).map((observation) => [`${observation.id}\n${observation.phrasing}`, observation]));
    const observations = questions.map(({ one, phrasing }) => known.get(`${one.id}\n${phrasing}`));
    let next = 0;
    let done = observations.filter((observation) => observation !== undefined).length;
    let stopped = false;
    const work = async (): Promise<void> => {
      while (!stopped && next < questions.length) {
        const index = next++;
        if (observations[index]) continue;
        try {
          signal.throwIfAborted();
          const observation = await observeOne(questions[index] as Question, target, signal);
          observations[index] = observation;
          await file?.append(observation);
          onProgress?.(++done, questions.length);
        } catch (error) {
          stopped = true;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
    return observations as Observation[];
  } finally {
    await file?.close();
  }
}

async function observeOne({ one, phrasing, question }: Question, target: Target, signal: AbortSignal): Promise<Observation> {
  const { history, edition, briefings } = one;
  const request = { question, ...(history ? { history } : {}), ...(edition ? { edition } : {}), ...(briefings ? { briefings } : {}) };
  const began = performance.now();
  try {
    return { id: one.id, phrasing, question, error: null, ...(await target.observe(request, signal)) };
  } catch (error) {
    if (signal.aborted || (isPilcrowError(error) && STOPS.has(error.code))) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return {
      id: one.id,
      phrasing,
      question,
      answer: null,
      error: message,
      passages: null,
      confidence: null,
      validity: [],
      milliseconds: performance.now() - began,
    };
  }
}
