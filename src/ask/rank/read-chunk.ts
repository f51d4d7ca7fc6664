import type { Briefing, Chunk, Paragraph, Period } from '../../core/model.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { figures } from '../../core/text/figures.ts';
import { fileWords } from '../../core/text/file-words.ts';
import { countries } from '../../core/text/places.ts';
import { fold, isUnspaced, tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { MODIFIERS, NUMBER_WORD_PATTERN } from '../lexicon.ts';
import type { LocalVectors } from '../word-vectors.ts';

/** One sentence, item or row of a chunk, read. */
export interface ReadPart {
  text: string;
  paragraph: number;
  /** Code points in the paragraph. */
  start: number;
  end: number;
  item: boolean;
  lead: boolean;
  /** Places in `ReadChunk.terms`, each once, and 1 at each of them. */
  words: readonly number[];
  has: Uint8Array;
  vector: Float32Array;
  /** Stems of words with a capital inside a sentence, of addresses and links. */
  names: readonly string[];
  /** Words with what makes them another thing ("vice-chair"), lower case, and the stem of what they would be without it. */
  modified: readonly { whole: string; base: string }[];
  /** Figures and signs of money, and number words, lower case. */
  figures: readonly string[];
  /** What says when: times, dates, durations and words like "monthly" or "before", lower case. */
  times: readonly string[];
}

/** What ranking needs to know of a chunk, read once. */
export interface ReadChunk {
  parts: readonly ReadPart[];
  /** Different stems of text, headings and title. */
  terms: readonly string[];
  /** Stem -> place in `terms`. */
  places: ReadonlyMap<string, number>;
  /** Word vectors, as `terms`; null where there is none. */
  vectors: readonly (Float32Array | null)[];
  /** By place: where the stem stands in the text, in words. Empty when only heading or title has it. */
  positions: readonly (readonly number[])[];
  /** By place: where the stem stands, as a sum of `IN`. */
  where: Uint8Array;
  /** Words of the text; different ones of the text, and those of them that no heading has. */
  length: number;
  textTerms: number;
  ownTerms: number;
  /** Names of all parts, each once. */
  names: readonly string[];
  /** Share of the parts that ask or link: a table of contents, a row of links. */
  pointing: number;
  /** Of the last two headings and the text; of title and all headings; of the last heading. */
  vector: Float32Array;
  pathVector: Float32Array;
  headingVector: Float32Array;
  headingTerms: readonly number[];
  /** ISO 3166 codes: of text, headings and title; of the text alone. */
  countries: ReadonlySet<string>;
  textCountries: ReadonlySet<string>;
  years: ReadonlySet<string>;
  /** Days and months of text, headings, title and file name, and the date of the edition. */
  dates: readonly Period[];
  /** Figures of text, headings and title, their digits alone. */
  figures: ReadonlySet<string>;
  /** Text, headings and title, folded; hyphens and spaces as they are. */
  folded: string;
  /** Number of the chunk within its briefing. */
  number: number;
  /** Which parts match one of the few expressions for forms of answers; filled as forms are asked for. */
  marked: Map<RegExp, readonly boolean[]>;
}

/** Where a stem of a chunk stands. */
export const IN = { text: 1, headings: 2, title: 4 } as const;

/** Which parts of a chunk match an expression, looked up once for each of the few there are. */
export function markedBy({ parts, marked }: ReadChunk, mark: RegExp): readonly boolean[] {
  let found = marked.get(mark);
  if (!found) {
    found = parts.map(({ text }) => mark.test(text));
    marked.set(mark, found);
  }
  return found;
}

const EMPTY = new Float32Array(0);

export function readChunk(
  chunk: Chunk,
  briefing: Briefing,
  paragraphs: ReadonlyMap<number, Paragraph>,
  vectors: LocalVectors | null,
): ReadChunk {
  const terms: string[] = [];
  const places = new Map<string, number>();
  const words: string[] = [];
  const positions: number[][] = [];
  const placeOf = (term: string, word: string): number => {
    let place = places.get(term);
    if (place === undefined) {
      place = terms.length;
      places.set(term, place);
      terms.push(term);
      words.push(word);
      positions.push([]);
    }
    return place;
  };
  let at = 0;
  const parts = chunk.parts.map(({ paragraph, start, end, item, lead }): ReadPart => {
    const text = sliceCodePoints(paragraphs.get(paragraph)?.text ?? '', start, end);
    const own = new Set<number>();
    for (const { term, word } of contentOf(text, briefing.language)) {
      const place = placeOf(term, word);
      (positions[place] as number[]).push(at++);
      own.add(place);
    }
    // Neighbours across a sentence's end are no pair.
    at++;
    const has = new Uint8Array(terms.length);
    for (const place of own) has[place] = 1;
    return { text, paragraph, start, end, item, lead, words: [...own], has, vector: vectors?.text(text) ?? EMPTY, ...valuesOf(text) };
  });
  const length = at;
  const setOf = (text: string): Set<number> => new Set(contentOf(text, briefing.language).map(({ term, word }) => placeOf(term, word)));
  const { headings } = chunk;
  const last = headings.at(-1) ?? '';
  const inHeadings = setOf(headings.join('. '));
  const inTitle = setOf(`${briefing.title} ${fileWords(briefing.source)}`);
  const headingTerms = [...setOf(last)];
  const where = new Uint8Array(terms.length);
  positions.forEach((own, place) => {
    where[place] = (own.length > 0 ? IN.text : 0) + (inHeadings.has(place) ? IN.headings : 0) + (inTitle.has(place) ? IN.title : 0);
  });
  const whole = `${chunk.text}\n${headings.join('\n')}\n${briefing.title}`;
  // Few questions ask for these.
  const textCountries = once(() => new Set(codesIn(chunk.text)));
  const allCountries = once(() => new Set([...textCountries(), ...codesIn(`${headings.join('\n')}\n${briefing.title}`)]));
  const allDates = once(() => [
    ...dates(`${whole}\n${fileWords(briefing.source)}\n${briefing.source}`).filter(({ from }) => from.length > 'YYYY'.length),
    ...(briefing.edition.date ? [{ from: briefing.edition.date, to: briefing.edition.date }] : []),
  ]);
  const years = once(() => new Set(whole.match(/\b(?:19|20)\d\d\b/g) ?? []));
  const allFigures = once(
    () => new Set([...(whole.match(NUMBER) ?? []).map(digitsOf), ...largeFigures(whole).map(({ digits }) => digits)]),
  );
  const folded = once(() => fold(whole));
  return {
    parts,
    terms,
    places,
    vectors: words.map((word) => vectors?.word(word) ?? null),
    positions,
    where,
    length,
    textTerms: where.filter((one) => one & IN.text).length,
    ownTerms: where.filter((one) => one & IN.text && !(one & IN.headings)).length,
    names: [...new Set(parts.flatMap(({ names }) => names))],
    pointing: parts.filter(({ text }) => ASKS.test(text) || LINK.test(text)).length / Math.max(1, parts.length),
    vector: vectors?.text(`${chunk.context}\n${chunk.text}`) ?? EMPTY,
    pathVector: vectors?.text(`${briefing.title}. ${headings.join('. ')}`) ?? EMPTY,
    headingVector: vectors?.text(last) ?? EMPTY,
    headingTerms,
    get countries() {
      return allCountries();
    },
    get textCountries() {
      return textCountries();
    },
    get dates() {
      return allDates();
    },
    get years() {
      return years();
    },
    get figures() {
      return allFigures();
    },
    get folded() {
      return folded();
    },
    number: Number(chunk.id.slice(chunk.id.lastIndexOf('#c') + 2)),
    marked: new Map(),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Digits with separators between; a space separates thousands. */
const NUMBER = /\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?!\d)|\d[\d.,:’']{0,30}/g;
/** A figure however its thousands are separated. */
export const digitsOf = (figure: string): string => figure.replace(/\D/g, '');

const LARGE = /\d\s?(?:thousand|million|billion|trillion|mn|bn)\b/i;

/** Values of "1.2 million" and the like, as digits: "1200000", and where they stand, UTF-16. English. */
export const largeFigures = (text: string): { digits: string; start: number; end: number }[] =>
  LARGE.test(text)
    ? figures(text).flatMap(({ value, start, end }) =>
        value >= 1000 && Number.isInteger(value) ? [{ digits: String(value), start, end }] : [],
      )
    : [];

const codesIn = (text: string): string[] => countries(text).map(({ code }) => code);

/** Content words; of scripts without spaces, neighbouring characters, as questions have them. */
function contentOf(text: string, language: string): { term: string; word: string }[] {
  const list = tokens(text, language).filter(({ stop }) => !stop);
  return list.flatMap((token, at) => {
    if (!isUnspaced(token.term)) return [token];
    const next = list[at + 1];
    return next && isUnspaced(next.term) && next.start === token.end
      ? [{ term: `${token.term}_${next.term}`, word: `${token.word}${next.word}` }]
      : [];
  });
}

const NAME = /(?<=[\p{Ll}\p{N},;:'’"“(–—/&] ?\(?)\p{Lu}[\p{L}\p{N}.&'’-]{0,60}|\b\p{Lu}{2,30}\b|[\w.]{1,60}@[\w.]{1,60}|https?:\S{1,300}/gu;
const FIGURE = new RegExp(`\\d[\\d.,:]{0,30}|[$€£]|\\b(?:${NUMBER_WORD_PATTERN})\\b`, 'giu');
const TIME =
  /\b\d{1,2}(?::\d\d|\s?[ap]\.?m\b)|\b(?:19|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b[\p{L}\p{N}]{1,20}[- ](?:hours?|days?|weeks?|months?|years?|minutes?)\b|\b(?:immediately|annually|monthly|weekly|daily|quarterly|noon|midnight|as soon as|once|until|upon|after|before|prior|first|last|end of|start of|beginning of)\b/giu;
export const ASKS = /[?？]\s*$/u;
const LINK = /https?:|\bwww\./;
const MODIFIED = new RegExp(`\\b(?:${MODIFIERS})[- ]?(\\p{L}{3,})`, 'giu');
/** A part longer than this says too much to be read for values, UTF-16 units. */
const LOOKED_AT = 4000;

function valuesOf(given: string): Pick<ReadPart, 'names' | 'modified' | 'figures' | 'times'> {
  const text = given.slice(0, LOOKED_AT);
  return {
    names: [...new Set((text.match(NAME) ?? []).flatMap((name) => tokens(name).find(({ stop }) => !stop)?.term ?? []))],
    modified: [...text.matchAll(MODIFIED)].flatMap(([whole, base]) => {
      const term = tokens(base as string)[0]?.term;
      return term ? [{ whole: whole.toLowerCase(), base: term }] : [];
    }),
    figures: (text.match(FIGURE) ?? []).map((figure) => figure.toLowerCase()),
    times: [...new Set((text.match(TIME) ?? []).map((time) => time.toLowerCase()))],
  };
}
