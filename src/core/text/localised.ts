import { type DateMention, dates } from '../time/dates.ts';
import { type Figure, figures } from './figures.ts';
import { foldInPlace, localDates } from './localised-dates.ts';
import { HAN_DIGITS, HAN_UNITS, NUMBER_WORDS, type NumberWords } from './number-words.ts';
import { fold } from './tokens.ts';

export { abbreviationsAcross } from './bodies.ts';
export { countriesIn } from './localised-places.ts';

/** Languages whose figures and dates are read by their own rules; any other text is read as English. */
export const LOCALISED: ReadonlySet<string> = new Set(['fr', 'es', 'de', 'it', 'pt', 'nl', 'ru', 'ar', 'zh', 'ja', 'ko']);
const HAN_LANGUAGES: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);

const DIGITS = "\\p{Nd}+(?:[.,٫٬\\u00a0\\u202f\\u2009 '’]\\p{Nd}+)*";
/** A number in digits, or a word. Longest runs only, so that each character is looked at once. */
const NUMBER_PIECE = new RegExp(`(?<digits>${DIGITS})|(?<word>\\p{L}[\\p{L}\\p{M}]*)`, 'gu');
const HAN_NUMERALS = [...HAN_DIGITS.keys(), ...HAN_UNITS.keys()].join('');
/** Korean scale words are syllables of many others: they count after digits only. */
const HAN_NUMBER = new RegExp(
  `[\\p{Nd}${HAN_NUMERALS.replace(/[가-힣]/g, '')}](?:[\\p{Nd}${HAN_NUMERALS}]|(?<=\\p{Nd})[,.．](?=\\p{Nd})|(?<=[가-힣\\p{Nd}]) (?=\\p{Nd}+(?:,\\p{Nd}{3})*[만천백]))*`,
  'gu',
);
/** After a single Han numeral: words that count, so that 三方 (tripartite) and 十分 (very) are no figures. */
const CLASSIFIER =
  /^\s?(?:个(?!别)|個|项|項|名|位|次|届|屆|家|种|種|条|條|份|年|月|周|週|天|倍|所|座|部|批|类|期|场|起|件|例|人|つ|回|カ国|か国|ヶ国|国(?=の|で)|%|％)/u;
const HAN_PERCENT = new RegExp(
  `百分之(?:(?<digits>\\p{Nd}+(?:\\.\\p{Nd}+)?)|(?<han>[${HAN_NUMERALS.replace(/[가-힣]/g, '')}]{1,8})(?:点(?<point>[${[...HAN_DIGITS.keys()].join('')}]{1,6}))?)`,
  'gu',
);

const PERCENT =
  /^[\s\u00a0\u202f]?(?:%|％|٪|pour[\s-]cents?\b|por\s?ciento\b|por\s?cento\b|per\s?cento\b|prozent\p{L}*|procent\b|per\s?cent\b|percent\b|процент\p{L}*|パーセント|퍼센트|프로|بالمئة|في المئة|بالمائة|في المائة|个百分点)/iu;
const BETWEEN = "[\\s\\u00a0\\u202f]?(?:(?:de|di|von|van|d['’])[\\s\\u00a0]?)?";
/** Each currency by its folded words after the amount; symbols and codes stand before it as well. */
const CURRENCIES: [string, string][] = [
  [
    'USD',
    'us[- ]?dollars?|us ?\\$|\\$ ?us\\b|\\$ ?eu\\b|dollars?|dolar(?:es)?\\b|dollari|dollaro|доллар|долл\\b|美元|美金|ドル|米ドル|달러|دولار|usd\\b|\\$',
  ],
  ['EUR', 'euros?\\b|евро|欧元|ユーロ|유로|يورو|eur\\b|€'],
  [
    'CHF',
    'francs suisses|francos suizos|francos suicos|schweizer franken|franken|franchi svizzeri|zwitserse frank|瑞士法郎|chf\\b|francs\\b|francos\\b',
  ],
  ['CNY', 'yuans?\\b|renminbi|юан|人民币|元|위안|rmb\\b|cny\\b|¥'],
  ['JPY', 'yens?\\b|иен|日元|円|엔|jpy\\b'],
  ['GBP', 'livres sterling|libras esterlinas|pfund|sterline|фунт|英镑|ポンド|파운드|gbp\\b|£'],
];
const CURRENCY_AFTER = new RegExp(`^${BETWEEN}(?:${CURRENCIES.map(([code, words]) => `(?<${code}>${words})`).join('|')})`, 'iu');
const CURRENCY_BEFORE =
  /(?:(?<USD>us\s?\$|usd|us-dollar|美元|\$)|(?<EUR>eur|€)|(?<CHF>chf)|(?<CNY>rmb|cny|人民币|¥)|(?<GBP>gbp|£)|(?<JPY>jpy))\s?$/iu;
