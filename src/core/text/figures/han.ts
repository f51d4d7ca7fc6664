import { CURRENCY_AFTER } from './currencies.ts';
import { asciiDigit, type Figure } from './figure.ts';
import { withUnit } from './unit.ts';
import { HAN_DIGITS, HAN_UNITS } from './words.ts';

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

/** Figures of a text in Chinese, Japanese or Korean, in order of finding. */
export function hanFigures(text: string): Figure[] {
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
    if (Number.isFinite(value)) found.push({ value, unit: '%', kind: 'percent', start, end });
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
      found.push({ value, unit: null, kind: 'ordinal', start: start - 1, end });
      continue;
    }
    const figure = withUnit(text, { value, start, end, plain: /^\p{Nd}+$/u.test(raw) }, null);
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
