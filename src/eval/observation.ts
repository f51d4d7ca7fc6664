import type { Answer, NearestPassage } from '../core/model.ts';
import type { ValidityProblem } from './validity.ts';

/** What a target can be asked about. What it cannot do is not measured, rather than counted as wrong. */
export interface Capabilities {
  /** Citations with paragraph text, so that evidence and support can be judged. */
  citations: boolean;
  /** A status with every answer; without it only declining is told apart, by its wording. */
  status: boolean;
  /** Ranked passages for a question. */
  retrieval: boolean;
  /** A confidence with every answer. */
  confidence: boolean;
}

/** One question put to a target and what came back. Plain JSON: one line of a results file. */
export interface Observation {
  /** Id of the case. */
  id: string;
  /** 0 for the question, n for the n-th paraphrase. */
  phrasing: number;
  question: string;
  /** Null when the target failed. */
  answer: Answer | null;
  /** What went wrong when it failed. */
  error: string | null;
  /** Ranked passages for the question, best first, or null when the target has none. */
  passages: NearestPassage[] | null;
  /** 0..1, or null when the target has none. */
  confidence: number | null;
  validity: ValidityProblem[];
  milliseconds: number;
}

/** A service under evaluation. */
export interface Target {
  /** What is asked, e.g. `engine` or an address; part of the identity of a results file. */
  name: string;
  capabilities: Capabilities;
  observe(
    request: { question: string; history?: { role: 'user' | 'assistant'; content: string }[]; edition?: string; briefings?: string[] },
    signal: AbortSignal,
  ): Promise<Pick<Observation, 'answer' | 'passages' | 'confidence' | 'validity' | 'milliseconds'>>;
}
