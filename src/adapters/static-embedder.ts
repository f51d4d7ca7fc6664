import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import type { Embedder } from '../core/ports.ts';
import type { WeightedRows } from '../core/reading/pack.ts';
import { packageRoot } from './package-root.ts';
import { parseStaticModel, type StaticModel } from './static-model.ts';

export interface StaticEmbedderOptions {
  /** Model file; the one shipped in `models/static-en` when absent. A `manifest.json` beside it must agree with it. */
  path?: string;
  /** The bytes of a model file, instead of a path. */
  buffer?: Uint8Array;
  /** SHA-256 (hex) the file must have; overrides the manifest. */
  sha256?: string;
}

export type StaticEmbedder = Embedder & {
  /**
   * The synchronous, typed way: unit length, or all zero for a text without words. Can stop after the first `columns` (a
   * multiple of 4): the vector is then cut, at unit length all the same.
   */
  embed(text: string, columns?: number): Float32Array;
  /** What `embed` sums up for a text: the sum of the rows named, weighted and scaled, is its vector. */
  rowsOf(text: string): WeightedRows;
  /**
   * Cosines of rows with some vectors by their leading columns, of which every vector has as many (a multiple of 4); null has none, and neither has
   * a row that is all zero: 0. Written into a list, vector by vector. Made once for many rows.
   */
  compare(vectors: readonly (Float32Array | null)[]): (row: number, into: Float64Array) => void;
  /** Products of a vector with rows, each as it weighs. Made once for many rows: one look-up for each byte of a row. */
  project(vector: Float32Array): (row: number) => number;
  /** Whether the model has a row of its own for a word (folded), instead of putting it together from its letters. */
  knows(word: string): boolean;
};

interface Manifest {
  id: string;
  file: string;
  sha256: string;
}

/** Values of the two-bit codes: the best four levels for a normally distributed value (Max 1960), part of the file format. */
const LEVELS = [-1.51, -0.4528, 0.4528, 1.51];
/** Bytes of an unknown word that count; part of the model (it was trained so). */
const WORD_BYTES = 40;

/**
 * Loads a static embedding model: one row a word, weighted, summed and scaled to unit length. English; no dependencies,
 * no network. Rejects with `bad_config` for a file that is missing, damaged or not what its manifest says.
 */
export async function createStaticEmbedder(options: StaticEmbedderOptions = {}): Promise<StaticEmbedder> {
  const path = options.path ?? (options.buffer ? null : join(packageRoot(), 'models', 'static-en', 'static-en.pse'));
  const manifest = path === null ? null : await readManifest(path);
  if (path !== null && options.path === undefined && manifest === null) {
    throw pilcrowError('bad_config', 'The manifest of the embedding model cannot be read.', { hint: 'Reinstall the package.' });
  }
  const bytes = options.buffer ?? (await readModel(path as string));
  const model = parseStaticModel(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const expected = options.sha256 ?? manifest?.sha256;
  if (expected !== undefined && expected !== sha256) {
    throw pilcrowError('bad_config', 'The embedding model cannot be used: its SHA-256 is not the expected one.', {
      hint: 'Reinstall the package: the model file was changed or damaged.',
    });
  }
  const rowsIn = rowReader(model);
  const addRow = rowAdder(model);
  const embed = encoder(model, rowsIn, addRow);
  return {
    id: manifest?.sha256 === sha256 ? manifest.id : `static-${sha256.slice(0, 12)}`,
    dimensions: model.header.dims,
    embed,
    rowsOf(text) {
      const rows: number[] = [];
      const weights: number[] = [];
      rowsIn(text, (row, weight) => {
        rows.push(row);
        weights.push(weight);
      });
      return { rows, weights, scale: scaleOf(summed(rows, weights, new Float64Array(model.header.dims), addRow)) };
    },
    compare: (vectors) => comparer(model, vectors, addRow),
    project: (vector) => projector(model, vector),
    knows: (word) => model.words.has(word),
    embedQuery: async (text) => Array.from(embed(text)),
    embedDocuments: async (texts) => texts.map((text) => Array.from(embed(text))),
  };
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw pilcrowError('bad_config', `The embedding model ${basename(path)} cannot be read.`, {
      hint: 'Reinstall the package, or point to an intact model file.',
      cause,
    });
  }
}

async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(dirname(path), 'manifest.json'), 'utf8')) as Partial<Manifest> | null;
    const { id, file, sha256 } = manifest ?? {};
    if (typeof id !== 'string' || typeof sha256 !== 'string' || file !== basename(path)) return null;
    return { id, file, sha256 };
  } catch {
    return null;
  }
}

/** A word that is already as the model has it. */
const PLAIN_WORD = /^[a-z]+$/;

