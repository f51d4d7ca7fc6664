import { isPlain } from './plain.ts';
import { stem } from './stem.ts';
import { isStopword } from './stopwords.ts';

export interface Token {
  /** Folded word: NFKD, marks dropped, lower case, thousands separators joined. */
  word: string;
  /** What is indexed: the stem of the word (CJK: one character). */
  term: string;
  /** UTF-16 offsets in the text given. */
  start: number;
  end: number;
  stop: boolean;
}

// Letters and digits; inside a number also its separators (1,000 4.45 12:30 is two numbers). CJK is matched one character at a time.
// A character that could not be read (U+FFFD) is a letter beside a letter: see lost.ts.
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const WORD = new RegExp(
  `[${CJK}]|\\p{N}+(?:[.,]\\p{N}+)*(?:(?![${CJK}])[\\p{L}\\p{M}])*|\ufffd?(?:(?![${CJK}])[\\p{L}\\p{M}\\p{N}]\ufffd?)+`,
  'gu',
);
const ASCII = /^[\x20-\x7e]*$/;
const IS_CJK = new RegExp(`^[${CJK}]`, 'u');

/** Case-folded form used for every comparison of words: NFKD, marks dropped, lower case. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/**
 * Lower case, without accents, digits of any script as ASCII, narrow spaces as spaces: letter by letter, so that offsets
 * stay what they are. Kana and Hangul, and what folds to more than one unit, is kept.
 */
export function foldInPlace(text: string): string {
  return text.toLowerCase().length !== text.length
    ? text
    : text.toLowerCase().replace(/[^\x00-\x7f]/g, (letter) => {
        if (/[\u00a0\u202f\u2009]/.test(letter)) return ' ';
        if (/[٠-٩]/.test(letter)) return String((letter.codePointAt(0) as number) - 0x660);
        if (/[۰-۹]/.test(letter)) return String((letter.codePointAt(0) as number) - 0x6f0);
        if (/[ºª°\u3040-\u9fff\uac00-\ud7a3]/.test(letter)) return letter;
        const folded = fold(letter);
        return folded.length === 1 ? folded : letter;
      });
}

/** What was found out about words, kept: most words of a text come again. Bounded in bytes: a word may be as long as a question. */
const known = new Map<string, Map<string, { term: string; stop: boolean }>>();
/** Some 55,000 words of usual length. */
const BYTES_KEPT = 10_000_000;
/** Of an entry besides the characters of word and stem, two bytes each at most: two strings, an object, a place in the map. An estimate. */
const ENTRY_BYTES = 160;
/** Longer ones do not come again. */
const LONGEST_KEPT = 64;
let bytesKept = 0;

/** The same text on its own: a part of a longer one would keep the whole of that from being collected. */
const copied = (word: string): string => word.split('').join('');

function knownIn(language: string): Map<string, { term: string; stop: boolean }> {
  let words = known.get(language);
  if (words === undefined) {
    words = new Map();
    known.set(language, words);
  }
  return words;
}

function token(word: string, start: number, end: number, language: string, words: Map<string, { term: string; stop: boolean }>): Token {
  let about = words.get(word);
  if (about === undefined) {
    about = { term: stem(word, language), stop: isStopword(word, language) };
    if (word.length > LONGEST_KEPT) return { word, term: about.term, start, end, stop: about.stop };
    const bytes = ENTRY_BYTES + 2 * (word.length + about.term.length);
    bytesKept += bytes;
    if (bytesKept > BYTES_KEPT) {
      for (const one of known.values()) one.clear();
      bytesKept = bytes;
    }
    words.set(copied(word), { term: copied(about.term), stop: about.stop });
  }
  return { word, term: about.term, start, end, stop: about.stop };
}

/** Thousands separators joined, a comma between decimals made a point. */
const joined = (word: string): string => word.replace(/,(?=\d{3}(?:\D|$))/g, '').replace(/(?<=\d),/g, '.');

/** Words of a text in order, stemmed and stopwords marked as its language (BCP 47 primary tag) has it. Total for any string. */
export function tokens(text: string, language = 'en'): Token[] {
  const found: Token[] = [];
  const words = knownIn(language);
  eachWord(text, (word, start, end) => found.push(token(word, start, end, language, words)));
  return found;
}

/** Term of a folded word; null for a stopword. */
export function termOf(word: string): string | null {
  const { term, stop } = token(word, 0, 0, 'en', knownIn('en'));
  return stop ? null : term;
}

/** Gives every word of a text as it is in its token, with where it stands, in order. */
export function eachWord(text: string, put: (word: string, start: number, end: number) => void): void {
  if (isPlain(text)) {
    eachPlainWord(text, put);
    return;
  }
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    let word = fold(raw);
    if (/^\d/.test(word)) word = joined(word);
    if (word !== '') put(word, match.index, match.index + raw.length);
  }
}
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
/** What each ASCII character is. */
const CLASS = Uint8Array.from({ length: 128 }, (_, code) =>
  code >= 48 && code <= 57 ? DIGIT : (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? LETTER : OTHER,
);

/** The same for plain text, several times as quick. */
function eachPlainWord(text: string, put: (word: string, start: number, end: number) => void): void {
  const { length } = text;
  // Neither ASCII nor these marks change their length.
  const lower = text.toLowerCase();
  const classAt = (at: number): number => {
    const code = at < length ? text.charCodeAt(at) : 0;
    return code < 128 ? (CLASS[code] as number) : OTHER;
  };
  for (let at = 0; at < length; ) {
    const kind = classAt(at);
    if (kind === OTHER) {
      at++;
      continue;
    }
    const start = at;
    if (kind === LETTER) {
      while (classAt(at) !== OTHER) at++;
    } else {
      while (classAt(at) === DIGIT) at++;
      // Its separators: "1,000.5".
      for (let next = text.charCodeAt(at); (next === 44 || next === 46) && classAt(at + 1) === DIGIT; next = text.charCodeAt(at)) {
        at++;
        while (classAt(at) === DIGIT) at++;
      }
      while (classAt(at) === LETTER) at++;
    }
    const word = lower.slice(start, at);
    put(kind === DIGIT && word.includes(',') ? joined(word) : word, start, at);
  }
}

/** Whether a term is a single character of a script written without spaces. */
export function isUnspaced(term: string): boolean {
  return IS_CJK.test(term);
}

/**
 * The terms a text is indexed by: stems without stopwords, then bigrams `a_b` of neighbouring words. In scripts
 * written without spaces the bigram of neighbouring characters carries the meaning.
 */
export function terms(text: string, language = 'en'): string[] {
  return termsOf(tokens(text, language));
}

/** `terms` over tokens already made. */
function termsOf(list: readonly Token[]): string[] {
  const out: string[] = [];
  let previous: Token | null = null;
  for (const token of list) {
    if (token.stop) continue;
    out.push(token.term);
    if (previous) out.push(`${previous.term}_${token.term}`);
    previous = token;
  }
  return out;
}
