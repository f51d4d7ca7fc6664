import type { Span } from '../../core/model.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import { sentences } from '../../core/text/sentences.ts';
import { fold, isUnspaced, tokens } from '../../core/text/tokens.ts';
import { spellDate } from '../../core/time/dates.ts';
import { type DatedSource, type StatedDates, statedDates } from './dates.ts';
import { type Forms, type NameMention, type NameSource, nameSource } from './names.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { foldQuotation } from './quotations.ts';
import type { Source } from './records.ts';

/** A word of meaning at its place. */
export interface Word {
  word: string;
  term: string;
  start: number;
  end: number;
}

/** A text read once. */
export interface TextReading {
  text: string;
  words: Word[];
  terms: ReadonlySet<string>;
  quantities: Quantity[];
  dates: StatedDates;
}

/** Words of meaning, quantities and dates of a text; figures and dates are no words. */
export function readWords(text: string, language: string, from: string | null, source = false): TextReading {
  const dates = statedDates(text, language, from);
  const covered = [...dates.full, ...dates.partial.filter((one) => one.day !== null)].map(({ start, end }) => ({
    from: '',
    to: '',
    start,
    end,
  }));
  const quantities = quantitiesOf(text, language, covered, source);
  const taken = [...covered, ...quantities];
  const words = tokens(text, language)
    .filter(
      ({ word, stop: light, start, end }) =>
        !light &&
        (word.length > 1 || isUnspaced(word)) &&
        !taken.some((one) => start < one.end && one.start < end && /\p{N}/u.test(text.slice(one.start, one.end))),
    )
    .map(({ word, term, start, end }) => ({ word, term, start, end }));
  return { text, words, terms: new Set(words.map((one) => one.term)), quantities, dates };
}

/** A sentence of a source. */
export interface SourceSentence {
  /** Code points of the paragraph. */
  span: Span;
  reading: TextReading;
}

/** A source read once. */
export interface SourceReading {
  source: Source;
  pieces: SourceSentence[];
  /** Title, headings, the line above a list. */
  above: TextReading;
  /** Everything it says with what stands above it. */
  whole: string;
  /** The same, folded for quotations. */
  quotable: string;
  names: NameSource;
  dated: DatedSource;
  quantities: readonly Quantity[];
}

/** Words that name a year by the one beside it: "the year before". */
const BESIDE = /\b(?:previous|preceding|prior|following|next) year\b|\byear (?:before|earlier|after|later)\b|\bVorjahr/iu;
/** Sentences of one paragraph that are looked at; longer ones are read in parts. */
const PIECES = 60;
const LONGEST_PIECE = 1200;
const readings = new WeakMap<Source, SourceReading>();

/** Reads a source; kept as long as the source is. */
export function readSource(source: Source): SourceReading {
  const known = readings.get(source);
  if (known) return known;
  const { text, title, headings, lead, edition, language } = source;
  const given = source.sentences && source.sentences.length > 0 ? source.sentences : sentences(text, language === 'und' ? 'en' : language);
  const spans = given.length > 0 ? given : [{ start: 0, end: codePointLength(text) }];
  const pieces = spans
    .flatMap(cut)
    .slice(0, PIECES)
    .map((span) => ({ span, reading: readWords(sliceCodePoints(text, span.start, span.end), language, edition, true) }));
  const lines = [title, ...headings, ...(lead ? [lead] : [])];
  const whole = [text, ...lines, ...(edition ? [spellDate(edition), edition] : [])].join('\n');
  const said = [text, ...lines].join('\n');
  const above = readWords(lines.join('\n'), language, edition, true);
  const read = [...pieces.map((piece) => piece.reading.dates), above.dates];
  const full = read.flatMap((one) => one.full);
  const years = BESIDE.test(said)
    ? [...full.flatMap(({ from, to }) => [from, to]), ...(edition ? [edition] : [])].map((date) => Number(date.slice(0, 4)))
    : [];
  const meant = years.flatMap((year) => [year - 1, year + 1]).map((year) => ({ from: `${year}`, to: `${year}`, start: 0, end: 0 }));
  const stated: StatedDates = { full: [...full, ...meant], partial: read.flatMap((one) => one.partial) };
  const quantities = [...pieces.flatMap(({ reading }) => reading.quantities), ...above.quantities];
  const found: SourceReading = {
    source,
    pieces,
    above,
    whole,
    quotable: foldQuotation(said),
    names: nameSource(whole, language),
    dated: { stated, edition },
    quantities,
  };
  readings.set(source, found);
  return found;
}

function cut({ start, end }: Span): Span[] {
  const parts: Span[] = [];
  for (let from = start; from < end; from += LONGEST_PIECE) parts.push({ start: from, end: Math.min(end, from + LONGEST_PIECE) });
  return parts;
}

/** Cosine of word vectors from which two words are taken to mean the same; .3 and .55 move one of 580 true ones, without any 2 more are refused. */
const ALIKE_COSINE = 0.42;

/** How far a word of a claim is met by one of a source, 0..1. */
export function alike(a: Word, b: Word, vectors: ((word: string) => Float32Array | null) | null): number {
  if (a.term === b.term) return 1;
  const one = vectors?.(a.word);
  const other = one && vectors?.(b.word);
  if (!one || !other) return 0;
  let cosine = 0;
  for (let i = 0; i < one.length; i++) cosine += (one[i] as number) * (other[i] as number);
  return cosine >= ALIKE_COSINE ? Math.min(0.8, cosine) : 0;
}

export const sameText = (a: string, b: string): boolean =>
  fold(foldQuotation(a)).replace(/[.!?。！？]+$/u, '') === fold(foldQuotation(b)).replace(/[.!?。！？]+$/u, '');

/** What a sentence is held against: the sentences that carry it, and the whole of their paragraphs. */
export interface Ground {
  claim: TextReading;
  /** Without "Yes," or "No,". */
  text: string;
  names: readonly NameMention[];
  pieces: readonly SourceSentence[];
  sources: readonly SourceReading[];
  language: string;
  forms: Forms;
}
