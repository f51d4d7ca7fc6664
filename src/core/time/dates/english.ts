import { plainPattern } from '../../text/plain.ts';
import { alone, DAY_OF_MONTH, type DateForm, decadeEnd, pad, period, YEAR_NUMBER } from './form.ts';
import { monthPattern, monthsOf } from './months.ts';

const MONTHS = monthsOf('en');
const MONTH = `${monthPattern('en')}\\.?`;
const DAY = `${DAY_OF_MONTH}(?:st|nd|rd|th)?`;
const DASH = '\\s?(?:-|–|—|to|until|through|and)\\s?';
const MONTH_NAMED = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/iu;
const HYPHEN = /\d-\d/;
const TWO_YEARS = /\d{4}[\s\S]*?\d{4}/;

const day = (text: string) => pad(Number.parseInt(text, 10));
const month = (name: string) => MONTHS.get(name.toLowerCase().replace('.', '')) as string;
const edge = (pattern: string) => ({ pattern: new RegExp(alone(pattern), 'giu'), plain: plainPattern(alone(pattern)) });

/** Longest forms first: what one reader took, a later one does not see. */
export const ENGLISH_FORMS: readonly DateForm[] = [
  {
    // Chinese and Japanese: no spaces around it.
    pattern: new RegExp(`(?<![\\p{N}])(${YEAR_NUMBER})\\s?年(?:\\s?(\\d{1,2})\\s?月(?:\\s?(\\d{1,2})\\s?日)?)?`, 'gu'),
    needs: /年/,
    read: ([y, m, d]) =>
      period(
        [y, m, d]
          .filter((part) => part !== undefined)
          .map((part) => pad(part as string))
          .join('-'),
      ),
  },
  { ...edge('(\\d{4})-(\\d\\d)-(\\d\\d)'), needs: HYPHEN, read: ([y, m, d]) => period(`${y}-${m}-${d}`) },
  {
    ...edge(`(${DAY})${DASH}(${DAY})\\s+(${MONTH}),?\\s+(${YEAR_NUMBER})`),
    needs: MONTH_NAMED,
    read: ([a, b, m, y]) => period(`${y}-${month(m as string)}-${day(a as string)}`, `${y}-${month(m as string)}-${day(b as string)}`),
  },
  {
    ...edge(`(${DAY})\\s+(?:of\\s+)?(${MONTH}),?\\s+(${YEAR_NUMBER})`),
    needs: MONTH_NAMED,
    read: ([d, m, y]) => period(`${y}-${month(m as string)}-${day(d as string)}`),
  },
  {
    ...edge(`(${MONTH})\\s+(${DAY}),?\\s+(${YEAR_NUMBER})`),
    needs: MONTH_NAMED,
    read: ([m, d, y]) => period(`${y}-${month(m as string)}-${day(d as string)}`),
  },
  {
    ...edge(`(${MONTH})\\s+(${YEAR_NUMBER})${DASH}(${MONTH})\\s+(${YEAR_NUMBER})`),
    needs: MONTH_NAMED,
    read: ([a, y, b, z]) => period(`${y}-${month(a as string)}`, `${z}-${month(b as string)}`),
  },
  {
    ...edge(`(${MONTH})(?:${DASH}|\\s+and\\s+)(${MONTH})\\s+(?:of\\s+)?(${YEAR_NUMBER})`),
    needs: MONTH_NAMED,
    read: ([a, b, y]) => period(`${y}-${month(a as string)}`, `${y}-${month(b as string)}`),
  },
  { ...edge(`(${MONTH}),?\\s+(?:of\\s+)?(${YEAR_NUMBER})`), needs: MONTH_NAMED, read: ([m, y]) => period(`${y}-${month(m as string)}`) },
  {
    ...edge(`(${YEAR_NUMBER})-(0[1-9]|1[0-2])(?!\\d|-\\d{3})`),
    needs: HYPHEN,
    read: ([y, m]) => (Number(m) > Number((y as string).slice(2)) ? null : period(`${y}-${m}`)),
  },
  {
    ...edge(`(${YEAR_NUMBER})\\s?[-–—/]\\s?(\\d\\d)`),
    needs: /\d\s?[-–—/]\s?\d/,
    read: ([y, z]) => period(y as string, `${(y as string).slice(0, 2)}${z}`),
  },
  {
    ...edge(`(${YEAR_NUMBER})(?:\\s?[-–—]\\s?|\\s+(?:to|until|through)\\s+)(${YEAR_NUMBER})`),
    needs: TWO_YEARS,
    read: ([y, z]) => period(y as string, z as string),
  },
  { ...edge(`(${YEAR_NUMBER})s`), needs: /\d{4}s/iu, read: ([y]) => period(y as string, decadeEnd(y as string)) },
  { ...edge(`(${YEAR_NUMBER})`), read: ([y]) => period(y as string) },
];
