import type { Figure } from '../../core/text/figures.ts';
import { figuresIn } from '../../core/text/localised.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import { calendarOf, type TimeUnit } from './calendar.ts';
import { ABOUT, DOWNWARDS, UPWARDS } from './words.ts';

/** A quantity as a text states it. UTF-16 offsets. */
export interface Quantity {
  /** In the least unit of its kind: months for months and years, seconds for shorter times, 0..1 for shares. */
  value: number;
  /** The number as written, where the unit has changed it. */
  raw: number;
  /** A currency, `%` (shares too), `points`, `months`, `seconds`, `working days`, or null. */
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

const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
  k: 1e3,
  m: 1e6,
  bn: 1e9,
  b: 1e9,
};
const SIGNS: Readonly<Record<string, string>> = {
  us$: 'USD',
  usd: 'USD',
  $: 'USD',
  '€': 'EUR',
  eur: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  chf: 'CHF',
};
const SHORT_SCALE = /(?<![\p{L}\p{N}])(us\$|usd\s?|\$|€|£|eur\s?|gbp\s?|chf\s?)?\s?(\d{1,15}(?:\.\d{1,6})?)(k|m|bn|b)(?![\p{L}\p{N}])/giu;
const ARTICLE = /(?<![\p{L}\p{N}])(half\s+)?an?\s+(hundred|thousand|million|billion|dozen)(?![\p{L}\p{N}])/giu;
const NUMBERS: readonly string[] = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const PARTS: Readonly<Record<string, number>> = { half: 2, halves: 2, third: 3, quarter: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10 };
const SHARE =
  /(?<![\p{L}\p{N}-])(?:(an?|one|two|three|four|five|seven|nine)[\s-]+)?(half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)(?![\p{L}\p{N}-])(?!-)/giu;
/** "A third of", "half the", "a tenth more" are shares, "a third phase" is an order. */
const SHARE_AFTER =
  /^\s*(?:$|[.,;:)]|(?:of(?! (?:an?|the) (?:year|month|day|hour))|the|as|more|less|fewer|higher|lower|larger|smaller|cheaper|to|from|in|came|come|comes|said|were|was|are|is|have|had|did|do|and|or|but|that|who|its|their|this|these)\b)/iu;
const OUT_OF =
  /(?<![\p{L}\p{N}-])(one|two|three|four|five|six|seven|eight|nine|\d{1,3})\s+(?:in|out of)\s+(?:every\s+)?(two|three|four|five|six|seven|eight|nine|ten|\d{1,3})(?![\p{L}\p{N}])/giu;
const TIMES = /(?<![\p{L}\p{N}-])(once|twice|thrice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|halv(?:e|es|ed|ing))(?![\p{L}\p{N}-])/giu;
const TIMES_VALUES: readonly (readonly [RegExp, number])[] = [
  [/^once/, 1],
  [/^(?:twice|doubl)/, 2],
  [/^(?:thrice|tripl)/, 3],
  [/^halv/, 0.5],
];
const POINTS = /^[\s-]?(?:percentage[\s-]points?|points?\b|pp\b)/iu;
/** "Half a year", "a year and a half", "a fortnight": times that no digit states. */
const HALF_A = /(?<![\p{L}\p{N}])half[\s-]+(?:an?[\s-]+)?(hour|day|week|month|year)(?![\p{L}])/giu;
const A_TIME =
  /(?<![\p{L}\p{N}])(?:an?|one|another)[\s-]+(?:full |whole |single |further |additional )?(?:(working|business)\s+)?(fortnight|second|minute|hour|day|week|month|year|decade)(s?)(\s+and\s+a\s+half)?(?![\p{L}-])/giu;
/** Words after which "a year" is a length of time. */
const LASTING =
  /\b(?:within|inside|after|for|under|over|than|least|most|of|until|last(?:s|ed|ing)?|take[sn]?|took|taking|span(?:s|ned)?|about|nearly|almost|around|wait(?:s|ed|ing)?|in|is|was)\s+$/iu;
