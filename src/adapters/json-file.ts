import { readFileSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface JsonFile<T> {
  /** What the file holds, read again when it changed; `fresh`: as it is now, whatever `every` says. Throws what `parse` throws at the first look; later the value before stays. */
  get(fresh?: boolean): T;
  /** Writes the file whole, on the disk before it is renamed into place. */
  put(value: T): Promise<void>;
}

/**
 * A small file that several processes read and one writes at a time. `every`: how long a change may go unnoticed,
 * milliseconds; 0 looks each time, which costs one `stat`, some 5 µs.
 */
export function createJsonFile<T>({
  file,
  mode,
  every,
  empty,
  parse,
  shape,
}: {
  file: string;
  /** Permissions of a file that is made. */
  mode: number;
  every: number;
  empty: T;
  parse(content: unknown): T;
  shape(value: T): unknown;
}): JsonFile<T> {
  let known = empty;
  let version = 'unread';
  let looked = Number.NEGATIVE_INFINITY;

  const look = (): void => {
    looked = performance.now();
    const found = statSync(file, { throwIfNoEntry: false });
    const now = found ? `${found.mtimeMs} ${found.size} ${found.ino}` : 'none';
    if (now === version) return;
    const first = version === 'unread';
    version = now;
    try {
      known = found ? parse(contentOf(file)) : empty;
    } catch (error) {
      if (!first) return;
      version = 'unread';
      throw error;
    }
  };
  return {
    get(fresh = false) {
      if (fresh || performance.now() - looked >= every) look();
      return known;
    },
    async put(value) {
      await mkdir(dirname(file), { recursive: true });
      const beside = `${file}.${process.pid}.new`;
      try {
        const handle = await open(beside, 'w', mode);
        try {
          await handle.writeFile(`${JSON.stringify(shape(value), null, 2)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(beside, file);
      } finally {
        await rm(beside, { force: true });
      }
      look();
    },
  };
}

/** Null for a file that is no JSON: what it should hold is for `parse` to say. */
function contentOf(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
