import type { ServiceTexts } from '../../../core/text/reports.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { zh } from './zh.ts';

/** What the service reports, in the languages of the pages but English. */
export const serviceTexts: Readonly<Record<string, ServiceTexts>> = { ar, de, es, fr, zh };
