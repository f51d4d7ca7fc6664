/** A measured value with its 95% interval. */
export interface Interval {
  low: number;
  high: number;
}

/** Quantile by nearest rank: the smallest value with at least `share` of the values at or below it. Null without values. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** z of a two-sided 95% interval. */
const Z = 1.959963984540054;

/** Wilson score interval of `hits` in `n` trials, 95% (Wilson 1927). */
export function wilson(hits: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const p = hits / n;
  const middle = p + (Z * Z) / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

/** Random numbers 0..1 from a seed, the same on every machine (mulberry32, public domain by T. Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Resamples: the 95% ends move by less than .003 between seeds at 2,000 on 135 cases; more buys nothing readable. */
const RESAMPLES = 2000;
const SEED = 20260701;

/** What an interval of 95 % leaves out on each side. */
const TAIL = 0.025;

/**
 * Percentile bootstrap, 95% (Efron & Tibshirani 1993, chapter 13): `statistic` of cases drawn with replacement, 2,000 times
 * from a fixed seed. It is given indexes of cases; resamples for which it is null are left out. Null when all are.
 */
export function bootstrap(cases: number, statistic: (drawn: readonly number[]) => number | null, resamples = RESAMPLES): Interval | null {
  if (cases === 0) return null;
  const random = randomFrom(SEED);
  const values: number[] = [];
  const drawn = new Array<number>(cases);
  for (let n = 0; n < resamples; n++) {
    for (let i = 0; i < cases; i++) drawn[i] = Math.floor(random() * cases);
    const value = statistic(drawn);
    if (value !== null) values.push(value);
  }
  if (values.length === 0) return null;
  return { low: quantile(values, TAIL) as number, high: quantile(values, 1 - TAIL) as number };
}

/** Numerator and denominator of one case: a measure is the sum of the first over the sum of the second. */
export type Ratio = readonly [number, number];

/** Sum of numerators / sum of denominators; null when there is nothing to divide by. */
export function ratio(list: readonly Ratio[]): number | null {
  let above = 0;
  let below = 0;
  for (const [numerator, denominator] of list) {
    above += numerator;
    below += denominator;
  }
  return below === 0 ? null : above / below;
}

/** `ratio` with its bootstrap interval over cases; all right or all wrong has Wilson's, since no resample differs. */
export function ratioInterval(list: readonly Ratio[]): Interval | null {
  const value = ratio(list);
  if (value === null) return null;
  if (value === 0 || value === 1)
    return wilson(value * list.filter(([, below]) => below > 0).length, list.filter(([, below]) => below > 0).length);
  return bootstrap(list.length, (drawn) => {
    let above = 0;
    let below = 0;
    for (const index of drawn) {
      above += (list[index] as Ratio)[0];
      below += (list[index] as Ratio)[1];
    }
    return below === 0 ? null : above / below;
  });
}

/** How much `now` is above `before` on the same cases, with the paired bootstrap interval: both are drawn together. */
export function pairedChange(now: readonly Ratio[], before: readonly Ratio[]): { change: number; interval: Interval } | null {
  const [a, b] = [ratio(now), ratio(before)];
  if (a === null || b === null) return null;
  const draw = (drawn: readonly number[]): number | null => {
    const sums = [0, 0, 0, 0] as [number, number, number, number];
    for (const index of drawn) {
      sums[0] += (now[index] as Ratio)[0];
      sums[1] += (now[index] as Ratio)[1];
      sums[2] += (before[index] as Ratio)[0];
      sums[3] += (before[index] as Ratio)[1];
    }
    return sums[1] === 0 || sums[3] === 0 ? null : sums[0] / sums[1] - sums[2] / sums[3];
  };
  return { change: a - b, interval: bootstrap(now.length, draw) ?? { low: a - b, high: a - b } };
}
