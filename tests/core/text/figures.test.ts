import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figures } from '../../../src/core/text/figures.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const read = (text: string) => figures(text).map(({ value, unit, kind }) => [value, unit, kind]);

describe('figures', () => {
  it.each([
    ['26 Conventions', [[26, null, 'number']]],
    ['US$ 1.2 million', [[1_200_000, 'USD', 'money']]],
    ['US$ 745,000', [[745_000, 'USD', 'money']]],
    ['twenty-three ports', [[23, null, 'number']]],
    [
      '15 per cent or 20%',
      [
        [15, '%', 'percent'],
        [20, '%', 'percent'],
      ],
    ],
    [
      'the 114th and the third',
      [
        [114, null, 'ordinal'],
        [3, null, 'ordinal'],
      ],
    ],
    ['in 2019', [[2019, null, 'year']]],
    ['it takes 18 months', [[18, null, 'number']]],
    ['NOK 500 million', [[500_000_000, 'NOK', 'money']]],
    [
      '₹ 3,000 and R$ 20',
      [
        [3000, 'INR', 'money'],
        [20, 'BRL', 'money'],
      ],
    ],
    [
      '20 crowns, 1.5 million Swiss francs',
      [
        [20, 'CROWNS', 'money'],
        [1_500_000, 'CHF', 'money'],
      ],
    ],
    ['5 randomly chosen kips', [[5, null, 'number']]],
    ['one of them', []],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('are finite and lie in the text, in order, for any text', () => {
    const unit = fc.constantFrom(
      '1',
      '23',
      ',',
      '.',
      ' ',
      'US$',
      '%',
      'million',
      'twenty',
      '-',
      'and',
      'th',
      '٣',
      '€',
      '🗼',
      '\u00a0',
      '000',
    );
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          let at = 0;
          for (const { value, start, end } of figures(text)) {
            expect(Number.isFinite(value)).toBe(true);
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            at = start;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['1', '1,000 ', 'twenty ', 'twenty-', 'US$ ', ' '])('are found in a few passes over 300 kB of %j', async (unit) => {
    expect(await passesOver(unit.repeat(300_000 / unit.length), figures)).toBeLessThan(FEW_PASSES);
  });
});
