/**
 * The nouns of Pilcrow: plain, JSON-serialisable records shared by every room of the house.
 *
 * Offsets count Unicode code points, end exclusive. Wherever a record carries `start`, `end` and a text, the slice
 * of the briefing's normalised text at `start..end` equals that text.
 */

/** Half-open range of code points. */
export interface Span {
  start: number;
  end: number;
}

/** Where an edition date was read. `set` is a person's decision and wins over the rest. */
export type EditionSource = 'set' | 'front-matter' | 'title' | 'first-page' | 'file-name' | 'text' | 'none';

export interface Edition {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null when nothing in the briefing dates it. */
  date: string | null;
  /** True when the briefing says so itself; false when the date was inferred from its text. */
  stated: boolean;
  source: EditionSource;
}

/** One source document: a file and what was read from it. */
export interface Briefing {
  /** URL-safe slug, unique in a snapshot. */
  id: string;
  title: string;
  series: string;
  edition: Edition;
  /** BCP 47 primary tag. */
  language: string;
  publisher: string | null;
  /** Path relative to the corpus folder, with forward slashes. */
  source: string;
  /** SHA-256 of the source file, hex. */
  sha256: string;
  /** Number of paragraphs, headings included. */
  paragraphs: number;
  /** Length of the normalised text in code points. */
  length: number;
  /** True for the newest edition of its series in this snapshot. */
  newest: boolean;
  /** Who may read it, see `Access`; absent: everybody who may ask. Whoever sees only part of a snapshot is not shown it. */
  access?: string[][];
}

export type ParagraphKind = 'heading' | 'body' | 'item' | 'quotation' | 'contact';

/** The unit of citation. */
export interface Paragraph {
  /** `slug#p12`: permanent, and never given to another text. */
  id: string;
  briefing: string;
  /**
   * From 1 in reading order when a briefing is first read. A text that is put in later has the next number that was never used, wherever
   * it stands: the order of paragraphs is that of `start`.
   */
  number: number;
  kind: ParagraphKind;
  text: string;
  /** Titles above this paragraph, outermost first; a heading does not list itself. */
  headings: string[];
  /** Paragraph number of the nearest heading above (a heading: of its parent), or null. */
  heading: number | null;
  /** For a list item: number of the paragraph that introduces the list, or null. */
  lead: number | null;
  page: number | null;
  start: number;
  end: number;
  /** First 16 hex digits of SHA-256 over the text. */
  hash: string;
  /** Sentences, as spans relative to this paragraph's text. */
  sentences: Span[];
  /** `row` of a table, `note` at the foot or end of the document, `code` as it was typed; absent for anything else. */
  role?: 'row' | 'note' | 'code';
  /** Headings but the title: 1 for the highest. */
  level?: number;
  /** List items: depth of nesting, where it is not 0. */
  depth?: number;
  /** Number or mark of a list item as the document shows it ("3.", "(b)"), where it is no part of the text. */
  marker?: string;
  /** Rows: number of the table in the briefing, from 1, and the cells, as spans of their text relative to this paragraph's. */
  table?: number;
  cells?: (Span & { name: string })[];
  /** Left, top, right, bottom of the paragraph on its page, as shares (0..1) of the page as it is shown. */
  box?: [number, number, number, number];
}

/** A paragraph id whose text its briefing no longer has. Nothing of the text is kept. */
export interface GoneParagraph {
  id: string;
  /** First 16 hex digits of SHA-256 over titles and text, by which it is known again when it comes back. */
  key: string;
  /** Day of the ingest that no longer found it, ISO. */
  since: string;
  /** Paragraph that said the same, or took its place, on that day; itself gone by now, perhaps. */
  now: string | null;
}

/** One sentence, list item or table row of a chunk: a span of a paragraph. */
export interface ChunkPart extends Span {
  /** Number of the paragraph; `start` and `end` are relative to its text. */
  paragraph: number;
  /** A list item or a whole paragraph of a table: never read on into its neighbour. */
  item: boolean;
  /** Stands in another chunk and is repeated here because this one is not understood without it. */
  lead: boolean;
}

/** `question`: what stands under a heading that asks; `row`: rows of a table, contact lines. */
export type ChunkKind = 'text' | 'list' | 'row' | 'question';

/**
 * The smallest piece that stands by itself, and the unit of search, ranking and display: paragraphs of one heading, a list with
 * its lead-in, rows of a table, the answer below a heading that asks. Cited are the paragraphs it is made of.
 */
