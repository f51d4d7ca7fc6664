import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { createApiKeys } from './adapters/api-keys.ts';
import { createAuditFile } from './adapters/audit-file.ts';
import { createBriefingFiles } from './adapters/briefing-files.ts';
import type { Copied, CopyOptions } from './adapters/copy.ts';
import type { DayFiles } from './adapters/day-files.ts';
import { type EmbedderSource, sourceOf } from './adapters/embedder-source.ts';
import { createFeedbackFile, FEEDBACK_FAILED, feedbackOver, feedbackRecord, MOST_FEEDBACK_BYTES } from './adapters/feedback-file.ts';
import { hnswAvailable } from './adapters/hnsw.ts';
import { createHnswStore } from './adapters/hnsw-store.ts';
import { writeIngestNote } from './adapters/ingest-note.ts';
import { createIngestProcess, type IngestProcess } from './adapters/ingest-process.ts';
import { createMetrics, type Metrics } from './adapters/metrics.ts';
import { observed } from './adapters/observed.ts';
import { createOriginals } from './adapters/originals.ts';
import { packageRoot } from './adapters/package-root.ts';
import { createPool } from './adapters/pool/pool.ts';
import { pooled } from './adapters/pool/pooled.ts';
import { namesOf } from './adapters/pool/service-calls.ts';
import type { DayRecordsOptions } from './adapters/postgres/records.ts';
import { createPseudonyms, forgetKeys } from './adapters/pseudonyms.ts';
import { createQuestionLog, keepingQuestions, keptQuestion, MOST_QUESTION_BYTES, QUESTION_FAILED } from './adapters/question-log.ts';
import { createFileMemory } from './adapters/read-memory.ts';
import { createSiteTokens } from './adapters/site-tokens.ts';
import { type Verification, verifySnapshot } from './adapters/verify.ts';
import { startWatchdog, type Watchdog } from './adapters/watchdog.ts';
import { ingestNoteOf } from './compose/desk.ts';
import { createEngine, type LiveGeneration, madeWith, settingsOf } from './compose/engine.ts';
import { chatFrom, openModels, remoteSource } from './compose/models.ts';
import type { PilcrowOptions, RunningPilcrow } from './compose/options.ts';
import { openDatabase, openLocal, openStore, type Store } from './compose/store.ts';
import type { WorkerData } from './compose/worker.ts';
import type { Config, DatabaseConfig } from './config.ts';
import { type ApiKeyStore, type Audit, covers, type Groups } from './core/access.ts';
import type { Asking } from './core/asking.ts';
import type { IngestNote } from './core/desk.ts';
import { isPilcrowError, pilcrowError } from './core/errors.ts';
import type { Answer } from './core/model.ts';
import type { Originals } from './core/originals.ts';
import type { Embedder, IndexReader, IndexStore, Pilcrow } from './core/ports.ts';
import type { QuestionLog } from './core/question-log.ts';
import { chunkReadings } from './core/reading/pack.ts';
import type { FeedbackStore, SiteTokenStore } from './core/site.ts';
import type { BriefingFiles } from './core/updates.ts';
import { createEditions } from './editions/changes.ts';
import { type EditionOverride, readOverrides, setOverride } from './editions/overrides.ts';
import { isReachedByOthers } from './http/hosts.ts';
import type { Rates } from './http/limits.ts';
import type { Document } from './ingest/document.ts';
import type { DocumentReader } from './ingest/isolated.ts';

export { type IngestOrder, type IngestProcess, type IngestReply, transferred } from './adapters/ingest-process.ts';
export { openDesk } from './compose/desk.ts';
export type { PilcrowOptions, RunningPilcrow } from './compose/options.ts';
export { answerOnThread } from './compose/worker.ts';
export { candidateCases } from './desk/cases.ts';
export { isReachedByOthers } from './http/hosts.ts';
export type { IngestSummary } from './ingest/ingest.ts';

/** Most threads that are started unless the settings say how many: each takes memory, and a machine with many cores has other things to do. */
const MOST_BY_ITSELF = 8;
/** Questions in one thread at once where the index is in a database. */
const MOST_OF_DATABASE = 4;
/** How often at most a newly published snapshot is looked for. Reading the pointer is one small file read. */
const CHECK_MILLISECONDS = 250;

const HOUR = 3_600_000;
/** After how long it is told again that something cannot be written. */
const TOLD_AGAIN = 24 * HOUR;

