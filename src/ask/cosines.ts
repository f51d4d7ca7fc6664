import { countOfWords, wordOfNumber } from '../core/text/vocabulary.ts';
import type { WordVectors } from './features.ts';

/** Vectors of the words of the briefings one after the other, by the number of the word. */
interface Arena {
  /** Row of each word plus one; 0 when it was not looked up yet, -1 when it has no vector. */
  places: Int32Array;
  rows: Float32Array;
  count: number;
}

/** About 17 MB at the most. */
const WORDS_KEPT = 60_000;
const arenas = new WeakMap<WordVectors, Arena>();

/** Cosines of the words of a question with words of the briefings; each pair is computed once. */
export interface Cosines {
  /** Numbers a row has: the words of the question that have a vector, filled up to a multiple of four. */
  readonly width: number;
  /** Place of a word of the question in a row, or -1 when it has no vector. */
  placeOf(word: string): number;
  /** Where in `values` the row of a word of the briefings begins, or -1 when the word has no vector. */
  rowOf(number: number): number;
  /** Rows made so far; not to be kept: it is replaced as it grows. */
  values(): Float64Array;
}

/** Where the row of each word begins, plus one; -1 without a vector. Cleared by `finish`. */
let begins = new Int32Array(4096);

/** One at a time: `finish` gives back what it works with. Null when no word of the question has a vector. */
export function createCosines(vectors: WordVectors, words: Iterable<string>): (Cosines & { finish(): void }) | null {
  const places = new Map<string, number>();
  const own: Float32Array[] = [];
  for (const word of words) {
    const vector = places.has(word) ? null : vectors(word);
    if (vector) places.set(word, own.push(vector) - 1);
  }
  if (own.length === 0) return null;
  const width = Math.ceil(own.length / 4) * 4;
  const { length } = own[0] as Float32Array;
  // Column by column.
  const columns = new Float64Array(length * width);
  own.forEach((vector, place) => {
    for (let i = 0; i < length; i++) columns[i * width + place] = vector[i] as number;
  });
  let arena = arenas.get(vectors);
  if (!arena || arena.count >= WORDS_KEPT) {
    arena = { places: new Int32Array(0), rows: new Float32Array(1024 * length), count: 0 };
    arenas.set(vectors, arena);
  }
  const kept = arena;
  const { length: room } = kept.places;
  if (room < countOfWords()) {
    const larger = new Int32Array(countOfWords() + 4096);
    larger.set(kept.places);
    kept.places = larger;
  }
  if (begins.length < countOfWords()) begins = new Int32Array(countOfWords() + 4096);
  const met: number[] = [];
  let values = new Float64Array(512 * width);

  function vectorAt(number: number): number {
    let place = kept.places[number] as number;
    if (place === 0) {
      const vector = vectors(wordOfNumber(number));
      if (vector) {
        if ((kept.count + 1) * length > kept.rows.length) {
          const larger = new Float32Array(2 * kept.rows.length);
          larger.set(kept.rows);
          kept.rows = larger;
        }
        kept.rows.set(vector, kept.count * length);
        place = ++kept.count;
      } else place = -1;
      kept.places[number] = place;
    }
    return place;
  }

  /** Four sums at a time, each in the order of the columns: one alone would wait for every addition. */
  function compare(row: number, to: number): void {
    const { rows } = kept;
    for (let place = 0; place < width; place += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0, from = row * length, at = place; i < length; i++, from++, at += width) {
        const value = rows[from] as number;
        a += (columns[at] as number) * value;
        b += (columns[at + 1] as number) * value;
        c += (columns[at + 2] as number) * value;
        d += (columns[at + 3] as number) * value;
      }
      values[to + place] = a;
      values[to + place + 1] = b;
      values[to + place + 2] = c;
      values[to + place + 3] = d;
    }
  }

  return {
    width,
    placeOf: (word) => places.get(word) ?? -1,
    rowOf(number) {
      const begin = begins[number] as number;
      if (begin !== 0) return begin - (begin > 0 ? 1 : 0);
      const place = vectorAt(number);
      const to = met.length * width;
      met.push(number);
      if (place < 0) {
        begins[number] = -1;
        return -1;
      }
      if (to + width > values.length) {
        const larger = new Float64Array(2 * (to + width));
        larger.set(values);
        values = larger;
      }
      compare(place - 1, to);
      begins[number] = to + 1;
      return to;
    },
    values: () => values,
    finish() {
      for (const number of met) begins[number] = 0;
    },
  };
}
