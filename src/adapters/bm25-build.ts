import { accessKey } from '../core/access.ts';
import {
  BM25_DEFAULTS,
  type Bm25Options,
  hash,
  isAscending,
  isTable,
  LEXICAL_FORMAT,
  lexicalSignature,
  MAGIC,
  termFinder,
} from './bm25.ts';
import { createWordCounter, fieldWords, type LexicalBriefing, lexicalDocuments } from './fields.ts';
import { packSections, unpackSections } from './sections.ts';

/** Makes the word index of a snapshot, briefing by briefing in snapshot order. */
export interface Bm25Builder {
  /** Reads the words of a briefing. */
  add(briefing: LexicalBriefing): void;
  /** Takes over chunks `from .. to` of the index before, of a briefing that has not changed. */
  keep(from: number, to: number, briefing: LexicalBriefing['briefing']): void;
  /** Of a briefing of the index before that is gone or changed: its words are no longer counted for spelling. */
  drop(briefing: Pick<LexicalBriefing, 'briefing' | 'paragraphs'>): void;
  finish(): Uint8Array;
}

/**
 * Builds the index file of a corpus: postings by term (ascending chunk, with the weighted frequency of the term there), a hash
 * table over the terms, the length of each chunk, and the words for spelling.
 */
export function buildBm25(corpus: Iterable<LexicalBriefing>, options: Bm25Options = BM25_DEFAULTS): Uint8Array {
  const builder = createBm25Builder(options);
  for (const briefing of corpus) builder.add(briefing);
  return builder.finish();
}

/**
 * With the index of the snapshot before (`before`, intact), only what is new has to be read. The index then finds what one built anew
 * finds, with the same scores; its terms are in another order.
 */
export function createBm25Builder(options: Bm25Options = BM25_DEFAULTS, before: Bm25Source | null = null): Bm25Builder {
  const ids = new Map<string, number>();
  const firstNew = before?.terms ?? 0;
  const postings = createPostings();
  const counters = new Map<string, ReturnType<typeof createWordCounter>>();
  before?.words().forEach((counts, key) => {
    counters.set(key, createWordCounter(counts));
  });
  /** Classes of access in the order in which briefings have them, as `accessClasses` numbers them. */
  const classes = new Set<string>();
  const counterOf = ({ access }: LexicalBriefing['briefing']) => {
    const key = accessKey(access);
    const counter = counters.get(key) ?? createWordCounter();
    counters.set(key, counter);
    return counter;
  };
  const lengths: number[] = [];
  /** By chunk of the index before: which one it is now, or -1. */
  const moved = new Int32Array(before?.lengths.length ?? 0).fill(-1);
  const idOf = (term: string): number => {
    const known = before?.find(term) ?? -1;
    if (known >= 0) return known;
    let id = ids.get(term);
    if (id === undefined) {
      id = firstNew + ids.size;
      ids.set(term, id);
    }
    return id;
  };
  return {
    add(briefing) {
      classes.add(accessKey(briefing.briefing.access));
      for (const { frequencies, length } of lexicalDocuments([briefing], options, counterOf(briefing.briefing).read)) {
        for (const [term, frequency] of frequencies) postings.push(idOf(term), lengths.length, frequency);
        lengths.push(length);
      }
    },
    keep(from, to, { access }) {
      classes.add(accessKey(access));
      const known = (before as Bm25Source).lengths;
      for (let document = from; document < to; document++) {
        moved[document] = lengths.length;
        lengths.push(known[document] as number);
      }
    },
    drop(briefing) {
      fieldWords(briefing, counterOf(briefing.briefing).forget);
    },
    finish() {
      const added = postings.byTerm(firstNew + ids.size);
      const most = (before?.ordinals.length ?? 0) + added.documents.length;
      const ordinals = new Uint32Array(most);
      const frequencies = new Float32Array(most);
      const starts: number[] = [0];
      /** Terms that stay, by their number in the index before, and new ones. */
      const old: number[] = [];
      const fresh: Uint8Array[] = [];
      const names = [...ids.keys()];
      let end = 0;
      for (let id = 0; id < firstNew + ids.size; id++) {
        const begin = end;
        let next = added.starts[id] as number;
        const last = added.starts[id + 1] as number;
        if (before && id < firstNew) {
          // What is kept stands in the same order as before; what is new comes between.
          for (let at = before.starts[id] as number; at < (before.starts[id + 1] as number); at++) {
            const document = moved[before.ordinals[at] as number] as number;
            if (document < 0) continue;
            for (; next < last && (added.documents[next] as number) < document; next++) {
              ordinals[end] = added.documents[next] as number;
              frequencies[end++] = added.frequencies[next] as number;
            }
            ordinals[end] = document;
            frequencies[end++] = before.frequencies[at] as number;
          }
        }
        for (; next < last; next++) {
          ordinals[end] = added.documents[next] as number;
          frequencies[end++] = added.frequencies[next] as number;
        }
        // Terms that nothing holds any more go; the others move up.
        if (end === begin) continue;
        if (id < firstNew) old.push(id);
        else fresh.push(Buffer.from(names[id - firstNew] as string, 'utf8'));
        starts.push(end);
      }
      const { words, ...spelling } = packWords([...classes].map((key) => counters.get(key)?.counts ?? new Map()));
      return packSections(
        MAGIC,
        {
          format: LEXICAL_FORMAT,
          options: lexicalSignature(options),
          chunks: lengths.length,
          terms: old.length + fresh.length,
          words: words.length,
          classes: classes.size,
        },
        {
          ...packTerms(before, old, fresh),
          starts: Uint32Array.from(starts),
          ordinals: ordinals.subarray(0, end),
          frequencies: frequencies.subarray(0, end),
          lengths: Float64Array.from(lengths),
          words: new TextEncoder().encode(words.join('\n')),
          ...spelling,
        },
      );
    },
  };
}

