import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { damaged, type Manifest, recordIn } from './snapshot.ts';
import type { EventTurn } from './turns.ts';

/** Bytes of a file that are read by place: `slice` gives those from `from` to before `to`, both within `length`. */
export interface Placed {
  readonly length: number;
  /** All of it, where it is held in memory. */
  readonly held: Uint8Array | null;
  /** A part of what is held in memory, or a copy of its own, eight bytes aligned. Throws `index_damaged` when the file cannot be read any more. */
  slice(from: number, to: number): Uint8Array;
  /** The same for whoever keeps nothing of it: valid until it is called again. */
  look(from: number, to: number): Uint8Array;
}

/** Read at a time when all of a file is gone through, bytes. */
const BLOCK = 1 << 20;

export const inMemory = (bytes: Uint8Array): Placed => ({
  length: bytes.length,
  held: bytes,
  slice: (from, to) => bytes.subarray(from, to),
  look: (from, to) => bytes.subarray(from, to),
});

/** What is looked at in one place that is used again: nearly every line, and a vector; bytes. */
const ROOM = 1 << 16;

/** Files of readers nobody has any more. */
const forgotten = new FinalizationRegistry<number>((file) => {
  try {
    closeSync(file);
  } catch {
    // The thread that opened it is ending, which closes it.
  }
});

/**
 * Opens a file to be read by place, once its bytes have been summed up; null unless length and SHA-256 are those of the manifest. It stays open
 * for as long as somebody has what is given back: a file that is deleted meanwhile is still read. What was read lately the system keeps for us, as
 * far as it has memory to spare.
 */
export async function openPlaced(folder: string, manifest: Manifest, name: string, turn: EventTurn): Promise<Placed | null> {
  const record = recordIn(manifest, name);
  if (!record) return null;
  let file: number;
  try {
    file = openSync(join(folder, name), 'r');
  } catch {
    return null;
  }
  const { length } = record;
  const room = new Uint8Array(ROOM);
  const placed: Placed = {
    length,
    held: null,
    slice(from, to) {
      const bytes = new Uint8Array(Math.max(0, to - from));
      fill(file, bytes, from, name);
      return bytes;
    },
    look(from, to) {
      if (to - from > ROOM) return placed.slice(from, to);
      const bytes = room.subarray(0, Math.max(0, to - from));
      fill(file, bytes, from, name);
      return bytes;
    },
  };
  forgotten.register(placed, file);
  try {
    if (fstatSync(file).size !== length) return null;
    const digest = createHash('sha256');
    const block = new Uint8Array(Math.min(BLOCK, length));
    for (let at = 0; at < length; at += block.length) {
      const part = block.subarray(0, Math.min(block.length, length - at));
      fill(file, part, at, name);
      digest.update(part);
      await turn();
    }
    return digest.digest('hex') === record.sha256 ? placed : null;
  } catch {
    return null;
  }
}

function fill(file: number, bytes: Uint8Array, from: number, name: string): void {
  for (let at = 0; at < bytes.length; ) {
    let read = 0;
    try {
      read = readSync(file, bytes, at, bytes.length - at, from + at);
    } catch (cause) {
      throw damaged(`${name} cannot be read any more`, cause);
    }
    if (read === 0) throw damaged(`${name} has become shorter`);
    at += read;
  }
}

/** Goes through a file in large steps: gives the bytes from `from` on, `least` of them or as many as are left. Valid until it is called again. */
export function walked({ length, slice }: Pick<Placed, 'length' | 'slice'>): (from: number, least: number) => Uint8Array {
  let begin = 0;
  let block: Uint8Array = new Uint8Array();
  return (from, least) => {
    const end = Math.min(length, from + least);
    if (from < begin || end > begin + block.length) {
      begin = from;
      block = slice(from, Math.min(length, Math.max(end, from + BLOCK)));
    }
    return block.subarray(from - begin);
  };
}
