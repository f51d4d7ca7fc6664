import { checkHnswFile } from './hnsw-check.ts';

/** Parameters of the graph; `m` and `efConstruction` count when it is built, `ef` when it is searched. */
export interface HnswOptions {
  /** Neighbours of a node on the upper levels; twice as many on the lowest. */
  m: number;
  /** Candidates looked at when a node is inserted. */
  efConstruction: number;
  /** Candidates looked at by a search; raised to the number of results asked for. */
  ef: number;
}

/**
 * Measured on 10,000 English paragraphs of nine public question sets, 450 questions, static-en vectors, against the scan:
 * ef 64 / 128 / 200 / 300 finds .960 / .985 / .992 / .996 of the best ten and .903 / .963 / .980 / .991 of the best fifty in
 * 0.36 / 0.54 / 0.76 / 1.03 ms. m 24 or 32 gains .003 at ef 200 for a third more time to build and search.
 */
export const HNSW_DEFAULTS: HnswOptions = { m: 16, efConstruction: 200, ef: 200 };

/** A graph over vectors, each known by its label. */
export interface Hnsw {
  /** Labels of about the `count` nearest, in no promised order; fewer when the graph is smaller. */
  search(unit: number[], count: number): number[];
  save(path: string): Promise<void>;
}

/** Loads the native module; replaced where it is missing. */
export type NativeLoader = () => Promise<unknown>;

type Native = typeof import('hnswlib-node');
type Graph = InstanceType<Native['HierarchicalNSW']>;

export const loadHnswlib: NativeLoader = () => import('hnswlib-node');

/** Seed of the level generator: with one thread, the same vectors make the same graph. */
const SEED = 100;
/** Insertions between two turns of the event loop, about 10 ms of work. */
const BATCH = 16;

/** Whether the native module loads and works here, and if not, why. Pilcrow then scans all vectors instead. */
export async function hnswAvailable(load: NativeLoader = loadHnswlib): Promise<{ available: boolean; reason: string | null }> {
  try {
    const graph = new (await native(load)).HierarchicalNSW('ip', 2);
    graph.initIndex(1);
    graph.addPoint([1, 0], 0);
    const { neighbors } = graph.searchKnn([1, 0], 1);
    return neighbors[0] === 0 ? { available: true, reason: null } : { available: false, reason: 'hnswlib-node gives wrong answers' };
  } catch (error) {
    return { available: false, reason: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error) };
  }
}

async function native(load: NativeLoader): Promise<Native> {
  const module = (await load()) as Native & { default?: Native };
  return module.HierarchicalNSW ? module : (module.default as Native);
}

function wrap(graph: Graph, size: number, ef: number): Hnsw {
  return {
    search(unit, count) {
      const k = Math.min(count, size);
      if (k <= 0) return [];
      // Set before every search: a loaded graph starts with 10, and a search needs at least k.
      graph.setEf(Math.max(ef, k));
      return graph.searchKnn(unit, k).neighbors;
    },
    async save(path) {
      await graph.writeIndex(path);
    },
  };
}

/**
 * Builds a graph. `vector(label)` gives the unit vector of a label, or null to leave the label out (a zero vector has no
 * direction). The event loop turns between batches; an abort rejects.
 */
export async function buildHnsw(
  count: number,
  dimensions: number,
  vector: (label: number) => number[] | null,
  options: HnswOptions = HNSW_DEFAULTS,
  { signal, load = loadHnswlib }: { signal?: AbortSignal; load?: NativeLoader } = {},
): Promise<Hnsw> {
  const { HierarchicalNSW } = await native(load);
  const graph = new HierarchicalNSW('ip', dimensions);
  graph.initIndex(Math.max(1, count), options.m, options.efConstruction, SEED);
  let size = 0;
  for (let label = 0; label < count; label++) {
    const values = vector(label);
    if (values) {
      graph.addPoint(values, label);
      size++;
    }
    if (label % BATCH === BATCH - 1) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
  }
  return wrap(graph, size, options.ef);
}

/**
 * Loads a graph into a fresh object. `bytes` are the content of the file at `path`: their structure is walked first,
 * because native code trusts every offset in them. Throws a plain Error when they are not an intact graph over these
 * vectors.
 */
export async function loadHnsw(
  path: string,
  bytes: Uint8Array,
  count: number,
  dimensions: number,
  options: HnswOptions = HNSW_DEFAULTS,
  load: NativeLoader = loadHnswlib,
): Promise<Hnsw> {
  const size = checkHnswFile(bytes, count, dimensions);
  const { HierarchicalNSW } = await native(load);
  const graph = new HierarchicalNSW('ip', dimensions);
  await graph.readIndex(path);
  if (graph.getCurrentCount() !== size) throw new Error('The graph changed while it was read.');
  return wrap(graph, size, options.ef);
}
