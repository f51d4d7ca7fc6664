import type { Period } from '../model.ts';
import { eachMatch, isPlain, plainPattern } from '../text/plain.ts';

/** A date or range as a text states it: inclusive ISO dates of the precision stated. */
export interface DateMention extends Period {
  from: string;
  to: string;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const DAY = '(?:[12]\\d|3[01]|0?[1-9])(?:st|nd|rd|th)?';
const DASH = '\\s?(?:-|–|—|to|until|through|and)\\s?';

const pad = (value: number | string) => String(value).padStart(2, '0');
const monthNumber = (name: string) => MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().replace('.', '').slice(0, 3))) + 1;
const day = (text: string) => pad(Number.parseInt(text, 10));

type Reader = {
  pattern: RegExp;
  /** The same for plain text in lower case. */
  plain?: RegExp;
  read: (groups: string[]) => Period | null;
  /** Without this in the text the pattern cannot match: quicker to look for. */
  needs?: RegExp;
};
const MONTH_NAMED = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/iu;
const HYPHEN = /\d-\d/;
const TWO_YEARS = /\d{4}[\s\S]*?\d{4}/;
const edge = (pattern: string) => {
  const whole = `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
  return { pattern: new RegExp(whole, 'giu'), plain: plainPattern(whole) };
};

/** Longest forms first: what one reader took, a later one does not see. */
const READERS: Reader[] = [
  {
    // Chinese and Japanese: no spaces around it.
    pattern: new RegExp(`(?<![\\p{N}])(${YEAR})\\s?年(?:\\s?(\\d{1,2})\\s?月(?:\\s?(\\d{1,2})\\s?日)?)?`, 'gu'),
    needs: /年/,
    read: ([y, m, d]) =>
      valid(
        [y, m, d]
          .filter((part) => part !== undefined)
          .map((part) => pad(part as string))
          .join('-'),
      ),
  },
  { ...edge('(\\d{4})-(\\d\\d)-(\\d\\d)'), needs: HYPHEN, read: ([y, m, d]) => valid(`${y}-${m}-${d}`) },
  {
    ...edge(`(${DAY})${DASH}(${DAY})\\s+(${MONTH}),?\\s+(${YEAR})`),
    needs: MONTH_NAMED,
    read: ([a, b, m, y]) =>
      range(`${y}-${pad(monthNumber(m as string))}-${day(a as string)}`, `${y}-${pad(monthNumber(m as string))}-${day(b as string)}`),
  },
  {
    ...edge(`(${DAY})\\s+(?:of\\s+)?(${MONTH}),?\\s+(${YEAR})`),
    needs: MONTH_NAMED,
    read: ([d, m, y]) => valid(`${y}-${pad(monthNumber(m as string))}-${day(d as string)}`),
  },
  {
    ...edge(`(${MONTH})\\s+(${DAY}),?\\s+(${YEAR})`),
    needs: MONTH_NAMED,
    read: ([m, d, y]) => valid(`${y}-${pad(monthNumber(m as string))}-${day(d as string)}`),
  },
  {
    ...edge(`(${MONTH})\\s+(${YEAR})${DASH}(${MONTH})\\s+(${YEAR})`),
    needs: MONTH_NAMED,
    read: ([a, y, b, z]) => range(`${y}-${pad(monthNumber(a as string))}`, `${z}-${pad(monthNumber(b as string))}`),
  },
  {
    ...edge(`(${MONTH})(?:${DASH}|\\s+and\\s+)(${MONTH})\\s+(?:of\\s+)?(${YEAR})`),
    needs: MONTH_NAMED,
    read: ([a, b, y]) => range(`${y}-${pad(monthNumber(a as string))}`, `${y}-${pad(monthNumber(b as string))}`),
  },
  { ...edge(`(${MONTH}),?\\s+(?:of\\s+)?(${YEAR})`), needs: MONTH_NAMED, read: ([m, y]) => valid(`${y}-${pad(monthNumber(m as string))}`) },
  {
    ...edge(`(${YEAR})-(0[1-9]|1[0-2])(?!\\d|-\\d{3})`),
    needs: HYPHEN,
    read: ([y, m]) => (Number(m) > Number((y as string).slice(2)) ? null : valid(`${y}-${m}`)),
  },
  {
    ...edge(`(${YEAR})\\s?[-–—/]\\s?(\\d\\d)`),
    needs: /\d\s?[-–—/]\s?\d/,
    read: ([y, z]) => range(y as string, `${(y as string).slice(0, 2)}${z}`),
  },
  {
    ...edge(`(${YEAR})(?:\\s?[-–—]\\s?|\\s+(?:to|until|through)\\s+)(${YEAR})`),
    needs: TWO_YEARS,
    read: ([y, z]) => range(y as string, z as string),
  },
  { ...edge(`(${YEAR})s`), needs: /\d{4}s/iu, read: ([y]) => range(y as string, String(Number(y) + 9)) },
  { ...edge(`(${YEAR})`), read: ([y]) => valid(y as string) },
];

function valid(date: string): Period | null {
  const [, month = '01', dayOfMonth = '01'] = date.split('-');
  const ok = Number(month) >= 1 && Number(month) <= 12 && Number(dayOfMonth) >= 1 && Number(dayOfMonth) <= 31;
  return ok ? { from: date, to: date } : null;
}

function range(from: string, to: string): Period | null {
  return from.slice(0, to.length) <= to.slice(0, from.length) ? { from, to } : null;
}

/**
 * Every date in a text, in order, not overlapping: days, months, years, and ranges of them ("April and June 2019",
 * "6 to 8 September 2016", "2018-27", "2013–2017"). Total for any string. "2018-12" reads as a month only when it
 * cannot be a range of years.
 */
export function dates(text: string): DateMention[] {
  let found: DateMention[] = [];
  if (!/\d{4}/.test(text)) return found;
  const lower = isPlain(text) ? text.toLowerCase() : null;
  for (const { pattern, plain, read, needs } of READERS) {
    if (needs && !needs.test(text)) continue;
    const fresh: DateMention[] = [];
    // Both lists ascend: one pass tells what an earlier reader took.
    let next = 0;
    eachMatch(lower !== null && plain ? plain : pattern, lower !== null && plain ? lower : text, (match) => {
      const start = match.index;
      const end = start + match[0].length;
      while (next < found.length && (found[next] as DateMention).end <= start) next++;
      if (next < found.length && (found[next] as DateMention).start < end) return;
      const period = read(match.slice(1) as string[]);
      if (period?.from && period.to) fresh.push({ from: period.from, to: period.to, start, end });
    });
    if (fresh.length > 0) found = [...found, ...fresh].sort((a, b) => a.start - b.start);
  }
  return found;
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
  const name = MONTHS[Number(month) - 1] as string;
  const named = `${(name[0] as string).toUpperCase()}${name.slice(1)} ${year}`;
  return dayOfMonth ? `${Number(dayOfMonth)} ${named}` : named;
}

/** Whether a text is an ISO date of precision year, month or day. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  return match !== null && valid(text) !== null;
}
