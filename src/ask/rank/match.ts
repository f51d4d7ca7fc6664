import type { Candidate, Question, QuestionTerm } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { IN, type ReadChunk } from './read-chunk.ts';

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
  alike: Map<Float32Array, Float32Array | null>;
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
  /** By word of the chunk: how alike each term is; null for most, which are alike to none. */
  const columns = read.vectors.map((other) => (other ? alikeTo(asked, other) : null));
  const places = terms.map(({ same }) => placesOf(read, same));
  const near = terms.map((term) => placesOf(read, term.near));
  /** All words of a long form; null when one is not there. */
  const longs = terms.map(({ long }) => {
    const found = placesOf(read, long);
    return long.length > 0 && found.length === long.length ? found : null;
  });
  // "Chinese" is China, and the everyday name of a country its official one.
  const names = ({ country }: QuestionTerm, where: ReadonlySet<string>) => country !== null && where.has(country);
  const stands = (t: number, place: number) => {
    const at = (one: number) => ((read.where[one] as number) & place) > 0;
    return (places[t] as number[]).some(at) || (longs[t]?.every(at) ?? false);
  };
  const inText = terms.map((term, t) => names(term, read.textCountries) || stands(t, IN.text));
  const inHeadings = terms.map((_, t) => stands(t, IN.headings));
  const inTitle = terms.map((_, t) => stands(t, IN.title));
  const anywhere = terms.map((term, t) => names(term, read.countries) || (places[t] as number[]).length > 0 || longs[t] !== null);
  const soft = Array.from(
    most(columns, near, () => true),
    (alike, t) => (anywhere[t] ? 1 : alike),
  );
  const partSoft: number[] = [];
  const partExact: number[] = [];
  for (const { words, has } of read.parts) {
    const at = (place: number) => has[place] === 1;
    const alike = most(
      words.map((word) => columns[word] ?? null),
      near,
      at,
    );
    let covered = 0;
    let exact = 0;
    for (let t = 0; t < terms.length; t++) {
      const { weight } = terms[t] as QuestionTerm;
      if ((places[t] as number[]).some(at) || longs[t]?.every(at)) {
        exact += weight;
        covered += weight;
      } else covered += (alike[t] as number) * weight;
    }
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
    partSoft,
    partExact,
    partCosine: read.parts.map((part) => dot(part.vector, vector)),
  };
}

/** By term: how alike the most similar of some words is, counting those that may stand for it where `at` says they are. */
function most(
  columns: readonly (Float32Array | null)[],
  near: readonly (readonly number[])[],
  at: (place: number) => boolean,
): Float32Array {
  const best = new Float32Array(near.length);
  for (const column of columns) {
    if (!column) continue;
    for (let t = 0; t < column.length; t++) if ((column[t] as number) > (best[t] as number)) best[t] = column[t] as number;
  }
  for (let t = 0; t < near.length; t++)
    if ((near[t] as number[]).length > 0 && (near[t] as number[]).some(at)) best[t] = Math.max(NEAR, best[t] as number);
  return best;
}

/** How alike each term is to a word; null when none is. */
function alikeTo({ wordVectors, alike }: Asked, word: Float32Array): Float32Array | null {
  let column = alike.get(word);
  if (column === undefined) {
    const values = new Float32Array(wordVectors.length);
    for (let t = 0; t < values.length; t++) {
      const vector = wordVectors[t];
      const cosine = vector ? dot(vector, word) : 0;
      if (cosine > ALIKE_FROM) values[t] = Math.min(ALIKE_MOST, (cosine - ALIKE_FROM) / (1 - ALIKE_FROM));
    }
    column = values.some((value) => value > 0) ? values : null;
    alike.set(word, column);
  }
  return column;
}

function placesOf({ places }: ReadChunk, terms: readonly string[]): number[] {
  const found: number[] = [];
  for (const term of terms) {
    const place = places.get(term);
    if (place !== undefined) found.push(place);
  }
  return found;
}
