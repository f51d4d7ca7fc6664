import { datesIn } from '../../core/text/localised.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import { calendarOf } from './calendar.ts';

/** A day or month named without its year. UTF-16 offsets. */
export interface PartialDate {
  month: number;
  day: number | null;
  start: number;
  end: number;
}

export interface StatedDates {
  /** With their years, in order. */
  full: DateMention[];
  partial: PartialDate[];
  /** 0 (Monday) … 6, with the words. */
  weekdays: { day: number; start: number; end: number }[];
  /** "Last year", "today": resolved to ISO dates of their precision; empty without a day to count from. */
  relative: DateMention[];
}

const WORD = /\p{L}[\p{L}\p{M}]*/gu;
const DAY_BEFORE = /(?<![\p{N}.,])([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of\s+|de\s+|di\s+|do\s+)?(?:the\s+)?$/iu;
const DAY_AFTER = /^\s*(?:the\s+)?([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\p{N}]|[.,:]\p{N}|\s?%)/iu;
/** Months that are other words in small letters. */
const OTHER_WORDS: ReadonlySet<string> = new Set([
  'may',
  'march',
  'mar',
  'august',
  'sept',
  'mai',
  'mars',
  'dec',
  'jan',
  'set',
  'ago',
  'out',
  'abr',
]);

/** The dates of a text in a language, those without a year too; `from` is what relative ones are counted from. */
export function statedDates(text: string, language: string, from: string | null): StatedDates {
  const full = datesIn(text, language);
  const calendar = calendarOf(language);
  const partial: PartialDate[] = [];
  const weekdays: StatedDates['weekdays'] = [];
  const relative: DateMention[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]);
    const { index: start } = match;
    const end = start + match[0].length;
    const weekday = calendar.weekdays.get(word) ?? calendar.weekdays.get(word.replace(/s$/, ''));
    if (weekday !== undefined) weekdays.push({ day: weekday, start, end });
    const month = calendar.months.get(word);
    if (month === undefined || full.some((date) => start < date.end && date.start < end)) continue;
    const before = DAY_BEFORE.exec(text.slice(Math.max(0, start - 12), start));
    const after = before ? null : DAY_AFTER.exec(text.slice(end, end + 10));
    const day = before?.[1] ?? after?.[1];
    // "May" and "march" are other words too; a short form alone is any word.
    const capital = /^\p{Lu}/u.test(match[0]);
    if (
      day === undefined &&
      (OTHER_WORDS.has(word) ? !capital || start === 0 || /[.!?]\s$/u.test(text.slice(Math.max(0, start - 2), start)) : word.length < 4)
    )
      continue;
    if (day !== undefined && OTHER_WORDS.has(word) && !capital && language === 'en') continue;
    partial.push({
      month,
      day: day === undefined ? null : Number(day),
      start: before ? start - before[0].length : start,
      end: after ? end + after[0].length : end,
    });
  }
  // "3 and 12 May": the first day shares the month.
  for (const one of [...partial]) {
    const shared = /(?<![\p{N}.,])([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\s*(?:,|and|or|to|-|–|und|bis|et|y|e)\s*$/iu.exec(
      text.slice(Math.max(0, one.start - 14), one.start),
    );
    if (one.day !== null && shared)
      partial.push({ month: one.month, day: Number(shared[1]), start: one.start - shared[0].length, end: one.start });
  }
  if (from) {
    const folded = fold(text);
    if (folded.length === text.length)
      for (const [phrase, { unit, by }] of calendar.relative) {
        for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + phrase.length)) {
          if (/\p{L}/u.test(folded[at - 1] ?? ' ') || /\p{L}/u.test(folded[at + phrase.length] ?? ' ') || unit === 'week' || unit === 'day')
            continue;
          const date = shifted(from, unit, by);
          if (date) relative.push({ from: date, to: date, start: at, end: at + phrase.length });
        }
      }
  }
  return { full, partial, weekdays, relative };
}

/** An ISO date some units off, of the unit's precision; null when the date is less precise than that. */
function shifted(from: string, unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year', by: number): string | null {
  const [year, month, day] = from.split('-').map(Number) as [number, number | undefined, number | undefined];
  if (unit === 'year') return String(year + by);
  if (month === undefined) return null;
  if (unit === 'month') return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 7);
  return day === undefined ? null : new Date(Date.UTC(year, month - 1, day + by)).toISOString().slice(0, 10);
}

/** Words that name a year by the one beside it: "the year before", "a year later". */
const YEAR_BEFORE =
  /\b(?:(?:the )?(?:previous|preceding|prior) year|(?:the|a) year (?:before|earlier)|year-on-year|Vorjahr\p{L}{0,2}|année précédente|año anterior)\b/iu;
const YEAR_AFTER =
  /\b(?:(?:the )?(?:following|next|subsequent) year|(?:the|a) year (?:after|later)|Folgejahr\p{L}{0,2}|année suivante|año siguiente)\b/iu;

/** What dates a source states, its edition and what its relative words mean included. */
export interface DatedSource {
  stated: StatedDates;
  edition: string | null;
  /** Years that its words mean without writing them. */
  meant: ReadonlySet<string>;
}

export function datedSource(text: string, stated: StatedDates, edition: string | null): DatedSource {
  const meant = new Set(stated.relative.map((one) => one.from));
  const years = [...stated.full.flatMap((date) => [date.from.slice(0, 4), date.to.slice(0, 4)]), ...(edition ? [edition.slice(0, 4)] : [])];
  if (YEAR_BEFORE.test(text)) for (const year of years) meant.add(String(Number(year) - 1));
  if (YEAR_AFTER.test(text)) for (const year of years) meant.add(String(Number(year) + 1));
  return { stated, edition, meant };
}

/** How a date of a claim is carried: by the text, by the edition's date alone, or not at all. */
export type DateSupport = 'text' | 'edition' | null;

/** Whether a source states a date as precisely as a claim does. */
export function dateSupport(claim: DateMention, source: DatedSource): DateSupport {
  const { stated, edition, meant } = source;
  const ends = (date: string) =>
    stated.full.some((one) => one.from.startsWith(date) || one.to.startsWith(date)) || [...meant].some((one) => one.startsWith(date));
  const one = claim.from === claim.to;
  if (one ? ends(claim.from) : ends(claim.from) && ends(claim.to)) return 'text';
  const [year, month, day] = claim.from.split('-');
  if (one && month !== undefined) {
    const inYear = ends(year as string) || edition?.startsWith(year as string);
    const inMonth = stated.partial.some((part) => part.month === Number(month) && (day === undefined || part.day === Number(day)));
    if (inYear && inMonth) return 'text';
  }
  if (edition && (one ? edition.startsWith(claim.from) : edition.startsWith(claim.from) || edition.startsWith(claim.to))) return 'edition';
  return null;
}

/** Whether a source states a day or month that a claim names without its year. */
export function partialSupport(claim: PartialDate, { stated, edition }: DatedSource): DateSupport {
  const fits = (month: number, day: number | null) => month === claim.month && (claim.day === null || day === claim.day);
  if (stated.partial.some((one) => fits(one.month, one.day))) return 'text';
  const dates = stated.full.flatMap((date) => [date.from, date.to]);
  const inFull = (date: string) => {
    const [, month, day] = date.split('-');
    return month !== undefined && fits(Number(month), day === undefined ? null : Number(day));
  };
  if (dates.some(inFull)) return 'text';
  return edition && inFull(edition) ? 'edition' : null;
}
