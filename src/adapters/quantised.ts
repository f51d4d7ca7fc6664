import {
  ADD,
  advance,
  constant,
  get,
  load,
  MULTIPLY,
  moduleOf,
  repeatBelow,
  set,
  vector,
  whileBelow,
  ZEROS,
} from '../core/machine-code.ts';

/**
 * A first look at all vectors: eight bits a value, eight values at a time (WebAssembly SIMD), so that 10,000 vectors of 512
 * values take half a millisecond. What a cosine may differ by is known, so that nothing can be missed.
 */
export interface QuantisedScan {
  /** Sets `low` and `high` of chunks `from..to` to numbers between which their cosines with a unit vector lie. */
  bounds(query: Float64Array, from: number, to: number): void;
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** The same for the first `count` chunks of a list. */
  of(query: Float64Array, list: Uint32Array, count: number): void;
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
  const chosenAt = outAt + 4 * chunks;
  const codesAt = Math.ceil((chosenAt + 4 * chunks) / 16) * 16;
  const size = codesAt + chunks * stride;
  if (dimensions === 0 || dimensions > MOST_DIMENSIONS || size > 2 ** 31) return null;
  let memory: WebAssembly.Memory;
  let scan: (at: number, end: number, stride: number, query: number, scales: number, out: number) => void;
  let pick: (list: number, end: number, stride: number, query: number, scales: number, out: number, codes: number) => void;
  try {
    memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    scan = instance.exports.scan as typeof scan;
    pick = instance.exports.pick as typeof pick;
  } catch {
    return null;
  }
  const codes = new Int8Array(memory.buffer, codesAt, chunks * stride);
  const scales = new Float32Array(memory.buffer, scalesAt, chunks);
  const sums = new Float32Array(memory.buffer, outAt, chunks);
  const chosen = new Uint32Array(memory.buffer, chosenAt, chunks);
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
  let step = 0;
  let least = 0;
  function ask(query: Float64Array): void {
    let largest = 0;
    for (let column = 0; column < dimensions; column++) largest = Math.max(largest, Math.abs(query[column] as number));
    step = largest / ASKED;
    let squares = 0;
    for (let column = 0; column < dimensions; column++) {
      const value = query[column] as number;
      const code = step > 0 ? Math.round(value / step) : 0;
      squares += (value - code * step) ** 2;
      asked[column] = code;
    }
    // |q.v - q'.v'| <= |q||v - v'| + |q - q'||v'|, and q is of unit length.
    least = Math.sqrt(squares) * 1.1 + ROUNDING;
  }
  function bound(chunk: number, likeness: number): void {
    const sum = likeness * step;
    const error = (lost[chunk] as number) + least;
    low[chunk] = sum - error;
    high[chunk] = sum + error;
  }
  return {
    low,
    high,
    bounds(query, from, to) {
      ask(query);
      scan(codesAt + from * stride, codesAt + to * stride, stride, 0, scalesAt + 4 * from, outAt + 4 * from);
      for (let chunk = from; chunk < to; chunk++) bound(chunk, sums[chunk] as number);
    },
    of(query, list, count) {
      ask(query);
      chosen.set(list.subarray(0, count));
      pick(chosenAt, chosenAt + 4 * count, stride, 0, scalesAt, outAt, codesAt);
      for (let i = 0; i < count; i++) bound(list[i] as number, sums[i] as number);
    },
  };
}

// For every row of codes multiply eight codes at a time with eight values of the query and add, until the row ends; then add the
// partial sums, multiply with the row's scale, store.
const [AT, END, STRIDE, QUERY, SCALES, OUT] = [0, 1, 2, 3, 4, 5];
/** Eight signed bytes, each made two. */
const loadCodes = (offset: number) => [...vector(0x01), 0x00, offset];
const DOT = vector(0xba);
const ADD_LANES = vector(0xae);

/** Leaves the product of the row of codes at local `at` and the query as i32; `first` and on: two i32 and four v128 to work with. */
function product(at: number, first: number): number[] {
  const [place, stop, ...sums] = [0, 1, 2, 3, 4, 5].map((local) => first + local) as [number, number, ...number[]];
  const [all, second, third, fourth] = sums as [number, number, number, number];
  const lane = (index: number) => [...get(all), ...vector(0x1b), index];
  const multiply = (eight: number) => {
    const sum = sums[eight % sums.length] as number;
    return [get(sum), get(at), loadCodes(8 * eight), get(place), load(16 * eight), DOT, ADD_LANES, set(sum)].flat();
  };
  return [
    ...sums.flatMap((sum) => [...ZEROS, ...set(sum)]),
    ...[...get(QUERY), ...set(place), ...get(at), ...get(STRIDE), ADD, ...set(stop)],
    ...repeatBelow(at, stop, [
      ...Array.from({ length: STEP / 8 }, (_, eight) => multiply(eight)).flat(),
      ...advance(at, STEP),
      ...advance(place, 2 * STEP),
    ]),
    ...[...get(all), ...get(second), ...ADD_LANES, ...get(third), ...ADD_LANES, ...get(fourth), ...ADD_LANES, ...set(all)],
    ...[...lane(0), ...lane(1), ADD, ...lane(2), ADD, ...lane(3), ADD],
  ];
}

/** The i32 on top as float, times the float at the address that `scale` leaves, stored at the address below. */
const store = (scale: number[]) => [0xb2, ...scale, 0x2a, 0x02, 0x00, 0x94, 0x38, 0x02, 0x00];
const SCAN = whileBelow(AT, END, [...get(OUT), ...product(AT, 6), ...store(get(SCALES)), ...advance(SCALES, 4), ...advance(OUT, 4)]);
/** The same for a list of rows: local 0 goes through the list, 6 is where the codes begin, 7 the row, 8 its place. */
const PICK = whileBelow(AT, END, [
  ...[...get(AT), 0x28, 0x02, 0x00, ...set(7)],
  ...[...get(7), ...get(STRIDE), MULTIPLY, ...get(6), ADD, ...set(8)],
  ...get(OUT),
  ...product(8, 9),
  ...store([...get(SCALES), ...get(7), ...constant(4), MULTIPLY, ADD]),
  ...advance(AT, 4),
  ...advance(OUT, 4),
]);
const MODULE = moduleOf([
  { name: 'scan', parameters: 6, numbers: 2, vectors: 4, body: SCAN },
  { name: 'pick', parameters: 7, numbers: 4, vectors: 4, body: PICK },
]);

/** Whether this machine can do it. */
export const canQuantise: boolean = typeof WebAssembly === 'object' && WebAssembly.validate(MODULE);
