import type { WordVectors } from './features.ts';

/** Leading columns used: the shipped model is Matryoshka-ordered, and the ranker was trained on these. */
const COLUMNS = 64;
const WORDS_KEPT = 20_000;

/**
 * Vectors of single words for soft matching: the first 64 columns of what `embed` gives, to unit length; null for a word
 * without a vector. Kept while they are asked for often.
 */
export function wordVectorsOf(embed: (word: string) => Float32Array): WordVectors {
  const kept = new Map<string, Float32Array | null>();
  return (word) => {
    let vector = kept.get(word);
    if (vector === undefined) {
      const cut = embed(word).slice(0, COLUMNS);
      const length = Math.hypot(...cut);
      vector = length > 0 ? cut.map((value) => value / length) : null;
      if (kept.size >= WORDS_KEPT) kept.clear();
      kept.set(word, vector);
    }
    return vector;
  };
}
