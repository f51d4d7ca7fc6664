/** What fonts join to one glyph; the longest first. Programs that take the text out of a PDF may not know which letters that was. */
const LIGATURE = /ffi|ffl|ff|fi|fl/g;
/** Words with more joined letters than this are not looked for. */
const MOST_LIGATURES = 3;

/**
 * A folded word as it stands in a text whose ligatures could not be read: U+FFFD for each, or for one of them, and for the second f of
 * "ffi" with what follows. Empty for a word without any.
 */
export function withoutLigatures(word: string): string[] {
  const places = [...word.matchAll(LIGATURE)];
  if (places.length === 0 || places.length > MOST_LIGATURES) return [];
  const put = (from: number, to: number) => `${word.slice(0, from)}\ufffd${word.slice(to)}`;
  const each = places.flatMap(({ 0: joined, index }) => {
    const end = index + joined.length;
    return [put(index, end), ...(joined.length === 3 ? [put(index + 1, end), put(index, end - 1)] : [])];
  });
  return [...new Set([word.replace(LIGATURE, '\ufffd'), ...each])];
}
