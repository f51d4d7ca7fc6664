import { pilcrowError } from '../../core/errors.ts';
import type { SharedSnapshot } from '../hnsw-store.ts';
import { AGAIN_MILLISECONDS, KEPT_MILLISECONDS } from './settings.ts';
import { type Live, post, type Slot } from './slot.ts';
import { stopping } from './stopping.ts';

export interface LiveSnapshotOptions {
  /** Every worker there is now. */
  slots: ReadonlySet<Slot>;
  /** Id of the published snapshot, or null. */
  published: () => Promise<string | null>;
  /** Resolves when a worker has started, or none could be. */
  ready: () => Promise<void>;
  /** Runs a question that nobody asked, so that the first who asks does not wait for code to be made. */
  warm: (slot: Slot, snapshot: string) => Promise<void>;
  /** There may be a worker for what waits. */
  dispatch: () => void;
  isClosed: () => boolean;
  log: (level: 'error' | 'warn', message: string, details?: Record<string, unknown>) => void;
}

export interface LiveSnapshot {
  /** The snapshot that answers now, or null. */
  readonly live: Live | null;
  /** Takes up what is published, if it is another. Rejects while nothing is live, and where nothing could be opened. */
  look(): Promise<void>;
  /** The same after whatever is being taken up, and whatever could not be opened a moment ago. */
  lookAgain(): Promise<void>;
  /** Gives a worker the live snapshot and lets it work. */
  bring(slot: Slot): Promise<void>;
  /** Why a newer one does not answer, or null. */
  problem(): string | null;
  /** Told when another snapshot is live. */
  onLive(tell: () => void): void;
}

/** The snapshot of all workers: opened by one, then by the others in the memory of the first, and live when all have it. */
export function createLiveSnapshot(options: LiveSnapshotOptions): LiveSnapshot {
  const { slots } = options;
  const told = new Set<() => void>();
  let live: Live | null = null;
  let taking: Promise<void> | null = null;
  let lookedAt: { published: string | null; at: number; error: Error } | null = null;
  let swapProblem: string | null = null;

  const take = (slot: Slot, from: SharedSnapshot | null): Promise<Live> =>
    new Promise((resolve, reject) => {
      slot.takes.push({ resolve, reject });
      post(slot, { type: 'take', from });
    });

  /** Gives a worker the live snapshot and lets it work. */
  async function bring(slot: Slot): Promise<void> {
    try {
      for (let id = live?.info.id; live && !slot.ended && !slot.has.has(id as string); ) {
        const taken = await take(slot, live.shared);
        // What it opened itself may be newer, and is live soon.
        if (!live.shared && taken.info.id !== live.info.id) return;
        id = live.info.id;
      }
      if (live && !slot.ended && !slot.open) await options.warm(slot, live.info.id);
    } catch (error) {
      // Without it the worker has nothing to do; it gets the next one.
      if (!slot.ended) options.log('warn', 'a worker could not take up the index', { error });
      return;
    }
    slot.open = live !== null;
    options.dispatch();
  }

  function look(): Promise<void> {
    taking ??= takeUp()
      .catch((error) => {
        if (live) swapProblem = `A newer index could not be opened (${(error as Error).message}); the previous one still answers.`;
        else throw error;
      })
      .finally(() => {
        taking = null;
      });
    return taking;
  }

  async function takeUp(): Promise<void> {
    const published = await options.published();
    if (live && published === publishedAs(live)) {
      // What could not be asked for a newer one answers again, and there is none.
      swapProblem = null;
      return;
    }
    if (live && published === null) return;
    // What could not be opened a moment ago cannot now.
    const before = lookedAt;
    if (before && before.published === published && published !== null && performance.now() - before.at < AGAIN_MILLISECONDS)
      throw before.error;
    await options.ready();
    const [leader, ...others] = [...slots].filter((slot) => slot.ready);
    if (options.isClosed()) throw stopping();
    if (!leader)
      throw pilcrowError('unavailable', 'Nothing that answers could be started.', { hint: 'The log says why.', retryable: true });
    let next: Live;
    try {
      next = await take(leader, null);
    } catch (error) {
      lookedAt = { published, at: performance.now(), error: error as Error };
      throw error;
    }
    // One that cannot take it up is brought it again when it is live.
    await Promise.allSettled(others.map((slot) => take(slot, next.shared)));
    lookedAt = null;
    swapProblem = null;
    const previous = live;
    live = next;
    if (previous && previous.info.id !== next.info.id) retire(previous.info.id);
    for (const tell of told) tell();
    const bringing = [...slots].filter((slot) => slot.ready).map(bring);
    if (bringing.length > 0) await Promise.race(bringing);
    options.dispatch();
  }

  function retire(snapshot: string): void {
    for (const slot of slots) {
      post(slot, { type: 'retire', snapshot });
      setTimeout(() => slot.has.delete(snapshot), KEPT_MILLISECONDS).unref();
    }
  }

  return {
    get live() {
      return live;
    },
    look,
    async lookAgain() {
      // One that is being opened may be the one before.
      await taking?.catch(() => undefined);
      lookedAt = null;
      await look();
    },
    bring,
    problem: () => swapProblem,
    onLive: (tell) => void told.add(tell),
  };
}

/** Id of the published snapshot that a live one is, or stands in for. */
const publishedAs = ({ info, shared }: Live): string => shared?.damage?.live ?? info.id;
