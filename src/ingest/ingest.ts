import { accessKey } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Abbreviation, Briefing, Edition, GoneParagraph, Paragraph } from '../core/model.ts';
import type { Embedder, IndexReader, IndexStore, IndexWriter, IngestedBriefing } from '../core/ports.ts';
import { abbreviations } from './abbreviations.ts';
import type { AccessRules } from './access.ts';
import { type ChunkOptions, makeChunks } from './chunks.ts';
import { type Differences, differences } from './differences.ts';
import type { Document } from './document.ts';
import { fingerprint, gather, type ReadProgress } from './gather.ts';
import { keepNumbers } from './identity.ts';
import { impliedAbbreviations } from './implied.ts';
import type { DocumentReader } from './isolated.ts';
import type { ReadMemory } from './memory.ts';
import { type Problem, readFolder } from './read.ts';
import { hashFiles, type SeenFile } from './seen.ts';
import { assignIds, assignSeries } from './series.ts';
import { markSuperseded } from './superseded.ts';

/** What a person decided about one briefing; wins over what is read from it. */
export interface Override {
  title?: string;
  series?: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  edition?: string;
}

export type IngestProgress = ReadProgress | { stage: 'embed' | 'write'; done: number; total: number };

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
  /** Which groups may read which files, besides what the files say. Default: no rules. */
  access?: AccessRules;
  chunks?: ChunkOptions;
  /** Reads the files. Default: this process. */
  reader?: DocumentReader;
  /** What was read before. Default: nothing is remembered. */
  memory?: ReadMemory;
  /** Whether a folder without a briefing is meant: the index is then empty. */
  allowEmpty?: boolean;
  /** Reads every file again, also one of the size and time it had when it was read last. */
  force?: boolean;
  /** Says what would change and writes nothing; `embedded` and `reused` are 0 then. */
  dryRun?: boolean;
}

export interface IngestSummary extends Differences {
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
  editions: { id: string; title: string; series: string; edition: Edition; newest: boolean; source: string }[];
  /** Files left out, or read with something amiss. */
  problems: Problem[];
  /** What readers left out on purpose, such as running heads. */
  notes: Problem[];
  /** Files that were read now; the others were known already. */
  read: number;
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
  const listing = await readFolder(request.folder);
  const { memory } = request;
  // Whatever the outcome depends on; dates that lie ahead now may date a briefing on another day.
  const day = (request.now ?? new Date()).toISOString().slice(0, 10);
  const last = memory ? await lastOf(memory) : null;
  const seen = memory ? await hashFiles(listing.files, last?.files ?? {}, request) : undefined;
  const print =
    memory && seen
      ? fingerprint(listing, seen, [
          memory.version,
          day,
          embedder.id,
          embedder.dimensions,
          request.overrides ?? {},
          request.chunks ?? {},
          request.access?.version ?? '',
        ])
      : null;
  if (last !== null && last.print === print && listing.files.length > 0 && last.snapshot === (await store.current())) {
    const { summary: same } = last;
    // Files that were only touched, or were too young to be told from a later change, need not be read next time.
    const files = memorised(seen);
    if (memory && JSON.stringify(files) !== JSON.stringify(last.files)) await memory.note(JSON.stringify({ ...last, files }));
    if (!request.dryRun) await removeLeftovers(request);
    const seconds = Math.round(performance.now() - started) / 1000;
    return {
      ...same,
      added: [],
      changed: [],
      renamed: [],
      removed: [],
      same: same.briefings,
      newEditions: [],
      unchanged: true,
      embedded: 0,
      reused: same.chunks,
      read: 0,
      seconds,
    };
  }
  const before = await liveState(store);
  const live = new Map(before.briefings.map(({ source, sha256 }) => [source, sha256]));
  const { documents, problems, notes, read, unsteady } = await gather({ ...request, listing, live, seen });
  const { entries, gone } = await assembleAfter(before, day, documents, request.chunks);
  const known = abbreviationsOf(entries);
  const chunks = entries.flatMap((entry) => entry.chunks);
  const summary = {
    briefings: entries.length,
    paragraphs: entries.reduce((sum, entry) => sum + entry.paragraphs.length, 0),
    chunks: chunks.length,
    editions: entries.map(({ briefing: { id, title, series, edition, newest, source } }) => ({
      id,
      title,
      series,
      edition,
      newest,
      source,
    })),
    problems,
    notes,
    read,
    ...differences(
      before.briefings,
      entries.map((entry) => entry.briefing),
    ),
  };
  const seconds = () => Math.round(performance.now() - started) / 1000;
  signal?.throwIfAborted();
  if (request.dryRun) {
    const same = await sameAsLive(store, embedder, entries, known);
    return {
      snapshot: same ?? (await store.current()) ?? '',
      ...summary,
      unchanged: same !== null,
      embedded: 0,
      reused: 0,
      seconds: seconds(),
    };
  }
  const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions });
  try {
    const hashes = [...new Set(chunks.map((chunk) => chunk.hash))];
    const vectors = await writer.cached(hashes);
    const done = async (result: IngestSummary): Promise<IngestSummary> => {
      if (print !== null && seen) {
        for (const file of unsteady) seen.set(file, null);
        // What is not taken as it was hashed has to be looked at again.
        const noted: LastIngest = {
          print: unsteady.size > 0 ? '' : print,
          snapshot: result.snapshot,
          summary: result,
          files: memorised(seen),
        };
        await memory?.note(JSON.stringify(noted));
      }
      return result;
    };
    const reused = chunks.filter((chunk) => vectors.has(chunk.hash)).length;
    if (reused === chunks.length) {
      const live = await sameAsLive(store, embedder, entries, known);
      if (live !== null) {
        await writer.discard();
        return await done({ snapshot: live, ...summary, unchanged: true, embedded: 0, reused, seconds: seconds() });
      }
    }
    await embedMissing(chunks, vectors, embedder, onProgress, signal);
    await write(writer, entries, vectors, onProgress, signal);
    signal?.throwIfAborted();
    const snapshot = await writer.commit(known, gone);
    return await done({ snapshot, ...summary, unchanged: false, embedded: chunks.length - reused, reused, seconds: seconds() });
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** A writer removes what killed ones left. When another is at work, that one has. */
async function removeLeftovers({ store, embedder }: IngestRequest): Promise<void> {
  const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions }).catch(() => null);
  await writer?.discard();
}

