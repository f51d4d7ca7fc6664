import type { MadeWith } from '../adapters/embedder-source.ts';
import { sourceOf } from '../adapters/embedder-source.ts';
import type { SharedSnapshot } from '../adapters/hnsw-store.ts';
import { readManifest, readPointer, snapshotPath } from '../adapters/snapshot.ts';
import type { StaticEmbedder } from '../adapters/static-embedder.ts';
import type { Config, DatabaseConfig } from '../config.ts';
import type { Groups } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Answer, AskEvent, AskRequest, Note } from '../core/model.ts';
import type { AskOptions, IndexReader, Pilcrow } from '../core/ports.ts';
import { createEditions } from '../editions/index.ts';
import type { Models } from './models.ts';
import type { PilcrowOptions } from './options.ts';
import { openDatabase, openLocal, openStore } from './store.ts';

/** How long an answer waits for the questions that go on from it; made in the background, they come with later answers. */
const NEXT_MILLISECONDS = 50;
/** How long a replaced reader stays open for those who took it through `index()`; no page or listing takes that long. */
const GRACE_MILLISECONDS = 30_000;

/** What answering depends on, as it can be told to another thread. */
export interface EngineSettings {
  index: Config['index'];
  /** Its address as it is: functions cannot be told to a thread. */
  database: (Omit<DatabaseConfig, 'url'> & { address: string }) | null;
  embeddings: Config['embeddings'];
  strictness: Config['answer']['strictness'];
  milliseconds: number;
  name: string;
  /** Where people turn, and days that questions are kept: talk says so. */
  contact: string | null;
  questionDays: number | null;
  settings?: PilcrowOptions['settings'];
  next?: boolean;
}

/** One snapshot in use, with the questions that run on it. */
export interface LiveGeneration {
  readonly reader: IndexReader;
  /** For the same snapshot in other threads; null unless it was asked for. */
  readonly shared: SharedSnapshot | null;
  /** What is amiss with it, in plain sentences. */
  readonly warnings: readonly string[];
  /** The use cases over what some groups may read; what is kept of a question or an edition is kept with the reader of that part. */
  over(groups: Groups): Omit<Pilcrow, 'close' | 'seenBy'>;
  /** Closes it when nobody needs it any more; resolves when it is closed. */
  retire(): Promise<void>;
  close(): Promise<void>;
}

/** Everything that answers, before a snapshot is opened. */
export interface Engine {
  /**
   * Opens the live snapshot, or one another thread has opened. `share`: so that others can. Rejects with `index_missing` when there is
   * none, with `index_damaged` when it is beyond repair.
   */
  open(given?: { share?: boolean; from?: SharedSnapshot }): Promise<LiveGeneration>;
  /** Id of the live snapshot, or null. */
  current(): Promise<string | null>;
  /** Calls back when another process has published, where that is heard of. */
  onPublished?(told: () => void): void;
  close(): Promise<void>;
  /** What does not work whatever the snapshot, in plain sentences. */
  problems: readonly string[];
}

export const settingsOf = (config: Config, { settings, next }: Pick<PilcrowOptions, 'settings' | 'next'>): EngineSettings => ({
  index: config.index,
  database: config.database && { ...withoutUrl(config.database), address: config.database.url() },
  embeddings: config.embeddings,
  strictness: config.answer.strictness,
  milliseconds: config.answer.milliseconds,
  name: config.site.name,
  contact: config.site.contact,
  questionDays: config.keep.questionDays,
  settings,
  next,
});

const withoutUrl = ({ url: _, ...rest }: DatabaseConfig): Omit<DatabaseConfig, 'url'> => rest;

/** What made the live snapshot, without opening it; null when there is none that can be read. */
export async function madeWith(config: Pick<Config, 'index' | 'database'>): Promise<MadeWith | null> {
  if (config.database) {
    const store = await openDatabase(config.database);
    return store.info().finally(() => store.close());
  }
  const id = await readPointer(config.index).catch(() => null);
  return id === null ? null : readManifest(snapshotPath(config.index, id), id).catch(() => null);
}

