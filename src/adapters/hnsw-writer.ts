import { createHash } from 'node:crypto';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accessKey } from '../core/access.ts';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Abbreviation, Briefing, Chunk, GoneParagraph, Paragraph } from '../core/model.ts';
import type { IndexWriter } from '../core/ports.ts';
import type { ChunkReadings } from '../core/reading/pack.ts';
import { reasonOf } from '../core/reasons.ts';
import type { Bm25Options } from './bm25.ts';
import { createBm25Builder } from './bm25-build.ts';
import { checkIngested } from './checks.ts';
import { bytesOf, linesOfBriefing, type MapFile, startsOf } from './corpus-files.ts';
import { inReadingOrder } from './fields.ts';
import { buildGraph, type ChunkGraph, type GraphParts, placesFile, updateGraph } from './graph.ts';
import { type HnswOptions, hnswAvailable, type NativeLoader } from './hnsw.ts';
import { type BriefingLines, type LiveParts, readLiveParts } from './live-parts.ts';
import { type Lock, takeLock } from './lock.ts';
import { READINGS } from './readings.ts';
import { createSegment, openLines, readFloats, type Segment } from './segments.ts';
import * as snapshot from './snapshot.ts';
import { createTurns } from './turns.ts';
import { createVectorSearch } from './vectors.ts';

export interface HnswWriterOptions {
  directory: string;
  embedder: { id: string; dimensions: number };
  bm25: Bm25Options;
  hnsw: HnswOptions;
  /** Chunks from which on there is a graph. */
  scanUpTo: number;
  native: NativeLoader;
  /** Reads chunks for ranking; null: what is written has no readings. */
  readings: ChunkReadings | null;
}

/** What is remembered of a briefing that was added; the rest is on disk. */
interface Added {
  briefing: Briefing;
  hashes: string[];
  numbers: number[];
  /** See `MapFile`. */
  key: string;
  /** When it was added, among all. */
  position: number;
}

/** Segments a briefing has a piece of; a snapshot without readings goes without the last. */
const PIECES = ['paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl', 'vectors.f32', READINGS] as const;
type Piece = (typeof PIECES)[number];
const piecesOf = ({ readings }: Pick<HnswWriterOptions, 'readings'>): Piece[] =>
  PIECES.filter((name) => name !== READINGS || readings !== null);

/** The snapshot that is being written: its folder and the segments that grow. */
interface Build {
  id: string;
  folder: string;
  segments: Record<Piece, Segment>;
}

/**
 * Writes briefings to the segments of the next snapshot as they come, and what is derived from them on commit: of the word
 * index and the graph only what changed is made anew. Until the pointer is renamed a reader sees the old snapshot; from then on the new
 * one; a crash at any instant leaves one of the two.
 */
