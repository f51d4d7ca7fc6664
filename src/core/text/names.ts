import { eachMatch } from './plain.ts';

/** A run of capitalised words, or an acronym. */
export interface Name {
  text: string;
  start: number;
  end: number;
  /** Whether it opens its sentence, where even a common word is capitalised. */
  initial: boolean;
}

const CAPITALISED = "\\p{Lu}[\\p{L}\\p{M}\\p{N}]*(?:[’'-]\\p{L}[\\p{L}\\p{M}\\p{N}]*)*";
const JOINER = '(?:of|the|and|for|on|de|du|la|van|von|bin|al|to|in|&)';
const NAME = new RegExp(`(?<![\\p{L}\\p{N}])${CAPITALISED}(?:\\s+(?:${JOINER}\\s+){0,2}${CAPITALISED})*`, 'gu');

/** Proper names of a text by their capitals, in order. UTF-16 offsets. Scripts without case have none. */
export function names(text: string): Name[] {
  const found: Name[] = [];
  eachMatch(NAME, text, (match) => {
    // Bounded: a look at everything before each name would cost quadratic time.
    const before = text.slice(Math.max(0, match.index - 100), match.index).trimEnd();
    const initial = before === '' || /^[.!?:•►▶“"]$/.test(before.at(-1) as string);
    const end = match.index + match[0].length;
    found.push({ text: match[0].replace(/[’']s$/, ''), start: match.index, end, initial });
  });
  return found;
}

/** Whether a word is written as an acronym: two or more capitals, digits and hyphens allowed. */
export function isAcronym(word: string): boolean {
  // A capital in front, and one after the last hyphen: in two looks, since in one expression they would cost quadratic time.
  const rest = word.slice(1);
  const last = rest.slice(Math.max(rest.lastIndexOf('&'), rest.lastIndexOf('-')) + 1);
  return (
    (/^\p{Lu}[\p{Lu}\p{N}&-]*s?$/u.test(word) && /\p{Lu}/u.test(last)) ||
    /^(?:[A-Z][a-z]?){2,}[A-Z]s?$/.test(word) ||
    /^Mo[UA]s?$/.test(word)
  );
}
