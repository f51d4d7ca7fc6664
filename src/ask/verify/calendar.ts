import { fold } from '../../core/text/tokens.ts';

/** Words of time in any language, out of the runtime's CLDR data: months, weekdays, units, "last year". */
export interface Calendar {
  /** Folded name or short name -> 1..12. */
  months: ReadonlyMap<string, number>;
  /** Folded names. */
  weekdays: ReadonlyMap<string, number>;
  /** Folded unit, one or several -> its English name. */
  units: ReadonlyMap<string, TimeUnit>;
  /** "Last year", folded, and what it is counted from today. */
  relative: readonly { phrase: RegExp; unit: 'month' | 'year'; by: number }[];
}
type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const UNITS: readonly TimeUnit[] = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'];
const known = new Map<string, Calendar>();

/** The calendar of a language; English for one the runtime does not know. */
export function calendarOf(language: string): Calendar {
  let found = known.get(language);
  if (!found) {
    found = make(/^[a-z]{2,3}$/.test(language) && language !== 'und' ? language : 'en');
    known.set(language, found);
  }
  return found;
}

function make(language: string): Calendar {
  const months = new Map<string, number>();
  const weekdays = new Map<string, number>();
  const dated = (options: Intl.DateTimeFormatOptions, date: Date, type: string) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).formatToParts(date).find((part) => part.type === type)?.value ?? '';
  for (let month = 0; month < 12; month++) {
    const date = new Date(Date.UTC(2024, month, 15));
    // Beside a day some languages bend the name.
    for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }] as const) {
      const name = fold(dated(options, date, 'month')).replace(/\.$/, '');
      if (/\p{L}/u.test(name)) months.set(name, month + 1);
    }
  }
  if (language === 'en') months.set('sept', 9);
  for (let day = 0; day < 7; day++) weekdays.set(fold(dated({ weekday: 'long' }, new Date(Date.UTC(2024, 0, 1 + day)), 'weekday')), day);
  const units = new Map<string, TimeUnit>();
  for (const unit of UNITS) {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
    for (const amount of [1, 2, 5, 1.5]) {
      const name = format.formatToParts(amount).find((part) => part.type === 'unit')?.value;
      if (name) units.set(fold(name), unit);
    }
  }
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const relative = (['month', 'year'] as const).flatMap((unit) =>
    [-1, 0, 1].flatMap((by) => {
      const phrase = fold(format.format(by, unit));
      return /^[\p{L}\p{M} ]+$/u.test(phrase) ? [{ phrase: new RegExp(`(?<!\\p{L})${phrase}(?!\\p{L})`, 'gu'), unit, by }] : [];
    }),
  );
  return { months, weekdays, units, relative };
}
