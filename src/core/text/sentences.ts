import type { Span } from '../model.ts';
import { codePointLength } from './codepoints.ts';
import { isStopword } from './stopwords.ts';

/** Words that end in a full stop without ending a sentence; folded to lower case, without the final stop. */
const ABBREVIATIONS = new Set(
  (
    'dr mr mrs ms prof hon gen sen rep gov st jr sr no nos art arts para paras sec ch vol fig figs eq ed eds p pp cf ' +
    'e.g i.e etc vs al approx est dept univ inc ltd co corp bros u.s u.k u.n e.u d.c p.r a.m p.m ph.d m.a b.a jan feb mar apr jun jul ' +
    'aug sep sept oct nov dec tel fax ext min max c ca viz ibid op cit rev col lt sgt capt maj cmdr adm messrs mt ft'
  ).split(' '),
);
/** Abbreviations after which a capital usually does start a new sentence. */
const MAY_END = new Set(['etc', 'al', 'inc', 'ltd', 'co', 'corp', 'jr', 'sr', 'u.s', 'u.k', 'u.n', 'e.u', 'd.c', 'a.m', 'p.m', 'ph.d']);
const STARTS_LOWER = /^[\p{Ll}\d([,;:%]/u;
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
/** A footnote's number that lost its raised place, between two sentences: "a record.1 We bought". */
const NOTE_NUMBER = /\p{Ll}{4}[.!?]["”’)]?\d{1,2}\s+(?=["“‘(]?\p{Lu})/gu;
/** How far back an abbreviation is looked for, UTF-16 units; without a bound, text without real sentence ends costs quadratic time. */
const LOOK_BACK = 64;
const LOOK_AHEAD = 80;
const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string): Intl.Segmenter {
  let found = segmenters.get(language);
  if (!found) {
    found = new Intl.Segmenter(language, { granularity: 'sentence' });
    segmenters.set(language, found);
  }
  return found;
}

/** Whether the text cut before `next` ends in an abbreviation, an initial or a decimal rather than in a sentence. */
function isFalseEnd(before: string, next: string): boolean {
  const trimmed = before.trimEnd();
  if (!trimmed.endsWith('.')) return STARTS_LOWER.test(next) && !/[.!?。！？…]["'”’)\]]*$/u.test(trimmed) && !/\n\s*$/.test(before);
  if (STARTS_LOWER.test(next) && !/^\d/.test(next)) return true;
  if (INITIAL.test(trimmed) && !/(?:^|\s)I\.$/.test(trimmed)) return true;
  const word = /([\p{L}.]+)\.$/u.exec(trimmed)?.[1]?.toLowerCase();
  if (!word || !ABBREVIATIONS.has(word)) return false;
  // "no." is an abbreviation only before a number.
  if (word === 'no' || word === 'p' || word === 'c') return /^\d/.test(next);
  return !(MAY_END.has(word) && opensSentence(next));
}

/** A verb among the first words tells a sentence from the rest of one ("9 a.m. Monday in the hall"); auxiliaries and pasts are enough. */
const VERB =
  /(?<!\p{L})(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|must|shall|should|do|does|did|\p{Ll}{2,}ed)(?!\p{L})/u;

/** Whether what follows an abbreviation that may end a sentence begins one: with a function word, or with a verb near by. */
function opensSentence(next: string): boolean {
  const opening = /^["“‘'(]?(\p{Lu}[\p{L}\p{M}’'-]*)/u.exec(next)?.[1];
  if (opening === undefined) return false;
  if (DAYS.has(opening.toLowerCase())) return false;
  if (isStopword(opening.toLowerCase())) return true;
  const words = next.split(/\s+/).slice(1, 6).join(' ');
  return VERB.test(words.split(/[.!?]\s/)[0] as string);
}

const DAYS = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october ' +
    'november december'
  ).split(' '),
);

/**
 * Sentences of one bounded paragraph, as code point spans without the white space around them.
 *
 * `Intl.Segmenter` (UAX #29) finds the candidates; cuts after abbreviations and initials are merged again. It is
 * quadratic in its input, so pieces of 4,000 UTF-16 units are segmented one at a time.
 */
export function sentences(text: string, language = 'en'): Span[] {
  const cuts: number[] = [];
  const size = 4000;
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + size);
    if (to < text.length) {
      const space = text.lastIndexOf(' ', to);
      if (space > from + size / 2) to = space + 1;
      else if (/[\udc00-\udfff]/.test(text[to] as string)) to++;
    }
    for (const part of segmenter(language).segment(text.slice(from, to))) {
      const end = from + part.index + part.segment.length;
      if (end < to || to === text.length) cuts.push(end);
    }
    from = to;
  }
  for (const note of text.matchAll(NOTE_NUMBER)) cuts.push(note.index + note[0].length);
  cuts.sort((a, b) => a - b);
  const spans: Span[] = [];
  let begin = 0;
  let codePoint = 0;
  let counted = 0;
  const toCodePoints = (offset: number): number => {
    codePoint += codePointLength(text.slice(counted, offset));
    counted = offset;
    return codePoint;
  };
  for (const cut of cuts) {
    if (cut < text.length && isFalseEnd(text.slice(Math.max(begin, cut - LOOK_BACK), cut), text.slice(cut, cut + LOOK_AHEAD).trimStart()))
      continue;
    const raw = text.slice(begin, cut);
    const start = begin + raw.length - raw.trimStart().length;
    const end = begin + raw.trimEnd().length;
    if (end > start) spans.push({ start: toCodePoints(start), end: toCodePoints(end) });
    begin = cut;
  }
  return spans;
}
