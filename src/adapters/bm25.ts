import { BM25 } from '../core/lexical.ts';
import type { QueryTerm, TermInfo } from '../core/ports.ts';
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
}

const MAGIC = 'PBM1';
const FORMAT = 2;

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
  const counter = createWordCounter();
  const lengths: number[] = [];
  let total = 0;
  for (const { ordinal, frequencies, length } of lexicalDocuments(corpus, options, counter.read)) {
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
  const words = [...counter.counts].sort(([x], [y]) => (x < y ? -1 : 1));
  return packSections(
    MAGIC,
    { format: FORMAT, options: signature(options), chunks, terms: names.length, words: words.length },
    {
      blob,
      places,
      slots,
      starts,
      ordinals,
      impacts,
      words: new TextEncoder().encode(words.map(([word]) => word).join('\n')),
      frequencies: Uint32Array.from(words, ([, frequency]) => frequency),
    },
  );
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
  const frequencies = sections.uint32('frequencies', header.words as number);
  const words = sections.bytes('words');
  if (
    !ascending(places) ||
    !ascending(starts) ||
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
  let spelling: ((word: string, distance: number) => SimilarWord[]) | null = null;

  /** Bytes of the term looked for; longer ones get their own. */
  const scratch = new Uint8Array(256);

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
        for (; at < end; at++) {
          const ordinal = ordinals[at] as number;
          const sum = sums[ordinal] as number;
          if (sum === 0) touched[found++] = ordinal;
          sums[ordinal] = sum + weight * (impacts[at] as number);
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
        const id = find(term);
        const frequency = id < 0 ? 0 : (starts[id + 1] as number) - (starts[id] as number);
        return { term, frequency, idf: inverseDocumentFrequency(chunks, frequency) };
      }),
    similarWords(word, distance) {
      spelling ??= createSpelling(words.length === 0 ? [] : new TextDecoder().decode(words).split('\n'), frequencies);
      return spelling(word, distance);
    },
  };
}
