import type { Groups } from '../core/access.ts';
import type { Abbreviation, Briefing, Chunk, Paragraph, SnapshotInfo } from '../core/model.ts';
import type { Filter, Hit, IndexReader, IndexTexts } from '../core/ports.ts';
import {
  accessClasses,
  isRestricted,
  readableClasses,
  type Visible,
  visibleAbbreviations,
  visibleBriefings,
  visibleChunk,
  visibleGone,
  visibleInfo,
} from '../core/visible.ts';
import type { Bm25 } from './bm25.ts';
import { checkQueryVector, chunkId } from './checks.ts';
import { type Corpus, chunksOf, paragraphsOf } from './corpus-files.ts';
import type { Scored } from './top.ts';
import type { VectorSearch } from './vectors.ts';

export interface ReaderParts {
  info: SnapshotInfo;
  corpus: Corpus;
  bm25: Bm25;
  vectors: VectorSearch;
  /** Packed readings by position of the chunk; null where there are none. */
  readings: { id: string; of(chunk: number): Uint8Array } | null;
  /** Called once, by `close`. */
  onClose: () => void;
}

/** Parts of a snapshot kept for whoever reads only those: a byte a chunk, and what was counted of them. */
const PARTS_KEPT = 64;

/** What somebody who does not read everything sees. */
interface Part {
  /** One byte a briefing. */
  seen: Uint8Array;
  visible: Visible;
  abbreviations: readonly Abbreviation[];
  bm25: Bm25;
  /** One byte a chunk. */
  chunks: Uint8Array;
}

/** What is read of a snapshot without searching it. */
export function textsOf(info: SnapshotInfo, corpus: Corpus): IndexTexts {
  const { briefings } = corpus;
  const briefingAt = new Map(briefings.map(({ id }, at) => [id, at]));
  const at = (id: string): number => briefingAt.get(id) ?? -1;
  return {
    info,
    briefings: async () => [...briefings],
    briefing: async (id) => briefings[at(id)] ?? null,
    text: async (id) => (at(id) < 0 ? null : corpus.text(at(id))),
    paragraphsOf: async (id) => (at(id) < 0 ? [] : paragraphsOf(corpus, at(id))),
    chunksOf: async (id) => (at(id) < 0 ? [] : chunksOf(corpus, at(id))),
    abbreviations: async () => [...corpus.abbreviations],
    gone: async () => [...corpus.gone],
    close: async () => {},
  };
}

