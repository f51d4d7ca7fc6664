import { advance, constant, get, load, moduleOf, repeatBelow, set, vector, whileBelow, ZEROS } from '../core/machine-code.ts';

/**
 * A rough look at all vectors, two bits a value: what two values of a vector add to the product with the query is looked up in a
 * table of sixteen, for sixteen vectors at a time. 10,000 vectors of 512 values take a fifth of a millisecond and 1.3 MB.
 */
export interface RoughScan {
  /** Puts the chunks most alike a vector among `from..to` into `into`; about `count`, never fewer unless there are none. */
  best(query: Float64Array, runs: readonly (readonly [number, number])[], count: number, into: Uint32Array): number;
}

/** The best four levels for a normally distributed value of deviation 1, and where the next begins (Max 1960). */
const LEVELS = [-1.51, -0.4528, 0.4528, 1.51];
const EDGE = 0.9816;
/** Vectors a round of the machine code takes, and values: four look-ups of two. */
const BLOCK = 16;
const VALUES = 8;
/** Largest entry of a table: four of them fit a byte. */
const MOST = 63;
/** Sums are told apart by all but their last bits: chunks as alike as the least of those kept are kept too. */
const COARSE = 2;
const PAGE = 65_536;

/** Makes the codes of vectors (`chunks * dimensions` values). `inverse`: 1 / length of each. Null where WebAssembly cannot do it. */
export function createRoughScan(vectors: Float32Array, dimensions: number, inverse: Float64Array): RoughScan | null {
  const chunks = inverse.length;
  const blocks = Math.ceil(chunks / BLOCK);
  const width = Math.ceil(dimensions / VALUES) * VALUES;
  const blockBytes = (width / 4) * BLOCK;
  const tableBytes = (width / 2) * 16;
  const outAt = tableBytes;
  const codesAt = outAt + 2 * BLOCK * blocks;
  const size = codesAt + blocks * blockBytes;
  // Sums of a table's entries stay below 2^16.
  if (dimensions === 0 || width > 2048 || size > 2 ** 31) return null;
  let memory: WebAssembly.Memory;
  let look: (at: number, end: number, tables: number, out: number, bytes: number) => void;
  try {
    memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    look = instance.exports.look as typeof look;
  } catch {
    return null;
  }
  const tables = new Uint8Array(memory.buffer, 0, tableBytes);
  const sums = new Uint16Array(memory.buffer, outAt, BLOCK * blocks);
  const codes = new Uint8Array(memory.buffer, codesAt, blocks * blockBytes);
  const deviations = deviationsOf(vectors, dimensions, inverse);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const row = chunk * dimensions;
    const factor = inverse[chunk] as number;
    const place = Math.floor(chunk / BLOCK) * blockBytes + byteOf(chunk % BLOCK);
    for (let column = 0; column < dimensions; column++) {
      const value = (vectors[row + column] as number) * factor;
      const edge = (deviations[column] as number) * EDGE;
      // Added up, not chosen: nobody can guess which way a value goes.
      const code = Number(value >= -edge) + Number(value >= 0) + Number(value >= edge);
      const at = place + (column >> 2) * BLOCK;
      codes[at] = (codes[at] as number) | (code << (2 * (column & 3)));
    }
  }
  const steps = new Float64Array(width);
  /** How many vectors have each sum. */
  const histogram = new Uint32Array((((width / 2) * MOST) >> COARSE) + 1);

  return {
    best(query, runs, count, into) {
      let largest = 0;
      for (let column = 0; column < dimensions; column++) {
        steps[column] = (query[column] as number) * (deviations[column] as number);
      }
      for (let column = 0; column < width; column += 2) {
        const reach = Math.abs(steps[column] as number) + Math.abs(steps[column + 1] as number);
        if (reach > largest) largest = reach;
      }
      // A table's least entry is 0: what that takes away is the same for all vectors.
      const scale = largest > 0 ? MOST / (2 * 1.51 * largest) : 0;
      for (let column = 0; column < width; column += 2) {
        const a = (steps[column] as number) * scale;
        const b = (steps[column + 1] as number) * scale;
        const middle = 1.51 * (Math.abs(a) + Math.abs(b)) + 0.5;
        const at = column * 8;
        for (let code = 0; code < 16; code++) {
          tables[at + code] = (LEVELS[code & 3] as number) * a + (LEVELS[code >> 2] as number) * b + middle;
        }
      }
      histogram.fill(0);
      let total = 0;
      for (const [from, to] of runs) {
        const first = Math.floor(from / BLOCK);
        const end = Math.ceil(to / BLOCK);
        look(codesAt + first * blockBytes, codesAt + end * blockBytes, 0, outAt + first * BLOCK * 2, blockBytes);
        for (let chunk = from; chunk < to; chunk++) {
          const coarse = (sums[chunk] as number) >> COARSE;
          histogram[coarse] = (histogram[coarse] as number) + 1;
        }
        total += to - from;
      }
      let least = histogram.length;
      for (let above = 0; above < Math.min(count, total); ) above += histogram[--least] as number;
      least <<= COARSE;
      let found = 0;
      for (const [from, to] of runs) {
        for (let chunk = from; chunk < to; chunk++) if ((sums[chunk] as number) >= least) into[found++] = chunk;
      }
      return found;
    },
  };
}

