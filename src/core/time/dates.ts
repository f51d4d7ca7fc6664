import type { Period } from '../model.ts';
import { HAN_LANGUAGES, READ_LANGUAGES } from '../text/figures.ts';
import { eachMatch, isPlain } from '../text/plain.ts';
import { foldInPlace } from '../text/tokens.ts';
import { EAST_FORMS } from './dates/east.ts';
import { ENGLISH_FORMS } from './dates/english.ts';
import { type DateForm, type DateMention, period } from './dates/form.ts';
import { spacedForms } from './dates/spaced.ts';

export type { DateMention } from './dates/form.ts';

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

/** Forms of each language asked for so far. */
const formsByLanguage = new Map<string, readonly DateForm[]>([['en', ENGLISH_FORMS]]);

function formsOf(language: string): readonly DateForm[] {
  let forms = formsByLanguage.get(language);
  if (forms === undefined) {
    forms = HAN_LANGUAGES.has(language) ? EAST_FORMS : spacedForms(language);
    formsByLanguage.set(language, forms);
  }
  return forms;
}

/**
 * Every date in a text, in order, not overlapping: days, months, years, and ranges of them ("April and June 2019",
 * "6 to 8 September 2016", "2018-27", "2013–2017"), in the forms of its language and then in those of English. A text in a language
 * that is not read is read as English. Total for any string. "2018-12" reads as a month only when it cannot be a range of years.
 */
export function dates(text: string, language = 'en'): DateMention[] {
  if (language === 'en' || !READ_LANGUAGES.has(language)) return /\d{4}/.test(text) ? datesOf(text, ENGLISH_FORMS) : [];
  if (!ANY_YEAR.test(text)) return [];
  const prepared = foldInPlace(text);
  return addFree(datesOf(prepared, formsOf(language)), datesOf(prepared, ENGLISH_FORMS));
}

/** Without one of these a text in another language states no date. */
const ANY_YEAR = /\p{Nd}{4}|[一二][零〇一二三四五六七八九]{3}年|世纪/u;

/** Dates of a text in some forms, in order. */
function datesOf(text: string, forms: readonly DateForm[]): DateMention[] {
  const lower = isPlain(text) ? text.toLowerCase() : null;
  let found: DateMention[] = [];
  for (const { pattern, plain, read, needs } of forms) {
    if (needs && !needs.test(text)) continue;
    const fresh: DateMention[] = [];
    const usesPlain = lower !== null && plain !== undefined;
    eachMatch(usesPlain ? plain : pattern, usesPlain ? lower : text, (match) => {
      const stated = read(match.slice(1) as string[]);
      if (stated?.from && stated.to)
        fresh.push({ from: stated.from, to: stated.to, start: match.index, end: match.index + match[0].length });
    });
    found = addFree(found, fresh);
  }
  return found;
}

/** Adds what overlaps nothing that was found before; both ascend. */
function addFree(found: DateMention[], fresh: readonly DateMention[]): DateMention[] {
  if (fresh.length === 0) return found;
  let next = 0;
  const free = fresh.filter(({ start, end }) => {
    while (next < found.length && (found[next] as DateMention).end <= start) next++;
    return next === found.length || (found[next] as DateMention).start >= end;
  });
  return free.length === 0 ? found : [...found, ...free].sort((a, b) => a.start - b.start);
}

/** First day of an ISO date of any precision. */
export function firstDay(date: string): string {
  const [year, month = '01', dayOfMonth = '01'] = date.split('-');
  return `${year}-${month}-${dayOfMonth}`;
}

/** Last day (31 for every month: compared as text, never shown). */
export function lastDay(date: string): string {
  const [year, month = '12', dayOfMonth = '31'] = date.split('-');
  return `${year}-${month}-${dayOfMonth}`;
}

/** Whether two periods share a day; an open side reaches for ever. */
export function overlaps(a: Period, b: Period): boolean {
  const from = (p: Period) => (p.from ? firstDay(p.from) : '');
  const to = (p: Period) => (p.to ? lastDay(p.to) : '9999');
  return from(a) <= to(b) && from(b) <= to(a);
}

/** An edition date in words: `2019`, `July 2026`, `26 April 2019`. */
export function spellDate(date: string): string {
  const [year, month, dayOfMonth] = date.split('-');
  if (!month) return year as string;
  const named = `${MONTH_NAMES[Number(month) - 1]} ${year}`;
  return dayOfMonth ? `${Number(dayOfMonth)} ${named}` : named;
}

/** Whether a text is an ISO date of precision year, month or day. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  return match !== null && period(text) !== null;
}
