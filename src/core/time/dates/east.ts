import { type DateForm, decadeEnd, pad, period, YEAR_NUMBER } from './form.ts';

/** Chinese, Japanese, Korean: written without spaces, or with them in Korean. */
export const EAST_FORMS: readonly DateForm[] = [
  {
    pattern: new RegExp(
      `(?<!\\d)(${YEAR_NUMBER})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})\\s?[日일]\\s?(?:至|到|[-–—~～〜]|から|부터)\\s?(?:(\\d{1,2})\\s?[月월]\\s?)?(\\d{1,2})\\s?[日일]`,
      'gu',
    ),
    read: ([y, m, d, n, e]) => period(`${y}-${pad(m!)}-${pad(d!)}`, `${y}-${pad(n ?? m!)}-${pad(e!)}`),
  },
  {
    pattern: new RegExp(`(?<!\\d)(${YEAR_NUMBER})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})\\s?[日일]`, 'gu'),
    read: ([y, m, d]) => period(`${y}-${pad(m!)}-${pad(d!)}`),
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(${YEAR_NUMBER})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]?\\s?(?:至|到|和|[-–—~～〜]|から)\\s?(\\d{1,2})\\s?[月월]`,
      'gu',
    ),
    read: ([y, m, n]) => period(`${y}-${pad(m!)}`, `${y}-${pad(n!)}`),
  },
  { pattern: new RegExp(`(?<!\\d)(${YEAR_NUMBER})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]`, 'gu'), read: ([y, m]) => period(`${y}-${pad(m!)}`) },
  {
    pattern: new RegExp(
      `(?<!\\d)(${YEAR_NUMBER})\\s?[年년]?\\s?(?:至|到|[-–—~～〜]|から|부터)\\s?(${YEAR_NUMBER})(?:\\s?[年년])?(?!\\d)`,
      'gu',
    ),
    read: ([y, z]) => period(y!, z!),
  },
  {
    pattern: new RegExp(`(?<!\\d)(${YEAR_NUMBER})\\s?[-–—/]\\s?(\\d\\d)\\s?[年년](?!\\d)`, 'gu'),
    read: ([y, z]) => period(y!, y!.slice(0, 2) + z),
  },
  { pattern: /(?<!\d)(1[5-9]\d0|20\d0)\s?(?:年代|년대)/gu, read: ([y]) => period(y!, decadeEnd(y!)) },
  {
    pattern: /(?<!\d)(1[5-9]|2[01])\s?世纪\s?(\d)0\s?年代/gu,
    read: ([c, d]) => period(`${Number(c) - 1}${d}0`, `${Number(c) - 1}${d}9`),
  },
  {
    // 二〇一八年
    pattern: /([一二][零〇一二三四五六七八九]{3})年/gu,
    read: ([y]) => {
      const year = [...y!].map((digit) => Math.max(0, '零一二三四五六七八九'.indexOf(digit))).join('');
      return /^(?:1[5-9]|2[01])/.test(year) ? period(year) : null;
    },
  },
  { pattern: new RegExp(`(?<!\\d)(${YEAR_NUMBER})\\s?[年년]`, 'gu'), read: ([y]) => period(y!) },
];