const QUARTER_OF = /(?<![\p{L}\p{N}])(?:an?\s+)?(three[\s-]+)?quarters?\s+of\s+an?\s+(?:(hour|year)|century)(?![\p{L}])/giu;
/** What comes round states a length of time as well: "quarterly" is every three months. */
const EVERY_SO_OFTEN: readonly (readonly [RegExp, number, TimeUnit | 'fortnight'])[] = [
  [/\b(?:(?:each|every|per|a|once a) quarter|quarterly)\b/giu, 3, 'month'],
  [/\b(?:half-?yearly|twice a year|every six months|biannual(?:ly)?)\b/giu, 6, 'month'],
  [/\b(?:(?:each|every|per|a) year|annual(?:ly)?|yearly)\b/giu, 1, 'year'],
  [/\b(?:(?:each|every|per|a) month|monthly)\b/giu, 1, 'month'],
  [/\b(?:fortnightly)\b/giu, 2, 'week'],
  [/\b(?:(?:each|every|per|a) week|weekly)\b/giu, 1, 'week'],
  [/\b(?:(?:each|every|per|a) day|daily|each night|every night|nightly)\b/giu, 1, 'day'],
  [/\b(?:(?:each|every|per|an) hour|hourly)\b/giu, 1, 'hour'],
];
/** What stands between a figure and its unit of time. */
const TIME_AFTER =
  /^(\s+and\s+a\s+half)?[\s-]{1,2}(?:(working|business|week|calendar|consecutive|full|more|further|additional|extra|whole)[\s-]+)?(\p{L}+)(\s+and\s+a\s+half)?/iu;
const MONTHS: Readonly<Partial<Record<TimeUnit | 'decade', number>>> = { month: 1, year: 12, decade: 120 };
const SECONDS: Readonly<Partial<Record<TimeUnit | 'fortnight', number>>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};
/** What parts the members of a list that share a unit. */
const LISTED =
  /^\s*(?:,|;|to|or|and|,\s*and|-|–|—|bis|und|oder|à|et|ou|y|o|a|e|of)\s*(?:(?:about|nearly|some|the|up to|another|by)\s+)?$/iu;

const clean = (value: number) => Number(value.toPrecision(12));

function inTime(amount: number, unit: TimeUnit | 'fortnight' | 'decade', working: boolean): { value: number; unit: string } {
  if (working && unit === 'day') return { value: amount, unit: 'working days' };
  const months = MONTHS[unit as TimeUnit];
  return months === undefined
    ? { value: clean(amount * (SECONDS[unit as TimeUnit] as number)), unit: 'seconds' }
    : { value: clean(amount * months), unit: 'months' };
}