export async function createHnswWriter(options: HnswWriterOptions): Promise<IndexWriter> {
  const { directory, embedder, readings } = options;
  const pieces = piecesOf(options);
  const [made, lock] = await prepare(directory);
  const live = await snapshot.readPointer(directory);
  await removeLeftovers(directory, live);
  const entries = new Map<string, Added>();
  let found: Promise<LiveParts | null> | null = null;
  let building: Promise<Build> | null = null;
  /** Briefings go to disk one after the other; once that failed, nothing more can be written. */
  let writing: Promise<void> = Promise.resolve();
  let state: 'open' | 'busy' | 'done' = 'open';

  const liveParts = () => {
    found ??= readLiveParts(directory, live, embedder);
    return found;
  };
  function mustBeOpen(): void {
    if (state !== 'open') throw pilcrowError('internal', 'This index writer was already committed or discarded.');
  }

  async function begin(): Promise<Build> {
    const id = await snapshot.nextId(directory);
    const folder = snapshot.buildingPath(directory, id);
    await mkdir(folder);
    const segments = await Promise.all(pieces.map((name) => createSegment(folder, name)));
    return { id, folder, segments: Object.fromEntries(pieces.map((name, at) => [name, segments[at]])) as Record<Piece, Segment> };
  }

  /** One briefing to the segments, after those before. */
  async function put(lines: BriefingLines, vectors: Uint8Array, read: readonly Uint8Array[]): Promise<void> {
    building ??= begin();
    const build = building;
    writing = writing.then(async () => {
      const { segments } = await build;
      for (const [name, bytes] of Object.entries(lines)) await segments[name as keyof BriefingLines].append(bytes);
      await segments['vectors.f32'].append(vectors);
      for (const record of read) await segments[READINGS].append(record);
    });
    await writing.catch((cause) => {
      throw failed(cause);
    });
  }

  async function finish(): Promise<void> {
    state = 'done';
    await writing.catch(() => undefined);
    const build = await building?.catch(() => null);
    if (build) {
      await Promise.all(pieces.map((name) => build.segments[name].close().catch(() => undefined)));
      // Published, it has another name by now.
      await rm(build.folder, { recursive: true, force: true }).catch(() => undefined);
    }
    entries.clear();
    found = null;
    await lock.release();
  }

  const failed = (cause: unknown) =>
    isPilcrowError(cause)
      ? cause
      : pilcrowError('unavailable', `The index could not be written: ${reasonOf(cause)}; the one before it stays live.`, {
          hint: `Check free space and permissions of ${directory}.`,
          retryable: true,
          cause,
        });

  return {
    async cached(hashes) {
      mustBeOpen();
      const vectors = new Map<string, Float32Array>();
      const known = await liveParts();
      if (!known?.vectors) return vectors;
      const { dimensions } = embedder;
      const places = new Map(known.map.hashes.map((hash, chunk) => [hash, chunk]));
      for (const hash of hashes) {
        const chunk = places.get(hash);
        if (chunk !== undefined) vectors.set(hash, known.vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions));
      }
      return vectors;
    },
    async add(entry, vectors) {
      mustBeOpen();
      checkIngested(entry, vectors, embedder.dimensions, entries);
      const { briefing, chunks } = entry;
      const paragraphs = inReadingOrder(entry.paragraphs);
      const lines = linesOfBriefing({ ...entry, paragraphs });
      const joined = new Float32Array(vectors.length * embedder.dimensions);
      vectors.forEach((vector, at) => {
        joined.set(vector, at * embedder.dimensions);
      });
      entries.set(briefing.id, {
        briefing: structuredClone(briefing),
        hashes: chunks.map(({ hash }) => hash),
        numbers: paragraphs.map(({ number }) => number),
        key: keyOf(briefing, lines),
        position: entries.size,
      });
      const bytes = Object.fromEntries(Object.entries(lines).map(([name, text]) => [name, Buffer.from(text)])) as unknown as BriefingLines;
      await put(bytes, bytesOf(joined), readings ? [Buffer.concat(readings.of(briefing, paragraphs, chunks))] : []);
    },
    async keep(id, from) {
      mustBeOpen();
      const parts = live === from && !entries.has(id) ? await liveParts() : null;
      const whole = parts?.readings === readings?.id ? await parts?.whole(id) : null;
      if (!whole) return false;
      const { lines, vectors, briefing, readings: read, ...known } = whole;
      entries.set(id, { briefing, ...known, position: entries.size });
      await put(lines, bytesOf(vectors), readings ? [read] : []);
      return true;
    },
    async commit(abbreviations, gone = []) {
      mustBeOpen();
      state = 'busy';
      try {
        building ??= begin();
        await writing;
        const id = await publish(options, await building, [...entries.values()], { abbreviations, gone }, await liveParts());
        await snapshot.clean(directory, live === null ? [id] : [id, live]);
        return id;
      } catch (cause) {
        throw failed(cause);
      } finally {
        await finish();
      }
    },
    async discard() {
      if (state !== 'open') return;
      await finish();
      if (made === undefined) return;
      // Directories this writer made go again, unless someone has used them since.
      await rmdir(join(directory, 'snapshots')).catch(() => undefined);
      await rmdir(directory).catch(() => undefined);
    },
  };
}

/** Finishes the segments, makes what is derived from them and publishes the snapshot. */
async function publish(
  options: HnswWriterOptions,
  { id, folder, segments }: Build,
  added: readonly Added[],
  known: { abbreviations: readonly Abbreviation[]; gone: readonly GoneParagraph[] },
  live: LiveParts | null,
): Promise<string> {
  const { directory, embedder, bm25, hnsw, scanUpTo, native, readings } = options;
  // The same order as `inSnapshotOrder`.
  const corpus = [...added].sort((a, b) => (a.briefing.id < b.briefing.id ? -1 : 1));
  const order = corpus.map(({ position }) => position);
  const files: Record<string, snapshot.FileRecord> = {};
  const write = async (name: string, content: string | Uint8Array) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    await snapshot.writeDurably(join(folder, name), bytes);
    files[name] = { length: bytes.length, sha256: sha256(bytes) };
  };
  for (const name of piecesOf(options)) files[name] = await segments[name].finish(order);
  await write('briefings.json', JSON.stringify({ briefings: corpus.map(({ briefing }) => briefing), ...known }));
  const map: MapFile = {
    hashes: corpus.flatMap(({ hashes }) => hashes),
    counts: corpus.map(({ hashes }) => hashes.length),
    numbers: corpus.flatMap(({ numbers }) => numbers),
    paragraphs: corpus.map(({ numbers }) => numbers.length),
    keys: corpus.map(({ key }) => key),
  };
  await write('chunk-map.json', JSON.stringify(map));
  await write('bm25.bin', await wordIndex(folder, corpus, map, bm25, live));
  const chunks = map.hashes.length;
  const { dimensions } = embedder;
  if (chunks > scanUpTo && dimensions > 0 && (await hnswAvailable(native)).available) {
    const vectors = await readFloats(join(folder, 'vectors.f32'));
    const search = createVectorSearch({ vectors, dimensions, briefings: startsOf(map.counts) });
    const parts: GraphParts = { chunks, dimensions, vectors: search, hnsw, native };
    const graph = (await updatedGraph(live, map, vectors, parts)) ?? (await buildGraph(parts));
    await graph.hnsw.save(join(folder, 'hnsw.bin'));
    files['hnsw.bin'] = await snapshot.recordOf(join(folder, 'hnsw.bin'));
    await write('hnsw-places.bin', placesFile(graph.places));
  }
  const manifest: snapshot.Manifest = {
    format: snapshot.SNAPSHOT_FORMAT,
    id,
    created: new Date().toISOString(),
    embedder: embedder.id,
    dimensions,
    briefings: corpus.length,
    paragraphs: map.numbers.length,
    chunks,
    files,
    ...(readings && { readings: readings.id }),
  };
  await snapshot.writeDurably(join(folder, 'manifest.json'), snapshot.manifestText(manifest));
  await snapshot.syncDirectory(folder);
  await rename(folder, snapshot.snapshotPath(directory, id));
  await snapshot.syncDirectory(join(directory, 'snapshots'));
  await snapshot.replaceDurably(join(directory, 'current'), `${id}\n`);
  return id;
}

