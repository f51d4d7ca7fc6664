import type { Period } from '../../model.ts';

/** A date or range as a text states it: inclusive ISO dates of the precision stated. */
export interface DateMention extends Period {
  from: string;
  to: string;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

/** A way in which dates are written. */
export interface DateForm {
  pattern: RegExp;
  /** The same for plain text in lower case. */
  plain?: RegExp;
  /** Without this in the text the pattern cannot match: quicker to look for. */
  needs?: RegExp;
  /** What the groups of a match say; null for what is no date. */
  read: (groups: string[]) => Period | null;
}

/** The first years of printed briefings to the end of the next century. */
export const YEAR_NUMBER = '(?:1[5-9]|20|21)\\d\\d';
export const DAY_OF_MONTH = '(?:[12]\\d|3[01]|0?[1-9])';
/** Last year of the decade that begins with a year. */
export const decadeEnd = (year: string): string => String(Number(year) + 9);
export const pad = (value: number | string): string => String(value).padStart(2, '0');

/** A pattern in any case, where no letter or digit stands before or after it. */
export const alone = (pattern: string): string => `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;

/** A period of ISO dates; null where a month or day does not exist or the end lies before the beginning. */
export function period(from: string, to = from): Period | null {
  const ok = [from, to].every((date) => {
    const [, month = '01', day = '01'] = date.split('-');
    return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  });
  return ok && from.slice(0, to.length) <= to.slice(0, from.length) ? { from, to } : null;
}
