import { analyseLine, type ParagraphAnalysis, type SentenceAnalysis } from '../core/text/analysis.ts';
import { countOfTerms, knownTerm, termsByWord } from '../core/text/vocabulary.ts';
import { compareWords } from './cosines.ts';
import type { WordVectors } from './features.ts';
import type { Unit } from './units.ts';

/** Presence of a word that only a synonym or another form of it stands for. */
export const SIMILAR = 0.75;
const MAX_SOFT_WORDS = 40;

/** What is looked for in sentences. */
export interface Wanted {
  units: readonly Unit[];
  /** Terms beyond those of the units. */
  terms: readonly string[];
  /** Neighbouring terms. */
  pairs: readonly (readonly [string, string])[];
  /** Content words of a sentence that are none of these are new. */
  asked: ReadonlySet<string>;
  /** A word beyond those of the units that is compared with the words of the sentences, or undefined. */
  head: string | undefined;
  vectors: WordVectors | null;
}

/**
 * What sentences hold of a question. Every sentence is a row; terms are known by their place, -1 when there is none. One table holds
 * all sentences of the paragraphs looked at, since neighbours and the paragraph speak for a sentence too.
 */
export interface Presence {
  /** Row of the first sentence of a paragraph; the others follow. */
  rowOf(analysis: ParagraphAnalysis): number;
  placeOf(term: string): number;
  /** First position of a term in a sentence (content words), or -1. */
  first(row: number, place: number): number;
  /** Whether a term stands anywhere in a paragraph. */
  inParagraph(analysis: ParagraphAnalysis, place: number): boolean;
  /** Whether a term stands in a title, a heading or a lead. */
  inLine(line: string, place: number): boolean;
  /** Presence of each unit, `row * units + unit`, 0..1: 1 when any alternative is there whole. */
  readonly hard: Float64Array;
  /** The same, or the best cosine with a word of the sentence where that is more. */
  readonly soft: Float64Array;
  /** Best cosine of the head word with a word of the sentence, 0..1, by row. */
  readonly head: Float64Array;
  /** Neighbouring terms of the question that are neighbours in the sentence, by row. */
  readonly pairs: Uint16Array;
  /** Content words the question does not have, by row. */
  readonly novel: Uint16Array;
  /** Presence of each unit given which terms are there. */
  presenceIn(unit: number, has: (place: number) => boolean): number;
  /** Place of the first term of the first alternative of a unit that is whole in a sentence. */
  whole(unit: number, row: number): number;
}

/** Place plus one of each term in the question looked at, by the number of the term; all 0 between questions. */
let placeOfTerm = new Int16Array(4096);

