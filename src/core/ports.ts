import type { Groups } from './access.ts';
import type {
  Abbreviation,
  Answer,
  AskEvent,
  AskRequest,
  Briefing,
  Changes,
  ChangesRequest,
  Chunk,
  GoneParagraph,
  Paragraph,
  SearchRequest,
  SearchResult,
  Series,
  SnapshotInfo,
  Trace,
} from './model.ts';

/** What makes vectors of texts; any embeddings of LangChain are one. */
export interface Embeddings {
  embedQuery(text: string): Promise<number[]>;
  embedDocuments(texts: string[]): Promise<number[][]>;
}

/** Embeddings plus what an index must know of them. Vectors have unit length (or are all zero). */
export interface Embedder extends Embeddings {
  /** Names model and version, e.g. `static-en-1`; vectors of different ids are never compared. */
  readonly id: string;
  readonly dimensions: number;
}

/** One message to a chat model. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ChatOptions {
  signal?: AbortSignal;
  /** Most tokens of the reply; the model's own limit when absent. */
  maxTokens?: number;
  /** Whether an empty reply is one: nothing may be left to say. */
  mayBeEmpty?: boolean;
}

/** Why a chat model did not answer: `details.kind` of its `model_unavailable` errors. */
export type ChatFailure =
  /** Nothing, or nothing more, came within the time allowed. */
  | 'timeout'
  /** The connection failed, or the server answered with an error that retrying did not mend. */
  | 'unavailable'
  /** Key, model name or request were refused: retrying is of no use. */
  | 'rejected'
  /** The stream ended without saying that it was complete, or at the most tokens allowed. */
  | 'cut_off'
  /** What came was no reply of a chat model, or more than one may be. */
  | 'nonsense'
  /** The model, or a filter before it, refused to answer. */
  | 'refused'
  /** As many calls as are allowed in an hour were made. */
  | 'over_budget'
  /** It failed a moment ago and was not asked again. */
  | 'resting';

/** A chat model: messages in, text deltas out. */
export interface ChatModel {
  /** Shown as `Answer.model`, e.g. `gpt-5-mini`. */
  readonly name: string;
  /**
   * Streams one reply. The iteration ends only when the reply is complete; it throws PilcrowError `model_unavailable`
   * with `details.kind` of ChatFailure when it is not, after the deltas that did come. An abort through `signal` throws
   * the signal's reason. Every request is bounded in time and size by the adapter.
   */
  stream(messages: readonly ChatMessage[], options?: ChatOptions): AsyncIterable<string>;
}

