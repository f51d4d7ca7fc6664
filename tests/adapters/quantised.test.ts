import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canQuantise, createQuantisedScan } from '../../src/adapters/quantised.ts';
import { createVectorSearch } from '../../src/adapters/vectors.ts';

/** A small generator with a seed, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const unit = (values: readonly number[]): Float64Array => {
  const length = Math.hypot(...values);
  return Float64Array.from(values, (value) => (length > 0 ? value / length : 0));
};

function inverseOf(vectors: Float32Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: vectors.length / dimensions }, (_, chunk) => {
    const length = Math.hypot(...vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions));
    return length > 0 ? 1 / length : 0;
  });
}

describe.skipIf(!canQuantise)('quantised scan', () => {
  it('gives bounds that hold, whatever the vectors and however many values they have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        fc.constantFrom(1e-20, 1e-3, 1, 1e6),
        (dimensions, chunks, seed, size) => {
          const next = numbers(seed);
          // Some vectors are spiky, some zero.
          const vectors = Float32Array.from({ length: dimensions * chunks }, (_, at) =>
            Math.floor(at / dimensions) % 5 === 4 ? 0 : next() ** (1 + 2 * (Math.floor(at / dimensions) % 3)) * size,
          );
          const query = unit(Array.from({ length: dimensions }, next));
          const inverse = inverseOf(vectors, dimensions);
          const scan = createQuantisedScan(vectors, dimensions, inverse)!;
          scan.bounds(query, 0, chunks);
          for (let chunk = 0; chunk < chunks; chunk++) {
            let cosine = 0;
            for (let column = 0; column < dimensions; column++) cosine += query[column]! * vectors[chunk * dimensions + column]!;
            cosine *= inverse[chunk]!;
            expect(scan.low[chunk]).toBeLessThanOrEqual(cosine);
            expect(scan.high[chunk]).toBeGreaterThanOrEqual(cosine);
            expect(scan.high[chunk]! - scan.low[chunk]!).toBeLessThan(0.1);
          }
        },
      ),
    );
  });

  it('finds what comparing every vector finds, with filters and names', () => {
    const [chunks, dimensions] = [400, 40];
    const next = numbers(3);
    const vectors = Float32Array.from({ length: chunks * dimensions }, next);
    vectors.fill(0, 7 * dimensions, 8 * dimensions);
    // Twins: where two score the same, the first comes first.
    vectors.copyWithin(20 * dimensions, 300 * dimensions, 301 * dimensions);
    const briefings = Uint32Array.of(0, 100, 100, 250, chunks);
    const inverse = inverseOf(vectors, dimensions);
    const search = createVectorSearch({ vectors, dimensions, briefings });
    for (let round = 0; round < 50; round++) {
      const query =
        round === 0 ? unit([...vectors.subarray(300 * dimensions, 301 * dimensions)]) : unit(Array.from({ length: dimensions }, next));
      const allowed = round % 2 === 0 ? null : Uint8Array.of(1, 1, round % 4 === 1 ? 0 : 1, 1);
      const all: [number, number][] = [];
      for (let chunk = 0; chunk < chunks; chunk++) {
        const briefing = chunk < 100 ? 0 : chunk < 250 ? 2 : 3;
        if (inverse[chunk] === 0 || allowed?.[briefing] === 0) continue;
        let sum = 0;
        for (let column = 0; column < dimensions; column++) sum += query[column]! * vectors[chunk * dimensions + column]!;
        all.push([chunk, sum * inverse[chunk]!]);
      }
      const order = all.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      const wanted = order.slice(0, 20);
      const found = search.nearest([...query], 20, allowed, []);
      expect(found.map(({ ordinal }) => ordinal)).toEqual(wanted.map(([chunk]) => chunk));
      for (const [at, { score }] of found.entries()) expect(score).toBeCloseTo(wanted[at]![1], 9);
      const last = order.at(-1)!;
      const named = search.nearest([...query], 20, allowed, [last[0], wanted[0]![0], 7]);
      expect(named.map(({ ordinal }) => ordinal)).toEqual([...wanted.map(([chunk]) => chunk), last[0]]);
      expect(named.at(-1)!.score).toBeCloseTo(last[1], 9);
    }
    expect(search.nearest([...unit(Array.from({ length: dimensions }, next))], 1000, null, []).length).toBe(chunks - 1);
    expect(search.nearest(new Array<number>(dimensions).fill(0), 5, null, [])).toEqual([]);
  });
});
