import { mayRead } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Abbreviation, GoneParagraph, SnapshotInfo } from '../core/model.ts';
import type { Filter, Hit, IndexReader, IndexStore, IngestedBriefing } from '../core/ports.ts';
import { fold } from '../core/text/tokens.ts';
import {
  accessClasses,
  isRestricted,
  readableClasses,
  visibleAbbreviations,
  visibleBriefings,
  visibleChunk,
  visibleGone,
  visibleInfo,
} from '../core/visible.ts';
import { BM25_DEFAULTS, type Bm25Options } from './bm25.ts';
import { checkIngested, checkQueryVector } from './checks.ts';
import { createWordCounter, inSnapshotOrder, isBigram, lexicalDocuments } from './fields.ts';
import { bySimilarity, SIMILAR_LIMIT } from './spelling.ts';

interface Stored {
  info: SnapshotInfo;
  corpus: IngestedBriefing[];
  vectors: Map<string, readonly Float32Array[]>;
  abbreviations: Abbreviation[];
  gone: GoneParagraph[];
}

/**
 * An index in memory that answers by the definitions: BM25 by its formula over maps, cosine in double precision over
 * every chunk, edit distance by the full matrix. Slow and plain on purpose: the other stores are held to it.
 */
export function createMemoryStore(options: { bm25?: Partial<Bm25Options> } = {}): IndexStore {
  const bm25 = { ...BM25_DEFAULTS, ...options.bm25 };
  let live: Stored | null = null;
  let writing = false;
  let generation = 0;

  return {
    open: async () => (live === null ? null : createReader(live, bm25)),
    current: async () => live?.info.id ?? null,
    async write(embedder) {
      if (writing) throw pilcrowError('index_locked', 'Another writer is building this index.', { retryable: true });
      writing = true;
      let open = true;
      const entries = new Map<string, { entry: IngestedBriefing; vectors: readonly Float32Array[] }>();
      const mustBeOpen = () => {
        if (!open) throw pilcrowError('internal', 'This index writer was already committed or discarded.');
      };
      const finish = () => {
        open = false;
        writing = false;
      };
      return {
        async cached(hashes) {
          mustBeOpen();
          const found = new Map<string, Float32Array>();
          if (live?.info.embedder !== embedder.id || live.info.dimensions !== embedder.dimensions) return found;
          for (const { briefing, chunks } of live.corpus) {
            chunks.forEach(({ hash }, at) => {
              if (hashes.includes(hash)) found.set(hash, live!.vectors.get(briefing.id)![at]!);
            });
          }
          return found;
        },
        async add(entry, vectors) {
          mustBeOpen();
          checkIngested(entry, vectors, embedder.dimensions, entries);
          entries.set(entry.briefing.id, structuredClone({ entry, vectors: [...vectors] }));
        },
        async commit(abbreviations, gone = []) {
          mustBeOpen();
          const corpus = inSnapshotOrder([...entries.values()].map(({ entry }) => entry));
          const info: SnapshotInfo = {
            id: `memory-${++generation}`,
            created: new Date().toISOString(),
            embedder: embedder.id,
            dimensions: embedder.dimensions,
            briefings: corpus.length,
            paragraphs: corpus.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0),
            chunks: corpus.reduce((sum, { chunks }) => sum + chunks.length, 0),
          };
          const vectors = new Map([...entries].map(([id, entry]) => [id, entry.vectors]));
          live = { info, corpus, vectors, abbreviations: structuredClone([...abbreviations]), gone: structuredClone([...gone]) };
          finish();
          return info.id;
        },
        async discard() {
          if (open) finish();
        },
      };
    },
  };
}

