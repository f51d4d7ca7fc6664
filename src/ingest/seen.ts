import { promises as fs } from 'node:fs';
import { sha256 } from '../core/hash.ts';
import { type FoundFile, readFile } from './read.ts';

/** A file as it was when it was read. */
export interface SeenFile {
  size: number;
  /** Milliseconds since 1970, as the file system says. */
  modified: number;
  /** When it was read, by this machine's clock. */
  read: number;
  sha256: string;
}

/**
 * How long before it was read a file must have been changed last, milliseconds: some file systems tell times apart by two seconds
 * only, and a change within that time would have the same one.
 */
const SETTLED = 3000;

/**
 * SHA-256 of every file, null for one that cannot be read. A file of the size and time it had when it was read before is not read
 * again, unless `force`.
 */
export async function hashFiles(
  files: readonly FoundFile[],
  before: Readonly<Record<string, SeenFile>>,
  { force = false, signal }: { force?: boolean; signal?: AbortSignal } = {},
): Promise<Map<string, SeenFile | null>> {
  const found = new Map<string, SeenFile | null>();
  for (const file of files) {
    signal?.throwIfAborted();
    const known = Object.hasOwn(before, file.name) ? before[file.name] : undefined;
    try {
      const read = Date.now();
      const { size, mtimeMs: modified } = await fs.stat(file.path);
      const same = !force && known?.size === size && known.modified === modified && modified + SETTLED < known.read;
      found.set(file.name, same && known ? known : { size, modified, read, sha256: sha256(await readFile(file)) });
    } catch {
      found.set(file.name, null);
    }
  }
  return found;
}
