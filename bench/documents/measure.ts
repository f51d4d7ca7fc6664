/** Recall, precision and order of the words of a reading against those of a yardstick, as the table of docs/documents.md has them. */
export interface Measure {
  recall: number;
  precision: number;
  order: number;
  words: number;
}

/** Words of a text: folded, NFKC, letters and digits only. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a yardstick written in Markdown: without image comments, link targets and the escapes of HTML. */
export const yardstickWords = (markdown: string): string[] =>
  wordsOf(
    markdown
      .replace(/<!--.*?-->/gs, ' ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] as string)
      .replace(/\\_/g, '_'),
  );

/**
 * The yardstick as one sees the page: without what it marks as struck through, and with a cell that spans several columns once
 * (Markdown knows no spans, so the peer repeats it).
 */
export const fairYardstick = (markdown: string): string =>
  markdown
    .replace(/~~[^~\n]*~~/g, ' ')
    .split('\n')
    .map((line) =>
      line.startsWith('|')
        ? line
            .split('|')
            .filter((cell, at, cells) => cell.trim() === '' || cell !== cells[at - 1])
            .join('|')
        : line,
    )
    .join('\n');

export function measure(ours: readonly string[], theirs: readonly string[]): Measure {
  const counts = new Map<string, number>();
  for (const word of theirs) counts.set(word, (counts.get(word) ?? 0) + 1);
  let overlap = 0;
  for (const word of ours) {
    const left = counts.get(word) ?? 0;
    if (left > 0) {
      overlap++;
      counts.set(word, left - 1);
    }
  }
  const share = (part: number, of: number) => (of === 0 ? 1 : part / of);
  return {
    recall: share(overlap, theirs.length),
    precision: share(overlap, ours.length),
    order: share(commonSubsequence(ours, theirs), theirs.length),
    words: theirs.length,
  };
}

/** Length of the longest common subsequence, one row at a time. */
export function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  const ids = new Map<string, number>();
  const idOf = (word: string) => {
    const id = ids.get(word) ?? ids.size;
    ids.set(word, id);
    return id;
  };
  const left = Int32Array.from(a, idOf);
  const right = Int32Array.from(b, idOf);
  let row = new Int32Array(right.length + 1);
  for (const word of left) {
    const next = new Int32Array(right.length + 1);
    for (let at = 1; at <= right.length; at++) {
      next[at] = right[at - 1] === word ? (row[at - 1] as number) + 1 : Math.max(row[at] as number, next[at - 1] as number);
    }
    row = next;
  }
  return row[right.length] as number;
}
