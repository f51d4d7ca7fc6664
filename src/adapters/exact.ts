import { advance, get, moduleOf, repeatBelow, set, vector, ZEROS } from '../core/machine-code.ts';

/** Products of vectors with a query, in double precision: four sums side by side, added up at the end. */
export interface ExactProducts {
  /** The vectors, where they are multiplied. */
  readonly vectors: Float32Array;
  /** Makes a vector of `dimensions` numbers the query. */
  ask(query: Float64Array): void;
  of(chunk: number): number;
}

const PAGE = 65_536;

/**
 * Takes over vectors (`chunks * dimensions` values): what was given need not be kept. The products are the same to the last bit
 * with WebAssembly and without.
 */
export function createExactProducts(vectors: Float32Array, dimensions: number): ExactProducts {
  return inMachineCode(vectors, dimensions) ?? inScript(vectors, dimensions);
}

export function inScript(vectors: Float32Array, dimensions: number): ExactProducts {
  let query = new Float64Array(dimensions);
  return {
    vectors,
    ask(next) {
      query = Float64Array.from(next);
    },
    of(chunk) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let at = chunk * dimensions;
      let column = 0;
      for (; column + 3 < dimensions; column += 4, at += 4) {
        a += (query[column] as number) * (vectors[at] as number);
        b += (query[column + 1] as number) * (vectors[at + 1] as number);
        c += (query[column + 2] as number) * (vectors[at + 2] as number);
        d += (query[column + 3] as number) * (vectors[at + 3] as number);
      }
      for (; column < dimensions; column++, at++) a += (query[column] as number) * (vectors[at] as number);
      return a + b + c + d;
    },
  };
}

/** Null where WebAssembly cannot do it, and for vectors that do not go up in fours. */
export function inMachineCode(vectors: Float32Array, dimensions: number): ExactProducts | null {
  const rowsAt = 8 * dimensions;
  const rowBytes = 4 * dimensions;
  const size = rowsAt + 4 * vectors.length;
  if (dimensions === 0 || dimensions % 4 !== 0 || vectors.length === 0 || size > 2 ** 31) return null;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    const product = exports.product as (row: number, end: number, query: number) => number;
    const query = new Float64Array(memory.buffer, 0, dimensions);
    const rows = new Float32Array(memory.buffer, rowsAt, vectors.length);
    rows.set(vectors);
    return {
      vectors: rows,
      ask: (next) => query.set(next.subarray(0, dimensions)),
      of(chunk) {
        const row = rowsAt + chunk * rowBytes;
        return product(row, row + rowBytes, 0);
      },
    };
  } catch {
    return null;
  }
}

const [ROW, END, QUERY, FIRST, SECOND] = [0, 1, 2, 3, 4];
const PROMOTE = vector(0x5f);
const TIMES = vector(0xf2);
const PLUS = vector(0xf0);
/** Two singles of the row made doubles, times two doubles of the query, added to a sum. */
const step = (sum: number, offset: number) => [
  ...[...get(sum), ...get(ROW), ...vector(0x5d), 0x00, offset, ...PROMOTE],
  ...[...get(QUERY), ...vector(0x00), 0x00, 2 * offset, ...TIMES, ...PLUS, ...set(sum)],
];
const lane = (sum: number, index: number) => [...get(sum), ...vector(0x21), index];
const ADD_DOUBLES = 0xa0;
const MODULE = moduleOf([
  {
    name: 'product',
    parameters: 3,
    numbers: 0,
    vectors: 2,
    double: true,
    body: [
      ...[...ZEROS, ...set(FIRST), ...ZEROS, ...set(SECOND)],
      ...repeatBelow(ROW, END, [...step(FIRST, 0), ...step(SECOND, 8), ...advance(ROW, 16), ...advance(QUERY, 32)]),
      ...[...lane(FIRST, 0), ...lane(FIRST, 1), ADD_DOUBLES, ...lane(SECOND, 0), ADD_DOUBLES, ...lane(SECOND, 1), ADD_DOUBLES],
    ],
  },
]);