function createReader({ info, corpus, vectors, abbreviations, gone }: Stored, options: Bm25Options): IndexReader {
  const { k1, b } = options;
  const paragraphs = corpus.flatMap((entry) => entry.paragraphs);
  const chunks = corpus.flatMap((entry) => entry.chunks);
  const spelling = createWordCounter();
  const documents = [...lexicalDocuments(corpus, options, spelling.read)];
  const averageLength = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length) || 1;
  const frequency = (term: string): number => documents.filter(({ frequencies }) => frequencies.has(term)).length;
  const idf = (n: number): number => Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
  const allows = (filter: Filter | undefined, briefing: string): boolean => !filter?.briefings || filter.briefings.includes(briefing);
  const entry = (id: string) => corpus.find(({ briefing }) => briefing.id === id);

  function best(scores: Map<number, number>, k: number): Hit[] {
    return [...scores]
      .sort(([x, a], [y, c]) => c - a || x - y)
      .slice(0, Math.max(0, Math.floor(k) || 0))
      .map(([ordinal, score]) => ({ chunk: chunks[ordinal]!.id, score }));
  }

  const parts = new Map<string, IndexReader>();

  const reader: IndexReader = {
    info,
    briefings: async () => corpus.map(({ briefing }) => briefing),
    briefing: async (id) => entry(id)?.briefing ?? null,
    text: async (id) => entry(id)?.text ?? null,
    paragraph: async (id) => paragraphs.find((paragraph) => paragraph.id === id) ?? null,
    paragraphs: async (ids) => ids.flatMap((id) => paragraphs.find((paragraph) => paragraph.id === id) ?? []),
    paragraphsOf: async (id) => [...(entry(id)?.paragraphs ?? [])],
    chunks: async (ids) => ids.flatMap((id) => chunks.find((chunk) => chunk.id === id) ?? []),
    chunksOf: async (id) => [...(entry(id)?.chunks ?? [])],
    abbreviations: async () => [...abbreviations],
    gone: async () => [...gone],
    async nearest(vector, k, filter, also = []) {
      if (info.chunks === 0 || info.dimensions === 0) return [];
      checkQueryVector(vector, info.dimensions);
      const scores = new Map<number, number>();
      const all = corpus.flatMap(({ briefing }) => vectors.get(briefing.id)!);
      chunks.forEach(({ briefing }, ordinal) => {
        const score = allows(filter, briefing) ? cosine(vector, all[ordinal]!) : null;
        if (score !== null) scores.set(ordinal, score);
      });
      const wanted = new Set(
        best(scores, k)
          .map(({ chunk }) => chunk)
          .concat(also),
      );
      return best(scores, scores.size).filter(({ chunk }) => wanted.has(chunk));
    },
    async matching(query, k, filter) {
      const scores = new Map<number, number>();
      for (const { term, weight } of query) {
        if (!(weight > 0)) continue;
        const termWeight = weight * idf(frequency(term)) * (isBigram(term) ? options.bigram : 1);
        for (const { ordinal, frequencies, length } of documents) {
          const tf = frequencies.get(term) ?? 0;
          if (tf === 0 || !allows(filter, chunks[ordinal]!.briefing)) continue;
          const gain = (termWeight * tf * (k1 + 1)) / (tf + k1 * (1 - b + (b * length) / averageLength));
          if (gain > 0) scores.set(ordinal, (scores.get(ordinal) ?? 0) + gain);
        }
      }
      return best(scores, k);
    },
    terms: async (terms) => terms.map((term) => ({ term, frequency: frequency(term), idf: idf(frequency(term)) })),
    async similarWords(asked, distance) {
      const limit = Math.min(2, Math.max(0, Math.trunc(distance) || 0));
      const folded = fold(asked);
      return [...spelling.counts]
        .filter(([word]) => Math.abs(word.length - folded.length) <= limit)
        .map(([word, count]) => ({ word, distance: edits(folded, word), frequency: count }))
        .filter((similar) => similar.distance <= limit)
        .sort(bySimilarity)
        .slice(0, SIMILAR_LIMIT);
    },
    seenBy(groups) {
      const access = accessClasses(corpus.map((one) => one.briefing));
      if (groups === null || !isRestricted(access)) return reader;
      const key = readableClasses(access, groups).join('');
      const found = parts.get(key) ?? createReader(partOf({ info, corpus, vectors, abbreviations, gone }, groups), options);
      parts.set(key, found);
      return found;
    },
    close: async () => undefined,
  };
  return reader;
}

/** An index that was never given what these groups may not read. */
function partOf({ info, corpus, vectors, abbreviations, gone }: Stored, groups: readonly string[]): Stored {
  const all = corpus.map((one) => one.briefing);
  const visible = visibleBriefings(all, (at) => mayRead(all[at]?.access, groups));
  const kept = corpus.flatMap((one, at) => {
    const briefing = visible.briefings[at];
    return briefing ? [{ ...one, briefing, chunks: one.chunks.map((chunk) => visibleChunk(chunk, visible)) }] : [];
  });
  const count = (of: (one: IngestedBriefing) => number) => kept.reduce((sum, one) => sum + of(one), 0);
  return {
    info: visibleInfo(
      info,
      kept.length,
      count((one) => one.paragraphs.length),
      count((one) => one.chunks.length),
    ),
    corpus: kept,
    vectors,
    gone: visibleGone(gone, (id) => kept.some(({ briefing }) => briefing.id === id)),
    abbreviations: visibleAbbreviations(
      abbreviations,
      all.filter((_, at) => visible.briefings[at] !== null).map(({ access }) => access),
    ),
  };
}

/** Null when one of the two has no direction. */
function cosine(a: readonly number[], b: Float32Array): number | null {
  let [dot, left, right] = [0, 0, 0];
  b.forEach((value, at) => {
    dot += (a[at] as number) * value;
    left += (a[at] as number) ** 2;
    right += value ** 2;
  });
  return left > 0 && right > 0 ? dot / Math.sqrt(left) / Math.sqrt(right) : null;
}

/** Optimal string alignment distance by the whole matrix. */
function edits(a: string, b: string): number {
  const table: number[][] = [];
  for (let i = 0; i <= a.length; i++) {
    table.push([]);
    for (let j = 0; j <= b.length; j++) {
      const options = i === 0 && j === 0 ? [0] : [];
      if (i > 0) options.push(table[i - 1]![j]! + 1);
      if (j > 0) options.push(table[i]![j - 1]! + 1);
      if (i > 0 && j > 0) options.push(table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) options.push(table[i - 2]![j - 2]! + 1);
      table[i]!.push(Math.min(...options));
    }
  }
  return table[a.length]![b.length]!;
}
