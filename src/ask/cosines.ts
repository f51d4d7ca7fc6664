import { createProducts, MOST_ROWS, type Products, widthFor } from '../core/products.ts';
import { countOfWords, wordOfNumber } from '../core/text/vocabulary.ts';
import type { WordVectors } from './features.ts';

/** Cosines of words of a question with words of the briefings; each pair is computed once. */
export interface Cosines {
  /** Numbers a row has. */
  readonly width: number;
  /** By the number of a word: its row in `values` plus one; -1 when it has no vector. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /** Place of a word of the question in a row, or -1 when it has no vector. */
  placeOf(word: string): number;
  /** Has to be called when done. */
  finish(): void;
}

/** Vectors of words of the briefings, kept where they are multiplied. */
interface Arena {
  products: Products;
  /** Row of each word plus one, by its number; 0 when it was not looked up yet, -1 when it has no vector. */
  places: Int32Array;
  count: number;
  /** Values of a vector. */
  length: number;
}

/** About 16 MB of vectors of 64 values at the most. */
const WORDS_KEPT = 60_000;
/** More than a question has words that are read (MAX_TERMS in units.ts, and its head). */
const MOST_COLUMNS = 72;
const arenas = new WeakMap<WordVectors, Arena>();
/** Shared by all questions, which are read one at a time; 0 stands for words not met. */
let rows = new Int32Array(0);
let values = new Float64Array(0);

function arenaOf(vectors: WordVectors, length: number): Arena {
  let arena = arenas.get(vectors);
  // Full, or nearly: begun anew, so that one question never meets two.
  if (!arena || arena.count > WORDS_KEPT / 2 || arena.length !== length) {
    arena = { products: createProducts(length, MOST_COLUMNS, WORDS_KEPT, true), places: new Int32Array(0), count: 0, length };
    arenas.set(vectors, arena);
  }
  if (arena.places.length < countOfWords()) arena.places = grown(arena.places);
  return arena;
}

const grown = (list: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(countOfWords() + 4096);
  larger.set(list);
  return larger;
};

/**
 * Compares words of a question with the words of sentences (by number). Null when none of the former has a vector. What it gives
 * holds until the next call.
 */
export function compareWords(vectors: WordVectors, words: Iterable<string>, sentences: readonly Int32Array[]): Cosines | null {
  const places = new Map<string, number>();
  const own: Float32Array[] = [];
  for (const word of words) {
    const vector = places.has(word) || own.length === MOST_COLUMNS ? null : vectors(word);
    if (vector) places.set(word, own.push(vector) - 1);
  }
  if (own.length === 0) return null;
  const { length } = own[0] as Float32Array;
  const arena = arenaOf(vectors, length);
  const { products } = arena;
  const width = widthFor(own.length);
  products.start.fill(0);
  products.matrix.fill(0, 0, length * width);
  own.forEach((vector, place) => {
    for (let i = 0; i < length; i++) products.matrix[i * width + place] = vector[i] as number;
  });

  if (rows.length < countOfWords()) rows = grown(rows);
  const met: number[] = [];
  for (const sentence of sentences) {
    for (let at = 0; at < sentence.length; at++) {
      const word = sentence[at] as number;
      if (rows[word] !== 0) continue;
      const row = rowOf(word, arena, vectors);
      rows[word] = row < 0 ? -1 : met.push(row);
    }
  }
  if (values.length < met.length * width) values = new Float64Array(2 * met.length * width);
  for (let from = 0; from < met.length; from += MOST_ROWS) {
    const count = Math.min(MOST_ROWS, met.length - from);
    for (let n = 0; n < count; n++) products.list[n] = met[from + n] as number;
    products.run(count, width);
    values.set(products.out.subarray(0, count * width), from * width);
  }
  const done = rows;
  return {
    width,
    rows: done,
    values,
    placeOf: (word) => places.get(word) ?? -1,
    finish() {
      for (const sentence of sentences) for (let at = 0; at < sentence.length; at++) done[sentence[at] as number] = 0;
    },
  };
}

/** Row of a word in the arena, or -1 when it has no vector or there is no room. */
function rowOf(word: number, arena: Arena, vectors: WordVectors): number {
  const place = arena.places[word] as number;
  if (place !== 0) return place > 0 ? place - 1 : -1;
  const vector = arena.count < WORDS_KEPT ? vectors(wordOfNumber(word)) : null;
  if (!vector) {
    arena.places[word] = -1;
    return -1;
  }
  arena.products.rows.set(vector, arena.count * arena.length);
  arena.places[word] = ++arena.count;
  return arena.count - 1;
}
