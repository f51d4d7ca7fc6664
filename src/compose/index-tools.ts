import type { Copied, CopyOptions } from '../adapters/copy.ts';
import { type EmbedderSource, sourceOf } from '../adapters/embedder-source.ts';
import { hnswAvailable } from '../adapters/hnsw.ts';
import { createHnswStore } from '../adapters/hnsw-store.ts';
import { type Verification, verifySnapshot } from '../adapters/verify.ts';
import type { Config } from '../config.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Answer } from '../core/model.ts';
import type { Embedder, IndexReader, IndexStore } from '../core/ports.ts';
import { createEditions, type EditionOverride, setOverride } from '../editions/index.ts';
import { chatFrom, remoteSource } from './models.ts';
import type { PilcrowOptions } from './options.ts';
import { openDatabase, openLocal, openStore, type Store } from './store.ts';

/** What embeds: what is given in code, else the service of the settings, else the local model. */
export const sourceFrom = async (config: Config, given: PilcrowOptions['embedder']): Promise<EmbedderSource> =>
  remoteSource(config, given) ?? sourceOf(await openLocal(config), false);

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
  const [{ copySnapshot }, { folderContent }] = await Promise.all([import('../adapters/copy.ts'), import('../adapters/content.ts')]);
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
    import('../ask/index.ts'),
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
