/** Leading columns used: the shipped model is Matryoshka-ordered, and the ranker was trained on these. */
const COLUMNS = 64;
/** About 17 MB at the most. */
const WORDS_KEPT = 60_000;
/** Longer ones do not come again. */
const LONGEST_KEPT = 64;

/**
 * Vectors of single words for soft matching: the first 64 columns of what `embed` gives, to unit length; null for a word
 * without a vector. `embed` may stop after the columns asked for. Kept while they are asked for often.
 */
function wordVectorsOf(embed: (word: string, columns: number) => Float32Array): LocalVectors['word'] {
  const kept = new Map<string, Float32Array | null>();
  return (word) => {
    let vector = kept.get(word);
    if (vector === undefined) {
      vector = unit(embed(word, COLUMNS).slice(0, COLUMNS));
      if (word.length > LONGEST_KEPT) return vector;
      if (kept.size >= WORDS_KEPT) kept.clear();
      // On its own: a part of a longer text would keep the whole of that.
      kept.set(word.split('').join(''), vector);
    }
    return vector;
  };
}

function unit(vector: Float32Array): Float32Array | null {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return null;
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * scale;
  return vector;
}

/** What the stages ask of the shipped model. */
export const localVectors = (model: {
  embed(text: string, columns?: number): Float32Array;
  knows(word: string): boolean;
}): LocalVectors => ({ text: (text) => model.embed(text), word: wordVectorsOf(model.embed), knows: model.knows });

/** Vectors of the local model, whatever embeds the index: unit length, or all zero. */
export interface LocalVectors {
  text(text: string): Float32Array;
  /** 64 columns; null for a text without letters. */
  word(word: string): Float32Array | null;
  /** Whether the model was trained on the word, folded. */
  knows(word: string): boolean;
}