/** Names what the word index holds of a briefing: its words, and who may read them. */
function keyOf({ title, source, language, access }: Briefing, lines: ReturnType<typeof linesOfBriefing>): string {
  const digest = createHash('sha256').update(JSON.stringify([title, source, language, accessKey(access)]));
  return digest.update(lines['paragraphs.jsonl']).update(lines['chunks.jsonl']).digest('base64').slice(0, 32);
}

/** The word index: briefings that stand in the live snapshot as they are now are taken over, the others read back and read. */
async function wordIndex(
  folder: string,
  corpus: readonly Added[],
  map: MapFile,
  options: Bm25Options,
  live: LiveParts | null,
): Promise<Uint8Array> {
  const places = new Map(live?.map.keys.map((key, at) => [key, at]));
  const now = new Set(map.keys);
  const gone = live?.map.keys.flatMap((key, at) => (now.has(key) ? [] : [at])) ?? [];
  const before = live && gone.length < places.size ? await live.words(options) : null;
  const lost = before && gone.length > 0 ? await live?.paragraphs(gone) : [];
  const usable = lost ? before : null;
  const builder = createBm25Builder(options, usable);
  if (usable && live) {
    for (const [at, briefing] of gone.entries()) {
      builder.drop({ briefing: live.briefings[briefing] as Briefing, paragraphs: lost?.[at] as Paragraph[] });
    }
  }
  const starts = startsOf(live?.map.counts ?? []);
  const paragraphs = await openLines(join(folder, 'paragraphs.jsonl'));
  const chunks = await openLines(join(folder, 'chunks.jsonl'));
  const turn = createTurns();
  try {
    for (const { briefing, hashes, numbers, key } of corpus) {
      const place = usable ? places.get(key) : undefined;
      if (place !== undefined) {
        builder.keep(starts[place] as number, starts[place + 1] as number, briefing);
        await paragraphs.skip(numbers.length);
        await chunks.skip(hashes.length);
      } else {
        builder.add({
          briefing,
          paragraphs: (await paragraphs.take(numbers.length)).map((line) => JSON.parse(line) as Paragraph),
          chunks: (await chunks.take(hashes.length)).map((line) => JSON.parse(line) as Chunk),
        });
      }
      await turn();
    }
  } finally {
    await Promise.all([paragraphs.close(), chunks.close()]);
  }
  return builder.finish();
}

/** The graph of the live snapshot made that of this one; null when it has to be built. */
async function updatedGraph(live: LiveParts | null, map: MapFile, vectors: Float32Array, parts: GraphParts): Promise<ChunkGraph | null> {
  const graph = live?.vectors ? await live.graph(parts) : null;
  if (!graph || !live?.vectors) return null;
  const { dimensions } = parts;
  const [old, now] = [bytesOf(live.vectors), bytesOf(vectors)];
  const rowOf = (bytes: Uint8Array, chunk: number) => bytes.subarray(4 * chunk * dimensions, 4 * (chunk + 1) * dimensions);
  return updateGraph(
    graph,
    live.map.hashes,
    map.hashes,
    (before, after) => Buffer.compare(rowOf(old, before), rowOf(now, after)) === 0,
    parts,
  );
}

/** The folders there must be, the topmost made now or undefined, and the lock. Says in words why the folder cannot be used. */
async function prepare(directory: string): Promise<[string | undefined, Lock]> {
  try {
    const made = await mkdir(join(directory, 'snapshots'), { recursive: true });
    return [made, await takeLock(directory)];
  } catch (cause) {
    if (isPilcrowError(cause)) throw cause;
    throw pilcrowError('unavailable', `The index folder ${directory} cannot be written to: ${reasonOf(cause)}.`, {
      hint: 'Give the process permission to write there, or name another folder: --index, or PILCROW_INDEX.',
      cause,
    });
  }
}

/** What writers that were killed left: builds, and snapshots besides the live one and the one before it. Without a pointer the newest may be live. */
async function removeLeftovers(directory: string, live: string | null): Promise<void> {
  const ids = await snapshot.snapshotIds(directory);
  const before = ids.find((id) => live !== null && id < live);
  const keep = live !== null && ids.includes(live) ? [live, ...(before === undefined ? [] : [before])] : ids;
  await snapshot.clean(directory, keep).catch(() => undefined);
}
