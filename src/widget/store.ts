import { encode } from './json.ts';

const PREFIX = 'pilcrow:1:';

/** What this tab keeps under a name; null when there is nothing, or the browser keeps nothing for this page. */
export function readStore<T>(name: string): Partial<T> | null {
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    const value = text === null ? null : JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Keeps `value(most)` for this tab; where it does not fit, less and less of it. */
export function writeStore<T extends object>(name: string, value: (most: number) => T, most: number): void {
  for (let keep = most; keep >= 1; keep = Math.floor(keep / 3)) {
    try {
      sessionStorage.setItem(PREFIX + name, encode(value(keep) as Parameters<typeof encode>[0]));
      return;
    } catch {
      // Full, or not allowed: try with less, then do without.
    }
  }
}
