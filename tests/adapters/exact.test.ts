import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createExactProducts, inMachineCode, inScript } from '../../src/adapters/exact.ts';

it('gives the same to the last bit in machine code and in script', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), { minLength: 200, maxLength: 400 }),
      (dimensions, values) => {
        const chunks = Math.floor(values.length / dimensions) - 1;
        const vectors = Float32Array.from(values.slice(0, chunks * dimensions));
        const query = Float64Array.from({ length: dimensions }, (_, at) => (values[at + 3] as number) / 7);
        const script = inScript(vectors, dimensions);
        script.ask(query);
        const ways = [inMachineCode(vectors, dimensions), createExactProducts(vectors, dimensions)];
        for (const products of ways) {
          products?.ask(query);
          for (let chunk = 0; chunk < chunks; chunk++) if (products) expect(products.of(chunk)).toBe(script.of(chunk));
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(inMachineCode(new Float32Array(12), 3)).toBeNull();
});
