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

export const HNSW_DEFAULTS: HnswOptions = { m: 24, efConstruction: 200, ef: 300 };

/** How a graph is walked; default: as it was made for. */
interface Walk {
  /** Size of the list of candidates, instead of the graph's own. */
  ef?: number;
  /** Least size of it. */
  look?: number;
  /** Labels that may be found; the walk goes over the others. */
  allows?: (label: number) => boolean;
}

/** A graph over vectors, each known by its label. Labels are numbers that stay with a vector as long as it is there. */
export interface Hnsw {
  /** Labels of about the `count` nearest, in no promised order; fewer when the graph is smaller. */
  search(unit: number[], count: number, how?: Walk): number[];
  /** Nodes, those marked as deleted among them. */
  readonly nodes: number;
  readonly dead: number;
  /** Nodes there is room for. */
  readonly capacity: number;
  /**
   * Takes labels out and new vectors in, which get the places of deleted ones first. The event loop turns between batches. A label
   * that is taken in must not have been in the graph when it was loaded (`labels`), deleted or not.
   */
  update(removed: Iterable<number>, added: Iterable<readonly [number, number[]]>): Promise<void>;
  /** Every label there is, deleted ones among them. */
  labels(): number[];
  save(path: string): Promise<void>;
}

/** Loads the native module; replaced where it is missing. */
export type NativeLoader = () => Promise<unknown>;

type Native = typeof import('hnswlib-node');
type Graph = InstanceType<Native['HierarchicalNSW']>;

export const loadHnswlib: NativeLoader = () => import('hnswlib-node');

/** Seed of the level generator: with one thread, the same vectors make the same graph. */
const LEVEL_SEED = 100;
/** Insertions between two turns of the event loop, about 10 ms of work. */
const INSERTIONS_A_TURN = 16;

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

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function wrap(graph: Graph, ef: number, deleted: number): Hnsw {
  let dead = deleted;
  return {
    get nodes() {
      return graph.getCurrentCount();
    },
    get dead() {
      return dead;
    },
    get capacity() {
      return graph.getMaxElements();
    },
    search(unit, count, how = {}) {
      const k = Math.min(count, graph.getCurrentCount() - dead);
      if (k <= 0) return [];
      // Set before every search: a loaded graph starts with 10, and a search needs at least k.
      graph.setEf(Math.max(how.ef ?? ef, how.look ?? 0, k));
      return graph.searchKnn(unit, k, how.allows).neighbors;
    },
    async update(removed, added) {
      for (const label of removed) {
        graph.markDelete(label);
        dead++;
      }
      const points = [...added];
      const room = graph.getCurrentCount() + Math.max(0, points.length - dead);
      if (room > graph.getMaxElements()) graph.resizeIndex(room);
      for (const [at, [label, vector]] of points.entries()) {
        graph.addPoint(vector, label, true);
        if (dead > 0) dead--;
        if (at % INSERTIONS_A_TURN === INSERTIONS_A_TURN - 1) await nextTurn();
      }
    },
    labels: () => graph.getIdsList(),
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
  graph.initIndex(Math.max(1, count), options.m, options.efConstruction, LEVEL_SEED, true);
  for (let label = 0; label < count; label++) {
    const values = vector(label);
    if (values) graph.addPoint(values, label);
    if (label % INSERTIONS_A_TURN === INSERTIONS_A_TURN - 1) {
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  return wrap(graph, options.ef, 0);
}

/**
 * Loads a graph into a fresh object. `bytes` are the content of the file at `path`: their structure is walked first,
 * because native code trusts every offset in them. `places[label]` is 0 for a label that is deleted or not in the graph. Throws a plain
 * Error when they are not an intact graph over these vectors.
 */
export async function loadHnsw(
  path: string,
  bytes: Uint8Array,
  places: Uint32Array,
  dimensions: number,
  options: HnswOptions = HNSW_DEFAULTS,
  load: NativeLoader = loadHnswlib,
): Promise<Hnsw> {
  const { nodes, dead } = checkHnswFile(bytes, places, dimensions);
  const { HierarchicalNSW } = await native(load);
  const graph = new HierarchicalNSW('ip', dimensions);
  await graph.readIndex(path, true);
  if (graph.getCurrentCount() !== nodes) throw new Error('The graph changed while it was read.');
  return wrap(graph, options.ef, dead);
}
