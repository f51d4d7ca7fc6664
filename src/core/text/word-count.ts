const WRITTEN_WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** An address, or writing without spaces that is none of these scripts, counts a word for so many characters begun. */
const LONGEST_WORD = 30;

/** Words of a text as a reader counts them: runs without white space; of scripts without spaces, half a word a character. */
export function wordCount(text: string): number {
  let count = 0;
  let beyond = 0;
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const blank = at === text.length || text.charCodeAt(at) <= 32 || text[at] === '\u00a0';
    if (!blank && from < 0) from = at;
    else if (blank && from >= 0) {
      count++;
      beyond += Math.floor((at - from - 1) / LONGEST_WORD);
      from = -1;
    }
  }
  const characters = text.match(WRITTEN_WITHOUT_SPACES)?.length ?? 0;
  return count + Math.max(beyond, Math.floor(characters / 2));
}
