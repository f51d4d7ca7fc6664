import { ADD, advance, constant, get, load, MULTIPLY, moduleOf, repeatBelow, set, store, vector, whileBelow } from './machine-code.ts';

/**
 * Rows of numbers times a matrix: `out[n][column] = start[column] + row[n][0] * matrix[0][column] + row[n][1] * …`, added up in this
 * order, so that every machine gets the same to the last bit. Two columns at a time where there is WebAssembly.
 */
export interface Products {
  /** `inputs * width` numbers, row by row; room for the widest matrix. */
  readonly matrix: Float64Array;
  /** `width` numbers. */
  readonly start: Float64Array;
  /** Rows one after the other. */
  readonly rows: Float32Array | Float64Array;
  /** Which rows are multiplied; room for MOST_ROWS. */
  readonly list: Uint32Array;
  /** One row of `width` numbers for each entry of the list. */
  readonly out: Float64Array;
  /** Multiplies the first `count` rows of the list; `width` is one that `widthFor` gave. */
  run(count: number, width: number): void;
}

/** Rows that are multiplied at a time. */
export const MOST_ROWS = 256;
/** Columns a round of the machine code takes. */
const COLUMNS = 8;
const PAGE = 65_536;

/** Width of a matrix that has room for so many columns. */
export const widthFor = (columns: number): number => Math.ceil(columns / COLUMNS) * COLUMNS;

/** For matrices up to so many columns, and so many rows. `single`: the rows are single precision. */
export function createProducts(inputs: number, columns: number, capacity: number, single: boolean): Products {
  const widest = widthFor(columns);
  const matrixAt = 0;
  const startAt = matrixAt + 8 * inputs * widest;
  const outAt = startAt + 8 * widest;
  const listAt = outAt + 8 * widest * MOST_ROWS;
  const rowsAt = Math.ceil((listAt + 4 * MOST_ROWS) / 8) * 8;
  const rowBytes = (single ? 4 : 8) * inputs;
  const size = rowsAt + rowBytes * capacity;
  const machine = instantiate(size);
  const buffer = machine?.buffer ?? new ArrayBuffer(size);
  const matrix = new Float64Array(buffer, matrixAt, inputs * widest);
  const start = new Float64Array(buffer, startAt, widest);
  const out = new Float64Array(buffer, outAt, widest * MOST_ROWS);
  const list = new Uint32Array(buffer, listAt, MOST_ROWS);
  const rows = single ? new Float32Array(buffer, rowsAt, inputs * capacity) : new Float64Array(buffer, rowsAt, inputs * capacity);
  const run = machine?.[single ? 'single' : 'double'];
  return {
    matrix,
    start,
    rows,
    list,
    out,
    run: run
      ? (count, width) => run(listAt, listAt + 4 * count, rowBytes, rowsAt, matrixAt, 8 * width, startAt, outAt)
      : (count, width) => {
          for (let n = 0; n < count; n++) {
            const row = (list[n] as number) * inputs;
            for (let column = 0; column < width; column++) {
              let sum = start[column] as number;
              for (let i = 0; i < inputs; i++) sum += (rows[row + i] as number) * (matrix[i * width + column] as number);
              out[n * width + column] = sum;
            }
          }
        },
  };
}

type Run = (list: number, end: number, rowBytes: number, rows: number, matrix: number, width: number, start: number, out: number) => void;

/** Null where WebAssembly cannot do it. Pages that are never written to cost no memory. */
function instantiate(size: number): { buffer: ArrayBuffer; single: Run; double: Run } | null {
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    return { buffer: memory.buffer, single: exports.single as Run, double: exports.double as Run };
  } catch {
    return null;
  }
}

// For every row of the list, for every eight columns: begin with `start`, then add the value of the row times that of the matrix.
const [LIST, END, ROW_BYTES, ROWS, MATRIX, WIDTH, START, OUT, ROW, ROW_END, PLACE, COLUMN, VALUE, FIRST] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
];
const FOUR = [0, 1, 2, 3];
const SPLAT_DOUBLE = [...vector(0x0a), 0x00, 0x00];
/** f32.load, f64.promote_f32, f64x2.splat. */
const SPLAT_SINGLE = [0x2a, 0x02, 0x00, 0xbb, ...vector(0x14)];
const TIMES = vector(0xf2);
const PLUS = vector(0xf0);
const at = (base: number) => [...get(base), ...get(COLUMN), ADD];

const body = (valueBytes: number, splat: number[]) =>
  whileBelow(LIST, END, [
    ...[...constant(0), ...set(COLUMN)],
    ...whileBelow(COLUMN, WIDTH, [
      ...FOUR.flatMap((k) => [...at(START), ...load(16 * k), ...set(FIRST + k)]),
      ...[...get(LIST), 0x28, 0x02, 0x00, ...get(ROW_BYTES), MULTIPLY, ...get(ROWS), ADD, ...set(ROW)],
      ...[...get(ROW), ...get(ROW_BYTES), ADD, ...set(ROW_END), ...at(MATRIX), ...set(PLACE)],
      ...repeatBelow(ROW, ROW_END, [
        ...[...get(ROW), ...splat, ...set(VALUE)],
        ...FOUR.flatMap((k) => [...get(FIRST + k), ...get(VALUE), ...get(PLACE), ...load(16 * k), ...TIMES, ...PLUS, ...set(FIRST + k)]),
        ...advance(ROW, valueBytes),
        ...[...get(PLACE), ...get(WIDTH), ADD, ...set(PLACE)],
      ]),
      ...FOUR.flatMap((k) => [...at(OUT), ...get(FIRST + k), ...store(16 * k)]),
      ...advance(COLUMN, 8 * COLUMNS),
    ]),
    ...[...get(OUT), ...get(WIDTH), ADD, ...set(OUT)],
    ...advance(LIST, 4),
  ]);
const MODULE = moduleOf([
  { name: 'single', parameters: 8, numbers: 4, vectors: 5, body: body(4, SPLAT_SINGLE) },
  { name: 'double', parameters: 8, numbers: 4, vectors: 5, body: body(8, SPLAT_DOUBLE) },
]);
