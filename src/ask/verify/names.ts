import { abbreviationsAcross, countriesIn } from '../../core/text/localised.ts';
import { isAcronym, names } from '../../core/text/names.ts';
import { countries } from '../../core/text/places.ts';
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
  /** Words with a capital, folded, in order. */
  sequence: readonly string[];
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
const INTRODUCED = /(?<![\p{L}\p{N}’'-])((?:[\p{L}\p{N}’'-]+[ \u00a0]){1,10})\(([\p{Lu}][\p{L}\p{N}&-]{1,11})\)/gu;
/** General ones that every reader knows. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['UN', 'United Nations'],
  ['EU', 'European Union'],
  ['UK', 'United Kingdom'],
  ['US', 'United States'],
  ['MoU', 'Memorandum of Understanding'],
  ['IT', 'information technology'],
  ['HR', 'human resources'],
  ['CEO', 'chief executive officer'],
  ['VAT', 'value added tax'],
  ['NGO', 'non-governmental organization'],
  ['GDP', 'gross domestic product'],
  ['ID', 'identity'],
  ['ID', 'identification'],
];
/** Words that begin with a capital wherever they stand and name nobody. */
const NOBODY: ReadonlySet<string> = new Set([
  'i',
  "i'm",
  "i've",
  'ok',
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'internet',
  'wifi',
  'wi-fi',
  'pdf',
  'q1',
  'q2',
  'q3',
  'q4',
  'english',
  'not',
  'yes',
  'no',
  'january',
]);

const wordsOf = (text: string) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !JOINERS.has(word));

/** Short and long forms: the briefings' own, those that texts introduce as "Long Name (LN)", and a few everybody knows. */
export function formsOf(list: readonly { short: string; long: string }[], texts: readonly string[]): Forms {
  const longOf = new Map<string, string[][]>();
  const shortOf = new Map<string, string[]>();
  const put = (short: string, long: string) => {
    const words = wordsOf(long);
    if (words.length === 0) return;
    const key = fold(short);
    longOf.set(key, [...(longOf.get(key) ?? []), words]);
    shortOf.set(words.join(' '), [...(shortOf.get(words.join(' ')) ?? []), key]);
  };
  for (const [short, long] of KNOWN) put(short, long);
  for (const { short, long } of list) put(short, long);
  for (const text of texts) {
    if (!text.includes('(')) continue;
    for (const match of text.matchAll(INTRODUCED)) {
      const short = match[2] as string;
      const letters = [...short]
        .filter((letter) => /\p{Lu}/u.test(letter))
        .join('')
        .toLowerCase();
      const words = (match[1] as string).trim().split(/[ \u00a0]/);
      for (let n = 1; n <= words.length; n++) {
        const long = words.slice(-n);
        const initials = (kept: readonly string[]) => kept.map((word) => fold(word)[0]).join('');
        if (initials(long) === letters || initials(long.filter((word) => !JOINERS.has(word.toLowerCase()))) === letters) {
          put(short, long.join(' '));
          break;
        }
      }
    }
  }
  return { longOf, shortOf };
}

/** What names may be found in, of a paragraph with the lines above it. */
export function nameSource(text: string, language: string): NameSource {
  const list = tokens(text, language);
  const words = new Set<string>();
  const sequence: string[] = [];
  for (const { word, start } of list) {
    words.add(word);
    if (/^\p{Lu}/u.test(text.slice(start, start + 2))) sequence.push(word);
  }
  return {
    words,
    terms: new Set(list.map((token) => token.term)),
    sequence,
    countries: new Set([...countries(text).map((one) => one.code), ...countriesIn(text, language)]),
    folded: fold(text),
  };
}

/** The names of a sentence. In German every noun has a capital: only abbreviations and runs of capitals can be told there. */
export function namesIn(text: string, language: string): NameMention[] {
  const { months, weekdays } = calendarOf(language);
  const found: NameMention[] = [];
  for (const run of names(text)) {
    let at = run.start;
    // "China and the ILO" are two names.
    for (const part of text.slice(run.start, run.end).split(/(\s+(?:and|&|und|et|y|e|en)\s+(?:the\s+)?)/u)) {
      const start = at;
      at += part.length;
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
      const initial = run.initial && start === run.start;
      const [first] = words;
      // The first word of a sentence has a capital whatever it is.
      if (initial && first && part.startsWith(first) && !opensAsName(text, first, at, words.length)) words.shift();
      const kept = language === 'de' ? words.filter(isAcronym) : words;
      if (kept.length > 0) found.push({ text: part.trim(), words: kept, start, end: at });
    }
  }
  return found;
}

