import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sourceOf } from './adapters/embedder-source.ts';
import { writeIngestNote } from './adapters/ingest-note.ts';
import { createMetrics, type Metrics } from './adapters/metrics.ts';
import { observed } from './adapters/observed.ts';
import { packageRoot } from './adapters/package-root.ts';
import { createPool, namesOf, pooled } from './adapters/pool/index.ts';
import { createFileMemory } from './adapters/read-memory.ts';
import { startWatchdog, type Watchdog } from './adapters/watchdog.ts';
import { BUILD, readerOf } from './compose/corpus.ts';
import { ingestNoteOf } from './compose/desk.ts';
import { createEngine, type LiveGeneration, madeWith, settingsOf } from './compose/engine.ts';
import { sourceFrom } from './compose/index-tools.ts';
import { openModels, remoteSource } from './compose/models.ts';
import type { PilcrowOptions, RunningPilcrow } from './compose/options.ts';
import { openLocal, openStore } from './compose/store.ts';
import type { WorkerData } from './compose/worker.ts';
import type { Config } from './config.ts';
import type { Groups } from './core/access.ts';
import type { IngestNote } from './core/desk.ts';
import { isPilcrowError, pilcrowError } from './core/errors.ts';
import type { Embedder, Pilcrow } from './core/ports.ts';
import { chunkReadings } from './core/reading/pack.ts';
import { createEditions, readOverrides } from './editions/index.ts';
import type { Document } from './ingest/index.ts';

export { type IngestOrder, type IngestReply, transferred } from './adapters/ingest-process.ts';
export * from './compose/askers.ts';
export {
  checkAccessRules,
  checkBriefing,
  liesIn,
  openBriefingFiles,
  openIngestProcess,
  openOriginals,
} from './compose/corpus.ts';
export { openDesk } from './compose/desk.ts';
export {
  copyIndex,
  hasSnapshot,
  type IndexPlace,
  openEditions,
  openParts,
  setEdition,
  verifyIndex,
} from './compose/index-tools.ts';
export { forgetting, keepQuestions, openFeedback, openQuestionLog } from './compose/kept.ts';
export type { PilcrowOptions, RunningPilcrow } from './compose/options.ts';
export { answerOnThread } from './compose/worker.ts';
export { isReachedByOthers } from './core/hosts.ts';
export { candidateCases } from './desk/index.ts';
export type { IngestSummary } from './ingest/index.ts';

/** Most threads that are started unless the settings say how many: each takes memory, and a machine with many cores has other things to do. */
const MOST_BY_ITSELF = 8;
/** Questions in one thread at once where the index is in a database. */
const MOST_OF_DATABASE = 4;
/** How often at most a newly published snapshot is looked for. Reading the pointer is one small file read. */
const CHECK_MILLISECONDS = 250;

const notOpened = (error: Error): string => `A newer index could not be opened (${error.message}); the previous one still answers.`;

/**
 * A running Pilcrow. A snapshot published later is taken up within 250 ms of the next question; questions that run
 * keep the one they began with. Without a snapshot every call rejects with `index_missing`; without an embedding
 * model, or with one that did not make the snapshot, answers come from word matching alone and `warnings` says so.
 */