/** What embeds: what is given in code, else the service of the settings, else the local model. */
const sourceFrom = async (config: Config, given: PilcrowOptions['embedder']): Promise<EmbedderSource> =>
  remoteSource(config, given) ?? sourceOf(await openLocal(config), false);

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
  onProgress?: Parameters<typeof import('./ingest/ingest.ts').ingest>[0]['onProgress'];
  signal?: AbortSignal;
  /** See `IngestRequest`. */
  allowEmpty?: boolean;
  force?: boolean;
  dryRun?: boolean;
  /** Embeds, instead of what the settings name; the same has to be given to `createPilcrow`. */
  embedder?: PilcrowOptions['embedder'];
}

/** Names this build: its chunks are named by their content. Run from its sources it is another one every time. */
const BUILD = /-[0-9A-Z]{8}\.js$/.test(import.meta.url) ? basename(import.meta.url) : randomUUID();

/** Reads briefings in a process of their own; from the sources, where there is no build, in this one. */
async function readerOf(): Promise<DocumentReader> {
  const { isolatedReader, localReader } = await import('./ingest/isolated.ts');
  const module = join(packageRoot(), 'dist', 'ingest', 'read.child.js');
  return existsSync(module) ? isolatedReader({ module }) : localReader;
}

/**
 * Brings the index up to date with the corpus folder; see `ingest`. With another embedder than before everything is embedded
 * anew, beside the index that serves. When a service that embeds fails, that index stays.
 */
