/** Shorter words are too near to others: by a letter, and by two that changed places. */
const SHORTEST = 6;
const SHORTEST_SWAPPED = 4;

/** Words to compare with, by their length. */
export type Others = ReadonlyMap<number, readonly string[]>;

export function byLength(words: readonly string[]): Others {
  const lists = new Map<number, string[]>();
  for (const word of words) {
    const list = lists.get(word.length);
    if (list) list.push(word);
    else lists.set(word.length, [word]);
  }
  return lists;
}

/** The word of others that a word is but for one letter too many, too few, wrong, or two that changed places. */
export function slipOf(word: string, others: Others): string | null {
  if (word.length < SHORTEST_SWAPPED) return null;
  for (const more of word.length < SHORTEST ? [0] : [0, -1, 1]) {
    const found = others.get(word.length + more)?.find((other) => isOneOff(word, other));
    if (found !== undefined) return found;
  }
  return null;
}

function isOneOff(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.length - start - end, b.length - start - end];
  return (
    (left <= 1 && right <= 1 && a.length >= SHORTEST) ||
    (left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start])
  );
}
