import type { Figure } from '../../core/text/figures.ts';
import { figuresIn } from '../../core/text/localised.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import { calendarOf } from './calendar.ts';
import { ABOUT, DOWNWARDS, UPWARDS } from './words.ts';

/** A quantity as a text states it. UTF-16 offsets. */
export interface Quantity {
  /** In the least unit of its kind: months for months and years, seconds for shorter times, 0..1 for shares. */
  value: number;
  /** What the number as written was multiplied by for that. */
  factor: number;
  /** A currency, `%` (shares too), `points`, `times`, `months`, `seconds`, `working days`, or null. */
  unit: string | null;
  /** Units that its neighbours in a list state for it. */
  shared: { unit: string; factor: number }[];
  ordinal: boolean;
  /** Stated as about, nearly, over … */
  about: boolean;
  bound: 'up' | 'down' | null;
  /** A number of a name or a count of up to ten, in words. */
  small: boolean;
  start: number;
  end: number;
}

const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, dozen: 12 };
const ARTICLE = /(?<![\p{L}\p{N}])(half\s+)?an?\s+(hundred|thousand|million|billion|dozen)(?![\p{L}\p{N}])/giu;
const NUMBERS = 'zero one two three four five six seven eight nine ten'.split(' ');
const PARTS: Readonly<Record<string, number>> = { half: 2, third: 3, quarter: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10 };
const SHARE =
  /(?<![\p{L}\p{N}-])(?:(an?|one|two|three|four|five|seven|nine)[\s-]+)?(half|third|quarter|fifth|sixth|eighth|tenth)s?(?![\p{L}\p{N}-])(?!-)/giu;
/** "A third of", "half the", "a tenth more" are shares, "a third phase" is an order. */
const SHARE_AFTER =
  /^\s*(?:$|[.,;:)]|(?:of(?! (?:an?|the) (?:year|month|day|hour))|the|as|more|less|fewer|higher|lower|larger|smaller|cheaper|to|from|in|came|come|comes|said|were|was|are|is|have|had|did|do|and|or|but|that|who|its|their|this|these)\b)/iu;
const OUT_OF =
  /(?<![\p{L}\p{N}-])(one|two|three|four|five|six|seven|eight|nine|\d{1,3})\s+(?:in|out of)\s+(?:every\s+)?(two|three|four|five|six|seven|eight|nine|ten|\d{1,3})(?![\p{L}\p{N}])/giu;
const POINTS = /^[\s-]?(?:percentage[\s-]points?|points?\b|pp\b)/iu;
/** "Half a year", "a year and a half", "a fortnight": times that no digit states. */
const A_TIME =
  /(?<![\p{L}\p{N}])(half[\s-]+(?:an?[\s-]+)?|(?:an?|one|another)[\s-]+(?:full |whole |single |further |additional )?)(?:(working|business)\s+)?(fortnight|second|minute|hour|day|week|month|year|decade)s?(\s+and\s+a\s+half)?(?![\p{L}-])/giu;
/** Words after which "a year" is a length of time; "12 euros a night" states a rate. */
const LASTING =
  /\b(?:within|inside|after|for|under|over|than|least|most|of|until|last(?:s|ed|ing)?|take[sn]?|took|taking|span(?:s|ned)?|about|nearly|almost|around|wait(?:s|ed|ing)?|in|is|was)\s+$/iu;
/** What comes round states a length of time as well: "quarterly" is every three months. */
const EVERY_SO_OFTEN =
  /\b(?:(?:each|every|per|an?) (hour|day|night|week|month|quarter|year)|(hour|dai|night|week|fortnight|month|quarter|year|annual)ly)\b/giu;
/** What stands between a figure and its unit of time. */
const TIME_AFTER =
  /^(\s+and\s+a\s+half)?[\s-]{1,2}(?:(working|business|week|calendar|consecutive|full|more|further|additional|extra|whole)[\s-]+)?(\p{L}+)(\s+and\s+a\s+half)?/iu;
