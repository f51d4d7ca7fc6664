/** What the stages hand to each other, in the order of the stages. */
import type {
  AnswerSentence,
  AskEvent,
  AskRequest,
  Briefing,
  Chunk,
  Note,
  Outcome,
  Paragraph,
  Period,
  Span,
  WithheldSentence,
} from '../core/model.ts';
import type { IndexReader, QueryTerm } from '../core/ports.ts';
import type { Form } from '../core/reading/marks.ts';
import type { ChunkReading } from '../core/reading/open.ts';
import type { Library } from './library.ts';
import type { AskSettings } from './settings.ts';
import type { Step } from './trace.ts';

export type { Form };

/** One question, or one part of one, on its way; what every stage may look at. */
export interface Session {
  request: AskRequest;
  /** The language to answer in, where it is not the question's. */
  language?: string;
  reader: IndexReader;
  library: Library;
  settings: AskSettings;
  step: Step;
  emit: (event: AskEvent) => void;
  signal: AbortSignal | undefined;
}

/** What a question says about time, apart from what it asks. */
export interface When {
  /**
   * `default`: nothing said; `newest`/`older`: in words; `edition`: a dated edition named as such; `period`: a date that
   * may be an event's or an edition's; `all`: every edition; `changed`: how editions differ.
   */
  kind: 'default' | 'newest' | 'older' | 'edition' | 'period' | 'all' | 'changed';
  /** For `edition`: the date named. */
  date: string | null;
  /** For `period`: the time asked about. */
  period: Period | null;
}

/** Which editions a question is about. */
export interface Scope {
  /** Ids of the briefings that may be cited at all. */
  allowed: ReadonlySet<string>;
  /** Whether the asker chose the edition, by parameter or in words. */
  chosen: boolean;
  when: When;
  /** Editions in force at the end of the time asked about, of series that have several; null when no time was asked about. */
  inForce: ReadonlySet<string> | null;
}

/** What a model made of a question: see write/. */
export interface Rewritten {
  /** Stands alone, in the asker's language. */
  standalone: string;
  /** The same in a language of the briefings. */
  search: string;
}

/** A content word of the question. */
export interface QuestionTerm {
  /** Stem, as the index has it. */
  term: string;
  /** As typed, folded. */
  word: string;
  /** Inverse document frequency times how much the word matters, > 0. */
  weight: number;
  idf: number;
  /** Shapes the question rather than naming its subject ("amount", "find"). */
  light: boolean;
  /** Said only by the question before. */
  carried: boolean;
  /** Stems that are the same word: itself, irregular forms, the short or long form of an abbreviation when it is one word. */
  same: readonly string[];
  /** Stems that stand for it when they all occur: the words of the long form of an abbreviation. */
  long: readonly string[];
  /** Stems that may stand for it: the abbreviation of a name it is part of. */
  near: readonly string[];
  /** ISO 3166 code of the country it names, alone or with its neighbours; null for other words. */
  country: string | null;
  /** Whether any chunk has it. */
  known: boolean;
}

/** A question that was read. */
export interface Question {
  /** As it was put. */
  asked: string;
  /** As it can be understood alone, in the asker's language. */
  standalone: string;
  /** What is searched with: without words that only choose an edition. */
  text: string;
  language: string;
  /** Whether the local vectors know the language. */
  embedded: boolean;
  form: Form;
  /** What a quantity or time is counted in, and by which text it is met; null when the question does not say. */
  unit: RegExp | null;
  terms: readonly QuestionTerm[];
  /** What the word search is asked for. */
  search: readonly QueryTerm[];
  /** Neighbouring content words of the question itself. */
  pairs: readonly (readonly [string, string])[];
  /** Stems of proper names, abbreviations among them. */
  names: readonly string[];
  /** ISO 3166 codes. */
  countries: ReadonlySet<string>;
  figures: readonly string[];
  years: readonly string[];
  /** Days and months, as ISO dates. */
  dates: readonly Period[];
  negated: boolean;
  /** Words that make it another thing: "non-members", "deputy head". */
  modifiers: readonly string[];
  /** The largest BM25 score there can be. */
  bound: number;
  corrections: readonly { from: string; to: string }[];
  scope: Scope;
}

/** A chunk with what ranking and answering need of it. */
export interface ReadyChunk {
  chunk: Chunk;
  briefing: Briefing;
  /** Numbers to paragraphs of what it is made of. */
  paragraphs: ReadonlyMap<number, Paragraph>;
  read: ChunkReading;
}

/** A chunk that may answer. */
export interface Candidate extends ReadyChunk {
  /** BM25 over its bound, 0..1.2. */
  lexical: number;
  /** Cosine of the index' vectors; 0 when only words found it. */
  semantic: number;
  /** `lexical + weight * semantic`. */
  fused: number;
}

export interface Found {
  candidates: readonly Candidate[];
  /** False when there was no vector to search with. */
  hasVectors: boolean;
}

export interface Ranked {
  candidate: Candidate;
  features: Float32Array;
  /** How well each part of the chunk answers by itself; decides what is shown of it. */
  parts: readonly number[];
  /** Listwise logit: compares chunks for one question. */
  score: number;
  /** Softmax of the scores over the pool, 0..1. */
  share: number;
}

export interface Decision {
  outcome: Outcome;
  /** Probability 0..1 that the first chunk answers. */
  confidence: number;
  /** Chunks that are shown as the answer, best first; empty unless `outcome` is `answer`. */
  chosen: readonly Ranked[];
  /** Only an older edition says it. */
  older: boolean;
  /** The answer tells how editions differ: the newest first. */
  between: boolean;
  ranked: readonly Ranked[];
}

/** A question that was read, searched for and decided upon; nothing is said yet. */
export interface Decided {
  session: Session;
  question: Question;
  found: Found;
  decision: Decision;
}

/** A sentence, item or row that is shown as it stands in its paragraph. */
export interface Quoted {
  briefing: Briefing;
  paragraph: Paragraph;
  /** Code points in the paragraph. */
  span: Span;
  text: string;
  /** It decides; the others go with it. */
  decisive: boolean;
  under: string | null;
}

/** What was said so far. */
export interface Draft {
  sentences: AnswerSentence[];
  withheld: WithheldSentence[];
  notes: Note[];
}

export const emptyDraft = (): Draft => ({ sentences: [], withheld: [], notes: [] });
