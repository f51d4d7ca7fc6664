import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { Abbreviation, Briefing, Edition } from '../core/model.ts';
import type { Embedder, IndexReader, IndexStore, IndexWriter, IngestedBriefing } from '../core/ports.ts';
import { isDate } from '../core/time/dates.ts';
import { abbreviations } from './abbreviations.ts';
import { type ChunkOptions, makeChunks } from './chunks.ts';
import { type Document, readAnyDocument } from './document.ts';
import { impliedAbbreviations } from './implied.ts';
import { type Problem, readFile, readFolder, reason } from './read.ts';
import { READABLE } from './readers/formats.ts';
import { assignIds, assignSeries } from './series.ts';
import { markSuperseded } from './superseded.ts';

/** What a person decided about one briefing; wins over what is read from it. */
export interface Override {
  title?: string;
  series?: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  edition?: string;
}

export type IngestProgress =
  | { stage: 'read'; done: number; total: number; file: string }
  | { stage: 'embed' | 'write'; done: number; total: number };

export interface IngestRequest {
  folder: string;
  store: IndexStore;
  embedder: Embedder;
  /** `done` of `total` files, chunks, briefings; each stage ends with `done === total`. */
  onProgress?: (progress: IngestProgress) => void;
  signal?: AbortSignal;
  /** Default: the clock. Dates after it are not taken for editions. */
  now?: Date;
  /** By file, relative to the folder. */
  overrides?: Record<string, Override>;
  chunks?: ChunkOptions;
}

export interface IngestSummary {
  /** Id of the snapshot that is live now. */
  snapshot: string;
  /** True when the folder says what the live snapshot says already; nothing was written. */
  unchanged: boolean;
  briefings: number;
  paragraphs: number;
  chunks: number;
  /** Chunks embedded now, and chunks whose vectors were taken from the live snapshot. */
  embedded: number;
  reused: number;
  editions: { id: string; title: string; series: string; edition: Edition; newest: boolean }[];
  /** Files left out, or read with something amiss. */
  problems: Problem[];
  seconds: number;
}

/** Chunks embedded at a time: enough to keep a remote service busy, few enough to stop soon after an abort. */
const BATCH = 64;

/**
 * Makes the folder the content of the index: reads every file, settles series and editions, embeds what is new and
 * publishes one snapshot. Until it is published the live snapshot stays; on any failure or abort nothing changes.
 * Throws `bad_request` for a folder without a readable briefing; one bad file is a problem in the summary.
 */
export async function ingest(request: IngestRequest): Promise<IngestSummary> {
  const started = performance.now();
  const { store, embedder, signal, onProgress } = request;
  const { documents, problems } = await readAll(request);
  const entries = await assemble(documents, request.chunks);
  const texts = entries.map((entry) => entry.text);
  const introduced = abbreviations(texts);
  const known = [...introduced, ...impliedAbbreviations(texts, introduced)];
  const chunks = entries.flatMap((entry) => entry.chunks);
  const summary = {
    briefings: entries.length,
    paragraphs: entries.reduce((sum, entry) => sum + entry.paragraphs.length, 0),
    chunks: chunks.length,
    editions: entries.map(({ briefing: { id, title, series, edition, newest } }) => ({ id, title, series, edition, newest })),
    problems,
  };
  const seconds = () => Math.round(performance.now() - started) / 1000;
  signal?.throwIfAborted();
  const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions });
  try {
    const hashes = [...new Set(chunks.map((chunk) => chunk.hash))];
    const vectors = await writer.cached(hashes);
    const reused = chunks.filter((chunk) => vectors.has(chunk.hash)).length;
    if (reused === chunks.length) {
      const live = await sameAsLive(store, embedder, entries, known);
      if (live !== null) {
        await writer.discard();
        return { snapshot: live, unchanged: true, ...summary, embedded: 0, reused, seconds: seconds() };
      }
    }
    await embedMissing(chunks, vectors, embedder, onProgress, signal);
    await write(writer, entries, vectors, onProgress, signal);
    signal?.throwIfAborted();
    const snapshot = await writer.commit(known);
    return { snapshot, unchanged: false, ...summary, embedded: chunks.length - reused, reused, seconds: seconds() };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Documents of one corpus with ids, series and chunks, ready for the index, in the order given. */
export async function assemble(documents: readonly Document[], options?: ChunkOptions): Promise<IngestedBriefing[]> {
  const settled = assignIds(assignSeries(documents));
  const entries: IngestedBriefing[] = [];
  for (const { briefing, text, sourceMap, paragraphs } of settled) {
    entries.push({ briefing, text, sourceMap, paragraphs, chunks: await makeChunks(briefing, paragraphs, options) });
  }
  markSuperseded(entries);
  return entries;
}

async function readAll(request: IngestRequest): Promise<{ documents: Document[]; problems: Problem[] }> {
  const { files, problems } = await readFolder(request.folder);
  const empty = { hint: `Put your briefings there as ${READABLE} files.`, details: problems };
  if (files.length === 0) throw pilcrowError('bad_request', `There is no briefing in ${request.folder}.`, empty);
  const documents: Document[] = [];
  const seen = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    request.signal?.throwIfAborted();
    const problem = (message: string, hint: string) => problems.push({ file: file.name, message, hint });
    try {
      const read = await readAnyDocument(file.name, await readFile(file), { now: request.now });
      const twin = seen.get(read.briefing.sha256);
      for (const one of read.problems) problem(one.message, one.hint);
      if (read.paragraphs.length === 0) problem('There is no text in it.', 'A scanned document needs text recognition first.');
      else if (twin !== undefined) problem(`It is the same as ${twin} and was left out.`, 'Remove one of the two.');
      else {
        seen.set(read.briefing.sha256, file.name);
        documents.push(override(read, request.overrides?.[file.name]));
      }
    } catch (error) {
      if (isPilcrowError(error) && error.code === 'bad_request') throw error;
      // The list of problems names the file already.
      const own = (message: string) => (message.startsWith(`${file.name} is `) ? `It${message.slice(file.name.length)}` : message);
      if (isPilcrowError(error)) problem(own(error.message), error.hint ?? '');
      else problem(`It cannot be read: ${reason(error)}.`, 'See whether the file is still there and may be read.');
    }
    request.onProgress?.({ stage: 'read', done: index + 1, total: files.length, file: file.name });
  }
  if (documents.length === 0) {
    throw pilcrowError('bad_request', `No file in ${request.folder} could be read: ${problems[0]?.file}: ${problems[0]?.message}`, empty);
  }
  return { documents, problems };
}