export function readPresence(paragraphs: readonly ParagraphAnalysis[], lines: Iterable<string>, wanted: Wanted): Presence {
  const { units } = wanted;
  const width = units.length;
  const rows = new Map<ParagraphAnalysis, number>();
  const sentences: SentenceAnalysis[] = [];
  for (const analysis of paragraphs) {
    if (rows.has(analysis)) continue;
    rows.set(analysis, sentences.length);
    for (const sentence of analysis.sentences) sentences.push(sentence);
  }
  // All is read before anything is looked up: reading gives numbers.
  const read = sentences.map(({ words }) => words);
  const above = new Map<string, Uint8Array>();
  for (const line of lines) if (!above.has(line)) above.set(line, analyseLine(line).words.length === 0 ? NOTHING : PENDING);

  const places = new Map<string, number>();
  const place = (term: string): number => {
    let found = places.get(term);
    if (found === undefined) {
      found = places.size;
      places.set(term, found);
    }
    return found;
  };
  const alternatives = units.map((unit) => unit.alternatives.map((terms) => terms.map(place)));
  const similar = units.map((unit) => unit.similar.map(place));
  for (const term of wanted.terms) place(term);
  const pairs = wanted.pairs.map(([a, b]) => [place(a), place(b)] as const);
  for (const term of wanted.asked) place(term);
  const size = places.size;
  const isAsked = new Uint8Array(size);
  for (const term of wanted.asked) isAsked[place(term)] = 1;

  const firsts = new Int32Array(sentences.length * size);
  const novel = new Uint16Array(sentences.length);
  const pairHits = new Uint16Array(sentences.length);
  const present = new Uint8Array(rows.size * size);
  const hard = new Float64Array(sentences.length * width);
  const soft = new Float64Array(sentences.length * width);
  const head = new Float64Array(sentences.length);
  const order = new Map<ParagraphAnalysis, number>();

  const share = (terms: readonly number[], has: (place: number) => boolean): number => {
    let hits = 0;
    for (let at = 0; at < terms.length; at++) if (has(terms[at] as number)) hits++;
    const part = hits / terms.length;
    // Half a name is not the name.
    return part === 1 ? 1 : part * 0.5;
  };
  const presenceIn = (unit: number, has: (place: number) => boolean): number => {
    let best = 0;
    for (const terms of alternatives[unit] as number[][]) {
      const value = share(terms, has);
      if (value > best) best = value;
    }
    if (best < SIMILAR) for (const term of similar[unit] as number[]) if (has(term)) return SIMILAR;
    return best;
  };

  if (placeOfTerm.length < countOfTerms()) placeOfTerm = new Int16Array(countOfTerms() + 4096);
  const numbers: number[] = [];
  for (const [term, at] of places) {
    const number = knownTerm(term);
    if (number < 0) continue;
    placeOfTerm[number] = at + 1;
    numbers.push(number);
  }
  const soften = units.map((unit) => !unit.figure && unit.words.length === 1);
  const softWords = units.flatMap((unit, at) => (soften[at] ? [unit.words[0] as string] : []));
  const cosines =
    wanted.vectors &&
    compareWords(
      wanted.vectors,
      wanted.head ? [...softWords, wanted.head] : softWords,
      read.map((words) => (words.length > MAX_SOFT_WORDS ? words.subarray(0, MAX_SOFT_WORDS) : words)),
    );
  try {
    const termOf = termsByWord();
    const hits: boolean[] = new Array(size).fill(false);
    for (const [line, state] of above) {
      if (state === NOTHING) continue;
      const found = new Uint8Array(size);
      const { words, unspaced } = analyseLine(line);
      for (let at = 0; at < words.length; at++) {
        const here = placeOfTerm[termOf[words[at] as number] as number] as number;
        if (here > 0) found[here - 1] = 1;
      }
      for (let at = 0; unspaced !== null && at < unspaced.length; at += 2) {
        const here = placeOfTerm[unspaced[at] as number] as number;
        if (here > 0) found[here - 1] = 1;
      }
      above.set(line, found);
    }
    const columns = units.map((unit, at) => (cosines && soften[at] ? cosines.placeOf(unit.words[0] as string) : -1));
    const headColumn = cosines && wanted.head ? cosines.placeOf(wanted.head) : -1;
    const best = new Float64Array(cosines?.width ?? 0);
    for (const [analysis, from] of rows) {
      const own = order.size * size;
      order.set(analysis, own);
      for (let at = 0; at < analysis.sentences.length; at++) {
        const { words, unspaced } = analysis.sentences[at] as SentenceAnalysis;
        const row = from + at;
        const begin = row * size;
        let any = false;
        let unknown = 0;
        for (let position = 0; position < words.length; position++) {
          const here = (placeOfTerm[termOf[words[position] as number] as number] as number) - 1;
          if (here >= 0) {
            any = true;
            if (firsts[begin + here] === 0) firsts[begin + here] = position + 1;
            present[own + here] = 1;
            if (isAsked[here] === 0) unknown++;
          } else unknown++;
        }
        novel[row] = unknown;
        for (let i = 0; unspaced !== null && i < unspaced.length; i += 2) {
          const here = (placeOfTerm[unspaced[i] as number] as number) - 1;
          if (here < 0) continue;
          any = true;
          if (firsts[begin + here] === 0) firsts[begin + here] = (unspaced[i + 1] as number) + 1;
          present[own + here] = 1;
        }
        if (any) {
          for (let here = 0; here < size; here++) hits[here] = firsts[begin + here] !== 0;
          for (let unit = 0; unit < width; unit++) hard[row * width + unit] = presenceIn(unit, (one) => hits[one] as boolean);
          for (const [a, b] of pairs) {
            if (firsts[begin + a] === 0 || firsts[begin + b] === 0) continue;
            pairHits[row] = (pairHits[row] as number) + (follows(words, termOf, a + 1, b + 1) ? 1 : 0);
          }
        }
        if (cosines) {
          best.fill(0);
          const many = Math.min(words.length, MAX_SOFT_WORDS);
          for (let position = 0; position < many; position++) {
            const begin = ((cosines.rows[words[position] as number] as number) - 1) * cosines.width;
            if (begin < 0) continue;
            for (let column = 0; column < best.length; column++) {
              const value = cosines.values[begin + column] as number;
              if (value > (best[column] as number)) best[column] = value;
            }
          }
          if (headColumn >= 0) head[row] = Math.min(1, best[headColumn] as number);
        }
        for (let unit = 0; unit < width; unit++) {
          const value = hard[row * width + unit] as number;
          const column = columns[unit] as number;
          soft[row * width + unit] = value === 1 || column < 0 ? value : Math.max(value, Math.min(1, best[column] as number));
        }
      }
    }
  } finally {
    for (const number of numbers) placeOfTerm[number] = 0;
    cosines?.finish();
  }

  return {
    rowOf: (analysis) => rows.get(analysis) as number,
    placeOf: (term) => places.get(term) ?? -1,
    first: (row, term) => (firsts[row * size + term] as number) - 1,
    inParagraph: (analysis, term) => present[(order.get(analysis) as number) + term] === 1,
    inLine: (line, term) => (above.get(line) as Uint8Array)[term] === 1,
    hard,
    soft,
    head,
    pairs: pairHits,
    novel,
    presenceIn,
    whole(unit, row) {
      const begin = row * size;
      for (const terms of alternatives[unit] as number[][]) {
        if (terms.every((term) => firsts[begin + term] !== 0)) return terms[0] as number;
      }
      return -1;
    },
  };
}

const NOTHING = new Uint8Array(0);
const PENDING = new Uint8Array(0);

/** Whether a word with the second term follows one with the first. */
function follows(words: Int32Array, termOf: Int32Array, first: number, second: number): boolean {
  for (let at = 1; at < words.length; at++) {
    if (placeOfTerm[termOf[words[at - 1] as number] as number] === first && placeOfTerm[termOf[words[at] as number] as number] === second)
      return true;
  }
  return false;
}
