import { wordingJa, wordingKo, wordingZh } from './wording/east.ts';
import { wordingDe, wordingEn, wordingNl } from './wording/germanic.ts';
import { wordingAr, wordingRu } from './wording/others.ts';
import { wordingEs, wordingFr, wordingIt, wordingPt } from './wording/romance.ts';
import type { Wording } from './wording/types.ts';

export type { Wording } from './wording/types.ts';

const WORDINGS: Readonly<Record<string, Wording>> = {
  en: wordingEn,
  fr: wordingFr,
  es: wordingEs,
  de: wordingDe,
  it: wordingIt,
  pt: wordingPt,
  nl: wordingNl,
  zh: wordingZh,
  ja: wordingJa,
  ko: wordingKo,
  ru: wordingRu,
  ar: wordingAr,
};

/** Pilcrow's own sentences in the asker's language; English for `und` and languages without a wording. */
export function wording(language: string): Wording {
  return Object.hasOwn(WORDINGS, language) ? (WORDINGS[language] as Wording) : wordingEn;
}
