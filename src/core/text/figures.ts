import { eachMatch, isPlain, plainPattern } from './plain.ts';

/** A quantity as a text states it. */
export interface Figure {
  /** The value with its multiplier applied: "US$ 1.2 million" is 1200000. */
  value: number;
  /** `USD`, `EUR`, … or `%`; null for a bare number. */
  unit: string | null;
  /** `number`, `money`, `percent`, `ordinal`, `year` (1500–2199 without unit or separator). */
  kind: 'number' | 'money' | 'percent' | 'ordinal' | 'year';
  /** True when stated as "over", "about", "up to" and so on. */
  approximate: boolean;
  /** UTF-16 offsets of the figure with its unit. */
  start: number;
  end: number;
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const SCALES: Record<string, number> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  mn: 1e6,
  billion: 1e9,
  bn: 1e9,
  trillion: 1e12,
  dozen: 12,
};
const WORD_VALUES = new Map<string, number>([
  ...ONES.map((word, value) => [word, value] as [string, number]),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as [string, number]),
]);
const ORDINAL_VALUES = new Map(ORDINALS.map((word, value) => [word, value] as [string, number]));

/** Signs and codes that stand before a sum. */
const SIGNS: Record<string, string> = Object.fromEntries(
  (
    'us$ USD u.s.$ USD a$ AUD au$ AUD c$ CAD ca$ CAD hk$ HKD nz$ NZD s$ SGD r$ BRL $ USD € EUR £ GBP ¥ CNY ₹ INR ₩ KRW ₽ RUB ₺ TRY ₫ VND ₱ PHP ₦ NGN ' +
    '₪ ILS ₴ UAH ₸ KZT ฿ THB'
  )
    .split(' ')
    .flatMap((sign, at, all) => (at % 2 === 0 ? [[sign, all[at + 1] as string]] : [])),
);
/** Codes (ISO 4217) that are no English words. */
const CODES =
  'usd eur gbp chf cny jpy inr krw rub vnd ngn ils uah kzt thb brl zar kes ugx tzs etb ghs egp aed sar qar kwd idr myr sgd hkd twd aud nzd cad mxn clp sek nok dkk isk pln czk huf pkr bdt lkr npr'.split(
    ' ',
  );
/** Names that stand behind a sum; of a country's own where only one uses it, else the name is the unit. */
const NAMES: Record<string, string> = {
  'us dollars': 'USD',
  'u.s. dollars': 'USD',
  dollars: 'USD',
  dollar: 'USD',
  euros: 'EUR',
  euro: 'EUR',
  'pounds sterling': 'GBP',
  pounds: 'GBP',
  yuan: 'CNY',
  rmb: 'CNY',
  renminbi: 'CNY',
  yen: 'JPY',
  'swiss francs': 'CHF',
  francs: 'CHF',
  ...Object.fromEntries(
    (
      'crowns kroner kronor koruny rupees pesos reais rand roubles rubles baht rupiah ringgit dong dirhams dinars riyals rials shekels liras zlotys forints ' +
      'leva hryvnias naira cedis shillings birr kyats kip riels taka tenge manat somoni tugriks'
    )
      .split(' ')
      .map((name) => [name, name.toUpperCase()]),
  ),
};
const CURRENCY: Record<string, string> = {
  ...SIGNS,
  ...Object.fromEntries([...CODES, 'rmb'].map((code) => [code, code.toUpperCase()])),
  ...NAMES,
};
/** Longest first, since the first that fits is taken; a word ends where its letters do. */
const oneOf = (list: readonly string[]): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[.$]/g, '\\$&').replace(/ /g, '\\s') + (/[a-z]$/.test(one) ? '\\b' : ''))
    .join('|');
const NUMBER_WORD = `(?:${[...ONES, ...TENS].sort((a, b) => b.length - a.length).join('|')})`;
const SPELLED = `${NUMBER_WORD}(?:(?:[\\s-]+(?:and[\\s-]+)?)(?:${NUMBER_WORD}|hundred|thousand|million|billion))*`;
const FIGURE_PATTERN =
  `(?<before>us\\s\\$|u\\.s\\.\\s\\$|${oneOf(Object.keys(SIGNS))}|(?<![\\p{L}])(?:${oneOf([...CODES, 'rmb'])}))?\\s?` +
  `(?<![\\p{L}\\p{N}.])(?:(?<digits>\\p{Nd}+(?:[,\u00a0\u202f ’']\\p{Nd}{3}(?!\\p{Nd}))*(?:\\.\\p{Nd}+)?)(?<ordinal>st|nd|rd|th)?|(?<spelled>${SPELLED}))(?![\\p{L}\\p{N}])` +
  '(?:[\\s-]?(?<scale>hundred|thousand|million|mn|billion|bn|trillion|dozen)\\b)?' +
  `(?:\\s?(?<after>%|per\\s?cent\\b|percent\\b|€|${oneOf([...Object.keys(NAMES), ...CODES])}))?`;
const FIGURE = new RegExp(FIGURE_PATTERN, 'giu');
const PLAIN_FIGURE = plainPattern(FIGURE_PATTERN);
const APPROXIMATE =
  /(?:over|about|around|nearly|almost|approximately|some|roughly|more than|less than|at least|up to|fewer than|circa|c\.|an estimated)\s*$/i;
