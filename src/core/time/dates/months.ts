import { fold } from '../../text/tokens.ts';
import { pad } from './form.ts';

/** The table: forms that CLDR does not list, by language. Folded. */
const EXTRA: Readonly<Record<string, [string, string][]>> = {
  en: [['sept', '09']],
  es: [['setiembre', '09']],
  pt: [['marco', '03']],
  de: [['janner', '01']],
  ar: [
    ['كانون الثاني', '01'],
    ['شباط', '02'],
    ['اذار', '03'],
    ['نيسان', '04'],
    ['ايار', '05'],
    ['حزيران', '06'],
    ['تموز', '07'],
    ['اب', '08'],
    ['ايلول', '09'],
    ['تشرين الاول', '10'],
    ['تشرين الثاني', '11'],
    ['كانون الاول', '12'],
  ],
};

/** Month names of a language, long and short, as its dates and its calendars write them, folded. From the runtime's CLDR data. */
export function monthsOf(language: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let month = 0; month < 12; month++) {
    const date = new Date(Date.UTC(2020, month, 1));
    for (const style of ['long', 'short'] as const) {
      for (const options of [{ month: style }, { month: style, day: 'numeric' }] as Intl.DateTimeFormatOptions[]) {
        const parts = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).formatToParts(date);
        const name = fold(parts.find((part) => part.type === 'month')?.value ?? '').replace(/\.$/, '');
        if (/^\p{L}{3,}$/u.test(name)) found.set(name, pad(String(month + 1)));
      }
    }
  }
  for (const [name, month] of EXTRA[language] ?? []) found.set(name, month);
  return found;
}
/** A pattern of every month name of a language, longest first. */
export const monthPattern = (language: string): string =>
  `(?:${[...monthsOf(language).keys()].sort((a, b) => b.length - a.length).join('|')})`;
