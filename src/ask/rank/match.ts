import { type ChunkReading, TEXTS } from '../../core/reading/open.ts';
import { IN } from '../../core/reading/pack.ts';
import { stemHash } from '../../core/reading/words.ts';
import type { Candidate, Question, QuestionTerm } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';

/** How the words of a question meet a chunk. Lists are by term of the question; flags are 0 or 1. */
export interface Match {
  /** 0..1: 1 the word itself, .8 a word that may stand for it, else how alike the most similar word is, at most .85. */
  soft: Float32Array;
  inText: Uint8Array;
  inHeadings: Uint8Array;
  inTitle: Uint8Array;
  anywhere: Uint8Array;
  /** Places of the word itself in `ChunkReading.terms`. */
  places: readonly (readonly number[])[];
  /** Whether a part has the word itself: part by part, the terms of each. */
  inParts: Uint8Array;
  /** Covered weight of the question by part, soft and exact, 0..1. */
  partSoft: Float64Array;
  partExact: Float64Array;
  /** Cosine with the question of each part, of the whole chunk and of its titles. */
  partCosine: Float64Array;
  cosine: number;
  pathCosine: number;
}

/**
 * Cosine of two words from which on they are alike at all, and how much more makes them as good as one another. Of two unrelated nouns nineteen in twenty
 * stay below that, "doctor" and "physician" have .48. Found on the desk sets: of 0 to .35, and spans of .4 to .9, these put the right chunk
 * first most often by covered weight alone (docs/evaluation.md).
 */
const ALIKE_FROM = 0.12;
const ALIKE_SPAN = 0.5;
/** A similar word is never as good as the word. */
const ALIKE_MOST = 0.85;
const NEAR = 0.8;

/** Stems of a term, as chunks have them. */
interface Stems {
  same: readonly number[];
  near: readonly number[];
  long: readonly number[];
}

/** What of a question is the same for every chunk. */
export interface Asked {
  question: Question;
  stems: readonly Stems[];
  /** Every stem that may stand for a word of the question. */
  known: ReadonlySet<number>;
  /** How alike each term is to a word of a chunk; null when none is. By row of the local model, or by the word where it is none. */
  alike(row: number, reading: ChunkReading): Float32Array | null;
  /** Product of the question's vector with a row of the local model. */
  product(row: number): number;
  total: number;
  /** Lists that every match writes anew: by place of a chunk, by term, and by row of a chunk. */
  scratch: { columns: (Float32Array | null)[]; last: Uint32Array; alike: Float32Array; products: Float64Array };
  /** Whether the vectors know the language of the question. */
  usable: boolean;
}

const kept = new WeakMap<Question, Asked>();

/** What is asked, read once for all chunks and stages. */
export function askedOf(question: Question, vectors: LocalVectors | null): Asked {
  let asked = kept.get(question);
  if (!asked) {
    const usable = question.embedded ? vectors : null;
    const stems = question.terms.map(({ same, near, long }) => ({
      same: same.map(stemHash),
      near: near.map(stemHash),
      long: long.map(stemHash),
    }));
    asked = {
      question,
      stems,
      known: new Set(stems.flatMap(({ same, near, long }) => [...same, ...near, ...long])),
      alike: usable ? likeness(question, usable) : () => null,
      product: usable ? productsOf(usable.project(usable.text(question.text))) : () => 0,
      total: question.terms.reduce((sum, { weight }) => sum + weight, 0) || 1,
      scratch: { columns: [], last: new Uint32Array(512), alike: new Float32Array(stems.length), products: new Float64Array(512) },
      usable: usable !== null,
    };
    kept.set(question, asked);
  }
  return asked;
}

