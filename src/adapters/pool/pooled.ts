import type { Groups } from '../../core/access.ts';
import type { Briefing } from '../../core/model.ts';
import type { AskOptions, IndexReader, Pilcrow } from '../../core/ports.ts';
import type { ReadMethod } from './messages.ts';
import type { Pool } from './pool.ts';

/** Readers kept by the groups they are for; each keeps the list of briefings, which pages and listings ask for again and again. */
const READERS_KEPT = 64;
/** Lists of suggestions kept, some hundred characters each. */
const SUGGESTIONS_KEPT = 200;

/** The service over a pool: the same port, all of whose work is done by the workers. */
export function pooled(pool: Pool): Omit<Pilcrow, 'close'> {
  /** Of the live snapshot. */
  const readers = new Map<string, Promise<IndexReader>>();
  /** Of the live snapshot too: what one worker has made and proved, for whoever asks after it. */
  const suggested = new Map<string, string[]>();
  pool.onLive(() => {
    readers.clear();
    suggested.clear();
  });

  async function suggestions(groups: Groups, given: Parameters<Pilcrow['suggestions']>[0]): Promise<string[]> {
    const key = JSON.stringify([(await pool.live()).info.id, groups, given.most, given.briefings]);
    const known = suggested.get(key);
    if (known) return [...known];
    const made = await pool.run('suggestions', given, { groups });
    if (suggested.size >= SUGGESTIONS_KEPT) suggested.delete(suggested.keys().next().value as string);
    // None may mean that they are not made yet.
    if (made.length > 0) suggested.set(key, made);
    return made;
  }

  async function readerOf(groups: Groups): Promise<IndexReader> {
    const live = await pool.live();
    const key = JSON.stringify(groups);
    let found = readers.get(key);
    readers.delete(key);
    if (!found) {
      const { id } = live.info;
      found = (async () => {
        const info = groups === null ? live.info : await pool.run('info', null, { groups, snapshot: id });
        return readerOver(pool, groups, info);
      })();
      found.catch(() => readers.delete(key));
      if (readers.size >= READERS_KEPT) readers.delete(readers.keys().next().value as string);
    }
    readers.set(key, found);
    return found;
  }

  const over = (groups: Groups): Omit<Pilcrow, 'close'> => {
    const own: Omit<Pilcrow, 'close'> = {
      ask: (request, { signal, onEvent, quote, trace }: AskOptions = {}) =>
        pool.run('ask', { request, quote, told: onEvent !== undefined }, { groups, signal, onEvent, trace }),
      search: (request, { signal } = {}) => pool.run('search', request, { groups, signal }),
      index: () => readerOf(groups),
      editions: {
        list: () => pool.run('series', null, { groups }),
        changes: (request) => pool.run('changes', request, { groups }),
        counterparts: (briefing, other) => pool.run('counterparts', { briefing, other }, { groups }),
      },
      suggestions: (given) => suggestions(groups, given),
      seenBy: (others) => (groups === null ? { ...over(others), close: async () => {} } : { ...own, close: async () => {} }),
    };
    return own;
  };
  return over(null);
}

/** A reader of one snapshot, whichever is live. */
function readerOver(pool: Pool, groups: Groups, info: IndexReader['info']): IndexReader {
  const read = async <T>(method: ReadMethod, ...given: unknown[]) =>
    (await pool.run('read', { method, given }, { groups, snapshot: info.id })) as T;
  let list: Promise<Briefing[]> | null = null;
  const own: IndexReader = {
    info,
    async briefings() {
      list ??= read<Briefing[]>('briefings').catch((error) => {
        list = null;
        throw error;
      });
      return [...(await list)];
    },
    briefing: (id) => read('briefing', id),
    text: (id) => read('text', id),
    paragraph: (id) => read('paragraph', id),
    paragraphs: (ids) => read('paragraphs', ids),
    paragraphsOf: (id) => read('paragraphsOf', id),
    chunks: (ids) => read('chunks', ids),
    chunksOf: (id) => read('chunksOf', id),
    abbreviations: () => read('abbreviations'),
    gone: () => read('gone'),
    nearest: (vector, k, filter, also) => read('nearest', vector, k, filter, also),
    matching: (terms, k, filter) => read('matching', terms, k, filter),
    terms: (terms) => read('terms', terms),
    similarWords: (word, distance) => read('similarWords', word, distance),
    seenBy: (others) => (groups === null && others !== null ? readerOver(pool, others, info) : own),
    close: async () => {},
  };
  return own;
}
