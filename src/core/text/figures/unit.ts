import { foldInPlace } from '../tokens.ts';
import { CURRENCY_AFTER, CURRENCY_BEFORE, currencyOf } from './currencies.ts';
import { type Figure, mayBeYear } from './figure.ts';
import type { NumberWords } from './words.ts';

/** A percent sign or word right after a number, in any language but English. */
export const PERCENT_AFTER =
  /^[\s\u00a0\u202f]?(?:%|％|٪|pour[\s-]cents?\b|por\s?ciento\b|por\s?cento\b|per\s?cento\b|prozent\p{L}*|procent\b|per\s?cent\b|percent\b|процент\p{L}*|パーセント|퍼센트|프로|بالمئة|في المئة|بالمائة|في المائة|个百分点)/iu;

/** A number and where its digits and words stand (UTF-16). */
export interface CountedRun {
  value: number;
  start: number;
  end: number;
  /** Digits alone, as a year may be. */
  plain: boolean;
}

/**
 * The figure that a number is with what stands around it: ordinal, percentage, money, year. Null where its digits are part
 * of a name. `words` is null for Chinese, Japanese and Korean, where letters stand right behind digits.
 */
export function withUnit(text: string, number: CountedRun, words: NumberWords | null): Figure | null {
  const { value } = number;
  if (!Number.isFinite(value)) return null;
  let { start, end } = number;
  const tail = text.slice(end, end + 40);
  const mark = number.plain ? words?.mark?.exec(tail) : null;
  if (mark) return { value, unit: null, kind: 'ordinal', start, end: end + mark[0].length };
  // Digits that go straight over into letters are names ("3G", "10M").
  if (number.plain && /^[\p{L}_]/u.test(tail) && words !== null && !CURRENCY_AFTER.test(tail)) return null;
  const percent = PERCENT_AFTER.exec(tail);
  let unit: string | null = null;
  if (percent) {
    unit = '%';
    end += percent[0].length;
  } else {
    const folded = foldInPlace(tail);
    const after = CURRENCY_AFTER.exec(folded);
    const before = CURRENCY_BEFORE.exec(text.slice(Math.max(0, start - 12), start));
    if (after) {
      unit = currencyOf(after);
      end += after[0].length;
    }
    if (before) {
      unit ??= currencyOf(before);
      start -= before[0].length;
    }
  }
  const year = unit === null && number.plain && /^\p{Nd}{4}$/u.test(text.slice(start, end)) && mayBeYear(value);
  const kind = unit === '%' ? 'percent' : unit ? 'money' : year ? 'year' : 'number';
  return { value, unit, kind, start, end };
}
