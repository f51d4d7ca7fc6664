import { countries } from '../core/text/places.ts';

/** Last words of names that are not persons. Folded. */
const NOT_PERSONS = new Set(
  (
    'agenda ministry conference initiative programme program office organization organisation union unions university fund report convention conventions assembly nations council ' +
    'goals center centre project framework plan forum dialogue cooperation association federation confederation bank school institute department unit agreement memorandum republic ' +
    'affairs security management people government constituents ecosystems country africa asia pacific road network seminar meeting guide operations state states services partnership partnerships dialogue building initiatives gateway platform law laws work social economic global national international regional south north east west ' +
    'protection safety health development employment labour labor trade digital future ecosystem academy training training programmes programmes system systems special administrative region regions street route avenue'
  ).split(' '),
);
const PERSON_CUE =
  /\b(?:President|Minister|Secretary|Secretary-General|Councill?or|Director|Chair(?:man|woman|person)?|Ambassador|Professor|Prof|Mr|Mrs|Ms|Dr)\b/;
/** Whether a name is a person's: two to four words, or one after a title, none of which is of institutions. */
export function isPerson(words: readonly string[], text: string): boolean {
  if (words.length === 0 || words.length > MOST_WORDS + 1) return false;
  if (words.some((word) => NOT_PERSONS.has(word) || /\d/.test(word))) return false;
  // "Norwegian President Ada Berg" is no country.
  if (OFFICES.has(words[1] ?? '') && words.length > 2 && countries(words[0] as string).length > 0) return isPerson(words.slice(1), text);
  if (words.length > MOST_WORDS) return false;
  if (countries(words.join(' ')).length > 0 || words.some((word) => isCapitals(word, text))) return false;
  return words.length >= 2 || PERSON_CUE.test(text);
}

/** Offices said before a name, after a country. Folded. */
const OFFICES = new Set(
  'president premier minister vice deputy prime ambassador chancellor king queen state foreign labour labor'.split(' '),
);
const MOST_WORDS = 4;

/** Words that join parts of a name: "President Ada Berg of Norland" is a person and a country. Folded. */
const JOINERS = new Set(['of', 'the', 'and', 'for', 'on', 'in', 'to', 'at', 'from']);

/** A name cut at the words that join its parts. */
export function partsOfName(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (JOINERS.has(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** Whether a folded word is written in capitals, as abbreviations are. */
export function isCapitals(word: string, text: string): boolean {
  const upper = word.toUpperCase();
  return word.length > 1 && text.includes(upper) && !text.includes(upper[0] + word.slice(1));
}
