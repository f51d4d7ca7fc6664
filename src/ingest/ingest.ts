import { isDeepStrictEqual } from 'node:util';
import { accessKey } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Abbreviation, Briefing, Edition, GoneParagraph, Paragraph } from '../core/model.ts';
import type { Embedder, IndexStore, IndexTexts, IndexWriter, IngestedBriefing } from '../core/ports.ts';
import { abbreviations } from './abbreviations.ts';
import type { AccessRules } from './access.ts';
import { type ChunkOptions, makeChunks } from './chunks.ts';
import { type Differences, differences } from './differences.ts';
import type { Document } from './document.ts';
import { fingerprint, gather, type Override, type ReadProgress } from './gather.ts';
import { keepNumbers } from './identity.ts';
import { impliedAbbreviations } from './implied.ts';
import type { DocumentReader } from './isolated.ts';
import type { ReadMemory } from './memory.ts';
import { type FileProblem, readFolder } from './read.ts';
import { hashFiles, type SeenFile } from './seen.ts';
import { assignIds, assignSeries } from './series.ts';
import { markSuperseded } from './superseded.ts';

type IngestProgress = ReadProgress | { stage: 'embed' | 'write'; done: number; total: number };

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
  problems: FileProblem[];
  /** What readers left out on purpose, such as running heads. */
  notes: FileProblem[];
  /** Files that were read now; the others were known already. */
  read: number;
  seconds: number;
}

/** Chunks embedded at a time: enough to keep a remote service busy, few enough to stop soon after an abort. */
const CHUNKS_AT_ONCE = 64;

/**
 * Makes the folder the content of the index: reads every file, settles series and editions, embeds what is new and
 * publishes one snapshot. Until it is published the live snapshot stays; on any failure or abort nothing changes.
 * Throws `bad_request` for a folder without a readable briefing; one bad file is a problem in the summary.
 */
export async function ingest(request: IngestRequest): Promise<IngestSummary> {
  const started = performance.now();
  const { store, embedder } = request;
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
          store.reads ?? '',
        ])
      : null;
  if (last !== null && last.print === print && listing.files.length > 0 && (await isLive(store, last.snapshot))) {
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
  try {
    return await publish(request, { listing, seen, print, day, last, before, started });
  } finally {
    await before.close();
  }
}

/** What an ingest knows before it reads. */
interface Known {
  listing: Awaited<ReturnType<typeof readFolder>>;
  seen: Map<string, SeenFile | null> | undefined;
  print: string | null;
  /** Today, ISO. */
  day: string;
  last: LastIngest | null;
  before: LiveState;
  /** When it began, milliseconds of the clock that only goes forward. */
  started: number;
}

