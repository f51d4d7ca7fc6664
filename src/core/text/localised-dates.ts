import { type DateMention, dates } from '../time/dates.ts';
import { fold } from './tokens.ts';

const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const BARE_DAY = '(?:[12]\\d|3[01]|0?[1-9])';
const DAY = `${BARE_DAY}(?:er|\\.?[ºª°]|\\.|e)?`;
/** Between the two ends of a range: "6 au 8", "6 al 8", "6. bis 8.", "6 e 8". */
const UNTIL = 'au|a|al|bis|tot|t/m|ate|ao|fino a|по|до|الى';
const TO = `(?:\\s?[-–—]\\s?|\\s+(?:${UNTIL}|et|y|e|ed|und|en|и|و)\\s+)`;
/** Of years: "2018 et 2019" are two. */
const SPAN = `(?:\\s?[-–—]\\s?|\\s+(?:${UNTIL})\\s+)`;
const OF = "(?:\\s+(?:de|d['’]|del|do|von|van))?\\s*";
const DECADE = '(?:annees|anos|anni|jaren|decada de|decada dos anos)';

type Reader = { pattern: RegExp; read: (groups: (string | undefined)[]) => { from: string; to: string } | null };
const pad = (value: string) => value.padStart(2, '0');
const edge = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu');

function period(from: string, to = from): { from: string; to: string } | null {
  const ok = [from, to].every((date) => {
    const [, month = '01', day = '01'] = date.split('-');
    return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  });
  return ok && from.slice(0, to.length) <= to.slice(0, from.length) ? { from, to } : null;
}

/** Month names of a language, long and short, as its dates and its calendars write them, folded. From the runtime's CLDR data. */
function monthsOf(language: string): Map<string, string> {
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
/** Forms CLDR does not list. Folded. */
const EXTRA: Readonly<Record<string, [string, string][]>> = {
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

/** Chinese, Japanese, Korean: written without spaces, or with them in Korean. */
const EAST: Reader[] = [
  {
    pattern: new RegExp(
      `(?<!\\d)(${YEAR})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})\\s?[日일]\\s?(?:至|到|[-–—~～〜]|から|부터)\\s?(?:(\\d{1,2})\\s?[月월]\\s?)?(\\d{1,2})\\s?[日일]`,
      'gu',
    ),
    read: ([y, m, d, n, e]) => period(`${y}-${pad(m!)}-${pad(d!)}`, `${y}-${pad(n ?? m!)}-${pad(e!)}`),
  },
  {
    pattern: new RegExp(`(?<!\\d)(${YEAR})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})\\s?[日일]`, 'gu'),
    read: ([y, m, d]) => period(`${y}-${pad(m!)}-${pad(d!)}`),
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(${YEAR})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]?\\s?(?:至|到|和|[-–—~～〜]|から)\\s?(\\d{1,2})\\s?[月월]`,
      'gu',
    ),
    read: ([y, m, n]) => period(`${y}-${pad(m!)}`, `${y}-${pad(n!)}`),
  },
  { pattern: new RegExp(`(?<!\\d)(${YEAR})\\s?[年년]\\s?(\\d{1,2})\\s?[月월]`, 'gu'), read: ([y, m]) => period(`${y}-${pad(m!)}`) },
  {
    pattern: new RegExp(`(?<!\\d)(${YEAR})\\s?[年년]?\\s?(?:至|到|[-–—~～〜]|から|부터)\\s?(${YEAR})(?:\\s?[年년])?(?!\\d)`, 'gu'),
    read: ([y, z]) => period(y!, z!),
  },
  {
    pattern: new RegExp(`(?<!\\d)(${YEAR})\\s?[-–—/]\\s?(\\d\\d)\\s?[年년](?!\\d)`, 'gu'),
    read: ([y, z]) => period(y!, y!.slice(0, 2) + z),
  },
  { pattern: /(?<!\d)(1[5-9]\d0|20\d0)\s?(?:年代|년대)/gu, read: ([y]) => period(y!, String(Number(y) + 9)) },
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
  { pattern: new RegExp(`(?<!\\d)(${YEAR})\\s?[年년]`, 'gu'), read: ([y]) => period(y!) },
];

function spaced(language: string): Reader[] {
  const months = monthsOf(language);
  const MONTH = `(?:${[...months.keys()].sort((a, b) => b.length - a.length).join('|')})`;
  const month = (name: string | undefined) => months.get(name ?? '') as string;
  const day = (text: string | undefined) => pad(String(Number.parseInt(text ?? '', 10)));
  return [
    {
      pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR})${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR})`),
      read: ([d, m, y, e, n, z]) => period(`${y}-${month(m)}-${day(d)}`, `${z}-${month(n)}-${day(e)}`),
    },
    {
      pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR})`),
      read: ([d, m, e, n, y]) => period(`${y}-${month(m)}-${day(d)}`, `${y}-${month(n)}-${day(e)}`),
    },
    {
      pattern: edge(`(${DAY})${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR})`),
      read: ([d, e, m, y]) => period(`${y}-${month(m)}-${day(d)}`, `${y}-${month(m)}-${day(e)}`),
    },
    { pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR})`), read: ([d, m, y]) => period(`${y}-${month(m)}-${day(d)}`) },
    {
      pattern: edge(`(${MONTH})\\.?${OF}(${YEAR})${TO}(${MONTH})\\.?${OF}(${YEAR})`),
      read: ([m, y, n, z]) => period(`${y}-${month(m)}`, `${z}-${month(n)}`),
    },
    {
      pattern: edge(`(${MONTH})\\.?${TO}(${MONTH})\\.?${OF}(${YEAR})`),
      read: ([m, n, y]) => period(`${y}-${month(m)}`, `${y}-${month(n)}`),
    },
    { pattern: edge(`(${MONTH})\\.?${OF}(${YEAR})`), read: ([m, y]) => period(`${y}-${month(m)}`) },
    { pattern: edge(`(${BARE_DAY})[./-](0?[1-9]|1[0-2])[./-](${YEAR})`), read: ([d, m, y]) => period(`${y}-${pad(m!)}-${pad(d!)}`) },
    { pattern: edge(`(?:${DECADE})\\s+((?:1[5-9]|20|21)\\d0)`), read: ([y]) => period(y!, String(Number(y) + 9)) },
    { pattern: edge(`(${YEAR})er(?:[- ]jahren?)?`), read: ([y]) => (y!.endsWith('0') ? period(y!, String(Number(y) + 9)) : null) },
    { pattern: edge(`(${YEAR})${SPAN}(${YEAR})`), read: ([y, z]) => period(y!, z!) },
  ];
}

