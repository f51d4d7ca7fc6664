import type { Figure } from '../../core/text/figures.ts';
import type { DateMention } from '../../core/time/dates.ts';

/** How a figure is bounded: `exact`, `over` (more than), `least` (at least), `about`, `nearly`, `most` (up to), `under` (less than). */
export type Bound = 'exact' | 'over' | 'least' | 'about' | 'nearly' | 'most' | 'under';

/** A figure with what stands around it. UTF-16 offsets; `start` leaves the words of the bound out. */
export interface BoundFigure extends Figure {
  bound: Bound;
}

const BEFORE: [RegExp, Bound][] = [
  [/\b(?:at least|not less than|no less than|no fewer than|not fewer than|a minimum of|minimum of)\s*$/i, 'least'],
  [/\b(?:not more than|no more than|up to|at most|as (?:many|much) as|a maximum of|maximum of|capped at)\s*$/i, 'most'],
  [
    /\b(?:(?:more|longer|greater|higher|larger|bigger|older|later|better|further) than|over|above|exceed(?:s|ed|ing)?|upwards? of|in excess of|surpass(?:es|ed|ing)?|beyond|well over|just over)\s*$/i,
    'over',
  ],
  [/[>]\s*$/, 'over'],
  [/\b(?:(?:less|fewer|shorter|smaller|lower|younger|earlier) than|under|below)\s*$/i, 'under'],
  [/[<]\s*$/, 'under'],
  [/\b(?:nearly|almost|close to|just (?:under|below)|just short of|not quite)\s*$/i, 'nearly'],
  [
    /(?:\b(?:about|around|approximately|approx\.?|roughly|some|circa|an estimated|estimated|in the region of|in the order of)|\bc\.|[~≈])\s*$/i,
    'about',
  ],
];
const AFTER: [RegExp, Bound][] = [
  [/^\s*(?:\+|or more\b|or above\b|and more\b|plus\b)/i, 'least'],
  [/^\s*(?:or less\b|or fewer\b|at most\b)/i, 'most'],
  [/^\s*(?:or so\b|approximately\b)/i, 'about'],
];
const ARTICLE = /(?<![\p{L}\p{N}])(half\s+)?an?\s+(hundred|thousand|million|billion|dozen)(?![\p{L}\p{N}])/giu;
const ARTICLE_VALUES: Record<string, number> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, dozen: 12 };
const SHORT_SCALE = /(?<![\p{L}\p{N}])(us\$|usd\s?|\$|€|£|eur\s?|chf\s?)?\s?(\d{1,15}(?:\.\d{1,6})?)(k|m|bn|b)(?![\p{L}\p{N}])/giu;
const SHORT_VALUES: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9 };
const SHORT_UNITS: Record<string, string> = { us$: 'USD', usd: 'USD', $: 'USD', '€': 'EUR', eur: 'EUR', '£': 'GBP', chf: 'CHF' };
const ROMAN =
  /(?<=\b(?:phase|part|stage|annex|chapter|volume|tier|level|round)\s)(\d{1,2}|II|III|IV|VI{0,3}|IX|X)(?![\p{L}\p{N}]|[.,]\d)/giu;
const ROMAN_VALUES: Record<string, number> = { II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9, X: 10 };
const POINTS = /^[\s-]?(?:percentage[\s-]points?|points?\b|pp\b|p\.p\.)/i;
const TIMES: Record<string, number> = {
  twice: 2,
  thrice: 3,
  doubled: 2,
  doubling: 2,
  double: 2,
  tripled: 3,
  triple: 3,
  half: 0.5,
  halved: 0.5,
  quarter: 0.25,
};

/** Figures outside dates, with bounds, short scales ("$1.2m"), "a million", percentage points and Roman phases. In order. */
export function figuresOf(text: string, inDates: readonly DateMention[], list: readonly Figure[]): BoundFigure[] {
  const found: BoundFigure[] = [];
  const free = (start: number, end: number) =>
    !inDates.some((date) => start < date.end && date.start < end) && !found.some((other) => start < other.end && other.start < end);
  const add = (figure: Omit<Figure, 'approximate'>) => {
    const head = text.slice(Math.max(0, figure.start - 24), figure.start);
    const tail = text.slice(figure.end, figure.end + 16);
    let bound = BEFORE.find(([pattern]) => pattern.test(head))?.[1] ?? AFTER.find(([pattern]) => pattern.test(tail))?.[1] ?? 'exact';
    // "some" before an ordinal and "over" before a year bound nothing.
    if (figure.kind === 'ordinal' || figure.kind === 'year') bound = 'exact';
    found.push({ ...figure, approximate: bound !== 'exact', bound });
  };
  for (const match of text.matchAll(SHORT_SCALE)) {
    const start = match.index + match[0].length - match[0].trimStart().length;
    const end = match.index + match[0].length;
    const unit = SHORT_UNITS[(match[1] ?? '').trim().toLowerCase()] ?? null;
    const value = Number(match[2]) * (SHORT_VALUES[(match[3] as string).toLowerCase()] as number);
    // "5 m" may be metres; without a currency only what is written in one word and large is a figure.
    if (free(start, end)) add({ value: round(value), unit, kind: unit ? 'money' : 'number', start, end });
  }
  for (const match of text.matchAll(ARTICLE)) {
    const value = (ARTICLE_VALUES[(match[2] as string).toLowerCase()] as number) * (match[1] ? 0.5 : 1);
    add({ value, unit: null, kind: 'number', start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(ROMAN)) {
    const value = ROMAN_VALUES[match[1] as string] ?? Number(match[1]);
    if (value && free(match.index, match.index + match[0].length))
      add({ value, unit: null, kind: 'ordinal', start: match.index, end: match.index + match[0].length });
  }
  for (const figure of list) {
    if (!free(figure.start, figure.end)) continue;
    if (figure.kind === 'number' && POINTS.test(text.slice(figure.end, figure.end + 24)))
      add({ ...figure, unit: 'points', kind: 'percent' });
    else if (figure.kind === 'percent' && POINTS.test(text.slice(figure.end, figure.end + 24))) add({ ...figure, unit: 'points' });
    else add({ ...figure, value: round(figure.value) });
  }
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}-])(?:twice|thrice|doubl(?:e|ed|ing)|tripled?|half|halved|quarter)(?![\p{L}\p{N}-])/giu,
  )) {
    const value = TIMES[match[0].toLowerCase()];
    if (value && free(match.index, match.index + match[0].length))
      add({ value, unit: 'times', kind: 'number', start: match.index, end: match.index + match[0].length });
  }
  return shareUnits(
    text,
    found.sort((a, b) => a.start - b.start),
  );
}

