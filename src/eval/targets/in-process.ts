import type { Answer, AskRequest, NearestPassage, SearchRequest, Trace } from '../../core/model.ts';
import { PASSAGES_MEASURED } from '../measures.ts';
import type { Target } from '../observation.ts';
import { type LookUp, validityProblems } from '../validity.ts';

export interface InProcess {
  /** Part of the identity of results. Default `engine`. */
  name?: string;
  ask(request: AskRequest, options: { signal: AbortSignal; trace?: Trace }): Promise<Answer>;
  /** Ranked passages; absent, retrieval is not measured. */
  search?(request: SearchRequest): Promise<{ passages: NearestPassage[] }>;
  /** Normalised text of a briefing, so that citations are resolved; absent, they are only checked in themselves. */
  text?: LookUp;
  /** Reads a confidence 0..1 from the trace of an answer; absent, confidence is not measured. */
  confidence?(trace: Trace, answer: Answer): number | null;
}

/** A target around an ask function of this process. */
export function inProcess({ name = 'engine', ask, search, text, confidence }: InProcess): Target {
  return {
    name,
    capabilities: { citations: true, status: true, retrieval: search !== undefined, confidence: confidence !== undefined },
    observe: async (request, signal) => {
      const trace: Trace | undefined = confidence ? { steps: [] } : undefined;
      const began = performance.now();
      const answer = await ask(request, { signal, ...(trace ? { trace } : {}) });
      const milliseconds = performance.now() - began;
      const { edition, briefings } = request;
      const query = {
        query: answer.question.standalone,
        limit: PASSAGES_MEASURED,
        ...(edition ? { edition } : {}),
        ...(briefings ? { briefings } : {}),
      };
      const passages = search ? (await search(query)).passages : null;
      return {
        answer,
        passages,
        confidence: trace && confidence ? confidence(trace, answer) : null,
        validity: await validityProblems(answer, text),
        milliseconds,
      };
    },
  };
}

/** The confidence an answer of this engine states. */
export function traceConfidence(_: Trace, { confidence }: Answer): number {
  return confidence;
}
