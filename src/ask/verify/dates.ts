import { fold } from '../../core/text/tokens.ts';
import { type DateMention, dates } from '../../core/time/dates.ts';
import { type Calendar, calendarOf } from './calendar.ts';

/** A day or month named without its year. UTF-16 offsets. */
export interface PartialDate {
  month: number;
  day: number | null;
  start: number;
  end: number;
}

export interface StatedDates {
  /** With their years; "last year" and "this month" too, where there is a day to count from. */
  full: DateMention[];
  partial: PartialDate[];
}

const WORD = /\p{L}[\p{L}\p{M}]*/gu;
const DAY_BEFORE = /(?<![\p{N}.,])([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of\s+|de\s+|di\s+|do\s+)?(?:the\s+)?$/iu;
const DAY_AFTER = /^\s*(?:the\s+)?([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\p{N}]|[.,:]\p{N}|\s?%)/iu;
/** Months that are other words in small letters. */
const OTHER_WORDS: ReadonlySet<string> = new Set('may march mar august sept mai mars dec jan set ago out abr'.split(' '));

/** The dates of a text in a language, those without a year too; `from` is what relative ones are counted from. */
export function statedDates(text: string, language: string, from: string | null): StatedDates {
  const full = dates(text, language);
  const calendar = calendarOf(language);
  const partial: PartialDate[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]);
    const { index: start } = match;
    const end = start + match[0].length;
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
  return { full: [...full, ...(from ? relativeIn(fold(text), calendar, from) : [])], partial };
}

/** "Last year", "this month", counted from an ISO date. */
function relativeIn(text: string, { relative }: Calendar, from: string): DateMention[] {
  const [year, month] = from.split('-').map(Number) as [number, number | undefined];
  return relative.flatMap(({ phrase, unit, by }) => {
    const [found] = text.matchAll(phrase);
    if (!found || (unit === 'month' && month === undefined)) return [];
    const date = unit === 'year' ? String(year + by) : new Date(Date.UTC(year, (month as number) - 1 + by, 1)).toISOString().slice(0, 7);
    return [{ from: date, to: date, start: found.index, end: found.index + found[0].length }];
  });
}

/** What dates a source states, and its edition. */
export interface DatedSource {
  stated: StatedDates;
  edition: string | null;
}

/** How a date of a claim is carried: by the text, by the edition's date alone, or not at all. */
export type DateSupport = 'text' | 'edition' | null;

/** Whether a source states a date as precisely as a claim does. */
export function dateSupport(claim: DateMention, source: DatedSource): DateSupport {
  const { stated, edition } = source;
  const ends = (date: string) => stated.full.some((one) => one.from.startsWith(date) || one.to.startsWith(date));
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
  const inFull = (date: string) => {
    const [, month, day] = date.split('-');
    return month !== undefined && fits(Number(month), day === undefined ? null : Number(day));
  };
  if (stated.full.some(({ from, to }) => inFull(from) || inFull(to))) return 'text';
  return edition && inFull(edition) ? 'edition' : null;
}
