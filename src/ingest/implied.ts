import type { Abbreviation } from '../core/model.ts';

/** Capitalised words joined by small ones: "Department of Economic and Social Affairs". */
const NAME = /\p{Lu}[\p{L}\p{M}’'-]+(?:\s(?:(?:of|the|and|for|on|in|to|&)\s){0,2}\p{Lu}[\p{L}\p{M}’'-]+){2,9}/gu;
const JOINERS = new Set(['of', 'the', 'and', 'for', 'on', 'in', 'to', '&']);
/** Words that open a sentence rather than a name. */
const OPENERS = new Set(
  'The A An In On At By For From With This That These Those As Under During After Before Since Through More Its Their Both Each'.split(' '),
);
/** Letters an abbreviation of this kind may have: two are too often chance, more than six nobody says. */
const FEWEST_INITIALS = 3;
const MOST_INITIALS = 6;
/** Pairs kept, most frequent names first: a bound on what a large corpus can cost at question time. */
const PAIRS_KEPT = 4000;

/** Initials, the name they stand for, and how often a text has it. */
export type Initials = [short: string, long: string, count: number];

/** The names of one text and their initials. A name also counts from each later word on. */
export function initialsIn(text: string): Initials[] {
  const counts = new Map<string, Initials>();
  for (const [name] of text.matchAll(NAME)) {
    const words = name.split(/\s+/);
    // "International Labour Conference in June" ends before a joining word as well.
    const ends = [...words.keys()].filter((at) => JOINERS.has(words[at] as string)).concat(words.length);
    for (let from = 0; from < words.length; from++) {
      if (JOINERS.has((words[from] as string).toLowerCase()) || OPENERS.has(words[from] as string)) continue;
      for (const to of ends) {
        if (to <= from) continue;
        const run = words.slice(from, to);
        // "The ILO and China" is two names; an abbreviation is not made of abbreviations.
        if (run.some((word) => !/\p{Ll}/u.test(word))) continue;
        const short = run
          .filter((word) => !JOINERS.has(word))
          .map((word) => word[0])
          .join('');
        if (short.length >= FEWEST_INITIALS && short.length <= MOST_INITIALS) add(counts, short, run.join(' '), 1);
      }
    }
  }
  return [...counts.values()];
}

function add(counts: Map<string, Initials>, short: string, long: string, count: number): void {
  const key = `${short}\u0000${long}`;
  const found = counts.get(key);
  if (found) found[2] += count;
  else counts.set(key, [short, long, count]);
}

/**
 * Abbreviations nobody introduced but anyone may ask by: the initials of names that the texts write out ("DWCP" for
 * Decent Work Country Programme; "UN Department of Economic and Social Affairs" is asked for as DESA). Those already introduced with
 * another meaning are left out. `found`: what `initialsIn` finds in each text.
 */
export function impliedAbbreviations(found: Iterable<readonly Initials[]>, introduced: readonly Abbreviation[]): Abbreviation[] {
  const taken = new Set(introduced.map(({ short }) => short.toLowerCase()));
  const counts = new Map<string, Initials>();
  for (const list of found) for (const [short, long, count] of list) if (!taken.has(short.toLowerCase())) add(counts, short, long, count);
  return [...counts.values()]
    .sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1))
    .slice(0, PAIRS_KEPT)
    .map(([short, long]) => ({ short, long, implied: true }));
}
