import { createExactProducts } from './exact.ts';
import type { Hnsw } from './hnsw.ts';
import { createQuantisedScan, type QuantisedScan } from './quantised.ts';
import { createRoughScan } from './rough.ts';
import { byScore, createTop, type Scored } from './top.ts';

export interface VectorSearchOptions {
  /** `chunks * dimensions` values, finite. */
  vectors: Float32Array;
  dimensions: number;
  /** Chunks `briefings[b] .. briefings[b + 1]` belong to briefing b. */
  briefings: Uint32Array;
  /** Number of chunks to look at up to which nothing can be missed. */
  exactUpTo?: number;
  /** Number of chunks to look at up to which no graph is asked. */
  scanUpTo?: number;
}

export interface VectorSearch {
  /** Scores are cosines. `allowed[b]` = 0 excludes briefing b; `also` are positions of chunks. */
  nearest(vector: readonly number[], k: number, allowed: Uint8Array | null, also: readonly number[]): Scored[];
  /** The vector of a chunk scaled to unit length, or null when it is all zero. */
  unit(chunk: number): number[] | null;
  /** Gives the graph to answer from when there are more chunks than are scanned; null takes it away. */
  use(graph: Hnsw | null): void;
}

/**
 * Chunks up to which all are scanned; above, the graph answers. What a scan costs grows with the chunks and what the graph costs
 * hardly does: at 10,000 chunks of 512 values a scan takes 0.4 to 0.9 ms and the graph 1.2 to 2.0 at ef 200, and misses more
 * (docs/speed.md).
 */
export const SCAN_UP_TO = 30_000;
/** Chunks up to which a scan misses nothing; above, it has a rough look at all of them first (rough.ts). */
export const EXACT_UP_TO = 2000;
/**
 * How many chunks a rough look keeps for each chunk asked for, and of how many chunks it keeps one at the least. At 10,000
 * chunks the best 50 are among the best 200 of the rough look in .980 of the cases for random text and .998 for public
 * sets, among the best 400 in .998 and .9998, among the 600 that are kept in .9997 and all of 10,000.
 */
const KEPT_EACH = 12;
const KEPT_SHARE = 20;
/** So few chunks are compared directly. */
const FEW = 64;
/** Share of the chunks a filter must leave for the graph to be worth asking: below, scanning what is left is cheaper. */
const LEAST_SHARE = 0.2;

/**
 * Nearest chunks by cosine. Candidates come from a scan of all allowed chunks or from the graph; either way each chunk found
 * is then scored exactly. The scan needs no graph and is what the graph is held to.
 */