/** "from 31 to 44 per cent" and "5 to 10 million" state the unit once for both. */
function shareUnits(text: string, list: BoundFigure[]): BoundFigure[] {
  for (let i = list.length - 2; i >= 0; i--) {
    const [one, next] = [list[i], list[i + 1]] as [BoundFigure, BoundFigure];
    if (one.kind !== 'number' || one.unit !== null || !/^\s*(?:to|or|-|–|—)\s*$/.test(text.slice(one.end, next.start))) continue;
    if (next.kind === 'percent' || next.kind === 'money') {
      one.kind = next.kind;
      one.unit = next.unit;
    }
    const scale = /\b(thousand|million|billion)\b/i.exec(text.slice(next.start, next.end))?.[1]?.toLowerCase();
    if (scale && one.value < 1000 && !/\p{L}/u.test(text.slice(one.start, one.end)))
      one.value = round(one.value * (ARTICLE_VALUES[scale] as number));
  }
  return list;
}

/** "4.45 million" is 4450000, not 4450000.000000001. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * How two bounds go together: "over 80" does not support "80" or "about 80", and "80" does not support "over 80". What is weaker
 * is true as well: "at least 80" of "over 80", "about 80" of "80" or "nearly 80".
 */
export function boundAllows(claim: Bound, source: Bound): boolean {
  if (claim === 'about') return source === 'about' || source === 'exact' || source === 'nearly';
  return claim === source || (claim === 'least' && source === 'over') || (claim === 'most' && source === 'under');
}

/** Whether a source's figure has the value and the unit of a claim's, bounds left aside. */
export function sameQuantity(claim: BoundFigure, source: BoundFigure): boolean {
  if (claim.value !== source.value) {
    // "half" and "50 %".
    const percent = (figure: BoundFigure) => (figure.unit === '%' ? figure.value / 100 : figure.unit === 'times' ? figure.value : null);
    return percent(claim) !== null && percent(claim) === percent(source);
  }
  if ((claim.kind === 'ordinal') !== (source.kind === 'ordinal')) return false;
  if (claim.unit === source.unit) return true;
  // A unit may be left out by the source ("1,000 (in dollars)"), never be added to a bare count.
  return claim.unit === null && source.kind === 'money';
}

const FROM_CUE = /\b(?:from|since|start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|launch(?:ed|es)?|began)\s*(?:in|on|from)?\s*$/i;
const UNTIL_CUE = /\b(?:until|till|to|through|by|end(?:s|ed|ing)?|conclud(?:es|ed|ing)|finish(?:es|ed)?|up to)\s*(?:in|on|by)?\s*$/i;

/** A date of a text; `open` tells that it is one end of a range by its words ("until 2027"). */
export interface StatedDate extends DateMention {
  end_: 'from' | 'until' | null;
}

/** Dates with "between 2018 and 2020" read as one range, and one-ended dates marked. */
export function datesOf(text: string, list: readonly DateMention[]): StatedDate[] {
  const out: StatedDate[] = [];
  for (let i = 0; i < list.length; i++) {
    const date = list[i] as DateMention;
    const next = list[i + 1];
    const head = text.slice(Math.max(0, date.start - 24), date.start);
    if (
      next &&
      date.from === date.to &&
      next.from === next.to &&
      date.from < next.from &&
      ((/\bbetween\s*$/i.test(head) && /^\s*and\s*$/i.test(text.slice(date.end, next.start))) ||
        (/\bfrom\s*$/i.test(head) && /^\s*(?:to|until|till|through|up to)\s*$/i.test(text.slice(date.end, next.start))))
    ) {
      out.push({ from: date.from, to: next.to, start: date.start, end: next.end, end_: null });
      i++;
      continue;
    }
    const until = UNTIL_CUE.test(head) && !/\b(?:from|in)\s*$/i.test(head);
    out.push({ ...date, end_: until ? 'until' : FROM_CUE.test(head) ? 'from' : null });
  }
  return out;
}

/** Whether a source's date supports a claim's: the same or less precise, or the end of the range that the claim names as such. */
export function dateSupports(claim: StatedDate, source: StatedDate, sourceText: string): boolean {
  if (source.from.startsWith(claim.from) && source.to.startsWith(claim.to)) return true;
  if (claim.from !== claim.to || source.from === source.to) return false;
  // "April and June 2019" names two months, it is no range.
  if (
    /\band\b|&/.test(sourceText.slice(source.start, source.end)) &&
    !/\bbetween\b/i.test(sourceText.slice(Math.max(0, source.start - 9), source.start))
  )
    return source.from.startsWith(claim.from) || source.to.startsWith(claim.to);
  if (claim.end_ === 'from') return source.from.startsWith(claim.from);
  return claim.end_ === 'until' && source.to.startsWith(claim.to);
}