/** Units of time by their English names, singular, beside those of the calendar: in seconds or in months. */
const TIMES = new Map<string, readonly [unit: 'seconds' | 'months', factor: number]>([
  ...Object.entries({ second: 1, minute: 60, min: 60, hour: 3600, hr: 3600 }).map(([name, of]) => [name, ['seconds', of]] as const),
  ...Object.entries({ day: 1, dai: 1, night: 1, week: 7, fortnight: 14 }).map(([name, of]) => [name, ['seconds', of * 86_400]] as const),
  ...Object.entries({ month: 1, quarter: 3, year: 12, annual: 12, decade: 120 }).map(([name, of]) => [name, ['months', of]] as const),
]);
/** What parts the members of a list that share a unit. */
const LISTED =
  /^\s*(?:,|;|to|or|and|,\s*and|-|–|—|bis|und|oder|à|et|ou|y|o|a|e|of)\s*(?:(?:about|nearly|some|the|up to|another|by)\s+)?$/iu;
/** Figures of one sentence that are read; a table in one line has fewer. */
const MOST_FIGURES = 120;

const clean = (value: number) => Number(value.toPrecision(12));

/** A length of time in the unit that lengths of its kind are compared in; null for another word. */
function timeOf(amount: number, name: string, working = false): Pick<Quantity, 'value' | 'unit' | 'factor'> | null {
  if (working && name === 'day') return { value: amount, unit: 'working days', factor: 1 };
  const [unit, factor] = TIMES.get(name) ?? [];
  return unit && factor ? { value: clean(amount * factor), unit, factor } : null;
}