/** Chunks of one pool share most of their words, and so their rows. */
function productsOf(project: (row: number) => number): (row: number) => number {
  let [rows, values, count] = [new Int32Array(4096).fill(-1), new Float64Array(4096), 0];
  const slotOf = (row: number): number => {
    const mask = rows.length - 1;
    let slot = Math.imul(row, 0x9e3779b1) & mask;
    while (rows[slot] !== row && rows[slot] !== -1) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    const [old, sums] = [rows, values];
    [rows, values] = [new Int32Array(2 * old.length).fill(-1), new Float64Array(2 * old.length)];
    old.forEach((row, at) => {
      if (row < 0) return;
      const slot = slotOf(row);
      rows[slot] = row;
      values[slot] = sums[at] as number;
    });
  };
  return (row) => {
    let slot = slotOf(row);
    if (rows[slot] === -1) {
      if (2 * ++count > rows.length) {
        grow();
        slot = slotOf(row);
      }
      rows[slot] = row;
      values[slot] = project(row);
    }
    return values[slot] as number;
  };
}

/** Cosine of the question with text i of a chunk, by its products with the rows of the chunk; 0 for a text without words. */
function cosineOf({ texts }: ChunkReading, i: number, products: Float64Array): number {
  const { ends, rows, weightOf, weights, scales } = texts;
  let sum = 0;
  for (let at = i === 0 ? 0 : (ends[i - 1] as number); at < (ends[i] as number); at++) {
    sum += (weights[weightOf[at] as number] as number) * (products[rows[at] as number] as number);
  }
  return sum * (scales[i] as number);
}

function likeness({ terms }: Question, vectors: LocalVectors): Asked['alike'] {
  const own = terms.map(({ word }) => vectors.word(word));
  const compare = vectors.compare(own);
  // The products of four terms are made at a time.
  const cosines = new Float64Array(Math.ceil(own.length / 4) * 4);
  const alikeBy = (): Float32Array | null => {
    let values: Float32Array | null = null;
    for (let t = 0; t < own.length; t++) {
      const cosine = cosines[t] as number;
      if (cosine <= ALIKE_FROM) continue;
      values ??= new Float32Array(own.length);
      values[t] = Math.min(ALIKE_MOST, (cosine - ALIKE_FROM) / ALIKE_SPAN);
    }
    return values;
  };
  const byRow = new Map<number, Float32Array | null>();
  const byWord = new Map<string, Float32Array | null>();
  const ofWord = (word: string): Float32Array | null => {
    const vector = vectors.word(word);
    if (vector === null) return null;
    own.forEach((term, t) => {
      cosines[t] = term === null ? 0 : dot(term, vector);
    });
    return alikeBy();
  };
  return (row, reading) => {
    if (row < 0) {
      const word = reading.strange[-row - 1] as string;
      let found = byWord.get(word);
      if (found === undefined) {
        found = ofWord(word);
        byWord.set(word, found);
      }
      return found;
    }
    let found = byRow.get(row);
    if (found === undefined) {
      compare(row, cosines);
      found = alikeBy();
      byRow.set(row, found);
    }
    return found;
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let column = 0; column < a.length; column++) sum += (a[column] as number) * (b[column] as number);
  return sum;
}

/** Where stems stand among those of a chunk; those that do not are left out. */
function placesOf({ terms }: ChunkReading, stems: readonly number[]): number[] {
  const found: number[] = [];
  for (const stem of stems) {
    for (let place = 0; place < terms.length; place++) {
      if (terms[place] !== stem) continue;
      found.push(place);
      break;
    }
  }
  return found;
}

