import { sha256 } from '../core/hash.ts';
import type { Document } from './document.ts';

/**
 * What was read before, so that only new and changed files are read again. Everything in it may be missing or wrong at any time:
 * then it is read anew.
 */
export interface ReadMemory {
  /** Names the readers: what other ones read is read anew. */
  version: string;
  /** The document kept under a key, or null. */
  document(key: string): Promise<Document | null>;
  keep(key: string, document: Document): Promise<void>;
  /** Forgets every document but those of these keys. */
  prune(keys: ReadonlySet<string>): Promise<void>;
  /** What the last ingest that published was made from, as it noted it itself; null when there is none. */
  last(): Promise<string | null>;
  note(last: string): Promise<void>;
}

/** The key of a document: its bytes, its name (format and edition come from it), and the version of the readers. */
export const memoryKey = (version: string, name: string, bytesHash: string): string => sha256(`${version}\n${name}\n${bytesHash}`);

/** Remembers nothing. */
export const noMemory: ReadMemory = {
  version: '',
  document: async () => null,
  keep: async () => {},
  prune: async () => {},
  last: async () => null,
  note: async () => {},
};