/** Which way the words around a figure bound it; "no more than" turns "more than" round. */
function boundOf(head: string, tail: string): Quantity['bound'] {
  const turned = (found: RegExpExecArray) =>
    /than|exceed/iu.test(found[0]) &&
    /(?:\b(?:no|not|never|nicht|non|no)|n['’]t)\s+(?:be\s+|been\s+|\p{L}+\s+)?$/iu.test(head.slice(0, found.index));
  const up = UPWARDS.exec(head);
  if (up) return turned(up) ? 'down' : 'up';
  const down = DOWNWARDS.exec(head);
  if (down) return turned(down) ? 'up' : 'down';
  if (/^\s*(?:\+|(?:or|and) (?:more|above|over|longer|older)\b|plus\b)/iu.test(tail)) return 'up';
  return /^\s*(?:or|and) (?:less|fewer|under|below|younger|shorter)\b/iu.test(tail) ? 'down' : null;
}

/** Every quantity of a text outside its dates, in order; what happens "monthly" is there as a month where a source is read. Total for any string. */
export function quantitiesOf(text: string, language: string, dates: readonly DateMention[], source = false): Quantity[] {
  const found: Quantity[] = [];
  const plain = { factor: 1, unit: null, shared: [], ordinal: false, about: false, bound: null, small: false };
  const add = (start: number, end: number, more: Partial<Quantity> & { value: number }) => {
    const overlaps = (other: { start: number; end: number }) => start < other.end && other.start < end;
    if (found.length >= MOST_FIGURES || dates.some(overlaps) || found.some(overlaps)) return;
    const head = text.slice(Math.max(0, start - 32), start);
    const tail = text.slice(end, end + 20);
    const about = ABOUT.test(head) || /^\s*(?:or so|approximately)\b/iu.test(tail);
    found.push({ ...plain, shared: [], about, bound: boundOf(head, tail), start, end, ...more });
  };
  const number = (word: string) => (/^\d/.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase()));
  for (const match of text.matchAll(A_TIME)) {
    const [all, article, working, unit, more] = match as unknown as [string, string, string | undefined, string, string | undefined];
    const half = /^half/i.test(article);
    const time = timeOf(half ? 0.5 : more ? 1.5 : 1, unit.toLowerCase(), working !== undefined);
    const lasts = LASTING.test(text.slice(Math.max(0, match.index - 24), match.index));
    if (time && (source || half || more || lasts || /^(?:another|one)/i.test(article))) add(match.index, match.index + all.length, time);
  }
  for (const match of text.matchAll(OUT_OF)) {
    const [a, b] = [number(match[1] as string), number(match[2] as string)];
    if (a <= b) add(match.index, match.index + match[0].length, { value: a / b, unit: '%' });
  }
  for (const match of text.matchAll(ARTICLE))
    add(match.index, match.index + match[0].length, {
      value: (SCALES[(match[2] as string).toLowerCase()] as number) * (match[1] ? 0.5 : 1),
    });
  for (const match of text.matchAll(SHARE)) {
    const part = PARTS[(match[2] as string).toLowerCase()] as number;
    const count = match[1] === undefined || /^an?$/i.test(match[1]) ? 1 : number(match[1]);
    const end = match.index + match[0].length;
    // "The third" is an order, "a third" a share.
    const share = part === 2 || (match[1] !== undefined && (count > 1 || SHARE_AFTER.test(text.slice(end))));
    if (share && count < part) add(match.index, end, { value: count / part, unit: '%' });
  }
  const { units } = calendarOf(language);
  for (const figure of figuresIn(text, language)) addFigure(figure);
  found.sort((a, b) => a.start - b.start);
  share(text, found);
  for (const match of source ? text.matchAll(EVERY_SO_OFTEN) : []) {
    const time = timeOf(1, (match[1] ?? (match[2] as string)).toLowerCase());
    if (time) found.push({ ...plain, shared: [], ...time, start: match.index, end: match.index + match[0].length });
  }
  return found;

  function addFigure({ start, end, value, unit, kind }: Figure): void {
    const tail = text.slice(end, end + 48);
    const bare = kind === 'number' || kind === 'percent';
    if (kind === 'number' && /^(?:[\s-]?fold\b|\s+times\b)/iu.test(tail)) add(start, end, { value, unit: 'times', small: value <= 10 });
    else if (bare && POINTS.test(tail)) add(start, end, { value, unit: 'points' });
    else if (kind === 'percent') add(start, end, { value: clean(value / 100), unit: '%', factor: 0.01 });
    else if (kind === 'money') add(start, end, { value: clean(value), unit });
    else {
      const after = kind === 'ordinal' ? null : TIME_AFTER.exec(tail);
      const word = fold(after?.[3] ?? '');
      const name = units.get(word) ?? (language === 'en' ? word.replace(/s$/, '') : '');
      const half = after?.[1] || after?.[4] ? 0.5 : 0;
      const time = timeOf(clean(value) + half, name, /^(?:working|business|week)$/iu.test(after?.[2] ?? ''));
      // A bare "six-month" and "six months" are one.
      if (time) add(start, end + (after?.[0].length ?? 0), time);
      else
        add(start, end, { value: clean(value), ordinal: kind === 'ordinal', small: !/\p{N}/u.test(text.slice(start, end)) && value <= 10 });
    }
  }
}

/** "From 31 to 44 per cent", "US$ 5 million, 4 million and 2 million", "five, ten or 20 days": the unit is stated once. */
function share(text: string, list: readonly Quantity[]): void {
  const scaleOf = (one: Quantity) =>
    SCALES[(/\b(?:thousand|million|billion)\b/iu.exec(text.slice(one.start, one.end)) ?? [''])[0].toLowerCase()] ?? 1;
  const give = (from: Quantity, to: Quantity) => {
    if (to.unit !== null || to.ordinal) return;
    const known = from.unit === null ? from.shared : [{ unit: from.unit, factor: from.factor }];
    for (const one of known) if (!to.shared.some((other) => other.unit === one.unit)) to.shared.push(one);
  };
  for (let i = list.length - 2; i >= 0; i--) {
    const [one, next] = [list[i], list[i + 1]] as [Quantity, Quantity];
    if (!LISTED.test(text.slice(one.end, next.start))) continue;
    give(next, one);
    // "5 to 10 million": the scale behind is shared as well.
    if (one.unit === null && !one.ordinal && scaleOf(next) > 1 && one.value < 1000 && scaleOf(one) === 1) {
      one.value = clean(one.value * scaleOf(next));
      one.small = false;
    }
  }
  for (let i = 1; i < list.length; i++) {
    const [before, one] = [list[i - 1], list[i]] as [Quantity, Quantity];
    if (
      /^[^.;:]{0,38}(?:,|\band|\bor|\bund|\bet|\by)\s+$/iu.test(text.slice(before.end, one.start)) ||
      LISTED.test(text.slice(before.end, one.start))
    )
      give(before, one);
  }
}

/** "The budget is 85,000 euros, of which 40,000": a bare number beside a sum may be a sum. */
export function shareSums(list: readonly Quantity[]): void {
  const sum = list.find((one) => one.unit !== null && /^[A-Z]{3,}$/.test(one.unit));
  for (const one of sum ? list : [])
    if (one.unit === null && !one.small && !one.ordinal && one.shared.length === 0)
      one.shared.push({ unit: sum?.unit as string, factor: 1 });
}

/**
 * How far a figure that was said to be "about" may stand off, as a share of itself; "more than" and "under" further, shares (which are
 * told as "over half") furthest. Chosen: of `bounded`, .2 and .5 measure the
 * same on bench/claims/natural/tune and 0 loses a true sentence; the others were not varied.
 */
const ROUNDING = { either: 0.05, bounded: 0.2, share: 0.1, boundedShare: 0.6 };

function sameValue({ value: own, about, unit, bound }: Quantity, value: number): boolean {
  if (Math.abs(own - value) <= Math.abs(own) * 1e-9) return true;
  if (!about || own === 0) return false;
  const off = (value - own) / own;
  if (bound === null) return Math.abs(off) <= (unit === '%' ? ROUNDING.share : ROUNDING.either);
  const way = bound === 'up' ? off : -off;
  return way >= 0 && way <= (unit === '%' ? ROUNDING.boundedShare : ROUNDING.bounded);
}

export type Match = 'same' | 'unit' | 'bound' | null;

/** A quantity in its own unit and in those that its list shares. */
const readingsOf = (one: Quantity) => [one, ...one.shared.map(({ unit, factor }) => ({ ...one, unit, value: clean(one.value * factor) }))];
const rawOf = ({ value, factor }: Quantity) => clean(value / factor);

/** Whether a quantity of a source is that of a claim; `unit` and `bound` tell what alone differs. */
export function quantityMatch(claim: Quantity, source: Quantity): Match {
  if (claim.ordinal !== source.ordinal) return null;
  // "Between 18 and 72 years", said "until 72".
  const timed = source.unit === 'months' || source.unit === 'seconds' || source.unit === '%';
  if (claim.unit === null && timed && claim.value === clean(source.unit === '%' ? source.value * 100 : rawOf(source))) return 'same';
  let only: Match = null;
  for (const mine of readingsOf(claim)) {
    for (const theirs of readingsOf(source)) {
      if (!sameValue(mine, theirs.value)) continue;
      // What the source leaves to the reader may be left out; what it says must be there. Money may go without its name.
      const fits =
        mine.unit === theirs.unit ||
        (mine.unit === null && theirs.unit !== '%' && theirs.unit !== 'times') ||
        (mine.unit === 'times' && theirs.unit === null);
      const against = claim.bound && source.bound && claim.bound !== source.bound && (mine.value === theirs.value || !claim.about);
      if (fits && !against) return 'same';
      only = fits ? 'bound' : (only ?? 'unit');
    }
  }
  return only ?? (claim.unit !== null && claim.unit !== source.unit && rawOf(claim) === rawOf(source) ? 'unit' : null);
}

/** Quantities that are reckoned with, two by two. */
const LOOKED_AT = 40;

/** Whether a claim's quantity is the sum, difference or multiple of two of a source's, or of its years. */
export function reckoned(claim: Quantity, quantities: readonly Quantity[], years: readonly number[]): boolean {
  if (claim.ordinal) return false;
  const { unit } = claim;
  const same = (value: number) => sameValue(claim, clean(value));
  if (unit === 'months' && years.some((a) => years.some((b) => a > b && (same((a - b) * 12) || same((a - b + 1) * 12))))) return true;
  if (unit === '%' && quantities.some((one) => one.unit === '%' && same(1 - one.value))) return true;
  const list = quantities.flatMap(readingsOf).slice(0, LOOKED_AT);
  return list.some((a, at) =>
    list.slice(at + 1).some((b) => {
      if (a.unit !== b.unit && a.unit !== null && b.unit !== null) return false;
      const [of, off] = [a.unit ?? b.unit, Math.abs(a.value - b.value)];
      if ((unit === 'times' || unit === '%') && [a.value / b.value, b.value / a.value].some(same)) return true;
      if (unit === '%' && [off / a.value, off / b.value].some(same)) return true;
      if (unit === 'points' && of === '%' && same(off * 100)) return true;
      return (unit === of || unit === null || of === null) && (same(a.value + b.value) || same(off));
    }),
  );
}
