import type { Paragraph } from '../core/model.ts';
import type { SentenceAnalysis } from '../core/text/analysis.ts';
import type { Figure } from '../core/text/figures.ts';
import { names } from '../core/text/names.ts';
import { countries } from '../core/text/places.ts';
import { stem } from '../core/text/stem.ts';
import { fold, type Token, tokens } from '../core/text/tokens.ts';
import type { DateMention } from '../core/time/dates.ts';
import { AFTER_FIGURE, AND_WINDOW, AS_OF_WINDOW, BEFORE_FIGURE, BOUND_WINDOW, MOST_COUNTED_WORDS, MOST_OPENING_WORDS } from './settings.ts';

/** A sentence and the paragraph it stands in, whose headings say what it is about. */
export interface SentenceInContext {
  sentence: SentenceAnalysis;
  paragraph: Paragraph;
}

/** A content word, or a country under any of its names. UTF-16 offsets in the sentence. */
interface Word {
  /** Stem, or `@CN` for a country. */
  key: string;
  /** Stem whose idf it is weighted by. */
  term: string;
  start: number;
  end: number;
}

/** A figure with the clause that says what it counts. */
export interface FigureInClause {
  figure: Figure;
  /** Content of the clause without figures and dates, key -> stem. */
  clause: Map<string, string>;
  /** Where the clause begins, UTF-16. */
  from: number;
  /** Stems right after the figure, up to the next function word or mark: what is counted comes among the first. */
  counted: string[];
  /** Dates of events the figure belongs to ("In 2018 alone"), not those that only say when it was counted ("as of 2019"). */
  events: DateMention[];
  /** Capitalised names up to the end of the clause, as sets of stems. */
  names: Set<string>[];
  /** Part of a name or reference ("Article 5"), an ordinal or a year: no quantity. */
  label: boolean;
  /** An addition to what was there ("another 5 schools"): two of them add up rather than replace one another. */
  increment: boolean;
  /** The clause continues another and has no subject of its own: the sentence has to tell whose figure it is. */
  continued: boolean;
  /** How it is meant: done, or planned. */
  planned: boolean;
  /** Lower or upper bound, or about. */
  bound: 'least' | 'most' | 'about' | null;
}

export interface Prepared {
  /** Content without figures and dates. */
  words: Word[];
  keys: Map<string, string>;
  figures: FigureInClause[];
  dates: DateMention[];
  countries: Set<string>;
  names: { text: string; start: number; end: number; stems: Set<string> }[];
}

const cache = new WeakMap<SentenceAnalysis, Prepared>();

/** Reads a sentence for comparison; kept for as long as its analysis lives. */
export function prepare({ sentence, paragraph }: SentenceInContext): Prepared {
  let found = cache.get(sentence);
  if (!found) {
    found = read(sentence, paragraph);
    cache.set(sentence, found);
  }
  return found;
}

/** Words that qualify a count without restricting what is counted, as stems. */
const NEUTRAL = new Set(
  'total altogether current currently now today far already date present presently latest number overall more less least most nearly almost over about approximately roughly estimated'
    .split(' ')
    .map((word) => stem(word)),
);
/** What a later sentence calls a country. */
const GENERIC = new Set(['country', 'nation', 'state']);
const LABELS =
  /(?:\b(?:no|nos|number|art|article|articles|section|sections|target|goal|sdg|sdgs|phase|chapter|convention|protocol|annex|appendix|paragraph|paras?|page|pages|pp?|resolution|version|table|figure|fig|box|part|volume|vol|level|tier|item|step|act|law|decree|recommendation|room|floor|bldg|building|route|street|road|avenue|box|type|class|grade|category|ch|week|day|line|form|iso|covid|supplement|equation|eq|model|group|stage|round|season|episode|question|option|session|agenda|vision)\.?\s*)$/i;
const INCREMENT_BEFORE = /\b(?:another|further|additional|additionally|extra|next|new)\s*$/i;
const INCREMENT_AFTER = /^\s*(?:more|further|additional|extra|other|others|new)\b/i;
const PLANNED =
  /\b(?:will|shall|would|could|may|might|aims?|aimed|plans?|planned|planning|expected|expects?|target|targets|targeted|goal|should|intends?|intended|to be|hopes?|envisages?|envisaged|foresees?|foreseen|projected|scheduled)\b/i;
const AS_OF =
  /\b(?:as of|as at|status|currently|effective|updated|by the end of|end of|stand(?:s|ing)? (?:at|in)|edition|since|established in|founded in|created in|built in|set up in)\s*$/i;
const BOUND: [RegExp, 'least' | 'most' | 'about'][] = [
  [/(?:over|more than|at least|above|exceeding|in excess of|no fewer than|not less than)\s*$/i, 'least'],
  [/(?:nearly|almost|up to|less than|fewer than|under|below|at most|no more than|maximum of)\s*$/i, 'most'],
  [/(?:about|around|approximately|some|roughly|circa|c\.|an estimated|estimated)\s*$/i, 'about'],
];
const AND_CLAUSE =
  /^and (?:is|are|was|were|has|have|had|will|would|can|could|it|they|he|she|there|also|one|another|then|thus|therefore)\b/i;

