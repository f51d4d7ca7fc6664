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

/** What a check finds against a sentence. */
export type FindingKind =
  /** No paragraph has any word of it. */
  | 'unsupported'
  | 'long'
  /** It holds tags or links. */
  | 'markup'
  /** It is in another language than the paragraphs: words, names and scope cannot be compared. */
  | 'language'
  /** A quotation, figure, date, name or address that the paragraphs do not have. */
  | 'quotation'
  | 'figure'
  | 'date'
  | 'name'
  | 'address'
  /** A figure that is there with another unit, or none; "a year" or "per person" that is the sentence's own. */
  | 'unit'
  /** "All", "only", "first" of its own. */
  | 'scope'
  /** It says what they deny. */
  | 'denial'
  /** Another thing by its prefix: "president" for "vice-president". */
  | 'kind'
  /** Said of an edition that does not say it. */
  | 'edition'
  /** Said of the present out of an older edition. */
  | 'outdated'
  /** A plan, told without any word for a plan. */
  | 'plan';

export interface Finding {
  kind: FindingKind;
  /** The words of the sentence that it is about; empty for the whole sentence. */
  value: string;
}

/** A paragraph that carries a sentence, and the part of it that does: code points of the paragraph. */
export interface Carrier {
  paragraph: string;
  span: Span;
}

export interface Checked {
  /** `quoted`: it stands there word for word; `passed`: nothing refuses it. */
  verdict: 'quoted' | 'passed' | 'refused';
  /** What refuses it, the gravest first. */
  refusals: Finding[];
  /** What may be so in another way: a second reader decides. */
  doubts: Finding[];
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
