import { accessKey } from '../core/access.ts';
import { BM25 } from '../core/lexical.ts';
import type { QueryTerm, TermInfo } from '../core/ports.ts';
import type { Token } from '../core/text/tokens.ts';
import { createWordCounter, type FieldWeights, isBigram, type LexicalBriefing, lexicalDocuments } from './fields.ts';
import { packSections, unpackSections } from './sections.ts';
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
export interface LexicalPart {
  chunks: Uint8Array;
  classes: Uint8Array;
}

const MAGIC = 'PBM1';
/** 3: lengths of the chunks, and words by class of access. */
const FORMAT = 3;

/** A list of uint32 and float32 pairs that grows by doubling: millions of postings without millions of objects. */
function createPostings() {
  let term = new Uint32Array(1024);
  let document = new Uint32Array(1024);
  let frequency = new Float32Array(1024);
  let length = 0;
  const grow = <T extends Uint32Array | Float32Array>(larger: T, old: T): T => {
    larger.set(old);
    return larger;
  };
  return {
    push(t: number, d: number, f: number) {
      if (length === term.length) {
        term = grow(new Uint32Array(2 * length), term);
        document = grow(new Uint32Array(2 * length), document);
        frequency = grow(new Float32Array(2 * length), frequency);
      }
      term[length] = t;
      document[length] = d;
      frequency[length++] = f;
    },
    get: () => ({ term, document, frequency, length }),
  };
}

/** FNV-1a of the first bytes, 32 bits. */
function hash(bytes: Uint8Array, length = bytes.length): number {
  let value = 2166136261;
  for (let at = 0; at < length; at++) value = Math.imul(value ^ (bytes[at] as number), 16777619);
  return (value ^ (value >>> 15)) >>> 0;
}

/**
 * Builds the index file of a corpus: postings by term (ascending chunk, with the finished BM25 contribution of the
 * term to that chunk), a hash table over the terms, and the words for spelling.
 */
export function buildBm25(corpus: Iterable<LexicalBriefing>, options: Bm25Options = BM25_DEFAULTS): Uint8Array {
  const { k1, b } = options;
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const postings = createPostings();
  const counters = new Map<string, ReturnType<typeof createWordCounter>>();
  const count = (list: readonly Token[], { access }: LexicalBriefing['briefing']) => {
    const key = accessKey(access);
    const counter = counters.get(key) ?? createWordCounter();
    counters.set(key, counter);
    counter.read(list);
  };
  const lengths: number[] = [];
  let total = 0;
  for (const { ordinal, frequencies, length } of lexicalDocuments(corpus, options, count)) {
    total += length;
    lengths.push(length);
    for (const [term, frequency] of frequencies) {
      let id = ids.get(term);
      if (id === undefined) {
        id = ids.size;
        ids.set(term, id);
        counts.push(0);
      }
      counts[id] = (counts[id] as number) + 1;
      postings.push(id, ordinal, frequency);
    }
  }
  const chunks = lengths.length;
  const average = total / Math.max(1, chunks) || 1;

  const names = [...ids.keys()];
  const starts = new Uint32Array(names.length + 1);
  for (let id = 0; id < names.length; id++) starts[id + 1] = (starts[id] as number) + (counts[id] as number);
  const next = starts.slice();
  const all = postings.get();
  const ordinals = new Uint32Array(all.length);
  const impacts = new Float32Array(all.length);
  for (let at = 0; at < all.length; at++) {
    const id = all.term[at] as number;
    const ordinal = all.document[at] as number;
    const frequency = all.frequency[at] as number;
    const place = next[id] as number;
    next[id] = place + 1;
    const weight = inverseDocumentFrequency(chunks, counts[id] as number) * (isBigram(names[id] as string) ? options.bigram : 1);
    ordinals[place] = ordinal;
    impacts[place] = (weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * (lengths[ordinal] as number)) / average));
  }

  const { blob, places, slots } = packTerms(names);
  const { words, ...spelling } = packWords([...counters.values()].map(({ counts }) => counts));
  return packSections(
    MAGIC,
    { format: FORMAT, options: signature(options), chunks, terms: names.length, words: words.length, classes: counters.size },
    {
      blob,
      places,
      slots,
      starts,
      ordinals,
      impacts,
      lengths: Float32Array.from(lengths),
      words: new TextEncoder().encode(words.join('\n')),
      ...spelling,
    },
  );
}

/**
 * Words of all classes of access in order, how often each occurs, and, where there are several classes, the same for each class:
 * `classWords` and `classCounts` of class c stand at `classStarts[c] .. classStarts[c + 1]`.
 */
