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
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const WORD = new RegExp(`[${CJK}]|\\p{N}+(?:[.,]\\p{N}+)*(?:(?![${CJK}])[\\p{L}\\p{M}])*|(?:(?![${CJK}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');
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

/** Words of a text in order, stopwords marked. Total for any string. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    let word = fold(raw);
    if (/^\d/.test(word)) word = word.replace(/,(?=\d{3}(?:\D|$))/g, '').replace(/(?<=\d),/g, '.');
    if (word === '') continue;
    const start = match.index;
    found.push({ word, term: stem(word), start, end: start + raw.length, stop: isStopword(word) });
  }
  return found;
}

/** Whether a term is a single character of a script written without spaces. */
export function isUnspaced(term: string): boolean {
  return IS_CJK.test(term);
}

/**
 * The terms a text is indexed by: stems without stopwords, then bigrams `a_b` of neighbouring words. In scripts
 * written without spaces the bigram of neighbouring characters carries the meaning.
 */
export function terms(text: string): string[] {
  return termsOf(tokens(text));
}

/** `terms` over tokens already made. */
export function termsOf(list: readonly Token[]): string[] {
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
