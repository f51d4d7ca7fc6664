import { stemmer } from 'stemmer';

const cache = new Map<string, string>();
const LIMIT = 200_000;

/** Porter stem of a folded word; words with digits or outside a-z are returned as they are. */
export function stem(word: string): string {
  let found = cache.get(word);
  if (found === undefined) {
    // Porter ends "ratified" in -ifi and "ratification" in -if: without its final i they meet.
    found = /^[a-z]{3,}$/.test(word) ? stemmer(word).replace(/(?<=..)i$/, '') : word;
    if (cache.size >= LIMIT) cache.clear();
    cache.set(word, found);
  }
  return found;
}
