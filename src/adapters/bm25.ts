import { BM25 } from '../core/lexical.ts';
import type { QueryTerm, TermInfo } from '../core/ports.ts';
import { type FieldWeights, isBigram } from './fields.ts';
import { unpackSections } from './sections.ts';
import { createSpelling, type SimilarWord } from './spelling.ts';
import { createTop, type Scored } from './top.ts';

/** Parameters of the lexical index. Changing one rebuilds the index from its chunks when it is next opened. */
export interface Bm25Options extends FieldWeights {
  /** Saturation of term frequency, >= 0. */
  k1: number;
  /** Length normalisation, 0..1. */
  b: number;
  /** Factor on the score of a bigram, >= 0; see also `QueryTerm.weight`, which multiplies it for one question. */
  bigram: number;
}

/**
 * k1 and b are the usual ones. The weights of headings and titles are starting values for chunks. Bigrams count as their
 * words do; how much less they count in a question is the question's (`QueryTerm.weight`), so that the largest possible
 * score stays sum of weight * idf * (k1 + 1).
 */
export const BM25_DEFAULTS: Bm25Options = { ...BM25, headings: 0.6, title: 0.35, lead: 1, bigram: 1 };

/** Inverse document frequency, always > 0. */
export const inverseDocumentFrequency = (documents: number, frequency: number): number =>
  Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));

/** Search over one lexical index. Chunks are named by their position in the snapshot. */
export interface Bm25 {
  /** Best `k`; `allowed[ordinal]` = 0 excludes a chunk. Chunks outside `within` (from, up to) are not looked at. */
  matching(terms: readonly QueryTerm[], k: number, allowed: Uint8Array | null, within?: readonly [number, number]): Scored[];
  terms(terms: readonly string[]): TermInfo[];
  similarWords(word: string, distance: number): SimilarWord[];
  /** The same over some of the chunks, with the statistics of an index that holds no others. */
  part(part: LexicalPart): Bm25;
}

/** Some kinds of access and the chunks that have them, one byte each; classes are numbered as in `accessClasses`. */
interface LexicalPart {
  chunks: Uint8Array;
  classes: Uint8Array;
}

export const MAGIC = 'PBM1';
/** 3: finished contributions of terms in the place of their frequencies. */
export const LEXICAL_FORMAT = 4;

/** FNV-1a of the first bytes, 32 bits. */
export function hash(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let value = 2166136261;
  for (let at = from; at < to; at++) value = Math.imul(value ^ (bytes[at] as number), 16777619);
  return (value ^ (value >>> 15)) >>> 0;
}