function packWords(counts: readonly ReadonlyMap<string, number>[]) {
  const all = new Map<string, number>();
  for (const one of counts) for (const [word, count] of one) all.set(word, (all.get(word) ?? 0) + count);
  const words = [...all.keys()].sort();
  const ids = new Map(words.map((word, id) => [word, id]));
  const classes = counts.length > 1 ? counts : [];
  const starts = new Uint32Array(classes.length + 1);
  classes.forEach((one, at) => {
    starts[at + 1] = (starts[at] as number) + one.size;
  });
  return {
    words,
    frequencies: Uint32Array.from(words, (word) => all.get(word) as number),
    classStarts: starts,
    classWords: Uint32Array.from(classes.flatMap((one) => [...one.keys()].map((word) => ids.get(word) as number))),
    classCounts: Uint32Array.from(classes.flatMap((one) => [...one.values()])),
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

function ascending(list: Uint32Array): boolean {
  for (let at = 1; at < list.length; at++) if ((list[at] as number) < (list[at - 1] as number)) return false;
  return true;
}

/** -1 for an empty list. */
function largest(list: Uint32Array): number {
  let found = -1;
  for (let at = 0; at < list.length; at++) if ((list[at] as number) > found) found = list[at] as number;
  return found;
}

const signature = ({ k1, b, headings, title, lead, bigram }: Bm25Options): string => [k1, b, headings, title, lead, bigram].join(' ');

/** Terms end to end in UTF-8, where each begins, and an open-addressing hash table of term number + 1, at most half full. */
function packTerms(names: readonly string[]): { blob: Uint8Array; places: Uint32Array; slots: Uint32Array } {
  const places = new Uint32Array(names.length + 1);
  const blob = Buffer.from(names.join(''), 'utf8');
  let size = 2;
  while (size < 2 * names.length) size *= 2;
  const slots = new Uint32Array(size);
  let at = 0;
  names.forEach((name, id) => {
    at += Buffer.byteLength(name);
    places[id + 1] = at;
    let slot = hash(blob.subarray(places[id], at)) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = id + 1;
  });
  return { blob, places, slots };
}

/**
 * Opens an index file; nothing is decoded but its header. Throws a plain Error when the file is not intact, was built
 * with other options, or belongs to a snapshot with another number of chunks: the caller then rebuilds it.
 */
export function openBm25(file: Uint8Array, chunks: number, options: Bm25Options = BM25_DEFAULTS): Bm25 {
  const sections = unpackSections(MAGIC, file);
  const { header } = sections;
  if (header.format !== FORMAT || header.options !== signature(options) || header.chunks !== chunks) {
    throw new Error('The lexical index was built for something else.');
  }
  const count = header.terms as number;
  const blob = sections.bytes('blob');
  const places = sections.uint32('places', count + 1);
  const slots = sections.uint32('slots');
  const starts = sections.uint32('starts', count + 1);
  const ordinals = sections.uint32('ordinals', starts[count] as number);
  const impacts = sections.float32('impacts', starts[count] as number);
  const lengths = sections.float32('lengths', chunks);
  const frequencies = sections.uint32('frequencies', header.words as number);
  const words = sections.bytes('words');
  const classStarts = sections.uint32('classStarts');
  const classWords = sections.uint32('classWords', classStarts.at(-1) ?? 0);
  const classCounts = sections.uint32('classCounts', classWords.length);
  if (
    !ascending(places) ||
    !ascending(starts) ||
    !ascending(classStarts) ||
    largest(classWords) >= frequencies.length ||
    places[count] !== blob.length ||
    largest(ordinals) >= chunks ||
    (slots.length & (slots.length - 1)) !== 0 ||
    largest(slots) > count
  ) {
    throw new Error('The lexical index contradicts itself.');
  }

  const sums = new Float32Array(chunks);
  const touched = new Uint32Array(chunks);
  const mask = slots.length - 1;
  let spelling: ReturnType<typeof createSpelling> | null = null;

  /** Bytes of the term looked for; longer ones get their own. */
  const scratch = new Uint8Array(256);

  const termAt = (id: number): string => new TextDecoder().decode(blob.subarray(places[id], places[id + 1]));

  /** Number of a term, or -1. */
  function find(term: string): number {
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
    let slot = hash(bytes, length) & mask;
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
  }

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
    if (classes.every((one) => one !== 0)) return frequencies;
    const counts = new Uint32Array(frequencies.length);
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

    /**
     * What a posting brings in the part: its share of saturation, tf / (tf + K), is taken out of what it brings among all chunks
     * and made that of a corpus with another mean length and another frequency of the term.
     */
    function impactIn(id: number): ((at: number) => number) | null {
      const among = inverseDocumentFrequency(chunks, (starts[id + 1] as number) - (starts[id] as number));
      const weight = isBigram(termAt(id)) ? options.bigram : 1;
      const own = inverseDocumentFrequency(documents, frequencyOf(id)) * weight * (k1 + 1);
      const whole = among * weight * (k1 + 1);
      if (!(whole > 0)) return null;
      return (at) => {
        const length = lengths[ordinals[at] as number] as number;
        const share = (impacts[at] as number) / whole;
        const before = k1 * (1 - b + (b * length) / mean) * share;
        const after = k1 * (1 - b + (b * length) / ownMean) * Math.max(0, 1 - share);
        // Without saturation (k1 = 0) every posting brings all of it.
        return before + after > 0 ? (own * before) / (before + after) : own;
      };
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
          const impact = inside === null ? null : impactIn(id);
          if (inside !== null && impact === null) continue;
          for (; at < end; at++) {
            const ordinal = ordinals[at] as number;
            if (inside !== null && inside[ordinal] === 0) continue;
            const sum = sums[ordinal] as number;
            if (sum === 0) touched[found++] = ordinal;
            sums[ordinal] = sum + weight * (impact === null ? (impacts[at] as number) : impact(at));
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
        spelling ??= createSpelling(words.length === 0 ? [] : new TextDecoder().decode(words).split('\n'), frequencies);
        counts ??= part === null ? frequencies : wordCounts(part.classes);
        return spelling(word, distance, counts);
      },
      part: over,
    };
  }

  return over(null);
}