/** A reader over parts held in memory: nothing on disk is needed once it is made. */
export function createHnswReader({ info, corpus, bm25, vectors, readings, onClose }: ReaderParts): IndexReader {
  const { briefings, chunkStarts } = corpus;
  const briefingAt = new Map(briefings.map(({ id }, at) => [id, at]));
  const access = accessClasses(briefings);
  const parts = new Map<string, IndexReader>();
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

  /** A paragraph by its id as it is written, or null. */
  function paragraphBy(id: string): Paragraph | null {
    const at = id.lastIndexOf('#p');
    const briefing = briefingAt.get(id.slice(0, at));
    if (at < 0 || briefing === undefined) return null;
    const place = corpus.placeOf(briefing, Number(id.slice(at + 2)));
    const paragraph = place < 0 ? null : corpus.paragraph(place);
    return paragraph?.id === id ? paragraph : null;
  }

  const masked = (seen: Uint8Array): Uint8Array => {
    const mask = new Uint8Array(info.chunks);
    seen.forEach((yes, at) => {
      if (yes) mask.fill(1, chunkStarts[at], chunkStarts[at + 1]);
    });
    return mask;
  };

  /** What members of some groups see, without the names of groups; everything where no briefing names any. */
  function partFor(groups: Groups): IndexReader {
    if (groups === null || !isRestricted(access)) return everything;
    const classes = readableClasses(access, groups);
    const key = classes.join('');
    let found = parts.get(key);
    parts.delete(key);
    if (!found) {
      const seen = Uint8Array.from(access.of, (one) => classes[one] as number);
      const chunks = masked(seen);
      const visible = visibleBriefings(briefings, (at) => seen[at] !== 0);
      const abbreviations = visibleAbbreviations(
        corpus.abbreviations,
        access.classes.filter((_, at) => classes[at] !== 0),
      );
      found = read({ seen, visible, abbreviations, bm25: classes.includes(0) ? bm25.part({ chunks, classes }) : bm25, chunks });
      if (parts.size >= PARTS_KEPT) parts.delete(parts.keys().next().value as string);
    }
    // The map keeps the order of last use.
    parts.set(key, found);
    return found;
  }

  /** Reads everything, or a part of it. */
  function read(part: Part | null): IndexReader {
    const list = part ? part.visible.briefings : briefings;
    const shown = list.filter((one) => one !== null);
    const lexical = part ? part.bm25 : bm25;
    const at = (id: string): number => {
      const place = briefingAt.get(id) ?? -1;
      return part === null || part.seen[place] === 1 ? place : -1;
    };
    const paragraphOf = (id: string) => {
      // Whose it is comes first: what may not be seen is not read either.
      const end = id.lastIndexOf('#p');
      return end >= 0 && at(id.slice(0, end)) >= 0 ? paragraphBy(id) : null;
    };
    const asSeen = (chunk: Chunk): Chunk => (part ? visibleChunk(chunk, part.visible) : chunk);
    const isSeen = (place: number): boolean => place >= 0 && (part === null || part.chunks[place] === 1);

    /** One byte a briefing, or null when nothing is excluded. */
    function allowedBriefings(filter: Filter | undefined): Uint8Array | null {
      if (!filter?.briefings) return part ? part.seen : null;
      const allowed = new Uint8Array(briefings.length);
      for (const id of filter.briefings) if (at(id) >= 0) allowed[at(id)] = 1;
      return allowed;
    }

    const own: IndexReader = {
      info: part
        ? visibleInfo(
            info,
            shown.length,
            shown.reduce((sum, one) => sum + one.paragraphs, 0),
            part.chunks.reduce((sum, one) => sum + one, 0),
          )
        : info,
      briefings: async () => [...shown],
      briefing: async (id) => list[at(id)] ?? null,
      async text(id) {
        return at(id) < 0 ? null : corpus.text(at(id));
      },
      paragraph: async (id) => paragraphOf(id),
      paragraphs: async (ids) => ids.flatMap((id) => paragraphOf(id) ?? []),
      async paragraphsOf(id) {
        return at(id) < 0 ? [] : paragraphsOf(corpus, at(id));
      },
      async chunks(ids) {
        return ids.map(placeOf).filter(isSeen).map(corpus.chunk).map(asSeen);
      },
      async chunksOf(id) {
        return at(id) < 0 ? [] : chunksOf(corpus, at(id)).map(asSeen);
      },
      ...(readings && {
        readings: {
          id: readings.id,
          of: async (ids) => ids.map(placeOf).map((place) => (isSeen(place) ? readings.of(place) : null)),
        },
      }),
      abbreviations: async () => [...(part?.abbreviations ?? corpus.abbreviations)],
      gone: async () => (part ? visibleGone(corpus.gone, (id) => at(id) >= 0) : [...corpus.gone]),
      async nearest(vector, k, filter, also = []) {
        if (info.chunks === 0 || info.dimensions === 0) return [];
        checkQueryVector(vector, info.dimensions);
        const allowed = allowedBriefings(filter);
        const named = also.map(placeOf).filter((place) => place >= 0 && (allowed === null || allowed[corpus.briefingOf(place)] === 1));
        return hits(vectors.nearest(vector, whole(k), allowed, named));
      },
      async matching(terms, k, filter) {
        const only = filter?.briefings?.length === 1 ? briefingAt.get(filter.briefings[0] as string) : undefined;
        if (only !== undefined)
          return hits(lexical.matching(terms, whole(k), null, [chunkStarts[only] as number, chunkStarts[only + 1] as number]));
        const allowed = filter?.briefings ? (allowedBriefings(filter) as Uint8Array) : null;
        return hits(lexical.matching(terms, whole(k), allowed && masked(allowed)));
      },
      terms: async (terms) => lexical.terms(terms),
      similarWords: async (word, distance) => lexical.similarWords(word, distance),
      seenBy: (groups) => (part === null ? partFor(groups) : own),
      async close() {
        if (part !== null) return;
        if (open) onClose();
        open = false;
      },
    };
    return own;
  }

  const everything = read(null);
  return everything;
}