export interface Chunk {
  /** `slug#c12`; numbers start at 1 and follow the reading order. */
  id: string;
  briefing: string;
  kind: ChunkKind;
  /** Numbers of the paragraphs it covers, in reading order; what only leads in is not among them. */
  paragraphs: number[];
  /** In reading order, what leads in first. */
  parts: ChunkPart[];
  /** Titles above it, outermost first. */
  headings: string[];
  /** What is embedded before the text: the last two titles above it, or the title of the briefing. Never quoted. */
  context: string;
  text: string;
  /** First 32 hex digits of SHA-256 over context and text: the key of the embedding cache. */
  hash: string;
  /** Of an older edition, and the newest of its series says much the same or has the same section. */
  superseded: boolean;
  /**
   * Every newer edition that replaces it, where not everybody reads all editions of its series; `alike`: by its words, else by the titles
   * of a section. No reader of a part of the briefings sees it.
   */
  replacedBy?: { briefing: string; alike: boolean }[];
}

/** An abbreviation and what it stands for, as the briefings themselves introduce it. */
export interface Abbreviation {
  short: string;
  long: string;
  /** Made from the initials of a name that no briefing abbreviates: only ever read from short to long. */
  implied?: true;
  /** Of the briefings it was found in, as they have it. The same one may stand in a snapshot once for each kind of access. */
  access?: string[][];
}

interface Quote {
  exact: string;
  /** Up to 32 code points before and after, within the same paragraph (Web Annotation TextQuoteSelector). */
  prefix: string;
  suffix: string;
}

export interface CitedBriefing {
  id: string;
  title: string;
  series: string;
  edition: { date: string | null; stated: boolean };
  newest: boolean;
  source: string;
}

export interface Citation {
  number: number;
  /** Paragraph id, `slug#p12`. */
  paragraph: string;
  briefing: CitedBriefing;
  headings: string[];
  page: number | null;
  /** The whole paragraph. */
  text: string;
  quote: Quote;
  /** Offsets of `quote.exact` in the briefing's normalised text. */
  start: number;
  end: number;
  url: string;
}

/**
 * `quoted`: the paragraph's own words; `verified`: a model's words that passed the checks of figures, dates, names and wording
 * and a second reading against the cited paragraphs; `checked`: the checks alone.
 */
type Verdict = 'quoted' | 'verified' | 'checked';

/**
 * How a quoted sentence stands in its briefing, where it is no running text: in a list, with its mark (null: a bullet) and depth, or as a row of
 * a table, with its cells. `paragraph` is the number of its paragraph: sentences of one item have the same.
 */
export type SentenceShape =
  | { kind: 'item'; paragraph: number; marker: string | null; depth: number }
  | { kind: 'row'; paragraph: number; cells: { name: string; text: string }[] };

export interface AnswerSentence {
  text: string;
  /** Citation numbers, ascending. */
  citations: number[];
  verdict: Verdict;
  /** The words that decide, code points within `text`; null where the sentence only goes with another. */
  highlight: Span | null;
  /** A title or lead-in without which a quotation would say something else ("Not allowed"); shown before it, no part of `text`. */
  under: string | null;
  /** Absent for running text. */
  shape?: SentenceShape;
}

export interface WithheldSentence {
  text: string;
  reason: string;
}

export type NoteKind =
  | 'changed'
  | 'conflict'
  | 'older_edition'
  | 'edition_inferred'
  | 'language'
  | 'spelling'
  | 'rebuilding'
  | 'partial'
  | 'fallback'
  /** No second reader has read the answer. */
  | 'checked';

export interface Note {
  kind: NoteKind;
  text: string;
  citations: number[];
}

/** How sure an answer has to be to be given: where on the curve of risk and coverage the service stands. */
export type Strictness = 'lenient' | 'balanced' | 'strict';

export type Outcome = 'answer' | 'closest' | 'declined' | 'talk';

/** `talk`: said to the service rather than asked of the briefings; nothing is asserted of them and nothing cited. */
export type AnswerStatus = 'answered' | 'partial' | 'not_found' | 'older_edition_only' | 'talk';

/** What was said to the service: `task` is a chat client's wish for a title, tags or the like. */
export type TalkKind =
  | 'greeting'
  | 'thanks'
  | 'farewell'
  | 'acknowledgement'
  | 'identity'
  | 'help'
  | 'briefings'
  | 'currency'
  | 'about'
  | 'smalltalk'
  | 'languages'
  | 'limits'
  | 'privacy'
  | 'trust'
  | 'contact'
  | 'rude'
  | 'unclear'
  | 'follow_up'
  | 'task';

/** What the service says of itself and of what it holds, in its own words. */
export interface Talk {
  kind: TalkKind;
  text: string;
  /** A list below the text: briefings with their editions, or sections; `url` is null where there is no page. */
  items: { text: string; url: string | null }[];
}

/** A period asked for or stated: inclusive ISO dates of any precision; null leaves that side open. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** A chunk found: shown when nothing answers, or to look further. */
export interface NearestPassage {
  /** Id of its paragraph that fits best. */
  paragraph: string;
  /** Ids of all its paragraphs, in reading order. */
  paragraphs: string[];
  briefing: CitedBriefing;
  headings: string[];
  page: number | null;
  text: string;
  url: string;
  score: number;
}