function override(document: Document, set: Override | undefined): Document {
  if (!set) return document;
  const { edition, series, title } = set;
  if (edition !== undefined && !isDate(edition)) {
    throw pilcrowError('bad_request', `"${edition}" is not an edition date (${document.briefing.source}).`, {
      hint: 'Write YYYY, YYYY-MM or YYYY-MM-DD.',
    });
  }
  const briefing: Briefing = {
    ...document.briefing,
    title: title ?? document.briefing.title,
    edition: edition === undefined ? document.briefing.edition : { date: edition, stated: true, source: 'set' },
  };
  return { ...document, briefing, meta: series === undefined ? document.meta : { ...document.meta, series } };
}

async function embedMissing(
  chunks: readonly { hash: string; context: string; text: string }[],
  vectors: Map<string, Float32Array>,
  embedder: Embedder,
  onProgress: IngestRequest['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const missing = [...new Map(chunks.filter((chunk) => !vectors.has(chunk.hash)).map((chunk) => [chunk.hash, chunk])).values()];
  for (let from = 0; from < missing.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = missing.slice(from, from + BATCH);
    const made = await embedder.embedDocuments(batch.map((chunk) => `${chunk.context}\n${chunk.text}`));
    if (made.length !== batch.length) {
      throw pilcrowError('bad_vector', `The embedder ${embedder.id} gave ${made.length} vectors for ${batch.length} texts.`, {
        hint: 'Nothing was published; look at the embedding service.',
      });
    }
    batch.forEach((chunk, at) => {
      vectors.set(chunk.hash, Float32Array.from(made[at] as number[]));
    });
    onProgress?.({ stage: 'embed', done: Math.min(from + BATCH, missing.length), total: missing.length });
  }
}

async function write(
  writer: IndexWriter,
  entries: readonly IngestedBriefing[],
  vectors: ReadonlyMap<string, Float32Array>,
  onProgress: IngestRequest['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    signal?.throwIfAborted();
    await writer.add(
      entry,
      entry.chunks.map((chunk) => vectors.get(chunk.hash) as Float32Array),
    );
    onProgress?.({ stage: 'write', done: index + 1, total: entries.length });
  }
}

/**
 * Id of the live snapshot when it holds exactly these briefings, paragraphs and chunks, else null. What was made is
 * compared, not what it was made from: a new version of the readers counts as a change only where it reads differently.
 */
async function sameAsLive(
  store: IndexStore,
  embedder: Embedder,
  entries: readonly IngestedBriefing[],
  known: readonly Abbreviation[],
): Promise<string | null> {
  let live: IndexReader | null;
  try {
    live = await store.open();
  } catch {
    return null; // A damaged snapshot is replaced.
  }
  if (live === null) return null;
  try {
    const { info } = live;
    const chunks = entries.reduce((sum, entry) => sum + entry.chunks.length, 0);
    if (info.embedder !== embedder.id || info.dimensions !== embedder.dimensions || info.chunks !== chunks) return null;
    if (info.briefings !== entries.length || !same(await live.abbreviations(), known)) return null;
    for (const { briefing, text, paragraphs, chunks: own } of entries) {
      if (!same(await live.briefing(briefing.id), briefing) || (await live.text(briefing.id)) !== text) return null;
      if (!same(await live.paragraphsOf(briefing.id), paragraphs) || !same(await live.chunksOf(briefing.id), own)) return null;
    }
    return info.id;
  } finally {
    await live.close();
  }
}

/** Whether two JSON values are equal; the order of members does not count. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
