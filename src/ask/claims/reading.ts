import { datesIn, figuresIn } from '../../core/text/localised.ts';
import { names } from '../../core/text/names.ts';
import { countries } from '../../core/text/places.ts';
import { tokens } from '../../core/text/tokens.ts';
import { contrastsOf, normalTerm } from './thesaurus.ts';
import { type BoundFigure, datesOf, figuresOf, type StatedDate } from './values.ts';

/** A content word, or a whole figure or date, at its place in a text. */
export interface Item {
  /** Folded; of a figure or date its text. */
  word: string;
  term: string;
  /** Place for distances: words count 1, commas and clauses more. */
  x: number;
  /** UTF-16 offsets. */
  start: number;
  end: number;
  figure: BoundFigure | null;
  date: StatedDate | null;
  /** Index into `names`, -1 outside names. */
  name: number;
  /** Whether the word opens with a capital. */
  upper: boolean;
  /** A function word that is kept for its contrary ("before"). */
  light: boolean;
}

/** A proper name of a text: one person, body, place, without the "and" that joins several. */
export interface Entity {
  text: string;
  /** ISO codes of the countries named by it. */
  countries: string[];
  /** Terms, a country as `@CN`. */
  terms: string[];
  /** Whether it names a country and nothing else. */
  country: boolean;
  /** Indexes into `items`. */
  first: number;
  last: number;
  start: number;
  end: number;
  initial: boolean;
}

/** A text read once for the checks of claims. */
export interface Reading {
  text: string;
  /** Content words, figures and dates in order. */
  items: Item[];
  figures: number[];
  dates: number[];
  /** Items that stand in a family of contrasts. */
  contrasts: number[];
  names: Entity[];
  /** Every word, function words included: folded, with its place. */
  words: { word: string; x: number; start: number; end: number }[];
}

/** What stands on the other side of "and" or "while" belongs to something else more often than not. */
const CONJUNCTION = 1.5;
/** A function word parts less than a word of meaning. */
const FUNCTION_WORD = 0.6;

/** Reads a text in a language (BCP 47 primary tag). Total for any string. */
export function read(text: string, language = 'en'): Reading {
  const dateList = datesOf(text, datesIn(text, language));
  const figureList = figuresOf(text, dateList, figuresIn(text, language));
  const values = [
    ...dateList.map((date) => ({ start: date.start, end: date.end, date, figure: null })),
    ...figureList.map((figure) => ({ start: figure.start, end: figure.end, date: null, figure })),
  ].sort((a, b) => a.start - b.start);
  const reading: Reading = { text, items: [], figures: [], dates: [], contrasts: [], names: [], words: [] };
  let x = 0;
  let last = 0;
  let v = 0;
  for (const token of tokens(text)) {
    const gap = text.slice(last, token.start);
    x += (token.stop ? FUNCTION_WORD : 1) + (/[.!?;:]\s|\n/.test(gap) ? 4 : /[,()–—]/.test(gap) ? 2 : 0);
    last = token.end;
    reading.words.push({ word: token.word, x, start: token.start, end: token.end });
    while (v < values.length && (values[v] as { end: number }).end <= token.start) v++;
    const value = values[v];
    if (value && token.start < value.end && value.start < token.end) {
      const previous = reading.items.at(-1);
      if (previous && previous.start === value.start && (previous.figure ?? previous.date)) continue;
      const at = reading.items.length;
      (value.date ? reading.dates : reading.figures).push(at);
      const own = text.slice(value.start, value.end);
      // "1st" and "first" stand against "last".
      const first = value.figure?.kind === 'ordinal' && value.figure.value === 1;
      if (first) reading.contrasts.push(at);
      reading.items.push({
        word: own,
        term: first ? 'first' : own,
        x,
        start: value.start,
        end: value.end,
        figure: value.figure,
        date: value.date,
        name: -1,
        upper: false,
        light: false,
      });
      continue;
    }
    const term = normalTerm(token.word);
    if (contrastsOf({ word: token.word, term }).length > 0) reading.contrasts.push(reading.items.length);
    else if (token.stop) {
      if (/^(?:and|while|whereas|but|which|who|or)$/.test(token.word)) x += CONJUNCTION;
      continue;
    }
    if (token.word.length === 1 && /[a-z]/.test(token.word)) {
      if (contrastsOf({ word: token.word, term }).length === 0) continue;
    }
    const upper = /^\p{Lu}/u.test(text.slice(token.start, token.start + 2));
    reading.items.push({
      word: token.word,
      term,
      x,
      start: token.start,
      end: token.end,
      figure: null,
      date: null,
      name: -1,
      upper,
      light: token.stop,
    });
  }
  readNames(reading);
  return reading;
}

function readNames(reading: Reading): void {
  let from = 0;
  for (const run of names(reading.text)) {
    // "China and the ILO" are two names; "Ministry of Health and Welfare" then is two as well, which does no harm.
    let offset = run.start;
    for (const part of reading.text.slice(run.start, run.end).split(/(\s+(?:and|&)\s+(?:the\s+)?)/i)) {
      const start = offset;
      offset += part.length;
      if (/^\s/.test(part)) continue;
      const end = offset;
      while (from < reading.items.length && (reading.items[from] as Item).end <= start) from++;
      let last = from;
      const own: Item[] = [];
      while (last < reading.items.length && (reading.items[last] as Item).start < end) {
        const item = reading.items[last] as Item;
        if (!item.figure && !item.date) {
          item.name = reading.names.length;
          own.push(item);
        }
        last++;
      }
      if (own.length === 0) continue;
      const places = countries(part.replace(/[’']s(?!\p{L})/gu, ''));
      const placeWords = new Set(places.flatMap((country) => country.words));
      const terms = own.filter((item) => !placeWords.has(item.word)).map((item) => item.term);
      reading.names.push({
        text: part.replace(/[’']s?$/, ''),
        countries: places.map((country) => country.code),
        terms: [...terms, ...places.map((country) => `@${country.code}`)],
        country: places.length > 0 && terms.length === 0,
        first: from,
        last: last - 1,
        start,
        end,
        initial: run.initial && start === run.start,
      });
    }
  }
}
