import { fnv1a } from '../../core/hash.ts';

/** Runs one statement and gives its rows. */
export type Query = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** One connection for as long as it is held: what locks and transactions hang on. */
export interface HeldConnection {
  query: Query;
  /** Commits when the work resolves, else takes all of it back. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** From now on hears what is said on a channel. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  /** Called once when the connection breaks by itself; its locks are gone then. */
  onLost(lost: () => void): void;
  release(): Promise<void>;
}

/**
 * A PostgreSQL server as the store needs it. Every failure is a PilcrowError: `unavailable` while the server cannot be reached or
 * took too long, `bad_config` where it refuses us, else `internal`.
 */
export interface Database {
  /** On any connection of the pool, with its limit of time. What broke with its connection is tried once more: only for reading. */
  query: Query;
  session(): Promise<HeldConnection>;
  close(): Promise<void>;
}

/**
 * A text as PostgreSQL can keep it: `text` holds neither NUL nor half of a surrogate pair, JSON's escapes of both it does. Different
 * texts stay different.
 */
export const written = (text: string): string => JSON.stringify(text).slice(1, -1);
export const readBack = (kept: string): string => JSON.parse(`"${kept}"`) as string;

const NAME = /^[a-z_][a-z0-9_]{0,40}$/;
export const isSchemaName = (name: string): boolean => NAME.test(name);

/** 32 bits that a name always gives, for the keys of advisory locks. */
export const lockKey = fnv1a;
