import { abbreviationsAcross } from '../../core/text/bodies.ts';
import { isAcronym, names } from '../../core/text/names.ts';
import { countries, countriesIn } from '../../core/text/places.ts';
import { isStopword } from '../../core/text/stopwords.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { calendarOf } from './calendar.ts';

/** A person, body, place or abbreviation that a sentence names. UTF-16 offsets. */
export interface NameMention {
  text: string;
  /** Words with a capital, as written, possessives taken off. */
  words: string[];
  start: number;
  end: number;
}

/** What a text holds that a name may be found in. */
export interface NameSource {
  /** Folded words. */
  words: ReadonlySet<string>;
  terms: ReadonlySet<string>;
  countries: ReadonlySet<string>;
  /** Folded, for whole names and addresses. */
  folded: string;
}

/** Abbreviations both ways, folded; long forms as the words of meaning in them. */
export interface Forms {
  longOf: ReadonlyMap<string, readonly (readonly string[])[]>;
  shortOf: ReadonlyMap<string, readonly string[]>;
}

const JOINERS: ReadonlySet<string> = new Set('of the and for on de du la van von bin al to in & der des di da do'.split(' '));
/** Words that begin with a capital wherever they stand and name nobody. */
const NOBODY: ReadonlySet<string> = new Set(
  "i i'm i've ok mr mrs ms dr prof internet wifi wi-fi pdf q1 q2 q3 q4 english not yes no".split(' '),
);

const wordsOf = (text: string) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !JOINERS.has(word));

/** Short and long forms that the briefings introduce. */
export function formsOf(list: readonly { short: string; long: string }[]): Forms {
  const longOf = new Map<string, string[][]>();
  const shortOf = new Map<string, string[]>();
  for (const { short, long } of list) {
    const [key, words] = [fold(short), wordsOf(long)];
    if (words.length === 0) continue;
    longOf.set(key, [...(longOf.get(key) ?? []), words]);
    shortOf.set(words.join(' '), [...(shortOf.get(words.join(' ')) ?? []), key]);
  }
  return { longOf, shortOf };
}

/** What names may be found in, of a paragraph with the lines above it. */
export function nameSource(text: string, language: string): NameSource {
  const list = tokens(text, language);
  return {
    words: new Set(list.map((token) => token.word)),
    terms: new Set(list.map((token) => token.term)),
    countries: new Set([...countries(text).map((one) => one.code), ...countriesIn(text, language)]),
    folded: fold(text),
  };
}

/** The names of a sentence. In German every noun has a capital: only abbreviations and runs of capitals can be told there. */
export function namesIn(text: string, language: string): NameMention[] {
  const { months, weekdays } = calendarOf(language);
  return names(text).flatMap(({ start, end, initial }): NameMention[] => {
    const part = text.slice(start, end);
    const words = part
      .split(/[\s/]+/)
      .map((word) => word.replace(/['’]s?$/u, ''))
      .filter(
        (word) =>
          /^\p{Lu}/u.test(word) &&
          !months.has(fold(word)) &&
          !weekdays.has(fold(word).replace(/s$/, '')) &&
          !NOBODY.has(word.toLowerCase()),
      );
    const [first] = words;
    if (initial && first && part.startsWith(first) && !opensAsName(first, part)) words.shift();
    const kept = language === 'de' ? words.filter(isAcronym) : words;
    return kept.length > 0 ? [{ text: part, words: kept, start, end }] : [];
  });
}

/** Whether a source holds a name: all its words, its short or its long form, its country by another word. */
export function nameIsIn(name: NameMention, source: NameSource, forms: Forms, language: string): boolean {
  if (name.words.length > 1 && source.folded.includes(fold(name.words.join(' ')))) return true;
  const shorts = forms.shortOf.get(wordsOf(name.text).join(' '));
  if (shorts?.some((short) => source.words.has(short))) return true;
  return name.words.every((word) => wordIsIn(word, source, forms, language));
}

/** Whether the first word of a sentence, which has a capital whatever it is, is a name: an abbreviation, a country, with a possessive. */
const opensAsName = (word: string, part: string): boolean =>
  isAcronym(word) || countries(word).length > 0 || (/^\S+['’]s(?!\p{L})/u.test(part) && !isStopword(fold(word)));

function wordIsIn(word: string, source: NameSource, forms: Forms, language: string): boolean {
  const holds = (part: string) => source.words.has(part) || source.terms.has(tokens(part, language)[0]?.term ?? part);
  const folded = fold(word);
  if ((folded.match(/[\p{L}\p{N}]+/gu) ?? []).every(holds)) return true;
  const codes = [...countries(word).map((one) => one.code), ...countriesIn(word, language)];
  if (codes.length > 0) return codes.every((code) => source.countries.has(code));
  return [folded, folded.replace(/s$/, '')].some(
    (short) =>
      source.words.has(short) ||
      forms.longOf.get(short)?.some((long) => long.every(holds)) ||
      (isAcronym(word) && abbreviationsAcross(short).some((other) => source.folded.includes(fold(other)))),
  );
}

/** Addresses of any kind in a sentence, without closing punctuation. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/[^\s<>()“”"]{0,200}(?:@|:\/\/|www\.)[^\s<>()“”"]{1,200}/giu)].map(([found]) => found.replace(/[.,;:!?]+$/, ''));
}