export async function createPilcrow(config: Config, options: PilcrowOptions = {}): Promise<RunningPilcrow> {
  const models = await openModels(config, options);
  const engine = await createEngine(settingsOf(config, options), models, options.log);
  let live: LiveGeneration | null = null;
  let checked = Number.NEGATIVE_INFINITY;
  let opening: Promise<LiveGeneration> | null = null;
  let swapProblem: string | null = null;
  let closed = false;

  const swap = async (): Promise<LiveGeneration> => {
    const published = live ? await engine.current() : null;
    if (live && (published === null || published === live.reader.info.id)) return live;
    try {
      const next = await engine.open();
      swapProblem = null;
      void live?.retire();
      live = next;
      return next;
    } catch (error) {
      if (!live) throw error;
      // A snapshot that cannot be opened does not take the working one down.
      swapProblem = notOpened(error as Error);
      return live;
    }
  };
  const generation = async (): Promise<LiveGeneration> => {
    if (closed) throw pilcrowError('unavailable', 'The service is shutting down.', { retryable: true });
    const now = performance.now();
    if (live && now - checked < CHECK_MILLISECONDS) return live;
    opening ??= swap().finally(() => {
      checked = performance.now();
      opening = null;
    });
    return opening;
  };

  const over = (groups: Groups): Omit<Pilcrow, 'close' | 'seenBy'> => {
    const now = async () => (await generation()).over(groups);
    const index = async () => (await now()).index();
    return {
      ask: async (request, options) => (await now()).ask(request, options),
      search: async (request) => (await now()).search(request),
      index,
      editions: createEditions(index),
      suggestions: async (given) => (await now()).suggestions(given),
    };
  };
  const part = (groups: Groups): Pilcrow => {
    const seen: Pilcrow = { ...over(groups), seenBy: () => seen, close: async () => {} };
    return seen;
  };

  // One that was published elsewhere is opened before the next question comes.
  engine.onPublished?.(() => {
    checked = Number.NEGATIVE_INFINITY;
    if (live && !closed) void generation().catch(() => undefined);
  });

  return {
    ...over(null),
    seenBy: part,
    warnings: () => [...engine.problems, ...(swapProblem === null ? [] : [swapProblem]), ...(live?.warnings ?? []), ...models.problems()],
    refresh: async () => {
      // One that is being opened may be the one before.
      await opening?.catch(() => undefined);
      checked = Number.NEGATIVE_INFINITY;
      await generation();
    },
    quiesce: () => models.stop(),
    close: async () => {
      closed = true;
      models.stop();
      await live?.close();
      live = null;
      await engine.close();
    },
  };
}

/**
 * The service that is put behind HTTP: worker threads answer, the thread that calls this only hands questions to them. In this thread, where
 * the settings say so, or from sources that were not built.
 */
export async function openService(config: Config, options: Omit<PilcrowOptions, 'settings'> = {}): Promise<RunningPilcrow> {
  const workers = config.workers ?? Math.min(MOST_BY_ITSELF, availableParallelism());
  if (workers === 0) return createPilcrow(config, options);
  const module = join(packageRoot(), 'dist', 'cli', 'answers.worker.js');
  if (import.meta.url.endsWith('.ts') || !existsSync(module)) {
    options.log?.('warn', 'The threads that answer are not built: the one that serves answers. Run `npm run build`.');
    return createPilcrow(config, options);
  }
  const models = await openModels(config, options);
  const { database, ...settings } = settingsOf(config, options);
  // The connections of a service are for all its threads together.
  const own = database && { ...database, connections: Math.max(1, Math.floor(database.connections / workers)) };
  const data: WorkerData = { settings: { ...settings, database: own }, models: namesOf(models) };
  const store = await openStore(config);
  const pool = createPool({
    workers,
    module,
    data,
    served: models,
    current: () => store.current(),
    computing: config.computingMilliseconds,
    // Whoever waits for a database computes nothing.
    atOnce: config.database ? MOST_OF_DATABASE : 1,
    // Questions wait outside already; what reads waits here.
    waiting: config.rates.questionsRunning + config.rates.questionsWaiting,
    log: options.log,
  });
  store.onPublished?.(() => void pool.refresh().catch(() => undefined));
  return {
    ...pooled(pool),
    warnings: () => [...pool.warnings(), ...models.problems(), ...[store.problem?.() ?? []].flat()],
    refresh: pool.refresh,
    quiesce: () => models.stop(),
    close: async () => {
      models.stop();
      await pool.close();
      await store.close();
    },
  };
}

export interface IngestOptions {
  onProgress?: Parameters<typeof import('./ingest/index.ts').ingest>[0]['onProgress'];
  signal?: AbortSignal;
  /** See `IngestRequest`. */
  allowEmpty?: boolean;
  force?: boolean;
  dryRun?: boolean;
  /** Embeds, instead of what the settings name; the same has to be given to `createPilcrow`. */
  embedder?: PilcrowOptions['embedder'];
}