/** Figures of one sentence that are read; a table in one line has fewer. */
const MOST_FIGURES = 120;

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
  const often: { value: number; unit: string; start: number; end: number }[] = [];
  const free = (start: number, end: number) =>
    !dates.some((date) => start < date.end && date.start < end) && !found.some((other) => start < other.end && other.start < end);
  const add = (start: number, end: number, value: number, unit: string | null, more: Partial<Quantity> = {}) => {
    if (found.length >= MOST_FIGURES || !free(start, end)) return;
    const head = text.slice(Math.max(0, start - 32), start);
    const tail = text.slice(end, end + 20);
    const bound = boundOf(head, tail);
    found.push({
      value,
      raw: value,
      unit,
      shared: [],
      ordinal: false,
      about: ABOUT.test(head) || /^\s*(?:or so|approximately)\b/iu.test(tail),
      bound,
      small: false,
      start,
      end,
      ...more,
    });
  };
  for (const match of text.matchAll(HALF_A)) {
    const time = inTime(0.5, match[1] as TimeUnit, false);
    add(match.index, match.index + match[0].length, time.value, time.unit);
  }
  for (const match of text.matchAll(QUARTER_OF)) {
    const time = match[2] === undefined ? { value: 300, unit: 'months' } : inTime(0.25, match[2] as TimeUnit, false);
    add(match.index, match.index + match[0].length, time.value * (match[1] ? 3 : 1), time.unit);
  }
  for (const match of text.matchAll(A_TIME)) {
    const time = inTime(match[4] ? 1.5 : 1, (match[2] as string).toLowerCase() as TimeUnit, match[1] !== undefined);
    // "12 euros a night" states a rate, "a day" alone may be any.
    if (
      source ||
      match[4] ||
      LASTING.test(text.slice(Math.max(0, match.index - 24), match.index)) ||
      /^another/i.test(match[0]) ||
      /^one/i.test(match[0])
    )
      add(match.index, match.index + match[0].length, time.value, time.unit);
  }
  for (const [pattern, amount, unit] of EVERY_SO_OFTEN)
    for (const match of text.matchAll(pattern)) {
      const time = inTime(amount, unit, false);
      often.push({ ...time, start: match.index, end: match.index + match[0].length });
    }
  for (const match of text.matchAll(OUT_OF)) {
    const [a, b] = [match[1], match[2]].map((word) =>
      /^\d/.test(word as string) ? Number(word) : NUMBERS.indexOf((word as string).toLowerCase()),
    );
    if (a && b && a <= b) add(match.index, match.index + match[0].length, a / b, '%');
  }
  for (const match of text.matchAll(SHORT_SCALE)) {
    const start = match.index + match[0].length - match[0].trimStart().length;
    const sign = (match[1] ?? '').trim().toLowerCase();
    const scale = (match[3] as string).toLowerCase();
    // "5 m" may be metres: without a currency a single letter scales nothing.
    if (sign !== '' || scale === 'bn' || scale === 'k')
      add(start, match.index + match[0].length, clean(Number(match[2]) * (SCALES[scale] as number)), SIGNS[sign] ?? null);
  }
  for (const match of text.matchAll(ARTICLE))
    add(match.index, match.index + match[0].length, (SCALES[(match[2] as string).toLowerCase()] as number) * (match[1] ? 0.5 : 1), null);
  for (const match of text.matchAll(SHARE)) {
    const part = PARTS[(match[2] as string).toLowerCase().replace(/(?<=[a-z])s$/, '')] as number;
    const count = match[1] === undefined || /^an?$/i.test(match[1]) ? 1 : NUMBERS.indexOf(match[1].toLowerCase());
    // "The third" is an order, "a third" a share.
    if (
      (match[1] !== undefined || part === 2) &&
      count > 0 &&
      count < part &&
      (part === 2 || count > 1 || SHARE_AFTER.test(text.slice(match.index + match[0].length)))
    )
      add(match.index, match.index + match[0].length, count / part, '%');
  }
  const { units } = calendarOf(language);
  for (const figure of figuresIn(text, language)) addFigure(figure);
  for (const match of text.matchAll(TIMES)) {
    const value = TIMES_VALUES.find(([pattern]) => pattern.test((match[1] as string).toLowerCase()))?.[1];
    if (value !== undefined && value !== 1) add(match.index, match.index + match[0].length, value, 'times', { small: value > 1 });
  }
  found.sort((a, b) => a.start - b.start);
  share(text, found);
  if (source)
    for (const one of often) found.push({ ...one, raw: one.value, shared: [], ordinal: false, about: false, bound: null, small: false });
  return found;

  function addFigure(figure: Figure): void {
    const { start, unit, kind } = figure;
    let { end, value } = figure;
    if (!free(start, end)) return;
    const tail = text.slice(end, end + 48);
    if (kind === 'number' && /^(?:[\s-]?fold\b|\s+times\b)/iu.test(tail)) {
      add(start, end, clean(value), 'times', { small: value <= 10 });
      return;
    }
    if ((kind === 'number' || kind === 'percent') && POINTS.test(tail)) {
      add(start, end, clean(value), 'points');
      return;
    }
    if (kind === 'percent') {
      add(start, end, clean(value / 100), '%');
      return;
    }
    if (kind === 'money') {
      add(start, end, clean(value), unit);
      return;
    }
    const after = kind === 'number' || kind === 'year' ? TIME_AFTER.exec(tail) : null;
    const word = after && fold(after[3] as string);
    const time = word ? (units.get(word) ?? (language === 'en' ? englishTime(word) : undefined)) : undefined;
    if (after && time) {
      if (after[1] || after[4]) value += 0.5;
      const stated = inTime(value, time, /^(?:working|business|week)$/iu.test(after[2] ?? ''));
      // A bare "six-month" and "six months" are one.
      end += after[0].length;
      add(start, end, stated.value, stated.unit, { raw: clean(value) });
      return;
    }
    const words = !/\p{N}/u.test(text.slice(start, end));
    add(start, end, clean(value), null, { ordinal: kind === 'ordinal', small: words && value <= 10 });
  }
}

