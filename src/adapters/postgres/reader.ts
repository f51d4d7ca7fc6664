import type { Groups } from '../../core/access.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { Abbreviation, Briefing, Chunk, GoneParagraph, Paragraph, SnapshotInfo } from '../../core/model.ts';
import type { Filter, Hit, IndexReader, QueryTerm, TermInfo } from '../../core/ports.ts';
import { fold } from '../../core/text/tokens.ts';
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
} from '../../core/visible.ts';
import { BM25_DEFAULTS, inverseDocumentFrequency } from '../bm25.ts';
import { checkQueryVector, chunkId } from '../checks.ts';
import { isBigram } from '../fields.ts';
import { bySimilarity, editDistance, letters, SIMILAR_LIMIT } from '../spelling.ts';
import { type Database, readBack, written } from './database.ts';
import type { Statements } from './statements.ts';

/** What a reader keeps in memory of its generation: everything but paragraphs, chunks, texts, words and vectors. */
export interface Generation {
  id: number;
  info: SnapshotInfo;
  abbreviations: Abbreviation[];
  gone: GoneParagraph[];
  /** In snapshot order; the other lists are by position among them. */
  briefings: Briefing[];
  versions: Int32Array;
  chunkCounts: Int32Array;
  /** Summed lengths of the chunks of each, as BM25 counts them. */
  lengths: Float64Array;
}

export interface ReaderOptions {
  database: Database;
  statements: Statements;
  generation: Generation;
  /** Chunks up to which all vectors are compared. */
  scanUpTo: number;
  onClose: () => void;
}

/** Parts, records and counted terms kept: those of some hundred questions. */
const PARTS_KEPT = 64;
const RECORDS_KEPT = 10_000;
const TERMS_KEPT = 20_000;
/** Looked at by exact score beyond what is asked for: the graph orders by half precision. */
const BESIDE = 20;
/** A filter that leaves a smaller share, and not more chunks, is answered by comparing all of them. */
const SMALL_SHARE = 1 / 5;
const MOST_SCANNED = 50_000;
/** Briefings read, and words or passages searched for, in one statement. */
const BRIEFINGS_AT_ONCE = 50;
const SEARCHES_AT_ONCE = 12;

interface RecordRow {
  /** Null where nothing was found at all. */
  kind: 'h' | 'l' | 'c' | 'p' | null;
  version: number;
  number: number;
  record: string;
}

type HitRow = RecordRow & { position: number; score: number };

/** One search by words, as it is sent. */
interface WordSearch {
  terms: string[];
  weights: number[];
  positions: number[] | null;
  most: number;
}

interface Part {
  /** Numbers of the classes that are read; null: all. */
  classes: number[] | null;
  /** One byte a briefing. */
  seen: Uint8Array | null;
  visible: Visible | null;
  abbreviations: readonly Abbreviation[];
}

