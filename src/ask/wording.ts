import { ja, ko, zh } from './wording/east.ts';
import { de, en, nl } from './wording/germanic.ts';
import { ar, ru } from './wording/others.ts';
import { es, fr, it, pt } from './wording/romance.ts';
import type { Wording } from './wording/types.ts';

export type { Wording } from './wording/types.ts';

const WORDINGS: Readonly<Record<string, Wording>> = { en, fr, es, de, it, pt, nl, zh, ja, ko, ru, ar };

/** Pilcrow's own sentences in the asker's language; English for `und` and languages without a wording. */
export function wording(language: string): Wording {
  return Object.hasOwn(WORDINGS, language) ? (WORDINGS[language] as Wording) : en;
}