/**
 * Brings the index up to date with the corpus folder; see `ingest`. With another embedder than before everything is embedded
 * anew, beside the index that serves. When a service that embeds fails, that index stays.
 */
export async function ingestCorpus(config: Config, { embedder: given, onProgress, signal, allowEmpty, force, dryRun }: IngestOptions = {}) {
  const [{ ingest }, { readAccessRules }, reader] = await Promise.all([
    import('./ingest/index.ts'),
    import('./ingest/access.ts'),
    readerOf(),
  ]);
  const memory = createFileMemory<Document>(join(config.index, 'reading'), BUILD);
  // Whatever embeds the index: the ranker compares by its vectors.
  const local = await openLocal(config).catch(() => null);
  const [source, overrides, access, made] = await Promise.all([
    remoteSource(config, given) ?? (local ? sourceOf(local, false) : sourceFrom(config, given)),
    readOverrides(config.corpus),
    readAccessRules(config.corpus),
    madeWith(config),
  ]);
  const run = async (embedder: Embedder) => {
    const embedDocuments: (texts: string[], options: { signal?: AbortSignal }) => Promise<number[][]> =
      embedder.embedDocuments.bind(embedder);
    const stoppable: Embedder = {
      id: embedder.id,
      dimensions: embedder.dimensions,
      embedQuery: (text) => embedder.embedQuery(text),
      embedDocuments: (texts) => embedDocuments(texts, { signal }),
    };
    const store = await openStore(config, null, chunkReadings(local));
    return ingest({
      folder: config.corpus,
      store,
      embedder: stoppable,
      overrides,
      access,
      onProgress,
      signal,
      reader,
      memory: dryRun ? { ...memory, keep: async () => {}, prune: async () => {}, note: async () => {} } : memory,
      allowEmpty,
      force,
      dryRun,
    }).finally(() => store.close());
  };
  // The index knows how long the vectors are, so a service need not be asked when nothing has changed.
  const known = made && (await source.of(made));
  const attempt = async () => {
    try {
      return await run(known ?? (await source.open()));
    } catch (error) {
      if (!known) throw error;
      // The service may have another model by the same name by now.
      const other = source.remote && isPilcrowError(error) && error.code === 'bad_vector' ? await source.open() : known;
      if (other.dimensions === known.dimensions) throw error;
      return await run(other);
    }
  };
  const note = (told: Omit<IngestNote, 'time'>) =>
    dryRun ? null : writeIngestNote(ingestNoteOf(config), { time: new Date().toISOString(), ...told });
  try {
    const summary = await attempt();
    await note({ failed: null, problems: summary.problems, notes: summary.notes });
    return summary;
  } catch (error) {
    // Told beside the index, for whoever looks after it and did not begin it. One that was stopped, or found another at work, says nothing.
    if (isPilcrowError(error) && error.code !== 'index_locked') {
      const problems = Array.isArray(error.details) ? (error.details as IngestNote['problems']) : [];
      await note({ failed: { message: error.message, hint: error.hint }, problems, notes: [] });
    }
    throw error;
  } finally {
    await reader.close();
  }
}

/** The file of a corpus folder that notes editions; no briefing. */
export { OVERRIDES_FILE } from './editions/index.ts';

/** Ends the process when its event loop stands still for too long; null when it shall not. */
export const watchEventLoop = (config: Config): Watchdog | null =>
  config.watchdogSeconds === 0 ? null : startWatchdog({ seconds: config.watchdogSeconds, log: config.log !== 'silent' });

/** Counts what a service does; `watch` gives the service whose questions are counted. */
export function openMetrics(): Metrics & { watch(pilcrow: RunningPilcrow): RunningPilcrow } {
  let watched: RunningPilcrow | null = null;
  const metrics = createMetrics(async () => ({
    snapshot: (await watched?.index().catch(() => null))?.info ?? null,
    warnings: watched?.warnings().length ?? 0,
  }));
  return {
    ...metrics,
    watch(pilcrow) {
      watched = pilcrow;
      return observed(pilcrow, metrics);
    },
  };
}
