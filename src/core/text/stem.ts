import { stemmer } from 'stemmer';

/** Porter stem of a folded word; words with digits or outside a-z are returned as they are. */
export function stem(word: string): string {
  // Porter ends "ratified" in -ifi and "ratification" in -if: without its final i they meet.
  return /^[a-z]{3,}$/.test(word) ? stemmer(word).replace(/(?<=..)i$/, '') : word;
}
