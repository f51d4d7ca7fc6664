import { type Figure, figures } from '../../core/text/figures.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import { calendarOf } from './calendar.ts';
import { ABOUT } from './words.ts';

/** A quantity as a text states it. UTF-16 offsets. */
export interface Quantity {
  /** In the least unit of its kind: months for months and years, seconds for shorter times, 0..1 for shares. */
  value: number;
  /** What the number as written was multiplied by for that. */
  factor: number;
  /** A currency, `%` (shares too), `months`, `seconds`, `working days`, or null. */
  unit: string | null;
  /** Units that its neighbours in a list state for it. */
  shared: { unit: string; factor: number }[];
  ordinal: boolean;
  /** Stated as about, nearly, over … */
  about: boolean;
  start: number;
  end: number;
}

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
/** "Half a year", "a year and a half", "a fortnight": times that no digit states. */
const A_TIME =
  /(?<![\p{L}\p{N}])(half[\s-]+(?:an?[\s-]+)?|(?:an?|one|another)[\s-]+(?:full |whole |single |further |additional )?)(?:(working|business)\s+)?(fortnight|second|minute|hour|day|week|month|year|decade)s?(\s+and\s+a\s+half)?(?![\p{L}-])/giu;
/** Words after which "a year" is a length of time; "12 euros a night" states a rate. */
const LASTING =
  /\b(?:within|inside|after|for|under|over|than|least|most|of|until|last(?:s|ed|ing)?|take[sn]?|took|taking|span(?:s|ned)?|about|nearly|almost|around|wait(?:s|ed|ing)?|in|is|was)\s+$/iu;
/** What stands between a figure and its unit of time. */
const TIME_AFTER = /^[\s-]{1,2}(?:(working|business|week|calendar|consecutive|full|more|further|additional|extra|whole)[\s-]+)?(\p{L}+)/iu;
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

