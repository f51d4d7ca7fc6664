import type { Candidate, LocalVectors, Question, QuestionTerm } from '../records.ts';
import type { ReadChunk } from './read-chunk.ts';

/** How the words of a question meet a chunk. Lists are by term of the question. */
export interface Match {
  /** 0..1: 1 the word itself, .8 a word that may stand for it, else how alike the most similar word is, at most .85. */
  soft: readonly number[];
  inText: readonly boolean[];
  inHeadings: readonly boolean[];
  inTitle: readonly boolean[];
  anywhere: readonly boolean[];
  /** Places of the word itself in `ReadChunk.terms`. */
  places: readonly (readonly number[])[];
  /** Terms by words of the chunk, 0..1, row by row. */
  alike: Float32Array;
  /** Covered weight of the question by part, soft and exact, 0..1. */
  partSoft: readonly number[];
  partExact: readonly number[];
  /** Cosine of each part with the question. */
  partCosine: readonly number[];
}

/** Cosine of two words from which on they are alike at all; random pairs of the shipped vectors stay below. */
const ALIKE_FROM = 0.35;
/** A similar word is never as good as the word. */
const ALIKE_MOST = 0.85;
const NEAR = 0.8;

export const dot = (a: Float32Array, b: Float32Array): number => {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** What of a question is the same for every chunk. */
export interface Asked {
  question: Question;
  vector: Float32Array;
  wordVectors: readonly (Float32Array | null)[];
  /** How alike each term is to a word, by the word's vector: chunks of one pool share most of their words. */
  alike: Map<Float32Array, Float32Array>;
  total: number;
  /** Whether the vectors know the language of the question. */
  known: boolean;
}

export function askedOf(question: Question, vectors: LocalVectors | null): Asked {
  const usable = question.embedded ? vectors : null;
  return {
    question,
    vector: usable?.text(question.text) ?? new Float32Array(0),
    wordVectors: question.terms.map(({ word }) => usable?.word(word) ?? null),
    alike: new Map(),
    total: question.terms.reduce((sum, { weight }) => sum + weight, 0) || 1,
    known: usable !== null,
  };
}

export function match(asked: Asked, { read }: Candidate): Match {
  const { question, vector, total } = asked;
  const { terms } = question;
  const width = read.terms.length;
  const alike = new Float32Array(terms.length * width);
  const places: number[][] = [];
  read.vectors.forEach((other, w) => {
    if (!other) return;
    const column = alikeTo(asked, other);
    for (let t = 0; t < terms.length; t++) alike[t * width + w] = column[t] as number;
  });
  terms.forEach((term, t) => {
    const own = term.same.flatMap((one) => read.places.get(one) ?? []);
    places.push(own);
    const row = alike.subarray(t * width, (t + 1) * width);
    for (const one of term.near) {
      const place = read.places.get(one);
      if (place !== undefined) row[place] = Math.max(NEAR, row[place] as number);
    }
    for (const place of own) row[place] = 1;
  });
  const has = (term: QuestionTerm, t: number, test: (place: number) => boolean): boolean =>
    (places[t] as number[]).some(test) || (term.long.length > 0 && term.long.every((one) => hasPlace(read, one, test)));
  // "Chinese" is China, and the everyday name of a country its official one.
  const names = ({ country }: QuestionTerm, where: ReadonlySet<string>) => country !== null && where.has(country);
  const inText = terms.map(
    (term, t) => names(term, read.textCountries) || has(term, t, (place) => (read.positions[place] as readonly number[]).length > 0),
  );
  const inHeadings = terms.map((term, t) => has(term, t, (place) => read.inHeadings.has(place)));
  const inTitle = terms.map((term, t) => has(term, t, (place) => read.inTitle.has(place)));
  const anywhere = terms.map((term, t) => names(term, read.countries) || has(term, t, () => true));
  const soft = terms.map((_, t) => {
    if (anywhere[t]) return 1;
    let best = 0;
    for (let w = t * width; w < (t + 1) * width; w++) if ((alike[w] as number) > best) best = alike[w] as number;
    return best;
  });
  const partSoft: number[] = [];
  const partExact: number[] = [];
  for (const part of read.parts) {
    let covered = 0;
    let exact = 0;
    const words = new Set(part.words);
    terms.forEach((term, t) => {
      let best = 0;
      if (has(term, t, (place) => words.has(place))) {
        best = 1;
        exact += term.weight;
      } else
        for (const w of part.words) {
          const value = alike[t * width + w] as number;
          if (value > best) best = value;
        }
      covered += best * term.weight;
    });
    partSoft.push(covered / total);
    partExact.push(exact / total);
  }
  return {
    soft,
    inText,
    inHeadings,
    inTitle,
    anywhere,
    places,
    alike,
    partSoft,
    partExact,
    partCosine: read.parts.map((part) => dot(part.vector, vector)),
  };
}

function alikeTo({ wordVectors, alike }: Asked, word: Float32Array): Float32Array {
  let column = alike.get(word);
  if (!column) {
    column = Float32Array.from(wordVectors, (vector) => {
      const cosine = vector ? dot(vector, word) : 0;
      return cosine > ALIKE_FROM ? Math.min(ALIKE_MOST, (cosine - ALIKE_FROM) / (1 - ALIKE_FROM)) : 0;
    });
    alike.set(word, column);
  }
  return column;
}

function hasPlace(read: ReadChunk, term: string, test: (place: number) => boolean): boolean {
  const place = read.places.get(term);
  return place !== undefined && test(place);
}
