import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as porter } from 'stemmer';

const STEMMERS: Readonly<Record<string, (word: string) => string>> = {
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
  ru: russian,
};

/**
 * Stem of a folded word: Snowball's of its language, Porter's of English and of languages without one. Words with digits are
 * returned as they are.
 */
export function stem(word: string, language = 'en'): string {
  const other = Object.hasOwn(STEMMERS, language) ? STEMMERS[language] : undefined;
  if (other) return /^\p{L}{3,40}$/u.test(word) ? other(word) : word;
  // Porter ends "ratified" in -ifi and "ratification" in -if: without its final i they meet.
  return /^[a-z]{3,}$/.test(word) ? porter(word).replace(/(?<=..)i$/, '') : word;
}
