import { expect, it } from 'vitest';
import { canQuantise } from '../../src/adapters/quantised.ts';
import { createRoughScan } from '../../src/adapters/rough.ts';
import { createVectorSearch } from '../../src/adapters/vectors.ts';

/** A small generator with a seed, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const [chunks, dimensions] = [3003, 52];
const next = numbers(11);
const vectors = Float32Array.from({ length: chunks * dimensions }, () => next() + next() + next());
vectors.fill(0, 9 * dimensions, 10 * dimensions);
const inverse = Float64Array.from({ length: chunks }, (_, chunk) => {
  const length = Math.hypot(...vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions));
  return length > 0 ? 1 / length : 0;
});
const question = () => {
  const values = Float64Array.from({ length: dimensions }, next);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
};
const cosine = (query: Float64Array, chunk: number) =>
  query.reduce((sum, value, column) => sum + value * vectors[chunk * dimensions + column]!, 0) * inverse[chunk]!;

it.skipIf(!canQuantise)('keeps the nearest among the few it keeps, within the runs asked for', () => {
  const rough = createRoughScan(vectors, dimensions, inverse)!;
  const into = new Uint32Array(chunks);
  let [kept, all] = [0, 0];
  for (let round = 0; round < 30; round++) {
    const query = question();
    const runs: [number, number][] =
      round % 2 === 0
        ? [[0, chunks]]
        : [
            [5, 901],
            [1203, chunks - 2],
          ];
    const allowed = runs.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at));
    const count = rough.best(query, runs, 300, into);
    const found = new Set(into.subarray(0, count));
    expect(found.size).toBe(count);
    expect(count).toBeGreaterThanOrEqual(300);
    expect(count).toBeLessThan(450);
    for (const chunk of found) expect(runs.some(([from, to]) => chunk >= from && chunk < to)).toBe(true);
    const best = allowed.sort((a, b) => cosine(query, b) - cosine(query, a)).slice(0, 20);
    kept += best.filter((chunk) => found.has(chunk)).length;
    all += best.length;
  }
  expect(kept / all).toBeGreaterThan(0.97);
  expect(rough.best(question(), [[0, 40]], 300, into)).toBe(40);
  expect(rough.best(new Float64Array(dimensions), [[0, 40]], 3, into)).toBe(40);
});

it.skipIf(!canQuantise)('serves a search that gives exact scores and hardly misses anything', () => {
  const options = { vectors, dimensions, briefings: Uint32Array.of(0, 1500, chunks) };
  const exact = createVectorSearch({ ...options, exactUpTo: Number.POSITIVE_INFINITY });
  const rough = createVectorSearch({ ...options, exactUpTo: 1000, scanUpTo: 10_000 });
  let [same, all] = [0, 0];
  for (let round = 0; round < 20; round++) {
    const query = [...question()];
    const allowed = round % 2 === 0 ? null : Uint8Array.of(0, 1);
    const wanted = new Map(exact.nearest(query, 20, allowed, []).map(({ ordinal, score }) => [ordinal, score]));
    const found = rough.nearest(query, 20, allowed, []);
    expect(found.length).toBe(20);
    for (const { ordinal, score } of found) if (wanted.has(ordinal)) expect(score).toBe(wanted.get(ordinal));
    same += found.filter(({ ordinal }) => wanted.has(ordinal)).length;
    all += 20;
  }
  expect(same / all).toBeGreaterThan(0.97);
});
