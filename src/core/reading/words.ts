import { fnv1a } from '../hash.ts';
import { figures } from '../text/figures.ts';
import { isUnspaced, tokens } from '../text/tokens.ts';
import { MODIFIERS, NUMBER_WORD_PATTERN } from './marks.ts';

/** A word of a text: its stem, by which texts are compared, and the word as it is folded. */
interface ContentWord {
  term: string;
  word: string;
}

/** Content words; of scripts without spaces, neighbouring characters, as questions have them. */
export function contentOf(text: string, language: string): ContentWord[] {
  const list = tokens(text, language).filter(({ stop }) => !stop);
  return list.flatMap((token, at) => {
    if (!isUnspaced(token.term)) return [token];
    const next = list[at + 1];
    return next && isUnspaced(next.term) && next.start === token.end
      ? [{ term: `${token.term}_${next.term}`, word: `${token.word}${next.word}` }]
      : [];
  });
}

/** What one sentence, item or row says that an answer may be. */
export interface Values {
  /** Stems of words with a capital inside a sentence, of addresses and links, each once. */
  names: string[];
  /** Words with what makes them another thing ("vice-chair"), lower case, and the stem of what they would be without it. */
  modified: { whole: string; base: string }[];
  /** Figures and signs of money, and number words, lower case. */
  figures: string[];
  /** What says when: times, dates, durations and words like "monthly" or "before", lower case, each once. */
  times: string[];
}

const NAME = /(?<=[\p{Ll}\p{N},;:'’"“(–—/&] ?\(?)\p{Lu}[\p{L}\p{N}.&'’-]{0,60}|\b\p{Lu}{2,30}\b|[\w.]{1,60}@[\w.]{1,60}|https?:\S{1,300}/gu;
const FIGURE = new RegExp(`\\d[\\d.,:]{0,30}|[$€£]|\\b(?:${NUMBER_WORD_PATTERN})\\b`, 'giu');
const TIME =
  /\b\d{1,2}(?::\d\d|\s?[ap]\.?m\b)|\b(?:19|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b[\p{L}\p{N}]{1,20}[- ](?:hours?|days?|weeks?|months?|years?|minutes?)\b|\b(?:immediately|annually|monthly|weekly|daily|quarterly|noon|midnight|as soon as|once|until|upon|after|before|prior|first|last|end of|start of|beginning of)\b/giu;
const MODIFIED = new RegExp(`\\b(?:${MODIFIERS})[- ]?(\\p{L}{3,})`, 'giu');
/** A part longer than this says too much to be read for values, UTF-16 units. */
const READ_FOR_VALUES = 4000;

export function valuesOf(given: string): Values {
  const text = given.slice(0, READ_FOR_VALUES);
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

/** Figures of a text, their digits alone. */
export const digitsIn = (text: string): string[] => [
  ...(text.match(NUMBER) ?? []).map(digitsOf),
  ...largeFigures(text).map(({ digits }) => digits),
];

/** A text that asks, or links: it says nothing itself. */
export const ASKS = /[?？]\s*$/u;
export const LINK = /https?:|\bwww\./;

/** What of a reading depends on expressions alone, for naming its version. */
export const EXPRESSIONS: readonly string[] = [NAME, FIGURE, TIME, MODIFIED, ASKS, LINK].map(({ source }) => source);

/** 32 bits that stand for a string: FNV-1a over its UTF-16 units, with a final mix. */
export function stemHash(text: string): number {
  let value = fnv1a(text);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return value ^ (value >>> 13);
}