/** Abbreviations of briefings that are read by the same people: what is hidden must not teach a word. */
function abbreviationsOf(entries: readonly IngestedBriefing[]): Abbreviation[] {
  const byAccess = new Map<string, IngestedBriefing[]>();
  for (const entry of entries) {
    const key = accessKey(entry.briefing.access);
    const members = byAccess.get(key);
    if (members) members.push(entry);
    else byAccess.set(key, [entry]);
  }
  return [...byAccess.values()].flatMap((members) => {
    const texts = members.map((entry) => entry.text);
    const introduced = abbreviations(texts);
    const access = members[0]?.briefing.access;
    return [...introduced, ...impliedAbbreviations(texts, introduced)].map((one) => (access === undefined ? one : { ...one, access }));
  });
}

/** Documents of one corpus with ids, series and chunks, ready for the index, in the order given. */
export async function assemble(documents: readonly Document[], options?: ChunkOptions): Promise<IngestedBriefing[]> {
  return (await assembleAfter(NOTHING, '', documents, options)).entries;
}

/**
 * The same, with briefings and paragraphs keeping the ids they have in the live snapshot. `gone`: ids whose text is no longer there as
 * of `day`.
 */
async function assembleAfter(
  before: LiveState,
  day: string,
  documents: readonly Document[],
  options?: ChunkOptions,
): Promise<{ entries: IngestedBriefing[]; gone: GoneParagraph[] }> {
  const settled = assignIds(assignSeries(documents), new Map(before.briefings.map(({ source, id }) => [source, id])));
  const entries: IngestedBriefing[] = [];
  for (const { briefing, text, sourceMap, paragraphs } of settled) {
    const own = paragraphs.map((paragraph) => ({ ...paragraph }));
    entries.push({ briefing, text, sourceMap, paragraphs: own, chunks: await makeChunks(briefing, own, options) });
  }
  const gone = keepNumbers(entries, before, day);
  markSuperseded(entries);
  return { entries, gone };
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

/** What the last ingest that published was made from and said. */
interface LastIngest {
  print: string;
  snapshot: string;
  summary: IngestSummary;
  /** By file: what need not be read again while it looks the same. Missing in notes of earlier versions. */
  files?: Record<string, SeenFile>;
}

const memorised = (seen: ReadonlyMap<string, SeenFile | null> = new Map()): Record<string, SeenFile> =>
  Object.fromEntries([...seen].filter((one): one is [string, SeenFile] => one[1] !== null));

async function lastOf(memory: ReadMemory): Promise<LastIngest | null> {
  try {
    return JSON.parse((await memory.last()) ?? 'null') as LastIngest | null;
  } catch {
    return null;
  }
}

/** What the live snapshot holds of briefings, and of ids. */
interface LiveState {
  briefings: (Briefing & { texts: Paragraph[] })[];
  gone: GoneParagraph[];
}

const NOTHING: LiveState = { briefings: [], gone: [] };

/** Nothing when there is no live snapshot, or none that can be read. */
async function liveState(store: IndexStore): Promise<LiveState> {
  const live = await store.open().catch(() => null);
  if (!live) return NOTHING;
  try {
    const briefings = await live.briefings();
    const texts = await Promise.all(briefings.map(({ id }) => live.paragraphsOf(id)));
    return { briefings: briefings.map((briefing, at) => ({ ...briefing, texts: texts[at] as Paragraph[] })), gone: await live.gone() };
  } finally {
    await live.close();
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
