import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildGraph, type ChunkGraph, type GraphParts, loadGraph, placesFile, updateGraph } from '../../src/adapters/graph.ts';
import { HNSW_DEFAULTS, loadHnswlib } from '../../src/adapters/hnsw.ts';
import { createVectorSearch } from '../../src/adapters/vectors.ts';
import { random } from '../contracts/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DIMENSIONS = 16;
const next = random(5);

/** A chunk: the hash of what was embedded, and its vector. */
interface Piece {
  hash: string;
  vector: number[];
}
/** Pieces lie about a few middles, as texts about a few subjects do. */
const middles = Array.from({ length: 9 }, () => Array.from({ length: DIMENSIONS }, () => next() - 0.5));
let made = 0;
const pieces = (count: number): Piece[] =>
  Array.from({ length: count }, () => {
    const middle = middles[Math.floor(next() * middles.length)]!;
    return { hash: `piece-${++made}`, vector: middle.map((value) => value + (next() - 0.5) * 0.7) };
  });

function partsOf(corpus: readonly Piece[], hnsw = HNSW_DEFAULTS): GraphParts {
  const vectors = Float32Array.from(corpus.flatMap(({ vector }) => vector));
  const search = createVectorSearch({ vectors, dimensions: DIMENSIONS, briefings: Uint32Array.of(0, corpus.length) });
  return { chunks: corpus.length, dimensions: DIMENSIONS, vectors: search, hnsw, native: loadHnswlib };
}
const hashes = (corpus: readonly Piece[]) => corpus.map(({ hash }) => hash);
const change = (graph: ChunkGraph, before: readonly Piece[], now: readonly Piece[], same = () => true, parts = partsOf(now)) =>
  updateGraph(graph, hashes(before), hashes(now), same, parts);

/** Saved and loaded, as it is between two ingests. */
async function reopened(graph: ChunkGraph, chunks: number): Promise<ChunkGraph> {
  const path = join(folder, 'graph.bin');
  await graph.hnsw.save(path);
  return loadGraph(path, await readFile(path), placesFile(graph.places), { ...partsOf([]), chunks });
}

/** Every chunk is found by its own vector, and nothing else is given. */
function expectAll(graph: ChunkGraph, corpus: readonly Piece[]): void {
  const { vectors } = partsOf(corpus);
  const found = corpus.map((_, chunk) => graph.search(vectors.unit(chunk)!, 20));
  expect(found.flatMap((list, chunk) => (list.includes(chunk) ? [] : [chunk]))).toEqual([]);
  expect(found.flat().filter((chunk) => chunk < 0 || chunk >= corpus.length)).toEqual([]);
}

describe('a graph from one snapshot to the next', () => {
  it('finds what is there, in whatever order, and nothing that is gone', async () => {
    let corpus = pieces(400);
    let graph = await buildGraph(partsOf(corpus));
    expect(graph.places.recall).toBeGreaterThan(0.98);
    for (let round = 0; round < 6; round++) {
      // Some go, some come, at any place; positions of the rest shift.
      const now = corpus.filter(() => next() > 0.05);
      for (const piece of pieces(Math.floor(next() * 30))) now.splice(Math.floor(next() * now.length), 0, piece);
      if (round % 3 === 2) now.reverse();
      const updated = await change(await reopened(graph, corpus.length), corpus, now);
      expect(updated).not.toBeNull();
      graph = updated!;
      corpus = now;
      expectAll(graph, corpus);
      expectAll(await reopened(graph, corpus.length), corpus);
    }
    // Places of what went were used again.
    expect(graph.hnsw.nodes).toBeLessThan(480);
    expect(graph.hnsw.nodes - graph.hnsw.dead).toBe(corpus.length);
  });

  it('tells chunks of one text apart, and takes a new vector for the same text', async () => {
    const corpus = pieces(120);
    const twice = [...corpus, { ...corpus[7]! }, { ...corpus[7]! }];
    const graph = await buildGraph(partsOf(twice));
    const fewer = twice.slice(0, -1);
    const updated = (await change(await reopened(graph, twice.length), twice, fewer))!;
    const { vectors } = partsOf(fewer);
    expect(updated.search(vectors.unit(7)!, 2).sort((a, b) => a - b)).toEqual([7, 120]);

    const moved = corpus.with(3, { hash: corpus[3]!.hash, vector: corpus[90]!.vector.map((value) => -value) });
    const fresh = await buildGraph(partsOf(corpus));
    const after = (await change(fresh, corpus, moved, ((_: number, now: number) => now !== 3) as () => boolean))!;
    expect(after.search(partsOf(moved).vectors.unit(3)!, 1)).toEqual([3]);
  });

  it('leaves vectors without direction out, and takes them in when they have one', async () => {
    const corpus = pieces(100);
    const zero = { hash: 'zero', vector: new Array<number>(DIMENSIONS).fill(0) };
    const before = [zero, ...corpus, zero, zero];
    const graph = await buildGraph(partsOf(before));
    const now = [...corpus, zero, ...pieces(1)];
    const changed = (await change(await reopened(graph, before.length), before, now))!;
    const updated = await reopened(changed, now.length);
    expect(updated.search(partsOf(now).vectors.unit(0)!, 200).sort((a, b) => a - b)).toEqual([...corpus.keys(), 101]);
  });

  it('is built anew when much has gone or come, or the parameters are others', async () => {
    const corpus = pieces(200);
    const graph = await buildGraph(partsOf(corpus));
    const again = () => reopened(graph, corpus.length);
    expect(await change(await again(), corpus, corpus.slice(50))).toBeNull();
    expect(await change(await again(), corpus, [...corpus.slice(40), ...pieces(40)])).toBeNull();
    const other = { ...HNSW_DEFAULTS, m: HNSW_DEFAULTS.m + 2 };
    expect(await change(await again(), corpus, corpus, undefined, partsOf(corpus, other))).toBeNull();
    expect(await change(await again(), corpus, corpus.slice(10))).not.toBeNull();
  });

  it('is built anew when it no longer finds what a scan finds', async () => {
    const corpus = pieces(300);
    // A graph whose labels lead to other chunks finds nothing of what it should.
    const wrong = [...corpus.slice(150), ...corpus.slice(0, 150)];
    const update = async (graph: ChunkGraph, count: number) => {
      const now = [...wrong.slice(0, 300 - count), ...pieces(count)];
      const names = [...hashes(corpus).slice(0, 300 - count), ...Array.from({ length: count }, (_, at) => `new ${at}`)];
      return updateGraph(graph, hashes(corpus), names, () => true, partsOf(now));
    };
    expect(await update(await buildGraph(partsOf(corpus)), 6)).toBeNull();
    // Looked at once more than a hundredth has changed, also little by little.
    const little = (await update(await buildGraph(partsOf(corpus)), 1))!;
    expect(little.places.unseen).toBe(2);
    expect(await update(little, 2)).toBeNull();
  });

  it('refuses a table that leads to no chunk, or twice to one', async () => {
    const corpus = pieces(60);
    const graph = await buildGraph(partsOf(corpus));
    const path = join(folder, 'table.bin');
    await graph.hnsw.save(path);
    const bytes = await readFile(path);
    const load = (labels: Uint32Array) => loadGraph(path, bytes, placesFile({ ...graph.places, labels }), { ...partsOf([]), chunks: 60 });
    await expect(load(graph.places.labels)).resolves.toBeTruthy();
    for (const labels of [graph.places.labels.with(0, 61), graph.places.labels.with(0, 2), graph.places.labels.with(0, 0)]) {
      await expect(load(labels)).rejects.toThrow();
    }
  });
});
