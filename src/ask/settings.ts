import type { Strictness } from '../core/model.ts';

/**
 * Numbers the ask journey decides by. Weights come from the prototype of this stage, which was measured on ten document sets; they were
 * not varied again. `second` and `secondWords` were chosen by bench/answers.ts (docs/evaluation.md).
 */
export interface AskSettings {
  /** Chunks each of the two searches returns, 1..1000. */
  depth: number;
  /** Chunks that are ranked, the best of both searches together, 1..depth. Of 12 to 32, 16 and 20 put the right one first most often (docs/evaluation.md). */
  pool: number;
  /** Weight of the cosine beside `BM25 / bound`. */
  vectorWeight: number;
  /** Weight of a word that only the question before said; squared for the one before that. */
  carriedWeight: number;
  /** Weight in the word search of an abbreviation for words of its long form. */
  nearWeight: number;
  /** Weight in the word search of two words standing side by side. */
  pairWeight: number;
  /** How readily an answer is given. */
  strictness: Strictness;
  /** Share of the best chunk's softmax weight from which a second one is shown with it, when both are short. */
  second: number;
  /** Most words of each of two chunks shown together. */
  secondWords: number;
  /** Most content words of neighbouring chunks of one section that are shown together where the form wants more than a value. */
  continuedWords: number;
  /** Leaves a stage out, to see what it earns; evaluation only. */
  ablation?: Ablation;
}

/** `false` leaves the stage out: word search, vector search, or the trained ranker (then the fused score decides). */
interface Ablation {
  lexical?: boolean;
  vector?: boolean;
  ranker?: boolean;
}

/** Chunks that a rerank service puts in order: one of the first 30 holds the answer to .904 of the desk's questions, of 20 to .883. */
export const POOL_RERANKED = 30;

export const DEFAULT_SETTINGS: AskSettings = {
  depth: 60,
  pool: 20,
  vectorWeight: 0.5,
  carriedWeight: 0.45,
  nearWeight: 0.4,
  pairWeight: 0.3,
  strictness: 'balanced',
  second: 0.3,
  secondWords: 40,
  continuedWords: 115,
};
