import type { WordVectors } from './features.ts';

/** Leading columns used: the shipped model is Matryoshka-ordered, and the ranker was trained on these. */
const COLUMNS = 64;
/** About 17 MB at the most. */
const WORDS_KEPT = 60_000;

/**
 * Vectors of single words for soft matching: the first 64 columns of what `embed` gives, to unit length; null for a word
 * without a vector. `embed` may stop after the columns asked for. Kept while they are asked for often.
 */
export function wordVectorsOf(embed: (word: string, columns: number) => Float32Array): WordVectors {
  const kept = new Map<string, Float32Array | null>();
  return (word) => {
    let vector = kept.get(word);
    if (vector === undefined) {
      vector = unit(embed(word, COLUMNS).slice(0, COLUMNS));
      if (kept.size >= WORDS_KEPT) kept.clear();
      kept.set(word, vector);
    }
    return vector;
  };
}

/** Whether two of these vectors have a cosine of `least` or more; false when a word has none. */
export function areAlike(one: Float32Array | null, other: Float32Array | null, least: number): boolean {
  return one !== null && other !== null && one.reduce((sum, value, i) => sum + value * (other[i] as number), 0) >= least;
}

function unit(vector: Float32Array): Float32Array | null {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return null;
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * scale;
  return vector;
}