/** Words as the model was trained on them; not the index's tokens: no stems, no stopwords, no CJK characters apart. */
function modelWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** FNV-1a over `bytes[from..to)` with a final mix, unsigned 32 bits. */
function hash(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let value = 2166136261 ^ seed;
  for (let at = from; at < to; at++) value = Math.imul(value ^ (bytes[at] as number), 16777619);
  value ^= value >>> 15;
  value = Math.imul(value, 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

type AddRow = (sum: Float64Array, row: number, weight: number) => void;

/** Gives the rows a text is made of, in order, each with its weight. */
function rowReader({ header, words }: StaticModel): (text: string, put: (row: number, weight: number) => void) => void {
  const { vocab, buckets, ngramMin, ngramMax, tfPower } = header;
  const utf8 = new TextEncoder();

  function unknown(word: string, factor: number, put: (row: number, weight: number) => void): void {
    // 42 UTF-16 units hold at least the first 40 bytes, and the cut cannot split a surrogate pair inside them.
    const bytes = utf8.encode(word.slice(0, WORD_BYTES + 2)).subarray(0, WORD_BYTES);
    const framed = new Uint8Array(bytes.length + 2);
    framed[0] = 0x3c;
    framed.set(bytes, 1);
    framed[bytes.length + 1] = 0x3e;
    put(vocab + (hash(bytes, 0, bytes.length, 1) % buckets), factor);
    let count = 0;
    for (let size = ngramMin; size <= ngramMax; size++) count += Math.max(0, framed.length - size + 1);
    for (let size = ngramMin; size <= ngramMax; size++) {
      for (let at = 0; at + size <= framed.length; at++) put(vocab + (hash(framed, at, at + size, 0) % buckets), factor / count);
    }
  }

  return (text, put) => {
    const add = (word: string, factor: number) => {
      const row = words.get(word);
      if (row === undefined) unknown(word, factor, put);
      else put(row, factor);
    };
    if (PLAIN_WORD.test(text)) {
      add(text, 1);
      return;
    }
    const counts = new Map<string, number>();
    for (const word of modelWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) add(word, count === 1 ? 1 : count ** tfPower);
  };
}

function encoder(
  { header }: StaticModel,
  rowsIn: ReturnType<typeof rowReader>,
  addRow: AddRow,
): (text: string, columns?: number) => Float32Array {
  return (text, columns = header.dims) => {
    const sum = new Float64Array(Math.min(columns, header.dims));
    rowsIn(text, (row, weight) => addRow(sum, row, weight));
    return scaled(sum);
  };
}

function scaled(sum: Float64Array): Float32Array {
  const scale = scaleOf(sum);
  const vector = new Float32Array(sum.length);
  if (scale > 0) for (let column = 0; column < sum.length; column++) vector[column] = (sum[column] as number) * scale;
  return vector;
}

function summed(rows: readonly number[], weights: readonly number[], sum: Float64Array, addRow: AddRow): Float64Array {
  rows.forEach((row, at) => {
    addRow(sum, row, weights[at] as number);
  });
  return sum;
}

/** What brings a vector to unit length; 0 where it has no direction. */
function scaleOf(sum: Float64Array): number {
  let squares = 0;
  for (const value of sum) squares += value * value;
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}

/** Values of every possible byte of a row, one after the other: 1, 2 or 4 columns each. */
function decodedBytes(bits: number): Float64Array {
  const perByte = 8 / bits;
  const decoded = new Float64Array(256 * perByte);
  for (let byte = 0; byte < 256; byte++) {
    for (let part = 0; part < perByte; part++) {
      const code = (byte >> (part * bits)) & ((1 << bits) - 1);
      decoded[byte * perByte + part] = bits === 8 ? (byte << 24) >> 24 : bits === 4 ? code - 8 : (LEVELS[code] as number);
    }
  }
  return decoded;
}

/**
 * See `StaticEmbedder.project`. Half a byte of a row at a time: its sixteen values are multiplied once for each place, and the table of that is
 * small enough to stay near the processor. Four sums side by side, which it adds at the same time.
 */
function projector({ header, scales, rows }: StaticModel, vector: Float32Array): (row: number) => number {
  const { bits, dims } = header;
  const perHalf = 4 / bits;
  if (perHalf < 1) return plainProjector({ header, scales, rows }, vector);
  const rowBytes = (dims * bits) / 8;
  const decoded = decodedBytes(bits);
  /** By place of a byte in a row: what its lower half adds to the product, by value, then its upper half. */
  const products = new Float64Array(rowBytes * 32);
  for (let half = 0; half < 2 * rowBytes; half++) {
    for (let value = 0; value < 16; value++) {
      let sum = 0;
      for (let part = 0; part < perHalf; part++) {
        sum += (decoded[value * 2 * perHalf + part] as number) * (vector[half * perHalf + part] as number);
      }
      products[half * 16 + value] = sum;
    }
  }
  return (row) => {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let at = row * rowBytes;
    let table = 0;
    for (const end = at + rowBytes - 1; at < end; at += 2, table += 64) {
      const one = rows[at] as number;
      const other = rows[at + 1] as number;
      a += products[table + (one & 15)] as number;
      b += products[table + 16 + (one >> 4)] as number;
      c += products[table + 32 + (other & 15)] as number;
      d += products[table + 48 + (other >> 4)] as number;
    }
    if (rowBytes % 2 === 1)
      a += (products[table + ((rows[at] as number) & 15)] as number) + (products[table + 16 + ((rows[at] as number) >> 4)] as number);
    return (scales[row] as number) * (a + b + c + d);
  };
}

/** The same for models of whole bytes. */
function plainProjector({ header: { dims }, scales, rows }: Pick<StaticModel, 'header' | 'scales' | 'rows'>, vector: Float32Array) {
  return (row: number): number => {
    let sum = 0;
    for (let column = 0; column < dims; column++) sum += (((rows[row * dims + column] as number) << 24) >> 24) * (vector[column] as number);
    return (scales[row] as number) * sum;
  };
}

/** Vectors that are compared with a row at a time. */
const LANES = 4;

/**
 * See `StaticEmbedder.compare`. As in `projector` half a byte at a time, for four vectors side by side: what its value adds to each of their products
 * stands together.
 */
function comparer(
  model: StaticModel,
  vectors: readonly (Float32Array | null)[],
  addRow: AddRow,
): (row: number, into: Float64Array) => void {
  const { header, scales, rows } = model;
  const { bits, dims } = header;
  const columns = vectors.find((vector) => vector !== null)?.length ?? 0;
  const perHalf = 4 / bits;
  if (perHalf < 1) return plainComparer(vectors, columns, addRow);
  const rowBytes = (dims * bits) / 8;
  const ownBytes = (columns * bits) / 8;
  const decoded = decodedBytes(bits);
  const groups = Math.ceil(vectors.length / LANES);
  const perGroup = ownBytes * 32 * LANES;
  const products = new Float64Array(groups * perGroup);
  vectors.forEach((vector, at) => {
    if (vector === null) return;
    const from = Math.floor(at / LANES) * perGroup + (at % LANES);
    for (let half = 0; half < 2 * ownBytes; half++) {
      for (let value = 0; value < 16; value++) {
        let sum = 0;
        for (let part = 0; part < perHalf; part++) {
          sum += (decoded[value * 2 * perHalf + part] as number) * (vector[half * perHalf + part] as number);
        }
        products[from + (half * 16 + value) * LANES] = sum;
      }
    }
  });
  /** By byte: the squares of its values. */
  const squares = Float64Array.from({ length: 256 }, (_, byte) =>
    decoded.subarray(byte * 2 * perHalf, (byte + 1) * 2 * perHalf).reduce((sum, value) => sum + value * value, 0),
  );
  return (row, into) => {
    const from = row * rowBytes;
    let length = 0;
    for (let at = 0; at < ownBytes; at++) length += squares[rows[from + at] as number] as number;
    const scale = length > 0 ? Math.sign(scales[row] as number) / Math.sqrt(length) : 0;
    for (let group = 0; group < groups; group++) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let table = group * perGroup;
      for (let at = 0; at < ownBytes; at++, table += 32 * LANES) {
        const byte = rows[from + at] as number;
        const low = table + (byte & 15) * LANES;
        const high = table + (16 + (byte >> 4)) * LANES;
        a += (products[low] as number) + (products[high] as number);
        b += (products[low + 1] as number) + (products[high + 1] as number);
        c += (products[low + 2] as number) + (products[high + 2] as number);
        d += (products[low + 3] as number) + (products[high + 3] as number);
      }
      const at = group * LANES;
      into[at] = a * scale;
      into[at + 1] = b * scale;
      into[at + 2] = c * scale;
      into[at + 3] = d * scale;
    }
  };
}

/** The same for models of whole bytes. */
function plainComparer(vectors: readonly (Float32Array | null)[], columns: number, addRow: AddRow) {
  const own = new Float64Array(columns);
  return (row: number, into: Float64Array): void => {
    addRow(own.fill(0), row, 1);
    const scale = scaleOf(own);
    vectors.forEach((vector, at) => {
      let sum = 0;
      if (vector) for (let column = 0; column < columns; column++) sum += (own[column] as number) * (vector[column] as number);
      into[at] = sum * scale;
    });
  };
}

/** Adds `weight * row` to a sum, decoding the row on the way: rows are only ever read for words that occur. */
function rowAdder({ header, scales, rows }: StaticModel): AddRow {
  const { dims, bits } = header;
  const perByte = 8 / bits;
  const rowBytes = dims / perByte;
  const decoded = decodedBytes(bits);
  return (sum, row, weight) => {
    const scale = (scales[row] as number) * weight;
    let from = row * rowBytes;
    if (perByte === 4) {
      for (let column = 0; column < sum.length; column += 4) {
        const at = (rows[from++] as number) * 4;
        sum[column] = (sum[column] as number) + scale * (decoded[at] as number);
        sum[column + 1] = (sum[column + 1] as number) + scale * (decoded[at + 1] as number);
        sum[column + 2] = (sum[column + 2] as number) + scale * (decoded[at + 2] as number);
        sum[column + 3] = (sum[column + 3] as number) + scale * (decoded[at + 3] as number);
      }
      return;
    }
    for (let column = 0; column < sum.length; from++) {
      const at = (rows[from] as number) * perByte;
      for (let part = 0; part < perByte; part++, column++) sum[column] = (sum[column] as number) + scale * (decoded[at + part] as number);
    }
  };
}