export function createVectorSearch({
  vectors: given,
  dimensions,
  briefings,
  exactUpTo = EXACT_UP_TO,
  scanUpTo = exactUpTo,
}: VectorSearchOptions): VectorSearch {
  const chunks = briefings.at(-1) ?? 0;
  const inverse = inverseNorms(given, dimensions, chunks);
  const exact = createExactProducts(given, dimensions);
  const { vectors } = exact;
  const briefingOf = briefingOfChunk(briefings, chunks);
  let graph: Hnsw | null = null;
  const quantised = chunks > FEW ? createQuantisedScan(vectors, dimensions, inverse) : null;
  const rough = quantised && chunks > exactUpTo ? createRoughScan(vectors, dimensions, inverse) : null;
  const looked = new Uint32Array(quantised ? chunks : 0);

  /** Cosine with the query that `exact` was given last; null for a vector without direction. */
  const score = (chunk: number): number | null => (inverse[chunk] === 0 ? null : exact.of(chunk) * (inverse[chunk] as number));

  function bestOf(found: Iterable<number>, k: number): Scored[] {
    const top = createTop(k);
    for (const chunk of found) {
      const value = score(chunk);
      if (value !== null) top.offer(chunk, value);
    }
    return top.take();
  }

  /** Chunks of the briefings allowed, as runs of neighbours. */
  function runsOf(allowed: Uint8Array | null): [number, number][] {
    const runs: [number, number][] = [];
    for (let briefing = 0; briefing + 1 < briefings.length; briefing++) {
      if (allowed !== null && allowed[briefing] === 0) continue;
      const [from, to] = [briefings[briefing] as number, briefings[briefing + 1] as number];
      const last = runs.at(-1);
      if (last && last[1] === from) last[1] = to;
      else runs.push([from, to]);
    }
    return runs;
  }

  /**
   * The same as comparing all: only chunks whose bounds reach into the best `k` are scored. Of very many chunks only those are
   * bounded that a rough look puts far in front.
   */
  function scanBounds(bounds: QuantisedScan, query: Float64Array, k: number, runs: readonly [number, number][], left: number): Scored[] {
    const { low, high } = bounds;
    const kept = Math.max(KEPT_EACH * k, Math.ceil(left / KEPT_SHARE));
    let count = 0;
    if (rough && left > exactUpTo && kept < left / 2) {
      count = rough.best(query, runs, kept, looked);
      bounds.of(query, looked, count);
    } else {
      for (const [from, to] of runs) {
        bounds.bounds(query, from, to);
        for (let chunk = from; chunk < to; chunk++) looked[count++] = chunk;
      }
    }
    let found = 0;
    for (let i = 0; i < count; i++) {
      const chunk = looked[i] as number;
      if (inverse[chunk] !== 0) looked[found++] = chunk;
    }
    const least = kthLargest(low, looked, found, k);
    const top = createTop(k);
    for (let i = 0; i < found; i++) {
      const chunk = looked[i] as number;
      if ((high[chunk] as number) >= least) top.offer(chunk, score(chunk) as number);
    }
    return top.take();
  }

  /** Null when the graph did not yield enough chunks: the caller scans. */
  function walk(query: Float64Array, k: number, allowed: Uint8Array | null, share: number): Scored[] | null {
    // Of the neighbours some are excluded, and not always as many as their share.
    const labels = (graph as Hnsw).search(Array.from(query), Math.ceil(((allowed === null ? 1 : 2) * k) / share));
    const found = allowed === null ? labels : labels.filter((chunk) => allowed[briefingOf[chunk] as number] !== 0);
    return found.length < k ? null : bestOf(found, k);
  }

  return {
    nearest(vector, k, allowed, also) {
      const query = new Float64Array(vector);
      let squares = 0;
      for (let column = 0; column < dimensions; column++) squares += (query[column] as number) ** 2;
      const length = Math.sqrt(squares);
      if (!(length > 0)) return [];
      for (let column = 0; column < dimensions; column++) query[column] = (query[column] as number) / length;
      exact.ask(query);
      const runs = runsOf(allowed);
      const left = runs.reduce((sum, [from, to]) => sum + to - from, 0);
      const share = left / Math.max(1, chunks);
      const ask = graph !== null && left > scanUpTo && share >= LEAST_SHARE && k > 0 && k / share < chunks / 8;
      const scan = () => (quantised ? scanBounds(quantised, query, k, runs, left) : bestOf(within(runs), k));
      const hits = k <= 0 ? [] : ((ask ? walk(query, k, allowed, share) : null) ?? scan());
      if (also.length > 0) {
        const present = new Set(hits.map(({ ordinal }) => ordinal));
        for (const ordinal of also) {
          if (present.has(ordinal)) continue;
          present.add(ordinal);
          const value = score(ordinal);
          if (value !== null) hits.push({ ordinal, score: value });
        }
        hits.sort(byScore);
      }
      return hits;
    },
    unit(chunk) {
      const factor = inverse[chunk] as number;
      if (factor === 0) return null;
      return Array.from(vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions), (value) => value * factor);
    },
    use(next) {
      graph = next;
    },
  };
}

/** 1 / length of each vector; 0 for a zero vector. Throws a plain Error when a value is not finite. */
function inverseNorms(vectors: Float32Array, dimensions: number, chunks: number): Float64Array {
  if (vectors.length !== chunks * dimensions) throw new Error('The vectors are not as many as the chunks.');
  const inverse = new Float64Array(chunks);
  for (let chunk = 0; chunk < chunks; chunk++) {
    let squares = 0;
    const end = (chunk + 1) * dimensions;
    for (let at = chunk * dimensions; at < end; at++) squares += (vectors[at] as number) * (vectors[at] as number);
    if (!Number.isFinite(squares)) throw new Error('A vector holds a value that is not finite.');
    inverse[chunk] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }
  return inverse;
}

/** The k-th largest of the values at the first `count` places; -Infinity when there are fewer. */
function kthLargest(values: Float32Array, places: Uint32Array, count: number, k: number): number {
  if (count < k || k === 0) return Number.NEGATIVE_INFINITY;
  // A binary heap of the k largest, the least of them at the root.
  const heap = new Float64Array(k);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const value = values[places[i] as number] as number;
    if (size < k) {
      let at = size++;
      while (at > 0 && (heap[(at - 1) >> 1] as number) > value) {
        heap[at] = heap[(at - 1) >> 1] as number;
        at = (at - 1) >> 1;
      }
      heap[at] = value;
    } else if (value > (heap[0] as number)) {
      let at = 0;
      for (;;) {
        let below = 2 * at + 1;
        if (below >= k) break;
        if (below + 1 < k && (heap[below + 1] as number) < (heap[below] as number)) below++;
        if ((heap[below] as number) >= value) break;
        heap[at] = heap[below] as number;
        at = below;
      }
      heap[at] = value;
    }
  }
  return heap[0] as number;
}

function* within(runs: readonly [number, number][]): Generator<number> {
  for (const [from, to] of runs) for (let chunk = from; chunk < to; chunk++) yield chunk;
}

function briefingOfChunk(briefings: Uint32Array, chunks: number): Uint32Array {
  const found = new Uint32Array(chunks);
  for (let briefing = 0; briefing + 1 < briefings.length; briefing++) found.fill(briefing, briefings[briefing], briefings[briefing + 1]);
  return found;
}
