import { termOf } from './tokens.ts';

/**
 * Words and terms of the briefings by number, so that what a sentence says is a short list of numbers and comparing two words is
 * comparing two numbers. A number is given when a word is first read and stays for as long as the process; there are never
 * more than the briefings have different words. Words of questions are looked up (`knownTerm`) and get none.
 */
const wordNumbers = new Map<string, number>();
const termNumbers = new Map<string, number>();
const words: string[] = [];
const terms: string[] = [];
let termsOfWords = new Int32Array(4096);

/** Number of a folded word of a briefing; -1 for a stopword. */
export function numberOfWord(word: string): number {
  let number = wordNumbers.get(word);
  if (number === undefined) {
    const term = termOf(word);
    number = term === null ? -1 : words.length;
    wordNumbers.set(word, number);
    if (term !== null) {
      words.push(word);
      if (number === termsOfWords.length) {
        const larger = new Int32Array(2 * number);
        larger.set(termsOfWords);
        termsOfWords = larger;
      }
      termsOfWords[number] = numberOfTerm(term);
    }
  }
  return number;
}

/** Number of a term of a briefing. */
export function numberOfTerm(term: string): number {
  let number = termNumbers.get(term);
  if (number === undefined) {
    number = terms.length;
    terms.push(term);
    termNumbers.set(term, number);
  }
  return number;
}

/** Number of a term, or -1 when no briefing that was read has it. */
export const knownTerm = (term: string): number => termNumbers.get(term) ?? -1;
export const wordOfNumber = (number: number): string => words[number] as string;
/** Term of the word with a number. */
export const termOfWord = (number: number): string => terms[termsOfWords[number] as number] as string;
/** Number of the term of each word, by the number of the word; not to be kept: it is replaced as it grows. */
export const termsByWord = (): Int32Array => termsOfWords;