const APPROXIMATE =
  /(?:environ|pres de|plus de|moins de|quelque|au moins|jusqu'a|mas de|menos de|cerca de|casi|unos|unas|alrededor de|al menos|hasta|aproximadamente|uber|mehr als|weniger als|rund|etwa|ca\.|knapp|fast|mindestens|bis zu|oltre|piu di|circa|quasi|almeno|mais de|quase|pelo menos|meer dan|ongeveer|bijna|ruim|minstens|более|менее|около|почти|约|约有|超过|逾|近|大约|至少|多达|約|以上|약|حوالي|أكثر من)\s?$/i;

/** Ordinal marks right after digits; in German a full stop before a word in small letters or a noun that is no sentence's opening. */
const ORDINAL_MARK: Readonly<Record<string, RegExp>> = {
  fr: /^(?:er|re|ere|ère|e|es|eme|ème|ieme|ième|nd|nde)(?![\p{L}\p{N}])/iu,
  es: /^\.?[ºªo°](?![\p{L}\p{N}])|^(?:er|ra|ro|do|da|to|ta|mo|ma|vo|va|no|na)(?![\p{L}\p{N}])/iu,
  pt: /^\.?[ºª°](?![\p{L}\p{N}])/iu,
  it: /^[ºª°](?![\p{L}\p{N}])/iu,
  nl: /^(?:e|ste|de)(?![\p{L}\p{N}])/iu,
  de: /^\.(?=\s(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|In|Im|Am|An|Auf|Bei|Mit|Nach|Von|Für|Dies|Diese|Dieser|Damit|Dazu|Davon|Zudem|Auch|Außerdem|Seit|Und|Doch|Aber|China)\s)\p{L})/u,
  ru: /^-(?:й|я|е|го|м|х|ой|ая|ый|ую)(?![\p{L}\p{N}])/iu,
};

/**
 * Every figure of a text in the given language, in order, with values that compare with those of English texts: digits
 * with that language's separators ("1.000.000", "2,5 Millionen", "280万"), spelled-out numbers, percentages, money,
 * ordinals, years. For `en`, `und` and languages without rules of their own the same as `figures`. Total for any string.
 */
export function figuresIn(text: string, language: string): Figure[] {
  if (!LOCALISED.has(language)) return figures(text);
  const found = HAN_LANGUAGES.has(language) ? hanFigures(text) : spacedFigures(text, language, NUMBER_WORDS[language] as NumberWords);
  return found.sort((a, b) => a.start - b.start);
}

/**
 * Every date of a text in the given language, in order, not overlapping: what `dates` reads, and that language's month
 * names, numeric dates and ranges. For `en` and `und` the same as `dates`. Total for any string.
 */
export function datesIn(text: string, language: string): DateMention[] {
  return LOCALISED.has(language) ? localDates(text, language) : dates(text);
}

