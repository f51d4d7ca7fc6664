import type { RowModel } from '../core/reading/pack.ts';

/** The local model, whatever embeds the index. Vectors have unit length, or are all zero. */
export interface LocalVectors extends RowModel {
  text(text: string): Float32Array;
  /** Null for a text without letters. */
  word(word: string): Float32Array | null;
  /** Cosines of words that are one row of the model with some of these vectors, written into a list; 0 with null. */
  compare(vectors: readonly (Float32Array | null)[]): (row: number, into: Float64Array) => void;
  /** Products of a vector with rows, each as it weighs. */
  project(vector: Float32Array): (row: number) => number;
  /** Whether the model was trained on the word, folded. */
  knows(word: string): boolean;
}

/**
 * Leading columns used of single words: the shipped model is Matryoshka-ordered. Covered weight alone puts the right chunk as far in front with 256 as
 * with all 512, with 128 less far and with 64 much less (docs/evaluation.md).
 */
const WORD_VECTOR_COLUMNS = 256;
/** Words of questions, and those of chunks that are no row of the model: about 4 MB at the most. */
const WORDS_KEPT = 4_000;
/** Longer ones do not come again. */
const LONGEST_WORD_KEPT = 64;

/** What the stages ask of the shipped model. */
export function localVectors(
  model: Pick<LocalVectors, 'id' | 'rowsOf' | 'compare' | 'project' | 'knows'> & {
    embed(text: string, columns?: number): Float32Array;
  },
): LocalVectors {
  const made = (word: string) => unit(model.embed(word, WORD_VECTOR_COLUMNS).slice(0, WORD_VECTOR_COLUMNS));
  const words = kept(made);
  const { id } = model;
  return {
    id,
    text: (text) => model.embed(text),
    word: (word) => (word.length > LONGEST_WORD_KEPT ? made(word) : words(word)),
    rowsOf: (text) => model.rowsOf(text),
    compare: (vectors) => model.compare(vectors),
    project: (vector) => model.project(vector),
    knows: (word) => model.knows(word),
  };
}

/** Keeps what was made as long as it is asked for often. */
function kept(make: (word: string) => Float32Array | null): (word: string) => Float32Array | null {
  const made = new Map<string, Float32Array | null>();
  return (word) => {
    let vector = made.get(word);
    if (vector === undefined) {
      vector = make(word);
      if (made.size >= WORDS_KEPT) made.clear();
      // On its own: a part of a longer text would keep the whole of that.
      made.set(word.split('').join(''), vector);
    }
    return vector;
  };
}

/** To unit length, in place; null for a vector without direction. */
function unit(vector: Float32Array): Float32Array | null {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return null;
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * scale;
  return vector;
}
