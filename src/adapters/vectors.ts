import { byScore, createTop, type Scored } from './top.ts';
import type { EventTurn } from './turns.ts';

/** Chunks near a vector, as a graph finds them. */
export interface Neighbours {
  /**
   * About the `count` nearest to a unit vector, by position; in no promised order, fewer when there are not as many. `only`: none but these
   * are found, on a walk that looks at `look` or more.
   */
  search(unit: number[], count: number, only?: { allows(place: number): boolean; look: number }): number[];
}

/** Vectors by position. */
export interface VectorRows {
  /** Values of all. */
  readonly length: number;
  /** The values of the chunks from `from` to before `to`; valid until the next are asked for. */
  read(from: number, to: number): Float32Array;
}

export interface VectorSearchOptions {
  /** `chunks * dimensions` values, finite. */
  vectors: Float32Array | VectorRows;
  dimensions: number;
  /** Chunks `briefings[b] .. briefings[b + 1]` belong to briefing b. */
  briefings: Uint32Array;
  /** Number of chunks to look at up to which no graph is asked. */
  scanUpTo?: number;
}

export interface VectorSearch {
  /** Scores are cosines. `allowed[b]` = 0 excludes briefing b; `also` are positions of chunks. */
  nearest(vector: readonly number[], k: number, allowed: Uint8Array | null, also: readonly number[]): Scored[];
  /** The vector of a chunk scaled to unit length, or null when it is all zero. */
  unit(chunk: number): number[] | null;
  /** Gives the graph to answer from when there are more chunks than are scanned; null takes it away. */
  use(graph: Neighbours | null): void;
}

/** Chunks up to which all are compared, so that nothing is missed; above, the graph answers (docs/speed.md). */
export const SCAN_UP_TO = 2000;
/** Share of the chunks a filter must leave for the graph to be worth asking: below, scanning what is left is cheaper. */
const LEAST_SHARE = 0.2;

/**
 * Nearest chunks by cosine. Candidates come from a scan of all allowed chunks or from the graph; either way each chunk found
 * is then scored exactly, so that both give a chunk the same score. Throws a plain Error when a value is not finite.
 */
export function createVectorSearch(options: VectorSearchOptions): VectorSearch {
  const chunks = checkedCount(options);
  const rows = rowsOf(options);
  const inverse = new Float64Array(chunks);
  for (let from = 0; from < chunks; from += AT_ONCE) inverseNorms(rows, options.dimensions, inverse, from);
  return searchOver(options, rows, inverse);
}

/** Chunks read at a time when many follow one another. */
const AT_ONCE = 512;

function rowsOf({ vectors, dimensions }: VectorSearchOptions): VectorRows {
  if ('read' in vectors) return vectors;
  return { length: vectors.length, read: (from, to) => vectors.subarray(from * dimensions, to * dimensions) };
}

/** The same in small turns of the event loop. */
export async function openVectorSearch(options: VectorSearchOptions, turn: EventTurn): Promise<VectorSearch> {
  const chunks = checkedCount(options);
  const rows = rowsOf(options);
  const inverse = new Float64Array(chunks);
  for (let from = 0; from < chunks; from += AT_ONCE) {
    inverseNorms(rows, options.dimensions, inverse, from);
    await turn();
  }
  return searchOver(options, rows, inverse);
}

