import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createProducts, MOST_ROWS, widthFor } from '../../src/core/products.ts';

it('gives what adding up in order gives, to the last bit, whatever the sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 40, maxLength: 80 }),
      (inputs, columns, count, single, values) => {
        const width = widthFor(columns);
        const products = createProducts(inputs, columns + 3, 12, single);
        const value = (at: number) => values[at % values.length] as number;
        for (let at = 0; at < products.rows.length; at++) products.rows[at] = value(7 * at + 1);
        for (let at = 0; at < inputs * width; at++) products.matrix[at] = value(3 * at + 2);
        for (let column = 0; column < width; column++) products.start[column] = value(5 * column);
        for (let n = 0; n < count; n++) products.list[n] = (5 * n + 3) % 12;
        products.run(count, width);
        for (let n = 0; n < count; n++) {
          for (let column = 0; column < columns; column++) {
            let sum = products.start[column]!;
            for (let i = 0; i < inputs; i++) sum += products.rows[products.list[n]! * inputs + i]! * products.matrix[i * width + column]!;
            expect(products.out[n * width + column]).toBe(sum);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(MOST_ROWS).toBeGreaterThan(9);
});