/** Every quantity of a text outside its dates, in order; "a year" is one wherever it stands in a source. Total for any string. */
export function quantitiesOf(text: string, language: string, dates: readonly DateMention[], source = false): Quantity[] {
  const found: Quantity[] = [];
  const plain = { factor: 1, unit: null, ordinal: false };
  const add = (start: number, end: number, more: Partial<Quantity> & { value: number }) => {
    const overlaps = (other: { start: number; end: number }) => start < other.end && other.start < end;
    if (found.length >= MOST_FIGURES || dates.some(overlaps) || found.some(overlaps)) return;
    const about =
      ABOUT.test(text.slice(Math.max(0, start - 32), start)) || /^\s*(?:or so|approximately)\b/iu.test(text.slice(end, end + 20));
    found.push({ ...plain, shared: [], about, start, end, ...more });
  };
  for (const match of text.matchAll(A_TIME)) {
    const [all, article, working, unit, more] = match as unknown as [string, string, string | undefined, string, string | undefined];
    const half = /^half/i.test(article);
    const time = timeOf(half ? 0.5 : more ? 1.5 : 1, unit.toLowerCase(), working !== undefined);
    const lasts = LASTING.test(text.slice(Math.max(0, match.index - 24), match.index));
    if (time && (source || half || more || lasts || /^(?:another|one)/i.test(article))) add(match.index, match.index + all.length, time);
  }
  const { units } = calendarOf(language);
  for (const figure of figures(text, language)) addFigure(figure);
  found.sort((a, b) => a.start - b.start);
  share(text, found);
  return found;

  function addFigure({ start: from, end: to, value, unit, kind }: Figure): void {
    // "Six (6) years" states one figure.
    const closed = text[from - 1] === '(' && text[to] === ')';
    const first = closed && found.at(-1)?.value === value && (found.at(-1)?.end ?? 0) >= from - 2 ? found.pop() : undefined;
    const [start, end] = [first?.start ?? from, closed ? to + 1 : to];
    const tail = text.slice(end, end + 48);
    if (kind === 'percent') add(start, end, { value: clean(value / 100), unit: '%', factor: 0.01 });
    else if (kind === 'money') add(start, end, { value: clean(value), unit });
    else {
      const after = kind === 'ordinal' ? null : TIME_AFTER.exec(tail);
      const word = fold(after?.[2] ?? '');
      const name = units.get(word) ?? (language === 'en' ? word.replace(/s$/, '') : '');
      const time = timeOf(clean(value), name, /^(?:working|business|week)$/iu.test(after?.[1] ?? ''));
      // A bare "six-month" and "six months" are one.
      if (time) add(start, end + (after?.[0].length ?? 0), time);
      else add(start, end, { value: clean(value), ordinal: kind === 'ordinal' });
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
    if (one.unit === null && !one.ordinal && scaleOf(next) > 1 && one.value < 1000 && scaleOf(one) === 1)
      one.value = clean(one.value * scaleOf(next));
  }
  for (let i = 1; i < list.length; i++) {
    const [before, one] = [list[i - 1], list[i]] as [Quantity, Quantity];
    const between = text.slice(before.end, one.start);
    if (/^[^.;:]{0,38}(?:,|\band|\bor|\bund|\bet|\by)\s+$/iu.test(between) || LISTED.test(between)) give(before, one);
  }
}

/** How far a figure that was said to be "about" may stand off, as a share of itself; shares are rounded further. With 0 one more of 580 is refused. */
const ROUNDING = { figure: 0.05, share: 0.1 };

function sameValue({ value: own, about, unit }: Quantity, value: number): boolean {
  const off = Math.abs(own - value);
  return off <= Math.abs(own) * 1e-9 || (about && off <= Math.abs(own) * (unit === '%' ? ROUNDING.share : ROUNDING.figure));
}

/** A quantity in its own unit and in those that its list shares. */
const readingsOf = (one: Quantity) => [one, ...one.shared.map(({ unit, factor }) => ({ ...one, unit, value: clean(one.value * factor) }))];
const rawOf = ({ value, factor }: Quantity) => clean(value / factor);

/** Whether a quantity of a source is that of a claim; `unit` tells that it alone differs. */
export function quantityMatch(claim: Quantity, source: Quantity): 'same' | 'unit' | null {
  if (claim.ordinal !== source.ordinal) return null;
  // "Between 18 and 72 years", said "until 72".
  const timed = source.unit === 'months' || source.unit === 'seconds' || source.unit === '%';
  if (claim.unit === null && timed && claim.value === clean(source.unit === '%' ? source.value * 100 : rawOf(source))) return 'same';
  const pairs = readingsOf(claim).flatMap((mine) => readingsOf(source).map((theirs) => ({ mine, theirs })));
  const equal = pairs.filter(({ mine, theirs }) => sameValue(mine, theirs.value));
  // What the source leaves to the reader may be left out; what it says must be there. Money may go without its name.
  if (equal.some(({ mine, theirs }) => mine.unit === theirs.unit || (mine.unit === null && theirs.unit !== '%'))) return 'same';
  return equal.length > 0 || (claim.unit !== null && claim.unit !== source.unit && rawOf(claim) === rawOf(source)) ? 'unit' : null;
}

/** Quantities that are reckoned with, two by two. */
const QUANTITIES_RECKONED = 40;

/** Whether a claim's quantity is the sum or difference of two of a source's. */
export function reckoned(claim: Quantity, quantities: readonly Quantity[]): boolean {
  if (claim.ordinal) return false;
  const list = quantities.flatMap(readingsOf).slice(0, QUANTITIES_RECKONED);
  return list.some((a, at) =>
    list.slice(at + 1).some((b) => {
      if (a.unit !== b.unit && a.unit !== null && b.unit !== null) return false;
      const of = a.unit ?? b.unit;
      const fits = claim.unit === of || claim.unit === null || of === null;
      return fits && [a.value + b.value, Math.abs(a.value - b.value)].some((value) => sameValue(claim, clean(value)));
    }),
  );
}
