import { pilcrowError } from '../core/errors.ts';

/** What the header of a static embedding file declares. */
interface StaticModelHeader {
  format: string;
  /** Number of words with a row of their own; words are rows `0..vocab - 1`. */
  vocab: number;
  /** Rows shared by hashing, after the words. */
  buckets: number;
  dims: number;
  /** Bits a value: 8, 4 or 2. */
  bits: 2 | 4 | 8;
  /** Shortest and longest byte n-gram of an unknown word. */
  ngramMin: number;
  ngramMax: number;
  /** A word that occurs c times counts c ** tfPower. */
  tfPower: number;
  vocabBytes: number;
}

/** A parsed file: views on its bytes, nothing decoded but the list of words. */
export interface StaticModel {
  header: StaticModelHeader;
  words: Map<string, number>;
  scales: Float32Array;
  /** `dims * bits / 8` bytes a row. */
  rows: Uint8Array;
}

const FORMAT = 'pilcrow-static-1';
const HINT = 'Reinstall the package, or point to an intact model file.';
const bad = (what: string, cause?: unknown) =>
  pilcrowError('bad_config', `The embedding model cannot be used: ${what}.`, { hint: HINT, cause });

/** Reads a `PSE1` file. Throws `bad_config` when the magic, the header or the sizes it declares do not fit the bytes. */
export function parseStaticModel(bytes: Uint8Array): StaticModel {
  if (bytes.length < 8) throw bad('the file is truncated');
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'PSE1') throw bad('it is not a static embedding file (wrong magic)');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(4, true);
  if (8 + headerLength > bytes.length) throw bad('the file is truncated');
  const header = parseHeader(bytes.subarray(8, 8 + headerLength));

  const rowCount = header.vocab + header.buckets;
  const wordsAt = 8 + headerLength;
  const scalesAt = wordsAt + header.vocabBytes;
  const rowsAt = scalesAt + 4 * rowCount;
  const end = rowsAt + (rowCount * header.dims * header.bits) / 8;
  if (bytes.length < end) throw bad('the file is truncated');
  if (bytes.length > end) throw bad('the sizes its header declares do not add up');

  const list = new TextDecoder().decode(bytes.subarray(wordsAt, scalesAt)).trimEnd().split('\n');
  if (list.length !== header.vocab) throw bad('its vocabulary is not as long as its header declares');
  const words = new Map<string, number>();
  for (let row = 0; row < list.length; row++) words.set(list[row] as string, row);

  // Copied, because the section need not be aligned to four bytes in the buffer given (and Buffer's own slice does not copy).
  const scales = new Float32Array(Uint8Array.from(bytes.subarray(scalesAt, rowsAt)).buffer);
  if (!scales.every(Number.isFinite)) throw bad('a row weight is not a finite number');
  return { header, words, scales, rows: bytes.subarray(rowsAt, end) };
}

function parseHeader(bytes: Uint8Array): StaticModelHeader {
  let raw: Partial<Record<keyof StaticModelHeader, unknown>> | null;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw bad('its header is not JSON', cause);
  }
  if (typeof raw !== 'object' || raw === null) throw bad('its header is not an object');
  if (raw.format !== FORMAT) throw bad(`its format is not ${FORMAT}`);
  // Upper bounds keep the products below exact in a double; no model comes near them.
  const whole = (name: keyof StaticModelHeader, least: number, most: number): number => {
    const value = raw[name];
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) throw bad(`its header has a wrong ${name}`);
    return value as number;
  };
  const bits = whole('bits', 2, 8);
  if (bits !== 2 && bits !== 4 && bits !== 8) throw bad('its header has a wrong bits');
  const dims = whole('dims', 4, 65_536);
  if (dims % 4 !== 0) throw bad('its header has a wrong dims');
  const ngramMin = whole('ngramMin', 1, 64);
  const tfPower = raw.tfPower;
  if (typeof tfPower !== 'number' || !(tfPower >= 0 && tfPower <= 1)) throw bad('its header has a wrong tfPower');
  return {
    format: FORMAT,
    vocab: whole('vocab', 1, 2 ** 24),
    buckets: whole('buckets', 1, 2 ** 24),
    dims,
    bits,
    ngramMin,
    ngramMax: whole('ngramMax', ngramMin, 64),
    tfPower,
    vocabBytes: whole('vocabBytes', 1, 2 ** 30),
  };
}
