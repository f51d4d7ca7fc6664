import { inMemory, type Placed, walked } from './placed.ts';

/** Of a snapshot, one packed reading after the other (core/reading), each with its own length in front; missing or damaged, chunks are read when asked for. */
export const READINGS = 'readings.bin';

/** The readings of a file by chunk; null unless there are `chunks` and they fill it. */
export function openReadings(file: Placed, chunks: number): ((chunk: number) => Uint8Array) | null {
  const starts = startsOf(file, chunks);
  return starts && ((chunk) => file.slice(starts[chunk] as number, starts[chunk + 1] as number));
}

/** Where each record begins, and the last one ends. */
export const startsIn = (bytes: Uint8Array, chunks: number): Float64Array | null => startsOf(inMemory(bytes), chunks);

function startsOf(file: Placed, chunks: number): Float64Array | null {
  const bytes = walked(file);
  const starts = new Float64Array(chunks + 1);
  let at = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    if (at + 8 > file.length) return null;
    const head = bytes(at, 8);
    const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true);
    if (length < 8 || length % 8 !== 0) return null;
    at += length;
    starts[chunk + 1] = at;
  }
  return at === file.length ? starts : null;
}