const ENGLISH: Readonly<Record<string, TimeUnit | 'fortnight' | 'decade'>> = {
  fortnight: 'fortnight',
  fortnights: 'fortnight',
  decade: 'decade',
  decades: 'decade',
  night: 'day',
  nights: 'day',
  min: 'minute',
  mins: 'minute',
  hrs: 'hour',
};
const englishTime = (word: string) => ENGLISH[word] as TimeUnit | undefined;

/** "From 31 to 44 per cent", "US$ 5 million, 4 million and 2 million", "five, ten or 20 days": the unit is stated once. */
function share(text: string, list: readonly Quantity[]): void {
  const factorOf = (one: Quantity): number => {
    const scale = /\b(thousand|million|billion)\b/iu.exec(text.slice(one.start, one.end))?.[1]?.toLowerCase();
    return scale ? (SCALES[scale] as number) : 1;
  };
  const give = (from: Quantity, to: Quantity, forward: boolean) => {
    if (to.unit !== null || to.ordinal) return;
    const known = from.unit === null ? from.shared : [{ unit: from.unit, factor: unitFactor(from, text) }];
    for (const one of known) if (!to.shared.some((other) => other.unit === one.unit)) to.shared.push(one);
    // "5 to 10 million": the scale behind is shared as well.
    if (!forward && factorOf(from) > 1 && to.value < 1000 && factorOf(to) === 1) {
      to.value = clean(to.value * factorOf(from));
      to.small = false;
    }
  };
  for (let i = list.length - 2; i >= 0; i--) {
    const [one, next] = [list[i], list[i + 1]] as [Quantity, Quantity];
    if (LISTED.test(text.slice(one.end, next.start))) give(next, one, false);
  }
  for (let i = 1; i < list.length; i++) {
    const [before, one] = [list[i - 1], list[i]] as [Quantity, Quantity];
    const between = text.slice(before.end, one.start);
    if (LISTED.test(between) || (between.length <= 40 && /^[^.;:]*(?:,|\band|\bor|\bund|\bet|\by)\s+$/iu.test(between)))
      give(before, one, true);
  }
}

/** "The budget is 85,000 euros, of which 40,000": a large bare number beside a sum may be a sum. */
export function shareSums(list: readonly Quantity[]): void {
  const sum = list.find((one) => one.unit !== null && /^[A-Z]{3,}$/.test(one.unit));
  if (sum)
    for (const one of list)
      if (one.unit === null && !one.small && !one.ordinal && one.shared.length === 0)
        one.shared.push({ unit: sum.unit as string, factor: 1 });
}

/** What a bare number is multiplied by to be in the unit of its neighbour. */
function unitFactor(one: Quantity, text: string): number {
  if (one.unit === '%') return 0.01;
  if (one.unit !== 'seconds' && one.unit !== 'months') return 1;
  const own = text.slice(one.start, one.end).toLowerCase();
  const word = /(second|minute|hour|day|week|fortnight|month|year|decade|night)s?$/u.exec(own)?.[1] ?? null;
  return word ? inTime(1, (word === 'night' ? 'day' : word) as TimeUnit, false).value : 1;
}

/** How a figure that was said to be "about" may stand off: a hundredth of three, or rounded to the digits it has. */
const ROUNDING = 0.05;
const BOUNDED = 0.2;

function sameValue(claim: Quantity, value: number): boolean {
  const own = claim.value;
  if (Math.abs(own - value) <= Math.abs(own) * 1e-9) return true;
  if (!claim.about || own === 0) return false;
  const off = (value - own) / own;
  const most = claim.unit === '%' ? 0.6 : BOUNDED;
  if (claim.bound === 'up') return off >= 0 && off <= most;
  if (claim.bound === 'down') return off <= 0 && off >= -most;
  return Math.abs(off) <= (claim.unit === '%' ? 0.1 : ROUNDING);
}

export type Match = 'same' | 'unit' | 'bound' | null;