export async function createEngine(config: EngineSettings, models: Models, log?: PilcrowOptions['log']): Promise<Engine> {
  // Opened in any case: the ranker compares words by its vectors.
  let local: StaticEmbedder | null = null;
  const problems: string[] = [];
  try {
    local = await openLocal(config);
  } catch (error) {
    const effect = models.embedder ? 'answers are chosen less well' : 'questions are matched by words alone';
    problems.push(`The embedding model could not be opened (${(error as Error).message}); ${effect}.`);
  }
  const source = models.embedder ?? (local && sourceOf(local, false));
  // Only what answers needs the ranker and its weights; ingest and doctor start without them.
  const { createAsk, damagedNote, localVectors } = await import('../ask/index.ts');
  const where = {
    index: config.index,
    database: config.database && { ...config.database, url: () => (config.database as { address: string }).address },
  };
  const made = await madeWith(where);
  const store = await openStore(where, models.embedder ? made && (await models.embedder.of(made)) : local);
  const vectors = local && localVectors(local);

  return {
    problems,
    current: () => store.current(),
    onPublished: store.onPublished,
    close: () => store.close(),
    async open({ share = false, from } = {}) {
      const opened = share || from ? await store.openShared(from) : { reader: await store.open(), shared: null };
      if (!opened?.reader) {
        throw pilcrowError('index_missing', 'No briefings have been indexed yet.', {
          hint: 'Run `pilcrow ingest` (or `npm start`, which does it first).',
          retryable: true,
        });
      }
      const { reader, shared } = opened;
      const { info } = reader;
      const damage = store.damaged();
      if (damage && !from) {
        const { live, why } = damage;
        log?.('error', `The newest index (${live}) cannot be used and the one before it answers: ${why} Run \`pilcrow ingest\`.`);
      }
      const embedder = (await source?.of(info)) ?? null;
      const warnings = [
        ...(source && !embedder
          ? [
              `The index was made with ${info.embedder} and this is ${source.name}; questions are matched by words alone. Run \`pilcrow ingest\`.`,
            ]
          : []),
        ...(damage ? [REPLACED] : []),
      ];
      const asks = createAsk({
        index: async () => reader,
        embedder,
        vectors,
        settings: { strictness: config.strictness, ...config.settings },
        multilingual: models.embedder !== null,
        reranker: models.reranker,
        chat: models.chat,
        check: models.check,
        milliseconds: config.milliseconds,
        service: { name: config.name, contact: config.contact, questionDays: config.questionDays },
        nextMilliseconds: config.next ? NEXT_MILLISECONDS : null,
      });
      /** An answer from a snapshot that stands in for a damaged newer one says so. */
      const ask: typeof asks.ask = damage
        ? (request, options, over) => askNoting(asks.ask, damagedNote(request), request, options, over)
        : asks.ask;
      const { using, retire, close } = lifeOf(reader);
      return {
        reader,
        shared,
        warnings,
        over(groups) {
          const part = reader.seenBy(groups);
          const index = async () => part;
          return {
            ask: (request, options) => using(() => ask(request, options, part)),
            search: (request) => using(() => asks.search(request, part)),
            index,
            editions: createEditions(index),
            suggestions: (given) => using(() => asks.suggestions.get(given, part)),
          };
        },
        retire,
        close,
      };
    },
  };
}

/** When a reader is closed: when it was replaced, nothing runs on it, and whoever took it through `index()` had time to read; or at once. */
function lifeOf(reader: IndexReader) {
  let running = 0;
  let retired: number | null = null;
  let closed = false;
  let over: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await reader.close().catch(() => {});
    over();
  };
  const closeWhenUnused = (): void => {
    if (closed || retired === null || running > 0) return;
    const wait = retired + GRACE_MILLISECONDS - performance.now();
    if (wait > 0) setTimeout(closeWhenUnused, wait).unref();
    else void close();
  };
  return {
    close,
    retire(): Promise<void> {
      retired ??= performance.now();
      closeWhenUnused();
      return ended;
    },
    async using<T>(work: () => Promise<T>): Promise<T> {
      running++;
      try {
        return await work();
      } finally {
        running--;
        closeWhenUnused();
      }
    },
  };
}

const REPLACED = 'The newest index is damaged; the one before it answers, so what changed since is not in it. Run `pilcrow ingest`.';

/** The note comes first, also where an answer is told sentence by sentence. */
async function askNoting(
  ask: (request: AskRequest, options?: AskOptions, over?: IndexReader) => Promise<Answer>,
  note: Note,
  request: AskRequest,
  options: AskOptions = {},
  over?: IndexReader,
): Promise<Answer> {
  const noted = (answer: Answer): Answer => ({ ...answer, notes: [note, ...answer.notes] });
  const { onEvent } = options;
  const tell = (event: AskEvent): void => {
    if (event.type === 'passages') {
      onEvent?.(event);
      onEvent?.({ type: 'note', note, citations: [] });
    } else onEvent?.(event.type === 'answer' ? { ...event, answer: noted(event.answer) } : event);
  };
  return noted(await ask(request, onEvent ? { ...options, onEvent: tell } : options, over));
}
