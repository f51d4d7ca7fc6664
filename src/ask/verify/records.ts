import type { Span } from '../../core/model.ts';

/** A paragraph that a sentence may rest on, with what stands above it. */
export interface Source {
  /** Paragraph id, `slug#p12`. */
  id: string;
  text: string;
  /** Titles above it, outermost first. */
  headings: readonly string[];
  /** Title of its briefing. */
  title: string;
  /** Editions of one thing have one series. */
  series: string;
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or null. */
  edition: string | null;
  /** Whether it is of the newest edition of its series. */
  newest: boolean;
  /** BCP 47 primary tag. */
  language: string;
  /** The line that introduces the list it belongs to, or null. */
  lead: string | null;
  /** Sentences of the text, code points; found by the check where absent or empty. */
  sentences?: readonly Span[];
}

/** A sentence to be checked. */
export interface Statement {
  text: string;
  /** Ids of the paragraphs of each block its writer named; unknown ones are passed over. They weigh, they do not decide. */
  blocks: readonly (readonly string[])[];
}

/** Why a sentence is refused. */
export type HardKind =
  /** No paragraph has any word of it. */
  | 'unsupported'
  | 'long'
  /** It holds tags or links. */
  | 'markup'
  /** A quotation, figure, date, name or address that the paragraphs do not have. */
  | 'quotation'
  | 'figure'
  | 'date'
  | 'name'
  | 'address'
  /** A figure that is there with another unit, or none; "a year" or "per person" that is the sentence's own. */
  | 'unit'
  /** "At least" for "at most", or the other way round. */
  | 'bound'
  /** "All", "only", "first" of its own. */
  | 'scope'
  /** It says what they deny. */
  | 'denial'
  /** Another thing by its prefix: "president" for "vice-president". */
  | 'kind'
  /** Said of an edition that does not say it. */
  | 'edition'
  /** Said of the present out of an older edition. */
  | 'outdated';

/** What is found doubtful, and a second reader may clear. */
export type SoftKind =
  /** No paragraph is near to it. */
  | 'unsupported'
  /** A figure in words, or about so much, or a year, that the paragraphs may state in another way. */
  | 'figure'
  | 'date'
  /** A plan, told without any word for a plan. */
  | 'plan'
  /** "All", "only", "first", where the paragraphs have it elsewhere. */
  | 'scope'
  /** A name that only the question holds: "Zedland is not covered". */
  | 'name';

export interface Finding<K extends string> {
  kind: K;
  /** The words of the sentence that it is about; empty for the whole sentence. */
  value: string;
}

/** A paragraph that carries a sentence, with the parts of it that do: code points of the paragraph, ascending, apart. */
export interface Carrier {
  paragraph: string;
  spans: Span[];
}

export interface Checked {
  /** `quoted`: it stands there word for word; `passed`: nothing speaks against it. */
  verdict: 'quoted' | 'passed' | 'refused';
  reason: Finding<HardKind> | null;
  doubts: Finding<SoftKind>[];
  /** What carries it, best first; for a refused sentence what is nearest to it. Empty when nothing is near. */
  carriers: Carrier[];
  /** Paragraphs that hold a name of it and nothing else: read by the second reader, not cited. */
  beside: readonly string[];
}

/** A vector of unit length for a word, or null; for words alike in meaning. */
export type WordVectors = (word: string) => Float32Array | null;

export interface VerifyOptions {
  /** Language the sentences are in, BCP 47 primary tag. */
  language: string;
  /** ISO date that "last year" and "today" are counted from. */
  today: string;
  /** As it can be understood alone. */
  question?: string;
  /** Abbreviations the briefings introduce. */
  abbreviations?: readonly { short: string; long: string }[];
  wordVectors?: WordVectors | null;
}