/**
 * Words of all classes of access in order, how often each occurs, and, where there are several classes, the same for each class:
 * `classWords` and `classCounts` of class c stand at `classStarts[c] .. classStarts[c + 1]`.
 */
function packWords(counts: readonly ReadonlyMap<string, number>[]) {
  const all = new Map<string, number>();
  for (const one of counts) for (const [word, count] of one) all.set(word, (all.get(word) ?? 0) + count);
  const words = [...all.keys()].sort();
  const classes = counts.length > 1 ? counts : [];
  const ids = new Map(classes.length > 0 ? words.map((word, id) => [word, id]) : []);
  const starts = new Uint32Array(classes.length + 1);
  classes.forEach((one, at) => {
    starts[at + 1] = (starts[at] as number) + one.size;
  });
  return {
    words,
    wordCounts: Uint32Array.from(words, (word) => all.get(word) as number),
    classStarts: starts,
    classWords: Uint32Array.from(classes.flatMap((one) => [...one.keys()].map((word) => ids.get(word) as number))),
    classCounts: Uint32Array.from(classes.flatMap((one) => [...one.values()])),
  };
}

/** Terms end to end in UTF-8, where each begins, and an open-addressing hash table of term number + 1, at most half full. */
interface Terms {
  blob: Uint8Array;
  places: Uint32Array;
  slots: Uint32Array;
}

/** Those of the terms before that are kept (by number, ascending), then new ones. */
function packTerms(before: Terms | null, kept: readonly number[], fresh: readonly Uint8Array[]): Terms {
  const terms = kept.length + fresh.length;
  const places = new Uint32Array(terms + 1);
  const [own, blobBefore] = [before?.places ?? places, before?.blob ?? new Uint8Array(0)];
  kept.forEach((id, at) => {
    places[at + 1] = (places[at] as number) + (own[id + 1] as number) - (own[id] as number);
  });
  fresh.forEach((name, at) => {
    places[kept.length + at + 1] = (places[kept.length + at] as number) + name.length;
  });
  const blob = new Uint8Array(places[terms] as number);
  let size = 2;
  while (size < 2 * terms) size *= 2;
  // Where none has gone, none has another number.
  const whole = before !== null && kept.length === before.places.length - 1;
  if (whole) blob.set(blobBefore);
  else kept.forEach((id, at) => void blob.set(blobBefore.subarray(own[id], own[id + 1]), places[at]));
  fresh.forEach((name, at) => void blob.set(name, places[kept.length + at]));
  // As many as there are terms: a table without a free place would never end a search.
  const known = whole && before.slots.length === size && taken(before.slots) === kept.length;
  const slots = known ? before.slots.slice() : new Uint32Array(size);
  for (let id = known ? kept.length : 0; id < terms; id++) {
    let slot = hash(blob, places[id], places[id + 1]) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = id + 1;
  }
  return { blob, places, slots };
}

