import { buildHnsw, type Hnsw, type HnswOptions, loadHnsw, type NativeLoader } from './hnsw.ts';
import { packSections, unpackSections } from './sections.ts';
import type { Neighbours, VectorSearch } from './vectors.ts';

/** Which chunk each label of a saved graph stands for, and how well the graph found when it was built. */
export interface Places {
  /** By label: position of the chunk + 1; 0 for a label that is deleted or was never used. */
  labels: Uint32Array;
  /** Parameters the graph was built with. */
  m: number;
  efConstruction: number;
  /** Share of the best 50 found for sampled chunks, by the graph as it was built. */
  recall: number;
  /** Chunks added or deleted since it was last looked at. */
  unseen: number;
}

/** A graph that finds chunks by their position in the snapshot. */
export interface ChunkGraph extends Neighbours {
  hnsw: Hnsw;
  places: Places;
}

/** What graphs are made from. */
export interface GraphParts {
  chunks: number;
  dimensions: number;
  /** Scans; see vectors.ts. */
  vectors: VectorSearch;
  hnsw: HnswOptions;
  native: NativeLoader;
  signal?: AbortSignal;
}

const MAGIC = 'PHP1';
/** Share of deleted nodes from which on a graph is built anew. */
const MOST_DEAD = 1 / 5;
/**
 * New chunks, as a share of all, from which on building anew is cheaper: putting a vector in the place of a deleted one mends the links
 * of all its neighbours and took six times as long as an insertion (4,000 vectors of 512 values).
 */
const MOST_NEW = 1 / 8;
/** Share of the best that an updated graph has to find; or, where no graph does (random text), nearly what the built one found. */
const LEAST_RECALL = 0.98;
const LOST_RECALL = 0.01;
/** Chunks added or deleted, as a share of all, up to which it is not looked at again: fewer cannot have changed what it finds by more. */
const UNSEEN_SHARE = 1 / 100;
/** Chunks whose neighbours are compared with those of the scan: 2,000 neighbours, a deviation of .003 at .98. */
const SAMPLED_CHUNKS = 40;
const NEIGHBOURS_COMPARED = 50;

export async function buildGraph(parts: GraphParts): Promise<ChunkGraph> {
  const { chunks, dimensions, vectors, hnsw: options, native: load, signal } = parts;
  const hnsw = await buildHnsw(chunks, dimensions, vectors.unit, options, { signal, load });
  const labels = Uint32Array.from({ length: chunks }, (_, chunk) => (vectors.unit(chunk) === null ? 0 : chunk + 1));
  const { m, efConstruction } = options;
  const graph = over(hnsw, { labels, m, efConstruction, recall: 1, unseen: 0 });
  graph.places.recall = await recallOf(graph, parts);
  return graph;
}

/** Throws a plain Error when the bytes are not an intact graph over `chunks` chunks; see `loadHnsw`. */
export async function loadGraph(
  path: string,
  bytes: Uint8Array,
  table: Uint8Array,
  parts: Omit<GraphParts, 'vectors'>,
): Promise<ChunkGraph> {
  const places = readPlaces(table, parts.chunks);
  return over(await loadHnsw(path, bytes, places.labels, parts.dimensions, parts.hnsw, parts.native), places);
}

/** Throws a plain Error unless each label leads to a chunk of its own among `chunks`. */
export function readPlaces(table: Uint8Array, chunks: number): Places {
  const sections = unpackSections(MAGIC, table);
  const labels = sections.uint32('labels');
  const seen = new Uint8Array(chunks + 1);
  for (const place of labels) {
    if (place === 0) continue;
    if (place > chunks || seen[place] === 1) throw new Error('A label leads to no chunk of this snapshot.');
    seen[place] = 1;
  }
  const { recall, m, efConstruction, unseen = 0 } = sections.header;
  return { labels, recall: Number(recall), m: Number(m), efConstruction: Number(efConstruction), unseen: Number(unseen) };
}

export const placesFile = ({ labels, ...header }: Places): Uint8Array => packSections(MAGIC, header, { labels });