export async function ingestCorpus(config: Config, { embedder: given, onProgress, signal, allowEmpty, force, dryRun }: IngestOptions = {}) {
  const [{ ingest }, { readAccessRules }, reader] = await Promise.all([
    import('./ingest/ingest.ts'),
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

/**
 * Reads one file as if it lay in the corpus under that name, and remembers what was read for the ingest to come. Rejects with what
 * is wrong with it.
 */
export async function checkBriefing(config: Config, name: string, path: string): Promise<void> {
  const [{ readFile }, { memoryKey }, { sha256 }, reader] = await Promise.all([
    import('./ingest/read.ts'),
    import('./ingest/memory.ts'),
    import('./core/hash.ts'),
    readerOf(),
  ]);
  try {
    const bytes = await readFile({ name, path });
    const document = await reader.read(name, bytes, { now: new Date() });
    if (document.paragraphs.length === 0) {
      throw pilcrowError('bad_document', `There is no text in ${name}.`, { hint: 'A scanned document needs text recognition first.' });
    }
    const memory = createFileMemory<Document>(join(config.index, 'reading'), BUILD);
    await memory.keep(memoryKey(memory.version, name, sha256(bytes)), document);
  } finally {
    await reader.close();
  }
}

/** Rejects when the live snapshot was made from another folder than the corpus: what it holds would be lost. */
export async function liesIn(config: Config): Promise<void> {
  const store = await openStore(config);
  const reader = await store.open().catch(() => null);
  const briefings = (await reader?.briefings()) ?? [];
  await reader?.close();
  await store.close();
  if (briefings.length === 0 || briefings.some(({ source }) => existsSync(join(config.corpus, source)))) return;
  throw pilcrowError('bad_config', `None of the briefings that answer now lies in ${config.corpus}.`, {
    hint: 'Set PILCROW_CORPUS to the folder the index was made from, or run `pilcrow ingest` once for this one.',
  });
}

/** The process that ingests while this one serves; it is started when there is something to do, or to watch. Needs the build. */
export function openIngestProcess(
  config: Config,
  told: Pick<Parameters<typeof createIngestProcess>[0], 'onTaken' | 'log'> = {},
): IngestProcess {
  const module = join(packageRoot(), 'dist', 'cli', 'ingest.child.js');
  if (!existsSync(module)) throw pilcrowError('internal', 'The process that ingests was not built.', { hint: 'Run `npm run build`.' });
  const settings = { PILCROW_CORPUS: config.corpus, PILCROW_INDEX: config.index, PILCROW_DATA: config.data };
  return createIngestProcess({ ...told, module, settings, watch: config.watch });
}

/** The files briefings were read from; null where nobody may have them. */
export const openOriginals = (config: Config): Originals | null => (config.originals ? createOriginals(config.corpus) : null);

/** The corpus folder, to be changed over HTTP; null when that is off. */
export async function openBriefingFiles(config: Config, ingester: IngestProcess, pilcrow: RunningPilcrow): Promise<BriefingFiles | null> {
  if (config.uploadBytes === 0) return null;
  const { acceptName } = await import('./ingest/file-name.ts');
  return createBriefingFiles({
    folder: config.corpus,
    ingester,
    accept: (given) => {
      const { name, bytes } = acceptName(given);
      return { name, bytes: Math.min(bytes, config.uploadBytes) };
    },
    live: async () => {
      const reader = await pilcrow.index().catch((error) => {
        // The first one may be brought in over HTTP.
        if (isPilcrowError(error) && error.code === 'index_missing') return null;
        throw error;
      });
      return (await reader?.briefings()) ?? [];
    },
    published: () => pilcrow.refresh(),
  });
}

/** Rejects with what is wrong with the rules of the corpus about who may read what. */
export async function checkAccessRules(config: Config): Promise<void> {
  const { readAccessRules } = await import('./ingest/access.ts');
  await readAccessRules(config.corpus);
}

/** The file of a corpus folder that notes editions; no briefing. */
export { OVERRIDES_FILE } from './editions/overrides.ts';

/** Series, editions and changes of the live snapshot, without what answers need; `close` when done. */
export async function openEditions(config: Config) {
  const store = await openStore(config);
  const reader = await store.open().catch(async (error) => {
    await store.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await reader?.close();
    await store.close();
  };
  if (!reader) {
    await close();
    throw pilcrowError('index_missing', 'No briefings have been indexed yet.', { hint: 'Run `pilcrow ingest`.' });
  }
  return { ...createEditions(async () => reader), briefings: () => reader.briefings(), close };
}

/** Notes what edition or series a file of the corpus is, or withdraws that (null). Holds from the next ingest on. */
export const setEdition = (config: Config, source: string, set: EditionOverride | null) => setOverride(config.corpus, source, set);

/** Recomputes what the live snapshot says of itself; null when there is none. */
export async function verifyIndex(config: Config): Promise<Verification | null> {
  if (!config.database) return verifySnapshot(config.index);
  const store = await openDatabase(config.database);
  return store.verify().finally(() => store.close());
}

/** Where an index lies: the database of the settings, or a folder. */
export type IndexPlace = 'database' | { folder: string };

/**
 * Copies the live snapshot from one place to another and holds what arrived against what was sent, by hashes; then asks both some
 * questions, which have to be answered alike. Rejects with `index_damaged` when anything differs.
 */
export async function copyIndex(
  config: Config,
  { from, to, ...told }: { from: IndexPlace; to: IndexPlace } & Pick<CopyOptions, 'onProgress' | 'signal'>,
): Promise<Copied & { asked: number }> {
  const [{ copySnapshot }, { folderContent }] = await Promise.all([import('./adapters/copy.ts'), import('./adapters/content.ts')]);
  const open = async (place: IndexPlace) => {
    if (place !== 'database') {
      const store = createHnswStore({ directory: place.folder });
      return { store, content: () => folderContent(place.folder), close: store.settled };
    }
    if (!config.database) throw pilcrowError('bad_request', 'No database is named.', { hint: 'Set DATABASE_URL.' });
    const store = await openDatabase(config.database);
    return { store, content: store.content, close: store.close };
  };
  const [source, target] = [await open(from), await open(to)];
  try {
    const content = await source.content();
    if (!content)
      throw pilcrowError('index_missing', 'There is nothing to copy.', { hint: 'Run `pilcrow ingest` for the index that is copied.' });
    const copied = await copySnapshot({ from: content, to: target.store, copied: target.content, ...told }).finally(content.close);
    return { ...copied, asked: await answeredAlike(config, source.store, target.store) };
  } finally {
    await source.close();
    await target.close();
  }
}

/** Questions two indexes are asked to see whether they are one. */
const ALIKE_QUESTIONS = 20;

/** Asks both what chunks spread over the index begin with. Rejects when an answer differs in more than its snapshot. */
async function answeredAlike(config: Config, one: IndexStore, other: IndexStore): Promise<number> {
  const [{ createAsk, localVectors }, local, ...readers] = await Promise.all([
    import('./ask/ask.ts'),
    openLocal(config).catch(() => null),
    one.open(),
    other.open(),
  ]);
  try {
    const [first, second] = readers as [IndexReader, IndexReader];
    const all = await first.briefings();
    const embedder = local?.id === first.info.embedder ? local : null;
    const asks = [first, second].map((reader) => createAsk({ index: async () => reader, embedder, vectors: local && localVectors(local) }));
    let asked = 0;
    for (let turn = 0; turn < ALIKE_QUESTIONS && all.length > 0; turn++) {
      const briefing = all[Math.floor((turn * all.length) / ALIKE_QUESTIONS)] as { id: string };
      const chunks = await first.chunksOf(briefing.id);
      const text = chunks[Math.floor((turn * chunks.length) / ALIKE_QUESTIONS)]?.text.split('\n')[0]?.slice(0, 200);
      if (!text) continue;
      const [a, b] = await Promise.all(asks.map(async ({ ask }) => told(await ask({ question: text }))));
      if (a !== b)
        throw pilcrowError('index_damaged', 'The copy answers otherwise than what was copied.', { hint: 'Run `pilcrow copy` again.' });
      asked++;
    }
    return asked;
  } finally {
    for (const reader of readers) await reader?.close();
  }
}

/** What two answers to the same question have in common where the same index gave them. */
const told = ({ status, sentences, citations }: Answer): string =>
  JSON.stringify([status, sentences.map(({ text }) => text), citations.map(({ paragraph, start, end }) => [paragraph, start, end])]);

/** Whether there is a snapshot to serve from. */
export async function hasSnapshot(config: Config): Promise<boolean> {
  const store = await openStore(config);
  return (await store.current().finally(() => store.close())) !== null;
}

/** Which sites may ask. */
export const openSiteTokens = (config: Config): SiteTokenStore => createSiteTokens(join(config.data, 'site-tokens.json'));

/** Ends the process when its event loop stands still for too long; null when it shall not. */
export const watchEventLoop = (config: Config): Watchdog | null =>
  config.watchdogSeconds === 0 ? null : startWatchdog({ seconds: config.watchdogSeconds, log: config.log !== 'silent' });

/** Where it is noted who was let in, changed a key or published what. */
export const openAudit = (config: Config, failed?: (error: Error) => void): Audit =>
  createAuditFile(join(config.data, 'audit.jsonl'), failed);

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

/** Keys of programs and people. */
export const openKeys = (config: Config): ApiKeyStore => createApiKeys(join(config.data, 'keys.json'));

/** What sessions of browsers need. */
export async function openSeal(config: Config) {
  const { createSeal, createEndedSessions } = await import('./adapters/seal.ts');
  return {
    seal: createSeal(join(config.data, 'session.key')),
    ended: createEndedSessions(join(config.data, 'ended-sessions.json')),
    publicUrl: config.publicUrl,
  };
}

/** Who signs people in; null when nobody does. `labels`: groups that matter here, those the live briefings name and those of the desk. */
export async function openSignIn(config: Config, pilcrow: Pick<Pilcrow, 'index'>) {
  if (!config.oidc) return null;
  const { createOidc } = await import('./adapters/oidc.ts');
  return {
    provider: createOidc(config.oidc),
    session: {
      minutes: config.oidc.sessionMinutes,
      labels: async () => {
        const briefings = await (await pilcrow.index()).briefings();
        return new Set([...config.adminGroups, ...briefings.flatMap(({ access }) => access?.flat() ?? [])]);
      },
    },
  };
}

/** How many of the live briefings only some groups may read, and which groups. */
export async function restricted(pilcrow: Pick<Pilcrow, 'index'>): Promise<{ briefings: number; of: number; groups: string[] }> {
  const all = await (await pilcrow.index()).briefings();
  const labelled = all.filter(({ access }) => access !== undefined);
  return {
    briefings: labelled.length,
    of: all.length,
    groups: [...new Set(labelled.flatMap(({ access }) => access?.flat() ?? []))].sort(),
  };
}

/**
 * Who may ask under these settings. Rejects with `bad_config` when others reach the service and nobody is known who might:
 * it has to be said that it is open to everybody.
 */
export function whoMayAsk(config: Config, keys: ApiKeyStore): { required: boolean; warnings: string[]; rates: Rates } {
  const reached = isReachedByOthers(config);
  const required = config.access === 'keys' || (config.access === null && reached);
  const where = config.publicUrl ?? `${config.host}:${config.port}`;
  if (required && keys.list().length === 0 && config.proxies.userHeader === null && config.oidc === null) {
    throw pilcrowError('bad_config', `Others may reach Pilcrow at ${where}, and nobody is known who may ask.`, {
      hint: 'Make a key with `pilcrow key create --name … --scope ask`, name who signs people in with PILCROW_OIDC_ISSUER, or set PILCROW_ACCESS=open to let everybody who reaches it read and ask.',
    });
  }
  const open = reached && !required;
  return {
    required,
    // Whoever works on this machine, an evaluation say, need not wait for anybody.
    rates: reached ? config.rates : { ...config.rates, requestsPerMinute: null, questionsAtOnce: null },
    warnings: [
      ...(open ? [`Everybody who can reach ${where} reads every briefing that is for everyone and asks: PILCROW_ACCESS is open.`] : []),
      ...(config.uploadBytes > 0 && !keys.list().some(({ scope }) => covers(scope, 'ingest'))
        ? [
            'Briefings may be brought in over HTTP, but no key has the scope ingest: `pilcrow key create --name … --scope ingest` makes one.',
          ]
        : []),
      ...(config.oidc?.clientId && reached && !config.publicUrl?.startsWith('https:')
        ? [
            'People sign in over an address without encryption, or one that is not known: set PILCROW_PUBLIC_URL to where they reach it, with https.',
          ]
        : []),
      ...config.notices,
    ],
  };
}

/** What readers thought of answers. */
export function openFeedback(config: Config): FeedbackStore {
  if (!config.database) return createFeedbackFile(join(config.data, 'feedback'));
  const how = { kind: 'feedback', parse: feedbackRecord, failed: FEEDBACK_FAILED, mostBytes: MOST_FEEDBACK_BYTES };
  return feedbackOver(recordsIn(config.database, how));
}

/** Questions that were kept. */
export function openQuestionLog(config: Config): QuestionLog {
  if (!config.database) return createQuestionLog(join(config.data, 'questions'));
  const how = { kind: 'questions', parse: keptQuestion, failed: QUESTION_FAILED, mostBytes: MOST_QUESTION_BYTES };
  return recordsIn(config.database, how);
}

/** Records by day in a database, which is connected to when the first is written or read. */
function recordsIn<T>(
  { url, ...options }: DatabaseConfig,
  how: Pick<DayRecordsOptions<T>, 'kind' | 'parse' | 'failed' | 'mostBytes'>,
): DayFiles<T> {
  let opened: Promise<DayFiles<T>> | null = null;
  const records = (): Promise<DayFiles<T>> => {
    opened ??= Promise.all([import('./adapters/postgres/connect.ts'), import('./adapters/postgres/records.ts')]).then(
      ([{ connectPostgres }, { createDayRecords }]) =>
        createDayRecords({ ...how, database: connectPostgres({ url: url(), ...options, connections: 2 }), schema: options.schema }),
    );
    return opened;
  };
  return {
    add: async (record) => (await records()).add(record),
    list: async () => (await records()).list(),
    expire: async (days) => (await records()).expire(days),
    settled: async () => (await opened)?.settled(),
  };
}

/** The same service with its questions kept, where the settings say so. What cannot be kept is told once, and then again when a day has passed. */
export function keepQuestions<Service extends Pilcrow>(
  config: Config,
  pilcrow: Service,
  asking: Asking,
  failed: (error: Error) => void,
): { pilcrow: Service; settled(): Promise<void> } {
  if (config.keep.questionDays === null) return { pilcrow, settled: async () => {} };
  const log = openQuestionLog(config);
  const nameOf = createPseudonyms(join(config.data, 'questions'));
  let told = Number.NEGATIVE_INFINITY;
  const tell = (error: Error): void => {
    if (performance.now() - told < TOLD_AGAIN) return;
    told = performance.now();
    failed(error);
  };
  return { pilcrow: keepingQuestions(pilcrow, { log, asker: asking.current, nameOf, failed: tell }), settled: log.settled };
}

/** Removes questions, keys of their askers' names and feedback that are older than the settings say. */
async function forgetOld(config: Config): Promise<void> {
  const { questionDays, feedbackDays } = config.keep;
  forgetKeys(join(config.data, 'questions'));
  if (questionDays !== null) await openQuestionLog(config).expire(questionDays);
  if (feedbackDays !== null) await openFeedback(config).expire(feedbackDays);
}

/** Does so now and every hour. */
export function forgetting(config: Config, failed: (error: Error) => void): { stop(): void } {
  const look = () => void forgetOld(config).catch(failed);
  look();
  const timer = setInterval(look, HOUR);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** What answers depend on, each opened on its own, for looking at it. Nothing is contacted but by `open` of a remote source and the chat model. */
export function openParts(config: Config) {
  let store: Store | null = null;
  return {
    native: () => hnswAvailable(),
    local: (): Promise<Embedder> => openLocal(config),
    source: () => sourceFrom(config, undefined),
    chat: () => chatFrom(config, undefined),
    /** Null when there is no snapshot; rejects when it is damaged beyond repair. */
    index: async (): Promise<IndexReader | null> => {
      store = await openStore(config);
      return store.open();
    },
    /** What stands in for a damaged snapshot, once `index` was called. */
    damaged: () => store?.damaged() ?? null,
    close: async () => store?.close(),
  };
}