/** Longest sentence read for its facts, in content words: what is longer is a table or a list that was read as one sentence. */
const LONGEST_WORDS = 120;
/** The same in UTF-16 units, whatever it is made of. */
export const LONGEST_TEXT = 4000;

/** Whether a sentence is too long to be one. */
export const isOverlong = (sentence: SentenceAnalysis): boolean =>
  // A text of few characters holds no more words.
  sentence.text.length > LONGEST_TEXT || (sentence.text.length > LONGEST_WORDS && sentence.words.length > LONGEST_WORDS);

function read(sentence: SentenceAnalysis, paragraph: Paragraph): Prepared {
  if (isOverlong(sentence)) {
    const plain = sentence.content.map(({ term, start, end }) => ({ key: term, term, start, end }));
    return {
      words: plain,
      keys: new Map(plain.map((word) => [word.key, word.term])),
      figures: [],
      dates: [],
      countries: new Set(),
      names: [],
    };
  }
  const { text, figures, dates } = sentence;
  const all = tokens(text);
  const masks = [...figures, ...dates];
  const masked = (token: Token) => masks.some((mask) => token.start < mask.end && mask.start < token.end) || /^\p{N}+$/u.test(token.word);
  const places = countryWords(text, all);
  const words: Word[] = [];
  for (let at = 0; at < all.length; at++) {
    const token = all[at] as Token;
    const place = places.get(at);
    if (place) {
      words.push({ key: `@${place.code}`, term: (all[place.last] as Token).term, start: token.start, end: (all[place.last] as Token).end });
      at = place.last;
      continue;
    }
    if (token.stop || masked(token) || token.word === 's') continue;
    // "the country" is the only country the paragraph names.
    const home = GENERIC.has(token.word) && /^(?:the|this|that)$/.test(all[at - 1]?.word ?? '') ? soleCountry(paragraph) : null;
    if (home) {
      words.push({ key: `@${home}`, term: token.term, start: token.start, end: token.end });
      continue;
    }
    if (token.word.length === 1 && /^[a-z]$/.test(token.word)) continue;
    words.push({ key: token.term, term: token.term, start: token.start, end: token.end });
  }
  const found = names(text).map((name) => ({
    text: name.text,
    start: name.start,
    end: name.start + name.text.length,
    initial: name.initial,
    stems: new Set(
      tokens(name.text)
        .filter((token) => !token.stop && token.word !== 's')
        .map((token) => token.term),
    ),
  }));
  // A single capitalised word that opens the sentence may be any word.
  const proper = found.filter((name) => !name.initial || /\s/.test(name.text));
  const cuts = clauseCuts(text, all, masks);
  return {
    words,
    keys: new Map(words.map((word) => [word.key, word.term])),
    figures: figures.map((figure) => inClause(figure, text, all, words, dates, proper, cuts)),
    dates,
    countries: new Set(words.filter((word) => word.key.startsWith('@')).map((word) => word.key)),
    names: proper,
  };
}

/** Token index -> country that begins there. `countries` knows the names; where they stand is found by their last word. */
function countryWords(text: string, all: readonly Token[]): Map<number, { code: string; last: number }> {
  const out = new Map<number, { code: string; last: number }>();
  let from = 0;
  for (const { code, words } of countries(text)) {
    const tail = fold(words.at(-1) as string);
    for (let at = from; at < all.length; at++) {
      if ((all[at] as Token).word !== tail) continue;
      const part = new Set([...words.flatMap((word) => tokens(word).map((token) => token.word)), 'people', 's', 'of', 'the']);
      let first = at;
      while (words.length > 1 && first > from && at - first < words.length + 2 && part.has((all[first - 1] as Token).word)) first--;
      // A single word may be the end of an official name that was read in pieces.
      if (words.length === 1 && /^republic of$/.test(`${all[at - 2]?.word} ${all[at - 1]?.word}`)) {
        first = at - 2;
        if (all[first - 1]?.word === 's' && all[first - 2]?.word === 'people') first -= 2;
        else if (/^(?:people|peoples|islamic|united)$/.test(all[first - 1]?.word ?? '')) first -= 1;
      }
      out.set(first, { code, last: at });
      from = at + 1;
      break;
    }
  }
  return out;
}

const homes = new WeakMap<Paragraph, { code: string | null }>();

/** The one country a paragraph and its headings name, or null. */
function soleCountry(paragraph: Paragraph): string | null {
  let found = homes.get(paragraph);
  if (!found) {
    const codes = new Set(countries(`${paragraph.headings.join(' . ')} . ${paragraph.text}`).map((country) => country.code));
    found = { code: codes.size === 1 ? ([...codes][0] as string) : null };
    homes.set(paragraph, found);
  }
  return found.code;
}