/**
 * Makes the graph of one snapshot that of the next: chunks that are gone are marked as deleted, new ones take their places. Null when
 * building anew is better: too much is new or deleted, the parameters are others, or the graph finds less than it should
 * afterwards; `graph` is of no use then.
 *
 * `before[chunk]` and `now[chunk]` are the hashes of what was embedded; `same` says whether two of one hash have one vector.
 */
export async function updateGraph(
  graph: ChunkGraph,
  before: readonly string[],
  now: readonly string[],
  same: (before: number, now: number) => boolean,
  parts: GraphParts,
): Promise<ChunkGraph | null> {
  const { hnsw, places } = graph;
  if (places.m !== parts.hnsw.m || places.efConstruction !== parts.hnsw.efConstruction) return null;
  const known = new Map<string, number[]>();
  places.labels.forEach((place, label) => {
    if (place === 0) return;
    const name = before[place - 1] as string;
    const list = known.get(name);
    if (list) list.push(label);
    else known.set(name, [label]);
  });
  const kept = new Map<number, number>();
  const fresh: number[] = [];
  for (const [chunk, name] of now.entries()) {
    const labels = known.get(name);
    const label = labels?.[0];
    if (labels && label !== undefined && same((places.labels[label] as number) - 1, chunk)) kept.set(labels.shift() as number, chunk);
    // A vector without direction is in no graph.
    else if (parts.vectors.unit(chunk) !== null) fresh.push(chunk);
  }
  const removed = [...known.values()].flat();
  const dead = hnsw.dead + removed.length - fresh.length;
  if (fresh.length > MOST_NEW * now.length || dead > MOST_DEAD * (hnsw.nodes + Math.max(0, -dead))) return null;

  const free = freeLabels(hnsw.labels());
  const added: [number, number[]][] = [];
  for (const chunk of fresh) {
    const label = free();
    added.push([label, parts.vectors.unit(chunk) as number[]]);
    kept.set(label, chunk);
  }
  await hnsw.update(removed, added);
  // As many as there is room for at the least: that is what the capacity of a saved graph is held to.
  const labels = new Uint32Array(hnsw.labels().reduce((most, label) => Math.max(most, label + 1), hnsw.capacity));
  for (const [label, chunk] of kept) labels[label] = chunk + 1;
  const unseen = places.unseen + removed.length + fresh.length;
  if (unseen <= UNSEEN_SHARE * now.length) return over(hnsw, { ...places, labels, unseen });
  const next = over(hnsw, { ...places, labels, unseen: 0 });
  const least = Math.min(LEAST_RECALL, places.recall - LOST_RECALL);
  return (await recallOf(next, parts)) < least ? null : next;
}

/** Numbers that no label has, the smallest first. A label must not be taken while a deleted node still carries it. */
function freeLabels(taken: readonly number[]): () => number {
  const used = new Set(taken);
  let next = 0;
  return () => {
    while (used.has(next)) next++;
    return next++;
  };
}

function over(hnsw: Hnsw, places: Places): ChunkGraph {
  return {
    hnsw,
    places,
    search(unit, count, only) {
      const placeOf = (label: number) => (places.labels[label] as number) - 1;
      const found = only
        ? hnsw.search(unit, count, { look: only.look, allows: (label) => only.allows(placeOf(label)) })
        : hnsw.search(unit, count);
      return found.map(placeOf);
    },
  };
}

/** Share of the best 50 that the graph finds for chunks spread over the snapshot, held to the exact scan. */
async function recallOf(graph: ChunkGraph, { chunks, vectors, signal }: GraphParts): Promise<number> {
  let found = 0;
  let all = 0;
  for (let sample = 0; sample < SAMPLED_CHUNKS; sample++) {
    const unit = vectors.unit(Math.floor(((sample + 0.5) * chunks) / SAMPLED_CHUNKS));
    if (unit === null) continue;
    const best = new Set(vectors.nearest(unit, NEIGHBOURS_COMPARED, null, []).map(({ ordinal }) => ordinal));
    for (const chunk of graph.search(unit, NEIGHBOURS_COMPARED)) if (best.has(chunk)) found++;
    all += best.size;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  return all === 0 ? 1 : found / all;
}
