import { createHnswStore, type HnswStore, type SharedSnapshot } from '../adapters/hnsw-store.ts';
import type { PostgresStore } from '../adapters/postgres/index.ts';
import { createStaticEmbedder, type StaticEmbedder } from '../adapters/static-embedder.ts';
import type { Config, DatabaseConfig } from '../config.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Chunk } from '../core/model.ts';
import type { Embedder, IndexReader, IndexStore } from '../core/ports.ts';
import type { ChunkReadings } from '../core/reading/pack.ts';

export const openLocal = (config: Pick<Config, 'embeddings'>): Promise<StaticEmbedder> =>
  createStaticEmbedder(config.embeddings ? { path: config.embeddings } : {});

/** Where the index is: a folder of this machine, or a database. */
export interface Store extends IndexStore {
  damaged(): ReturnType<HnswStore['damaged']>;
  /** For several threads, see `HnswStore`; a database is shared as it is. */
  openShared(given?: SharedSnapshot): Promise<{ reader: IndexReader; shared: SharedSnapshot | null } | null>;
  /** Calls back when another process has published, where the store hears of it. */
  onPublished?(told: () => void): void;
  /** What is amiss with where it is, in a sentence; null when all is well. */
  problem?(): string | null;
  close(): Promise<void>;
}

type Where = Pick<Config, 'index' | 'database'>;

export async function openDatabase({ url, ...options }: DatabaseConfig): Promise<PostgresStore> {
  const { connectPostgres, createPostgresStore } = await import('../adapters/postgres/index.ts');
  return createPostgresStore({ database: connectPostgres({ url: url(), ...options }), schema: options.schema });
}

/** The index. In a folder, vectors that were lost are computed again with an embedder, from the text ingest embeds. `readings`: for whoever writes. */
export async function openStore(config: Where, embedder: Embedder | null = null, readings?: ChunkReadings): Promise<Store> {
  if (!config.database) return { ...openFolder(config, embedder, readings), close: async () => {} };
  const store = await openDatabase(config.database);
  return {
    ...store,
    damaged: () => null,
    async openShared() {
      const reader = await store.open();
      return reader && { reader, shared: null };
    },
  };
}

function openFolder(config: Pick<Config, 'index'>, embedder: Embedder | null, readings: ChunkReadings | undefined): HnswStore {
  if (!embedder) return createHnswStore({ directory: config.index, readings });
  const { id, dimensions } = embedder;
  const embedChunks = async (chunks: readonly Chunk[]) => {
    const texts = chunks.map((chunk) => `${chunk.context}\n${chunk.text}`);
    const vectors = await embedder.embedDocuments(texts).catch((cause: Error) => {
      throw pilcrowError('index_damaged', `The vectors of the index are lost and cannot be made again now: ${cause.message}`, {
        hint: 'Run `pilcrow ingest` as soon as the embedding service can be reached.',
        retryable: true,
        cause,
      });
    });
    return vectors.map((vector) => Float32Array.from(vector));
  };
  return createHnswStore({ directory: config.index, embedder: { id, dimensions, embedChunks }, readings });
}
