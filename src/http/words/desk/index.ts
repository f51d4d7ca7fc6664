import { ar } from './ar.ts';
import { de } from './de.ts';
import { type DeskTexts, en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { zh } from './zh.ts';

export type { DeskTexts };
/** Texts of the desk in the languages of the pages. */
export const deskTexts: Readonly<Record<string, DeskTexts>> = { en, ar, de, es, fr, zh };
