import type { Edition } from '../model.ts';

/**
 * Orders two editions of a series, newest last: by date as precisely as both give it, then stated before inferred
 * (a stated one is sure), then the more precise; undated ones come first. 0 for a tie: both may be newest.
 */
export function compareEditions(a: Edition, b: Edition): number {
  if (a.date === null || b.date === null) return Number(a.date !== null) - Number(b.date !== null);
  const length = Math.min(a.date.length, b.date.length);
  const left = a.date.slice(0, length);
  const right = b.date.slice(0, length);
  if (left !== right) return left < right ? -1 : 1;
  return Number(a.stated) - Number(b.stated) || a.date.length - b.date.length;
}
