import { join } from 'node:path';
import { createFeedbackFile } from './adapters/feedback-file.ts';
import { hnswAvailable } from './adapters/hnsw.ts';
import { createHnswStore } from './adapters/hnsw-store.ts';
import { createSiteTokens } from './adapters/site-tokens.ts';
import { createStaticEmbedder, type StaticEmbedder } from './adapters/static-embedder.ts';
import type { Config } from './config.ts';
import { pilcrowError } from './core/errors.ts';
import type { Chunk } from './core/model.ts';
import type { Embedder, IndexReader, IndexStore, Pilcrow } from './core/ports.ts';
import type { FeedbackStore, SiteTokenStore } from './core/site.ts';
import { createEditions } from './editions/changes.ts';
import { type EditionOverride, readOverrides, setOverride } from './editions/overrides.ts';

export type { IngestSummary } from './ingest/ingest.ts';

export interface PilcrowOptions {
  /** What the ask journey decides by, instead of the defaults; for measuring. */
  settings?: Partial<import('./ask/settings.ts').AskSettings>;
}

/** A service with what its front ends show about its state. */
export interface RunningPilcrow extends Pilcrow {
  /** What works less well than it should, in plain sentences; empty when all is well. */
  warnings(): string[];
}

/** One snapshot in use, with the questions that run on it. */
interface Generation {
  reader: IndexReader;
  asks: ReturnType<typeof import('./ask/ask.ts').createAsk>;
  running: number;
  /** When it was replaced, in milliseconds of `performance.now()`; null while it is live. */
  retired: number | null;
  closed: boolean;
}

/** How often at most a newly published snapshot is looked for. Reading the pointer is one small file read. */
const CHECK_MILLISECONDS = 250;
/** How long a replaced reader stays open for those who took it through `index()`; no page or listing takes that long. */
const GRACE_MILLISECONDS = 30_000;

const openEmbedder = (config: Config): Promise<StaticEmbedder> =>
  createStaticEmbedder(config.embeddings ? { path: config.embeddings } : {});

/** The index folder. With an embedder, vectors that were lost are computed again, from the text ingest embeds. */
function openStore(config: Config, embedder: Embedder | null = null): IndexStore {
  if (!embedder) return createHnswStore({ directory: config.index });
  const { id, dimensions } = embedder;
  const embedChunks = async (chunks: readonly Chunk[]) => {
    const vectors = await embedder.embedDocuments(chunks.map((chunk) => `${chunk.context}\n${chunk.text}`));
    return vectors.map((vector) => Float32Array.from(vector));
  };
  return createHnswStore({ directory: config.index, embedder: { id, dimensions, embedChunks } });
}

/** Words whose vectors are kept: at 512 dimensions 2 kB each, so 16 MB at most. */
/**
 * A running Pilcrow. A snapshot published later is taken up within 250 ms of the next question; questions that run
 * keep the one they began with. Without a snapshot every call rejects with `index_missing`; without an embedding
 * model, or with one that did not make the snapshot, answers come from word matching alone and `warnings` says so.
 */
