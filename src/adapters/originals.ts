import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Original, Originals } from '../core/originals.ts';

/** Files whose SHA-256 is remembered. */
const MOST_KNOWN = 1000;
const PIECE_BYTES = 65_536;

/**
 * Original files of a corpus folder. Only what lies in it and has the SHA-256 the briefing was read from is opened; the sum is
 * computed once for a file as long as its size, time and number stay.
 */
export function createOriginals(folder: string): Originals {
  const known = new Map<string, string>();

  const sumOf = async (file: FileHandle, about: Stats): Promise<string> => {
    const key = `${about.dev} ${about.ino} ${about.size} ${about.mtimeMs}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const hash = createHash('sha256');
    for await (const part of pieces(file, 0, about.size)) hash.update(part);
    const sum = hash.digest('hex');
    known.set(key, sum);
    for (const oldest of known.keys()) {
      if (known.size <= MOST_KNOWN) break;
      known.delete(oldest);
    }
    return sum;
  };

  return {
    async open({ source, sha256 }) {
      let file: FileHandle | null = null;
      try {
        // The name comes from an index file, which is not trusted, and links may lead anywhere.
        const root = await realpath(folder);
        const path = await realpath(join(root, source));
        if (!path.startsWith(root + sep)) return null;
        file = await open(path, 'r');
        const about = await file.stat();
        if (!about.isFile() || (await sumOf(file, about)) !== sha256) {
          await file.close();
          return null;
        }
        return originalOf(file, about.size);
      } catch {
        await file?.close().catch(() => undefined);
        return null;
      }
    },
  };
}

const originalOf = (file: FileHandle, size: number): Original => ({
  size,
  read: (start, end) => pieces(file, start, end),
  close: () => file.close().catch(() => undefined),
});

async function* pieces(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = start; at < end; ) {
    const room = new Uint8Array(Math.min(PIECE_BYTES, end - at));
    const { bytesRead } = await file.read(room, 0, room.length, at);
    // Cut off while it is read: whoever reads sees that the length is not what was said.
    if (bytesRead === 0) throw new Error('The file ended early.');
    yield room.subarray(0, bytesRead);
    at += bytesRead;
  }
}
