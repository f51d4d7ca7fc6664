import { accessKey } from '../core/access.ts';
import { BM25_DEFAULTS, type Bm25Options, FORMAT, hash, isAscending, isTable, MAGIC, signature, termFinder } from './bm25.ts';
import { createWordCounter, type LexicalBriefing, lexicalDocuments, wordsOf } from './fields.ts';
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
      const { documents, terms, frequencies, lengths: known } = (before as Bm25Source).byDocument();
      for (let document = from; document < to; document++) {
        for (let at = documents[document] as number; at < (documents[document + 1] as number); at++) {
          postings.push(terms[at] as number, lengths.length, frequencies[at] as number);
        }
        lengths.push(known[document] as number);
      }
    },
    drop(briefing) {
      wordsOf(briefing, counterOf(briefing.briefing).forget);
    },
    finish() {
      const all = postings.get();
      const counts = new Uint32Array(firstNew + ids.size);
      for (let at = 0; at < all.length; at++) counts[all.term[at] as number] = (counts[all.term[at] as number] as number) + 1;
      // Terms that nothing holds any more go; the others move up.
      const number = new Uint32Array(counts.length);
      const starts: number[] = [0];
      const names: Uint8Array[] = [];
      const fresh = [...ids.keys()];
      counts.forEach((count, id) => {
        if (count === 0) return;
        number[id] = names.length;
        names.push(id < firstNew ? (before as Bm25Source).name(id) : Buffer.from(fresh[id - firstNew] as string, 'utf8'));
        starts.push((starts.at(-1) as number) + count);
      });
      const next = Uint32Array.from(starts);
      const ordinals = new Uint32Array(all.length);
      const frequencies = new Float32Array(all.length);
      for (let at = 0; at < all.length; at++) {
        const id = number[all.term[at] as number] as number;
        const place = next[id] as number;
        next[id] = place + 1;
        ordinals[place] = all.document[at] as number;
        frequencies[place] = all.frequency[at] as number;
      }
      const { words, ...spelling } = packWords([...classes].map((key) => counters.get(key)?.counts ?? new Map()));
      return packSections(
        MAGIC,
        {
          format: FORMAT,
          options: signature(options),
          chunks: lengths.length,
          terms: names.length,
          words: words.length,
          classes: classes.size,
        },
        {
          ...packTerms(names),
          starts: Uint32Array.from(starts),
          ordinals,
          frequencies,
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
  const ids = new Map(words.map((word, id) => [word, id]));
  const classes = counts.length > 1 ? counts : [];
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
function packTerms(names: readonly Uint8Array[]): { blob: Uint8Array; places: Uint32Array; slots: Uint32Array } {
  const places = new Uint32Array(names.length + 1);
  names.forEach((name, id) => {
    places[id + 1] = (places[id] as number) + name.length;
  });
  const blob = new Uint8Array(places[names.length] as number);
  let size = 2;
  while (size < 2 * names.length) size *= 2;
  const slots = new Uint32Array(size);
  names.forEach((name, id) => {
    blob.set(name, places[id]);
    let slot = hash(name) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = id + 1;
  });
  return { blob, places, slots };
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
    get: () => ({ term, document, frequency, length }),
  };
}

/** The word index of a snapshot as the next one is made from it. */
export interface Bm25Source {
  terms: number;
  /** Number of a term, or -1. */
  find(term: string): number;
  name(id: number): Uint8Array;
  /** How often each word occurs, by key of the class of access it is read in. */
  words(): Map<string, Map<string, number>>;
  /** Postings by chunk: those of chunk d stand at `documents[d] .. documents[d + 1]`. Made once. */
  byDocument(): { documents: Uint32Array; terms: Uint32Array; frequencies: Float32Array; lengths: Float64Array };
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
    if (header.format !== FORMAT || header.options !== signature(options) || header.chunks !== chunks || header.classes !== classes.length)
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
    const name = (id: number) => blob.subarray(places[id], places[id + 1]);
    const decoder = new TextDecoder();
    let turned: ReturnType<Bm25Source['byDocument']> | null = null;
    return {
      terms: count,
      name,
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
      byDocument() {
        turned ??= { ...turn(ordinals, starts, frequencies, chunks), lengths };
        return turned;
      },
    };
  } catch {
    return null;
  }
}

/** Postings by term as postings by chunk, those of one chunk by ascending term. */
function turn(ordinals: Uint32Array, starts: Uint32Array, frequencies: Float32Array, chunks: number) {
  const documents = new Uint32Array(chunks + 1);
  for (const ordinal of ordinals) documents[ordinal + 1] = (documents[ordinal + 1] as number) + 1;
  for (let at = 0; at < chunks; at++) documents[at + 1] = (documents[at + 1] as number) + (documents[at] as number);
  const next = documents.slice();
  const terms = new Uint32Array(ordinals.length);
  const found = new Float32Array(ordinals.length);
  for (let term = 0; term + 1 < starts.length; term++) {
    for (let at = starts[term] as number; at < (starts[term + 1] as number); at++) {
      const ordinal = ordinals[at] as number;
      const place = next[ordinal] as number;
      next[ordinal] = place + 1;
      terms[place] = term;
      found[place] = frequencies[at] as number;
    }
  }
  return { documents, terms, frequencies: found };
}