/** Byte of a block at which a vector's codes stand: sums come out even bytes first, then odd ones. */
const byteOf = (vector: number): number => (vector < 8 ? 2 * vector : 2 * vector - 15);

/** Root of the mean square of each column at unit length. */
function deviationsOf(vectors: Float32Array, dimensions: number, inverse: Float64Array): Float64Array {
  const squares = new Float64Array(dimensions);
  const chunks = inverse.length;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const factor = (inverse[chunk] as number) ** 2;
    const row = chunk * dimensions;
    for (let column = 0; column < dimensions; column++) {
      squares[column] = (squares[column] as number) + (vectors[row + column] as number) ** 2 * factor;
    }
  }
  return squares.map((square) => Math.sqrt(square / Math.max(1, chunks)));
}

// For every block of sixteen vectors: a byte a vector holds four codes, two to a table; what the tables give is added up in bytes
// four times, then in 16 bits, even vectors and odd ones apart.
const [AT, END, TABLES, OUT, BYTES, TABLE, STOP, EVEN, ODD, FIRST, SECOND, FOUR, MASK, LOW] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
];
const SWIZZLE = vector(0x0e);
const AND = vector(0x4e);
const ADD_BYTES = vector(0x6e);
const ADD_SHORTS = vector(0x8e);
const SHIFT_SHORTS = vector(0x8d);
const STORE = vector(0x0b);
const bytes = (value: (at: number) => number) => [...vector(0x0c), ...Array.from({ length: 16 }, (_, at) => value(at))];
const lookUp = (codes: number, table: number) => [
  ...[...get(TABLE), ...load(16 * table), ...get(codes), ...get(MASK), ...AND, ...SWIZZLE],
  ...[...get(TABLE), ...load(16 * (table + 1)), ...get(codes), ...constant(4), ...SHIFT_SHORTS, ...get(MASK), ...AND, ...SWIZZLE],
  ...ADD_BYTES,
];
const LOOK = [
  ...[...bytes(() => 15), ...set(MASK), ...bytes((at) => (at % 2 === 0 ? 255 : 0)), ...set(LOW)],
  ...whileBelow(AT, END, [
    ...[...ZEROS, ...set(EVEN), ...ZEROS, ...set(ODD)],
    ...[...get(TABLES), ...set(TABLE), ...get(AT), ...get(BYTES), 0x6a, ...set(STOP)],
    ...repeatBelow(AT, STOP, [
      ...[...get(AT), ...load(0), ...set(FIRST), ...get(AT), ...load(16), ...set(SECOND)],
      ...[...lookUp(FIRST, 0), ...lookUp(SECOND, 2), ...ADD_BYTES, ...set(FOUR)],
      ...[...get(EVEN), ...get(FOUR), ...get(LOW), ...AND, ...ADD_SHORTS, ...set(EVEN)],
      ...[...get(ODD), ...get(FOUR), ...constant(8), ...SHIFT_SHORTS, ...ADD_SHORTS, ...set(ODD)],
      ...advance(AT, 32),
      ...advance(TABLE, 64),
    ]),
    ...[...get(OUT), ...get(EVEN), ...STORE, 0x00, 0x00, ...get(OUT), ...get(ODD), ...STORE, 0x00, 16],
    ...advance(OUT, 32),
  ]),
];
const MODULE = moduleOf([{ name: 'look', parameters: 5, numbers: 2, vectors: 7, body: LOOK }]);