const ORDINAL_PATTERN = `(?<![\\p{L}\\p{N}-])(${ORDINALS.slice(1)
  .sort((a, b) => b.length - a.length)
  .join('|')})(?![\\p{L}\\p{N}-])`;
const ORDINAL_WORD = new RegExp(ORDINAL_PATTERN, 'giu');
const PLAIN_ORDINAL_WORD = plainPattern(ORDINAL_PATTERN);

/** Without one of these a text states no figure; looked for first, since the patterns above take their time. */
const ANY_FIGURE = /\p{Nd}/u;
const ANY_WORD = new RegExp(`(?<![a-z])(?:${[...ONES, ...TENS].join('|')})`, 'iu');
const ANY_ORDINAL = /first|second|third|th(?![\p{L}\p{N}-])/iu;
/** The same for plain text in lower case. */
const PLAIN_ANY = new RegExp(`\\d|(?<![a-z])(?:${[...ONES, ...TENS].join('|')})`, 'g');
/** What may stand before the digits or the word of a figure: "u.s. $ ". */
const LEAD_LENGTH = 8;
const PLAIN_ANY_ORDINAL = /first|second|third|th(?![a-z\d-])/;

/** Looks for figures only around what a figure cannot be without: most of a text is passed over by the simpler pattern. */
function eachPlainFigure(plain: string, put: (match: RegExpExecArray) => void): void {
  for (let end = 0; ; ) {
    PLAIN_ANY.lastIndex = end;
    const hint = PLAIN_ANY.exec(plain);
    if (!hint) return;
    PLAIN_FIGURE.lastIndex = Math.max(end, hint.index - LEAD_LENGTH);
    const match = PLAIN_FIGURE.exec(plain);
    if (!match) return;
    put(match);
    end = match.index + match[0].length;
  }
}

function spelledValue(text: string): number {
  let total = 0;
  let part = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const value = WORD_VALUES.get(word);
    const scale = SCALES[word];
    if (value !== undefined) part += value;
    else if (scale === 100) part = (part || 1) * 100;
    else if (scale !== undefined) {
      total += (part || 1) * scale;
      part = 0;
    }
  }
  return total + part;
}

/**
 * Every figure in a text, in order: digits with separators, spelled-out numbers, money, percentages, ordinals, years.
 * "one" alone is skipped: it is nearly always a pronoun. Total for any string.
 */
export function figures(text: string): Figure[] {
  const found: Figure[] = [];
  // Its length stays the same, so that places found in it are places in the text.
  const plain = isPlain(text) ? text.toLowerCase() : null;
  const put = (match: RegExpExecArray) => {
    const groups = match.groups as Record<string, string | undefined>;
    const { digits, spelled, scale, ordinal } = groups;
    if (spelled && !scale && !groups.after && !groups.before && /^one$/i.test(spelled)) return;
    let value = digits === undefined ? spelledValue(spelled as string) : Number(normaliseDigits(digits));
    if (!Number.isFinite(value)) return;
    if (scale) value *= SCALES[scale.toLowerCase()] as number;
    const lead = match[0].length - match[0].trimStart().length;
    const start = match.index + lead;
    const before = groups.before?.toLowerCase().replace(/\s|\./g, '');
    const after = groups.after?.toLowerCase();
    const percent = after === '%' || (after !== undefined && /^per\s?cent$/.test(after));
    const unit = percent ? '%' : ((before && CURRENCY[before]) ?? (after && CURRENCY[after]) ?? null) || null;
    const plain = unit === null && !scale && digits !== undefined && /^\d{4}$/.test(digits);
    const kind = percent ? 'percent' : unit ? 'money' : ordinal ? 'ordinal' : plain && value >= 1500 && value < 2200 ? 'year' : 'number';
    found.push({
      value,
      unit,
      kind,
      approximate: APPROXIMATE.test(text.slice(Math.max(0, start - 16), start)),
      start,
      end: match.index + match[0].length,
    });
  };
  if (plain !== null) eachPlainFigure(plain, put);
  else if (ANY_FIGURE.test(text) || ANY_WORD.test(text)) eachMatch(FIGURE, text, put);
  const mayCount = plain === null ? ANY_ORDINAL.test(text) : PLAIN_ANY_ORDINAL.test(plain);
  const putOrdinal = (match: RegExpExecArray) => {
    const value = ORDINAL_VALUES.get((match[1] as string).toLowerCase()) as number;
    found.push({ value, unit: null, kind: 'ordinal', approximate: false, start: match.index, end: match.index + match[0].length });
  };
  if (mayCount) eachMatch(plain === null ? ORDINAL_WORD : PLAIN_ORDINAL_WORD, plain ?? text, putOrdinal);
  return found.sort((a, b) => a.start - b.start);
}

function normaliseDigits(digits: string): string {
  // Any script's decimal digits to ASCII, then without thousands separators.
  return digits
    .normalize('NFKC')
    .replace(/[^\p{Nd}.]/gu, '')
    .replace(/\p{Nd}/gu, (digit) => (/\d/.test(digit) ? digit : String(digitValue(digit))));
}

/** Decimal value of a non-ASCII digit: Unicode lays the ten digits of a script in one run that starts at zero. */
function digitValue(digit: string): number {
  let code = digit.codePointAt(0) as number;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return value;
}