function taken(slots: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < slots.length; at++) if (slots[at] !== 0) count++;
  return count;
}

/** A list of uint32 and float32 triples that grows by doubling: millions of postings without millions of objects. */
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
    /** Those of term t stand at `starts[t] .. starts[t + 1]`, in the order they came. */
    byTerm(terms: number) {
      const starts = new Uint32Array(terms + 1);
      for (let at = 0; at < length; at++) starts[(term[at] as number) + 1] = (starts[(term[at] as number) + 1] as number) + 1;
      for (let id = 0; id < terms; id++) starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
      const next = starts.slice();
      const documents = new Uint32Array(length);
      const frequencies = new Float32Array(length);
      for (let at = 0; at < length; at++) {
        const place = next[term[at] as number] as number;
        next[term[at] as number] = place + 1;
        documents[place] = document[at] as number;
        frequencies[place] = frequency[at] as number;
      }
      return { starts, documents, frequencies };
    },
  };
}

/** The word index of a snapshot as the next one is made from it. */
export interface Bm25Source extends Terms {
  terms: number;
  /** Number of a term, or -1. */
  find(term: string): number;
  /** How often each word occurs, by key of the class of access it is read in. */
  words(): Map<string, Map<string, number>>;
  /** Postings of term t stand at `starts[t] .. starts[t + 1]` of chunks and weighted frequencies, by ascending chunk. */
  starts: Uint32Array;
  ordinals: Uint32Array;
  frequencies: Float32Array;
  /** Of each chunk. */
  lengths: Float64Array;
}

/** Null when the file was made with other options or for another number of chunks, or contradicts itself. */
export function openBm25Source(
  file: Uint8Array,
  chunks: number,
  options: Bm25Options,
  /** Keys of the classes of access of the briefings, in the order of `accessClasses`. */
  classes: readonly string[],
): Bm25Source | null {
  try {
    const sections = unpackSections(MAGIC, file);
    const { header } = sections;
    if (
      header.format !== LEXICAL_FORMAT ||
      header.options !== lexicalSignature(options) ||
      header.chunks !== chunks ||
      header.classes !== classes.length
    )
      return null;
    const count = header.terms as number;
    const starts = sections.uint32('starts', count + 1);
    const places = sections.uint32('places', count + 1);
    const blob = sections.bytes('blob');
    const slots = sections.uint32('slots');
    const ordinals = sections.uint32('ordinals', starts[count] as number);
    const frequencies = sections.float32('frequencies', starts[count] as number);
    const lengths = sections.float64('lengths', chunks);
    const wordCounts = sections.uint32('wordCounts', header.words as number);
    const classStarts = sections.uint32('classStarts', classes.length > 1 ? classes.length + 1 : 1);
    const classWords = sections.uint32('classWords', classStarts.at(-1) ?? 0);
    const classCounts = sections.uint32('classCounts', classWords.length);
    if (!isAscending(starts) || !isAscending(places) || places[count] !== blob.length || !isTable(slots, count)) return null;
    const decoder = new TextDecoder();
    return {
      terms: count,
      blob,
      places,
      slots,
      find: termFinder(blob, places, slots),
      words() {
        const list = wordCounts.length === 0 ? [] : decoder.decode(sections.bytes('words')).split('\n');
        const all = () => new Map(list.map((word, at) => [word, wordCounts[at] as number]));
        if (classes.length < 2) return new Map(classes.map((key) => [key, all()]));
        return new Map(
          classes.map((key, one) => {
            const counts = new Map<string, number>();
            for (let at = classStarts[one] as number; at < (classStarts[one + 1] as number); at++) {
              counts.set(list[classWords[at] as number] as string, classCounts[at] as number);
            }
            return [key, counts];
          }),
        );
      },
      starts,
      ordinals,
      frequencies,
      lengths,
    };
  } catch {
    return null;
  }
}