/** Endings of words that may open a sentence and are no names. */
const COMMON =
  /(?:ing|ions?|ments?|ances?|ences?|it(?:y|ies)|ships?|ness|ly|ed|ers?|ors?|ants?|ents?|ists?|ees?|es|ss|ure|age|ism|ive|al|ic|th|ous|ful|ward|wide|s)$/;
const VERB =
  /^\s+(?:has|had|is|was|will|said|says|gave|gives|held|led|chairs?|wrote|asked|approved|signed|opened|became|runs|ran|\p{Ll}{3,}ed)\b/u;

/** Whether a source holds a name: all its words, its short or its long form, its country by another word. */
export function nameIsIn(name: NameMention, source: NameSource, forms: Forms, language: string): boolean {
  if (name.words.length > 1 && source.folded.includes(fold(name.words.join(' ')))) return true;
  const shorts = forms.shortOf.get(wordsOf(name.text).join(' '));
  if (shorts?.some((short) => source.words.has(short))) return true;
  return name.words.every((word) => wordIsIn(word, source, forms, language)) && !scattered(name.words, source);
}

/** Whether the first word of a sentence is a name: an abbreviation, a country, with a possessive, or alone before a verb ("Sennheim ordered"). */
function opensAsName(text: string, word: string, end: number, count: number): boolean {
  if (isAcronym(word) || countries(word).length > 0) return true;
  if (isStopword(fold(word)) || COMMON.test(word.toLowerCase())) return false;
  return /['’]s$/u.test(text.slice(0, end)) || (count === 1 && VERB.test(text.slice(end)));
}

function wordIsIn(word: string, source: NameSource, forms: Forms, language: string): boolean {
  const folded = fold(word);
  const parts = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (parts.every((part) => source.words.has(part) || source.terms.has(tokens(part, language)[0]?.term ?? part))) return true;
  const codes = [...countries(word).map((one) => one.code), ...countriesIn(word, language)];
  if (codes.length > 0) return codes.every((code) => source.countries.has(code));
  const single = folded.replace(/s$/, '');
  if (isAcronym(word) || forms.longOf.has(folded)) {
    if (source.words.has(single)) return true;
    for (const short of [folded, single]) {
      if (
        forms.longOf
          .get(short)
          ?.some((long) => long.every((part) => source.words.has(part) || source.terms.has(tokens(part, language)[0]?.term ?? part)))
      )
        return true;
      if (abbreviationsAcross(short).some((other) => source.folded.includes(fold(other)))) return true;
    }
    // The initials of a name that the source writes out.
    const letters = folded.replace(/[^\p{L}]/gu, '');
    return (
      letters.length > 1 &&
      source.sequence.some(
        (_, at) =>
          source.sequence
            .slice(at, at + letters.length)
            .map((one) => one[0])
            .join('') === letters,
      )
    );
  }
  // "Norwellers", "Berliner": what is made of a name that is there.
  return parts.every(
    (part) =>
      part.length >= 5 &&
      source.sequence.some(
        (there) =>
          there.length >= 5 && (there.startsWith(part.slice(0, 5)) || part.startsWith(there)) && Math.abs(there.length - part.length) <= 4,
      ),
  );
}

/** Two names of the source put together: both words stand there with a capital, and never beside one another. */
function scattered(own: readonly string[], source: NameSource): boolean {
  if (own.length !== 2) return false;
  const [a, b] = own.map(fold) as [string, string];
  const singular = (word: string) => word.replace(/s$/, '');
  const places = (word: string) => source.sequence.flatMap((there, at) => (singular(there) === singular(word) ? [at] : []));
  const [first, second] = [places(a), places(b)];
  if (first.length === 0 || second.length === 0) return false;
  return !first.some((one) => second.some((other) => Math.abs(one - other) <= 2));
}

/** Addresses of any kind in a sentence, without closing punctuation. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/[^\s<>()“”"]{0,200}(?:@|:\/\/|www\.)[^\s<>()“”"]{1,200}/giu)].map(([found]) => found.replace(/[.,;:!?]+$/, ''));
}
