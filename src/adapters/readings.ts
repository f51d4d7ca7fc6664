/** Of a snapshot, one packed reading after the other (core/reading), each with its own length in front; missing or damaged, chunks are read when asked for. */
export const READINGS = 'readings.bin';

/** The readings of a file by chunk; null unless there are `chunks` and they fill it. */
export function openReadings(bytes: Uint8Array, chunks: number): ((chunk: number) => Uint8Array) | null {
  const starts = startsIn(bytes, chunks);
  return starts && ((chunk) => bytes.subarray(starts[chunk], starts[chunk + 1]));
}

/** Where each record begins, and the last one ends. */
export function startsIn(bytes: Uint8Array, chunks: number): Float64Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = new Float64Array(chunks + 1);
  let at = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    if (at + 8 > bytes.length) return null;
    const length = view.getUint32(at, true);
    if (length < 8 || length % 8 !== 0) return null;
    at += length;
    starts[chunk + 1] = at;
  }
  return at === bytes.length ? starts : null;
}
