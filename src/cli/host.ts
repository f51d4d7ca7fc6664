import type { Readable, Writable } from 'node:stream';

/** Where a command runs: a process of its own, or a program that calls it. */
export interface Host {
  input: Readable & { isTTY?: boolean };
  output: Written;
  errors: Written;
  /** What settings are read from, besides `.env`; the environment of the process when absent. */
  variables?: Readonly<Record<string, string | undefined>>;
  /** Aborts when it shall stop: on the first SIGINT or SIGTERM; a second one ends the process. */
  signal: AbortSignal;
}

/** A stream that is written to; a terminal says so, and how wide it is. A file descriptor is written to at once where that matters. */
export type Written = Writable & { isTTY?: boolean; columns?: number; fd?: number };