export function match(asked: Asked, { read }: Candidate): Match {
  const { question, stems, total } = asked;
  const { terms } = question;
  const count = terms.length;
  const partCount = read.parts.length;
  const places = stems.map(({ same }) => placesOf(read, same));
  const near = stems.map((term) => placesOf(read, term.near));
  /** All words of a long form; null when one is not there. */
  const longs = stems.map(({ long }) => {
    const found = long.length > 0 ? placesOf(read, long) : [];
    return long.length > 0 && found.length === long.length ? found : null;
  });
  const flags = () => new Uint8Array(count);
  const [inText, inHeadings, inTitle, anywhere] = [flags(), flags(), flags(), flags()];
  const inAll = (list: readonly number[], where: number) => list.every((place) => ((read.where[place] as number) & where) > 0);
  for (let t = 0; t < count; t++) {
    const long = longs[t] as readonly number[] | null;
    let where = 0;
    for (const place of places[t] as readonly number[]) where |= read.where[place] as number;
    if (long) for (const one of [IN.text, IN.headings, IN.title]) if (inAll(long, one)) where |= one;
    // "Chinese" is China, and the everyday name of a country its official one.
    const { country } = terms[t] as QuestionTerm;
    inText[t] = Number((where & IN.text) > 0 || (country !== null && read.textCountries.has(country)));
    inHeadings[t] = Number((where & IN.headings) > 0);
    inTitle[t] = Number((where & IN.title) > 0);
    anywhere[t] = Number((places[t] as number[]).length > 0 || long !== null || (country !== null && read.countries.has(country)));
  }

  /** By place: how alike each term is to the word there; null for most, which are alike to none. */
  const { columns, alike } = asked.scratch;
  const soft = new Float32Array(count);
  for (let place = 0; place < read.terms.length; place++) {
    const column = asked.alike(read.rows[place] as number, read);
    columns[place] = column;
    if (column) raise(soft, column);
  }
  for (let t = 0; t < count; t++) {
    if (anywhere[t]) soft[t] = 1;
    else if ((near[t] as number[]).length > 0) soft[t] = Math.max(NEAR, soft[t] as number);
  }

  const inParts = new Uint8Array(partCount * count);
  const [partSoft, partExact, partCosine] = [new Float64Array(partCount), new Float64Array(partCount), new Float64Array(partCount)];
  /** By place: the last part that has it, and one. */
  if (asked.scratch.last.length < read.terms.length) asked.scratch.last = new Uint32Array(2 * read.terms.length);
  const { table } = read.texts;
  if (asked.scratch.products.length < table.length) asked.scratch.products = new Float64Array(2 * table.length);
  const { last, products } = asked.scratch;
  for (let at = 0; at < table.length; at++) products[at] = asked.product(table[at] as number);
  last.fill(0, 0, read.terms.length);
  for (let part = 0; part < partCount; part++) {
    const { words } = read.parts[part] as ChunkReading['parts'][number];
    const here = (place: number) => last[place] === part + 1;
    alike.fill(0);
    for (let at = 0; at < words.length; at++) {
      const place = words[at] as number;
      last[place] = part + 1;
      const column = columns[place];
      if (column) raise(alike, column);
    }
    let covered = 0;
    let exact = 0;
    for (let t = 0; t < count; t++) {
      const { weight } = terms[t] as QuestionTerm;
      const itself = (places[t] as number[]).some(here);
      if (itself) inParts[part * count + t] = 1;
      if (itself || longs[t]?.every(here)) {
        exact += weight;
        covered += weight;
        continue;
      }
      if ((near[t] as number[]).length > 0 && (near[t] as number[]).some(here)) alike[t] = Math.max(NEAR, alike[t] as number);
      covered += (alike[t] as number) * weight;
    }
    partSoft[part] = covered / total;
    partExact[part] = exact / total;
    partCosine[part] = cosineOf(read, part, products);
  }
  return {
    soft,
    inText,
    inHeadings,
    inTitle,
    anywhere,
    places,
    inParts,
    partSoft,
    partExact,
    partCosine,
    cosine: cosineOf(read, partCount + TEXTS.whole, products),
    pathCosine: cosineOf(read, partCount + TEXTS.path, products),
  };
}

/** Each value to the greater of the two. */
function raise(values: Float32Array, other: Float32Array): void {
  for (let t = 0; t < values.length; t++) if ((other[t] as number) > (values[t] as number)) values[t] = other[t] as number;
}
