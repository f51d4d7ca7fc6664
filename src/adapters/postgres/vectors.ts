/** Bytes of PostgreSQL's binary vector before the values: two for how many, two unused. */
const HEADER_BYTES = 4;

/** A vector as `vector_send` gives it: single precision, most significant byte first. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array((bytes.byteLength - HEADER_BYTES) / 4);
  for (let at = 0; at < values.length; at++) values[at] = view.getFloat32(HEADER_BYTES + 4 * at);
  return values;
}
