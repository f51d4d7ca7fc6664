import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bootstrap,
  pairedChange,
  quantile,
  type Ratio,
  randomFrom,
  ratio,
  ratioInterval,
  wilson,
} from '../../src/eval/metrics/statistics.ts';

const ones = (right: number, n: number): Ratio[] => Array.from({ length: n }, (_, index) => [index < right ? 1 : 0, 1]);

test('quantiles are by nearest rank', () => {
  expect([quantile([15, 20, 35, 40, 50], 0.3), quantile([15, 20, 35, 40, 50], 0.4), quantile([50, 15], 1), quantile([], 0.5)]).toEqual([
    20,
    20,
    50,
    null,
  ]);
});

test('the Wilson interval has the published values', () => {
  // 81 of 263: .2553 to .3662 (Newcombe 1998); 0 of 20: 0 to .1611.
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
});

test('a ratio is a sum over a sum, not a mean of ratios', () => {
  expect(
    ratio([
      [1, 1],
      [0, 3],
    ]),
  ).toBe(0.25);
  expect(ratio([])).toBeNull();
});

test('the bootstrap interval is the same every time, and close to the normal one', () => {
  const first = ratioInterval(ones(70, 100));
  expect(ratioInterval(ones(70, 100))).toEqual(first);
  expect(first?.low).toBeCloseTo(0.7 - 1.96 * Math.sqrt((0.7 * 0.3) / 100), 1);
  expect(first?.high).toBeCloseTo(0.7 + 1.96 * Math.sqrt((0.7 * 0.3) / 100), 1);
});

test('all right does not mean certainly all right', () => {
  expect(ratioInterval(ones(20, 20))).toEqual(wilson(20, 20));
});

test('a paired change is found where an unpaired one would not be', () => {
  const before = ones(70, 100);
  // Five cases got worse, none better: far inside either interval, and yet not chance.
  const now = before.map((one, index): Ratio => (index < 5 ? [0, 1] : one));
  const worse = pairedChange(now, before);
  expect(worse?.change).toBeCloseTo(-0.05, 10);
  expect(worse?.interval.high).toBeLessThan(0);
  // Five got worse and four better: chance.
  const mixed = now.map((one, index): Ratio => (index >= 96 ? [1, 1] : one));
  expect(pairedChange(mixed, before)?.interval.high).toBeGreaterThan(0);
  expect(pairedChange(before, before)).toEqual({ change: 0, interval: { low: 0, high: 0 } });
});

test('random numbers are spread evenly over 0..1', () => {
  const random = randomFrom(7);
  const counts = new Array<number>(10).fill(0);
  for (let n = 0; n < 10_000; n++) counts[Math.floor(random() * 10)]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('an interval holds its value, whatever the cases', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 9 })), { minLength: 2, maxLength: 30 }),
      (list) => {
        const value = ratio(list) as number;
        const interval = bootstrap(list.length, (drawn) => ratio(drawn.map((index) => list[index] as Ratio)), 200);
        expect(interval?.low).toBeLessThanOrEqual(value + 0.15);
        expect(interval?.high).toBeGreaterThanOrEqual(value - 0.15);
      },
    ),
    { numRuns: 30 },
  );
});
