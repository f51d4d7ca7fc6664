import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import type { Chunk } from '../core/model.ts';
import type { IndexReader, IndexTexts } from '../core/ports.ts';
import { type Bm25, type Bm25Options, openBm25 } from './bm25.ts';
import { buildBm25 } from './bm25-build.ts';
import { bytesOf, type Corpus, chunksOf, joinVectors, paragraphsOf, parseCorpus, SOURCE_FILES, vectorsIn } from './corpus-files.ts';
import type { LexicalBriefing } from './fields.ts';
import { buildGraph, type GraphParts, loadGraph, placesFile } from './graph.ts';
import { type HnswOptions, hnswAvailable, type NativeLoader } from './hnsw.ts';
import { createHnswReader, textsOf } from './hnsw-reader.ts';
import { inMemory, openPlaced, type Placed } from './placed.ts';
import { openReadings, READINGS } from './readings.ts';
import { keepShared, readShared, type SharedFiles, sharedBytes } from './shared-files.ts';
import * as snapshot from './snapshot.ts';
import { createTurns, type EventTurn } from './turns.ts';
import { openVectorSearch, type VectorRows, type VectorSearch } from './vectors.ts';

const GRAPH = 'hnsw.bin';
const PLACES = 'hnsw-places.bin';

/** Files of which a question needs little are read by place where they are larger; bytes. */
export const IN_MEMORY_UP_TO = 4 << 20;
/** Those of which all is needed at once. */
const WHOLE = ['briefings.json', 'chunk-map.json'];

export interface OpenOptions {
  directory: string;
  id: string;
  bm25: Bm25Options;
  hnsw: HnswOptions;
  scanUpTo: number;
  embedder: ChunkEmbedder | null;
  native: NativeLoader;
  /** Bytes up to which a file is held in memory that can be read by place. */
  inMemoryUpTo: number;
  /** Takes the repairs that go on after the reader is ready. */
  track(repair: Promise<void>): void;
  /** Where files are kept that other threads open too; with a manifest: they were read and verified by another. */
  memory?: { files: SharedFiles; manifest?: snapshot.Manifest };
}

/**
 * Opens one snapshot, in small turns of the event loop: every file is verified before anything reads it. Derived files that are missing or damaged are
 * rebuilt, used from memory, and put back on disk where that can be written. Rejects with `index_damaged` when a source
 * segment is lost.
 */
export async function openSnapshot(options: OpenOptions): Promise<{ reader: IndexReader; manifest: snapshot.Manifest }> {
  const { directory, id, track, memory } = options;
  const folder = snapshot.snapshotPath(directory, id);
  const manifest = memory?.manifest ?? (await snapshot.readManifest(folder, id));
  const read = async (name: string): Promise<Uint8Array | null> => {
    if (memory?.manifest) return sharedBytes(memory.files, name);
    return memory ? readShared(folder, manifest, name, memory.files) : snapshot.readVerified(folder, manifest, name);
  };
  const turn = createTurns();
  const place = async (name: string): Promise<Placed | null> => {
    const kept = memory && sharedBytes(memory.files, name);
    const large = !WHOLE.includes(name) && (snapshot.recordIn(manifest, name)?.length ?? 0) > options.inMemoryUpTo;
    // Each thread sums it up for itself: what another one read may have been replaced since.
    if (large && !kept) return openPlaced(folder, manifest, name, turn);
    const bytes = await read(name);
    return bytes && inMemory(bytes);
  };
  const [vectorFile, bm25Bytes, readingFile, corpus] = await Promise.all([
    place('vectors.f32'),
    read('bm25.bin'),
    place(READINGS),
    corpusOf(manifest, place, turn),
  ]);
  const repaired = new Map<string, Uint8Array>();
  const bm25 = openOrBuildBm25(bm25Bytes ?? null, corpus, options.bm25, repaired);
  await turn();
  const vectors = await openOrEmbed(vectorFile, corpus, manifest, options, repaired, turn);
  // Once is enough for all threads.
  if (memory) for (const [name, bytes] of repaired) keepShared(memory.files, name, bytes);
  const closing = new AbortController();
  const pending = repaired.size > 0 ? repair(folder, manifest, repaired) : Promise.resolve();
  track(pending);
  await openGraph(vectors, manifest, folder, options, pending, closing.signal);
  const readBy = manifest.readings;
  const records = readingFile && readBy !== undefined ? openReadings(readingFile, manifest.chunks) : null;
  const readings = records && { id: readBy as string, of: records };
  return {
    reader: createHnswReader({ info: infoOf(manifest), corpus, bm25, vectors, readings, onClose: () => closing.abort() }),
    manifest,
  };
}

/** Opens what a snapshot holds, and reads nothing of what it is searched by. Rejects with `index_damaged`. */
export async function openTexts(directory: string, id: string): Promise<IndexTexts> {
  const folder = snapshot.snapshotPath(directory, id);
  const manifest = await snapshot.readManifest(folder, id);
  const read = async (name: string) => {
    const bytes = await snapshot.readVerified(folder, manifest, name);
    return bytes && inMemory(bytes);
  };
  const texts = textsOf(infoOf(manifest), await corpusOf(manifest, read, createTurns()));
  return { ...texts, readBy: manifest.readings };
}

const infoOf = ({ format: _, files: __, readings: ___, ...info }: snapshot.Manifest) => info;

