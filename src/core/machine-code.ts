/** WebAssembly written opcode by opcode (core specification, binary format): what sums of many products need of it. */
export const I32 = 0x7f;
export const V128 = 0x7b;
const F64 = 0x7c;
export const ADD = 0x6a;
export const MULTIPLY = 0x6c;
const LESS = 0x49;

export const get = (local: number): number[] => [0x20, local];
export const set = (local: number): number[] => [0x21, local];
/** Signed LEB128 of a small positive number. */
export const constant = (value: number): number[] => [0x41, ...(value < 64 ? [value] : [(value & 127) | 128, value >> 7])];
export const advance = (local: number, by: number): number[] => [...get(local), ...constant(by), ADD, ...set(local)];
export const ZEROS: number[] = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
/** Sixteen bytes at the address on top; stored likewise. */
export const load = (offset: number): number[] => [0xfd, 0x00, 0x00, offset];
export const store = (offset: number): number[] => [0xfd, 0x0b, 0x00, offset];
/** Numbers of opcodes that work on sixteen bytes are LEB128. */
export const vector = (opcode: number): number[] => [0xfd, ...(opcode < 128 ? [opcode] : [(opcode & 127) | 128, opcode >> 7])];

/** Repeats `body` while local `at` is below local `end`. */
export const whileBelow = (at: number, end: number, body: number[]): number[] => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...get(at), ...get(end), LESS, 0x45, 0x0d, 1],
  ...body,
  ...[0x0c, 0, 0x0b, 0x0b],
];
/** Runs `body` and repeats it while local `at` is below local `end`. */
export const repeatBelow = (at: number, end: number, body: number[]): number[] => [
  ...[0x03, 0x40],
  ...body,
  ...[...get(at), ...get(end), LESS, 0x0d, 0, 0x0b],
];

/** Unsigned LEB128. */
function length(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...length(value >>> 7)];
}
const section = (id: number, bytes: number[]) => [id, ...length(bytes.length), ...bytes];
const list = (entries: number[][]) => [...length(entries.length), ...entries.flat()];

export interface Code {
  name: string;
  /** How many i32 it takes. */
  parameters: number;
  /** Gives back an f64; otherwise nothing. */
  double?: boolean;
  /** Locals after the parameters: first i32, then v128. */
  numbers: number;
  vectors: number;
  body: number[];
}

/** A module that exports some functions and works in the memory imported as "m" "m". */
export const moduleOf = (codes: readonly Code[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      list(
        codes.map(({ parameters, double }) => [0x60, parameters, ...new Array<number>(parameters).fill(I32), ...(double ? [1, F64] : [0])]),
      ),
    ),
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 1]),
    ...section(3, list(codes.map((_, at) => [at]))),
    ...section(7, list(codes.map(({ name }, at) => [name.length, ...new TextEncoder().encode(name), 0, at]))),
    ...section(
      10,
      list(
        codes.map(({ numbers, vectors, body }) => {
          const whole = [2, numbers, I32, vectors, V128, ...body, 0x0b];
          return [...length(whole.length), ...whole];
        }),
      ),
    ),
  ]);