/** Gives the number of a term, or -1, by the hash table of an index file (`packTerms`). */
export function termFinder(blob: Uint8Array, places: Uint32Array, slots: Uint32Array): (term: string) => number {
  const mask = slots.length - 1;
  /** Bytes of the term looked for; longer ones get their own. */
  const scratch = new Uint8Array(256);

  return (term) => {
    let bytes = scratch;
    let length = term.length;
    for (let at = 0; at < length; at++) {
      const code = at < scratch.length ? term.charCodeAt(at) : 128;
      if (code > 127) {
        bytes = Buffer.from(term, 'utf8');
        length = bytes.length;
        break;
      }
      scratch[at] = code;
    }
    let slot = hash(bytes, 0, length) & mask;
    for (let probes = 0; probes <= mask; probes++) {
      const id = (slots[slot] as number) - 1;
      if (id < 0) return -1;
      const from = places[id] as number;
      if ((places[id + 1] as number) - from === length) {
        let at = 0;
        while (at < length && blob[from + at] === bytes[at]) at++;
        if (at === length) return id;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}

/** First place in an ascending stretch of a list whose value is not below `value`; `to` when there is none. */
function placeOf(list: Uint32Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isAscending(list: Uint32Array): boolean {
  for (let at = 1; at < list.length; at++) if ((list[at] as number) < (list[at - 1] as number)) return false;
  return true;
}

/** Whether a hash table has a size that can be looked through, and leads to no term beyond `count`. */
export const isTable = (slots: Uint32Array, count: number): boolean =>
  slots.length > 0 && (slots.length & (slots.length - 1)) === 0 && largest(slots) <= count;

/** -1 for an empty list. */
function largest(list: Uint32Array): number {
  let found = -1;
  for (let at = 0; at < list.length; at++) if ((list[at] as number) > found) found = list[at] as number;
  return found;
}

/** Names the options an index was built with. */
export const lexicalSignature = ({ k1, b, headings, title, lead, bigram }: Bm25Options): string =>
  [k1, b, headings, title, lead, bigram].join(' ');

/**
 * Opens an index file; nothing is decoded but its header. Throws a plain Error when the file is not intact, was built
 * with other options, or belongs to a snapshot with another number of chunks: the caller then rebuilds it.
 */
export function openBm25(file: Uint8Array, chunks: number, options: Bm25Options = BM25_DEFAULTS): Bm25 {
  const sections = unpackSections(MAGIC, file);
  const { header } = sections;
  if (header.format !== LEXICAL_FORMAT || header.options !== lexicalSignature(options) || header.chunks !== chunks) {
    throw new Error('The lexical index was built for something else.');
  }
  const count = header.terms as number;
  const blob = sections.bytes('blob');
  const places = sections.uint32('places', count + 1);
  const slots = sections.uint32('slots');
  const starts = sections.uint32('starts', count + 1);
  const ordinals = sections.uint32('ordinals', starts[count] as number);
  const frequencies = sections.float32('frequencies', starts[count] as number);
  const lengths = sections.float64('lengths', chunks);
  const allCounts = sections.uint32('wordCounts', header.words as number);
  const words = sections.bytes('words');
  const classStarts = sections.uint32('classStarts');
  const classWords = sections.uint32('classWords', classStarts.at(-1) ?? 0);
  const classCounts = sections.uint32('classCounts', classWords.length);
  if (
    !isAscending(places) ||
    !isAscending(starts) ||
    !isAscending(classStarts) ||
    largest(classWords) >= allCounts.length ||
    places[count] !== blob.length ||
    largest(ordinals) >= chunks ||
    !isTable(slots, count)
  ) {
    throw new Error('The lexical index contradicts itself.');
  }

  const sums = new Float32Array(chunks);
  const touched = new Uint32Array(chunks);
  let spelling: ReturnType<typeof createSpelling> | null = null;

  const find = termFinder(blob, places, slots);
  const { k1, b } = options;
  const meanOf = (part: Uint8Array | null): number => {
    let sum = 0;
    let count = 0;
    for (let at = 0; at < chunks; at++) {
      if (part !== null && part[at] === 0) continue;
      sum += lengths[at] as number;
      count++;
    }
    return sum / Math.max(1, count) || 1;
  };
  const mean = meanOf(null);

  /** How often each word occurs in some classes. */
  function wordCounts(classes: Uint8Array): ArrayLike<number> {
    if (classes.length !== header.classes) throw new Error('The lexical index knows other kinds of access.');
    if (classes.every((one) => one !== 0)) return allCounts;
    const counts = new Uint32Array(allCounts.length);
    for (let one = 0; one + 1 < classStarts.length; one++) {
      if (classes[one] === 0) continue;
      for (let at = classStarts[one] as number; at < (classStarts[one + 1] as number); at++) {
        const word = classWords[at] as number;
        counts[word] = (counts[word] as number) + (classCounts[at] as number);
      }
    }
    return counts;
  }

  /** Search over all chunks, or over a part of them as if there were no others. */
  function over(part: LexicalPart | null): Bm25 {
    const inside = part?.chunks ?? null;
    const documents = inside === null ? chunks : inside.reduce((sum, one) => sum + one, 0);
    const ownMean = inside === null ? mean : meanOf(inside);
    let counts: ArrayLike<number> | null = null;

    /** In how many chunks of the part a term is. */
    function frequencyOf(id: number): number {
      if (id < 0) return 0;
      const [from, to] = [starts[id] as number, starts[id + 1] as number];
      if (inside === null) return to - from;
      let found = 0;
      for (let at = from; at < to; at++) found += inside[ordinals[at] as number] as number;
      return found;
    }

    return {
      matching(query, k, allowed, within) {
        let found = 0;
        for (const { term, weight } of query) {
          const id = weight > 0 ? find(term) : -1;
          if (id < 0) continue;
          let at = starts[id] as number;
          let end = starts[id + 1] as number;
          if (within) {
            at = placeOf(ordinals, within[0], at, end);
            end = placeOf(ordinals, within[1], at, end);
          }
          const rarity = inverseDocumentFrequency(documents, frequencyOf(id)) * (isBigram(term) ? options.bigram : 1);
          for (; at < end; at++) {
            const ordinal = ordinals[at] as number;
            if (inside !== null && inside[ordinal] === 0) continue;
            const sum = sums[ordinal] as number;
            if (sum === 0) touched[found++] = ordinal;
            const frequency = frequencies[at] as number;
            const saturation = k1 * (1 - b + (b * (lengths[ordinal] as number)) / ownMean);
            const impact = (rarity * frequency * (k1 + 1)) / (frequency + saturation);
            // Single precision, like the sums.
            sums[ordinal] = sum + weight * Math.fround(impact);
          }
        }
        const top = createTop(k);
        for (let at = 0; at < found; at++) {
          const ordinal = touched[at] as number;
          const score = sums[ordinal] as number;
          sums[ordinal] = 0;
          if (score > 0 && (allowed === null || allowed[ordinal] !== 0)) top.offer(ordinal, score);
        }
        return top.take();
      },
      terms: (list) =>
        list.map((term) => {
          const frequency = frequencyOf(find(term));
          return { term, frequency, idf: inverseDocumentFrequency(documents, frequency) };
        }),
      similarWords(word, distance) {
        spelling ??= createSpelling(words.length === 0 ? [] : new TextDecoder().decode(words).split('\n'), allCounts);
        counts ??= part === null ? allCounts : wordCounts(part.classes);
        return spelling(word, distance, counts);
      },
      part: over,
    };
  }

  return over(null);
}
