/**
 * Numbers the ask journey decides by. Found by `bench/ask-settings.ts`, which varies one at a time over the tuning cases in
 * evals/cases (docs/evaluation.md has the table); most are flat around the value chosen. Probabilities are of the trained
 * `answerable` network.
 */
export interface AskSettings {
  /** Paragraphs each search returns before fusion. */
  depth: number;
  /** Paragraphs whose sentences are ranked, for the newest editions and for all older ones together. */
  passages: number;
  /** Probability below which nothing is asserted. */
  enough: number;
  /** The same where the question asks for a form (a number, date, person …) and the sentence has it: guards did part of the work. */
  enoughOfForm: number;
  /** The same where the noun asked for ("which laws") is not spoken of around the sentence. */
  enoughWithoutHead: number;
  /** Share of the question's weight that only the older edition mentions, from which on it speaks instead of the newest. */
  olderMargin: number;
  /** How far below the best sentence's score a further sentence may lie to be quoted with it. */
  further: number;
  /** The same for a sentence of the best one's own paragraph, where the question asks for no figure or date. */
  furtherBeside: number;
  /** How much less probable than the best a sentence of the form asked for may be and still come first. */
  formShare: number;
  /** Cosine of two words from which on one may stand for what the other counts. */
  alike: number;
  /** Content words beyond the question's up to which a sentence only names its subject. */
  saysLittle: number;
  /** Words up to which two sentences together are a short answer. */
  shortAnswer: number;
  /** Weight of a word no briefing contains that is no name or figure: more often another way to say it than another subject. */
  unknownWeight: number;
  /** Weight in the word search of a synonym beside 1 for the word itself. */
  similarWeight: number;
  /** Weight of a word that shapes the question rather than naming its subject. */
  scaffoldWeight: number;
  /** Weight of a word, and of a name, that only the question before said. */
  carriedWeight: number;
  carriedNameWeight: number;
  /** Weight in the word search of a word that only the question before said; flat from 0 to 0.5 (docs/conversation.md). */
  carriedSearchWeight: number;
  /** Leaves a stage out, to see what it earns; evaluation only. */
  ablation?: Ablation;
}

/** `false` leaves the stage out: word search, vector search, or the trained ranker (then coverage and fused score decide). */
export interface Ablation {
  lexical?: boolean;
  vector?: boolean;
  ranker?: boolean;
}

export const DEFAULT_SETTINGS: AskSettings = {
  depth: 50,
  passages: 10,
  enough: 0.15,
  enoughOfForm: 0.1,
  enoughWithoutHead: 0.3,
  olderMargin: 0.15,
  further: 0.9,
  furtherBeside: 3,
  formShare: 0.4,
  alike: 0.26,
  saysLittle: 7,
  shortAnswer: 40,
  unknownWeight: 0.5,
  similarWeight: 0.25,
  scaffoldWeight: 0.15,
  carriedWeight: 0.4,
  carriedNameWeight: 0.8,
  carriedSearchWeight: 0.25,
};