/** Reads one generation. Immutable as every reader; what the database no longer has rejects with `unavailable`. */
export function createPostgresReader({ database, statements, generation, scanUpTo, onClose }: ReaderOptions): IndexReader {
  const { info, briefings, versions, chunkCounts, lengths } = generation;
  const positionOf = new Map(briefings.map(({ id }, at) => [id, at]));
  const positionOfVersion = new Map([...versions].map((version, at) => [version, at]));
  const starts = new Int32Array(briefings.length + 1);
  chunkCounts.forEach((count, at) => {
    starts[at + 1] = (starts[at] as number) + count;
  });
  const access = accessClasses(briefings);
  const parts = new Map<string, IndexReader>();
  const chunkRecords = createKept<Chunk>();
  const paragraphRecords = createKept<Paragraph>();
  let open = true;

  async function ask<Row>(statement: string, part: Part, values: readonly unknown[]): Promise<Row[]> {
    const rows = await database.query<Row>(statement, [generation.id, part.classes, ...values]);
    if (rows.length > 0) return rows;
    throw pilcrowError('unavailable', 'This edition of the index was removed meanwhile.', {
      hint: 'Ask again: the newest one answers then.',
      retryable: true,
    });
  }

  const ordinalOf = (position: number, number: number) => (starts[position] as number) + number;

  function partFor(groups: Groups): IndexReader {
    if (groups === null || !isRestricted(access)) return everything;
    const classes = readableClasses(access, groups);
    const key = classes.join('');
    let found = parts.get(key);
    parts.delete(key);
    if (!found) {
      const seen = Uint8Array.from(access.of, (one) => classes[one] as number);
      found = read({
        classes: [...classes].flatMap((yes, one) => (yes ? [one] : [])),
        seen,
        visible: visibleBriefings(briefings, (at) => seen[at] !== 0),
        abbreviations: visibleAbbreviations(
          generation.abbreviations,
          access.classes.filter((_, at) => classes[at] !== 0),
        ),
      });
      if (parts.size >= PARTS_KEPT) parts.delete(parts.keys().next().value as string);
    }
    // The map keeps the order of last use.
    parts.set(key, found);
    return found;
  }

  function read(part: Part): IndexReader {
    const { seen, visible } = part;
    const list = visible ? visible.briefings : briefings;
    const shown = list.filter((one) => one !== null);
    const at = (id: string): number => {
      const position = positionOf.get(id) ?? -1;
      return seen === null || seen[position] === 1 ? position : -1;
    };
    const sum = (of: ArrayLike<number>): number => {
      let total = 0;
      for (let position = 0; position < briefings.length; position++)
        if (seen === null || seen[position] === 1) total += of[position] as number;
      return total;
    };
    const chunks = sum(chunkCounts);
    const meanLength = sum(lengths) / Math.max(1, chunks) || 1;
    const asSeen = (chunk: Chunk): Chunk => (visible ? visibleChunk(chunk, visible) : chunk);
    const whole = (k: number): number => Math.max(0, Math.min(info.chunks, Math.floor(k) || 0));
    const known = new Map<string, number>();

    /** Positions of the briefings a filter leaves; null: all. */
    const filtered = (filter: Filter | undefined): number[] | null =>
      filter?.briefings ? [...new Set(filter.briefings.map(at))].filter((position) => position >= 0) : null;

    /** Where a chunk or paragraph is by its id as it is written, or null. */
    function placeOf(id: string, mark: '#c' | '#p'): { position: number; version: number; number: number } | null {
      const end = id.lastIndexOf(mark);
      const position = end < 0 ? -1 : at(id.slice(0, end));
      const number = Number(id.slice(end + 2));
      if (position < 0 || !Number.isSafeInteger(number) || number < 1 || number > 2 ** 31 - 1) return null;
      if (String(number) !== id.slice(end + 2)) return null;
      return { position, version: versions[position] as number, number };
    }

    /** A chunk counts from 0 within its briefing. */
    const chunkPlace = (id: string) => {
      const place = placeOf(id, '#c');
      return place && place.number <= (chunkCounts[place.position] as number) ? { ...place, number: place.number - 1 } : null;
    };

    const toHits = (rows: readonly { position: number | null; number: number; score: number }[]) =>
      rows.flatMap(({ position, number, score }) =>
        position === null
          ? []
          : [
              {
                chunk: chunkId((briefings[position] as Briefing).id, number),
                score: Math.fround(score),
                ordinal: ordinalOf(position, number),
              },
            ],
      );
    type Found = ReturnType<typeof toHits>[number];
    const inOrder = (a: Found, b: Found) => b.score - a.score || a.ordinal - b.ordinal;
    const toHit = ({ chunk, score }: Found): Hit => ({ chunk, score });

    /** In how many chunks each term is; those not counted before in one round trip. */
    async function count(terms: readonly string[]): Promise<Map<string, number>> {
      const counts = new Map(terms.map((term) => [term, known.get(term) ?? -1]));
      const missing = [...counts].flatMap(([term, frequency]) => (frequency < 0 ? [term] : []));
      if (missing.length === 0) return counts;
      const rows = await ask<{ term: string | null; count: number }>(statements.terms, part, [missing.map(written)]);
      for (const term of missing) counts.set(term, 0);
      for (const row of rows) if (row.term !== null) counts.set(readBack(row.term), row.count);
      if (known.size + missing.length > TERMS_KEPT) known.clear();
      for (const term of missing) known.set(term, counts.get(term) as number);
      return counts;
    }

    /** Remembers the records among what was found: `c`hunks and `p`aragraphs. */
    function keep(rows: readonly RecordRow[]): void {
      chunkRecords.makeRoom(rows.length);
      paragraphRecords.makeRoom(rows.length);
      for (const { kind, version, number, record } of rows) {
        if (kind === 'c') chunkRecords.set(version, number, record);
        else if (kind === 'p') paragraphRecords.set(version, number, record);
      }
    }

    /** Records of many briefings, each asked for by itself, in a few statements. */
    const gathered = <T>(statement: string, made: (record: string) => T) =>
      createGathered(BRIEFINGS_AT_ONCE, async (positions: readonly number[]) => {
        const found = new Map<number, T[]>(positions.map((position) => [position, []]));
        const rows = await ask<{ version: number | null; record: string }>(statement, part, [
          [...found.keys()].map((position) => versions[position] as number),
        ]);
        for (const { version, record } of rows)
          if (version !== null) found.get(positionOfVersion.get(version) as number)?.push(made(record));
        return positions.map((position) => found.get(position) as T[]);
      });
    const paragraphsOf = gathered(statements.paragraphsOf, (record) => JSON.parse(record) as Paragraph);
    const chunksOf = gathered(statements.chunksOf, (record) => JSON.parse(record) as Chunk);
    const bodyOf = gathered(statements.bodies, (record) => (JSON.parse(record) as { text: string }).text);

    const hitsOf = (rows: readonly HitRow[], kind: RecordRow['kind']): Hit[] =>
      toHits(rows.filter((row) => row.kind === kind))
        .sort(inOrder)
        .map(toHit);

    /** What a search by words asks for; null when it can find nothing. */
    function wordsHow(terms: readonly QueryTerm[], k: number, filter: Filter | undefined): WordSearch | null {
      const weights = new Map<string, number>();
      for (const { term, weight } of terms) {
        if (!(weight > 0)) continue;
        const factor = isBigram(term) ? BM25_DEFAULTS.bigram : 1;
        weights.set(term, (weights.get(term) ?? 0) + weight * factor);
      }
      const positions = filtered(filter);
      const most = whole(k);
      if (weights.size === 0 || most === 0 || positions?.length === 0) return null;
      return { terms: [...weights.keys()].map(written), weights: [...weights.values()], positions, most };
    }

    /** Searches of one turn are one round trip. */
    const matched = createGathered(SEARCHES_AT_ONCE, async (searches: readonly WordSearch[]) => {
      const rows = await ask<HitRow & { search: number }>(statements.matching(searches.length), part, [
        chunks,
        meanLength,
        ...searches.flatMap(({ terms, weights, positions, most }) => [terms, weights, positions, most]),
      ]);
      keep(rows);
      const found = searches.map((): HitRow[] => []);
      for (const row of rows) if (row.kind === 'h') found[row.search]?.push(row);
      return found.map((hits) => hitsOf(hits, 'h'));
    });

    const similar = createGathered(SEARCHES_AT_ONCE, async (words: readonly { word: string; limit: number }[]) => {
      const found = words.map((): { word: string; count: number }[] => []);
      const rows = await ask<{ place: number | null; word: string; count: number }>(statements.similar, part, [
        words.map((_, place) => place),
        words.map(({ word }) => word.length),
        words.map(({ word }) => letters(word)),
        words.map(({ limit }) => limit),
      ]);
      for (const { place, word, count: times } of rows) if (place !== null) found[place]?.push({ word: readBack(word), count: times });
      return found;
    });

    /** How the nearest are looked for, by the graph or among all that are left; null when there are none. */
    function nearestHow(vector: readonly number[], k: number, filter: Filter | undefined) {
      if (info.chunks === 0 || info.dimensions === 0) return null;
      checkQueryVector(vector, info.dimensions);
      const length = Math.hypot(...vector);
      if (!(length > 0)) return null;
      const positions = filtered(filter);
      const left = positions ? positions.reduce((total, position) => total + (chunkCounts[position] as number), 0) : chunks;
      if (left === 0) return null;
      const most = whole(k);
      const scan =
        info.chunks <= scanUpTo || left <= scanUpTo || (left < SMALL_SHARE * info.chunks && left <= MOST_SCANNED) || most > MOST_FROM_GRAPH;
      return {
        scan,
        positions,
        /** The first of every statement's values. */
        values: [`[${vector.map((value) => value / length).join()}]`, positions, most],
        /** The last of those by the graph. */
        most: scan ? [] : [most + BESIDE],
      };
    }

    async function paragraphs(ids: readonly string[]): Promise<Paragraph[]> {
      const places = ids.flatMap((id) => placeOf(id, '#p') ?? []);
      const kept = places.map(({ version, number }) => paragraphRecords.get(version, number));
      const missing = places.filter((_, place) => kept[place] === undefined);
      if (missing.length > 0) {
        const rows = await ask<{ version: number | null; number: number; record: string }>(statements.paragraphs, part, [
          missing.map(({ version }) => version),
          missing.map(({ number }) => number),
        ]);
        paragraphRecords.makeRoom(rows.length + missing.length);
        for (const { version, number, record } of rows) if (version !== null) paragraphRecords.set(version, number, record);
        for (const { version, number } of missing) paragraphRecords.set(version, number, null);
      }
      return places.flatMap(({ version, number }, place) => kept[place] ?? paragraphRecords.get(version, number) ?? []);
    }

    const own: IndexReader = {
      info: visible
        ? visibleInfo(
            info,
            shown.length,
            shown.reduce((total, one) => total + one.paragraphs, 0),
            chunks,
          )
        : info,
      briefings: async () => [...shown],
      briefing: async (id) => list[at(id)] ?? null,
      text: async (id) => (at(id) < 0 ? null : ((await bodyOf(at(id)))[0] ?? null)),
      paragraph: async (id) => (await paragraphs([id]))[0] ?? null,
      paragraphs,
      paragraphsOf: async (id) => (at(id) < 0 ? [] : paragraphsOf(at(id))),
      async chunks(ids) {
        const places = ids.flatMap((id) => chunkPlace(id) ?? []);
        const kept = places.map(({ version, number }) => chunkRecords.get(version, number));
        const missing = places.filter((_, place) => !kept[place]);
        if (missing.length > 0) {
          const rows = await ask<RecordRow>(statements.chunks, part, [
            missing.map(({ version }) => version),
            missing.map(({ number }) => number),
          ]);
          keep(rows);
        }
        return places.flatMap(({ version, number }, place) => {
          const chunk = kept[place] ?? chunkRecords.get(version, number);
          return chunk ? [asSeen(chunk)] : [];
        });
      },
      chunksOf: async (id) => (at(id) < 0 ? [] : (await chunksOf(at(id))).map(asSeen)),
      abbreviations: async () => [...part.abbreviations],
      gone: async () => (visible ? visibleGone(generation.gone, (id) => at(id) >= 0) : [...generation.gone]),
      async nearest(vector, k, filter, also = []) {
        const how = nearestHow(vector, k, filter);
        if (!how) return [];
        const allowed = how.positions && new Set(how.positions);
        const named = also.flatMap((id) => chunkPlace(id) ?? []).filter(({ position }) => allowed?.has(position) ?? true);
        const statement = how.scan ? statements.scanned(info.dimensions) : statements.nearest(info.dimensions);
        const rows = await ask<HitRow>(statement, part, [
          ...how.values,
          named.map(({ version }) => version),
          named.map(({ number }) => number),
          ...how.most,
        ]);
        keep(rows);
        return hitsOf(rows, 'h');
      },
      async matching(terms, k, filter) {
        const search = wordsHow(terms, k, filter);
        return search ? matched(search) : [];
      },
      async both(terms, vector, k, filter) {
        const [search, how] = [wordsHow(terms, k, filter), nearestHow(vector, k, filter)];
        if (!search || !how) return { lexical: await own.matching(terms, k, filter), semantic: await own.nearest(vector, k, filter) };
        const rows = await ask<HitRow>(statements.both(info.dimensions, how.scan), part, [
          ...how.values,
          search.terms,
          search.weights,
          chunks,
          meanLength,
          ...how.most,
        ]);
        keep(rows);
        return { lexical: hitsOf(rows, 'l'), semantic: hitsOf(rows, 'h') };
      },
      async terms(terms: readonly string[]): Promise<TermInfo[]> {
        const counts = await count(terms);
        return terms.map((term) => {
          const frequency = counts.get(term) as number;
          return { term, frequency, idf: inverseDocumentFrequency(chunks, frequency) };
        });
      },
      async similarWords(asked, distance) {
        const word = fold(asked);
        const limit = Math.min(2, Math.max(0, Math.trunc(distance) || 0));
        return (await similar({ word, limit }))
          .flatMap(({ word: found, count: frequency }) => {
            const edits = editDistance(word, found, limit);
            return edits <= limit ? [{ word: found, distance: edits, frequency }] : [];
          })
          .sort(bySimilarity)
          .slice(0, SIMILAR_LIMIT);
      },
      seenBy: (groups) => (part.classes === null ? partFor(groups) : own),
      async close() {
        if (part.classes !== null) return;
        if (open) onClose();
        open = false;
      },
    };
    return own;
  }

  const everything = read({ classes: null, seen: null, visible: null, abbreviations: generation.abbreviations });
  return everything;
}