/** A model that says how well texts answer a question. */
export interface Reranker {
  /** For messages and the trace, e.g. `bge-reranker-v2-m3`. */
  readonly name: string;
  /**
   * One score for each text, in the order given; higher is better, and only scores of one call compare. Rejects with
   * PilcrowError `model_unavailable`, or with the signal's reason. Every request is bounded in time and size by the adapter.
   */
  rerank(query: string, texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[]>;
}

/** Which chunks a search may return. Absent members do not restrict. */
export interface Filter {
  briefings?: readonly string[];
}

/** A chunk id and its score in the search that found it. */
export interface Hit {
  chunk: string;
  score: number;
}

/** One weighted query term, as `analyse` in core/text makes it (folded and stemmed, or a bigram). */
export interface QueryTerm {
  term: string;
  /** 1 for a word of the question; less for an expansion. */
  weight: number;
}

export interface TermInfo {
  term: string;
  /** Chunks that contain it. */
  frequency: number;
  /** BM25 inverse document frequency, > 0. */
  idf: number;
}

/** Read side of one snapshot. Immutable: a snapshot that was opened keeps answering while a new one is published. */
export interface IndexReader {
  readonly info: SnapshotInfo;
  briefings(): Promise<Briefing[]>;
  briefing(id: string): Promise<Briefing | null>;
  /** Normalised text of a briefing, or null. */
  text(briefing: string): Promise<string | null>;
  paragraph(id: string): Promise<Paragraph | null>;
  /** Several at once, in the order asked; unknown ids are left out. */
  paragraphs(ids: readonly string[]): Promise<Paragraph[]>;
  /** All paragraphs of a briefing in reading order. */
  paragraphsOf(briefing: string): Promise<Paragraph[]>;
  /** Several at once, in the order asked; unknown ids are left out. */
  chunks(ids: readonly string[]): Promise<Chunk[]>;
  /** All chunks of a briefing in reading order. */
  chunksOf(briefing: string): Promise<Chunk[]>;
  /**
   * What ranking needs to know of chunks, as ingest read it (core/reading): several at once, in the order asked; null for an unknown id.
   * `id` names how it was read. Missing where a snapshot has none: chunks are then read when they are asked for.
   */
  readonly readings?: { readonly id: string; of(chunks: readonly string[]): Promise<(Uint8Array | null)[]> };
  abbreviations(): Promise<Abbreviation[]>;
  /** Paragraph ids that were given once and whose text is no longer there, removed briefings included. */
  gone(): Promise<GoneParagraph[]>;
  /**
   * Chunks nearest to a vector by cosine, best first; ties by chunk order. `also` names chunks to be scored even outside the
   * best `k`. Empty when the index has no vectors.
   */
  nearest(vector: readonly number[], k: number, filter?: Filter, also?: readonly string[]): Promise<Hit[]>;
  /** Chunks that match terms by BM25 over text, headings and title, best first; only scores > 0; ties by chunk order. */
  matching(terms: readonly QueryTerm[], k: number, filter?: Filter): Promise<Hit[]>;
  /**
   * Both searches in one, where each is a round trip: what `matching` gives, and what `nearest` gives with those among `also`. Missing where
   * nothing is gained by it.
   */
  both?(terms: readonly QueryTerm[], vector: readonly number[], k: number, filter?: Filter): Promise<{ lexical: Hit[]; semantic: Hit[] }>;
  /** Frequency and idf of each term, in the order asked; unknown terms have frequency 0 and the largest idf. */
  terms(terms: readonly string[]): Promise<TermInfo[]>;
  /** Words (unstemmed, folded) of the corpus within `distance` edits (1 or 2) of a word, nearest and most frequent first. */
  similarWords(word: string, distance: number): Promise<{ word: string; distance: number; frequency: number }[]>;
  /**
   * The part of the snapshot that members of these groups may read, as if it were all there is: in searches, counts,
   * frequencies, words and abbreviations alike, and without the names of groups. Null: everything. The same part is the same
   * object, until many others were asked for. Of a part it is the part itself; closing it does nothing.
   */
  seenBy(groups: Groups): IndexReader;
  close(): Promise<void>;
}

/** What a snapshot holds, without what it is searched by. */
export type IndexTexts = Pick<
  IndexReader,
  'info' | 'briefings' | 'briefing' | 'text' | 'paragraphsOf' | 'chunksOf' | 'abbreviations' | 'gone' | 'close'
> & {
  /** Name of its readings (`IndexReader.readings`); missing where it has none. */
  readonly readBy?: string;
};

/** Everything read from one briefing, as ingest hands it to the index. */
export interface IngestedBriefing {
  briefing: Briefing;
  /** Normalised text. */
  text: string;
  /** Ascending runs `[normalised offset, source offset, length]` of text that is the same in both, code points. */
  sourceMap: [number, number, number][];
  paragraphs: Paragraph[];
  chunks: Chunk[];
}

/** Write side: builds one snapshot beside the live one. Nothing is visible before `commit` resolves. */
export interface IndexWriter {
  /** Vectors for cached chunk hashes of the same embedder id, from the live snapshot; missing ones are left out. */
  cached(hashes: readonly string[]): Promise<Map<string, Float32Array>>;
  /** `vectors[i]` belongs to `chunks[i]`. Rejects with `bad_vector` for a wrong length or a value that is not finite. */
  add(briefing: IngestedBriefing, vectors: readonly Float32Array[]): Promise<void>;
  /**
   * Takes a briefing over from a snapshot with paragraphs, chunks and vectors as they stand there. False, with nothing done, when the live
   * snapshot is another one or cannot be read. Missing where a store cannot.
   */
  keep?(briefing: string, snapshot: string): Promise<boolean>;
  /** Publishes atomically and durably; resolves to the new snapshot's id. `gone`: ids that are not to be given again; default: none. */
  commit(abbreviations: readonly Abbreviation[], gone?: readonly GoneParagraph[]): Promise<string>;
  /** Gives up; leaves no trace. Safe to call twice and after commit. */
  discard(): Promise<void>;
}

export interface IndexStore {
  /**
   * Opens the live snapshot, or resolves to null when there is none. Damaged derived files are rebuilt from the
   * paragraph segments; rejects with `index_damaged` when those themselves are damaged.
   */
  open(): Promise<IndexReader | null>;
  /** As `open`, for whoever compares texts and searches nothing. Default: `open`. */
  texts?(): Promise<IndexTexts | null>;
  /** Id of the live snapshot without opening it, or null. */
  current(): Promise<string | null>;
  /** Whether a snapshot is the live one and lies there as it was published. Missing where a store leaves that to others. */
  intact?(snapshot: string): Promise<boolean>;
  /** Whether its writers can `keep` briefings. Default: no. */
  readonly keeps?: boolean;
  /** Name of the readings its writers put beside the chunks (`IndexReader.readings`); missing where they put none. */
  readonly reads?: string;
  /** Starts a new snapshot. Rejects with `index_locked` while another process writes. */
  write(embedder: { id: string; dimensions: number }): Promise<IndexWriter>;
}

export interface AskOptions {
  signal?: AbortSignal;
  /** Called as the answer is made, sentence by sentence; see AskEvent for the order. */
  onEvent?: (event: AskEvent) => void;
  /** Answers by quotation, without any call of a chat model, even where one is configured. */
  quote?: boolean;
  /** Filled with one step per stage when given. */
  trace?: Trace;
}

/** Series, their editions, and what changed from one to the next. */
export interface Editions {
  /** Every series by title, its editions newest first. */
  list(): Promise<Series[]>;
  /** Rejects with `not_found` for an unknown series or edition, `bad_request` when there are no two to compare. */
  changes(request: ChangesRequest): Promise<Changes>;
  /** For each paragraph of a briefing that has a counterpart in another edition, its number and the counterpart's. */
  counterparts(briefing: string, other: string): Promise<Map<number, number>>;
}

/** The running service, as HTTP, CLI and other front ends see it. */
export interface Pilcrow {
  ask(request: AskRequest, options?: AskOptions): Promise<Answer>;
  search(request: SearchRequest, options?: { signal?: AbortSignal }): Promise<SearchResult>;
  /** The live snapshot; rejects with `index_missing` when nothing was ingested yet. */
  index(): Promise<IndexReader>;
  editions: Editions;
  /** The same service over what members of these groups may read; null: over everything. Closing it does nothing. */
  seenBy(groups: Groups): Pilcrow;
  /**
   * Questions that the briefings answer, to begin with: at most `most` (4), of the briefings named or of all. They are made once for each
   * snapshot; while they are being made nobody waits longer than `milliseconds`, and there are none.
   */
  suggestions(options: { milliseconds: number; most?: number; briefings?: readonly string[] }): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Serves one HTTP request of an MCP client. It looks neither at `Host` nor at `Origin`: what calls it must (`createApp`
 * does). `parsedBody` is the body when it was read before.
 */
export type McpHandler = (request: Request, options?: { parsedBody?: unknown }) => Promise<Response>;
