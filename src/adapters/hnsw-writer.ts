import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { IndexWriter, IngestedBriefing } from '../core/ports.ts';
import { reasonOf } from '../core/reasons.ts';
import { type Bm25Options, buildBm25 } from './bm25.ts';
import { checkIngested } from './checks.ts';
import { bytesOf, joinVectors, parseVectors, sourceFiles } from './corpus-files.ts';
import { inSnapshotOrder } from './fields.ts';
import { buildHnsw, type HnswOptions, hnswAvailable, type NativeLoader } from './hnsw.ts';
import { type Lock, takeLock } from './lock.ts';
import * as snapshot from './snapshot.ts';

export interface WriterOptions {
  directory: string;
  embedder: { id: string; dimensions: number };
  bm25: Bm25Options;
  hnsw: HnswOptions;
  native: NativeLoader;
}

/**
 * Collects briefings in memory and writes them as one snapshot on commit. Until the pointer is renamed a reader sees
 * the old snapshot; from then on the new one; a crash at any instant leaves one of the two.
 */
export async function createWriter({ directory, embedder, bm25, hnsw, native }: WriterOptions): Promise<IndexWriter> {
  const [made, lock] = await prepare(directory);
  const live = await snapshot.readPointer(directory);
  await removeLeftovers(directory, live);
  const entries = new Map<string, { entry: IngestedBriefing; vectors: readonly Float32Array[] }>();
  let cache: Promise<Map<string, Float32Array>> | null = null;
  let state: 'open' | 'busy' | 'done' = 'open';

  function mustBeOpen(): void {
    if (state !== 'open') throw pilcrowError('internal', 'This index writer was already committed or discarded.');
  }

  async function finish(): Promise<void> {
    state = 'done';
    entries.clear();
    cache = null;
    await lock.release();
  }

  async function publish(...[abbreviations, gone]: Parameters<IndexWriter['commit']>): Promise<string> {
    const corpus = inSnapshotOrder([...entries.values()].map(({ entry }) => entry));
    const vectors = joinVectors(
      corpus.flatMap(({ briefing }) => entries.get(briefing.id)!.vectors),
      embedder.dimensions,
    );
    const chunks = corpus.reduce((sum, entry) => sum + entry.chunks.length, 0);
    const id = await snapshot.nextId(directory);
    const folder = snapshot.buildingPath(directory, id);
    await mkdir(folder);
    const files: Record<string, snapshot.FileRecord> = {};
    const write = async (name: string, content: string | Uint8Array) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      await snapshot.writeDurably(join(folder, name), bytes);
      files[name] = { length: bytes.length, sha256: snapshot.sha256(bytes) };
    };
    for (const [name, content] of Object.entries(sourceFiles(corpus, abbreviations, gone))) await write(name, content);
    await write('vectors.f32', bytesOf(vectors));
    await write('bm25.bin', buildBm25(corpus, bm25));
    if (chunks > 0 && embedder.dimensions > 0 && (await hnswAvailable(native)).available) {
      const graph = await buildHnsw(chunks, embedder.dimensions, unitVectors(vectors, embedder.dimensions), hnsw, { load: native });
      await graph.save(join(folder, 'hnsw.bin'));
      files['hnsw.bin'] = await snapshot.recordOf(join(folder, 'hnsw.bin'));
    }
    const manifest: snapshot.Manifest = {
      format: snapshot.FORMAT,
      id,
      created: new Date().toISOString(),
      embedder: embedder.id,
      dimensions: embedder.dimensions,
      briefings: corpus.length,
      paragraphs: corpus.reduce((sum, entry) => sum + entry.paragraphs.length, 0),
      chunks,
      files,
    };
    await snapshot.writeDurably(join(folder, 'manifest.json'), snapshot.manifestText(manifest));
    await snapshot.syncDirectory(folder);
    await rename(folder, snapshot.snapshotPath(directory, id));
    await snapshot.syncDirectory(join(directory, 'snapshots'));
    await snapshot.replaceDurably(join(directory, 'current'), `${id}\n`);
    return id;
  }

  return {
    async cached(hashes) {
      mustBeOpen();
      cache ??= liveVectors(directory, live, embedder);
      const known = await cache;
      return new Map(hashes.flatMap((hash) => (known.has(hash) ? [[hash, known.get(hash)!] as const] : [])));
    },
    async add(entry, vectors) {
      mustBeOpen();
      checkIngested(entry, vectors, embedder.dimensions, entries);
      // Copied: the caller may go on using its objects, and what was checked is what is written.
      entries.set(entry.briefing.id, { entry: structuredClone(entry), vectors: vectors.map((vector) => vector.slice()) });
    },
    async commit(abbreviations, gone) {
      mustBeOpen();
      state = 'busy';
      try {
        const id = await publish(abbreviations, gone);
        await snapshot.clean(directory, live === null ? [id] : [id, live]);
        return id;
      } catch (cause) {
        await removeBuilds(directory);
        if (isPilcrowError(cause)) throw cause;
        throw pilcrowError('unavailable', `The index could not be written: ${reasonOf(cause)}; the one before it stays live.`, {
          hint: `Check free space and permissions of ${directory}.`,
          retryable: true,
          cause,
        });
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

async function removeBuilds(directory: string): Promise<void> {
  await snapshot.clean(directory, await snapshot.snapshotIds(directory)).catch(() => undefined);
}

export function unitVectors(vectors: Float32Array, dimensions: number): (label: number) => number[] | null {
  return (label) => {
    const vector = vectors.subarray(label * dimensions, (label + 1) * dimensions);
    let squares = 0;
    for (const value of vector) squares += value * value;
    if (squares === 0) return null;
    const factor = 1 / Math.sqrt(squares);
    return Array.from(vector, (value) => value * factor);
  };
}

/** Vectors of the live snapshot by chunk hash; none when it is of another embedder or damaged. */
async function liveVectors(
  directory: string,
  id: string | null,
  embedder: { id: string; dimensions: number },
): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  if (id === null) return found;
  try {
    const folder = snapshot.snapshotPath(directory, id);
    const manifest = await snapshot.readManifest(folder, id);
    if (manifest.embedder !== embedder.id || manifest.dimensions !== embedder.dimensions) return found;
    const bytes = await snapshot.readVerified(folder, manifest, 'vectors.f32');
    const map = await snapshot.readVerified(folder, manifest, 'chunk-map.json');
    if (!bytes || !map) return found;
    const { hashes } = JSON.parse(new TextDecoder().decode(map)) as { hashes: string[] };
    const vectors = parseVectors(bytes, hashes.length, embedder.dimensions);
    hashes.forEach((hash, chunk) => {
      found.set(hash, vectors.slice(chunk * embedder.dimensions, (chunk + 1) * embedder.dimensions));
    });
    return found;
  } catch {
    return new Map();
  }
}