function searchOver(
  { dimensions, briefings, scanUpTo = SCAN_UP_TO }: VectorSearchOptions,
  vectors: VectorRows,
  /** 1 / length of each vector; 0 for a zero vector. */
  inverse: Float64Array,
): VectorSearch {
  const chunks = inverse.length;
  const briefingOf = briefingOfChunk(briefings, chunks);
  let graph: Neighbours | null = null;

  function best(found: Iterable<number>, query: Float64Array, k: number): Scored[] {
    const top = createTop(k);
    for (const chunk of found) offer(top, query, chunk, vectors.read(chunk, chunk + 1), 0);
    return top.take();
  }

  /** `chunk` is the row `row` of what was read. */
  function offer(top: ReturnType<typeof createTop>, query: Float64Array, chunk: number, read: Float32Array, row: number): void {
    const factor = inverse[chunk] as number;
    // A vector without direction is near nothing.
    if (factor !== 0) top.offer(chunk, product(query, read, row * dimensions, dimensions) * factor);
  }

  function scan(query: Float64Array, k: number, runs: readonly Run[]): Scored[] {
    const top = createTop(k);
    for (const [from, to] of runs) {
      for (let begin = from; begin < to; begin += AT_ONCE) {
        const end = Math.min(to, begin + AT_ONCE);
        const read = vectors.read(begin, end);
        for (let chunk = begin; chunk < end; chunk++) offer(top, query, chunk, read, chunk - begin);
      }
    }
    return top.take();
  }

  /** Null when the graph did not yield enough chunks: the caller scans. */
  function walk(near: Neighbours, query: Float64Array, k: number, allowed: Uint8Array | null, share: number): Scored[] | null {
    const only = allowed && {
      allows: (chunk: number) => allowed[briefingOf[chunk] as number] !== 0,
      // The walk passes over the others, and not always as many as their share.
      look: Math.ceil((2 * k) / share),
    };
    const found = near.search(Array.from(query), k, only ?? undefined);
    return found.length < k ? null : best(found, query, k);
  }

  return {
    nearest(vector, k, allowed, also) {
      const query = unitOf(vector);
      if (query === null) return [];
      const runs = runsOf(briefings, allowed);
      const left = runs.reduce((sum, [from, to]) => sum + to - from, 0);
      const share = left / Math.max(1, chunks);
      const ask = graph !== null && left > scanUpTo && share >= LEAST_SHARE && k > 0 && k / share < chunks / 8;
      const hits = k <= 0 ? [] : ((ask && graph ? walk(graph, query, k, allowed, share) : null) ?? scan(query, k, runs));
      if (also.length === 0) return hits;
      const present = new Set(hits.map(({ ordinal }) => ordinal));
      const named = best(new Set(also.filter((ordinal) => !present.has(ordinal))), query, also.length);
      return [...hits, ...named].sort(byScore);
    },
    unit(chunk) {
      const factor = inverse[chunk] as number;
      if (factor === 0) return null;
      return Array.from(vectors.read(chunk, chunk + 1), (value) => value * factor);
    },
    use(next) {
      graph = next;
    },
  };
}

type Run = [from: number, to: number];

/** Chunks of the briefings allowed, as runs of neighbours. */
function runsOf(briefings: Uint32Array, allowed: Uint8Array | null): Run[] {
  const runs: Run[] = [];
  for (let briefing = 0; briefing + 1 < briefings.length; briefing++) {
    if (allowed !== null && allowed[briefing] === 0) continue;
    const [from, to] = [briefings[briefing] as number, briefings[briefing + 1] as number];
    const last = runs.at(-1);
    if (last && last[1] === from) last[1] = to;
    else runs.push([from, to]);
  }
  return runs;
}

/** Null for a vector without direction. */
function unitOf(vector: readonly number[]): Float64Array | null {
  let squares = 0;
  for (const value of vector) squares += value ** 2;
  const length = Math.sqrt(squares);
  return length > 0 ? Float64Array.from(vector, (value) => value / length) : null;
}

/** Product of a query and the row that begins at `from`, in double precision: four sums side by side, which a processor adds at the same time. */
function product(query: Float64Array, rows: Float32Array, from: number, dimensions: number): number {
  let at = from;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let column = 0;
  for (; column + 3 < dimensions; column += 4, at += 4) {
    a += (query[column] as number) * (rows[at] as number);
    b += (query[column + 1] as number) * (rows[at + 1] as number);
    c += (query[column + 2] as number) * (rows[at + 2] as number);
    d += (query[column + 3] as number) * (rows[at + 3] as number);
  }
  for (; column < dimensions; column++, at++) a += (query[column] as number) * (rows[at] as number);
  return a + b + c + d;
}

function checkedCount({ vectors, dimensions, briefings }: VectorSearchOptions): number {
  const chunks = briefings.at(-1) ?? 0;
  if (vectors.length !== chunks * dimensions) throw new Error('The vectors are not as many as the chunks.');
  return chunks;
}

function inverseNorms(vectors: VectorRows, dimensions: number, into: Float64Array, from: number): void {
  const to = Math.min(into.length, from + AT_ONCE);
  const read = vectors.read(from, to);
  for (let chunk = from; chunk < to; chunk++) into[chunk] = inverseNorm(read, dimensions, chunk - from);
}

function inverseNorm(vectors: Float32Array, dimensions: number, row: number): number {
  let squares = 0;
  const end = (row + 1) * dimensions;
  for (let at = row * dimensions; at < end; at++) squares += (vectors[at] as number) * (vectors[at] as number);
  if (!Number.isFinite(squares)) throw new Error('A vector holds a value that is not finite.');
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}

function briefingOfChunk(briefings: Uint32Array, chunks: number): Uint32Array {
  const found = new Uint32Array(chunks);
  for (let briefing = 0; briefing + 1 < briefings.length; briefing++) found.fill(briefing, briefings[briefing], briefings[briefing + 1]);
  return found;
}