/** The reply of `POST /v1/ask`. */
export interface Answer {
  status: AnswerStatus;
  /** `answer`: the sentences answer; `closest`: nothing is asserted and `nearest` is worth a look; `declined`: nothing is close. */
  outcome: Outcome;
  /** Probability 0..1 that the best passage answers the question, by calibration on other documents (docs/evaluation.md). */
  confidence: number;
  /**
   * The preface, then the sentences joined by a space, each after its `under` and a colon and followed by its `[n]`; for `not_found` a
   * plain sentence that says so; for `talk` its text, with a line for each item.
   */
  answer: string;
  /** Said by the service itself before the sentences ("I have looked again."); null where there is nothing to say. */
  preface: string | null;
  /** Set for the status `talk`, else null. */
  talk: Talk | null;
  sentences: AnswerSentence[];
  withheld: WithheldSentence[];
  citations: Citation[];
  notes: Note[];
  nearest: NearestPassage[];
  /** Questions to ask next; each was put to the briefings and answered. Empty when none are known yet. */
  suggestions: string[];
  question: { asked: string; standalone: string; period: Period | null; language: string };
  mode: 'extractive' | 'generative';
  model: string | null;
  snapshot: string;
}

export interface Turn {
  role: 'user' | 'assistant';
  content: string;
}

export interface AskRequest {
  question: string;
  history?: Turn[];
  /** `latest` (default), `all`, or an edition date of any precision. */
  edition?: string;
  /** Restrict to these briefing ids. */
  briefings?: string[];
  /** How many passages to consider for quoting and to show as nearest, 1..20. */
  limit?: number;
}

export interface SearchRequest {
  query: string;
  edition?: string;
  briefings?: string[];
  limit?: number;
}

export interface SearchResult {
  query: string;
  passages: (NearestPassage & { lexical: number; semantic: number })[];
  snapshot: string;
}

/** What happens while an answer is made, in this order; `answer` is always last. */
export type AskEvent =
  | { type: 'passages'; passages: NearestPassage[] }
  | { type: 'preface'; text: string }
  | { type: 'sentence'; sentence: AnswerSentence; citations: Citation[] }
  | { type: 'withheld'; withheld: WithheldSentence }
  | { type: 'note'; note: Note; citations: Citation[] }
  | { type: 'answer'; answer: Answer };

/** One step of the journey of a question: its name, how long it took, and what it decided. */
interface TraceStep {
  step: string;
  milliseconds: number;
  detail: Record<string, unknown>;
}

export interface Trace {
  steps: TraceStep[];
}

/** What a snapshot says of itself. */
export interface SnapshotInfo {
  id: string;
  created: string;
  embedder: string;
  dimensions: number;
  briefings: number;
  paragraphs: number;
  chunks: number;
}

/** One edition of a series: a briefing and how its date is known. */
export interface SeriesEdition {
  /** Id of the briefing. */
  briefing: string;
  title: string;
  edition: Edition;
  /** Whether it is the one in force: the newest of its series. */
  newest: boolean;
  source: string;
  url: string;
}

/** Briefings that replace one another over time. */
export interface Series {
  id: string;
  title: string;
  /** Newest first. */
  editions: SeriesEdition[];
}

export type ChangeKind = 'changed' | 'reworded' | 'added' | 'removed' | 'unchanged';

/** A value as one edition states it; code points within the paragraph's text. */
export interface StatedValue {
  text: string;
  start: number;
  end: number;
}

/** One side of a row of changes. */
export interface ChangeSide {
  /** Paragraph id, `slug#p12`. */
  paragraph: string;
  kind: ParagraphKind;
  text: string;
  headings: string[];
  page: number | null;
  url: string;
}

export interface ChangeRow {
  kind: ChangeKind;
  /** Null for `added`. */
  from: ChangeSide | null;
  /** Null for `removed`. */
  to: ChangeSide | null;
  /** What the two state differently; empty but for `changed`. */
  facts: { kind: 'figure' | 'date' | 'name' | 'contact'; from: StatedValue; to: StatedValue }[];
  /** Of `added` and `removed`: the paragraph of the other edition that says part of it, or null. */
  elsewhere: ChangeSide | null;
}

/** What became of one edition in a later one, paragraph by paragraph. */
export interface Changes {
  series: string;
  from: SeriesEdition;
  to: SeriesEdition;
  summary: Record<ChangeKind, number>;
  /** In reading order of the later edition; what was removed stands where it stood. */
  rows: ChangeRow[];
  snapshot: string;
}

/** Which two editions to compare: dates of any precision or briefing ids. Default: the newest and the one before. */
export interface ChangesRequest {
  series: string;
  from?: string;
  to?: string;
}