/** Value of a run of digits with separators, or null when the parts are no single number ("12 34"). */
function digitsValue(raw: string, language: string, scaled: boolean): { value: number; length: number }[] {
  const ascii = raw.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
  const parts = ascii.split(/([.,٫٬\u00a0\u202f\u2009 '’])/);
  const out: { value: number; length: number }[] = [];
  const decimalComma = !HAN_LANGUAGES.has(language);
  for (let i = 0; i < parts.length; ) {
    let digits = parts[i] as string;
    let length = digits.length;
    let separator: string | null = null;
    let groups = 0;
    let at = i + 1;
    // Groups of three behind the same separator.
    if (digits.length <= 3) {
      while (at + 1 < parts.length && (parts[at + 1] as string).length === 3 && (separator === null || parts[at] === separator)) {
        separator = parts[at] as string;
        if (separator === '٫') break;
        digits += parts[at + 1];
        length += 4;
        groups++;
        at += 2;
      }
    }
    const decimal = decimalComma ? ',' : '.';
    const last = digits.at(-1);
    // "2,375 tonnes" is a decimal where the comma marks it; nobody writes the zero of "1,500" for a decimal. A single
    // group behind a comma before a scale word or percent sign is a decimal as well.
    if (groups === 1 && separator === decimal && language !== 'es' && (scaled || last !== '0')) {
      digits = `${digits.slice(0, -3)}.${digits.slice(-3)}`;
    } else if (at + 1 < parts.length && /[.,٫]/.test(parts[at] as string) && parts[at] !== separator) {
      digits += `.${parts[at + 1]}`;
      length += 1 + (parts[at + 1] as string).length;
      at += 2;
    }
    out.push({ value: Number(digits), length });
    i = at + 1;
    if (at < parts.length) out.push({ value: Number.NaN, length: (parts[at] as string).length });
  }
  return out;
}

const asciiDigit = (digit: string): string => {
  if (/\d/.test(digit)) return digit;
  let code = digit.codePointAt(0) as number;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return String(value);
};

/** A piece of a number: digits or a number word. */
interface Piece {
  kind: 'digits' | 'value' | 'one' | 'scale' | 'joiner';
  value: number;
  word: string;
  start: number;
  end: number;
}

function spacedFigures(text: string, language: string, words: NumberWords): Figure[] {
  const found: Figure[] = [];
  let run: Piece[] = [];
  const flush = () => {
    for (const number of combine(run)) {
      const figure = finish(text, number, language);
      if (figure) found.push(figure);
    }
    run = [];
  };
  const add = (piece: Piece) => {
    const previous = run.at(-1);
    if (previous && !/^[\s\u00a0\u202f-]{0,3}$/.test(text.slice(previous.end, piece.start))) flush();
    run.push(piece);
  };
  for (const match of text.matchAll(NUMBER_PIECE)) {
    const start = match.index;
    const raw = match[0];
    if (match.groups?.digits !== undefined) {
      // Digits that belong to a word ("C190") or a version ("1.2.3") are names.
      const attached = /[\p{L}_]/u.test(text[start - 1] ?? '');
      let at = start;
      const tail = text.slice(start + raw.length, start + raw.length + 24);
      for (const { value, length } of digitsValue(raw, language, PERCENT.test(tail) || startsWithScale(tail, words))) {
        if (!Number.isNaN(value) && !(attached && at === start)) {
          if (run.length > 0) flush();
          run.push({ kind: 'digits', value, word: '', start: at, end: at + length });
        } else if (!Number.isNaN(value)) flush();
        at += length;
      }
      continue;
    }
    const word = fold(raw);
    if (/[\p{Nd}]/u.test(text[start - 1] ?? '')) {
      // "10M", "28e": letters behind digits; marks of ordinals are read with the digits.
      flush();
      continue;
    }
    const end = start + raw.length;
    const scale = words.scales.get(word);
    const value = words.values.get(word);
    // The hundred of "pour cent" counts nothing.
    if (scale === 100 && /(?:pour|por|per)[\s-]$/i.test(text.slice(Math.max(0, start - 5), start))) flush();
    else if (scale !== undefined) add({ kind: 'scale', value: scale, word, start, end });
    else if (value !== undefined) add({ kind: 'value', value, word, start, end });
    else if (words.one.has(word)) add({ kind: 'one', value: 1, word, start, end });
    else if (word === words.joiner && run.length > 0) add({ kind: 'joiner', value: 0, word, start, end });
    else {
      flush();
      const ordinal = words.ordinals.get(word);
      if (ordinal !== undefined && ordinal > 0) {
        found.push({ value: ordinal, unit: null, kind: 'ordinal', approximate: false, start, end });
        continue;
      }
      const compound = word.length > 5 ? words.compound?.(word) : null;
      if (compound !== null && compound !== undefined && compound > 1) add({ kind: 'value', value: compound, word, start, end });
    }
  }
  flush();
  return found;
}

function startsWithScale(tail: string, words: NumberWords): boolean {
  const match = /^[\s\u00a0\u202f]?(\p{L}+)/u.exec(tail);
  const scale = match && words.scales.get(fold(match[1] as string));
  return typeof scale === 'number' && scale >= 1e6;
}

interface Combined {
  value: number;
  start: number;
  end: number;
  /** Digits alone, as a year may be. */
  plain: boolean;
}

/** Numbers of a run of pieces: "trois cent vingt et un mille", "2,5 millions", "mil millones"; "deux trois" are two. */
function combine(run: readonly Piece[]): Combined[] {
  const out: Combined[] = [];
  let total = 0;
  let part = 0;
  let biggest = 0;
  let open: { start: number; end: number; pieces: number; onlyOne: boolean; digits: boolean } | null = null;
  let previous: Piece | null = null;
  const close = () => {
    // "un" alone is an article; a joiner at the end belongs to what follows.
    if (open && !(open.onlyOne && open.pieces === 1)) {
      out.push({ value: total + part, start: open.start, end: open.end, plain: open.digits && open.pieces === 1 });
    }
    total = 0;
    part = 0;
    biggest = 0;
    open = null;
    previous = null;
  };
  for (const piece of run) {
    if (piece.kind === 'joiner') {
      previous = open ? piece : null;
      continue;
    }
    if (piece.kind === 'scale' && piece.value === 100) {
      const hundredfold: number = part % 1000;
      if (open && (hundredfold >= 100 || (hundredfold === 0 && part !== 0))) close();
      // "cent" after one to nine multiplies, else it stands for itself.
      part = (part || 1) * 100;
    } else if (piece.kind === 'scale') {
      // "des millions de personnes" counts nothing; "mille" alone is a thousand.
      if (!open && piece.value > 1000) continue;
      if (piece.value > biggest) total = (total + part || 1) * piece.value;
      else total += (part || 1) * piece.value;
      part = 0;
      biggest = Math.max(biggest, piece.value);
    } else {
      const four: boolean = previous !== null && (previous as Piece).word === 'quatre' && /^vingts?$/.test(piece.word);
      if (four) part += 76;
      else {
        if (open && !fits(part, piece)) close();
        part += piece.value;
      }
    }
    if (open) {
      const opened = open as { start: number; end: number; pieces: number; onlyOne: boolean; digits: boolean };
      opened.end = piece.end;
      opened.pieces++;
    } else open = { start: piece.start, end: piece.end, pieces: 1, onlyOne: piece.kind === 'one', digits: piece.kind === 'digits' };
    previous = piece;
  }
  close();
  return out;
}

/** Whether a value below 1,000 can follow in the same number: 8 after 20, 12 after 60 (soixante-douze), 28 after 300. */
function fits(part: number, { value, kind }: Piece): boolean {
  if (kind === 'digits') return false;
  if (part === 0) return true;
  if (value >= 100) return part % 1000 === 0;
  const rest = part % 100;
  if (rest === 0) return true;
  // dix-sept to dix-neuf
  if (rest === 10) return value >= 7 && value < 10;
  return rest % 10 === 0 && rest >= 20 && (value < 10 || ((rest === 60 || rest === 80) && value < 20));
}

function finish(text: string, number: Combined, language: string): Figure | null {
  const { value } = number;
  if (!Number.isFinite(value)) return null;
  let { start, end } = number;
  const tail = text.slice(end, end + 40);
  const mark = number.plain ? ORDINAL_MARK[language]?.exec(tail) : null;
  if (mark) return { value, unit: null, kind: 'ordinal', approximate: false, start, end: end + mark[0].length };
  // Digits that go straight over into letters are names ("3G", "10M").
  if (number.plain && /^[\p{L}_]/u.test(tail) && !HAN_LANGUAGES.has(language) && !CURRENCY_AFTER.test(tail)) return null;
  const percent = PERCENT.exec(tail);
  let unit: string | null = null;
  if (percent) {
    unit = '%';
    end += percent[0].length;
  } else {
    const folded = foldInPlace(tail);
    const after = CURRENCY_AFTER.exec(folded);
    const before = CURRENCY_BEFORE.exec(text.slice(Math.max(0, start - 12), start));
    if (after) {
      unit = Object.entries(after.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? null;
      end += after[0].length;
    }
    if (before) {
      unit ??= Object.entries(before.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? null;
      start -= before[0].length;
    }
  }
  const year = unit === null && number.plain && /^\p{Nd}{4}$/u.test(text.slice(start, end)) && value >= 1500 && value < 2200;
  const kind = unit === '%' ? 'percent' : unit ? 'money' : year ? 'year' : 'number';
  return { value, unit, kind, approximate: APPROXIMATE.test(foldInPlace(text.slice(Math.max(0, start - 20), start))), start, end };
}

function hanFigures(text: string): Figure[] {
  const found: Figure[] = [];
  let next = 0;
  const percents: { start: number; end: number }[] = [];
  for (const match of text.matchAll(HAN_PERCENT)) {
    const { digits, han, point } = match.groups as Record<string, string | undefined>;
    const whole = digits === undefined ? hanValue(han as string) : Number(digits.normalize('NFKC'));
    const value = point ? whole + Number(`0.${[...point].map((digit) => HAN_DIGITS.get(digit)).join('')}`) : whole;
    const start = match.index;
    const end = start + match[0].length;
    percents.push({ start, end });
    if (Number.isFinite(value)) found.push({ value, unit: '%', kind: 'percent', approximate: false, start, end });
  }
  for (const match of text.matchAll(HAN_NUMBER)) {
    const raw = match[0];
    const start = match.index;
    const end = start + raw.length;
    while (next < percents.length && (percents[next] as { end: number }).end <= start) next++;
    const percent = percents[next];
    if (percent && percent.start < end) continue;
    if (/[A-Za-z_]/.test(text[start - 1] ?? '') && /^\p{Nd}/u.test(raw)) continue;
    if (/^\p{Nd}+$/u.test(raw) && /[A-Za-z_]/.test(text[end] ?? '') && !CURRENCY_AFTER.test(text.slice(end, end + 12))) continue;
    const nth = /[第제]\s?$/u.test(text.slice(Math.max(0, start - 2), start));
    const digitless = !/\p{Nd}/u.test(raw);
    if (digitless && !nth) {
      const single = raw.length === 1;
      // 千万 (be sure to), 万一 (in case), 百万 after a digit is a scale; alone it still counts a million.
      if (raw === '万一' || /^[十百千万亿億萬兆]$/u.test(raw) || (single && (raw === '一' || !CLASSIFIER.test(text.slice(end, end + 3)))))
        continue;
    }
    const value = hanValue(raw);
    if (!Number.isFinite(value)) continue;
    if (nth) {
      found.push({ value, unit: null, kind: 'ordinal', approximate: false, start: start - 1, end });
      continue;
    }
    const figure = finish(text, { value, start, end, plain: /^\p{Nd}+$/u.test(raw) }, 'zh');
    if (figure) found.push(figure);
  }
  return found;
}

/** 二十八, 280万, 1亿2000万, 二〇一八, 2.8亿. */
function hanValue(raw: string): number {
  let total = 0;
  let section = 0;
  let number = 0;
  let has = false;
  const ascii = raw.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
  for (const match of ascii.matchAll(/\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\d\s,.]/gu)) {
    const piece = match[0];
    const digit = HAN_DIGITS.get(piece);
    const unit = HAN_UNITS.get(piece.normalize('NFC'));
    if (/^\d/.test(piece)) {
      number = Number(piece.replace(/,/g, ''));
      has = true;
    } else if (digit !== undefined) {
      number = has ? number * 10 + digit : digit;
      has = true;
    } else if (unit !== undefined && unit < 1e4) {
      section += (has ? number : 1) * unit;
      number = 0;
      has = false;
    } else if (unit !== undefined) {
      const below = section + number || (total > 0 ? 0 : 1);
      total = unit >= 1e8 ? (total + below) * unit : total + below * unit;
      section = 0;
      number = 0;
      has = false;
    }
  }
  return total + section + number;
}