const readers = new Map<string, Reader[]>();

/**
 * Lower case, without accents, digits of any script as ASCII, narrow spaces as spaces: letter by letter, so that offsets
 * stay what they are. Kana and Hangul, and what folds to more than one unit, is kept.
 */
export function foldInPlace(text: string): string {
  return text.toLowerCase().length !== text.length
    ? text
    : text.toLowerCase().replace(/[^\x00-\x7f]/g, (letter) => {
        if (/[\u00a0\u202f\u2009]/.test(letter)) return ' ';
        if (/[٠-٩]/.test(letter)) return String((letter.codePointAt(0) as number) - 0x660);
        if (/[۰-۹]/.test(letter)) return String((letter.codePointAt(0) as number) - 0x6f0);
        if (/[ºª°\u3040-\u9fff\uac00-\ud7a3]/.test(letter)) return letter;
        const folded = fold(letter);
        return folded.length === 1 ? folded : letter;
      });
}

/** Dates of a text in a language other than English; what the language's own forms leave is read as `dates` reads it. */
export function localDates(text: string, language: string): DateMention[] {
  if (!/\p{Nd}{4}|[一二][零〇一二三四五六七八九]{3}年/u.test(text) && !/世纪/.test(text)) return [];
  const prepared = foldInPlace(text);
  let own = readers.get(language);
  if (!own) {
    own = ['zh', 'ja', 'ko'].includes(language) ? EAST : spaced(language);
    readers.set(language, own);
  }
  let found: DateMention[] = [];
  for (const { pattern, read } of own) {
    const fresh: DateMention[] = [];
    for (const match of prepared.matchAll(pattern)) {
      const period = read(match.slice(1));
      if (period) fresh.push({ ...period, start: match.index, end: match.index + match[0].length });
    }
    found = merge(found, fresh);
  }
  return merge(found, dates(prepared));
}

/** Adds what overlaps nothing; both ascend. */
function merge(found: readonly DateMention[], fresh: readonly DateMention[]): DateMention[] {
  if (fresh.length === 0) return [...found];
  const free: DateMention[] = [];
  let next = 0;
  for (const date of fresh) {
    while (next < found.length && (found[next] as DateMention).end <= date.start) next++;
    if (next < found.length && (found[next] as DateMention).start < date.end) continue;
    free.push(date);
  }
  return [...found, ...free].sort((a, b) => a.start - b.start);
}