export async function createPilcrow(config: Config, { settings = {} }: PilcrowOptions = {}): Promise<RunningPilcrow> {
  let embedder: StaticEmbedder | null = null;
  let embedderProblem: string | null = null;
  try {
    embedder = await openEmbedder(config);
  } catch (error) {
    embedderProblem = `The embedding model could not be opened (${(error as Error).message}); questions are matched by words alone.`;
  }
  // Only what answers needs the ranker and its weights; ingest and doctor start without them.
  const [{ createAsk }, { wordVectorsOf }] = await Promise.all([import('./ask/ask.ts'), import('./ask/word-vectors.ts')]);
  const store = openStore(config, embedder);
  const wordVectors = embedder ? wordVectorsOf(embedder.embed) : null;
  let live: Generation | null = null;
  let checked = Number.NEGATIVE_INFINITY;
  let opening: Promise<Generation> | null = null;
  let mismatch: string | null = null;
  let swapProblem: string | null = null;
  let closed = false;

  const open = async (): Promise<Generation> => {
    const reader = await store.open();
    if (!reader) {
      throw pilcrowError('index_missing', 'No briefings have been indexed yet.', {
        hint: 'Run `pilcrow ingest` (or `npm start`, which does it first).',
        retryable: true,
      });
    }
    const { info } = reader;
    const fits = embedder !== null && embedder.id === info.embedder && embedder.dimensions === info.dimensions;
    mismatch =
      embedder && !fits
        ? `The index was made with ${info.embedder} and this is ${embedder.id}; questions are matched by words alone. Run \`pilcrow ingest\`.`
        : null;
    return {
      reader,
      asks: createAsk({ index: async () => reader, embedder: fits ? embedder : null, wordVectors, settings }),
      running: 0,
      retired: null,
      closed: false,
    };
  };
  const closeWhenUnused = async (generation: Generation): Promise<void> => {
    if (generation.closed || generation.retired === null || generation.running > 0) return;
    const wait = generation.retired + GRACE_MILLISECONDS - performance.now();
    if (wait > 0) {
      setTimeout(() => void closeWhenUnused(generation), wait).unref();
      return;
    }
    generation.closed = true;
    await generation.reader.close().catch(() => {});
  };
  const swap = async (): Promise<Generation> => {
    const published = live ? await store.current() : null;
    if (live && (published === null || published === live.reader.info.id)) return live;
    try {
      const next = await open();
      swapProblem = null;
      const previous = live;
      live = next;
      if (previous) {
        previous.retired = performance.now();
        void closeWhenUnused(previous);
      }
      return next;
    } catch (error) {
      if (!live) throw error;
      // A snapshot that cannot be opened does not take the working one down.
      swapProblem = `A newer index could not be opened (${(error as Error).message}); the previous one still answers.`;
      return live;
    }
  };
  const generation = async (): Promise<Generation> => {
    if (closed) throw pilcrowError('unavailable', 'The service is shutting down.', { retryable: true });
    const now = performance.now();
    if (live && now - checked < CHECK_MILLISECONDS) return live;
    opening ??= swap().finally(() => {
      checked = performance.now();
      opening = null;
    });
    return opening;
  };
  const using = async <T>(work: (generation: Generation) => Promise<T>): Promise<T> => {
    const taken = await generation();
    taken.running++;
    try {
      return await work(taken);
    } finally {
      taken.running--;
      if (taken.retired !== null) void closeWhenUnused(taken);
    }
  };

  return {
    ask: (request, options) => using((taken) => taken.asks.ask(request, options)),
    search: (request) => using((taken) => taken.asks.search(request)),
    index: async () => (await generation()).reader,
    editions: createEditions(async () => (await generation()).reader),
    warnings: () => [embedderProblem, mismatch, swapProblem].filter((warning) => warning !== null),
    close: async () => {
      closed = true;
      await live?.reader.close();
      live = null;
    },
  };
}

export interface IngestOptions {
  onProgress?: Parameters<typeof import('./ingest/ingest.ts').ingest>[0]['onProgress'];
  signal?: AbortSignal;
}

/** Brings the index up to date with the corpus folder; see `ingest`. */
export async function ingestCorpus(config: Config, options: IngestOptions = {}) {
  const { ingest } = await import('./ingest/ingest.ts');
  const [embedder, overrides] = await Promise.all([openEmbedder(config), readOverrides(config.corpus)]);
  return ingest({ folder: config.corpus, store: openStore(config, embedder), embedder, overrides, ...options });
}

/** The file of a corpus folder that notes editions; no briefing. */
export { OVERRIDES_FILE } from './editions/overrides.ts';

/** Series, editions and changes of the live snapshot, without what answers need; `close` when done. */
export async function openEditions(config: Config) {
  const reader = await openStore(config).open();
  if (!reader) throw pilcrowError('index_missing', 'No briefings have been indexed yet.', { hint: 'Run `pilcrow ingest`.' });
  return { ...createEditions(async () => reader), briefings: () => reader.briefings(), close: () => reader.close() };
}

/** Notes what edition or series a file of the corpus is, or withdraws that (null). Holds from the next ingest on. */
export const setEdition = (config: Config, source: string, set: EditionOverride | null) => setOverride(config.corpus, source, set);

/** Whether there is a snapshot to serve from. */
export async function hasSnapshot(config: Config): Promise<boolean> {
  return (await openStore(config).current()) !== null;
}

/** Which sites may ask. */
export const openSiteTokens = (config: Config): SiteTokenStore => createSiteTokens(join(config.data, 'site-tokens.json'));

/** What readers thought of answers. */
export const openFeedback = (config: Config): FeedbackStore => createFeedbackFile(join(config.data, 'feedback'));

/** What answers depend on, each opened on its own, for looking at it. */
export function partsOf(config: Config) {
  return {
    native: () => hnswAvailable(),
    embedder: (): Promise<Embedder> => openEmbedder(config),
    /** Null when there is no snapshot; rejects when it is damaged beyond repair. */
    index: (): Promise<IndexReader | null> => openStore(config).open(),
  };
}
