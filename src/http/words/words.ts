import { spellDate } from '../../core/time/dates.ts';
import type { Call } from '../reply.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type PageTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { zh } from './zh.ts';

export const catalogues: Readonly<Record<string, PageTexts>> = {
  en,
  ar,
  de,
  es,
  fr,
  zh,
};
export type TextKey = { [Key in keyof PageTexts]: PageTexts[Key] extends string ? Key : never }[keyof PageTexts];

/** Texts, numbers and dates of the pages in one language. */
export interface PageWords {
  language: string;
  direction: 'ltr' | 'rtl';
  say(key: TextKey, values?: Record<string, string | number>): string;
  paragraphs(count: number): string;
  /** An edition date of any precision, as the language writes it. */
  date(iso: string): string;
}

const filled = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));

function makeWords(language: string): PageWords {
  const texts = catalogues[language] as PageTexts;
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    say: (key, values = {}) => filled(texts[key], values),
    paragraphs: (count) => filled(texts.paragraphs[plural.select(count)] ?? texts.paragraphs.other, { count: number.format(count) }),
    date(iso) {
      if (language === 'en') return spellDate(iso);
      const [year, month, day] = iso.split('-').map(Number);
      if (!month) return String(year);
      const at = new Date(Date.UTC(year as number, month - 1, day ?? 1));
      const parts: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', ...(day ? { day: 'numeric' } : {}) };
      return new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC', calendar: 'gregory' }).format(at);
    },
  };
}

const made = new Map<string, PageWords>();
/** The words of a language there are texts in; English for any other. */
export function wordsIn(language: string): PageWords {
  const known = Object.hasOwn(catalogues, language) ? language : 'en';
  let words = made.get(known);
  if (!words) {
    words = makeWords(known);
    made.set(known, words);
  }
  return words;
}

/** Languages of a header that are looked at; browsers send a handful. */
const MOST_LANGUAGES = 20;

/** The language the address of a page names, if there are texts in it; links of the page keep it. */
export function namedLanguage(call: Call): string | undefined {
  const named = (call.req.query('lang') ?? '').toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(catalogues, named) ? named : undefined;
}

/** The language a page is shown in: the one its address names (`lang`), else the first the browser asks for that there is, else English. */
export function wordsFor(call: Call): PageWords {
  const named = namedLanguage(call);
  if (named !== undefined) return wordsIn(named);
  const wanted = (call.req.header('accept-language') ?? '')
    .slice(0, 500)
    .split(',', MOST_LANGUAGES)
    .map((entry, place) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((one) => /^\s*q=(\d(?:\.\d{1,3})?)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: tag.toLowerCase().split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality), place };
    })
    .filter(({ language, quality }) => quality > 0 && Object.hasOwn(catalogues, language))
    .sort((a, b) => b.quality - a.quality || a.place - b.place);
  return wordsIn(wanted[0]?.language ?? 'en');
}