async function publish(request: IngestRequest, known: Known): Promise<IngestSummary> {
  const { store, embedder, signal, onProgress, memory } = request;
  const { listing, seen, print, day, last, before, started } = known;
  const live = new Map(before.briefings.map(({ source, sha256 }) => [source, sha256]));
  const { documents, problems, notes, read, unsteady } = await gather({ ...request, listing, live, seen });
  const maker = makerOf(request);
  // What the live snapshot holds of a file that is as it was is what would be made of it again.
  const keeps = store.keeps === true && !request.force && last?.maker === maker && last.snapshot === before.id;
  const settled = settle(before, documents);
  const kept = keeps ? unchanged(settled, before.briefings) : new Set<string>();
  const { entries, gone } = await assembleAfter(before, day, settled, kept, request.chunks);
  const abbreviated = abbreviationsOf(settled);
  const chunks = entries.flatMap((entry) => entry.chunks);
  const chunksKept = kept.size === 0 ? 0 : before.chunks - (await before.chunksBut(kept));
  const summary = {
    briefings: settled.length,
    paragraphs: settled.reduce((sum, { briefing }) => sum + briefing.paragraphs, 0),
    chunks: chunks.length + chunksKept,
    editions: settled.map(({ briefing: { id, title, series, edition, newest, source } }) => ({
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
      settled.map(({ briefing }) => briefing),
    ),
  };
  const seconds = () => Math.round(performance.now() - started) / 1000;
  signal?.throwIfAborted();
  if (request.dryRun) {
    const same = await sameAsLive(before, embedder, entries, summary, abbreviated);
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
        const { snapshot } = result;
        const noted: LastIngest = { print: unsteady.size > 0 ? '' : print, snapshot, maker, summary: result, files: memorised(seen) };
        await memory?.note(JSON.stringify(noted));
      }
      return result;
    };
    const reused = chunksKept + chunks.filter((chunk) => vectors.has(chunk.hash)).length;
    if (reused === summary.chunks) {
      const live = before.reader?.readBy === store.reads ? await sameAsLive(before, embedder, entries, summary, abbreviated) : null;
      if (live !== null && (await isLive(store, live))) {
        await writer.discard();
        return await done({ snapshot: live, ...summary, unchanged: true, embedded: 0, reused, seconds: seconds() });
      }
    }
    await embedMissing(chunks, vectors, embedder, onProgress, signal);
    const whole = await write(writer, entries, [...kept], before.id, vectors, onProgress, signal);
    if (!whole) {
      // The live snapshot is another one by now, or was damaged since: everything is made again.
      await writer.discard();
      return await publish({ ...request, force: true }, known);
    }
    signal?.throwIfAborted();
    const snapshot = await writer.commit(abbreviated, gone);
    return await done({ snapshot, ...summary, unchanged: false, embedded: summary.chunks - reused, reused, seconds: seconds() });
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Names what makes paragraphs and chunks of a document. */
const makerOf = ({ memory, chunks, embedder, store }: IngestRequest): string =>
  JSON.stringify([memory?.version ?? '', chunks ?? {}, embedder.id, embedder.dimensions, store.reads ?? '']);

/** Documents of one corpus with ids and series; a briefing keeps the id its file had. */
const settle = (before: Pick<LiveState, 'briefings'>, documents: readonly Document[]): Document[] =>
  assignIds(assignSeries(documents), new Map(before.briefings.map(({ source, id }) => [source, id])));

/**
 * Briefings of which the live snapshot holds what would be made of them again: they are as they were, and so is every edition of their
 * series, by which chunks are marked as replaced.
 */
function unchanged(settled: readonly Document[], live: readonly Briefing[]): Set<string> {
  const before = new Map(live.map((briefing) => [briefing.id, briefing]));
  const now = new Map(settled.map(({ briefing }) => [briefing.id, briefing]));
  const touched = new Set<string>();
  const removed = new Set<string>();
  for (const briefing of [...now.values(), ...before.values()]) {
    if (isDeepStrictEqual(before.get(briefing.id), now.get(briefing.id))) continue;
    for (const one of [before.get(briefing.id), now.get(briefing.id)]) if (one) touched.add(one.series);
    if (!now.has(briefing.id)) removed.add(briefing.sha256);
  }
  // Paragraphs of a removed briefing are looked for in one of the same bytes.
  return new Set([...now.values()].filter((one) => !touched.has(one.series) && !removed.has(one.sha256)).map(({ id }) => id));
}

/** Whether this is the live snapshot, with nothing to mend. */
const isLive = async (store: IndexStore, id: string): Promise<boolean> =>
  id === (await store.current()) && ((await store.intact?.(id)) ?? true);

/** A writer removes what killed ones left. When another is at work, that one has. */
async function removeLeftovers({ store, embedder }: IngestRequest): Promise<void> {
  const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions }).catch(() => null);
  await writer?.discard();
}

/** Abbreviations of briefings that are read by the same people: what is hidden must not teach a word. */
function abbreviationsOf(documents: readonly Document[]): Abbreviation[] {
  const byAccess = new Map<string, Document[]>();
  for (const document of documents) {
    const key = accessKey(document.briefing.access);
    const members = byAccess.get(key);
    if (members) members.push(document);
    else byAccess.set(key, [document]);
  }
  return [...byAccess.values()].flatMap((members) => {
    const introduced = abbreviations(
      members.map(({ text }) => text),
      members.map(({ names }) => names.introduced),
    );
    const implied = impliedAbbreviations(
      members.map(({ names }) => names.initials),
      introduced,
    );
    const access = members[0]?.briefing.access;
    return [...introduced, ...implied].map((one) => (access === undefined ? one : { ...one, access }));
  });
}

/** Documents of one corpus with ids, series and chunks, ready for the index, in the order given. */
export async function assemble(documents: readonly Document[], options?: ChunkOptions): Promise<IngestedBriefing[]> {
  return (await assembleAfter(NOTHING, '', settle(NOTHING, documents), new Set(), options)).entries;
}

/**
 * Entries of the documents that are not `kept`, paragraphs with the ids they have in the live snapshot. `gone`: ids whose text is no
 * longer there as of `day`.
 */
