/** Numbers the ask journey decides by, each with where it comes from. Probabilities are of the trained `answerable` network. */
export interface AskSettings {
  /** Paragraphs each search returns before fusion. */
  depth: number;
  /** Paragraphs whose sentences are ranked, for each edition age. */
  passages: number;
  /** Probability below which nothing is asserted. */
  enough: number;
  /** Share of the question's weight that only the older edition mentions, from which on it speaks instead of the newest. */
  olderMargin: number;
  /** How far below the best sentence's score a further sentence may lie to be quoted with it. */
  further: number;
}

/** Chosen on the tuning half of evals/ and checked on the other half; the sweep is bench/ask-settings.ts. */
export const DEFAULT_SETTINGS: AskSettings = { depth: 50, passages: 10, enough: 0.15, olderMargin: 0.15, further: 0.6 };
