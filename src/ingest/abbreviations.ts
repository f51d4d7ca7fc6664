import type { Abbreviation } from '../core/model.ts';

/** An abbreviation: 2 to 12 characters, opens with a capital, mostly capitals. */
const SHORT = /^(?=.{2,12}$)\p{Lu}[\p{L}\p{N}&.-]*$/u;
/** "(ABBR)", "(ABBR, 2006)", "(ABBR or the Plan)", "- ABBR)": what may stand in brackets after a name. */
const INTRODUCED =
  /\(\s?(?:the\s)?[“"']?([\p{L}\p{N}&.-]{2,13})[”"']?(?=\s?[),;/]|\s(?:or|and)\s)|\s[-–—]\s([\p{Lu}][\p{L}\p{N}&-]{1,11})(?=\))|\(([\p{Lu}][\p{L}\p{N}&-]{1,11})\s?[-–—:=]\s?(?=\p{L})/gu;
const JOINERS = new Set(
  'of the and for on in to a an at with by de du des la le les et y del und der die des für von & as under its'.split(' '),
);
/** Longest name looked for, in words. */
const MOST_WORDS = 14;

/**
 * Abbreviations a text introduces beside their long forms, verified by their letters: "Long Form Of Name (LFN)",
 * "(… the Long Form of Name - LFN)", "LFN (Long Form of Name)". Ordered by the abbreviation; of several long forms of one
 * abbreviation the most frequent comes first. Plurals are given as singular ("MoUs": MoU). `found`: what `introducedIn` finds in each.
 */
export function abbreviations(texts: readonly string[], found = texts.map(introducedIn)): Abbreviation[] {
  const counts = new Map<string, { short: string; long: string; count: number }>();
  for (const list of found) {
    for (const { short, long: written } of list) {
      const long = mixedCase(written, texts);
      const key = `${short}\u0000${long.toLowerCase()}`;
      const found = counts.get(key);
      if (found) found.count++;
      else counts.set(key, { short, long, count: 1 });
    }
  }
  return [...counts.values()]
    .sort((a, b) =>
      a.short < b.short ? -1 : a.short > b.short ? 1 : b.count - a.count || a.long.length - b.long.length || (a.long < b.long ? -1 : 1),
    )
    .map(({ short, long }) => ({ short, long }));
}

/** A name found in a heading of capitals, as a text elsewhere writes it. */
function mixedCase(long: string, texts: readonly string[]): string {
  if (/\p{Ll}/u.test(long)) return long;
  const pattern = new RegExp(long.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s'), 'giu');
  for (const text of texts) for (const [found] of text.matchAll(pattern)) if (/\p{Ll}/u.test(found)) return found.replace(/\s/g, ' ');
  return long;
}

/** UTF-16 units before an abbreviation in which its long form is looked for: the longest names of bodies have some 100. */
const LONG_FORM_WINDOW = 200;
/** What may stand in the brackets beside the long form ("the "), UTF-16 units. */
const BESIDE_LONG_FORM = 4;
/** Ways to spell letters by words that are tried: a bound against texts made to be slow; real ones take under 50. */
const MOST_TRIES = 2000;
/** An abbreviation of fewer letters gives one to every word; a longer one may pass over one word. */
const LETTERS_WITH_SKIP = 4;

/** What one text introduces, as often as it does, as it writes it. */
export function introducedIn(text: string): Abbreviation[] {
  const found: Abbreviation[] = [];
  for (const match of text.matchAll(INTRODUCED)) {
    const raw = (match[1] ?? match[2] ?? match[3]) as string;
    const short = raw.replace(/[.]$/, '');
    if (SHORT.test(short) && (short.match(/\p{Lu}/gu)?.length ?? 0) * 2 >= short.replace(/s$/, '').length) {
      const long = longForm(text.slice(Math.max(0, match.index - LONG_FORM_WINDOW), match.index), short);
      if (long) found.push({ short: singular(short), long });
    }
  }
  // "LFN (Long Form of Name)"
  for (const match of text.matchAll(/(?<![\p{L}\p{N}-])(\p{Lu}[\p{L}\p{N}&-]{1,11})\s\((\p{L}[^()]{4,120})\)/gu)) {
    const [, short, inside] = match as unknown as [string, string, string];
    if (!SHORT.test(short) || !/\p{Lu}.*\p{Lu}/u.test(short)) continue;
    const long = longForm(inside, short);
    if (long && long.length >= inside.trim().length - BESIDE_LONG_FORM) found.push({ short: singular(short), long });
  }
  return found;
}

const singular = (short: string) => (/\p{Lu}s$/u.test(short) ? short.slice(0, -1) : short);

/** The shortest run of words at the end of `before` whose initials spell the abbreviation, or null. */
function longForm(before: string, short: string): string | null {
  const letters = singular(short)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  if (letters.length < 2) return null;
  // A name does not reach over the end of a sentence, a bracket or a semicolon.
  const tail = before
    .replace(/[\s“"”',–—-]+$/u, '')
    .split(/[.;:!?()[\]\n](?=\s|$)|[()[\]\n“”"]/u)
    .at(-1) as string;
  const words = [...tail.matchAll(/[\p{L}\p{N}&][\p{L}\p{M}\p{N}’'&./]*/gu)].slice(-3 * MOST_WORDS);
  for (let count = 1; count <= Math.min(words.length, MOST_WORDS); count++) {
    const run = words.slice(-count);
    const first = run[0] as RegExpExecArray;
    const opening = first[0].toLowerCase();
    if (JOINERS.has(opening) || !opening.startsWith(letters[0] as string)) continue;
    if (
      !spells(
        run.map((word) => word[0].toLowerCase()),
        letters,
      )
    )
      continue;
    const long = tail.slice(first.index).trim();
    // A name has capitals or is spelled out whole by initials; "with each (WE)" is neither.
    return long.length > short.length + 2 ? long.replace(/\s+/g, ' ') : null;
  }
  return null;
}

/**
 * Whether initials of the words, in order, spell the letters. Joiners may be skipped or give their letter (MoU); every
 * other word must give its first letter, except the last one of many that may be left out (MOHRSS has no M for "the");
 * a word may give up to two more letters from inside (BRICS-like and "Labour-Management" forms are not guessed).
 */
function spells(words: readonly string[], letters: string): boolean {
  const tries = { left: MOST_TRIES };
  const walk = (word: number, letter: number, skipped: number): boolean => {
    if (tries.left-- <= 0) return false;
    if (letter === letters.length) return words.slice(word).every((rest) => JOINERS.has(rest)) && word > 0;
    if (word === words.length) return false;
    const current = words[word] as string;
    if (current[0] === letters[letter]) {
      // One or more letters from the start of a word: "Understanding" gives U, "Maritime" gives M, "Lao PDR" gives L.
      for (let size = 1; size <= (letters.length > 3 ? 2 : 1) && current.startsWith(letters.slice(letter, letter + size)); size++) {
        if (walk(word + 1, letter + size, skipped)) return true;
      }
    }
    if (JOINERS.has(current)) return walk(word + 1, letter, skipped);
    // One word of a long name may be passed over.
    return word > 0 && skipped === 0 && letters.length >= LETTERS_WITH_SKIP && walk(word + 1, letter, 1);
  };
  return walk(0, 0, 0);
}