/** UTF-16 offsets at which one clause ends and the next begins, ascending. */
function clauseCuts(text: string, all: readonly Token[], masks: readonly { start: number; end: number }[]): number[] {
  const cuts: number[] = [];
  const inside = (at: number) => masks.some((mask) => at >= mask.start && at < mask.end);
  for (const match of text.matchAll(/[,;:()[\]]|\s[–—-]\s|\band\b|\b(?:while|whereas|but|although)\b/giu)) {
    const at = match.index;
    if (inside(at)) continue;
    const mark = match[0];
    if (/^and$/i.test(mark)) {
      if (AND_CLAUSE.test(text.slice(at, at + AND_WINDOW))) cuts.push(at);
      continue;
    }
    if (mark === ',' || mark === ':') {
      const after = text.slice(at + 1);
      // "Members: 12" is one clause, and so is an enumeration of single words.
      if (mark === ':' && /^\s*(?:(?:over|about|some|US)\s?)?[\p{N}$€£]/u.test(after)) continue;
      const stop = after.search(/[,;:()]|\band\b/u);
      const to = at + 1 + (stop < 0 ? after.length : stop);
      const content = all.filter((token) => token.start > at && token.end <= to && !token.stop).length;
      if (mark === ',' && content <= 2 && !/^\s*(?:which|who|whose|and|but|while|where)\b/.test(after)) continue;
    }
    cuts.push(at);
  }
  return cuts;
}

function inClause(
  figure: Figure,
  text: string,
  all: readonly Token[],
  words: readonly Word[],
  dates: readonly DateMention[],
  proper: readonly { start: number; end: number; stems: Set<string> }[],
  cuts: readonly number[],
): FigureInClause {
  const earlier = cuts.filter((cut) => cut <= figure.start);
  let start = earlier.pop() ?? 0;
  const end = cuts.find((cut) => cut >= figure.end) ?? text.length;
  const telling = () => words.filter((word) => word.start >= start && word.end <= end && !NEUTRAL.has(word.key));
  // "…, totalling US$ 8 million": what is too short to say anything is read with what it continues.
  while (start > 0 && text[start] === ',' && telling().length === 0) start = earlier.pop() ?? 0;
  const before = text.slice(Math.max(start, figure.start - BEFORE_FIGURE), figure.start);
  const after = text.slice(figure.end, figure.end + AFTER_FIGURE);
  const clause = new Map(telling().map((word) => [word.key, word.term]));
  // A date that opens the sentence holds for all of it.
  const opening = (date: DateMention) =>
    date.end <= figure.start && text.slice(0, date.start).trim().split(/\s+/).length <= MOST_OPENING_WORDS;
  const events = dates.filter(
    (date) =>
      ((date.start >= start && date.end <= end) || opening(date)) &&
      !AS_OF.test(text.slice(Math.max(0, date.start - AS_OF_WINDOW), date.start)),
  );
  return {
    figure,
    clause,
    from: start,
    counted: countedAfter(figure, text, all, end),
    events,
    names: proper.filter((name) => name.end <= end).map((name) => name.stems),
    label:
      figure.kind === 'ordinal' ||
      figure.kind === 'year' ||
      LABELS.test(before) ||
      (figure.unit === null &&
        /(?:^|[\s(“"])\p{Lu}[\p{L}\p{M}]+\s$/u.test(before) &&
        before.trimStart().length < before.length &&
        !/^\s*\p{Lu}\S*\s$/u.test(text.slice(0, figure.start))) ||
      (figure.unit === null && /[\p{L}\p{N}][-–—]$|[+#/@.]$/u.test(before)) ||
      // "The two lists" points at what was counted before, and "7-95" is a range.
      /\b(?:the|these|those|both)\s$/i.test(before) ||
      /^\s?[/@+]|^[.:]\p{N}|^\s?[-–—]\s?\p{N}/u.test(after),
    increment: INCREMENT_BEFORE.test(before) || INCREMENT_AFTER.test(after),
    continued: start > 0 && /[,a]/i.test(text[start] as string),
    planned: PLANNED.test(text.slice(start, end)),
    bound: BOUND.find(([pattern]) => pattern.test(before.slice(-BOUND_WINDOW)))?.[1] ?? null,
  };
}

function countedAfter(figure: Figure, text: string, all: readonly Token[], end: number): string[] {
  const out: string[] = [];
  let last = figure.end;
  for (const token of all) {
    if (token.start < figure.end) continue;
    if (token.end > end || out.length === MOST_COUNTED_WORDS) break;
    // "26 of the Conventions": the article does not end what is counted.
    if (token.stop) {
      if (out.length === 0 && /^(?:of|the|its|these|those|their|a|an|such|different|other)$/.test(token.word)) {
        last = token.end;
        continue;
      }
      break;
    }
    if (!/^[\s'’-]*(?:s\s)?$/u.test(text.slice(last, token.start))) break;
    last = token.end;
    if (token.word === 's') continue;
    // "Four point-scoring finishes" are no points.
    const joined = out.length > 0 && text[token.start - 1] === '-' && text.slice(0, token.start - 1).length >= figure.end;
    if (joined && out.length === 1) out[0] = `${out[0]}-${token.term}`;
    else out.push(token.term);
  }
  return out;
}