/** The graph is followed for as many at most. */
const MOST_FROM_GRAPH = 1_000;

/** Records by version and number, parsed when they are first asked for; null: there is none. The same object while it is kept. */
function createKept<T extends object>() {
  const kept = new Map<number, Map<number, T | string | null>>();
  let size = 0;
  return {
    /** Before records are put in that are read in the same turn. */
    makeRoom(count: number): void {
      if (size + count <= RECORDS_KEPT) return;
      kept.clear();
      size = 0;
    },
    get(version: number, number: number): T | null | undefined {
      const found = kept.get(version)?.get(number);
      if (typeof found !== 'string') return found;
      const value = JSON.parse(found) as T;
      kept.get(version)?.set(number, value);
      return value;
    },
    set(version: number, number: number, record: string | null): void {
      const own = kept.get(version);
      if (own?.has(number)) return;
      size++;
      const list = kept.get(version) ?? new Map<number, T | string | null>();
      kept.set(version, list.set(number, record));
    },
  };
}

/** What is asked for in one turn is read together, `most` at a time. */
function createGathered<Asked, Result>(
  most: number,
  readAll: (asked: readonly Asked[]) => Promise<readonly Result[]>,
): (asked: Asked) => Promise<Result> {
  let waiting: Asked[] = [];
  let next: Promise<Result[]> | null = null;
  return async (asked) => {
    const place = waiting.push(asked) - 1;
    next ??= Promise.resolve().then(async () => {
      const all = waiting;
      waiting = [];
      next = null;
      const found: Result[] = [];
      for (let from = 0; from < all.length; from += most) found.push(...(await readAll(all.slice(from, from + most))));
      return found;
    });
    return (await next)[place] as Result;
  };
}