/** Whether a quantity of a source is that of a claim; `unit` and `bound` tell what alone differs. */
export function quantityMatch(claim: Quantity, source: Quantity): Match {
  if (claim.ordinal !== source.ordinal) return null;
  const readings = [
    { value: source.value, unit: source.unit },
    ...source.shared.map(({ unit, factor }) => ({ value: clean(source.value * factor), unit })),
  ];
  const own = [
    { value: claim.value, unit: claim.unit },
    ...claim.shared.map(({ unit, factor }) => ({ value: clean(claim.value * factor), unit })),
  ];
  let value = false;
  let bound = false;
  // "Between 18 and 72 years", said "until 72".
  if (
    claim.unit === null &&
    (source.unit === 'months' || source.unit === 'seconds' || source.unit === '%') &&
    claim.value === (source.unit === '%' ? clean(source.value * 100) : source.raw)
  )
    return 'same';
  for (const mine of own) {
    for (const theirs of readings) {
      if (!sameValue({ ...claim, value: mine.value, unit: mine.unit }, theirs.value) && !sameSpan(mine, theirs, claim.about)) continue;
      // What the source leaves to the reader may be left out; what it says must be there. Money may go without its name.
      const fits =
        mine.unit === theirs.unit ||
        sameSpan(mine, theirs, claim.about) ||
        (mine.unit === null && theirs.unit !== '%' && theirs.unit !== 'times') ||
        (mine.unit === 'times' && theirs.unit === null);
      if (!fits) value = true;
      else if (claim.bound && source.bound && claim.bound !== source.bound && (mine.value === theirs.value || !claim.about)) bound = true;
      else return 'same';
    }
  }
  // "Under 65" is "up to 64".
  if (
    claim.bound &&
    source.bound &&
    claim.unit === source.unit &&
    Number.isInteger(claim.value) &&
    Math.abs(claim.value - source.value) === 1
  )
    return 'same';
  return bound ? 'bound' : value || (claim.unit !== null && claim.unit !== source.unit && claim.raw === source.raw) ? 'unit' : null;
}

/** Days and months of one another: "30 days" said "about a month", "52 weeks" a year. */
function sameSpan(a: { value: number; unit: string | null }, b: { value: number; unit: string | null }, about: boolean): boolean {
  if (!about || new Set([a.unit, b.unit, 'seconds', 'months']).size !== 2) return false;
  const seconds = (one: { value: number; unit: string | null }) => (one.unit === 'months' ? one.value * 30.44 * 86_400 : one.value);
  return Math.abs(seconds(a) - seconds(b)) <= seconds(a) * 0.05;
}

/** Quantities that are reckoned with, two by two. */
const LOOKED_AT = 40;

/** Whether a claim's quantity is the sum, difference or multiple of two of a source's, or of its years. */
export function reckoned(claim: Quantity, quantities: readonly Quantity[], years: readonly number[]): boolean {
  if (claim.ordinal) return false;
  const same = (value: number) => sameValue(claim, clean(value));
  if (claim.unit === 'months')
    for (const a of years) for (const b of years) if (a > b && (same((a - b) * 12) || same((a - b + 1) * 12))) return true;
  if (claim.unit === '%' && quantities.some((one) => one.unit === '%' && same(1 - one.value))) return true;
  const list = quantities
    .flatMap((one) => [one, ...one.shared.map(({ unit, factor }) => ({ ...one, unit, value: clean(one.value * factor), shared: [] }))])
    .slice(0, LOOKED_AT);
  for (let i = 0; i < list.length; i++) {
    for (let j = i + 1; j < list.length; j++) {
      const [a, b] = [list[i], list[j]] as [Quantity, Quantity];
      const alike = a.unit === b.unit || a.unit === null || b.unit === null;
      if (!alike) continue;
      const unit = a.unit ?? b.unit;
      if (claim.unit === 'times' || claim.unit === '%') {
        if (a.value > 0 && b.value > 0 && (same(a.value / b.value) || same(b.value / a.value))) return true;
        if (
          claim.unit === '%' &&
          a.value > 0 &&
          b.value > 0 &&
          (same(Math.abs(a.value - b.value) / a.value) || same(Math.abs(a.value - b.value) / b.value))
        )
          return true;
      }
      if (claim.unit === 'points' && unit === '%' && same(Math.abs(a.value - b.value) * 100)) return true;
      if (claim.unit === unit || claim.unit === null || unit === null)
        if (same(a.value + b.value) || same(Math.abs(a.value - b.value))) return true;
    }
  }
  // Three or more that are added up.
  const alike = list.filter((one) => one.unit === claim.unit && !one.ordinal);
  return alike.length > 2 && same(alike.reduce((sum, one) => sum + one.value, 0));
}
