import type { en } from './en.ts';

/** A text with a form for each plural category of its language (CLDR: zero, one, two, few, many, other); `{count}` is the number. */
type Plural = { other: string } & Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>;

/** Every text the widget shows or says; `{name}` is filled in. Plain data, so that a page can bring its own language as JSON. */
export type Messages = { [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : Plural };
export type MessageKey = keyof Messages;

/** Languages whose texts the service has: files of their own, loaded when they are needed. English comes with the script. */
export const LOADED: readonly string[] = ['ar', 'de', 'es', 'fr', 'zh'];
/** Languages written from right to left that a page may bring messages in. */
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Texts, numbers and dates of one language. */
export interface Words {
  language: string;
  direction: 'ltr' | 'rtl';
  say(key: MessageKey, values?: Record<string, string | number>): string;
  /** An edition date of any precision as the language writes it. */
  date(iso: string): string;
}

export const primaryOf = (language: string): string => language.toLowerCase().split(/[-_]/)[0] as string;

const loading = new Map<string, Promise<Partial<Messages> | null>>();

/** Texts of a language from a service, asked for once unless that fails; null where it has none or does not answer. */
export function loadMessages(endpoint: string, language: string): Promise<Partial<Messages> | null> {
  const url = `${endpoint}/widget/messages-${language}.json`;
  let texts = loading.get(url);
  if (!texts) {
    texts = fetch(url, { credentials: 'same-origin', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(60_000) })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => {
        loading.delete(url);
        return null;
      });
    loading.set(url, texts);
  }
  return texts;
}

/**
 * Words of a BCP 47 language with its `catalogue`. Without one it speaks `english` except where `own` has texts; dates and
 * plural rules are those of the language as far as the browser knows them.
 */
export function widgetWords(
  language: string,
  english: Partial<Messages>,
  own: Partial<Messages> = {},
  catalogue: Partial<Messages> | null = null,
): Words {
  const hasOwn = Object.keys(own).length > 0;
  // Without texts in the language its number and date forms would stand in English sentences.
  const spoken = catalogue || hasOwn || primaryOf(language) === 'en' ? safeTag(language) : 'en';
  // The texts of answers are there before anything says them.
  const texts = { ...english, ...catalogue, ...own } as Messages;
  const plural = new Intl.PluralRules(spoken);
  const number = new Intl.NumberFormat(spoken);
  return {
    language: spoken,
    direction: RIGHT_TO_LEFT.has(spoken.split('-')[0] as string) ? 'rtl' : 'ltr',
    say(key, values = {}) {
      const text = texts[key];
      const form = typeof text === 'string' ? text : (text[plural.select(Number(values.count))] ?? text.other);
      return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
        if (!Object.hasOwn(values, name)) return whole;
        const value = values[name] as string | number;
        return typeof value === 'number' ? number.format(value) : value;
      });
    },
    date(iso) {
      const [year, month, day] = iso.split('-').map(Number);
      const at = new Date(Date.UTC(year as number, (month ?? 1) - 1, day ?? 1));
      if (Number.isNaN(at.getTime())) return iso;
      // A year alone is the same everywhere; some languages would add a word to it.
      if (!month) return String(year);
      const parts: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', ...(day ? { day: 'numeric' } : {}) };
      return new Intl.DateTimeFormat(spoken, { ...parts, timeZone: 'UTC', calendar: 'gregory' }).format(at);
    },
  };
}

function safeTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
