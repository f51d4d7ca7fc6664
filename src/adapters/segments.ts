import { createHash } from 'node:crypto';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRecord } from './snapshot.ts';

/** A file of a snapshot that is written piece by piece, a piece for each briefing. */
export interface Segment {
  append(piece: Uint8Array): Promise<void>;
  /**
   * Ends the file with its pieces in an order (positions in the order they were appended) and makes it durable. Returns its record.
   */
  finish(order: readonly number[]): Promise<FileRecord>;
  /** Closes the file where it is. Safe to call twice and after `finish`. */
  close(): Promise<void>;
}

/** Written at a time, bytes: few calls, and little memory whatever the size of the corpus. */
const BLOCK_BYTES = 1 << 20;

export async function createSegment(folder: string, name: string): Promise<Segment> {
  const path = join(folder, name);
  let file: FileHandle | null = await open(path, 'wx+');
  let digest = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let size = 0;
  const starts = [0];

  async function flush(to: FileHandle): Promise<void> {
    if (size === 0) return;
    const block = Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    digest.update(block);
    await to.writeFile(block);
  }

  async function put(to: FileHandle, piece: Uint8Array): Promise<void> {
    waiting.push(piece);
    size += piece.length;
    if (size >= BLOCK_BYTES) await flush(to);
  }

  /** Copies the pieces into a file of their own in the order wanted. */
  async function sorted(from: FileHandle, order: readonly number[]): Promise<FileHandle> {
    const into = await open(`${path}.sorted`, 'wx');
    file = into;
    try {
      digest = createHash('sha256');
      for (const at of order) {
        const [start, end] = [starts[at] as number, starts[at + 1] as number];
        for (let place = start; place < end; place += BLOCK_BYTES) {
          const block = Buffer.alloc(Math.min(BLOCK_BYTES, end - place));
          await from.read(block, 0, block.length, place);
          await put(into, block);
        }
      }
      await flush(into);
    } finally {
      await from.close();
    }
    return into;
  }

  return {
    async append(piece) {
      starts.push((starts.at(-1) as number) + piece.length);
      await put(file as FileHandle, piece);
    },
    async finish(order) {
      const written = file as FileHandle;
      await flush(written);
      const moved = order.some((position, at) => position !== at);
      const whole = moved ? await sorted(written, order) : written;
      await whole.sync();
      const [{ size: kept }, length] = [await whole.stat(), starts.at(-1) as number];
      await whole.close();
      file = null;
      if (kept !== length) throw new Error(`only ${kept} of ${length} bytes were kept`);
      if (moved) await rename(`${path}.sorted`, path);
      return { length: starts.at(-1) as number, sha256: digest.digest('hex') };
    },
    async close() {
      const left = file;
      file = null;
      await left?.close();
    },
  };
}

/** Reads a file of lines from the beginning. */
export interface LineReader {
  /** The next lines; rejects with a plain Error when there are not as many. */
  take(count: number): Promise<string[]>;
  /** Passes over lines. */
  skip(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openLines(path: string): Promise<LineReader> {
  const file = await open(path, 'r');
  let left: Buffer = Buffer.alloc(0);

  async function next(): Promise<Buffer> {
    let looked = 0;
    for (;;) {
      const end = left.indexOf(10, looked);
      if (end >= 0) {
        const line = left.subarray(0, end);
        left = left.subarray(end + 1);
        return line;
      }
      looked = left.length;
      const block = Buffer.alloc(BLOCK_BYTES);
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES);
      if (bytesRead === 0) throw new Error(`${path} has fewer lines than were written.`);
      left = Buffer.concat([left, block.subarray(0, bytesRead)]);
    }
  }
  return {
    async take(count) {
      const lines: string[] = [];
      for (let at = 0; at < count; at++) lines.push((await next()).toString('utf8'));
      return lines;
    },
    async skip(count) {
      for (let at = 0; at < count; at++) await next();
    },
    close: () => file.close(),
  };
}

/** Single-precision numbers of a file, read block by block. */
export async function readFloats(path: string): Promise<Float32Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(64 * BLOCK_BYTES, size - at), at);
      if (bytesRead === 0) throw new Error(`${path} ends early.`);
      at += bytesRead;
    }
    return new Float32Array(bytes.buffer, 0, size / 4);
  } finally {
    await file.close();
  }
}
