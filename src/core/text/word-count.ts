const WRITTEN_WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Words of a text as a reader counts them: runs without white space; of scripts without spaces, half a word a character. */
export function wordCount(text: string): number {
  let count = 0;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const blank = text.charCodeAt(at) <= 32 || text[at] === '\u00a0';
    if (!blank && !inside) count++;
    inside = !blank;
  }
  const characters = text.match(WRITTEN_WITHOUT_SPACES)?.length ?? 0;
  return count + Math.floor(characters / 2);
}
