/**
 * A first look at all vectors: eight bits a value, eight values at a time (WebAssembly SIMD), so that 10,000 vectors of 512
 * values take half a millisecond. What a cosine may differ by is known, so that nothing can be missed.
 */
export interface QuantisedScan {
  /** Sets `low` and `high` of chunks `from..to` to numbers between which their cosines with a unit vector lie. */
  bounds(query: Float64Array, from: number, to: number): void;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Largest code of a stored value and of a value of the query: 4096 x 127 x 4095 stays below 2^31. */
const STORED = 127;
const ASKED = 4095;
const MOST_DIMENSIONS = 4096;
/** What adding and multiplying in single precision may cost, generously. */
const ROUNDING = 1e-5;
const PAGE = 65_536;
/** Codes a round of the machine code takes; rows are filled up to a multiple. */
const STEP = 64;

/**
 * Quantises vectors (`chunks * dimensions` values; `inverse`: 1 / length of each, 0 for a zero vector). Null where
 * WebAssembly cannot do it.
 */
export function createQuantisedScan(vectors: Float32Array, dimensions: number, inverse: Float64Array): QuantisedScan | null {
  const chunks = inverse.length;
  const stride = Math.ceil(dimensions / STEP) * STEP;
  const scalesAt = 2 * stride;
  const outAt = scalesAt + 4 * chunks;
  const codesAt = Math.ceil((outAt + 4 * chunks) / 16) * 16;
  const size = codesAt + chunks * stride;
  if (dimensions === 0 || dimensions > MOST_DIMENSIONS || size > 2 ** 31) return null;
  let memory: WebAssembly.Memory;
  let scan: (at: number, end: number, stride: number, query: number, scales: number, out: number) => void;
  try {
    memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    scan = instance.exports.scan as typeof scan;
  } catch {
    return null;
  }
  const codes = new Int8Array(memory.buffer, codesAt, chunks * stride);
  const scales = new Float32Array(memory.buffer, scalesAt, chunks);
  const sums = new Float32Array(memory.buffer, outAt, chunks);
  const asked = new Int16Array(memory.buffer, 0, stride);
  /** Length of what quantising took from each vector, at unit length. */
  const lost = new Float32Array(chunks);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const at = chunk * dimensions;
    let largest = 0;
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[at + column] as number;
      if (value > largest) largest = value;
      else if (-value > largest) largest = -value;
    }
    if (largest === 0) continue;
    const factor = STORED / largest;
    const back = largest / STORED;
    const place = chunk * stride;
    let squares = 0;
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[at + column] as number;
      const code = ((value * factor + (STORED + 1.5)) | 0) - (STORED + 1);
      const error = value - code * back;
      squares += error * error;
      codes[place + column] = code;
    }
    scales[chunk] = back * (inverse[chunk] as number);
    lost[chunk] = Math.sqrt(squares) * (inverse[chunk] as number);
  }
  const low = new Float32Array(chunks);
  const high = new Float32Array(chunks);
  return {
    low,
    high,
    bounds(query, from, to) {
      let largest = 0;
      for (let column = 0; column < dimensions; column++) largest = Math.max(largest, Math.abs(query[column] as number));
      const step = largest / ASKED;
      let squares = 0;
      for (let column = 0; column < dimensions; column++) {
        const value = query[column] as number;
        const code = step > 0 ? Math.round(value / step) : 0;
        squares += (value - code * step) ** 2;
        asked[column] = code;
      }
      scan(codesAt + from * stride, codesAt + to * stride, stride, 0, scalesAt + 4 * from, outAt + 4 * from);
      // |q.v - q'.v'| <= |q||v - v'| + |q - q'||v'|, and q is of unit length.
      const least = Math.sqrt(squares) * 1.1 + ROUNDING;
      for (let chunk = from; chunk < to; chunk++) {
        const sum = (sums[chunk] as number) * step;
        const error = (lost[chunk] as number) + least;
        low[chunk] = sum - error;
        high[chunk] = sum + error;
      }
    },
  };
}

// The machine code, opcode by opcode (WebAssembly core specification, binary format). In words: for every row of codes up to
// `end`, multiply eight codes at a time with eight values of the query and add, until the row ends; then add the partial
// sums, multiply with the row's scale, store.
const I32 = 0x7f;
const V128 = 0x7b;
const [AT, END, STRIDE, QUERY, SCALES, OUT, PLACE, STOP, FIRST] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const SUMS = [0, 1, 2, 3].map((sum) => FIRST + sum);
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
/** Signed LEB128 of a small positive number. */
const constant = (value: number) => [0x41, ...(value < 64 ? [value] : [(value & 127) | 128, value >> 7])];
const ADD = 0x6a;
const LESS = 0x49;
/** Sixteen bytes, and eight signed bytes each made two. */
const load = (offset: number) => [0xfd, 0x00, 0x00, offset];
const loadCodes = (offset: number) => [0xfd, 0x01, 0x00, offset];
const DOT = [0xfd, 0xba, 0x01];
const ADD_LANES = [0xfd, 0xae, 0x01];
const ZEROS = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const lane = (sum: number, index: number) => [...get(sum), 0xfd, 0x1b, index];
const advance = (local: number, by: number) => [...get(local), ...constant(by), ADD, ...set(local)];
const multiply = (eight: number) => {
  const sum = SUMS[eight % SUMS.length] as number;
  return [get(sum), get(AT), loadCodes(8 * eight), get(PLACE), load(16 * eight), DOT, ADD_LANES, set(sum)].flat();
};
const [ALL, SECOND, THIRD, FOURTH] = SUMS as [number, number, number, number];
const BODY = [
  // Locals beyond the parameters: two i32, four v128.
  ...[2, 2, I32, SUMS.length, V128],
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...get(AT), ...get(END), LESS, 0x45, 0x0d, 1],
  ...SUMS.flatMap((sum) => [...ZEROS, ...set(sum)]),
  ...[...get(QUERY), ...set(PLACE), ...get(AT), ...get(STRIDE), ADD, ...set(STOP)],
  ...[0x03, 0x40],
  ...Array.from({ length: STEP / 8 }, (_, eight) => multiply(eight)).flat(),
  ...advance(AT, STEP),
  ...advance(PLACE, 2 * STEP),
  ...[...get(AT), ...get(STOP), LESS, 0x0d, 0, 0x0b],
  ...[...get(ALL), ...get(SECOND), ...ADD_LANES, ...get(THIRD), ...ADD_LANES, ...get(FOURTH), ...ADD_LANES, ...set(ALL)],
  ...[...get(OUT), ...lane(ALL, 0), ...lane(ALL, 1), ADD, ...lane(ALL, 2), ADD, ...lane(ALL, 3), ADD],
  // As float, times the scale, stored.
  ...[0xb2, ...get(SCALES), 0x2a, 0x02, 0x00, 0x94, 0x38, 0x02, 0x00],
  ...advance(SCALES, 4),
  ...advance(OUT, 4),
  ...[0x0c, 0, 0x0b, 0x0b, 0x0b],
];
const section = (id: number, bytes: number[]) => [id, ...length(bytes.length), ...bytes];
/** Unsigned LEB128. */
function length(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...length(value >>> 7)];
}
const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  // One type: six i32, no result.
  ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
  // The memory is imported as "m" "m".
  ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, 4, ...new TextEncoder().encode('scan'), 0, 0]),
  ...section(10, [1, ...length(BODY.length), ...BODY]),
]);

/** Whether this machine can do it. */
export const canQuantise: boolean = typeof WebAssembly === 'object' && WebAssembly.validate(MODULE);
