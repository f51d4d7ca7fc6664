import type { Briefing, SnapshotInfo } from '../core/model.ts';
import type { Filter, Hit, IndexReader } from '../core/ports.ts';
import type { Bm25 } from './bm25.ts';
import { checkQueryVector, chunkId } from './checks.ts';
import { type Corpus, chunksOf } from './corpus-files.ts';
import type { Scored } from './top.ts';
import type { VectorSearch } from './vectors.ts';

export interface ReaderParts {
  info: SnapshotInfo;
  corpus: Corpus;
  bm25: Bm25;
  vectors: VectorSearch;
  /** Called once, by `close`. */
  onClose: () => void;
}

/** A reader over parts held in memory: nothing on disk is needed once it is made. */
export function createReader({ info, corpus, bm25, vectors, onClose }: ReaderParts): IndexReader {
  const { briefings, paragraphs, starts, chunkStarts } = corpus;
  const briefingAt = new Map(briefings.map(({ id }, at) => [id, at]));
  const ordinalOf = new Map(paragraphs.map(({ id }, ordinal) => [id, ordinal]));
  let open = true;

  const hits = (scored: readonly Scored[]): Hit[] => scored.map(({ ordinal, score }) => ({ chunk: idOf(ordinal), score }));
  const whole = (k: number): number => Math.max(0, Math.min(info.chunks, Math.floor(k) || 0));
  const idOf = (ordinal: number): string => {
    const briefing = corpus.briefingOf(ordinal);
    return chunkId((briefings[briefing] as Briefing).id, ordinal - (chunkStarts[briefing] as number));
  };

  /** Position of a chunk by its id, or -1. */
  function placeOf(id: string): number {
    const at = id.lastIndexOf('#c');
    const briefing = briefingAt.get(id.slice(0, at));
    if (at < 0 || briefing === undefined) return -1;
    const place = (chunkStarts[briefing] as number) + Number(id.slice(at + 2)) - 1;
    // Only the id as it is written: not "c01", not a chunk of the next briefing.
    return place >= 0 && place < info.chunks && idOf(place) === id ? place : -1;
  }

  /** One byte a briefing, or null when nothing is excluded. */
  function allowedBriefings(filter: Filter | undefined): Uint8Array | null {
    if (!filter?.briefings) return null;
    const allowed = new Uint8Array(briefings.length);
    for (const id of filter.briefings) {
      const at = briefingAt.get(id);
      if (at !== undefined) allowed[at] = 1;
    }
    return allowed;
  }

  function allowedChunks(filter: Filter | undefined): Uint8Array | null {
    const allowed = allowedBriefings(filter);
    if (allowed === null) return null;
    const mask = new Uint8Array(info.chunks);
    allowed.forEach((yes, at) => {
      if (yes) mask.fill(1, chunkStarts[at], chunkStarts[at + 1]);
    });
    return mask;
  }

  return {
    info,
    briefings: async () => [...briefings],
    briefing: async (id) => briefings[briefingAt.get(id) ?? -1] ?? null,
    async text(id) {
      const at = briefingAt.get(id);
      return at === undefined ? null : corpus.text(at);
    },
    paragraph: async (id) => paragraphs[ordinalOf.get(id) ?? -1] ?? null,
    paragraphs: async (ids) => ids.flatMap((id) => paragraphs[ordinalOf.get(id) ?? -1] ?? []),
    async paragraphsOf(id) {
      const at = briefingAt.get(id);
      return at === undefined ? [] : paragraphs.slice(starts[at], starts[at + 1]);
    },
    async chunks(ids) {
      return ids
        .map(placeOf)
        .filter((place) => place >= 0)
        .map(corpus.chunk);
    },
    async chunksOf(id) {
      const at = briefingAt.get(id);
      return at === undefined ? [] : chunksOf(corpus, at);
    },
    abbreviations: async () => [...corpus.abbreviations],
    gone: async () => [...corpus.gone],
    async nearest(vector, k, filter, also = []) {
      if (info.chunks === 0 || info.dimensions === 0) return [];
      checkQueryVector(vector, info.dimensions);
      const mask = allowedChunks(filter);
      const named = also.map(placeOf).filter((place) => place >= 0 && (mask === null || mask[place] !== 0));
      return hits(vectors.nearest(vector, whole(k), allowedBriefings(filter), named));
    },
    async matching(terms, k, filter) {
      const only = filter?.briefings?.length === 1 ? briefingAt.get(filter.briefings[0] as string) : undefined;
      if (only === undefined) return hits(bm25.matching(terms, whole(k), allowedChunks(filter)));
      return hits(bm25.matching(terms, whole(k), null, [chunkStarts[only] as number, chunkStarts[only + 1] as number]));
    },
    terms: async (terms) => bm25.terms(terms),
    similarWords: async (word, distance) => bm25.similarWords(word, distance),
    async close() {
      if (open) onClose();
      open = false;
    },
  };
}
