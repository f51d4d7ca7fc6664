import { fnv1a } from '../../core/hash.ts';
import { fold } from '../../core/text/tokens.ts';

/** Buckets that words and parts of words are hashed to. */
export const BUCKETS = 32768;
/** Signs of their own, after the buckets. */
const SIGNS = ['asks', 'new0', 'new1', 'new2', 'new3', 'new4', 'words1', 'words2', 'words4', 'words7', 'words11', 'bias'] as const;
export const SIZE = BUCKETS + SIGNS.length;

const HAN = /\p{Script=Han}/u;
const RUN = /\p{Script=Han}+|[\p{L}\p{M}\p{N}]+/gu;
const ASKED = /[?？؟]\s*$/u;
/** Lengths of parts of words. */
const [SHORTEST, LONGEST] = [3, 5];
/** Weight of a part of a word beside the word itself. Chosen on the second part of the examples. */
const PART = 0.5;

/** Words of a sentence, folded; of a script without spaces every two letters beside each other; figures as one sign. */
export function talkWordsIn(sentence: string): string[] {
  const words: string[] = [];
  for (const [run] of fold(sentence).matchAll(RUN)) {
    if (!HAN.test(run)) words.push(/^\p{N}/u.test(run) ? '#' : run);
    else if ([...run].length === 1) words.push(run);
    else {
      const letters = [...run];
      for (let at = 0; at + 1 < letters.length; at++) words.push(`${letters[at]}${letters[at + 1]}`);
    }
  }
  return words;
}

const bucketOf = (text: string): number => (fnv1a(text) >>> 0) % BUCKETS;

export interface Features {
  at: Int32Array;
  value: Float32Array;
}

/**
 * A sentence as numbers: its words, neighbours, first words and parts of words, together of length 1, and beside them how many of its words
 * talk does not know, how many there are, and whether it has a question mark. `meant` gives the word of talk that a word is, slips put right, or null. Linear in the length of the sentence.
 */
export function featuresOf(sentence: string, meant: (word: string) => string | null): Features {
  const written = talkWordsIn(sentence);
  const found = written.map((word) => (word === '#' ? word : meant(word)));
  const words = found.map((word, at) => word ?? (written[at] as string));
  const sum = new Map<number, number>();
  const add = (text: string, value: number) => {
    const at = bucketOf(text);
    sum.set(at, (sum.get(at) ?? 0) + value);
  };
  for (const [at, word] of words.entries()) {
    add(`w ${word}`, 1);
    if (at > 0) add(`b ${words[at - 1]} ${word}`, 1);
    if (at === 0) add(`f ${word}`, 1);
    if (at === words.length - 1) add(`l ${word}`, 1);
    if (HAN.test(word)) for (const letter of word) add(`c ${letter}`, PART);
    else partsOf(word, (part) => add(`p ${part}`, PART));
  }
  let square = 0;
  for (const value of sum.values()) square += value * value;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  const fresh = found.filter((word) => word === null).length;
  const signs = [
    ASKED.test(sentence) ? 'asks' : null,
    `new${Math.min(4, fresh)}`,
    `words${[11, 7, 4, 2, 1].find((least) => words.length >= least) ?? 1}`,
    'bias',
  ];
  const own = SIGNS.flatMap((sign, at) => (signs.includes(sign) ? [BUCKETS + at] : []));
  const at = new Int32Array([...sum.keys(), ...own]);
  const value = new Float32Array([...[...sum.values()].map((one) => one * scale), ...own.map(() => SIGN)]);
  return { at, value };
}
/** Weight of a sign beside the words. Chosen on the second part of the examples. */
const SIGN = 0.4;

/** Of a long word only the beginning: nothing of talk is longer. */
const MOST_LETTERS = 24;

function partsOf(word: string, put: (part: string) => void): void {
  const padded = `<${word.slice(0, MOST_LETTERS)}>`;
  for (let length = SHORTEST; length <= LONGEST; length++)
    for (let at = 0; at + length <= padded.length; at++) put(padded.slice(at, at + length));
}
