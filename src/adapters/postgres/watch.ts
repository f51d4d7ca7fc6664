import type { Database, HeldConnection } from './database.ts';

/** One connection of a process that hears of new generations and holds those that are read. */
export interface GenerationWatch {
  /** Keeps a generation from being collected until it is let go. */
  hold(generation: number): Promise<() => void>;
  isHeld(generation: number): boolean;
  /** Name of the live generation as far as it is known for sure; null when it has to be asked for. */
  published(): string | null;
  /** Asks for it, and remembers the answer while the connection hears of changes. */
  learn(ask: () => Promise<string | null>): Promise<string | null>;
  /** Listens from now on. */
  onPublished(told: () => void): void;
  /** Whether it should be connected and is not. */
  isLost(): boolean;
  close(): Promise<void>;
}

/** A connection that is dead without saying so would never tell: what was heard last is asked again after this long. */
const TRUSTED_MILLISECONDS = 5_000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

export function createWatch({ database, channel, lock }: { database: Database; channel: string; lock: number }): GenerationWatch {
  const held = new Map<number, number>();
  const listeners: (() => void)[] = [];
  let session: HeldConnection | null = null;
  let starting: Promise<void> | null = null;
  let again: NodeJS.Timeout | null = null;
  let wait = FIRST_WAIT;
  let known: { name: string; since: number } | null = null;
  /** Counts what was heard, so that an answer on its way does not overwrite it. */
  let heard = 0;
  let closed = false;
  let lost = false;

  async function connect(): Promise<void> {
    const made = await database.session().catch((error) => {
      lost = true;
      throw error;
    });
    try {
      made.onLost(() => {
        if (session === made) session = null;
        known = null;
        lost = true;
        if (held.size > 0 || listeners.length > 0) reconnect();
      });
      await made.listen(channel, (name) => {
        heard++;
        known = { name, since: performance.now() };
        for (const told of listeners) told();
      });
      for (const generation of held.keys()) await made.query('select pg_advisory_lock_shared($1::int, $2::int)', [lock, generation]);
    } catch (error) {
      await made.release();
      throw error;
    }
    if (closed) {
      await made.release();
      return;
    }
    session = made;
    lost = false;
    wait = FIRST_WAIT;
    // Whatever was published while nobody listened.
    known = null;
    for (const told of listeners) told();
  }

  /** The connection, made when it is first needed. */
  function start(): Promise<void> {
    if (session || closed) return Promise.resolve();
    starting ??= connect().finally(() => {
      starting = null;
    });
    return starting;
  }

  /** Tries again, later and later, for as long as anything is held. */
  function reconnect(): void {
    if (again || closed) return;
    again = setTimeout(() => {
      again = null;
      start().catch(() => {
        wait = Math.min(2 * wait, LONGEST_WAIT);
        reconnect();
      });
    }, wait);
    again.unref();
  }

  return {
    async hold(generation) {
      const before = held.get(generation) ?? 0;
      held.set(generation, before + 1);
      let mine = true;
      const letGo = (): void => {
        if (!mine) return;
        mine = false;
        const left = (held.get(generation) ?? 1) - 1;
        if (left > 0) {
          held.set(generation, left);
          return;
        }
        held.delete(generation);
        const now = session;
        if (held.size === 0 && listeners.length === 0) {
          // A command that has read what it wanted need not stay connected.
          session = null;
          known = null;
          void now?.release();
        } else now?.query('select pg_advisory_unlock_shared($1::int, $2::int)', [lock, generation]).catch(() => undefined);
      };
      try {
        const alone = session === null;
        await start();
        // One made just now has locked everything that is held.
        if (!alone && before === 0) await session?.query('select pg_advisory_lock_shared($1::int, $2::int)', [lock, generation]);
      } catch (error) {
        letGo();
        throw error;
      }
      return letGo;
    },
    isHeld: (generation) => held.has(generation),
    published: () => (session && known && performance.now() - known.since < TRUSTED_MILLISECONDS ? known.name : null),
    async learn(ask) {
      const before = heard;
      const listening = session;
      const name = await ask();
      if (name !== null && listening !== null && session === listening && heard === before) known = { name, since: performance.now() };
      return name;
    },
    onPublished: (told) => {
      listeners.push(told);
      void start().catch(reconnect);
    },
    isLost: () => lost && (held.size > 0 || listeners.length > 0),
    async close() {
      closed = true;
      if (again) clearTimeout(again);
      await starting?.catch(() => undefined);
      const last = session;
      session = null;
      await last?.release();
    },
  };
}
