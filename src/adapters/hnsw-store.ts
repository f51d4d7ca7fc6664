import { isPilcrowError, type PilcrowError } from '../core/errors.ts';
import type { IndexReader, IndexStore } from '../core/ports.ts';
import type { ChunkReadings } from '../core/reading/pack.ts';
import { BM25_DEFAULTS, type Bm25Options } from './bm25.ts';
import { HNSW_DEFAULTS, type HnswOptions, loadHnswlib, type NativeLoader } from './hnsw.ts';
import { createHnswWriter } from './hnsw-writer.ts';
import { type ChunkEmbedder, IN_MEMORY_UP_TO, openSnapshot, openTexts } from './open-snapshot.ts';
import { type SharedFiles, sharedFiles } from './shared-files.ts';
import * as snapshot from './snapshot.ts';
import { SCAN_UP_TO } from './vectors.ts';

export interface HnswStoreOptions {
  /** Directory of the index; made by the first writer. */
  directory: string;
  bm25?: Partial<Bm25Options>;
  hnsw?: Partial<HnswOptions>;
  /** Chunks up to which all vectors are compared; above, the graph answers. */
  scanUpTo?: number;
  /** Without it, lost vectors count as a damaged snapshot. */
  embedder?: ChunkEmbedder;
  /** Reads chunks for ranking when they are written. Without it, they are read when they are asked for. */
  readings?: ChunkReadings;
  /** How the native module is loaded. */
  native?: NativeLoader;
  /** Bytes up to which texts, vectors and readings of a snapshot are held in memory; larger files are read by place. */
  inMemoryUpTo?: number;
}

/** A snapshot that was opened once, for opening it in other threads without reading or holding it again. Can be posted. */
export interface SharedSnapshot {
  manifest: snapshot.Manifest;
  files: SharedFiles;
  damage: ReturnType<HnswStore['damaged']>;
}

export interface HnswStore extends IndexStore {
  /**
   * Like `open`, of files in memory that threads share; `given`: those another thread read and verified, for a reader of the same
   * snapshot. The graph is each thread's own.
   */
  openShared(given?: SharedSnapshot): Promise<{ reader: IndexReader; shared: SharedSnapshot } | null>;
  /** Resolves when repairs that `open` left running in the background are done (or given up). */
  settled(): Promise<void>;
  /** The live snapshot when it is damaged and another one was opened in its place; null when all is well. */
  damaged(): { live: string; served: string; why: string } | null;
}

/** An index in a directory of this machine: HNSW and BM25, one immutable snapshot after the other. See snapshot.ts. */
export function createHnswStore(options: HnswStoreOptions): HnswStore {
  const {
    directory,
    scanUpTo = SCAN_UP_TO,
    embedder = null,
    native = loadHnswlib,
    readings = null,
    inMemoryUpTo = IN_MEMORY_UP_TO,
  } = options;
  const bm25 = { ...BM25_DEFAULTS, ...options.bm25 };
  const hnsw = { ...HNSW_DEFAULTS, ...options.hnsw };
  const repairs = new Set<Promise<void>>();
  /** Snapshots found damaged, and the one served instead: so `current` agrees with what `open` gave. */
  const replaced = new Map<string, string>();
  let damage: ReturnType<HnswStore['damaged']> = null;

  const track = (repair: Promise<void>): void => {
    const done = repair.catch(() => undefined).finally(() => repairs.delete(done));
    repairs.add(done);
  };

  /** The snapshot to open first: what the pointer says, or the newest when the pointer is lost. */
  async function pointed(): Promise<string | null> {
    return (await snapshot.readPointer(directory)) ?? (await snapshot.snapshotIds(directory))[0] ?? null;
  }

  const opened = (id: string, memory?: { files: SharedFiles; manifest?: snapshot.Manifest }) =>
    openSnapshot({ directory, id, bm25, hnsw, scanUpTo, embedder, native, inMemoryUpTo, track, memory });

  async function attempt<T>(first: string, open: (id: string) => Promise<T>): Promise<T> {
    const older = (await snapshot.snapshotIds(directory)).filter((id) => id !== first);
    // Older ones first: what is newer than the pointer was never published.
    const order = [first, ...older.filter((id) => id < first), ...older.filter((id) => id > first)];
    let failure: PilcrowError | null = null;
    for (const id of order) {
      try {
        const found = await open(id);
        if (id === first) {
          replaced.delete(first);
          damage = null;
        } else {
          replaced.set(first, id);
          damage = { live: first, served: id, why: failure?.message ?? '' };
        }
        return found;
      } catch (error) {
        if (!isPilcrowError(error) || error.code !== 'index_damaged') throw error;
        failure ??= error;
      }
    }
    throw failure;
  }

  async function live<T>(open: (id: string) => Promise<T>): Promise<T | null> {
    for (let tries = 1; ; tries++) {
      const first = await pointed();
      if (first === null) return null;
      try {
        return await attempt(first, open);
      } catch (error) {
        // Two publications during one opening may have deleted what was being read: start again at the pointer.
        if (tries === 3 || (await pointed()) === first) throw error;
      }
    }
  }

  return {
    open: () => live(async (id) => (await opened(id)).reader),
    texts: () => live((id) => openTexts(directory, id)),
    intact: async (id) => (await snapshot.readPointer(directory)) === id && (await snapshot.isIntact(directory, id)),
    async openShared(given) {
      if (!given) {
        const files = sharedFiles();
        const found = await live((id) => opened(id, { files }));
        return found && { reader: found.reader, shared: { manifest: found.manifest, files, damage } };
      }
      const { reader } = await opened(given.manifest.id, given);
      damage = given.damage;
      return { reader, shared: given };
    },
    async current() {
      const id = await pointed();
      return id === null ? null : (replaced.get(id) ?? id);
    },
    keeps: true,
    ...(readings && { reads: readings.id }),
    write: (wanted) => createHnswWriter({ directory, embedder: wanted, bm25, hnsw, scanUpTo, native, readings }),
    damaged: () => damage,
    async settled() {
      while (repairs.size > 0) await Promise.all(repairs);
    },
  };
}