async function corpusOf(manifest: snapshot.Manifest, read: (name: string) => Promise<Placed | null>, turn: EventTurn): Promise<Corpus> {
  const { id } = manifest;
  const files: Record<string, Placed> = {};
  const sources = await Promise.all(SOURCE_FILES.map(read));
  SOURCE_FILES.forEach((name, at) => {
    const file = sources[at];
    if (!file) throw snapshot.damaged(`${name} of snapshot ${id} is missing or was changed`);
    files[name] = file;
  });
  let corpus: Corpus;
  try {
    corpus = await parseCorpus(files, turn);
  } catch (cause) {
    throw snapshot.damaged(`the segments of snapshot ${id} do not fit together`, cause);
  }
  const counts = [corpus.briefings.length, corpus.starts.at(-1), corpus.chunkStarts.at(-1)];
  if (counts.join() !== [manifest.briefings, manifest.paragraphs, manifest.chunks].join()) {
    throw snapshot.damaged(`the manifest of snapshot ${id} counts differently`);
  }
  return corpus;
}

function openOrBuildBm25(bytes: Uint8Array | null, corpus: Corpus, options: Bm25Options, repaired: Map<string, Uint8Array>): Bm25 {
  const chunks = corpus.chunkStarts.at(-1) as number;
  if (bytes) {
    try {
      return openBm25(bytes, chunks, options);
    } catch {
      // Built with other options, by another version, or by someone else: built again below.
    }
  }
  const built = buildBm25(entriesOf(corpus), options);
  repaired.set('bm25.bin', built);
  return openBm25(built, chunks, options);
}

/** Briefing by briefing, so that not all chunks are held at once. */
function* entriesOf(corpus: Corpus): Generator<LexicalBriefing> {
  for (const [at, briefing] of corpus.briefings.entries()) {
    yield { briefing, paragraphs: paragraphsOf(corpus, at), chunks: chunksOf(corpus, at) };
  }
}

async function openOrEmbed(
  file: Placed | null,
  corpus: Corpus,
  manifest: snapshot.Manifest,
  { embedder, scanUpTo }: OpenOptions,
  repaired: Map<string, Uint8Array>,
  turn: EventTurn,
): Promise<VectorSearch> {
  const { dimensions } = manifest;
  const search = (vectors: Float32Array | VectorRows) =>
    openVectorSearch({ vectors, dimensions, briefings: corpus.chunkStarts, scanUpTo }, turn);
  if (file) {
    try {
      return await search(vectorsIn(file, manifest.chunks, dimensions));
    } catch {
      // Embedded again below.
    }
  }
  const lost = `vectors.f32 of snapshot ${manifest.id} is missing or was changed`;
  if (embedder?.id !== manifest.embedder || embedder.dimensions !== dimensions) throw snapshot.damaged(lost);
  const list = await embedder.embedChunks(corpus.briefings.flatMap((_, at) => chunksOf(corpus, at)));
  if (list.length !== manifest.chunks || list.some((vector) => vector.length !== dimensions || !vector.every(Number.isFinite))) {
    throw snapshot.damaged(`${lost}, and embedding it again gave no usable vectors`);
  }
  const vectors = joinVectors(list, dimensions);
  repaired.set('vectors.f32', bytesOf(vectors));
  return search(vectors);
}

/**
 * Gives the vectors their graph when there are enough of them to need one. A graph that is missing or damaged is built
 * in the background, while every question is answered by a scan.
 */
async function openGraph(
  vectors: VectorSearch,
  manifest: snapshot.Manifest,
  folder: string,
  { scanUpTo, hnsw, native, track }: OpenOptions,
  pending: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { chunks, dimensions } = manifest;
  if (chunks <= scanUpTo || chunks === 0 || dimensions === 0 || !(await hnswAvailable(native)).available) return;
  const parts: GraphParts = { chunks, dimensions, vectors, hnsw, native, signal };
  const [bytes, places] = [await snapshot.readVerified(folder, manifest, GRAPH), await snapshot.readVerified(folder, manifest, PLACES)];
  const path = join(folder, GRAPH);
  if (bytes && places) {
    try {
      vectors.use(await loadGraph(path, bytes, places, parts));
      return;
    } catch {
      // Not readable here, for instance from another platform: built again below.
    }
  }
  const rebuild = async () => {
    await pending.catch(() => undefined);
    const graph = await buildGraph(parts);
    vectors.use(graph);
    const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    try {
      await graph.hnsw.save(temporary);
      const record = await snapshot.recordOf(temporary);
      await rename(temporary, path);
      const table = placesFile(graph.places);
      await snapshot.replaceDurably(join(folder, PLACES), table);
      const tableRecord = { length: table.length, sha256: sha256(table) };
      await rewriteManifest(folder, manifest, { [GRAPH]: record, [PLACES]: tableRecord });
    } finally {
      await rm(temporary, { force: true });
    }
  };
  track(rebuild());
}

/** Puts rebuilt files back. A disk that cannot be written is no error: the reader serves from memory. */
async function repair(folder: string, manifest: snapshot.Manifest, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const records: Record<string, snapshot.FileRecord> = {};
  for (const [name, bytes] of files) {
    await snapshot.replaceDurably(join(folder, name), bytes);
    records[name] = { length: bytes.length, sha256: sha256(bytes) };
  }
  await rewriteManifest(folder, manifest, records);
}

async function rewriteManifest(folder: string, manifest: snapshot.Manifest, records: Record<string, snapshot.FileRecord>): Promise<void> {
  const same = Object.entries(records).every(([name, { sha256 }]) => manifest.files[name]?.sha256 === sha256);
  if (same) return;
  Object.assign(manifest.files, records);
  await snapshot.replaceDurably(join(folder, 'manifest.json'), snapshot.manifestText(manifest));
}

/** Embeds chunks again when the vectors of a snapshot are lost. */
export interface ChunkEmbedder {
  id: string;
  dimensions: number;
  /** The same vectors ingest would compute, in the order of the chunks. */
  embedChunks(chunks: readonly Chunk[]): Promise<Float32Array[]>;
}