async function assembleAfter(
  before: LiveState,
  day: string,
  settled: readonly Document[],
  kept: ReadonlySet<string>,
  options?: ChunkOptions,
): Promise<{ entries: IngestedBriefing[]; gone: GoneParagraph[] }> {
  const entries: IngestedBriefing[] = [];
  for (const { briefing, text, sourceMap, paragraphs } of settled) {
    if (kept.has(briefing.id)) continue;
    const own = paragraphs.map((paragraph) => ({ ...paragraph }));
    entries.push({ briefing, text, sourceMap, paragraphs: own, chunks: await makeChunks(briefing, own, options) });
  }
  const changed = before.briefings.filter(({ id }) => !kept.has(id));
  const briefings = await Promise.all(changed.map(async ({ id, sha256 }) => ({ id, sha256, texts: await before.texts(id) })));
  const gone = keepNumbers(entries, { briefings, gone: before.gone }, day);
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
  for (let from = 0; from < missing.length; from += CHUNKS_AT_ONCE) {
    signal?.throwIfAborted();
    const batch = missing.slice(from, from + CHUNKS_AT_ONCE);
    const made = await embedder.embedDocuments(batch.map((chunk) => `${chunk.context}\n${chunk.text}`));
    if (made.length !== batch.length) {
      throw pilcrowError('bad_vector', `The embedder ${embedder.id} gave ${made.length} vectors for ${batch.length} texts.`, {
        hint: 'Nothing was published; look at the embedding service.',
      });
    }
    batch.forEach((chunk, at) => {
      vectors.set(chunk.hash, Float32Array.from(made[at] as number[]));
    });
    onProgress?.({ stage: 'embed', done: Math.min(from + CHUNKS_AT_ONCE, missing.length), total: missing.length });
  }
}

/** Writes all briefings in the order of their ids, in which a snapshot holds them. False when one cannot be kept. */
async function write(
  writer: IndexWriter,
  entries: readonly IngestedBriefing[],
  kept: readonly string[],
  live: string,
  vectors: ReadonlyMap<string, Float32Array>,
  onProgress: IngestRequest['onProgress'],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const made = new Map(entries.map((entry) => [entry.briefing.id, entry]));
  const ids = [...made.keys(), ...kept].sort((a, b) => (a < b ? -1 : 1));
  for (const [index, id] of ids.entries()) {
    signal?.throwIfAborted();
    const entry = made.get(id);
    if (entry) {
      await writer.add(
        entry,
        entry.chunks.map((chunk) => vectors.get(chunk.hash) as Float32Array),
      );
    } else if (!(await writer.keep?.(id, live))) return false;
    onProgress?.({ stage: 'write', done: index + 1, total: ids.length });
  }
  return true;
}

/** What the last ingest that published was made from and said. */
interface LastIngest {
  print: string;
  snapshot: string;
  /** See `makerOf`. Missing in notes of earlier versions. */
  maker?: string;
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

/** The live snapshot, open until it is closed; nothing when there is none, or none that can be read. */
interface LiveState {
  id: string;
  /** How many chunks it has. */
  chunks: number;
  briefings: Briefing[];
  gone: GoneParagraph[];
  reader: IndexTexts | null;
  texts(briefing: string): Promise<Paragraph[]>;
  /** How many chunks briefings have that are not among these. */
  chunksBut(kept: ReadonlySet<string>): Promise<number>;
  close(): Promise<void>;
}

const NOTHING: LiveState = {
  id: '',
  chunks: 0,
  briefings: [],
  gone: [],
  reader: null,
  texts: async () => [],
  chunksBut: async () => 0,
  close: async () => {},
};

async function liveState(store: IndexStore): Promise<LiveState> {
  const reader = await (store.texts ? store.texts() : store.open()).catch(() => null);
  if (!reader) return NOTHING;
  const briefings = await reader.briefings();
  return {
    id: reader.info.id,
    chunks: reader.info.chunks,
    briefings,
    gone: await reader.gone(),
    reader,
    texts: (briefing) => reader.paragraphsOf(briefing),
    async chunksBut(kept) {
      const others = await Promise.all(briefings.flatMap(({ id }) => (kept.has(id) ? [] : [reader.chunksOf(id)])));
      return others.reduce((sum, { length }) => sum + length, 0);
    },
    close: () => reader.close(),
  };
}

/**
 * Id of the live snapshot when it holds exactly these briefings, paragraphs and chunks beside those that are kept, else null. What was
 * made is compared, not what it was made from: a new version of the readers counts as a change only where it reads differently.
 */
async function sameAsLive(
  { reader: live }: LiveState,
  embedder: Embedder,
  entries: readonly IngestedBriefing[],
  all: { briefings: number; chunks: number },
  abbreviated: readonly Abbreviation[],
): Promise<string | null> {
  if (live === null) return null;
  const { info } = live;
  if (info.embedder !== embedder.id || info.dimensions !== embedder.dimensions || info.chunks !== all.chunks) return null;
  if (info.briefings !== all.briefings || !isDeepStrictEqual(await live.abbreviations(), abbreviated)) return null;
  for (const { briefing, text, paragraphs, chunks: own } of entries) {
    if (!isDeepStrictEqual(await live.briefing(briefing.id), briefing) || (await live.text(briefing.id)) !== text) return null;
    if (!isDeepStrictEqual(await live.paragraphsOf(briefing.id), paragraphs) || !isDeepStrictEqual(await live.chunksOf(briefing.id), own))
      return null;
  }
  return info.id;
}
