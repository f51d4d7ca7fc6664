import { encode } from './json.ts';

const PREFIX = 'pilcrow:1:';

/** `tab`: until it is closed; `browser`: until somebody forgets it. */
export type Where = 'tab' | 'browser';
// Looked up inside of `try`: a browser that keeps nothing throws at the name already.
const of = (where: Where): Storage => (where === 'tab' ? sessionStorage : localStorage);

/** What is kept under a name; null when there is nothing, or the browser keeps nothing for this page. */
export function readStore<T>(name: string, where: Where = 'tab'): Partial<T> | null {
  try {
    const text = of(where).getItem(PREFIX + name);
    const value = text === null ? null : JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Keeps `value(most)`; where it does not fit, less and less of it. With `most` 0 nothing is kept any more. */
export function writeStore<T extends object>(name: string, value: (most: number) => T, most: number, where: Where = 'tab'): void {
  for (let keep = most; keep >= 1; keep = Math.floor(keep / 3)) {
    try {
      of(where).setItem(PREFIX + name, encode(value(keep) as Parameters<typeof encode>[0]));
      return;
    } catch {
      // Full, or not allowed: try with less, then do without.
    }
  }
  try {
    of(where).removeItem(PREFIX + name);
  } catch {}
}
