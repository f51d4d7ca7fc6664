import type { DateMention } from '../core/time/dates.ts';
import { readTitle, sameProject } from './headings.ts';
import type { Prepared, SentenceInContext } from './sentence.ts';
import { HOLDER_WINDOW, ONCE_AFTER, ONCE_BEFORE, WORD_BEFORE } from './settings.ts';
import { missing } from './weights.ts';

/** Things that happen once or have one term: a different date for them is a change, not another event. */
const ONCE =
  /\b(?:found(?:ed|ation)|establish(?:ed|ment)|built|construct(?:ed|ion)|open(?:s|ed|ing)?|expir(?:e|es|ed|y)|end(?:s|ed|ing)?|run(?:s|ning)? (?:until|till|to|through)|due|deadline|complet(?:e|es|ed|ion)|valid|extended|start(?:s|ed)?|begin(?:s)?|began|scheduled|postponed|entr?(?:y|ies|er|ers|ered) into force|in force|clos(?:e|es|ed|ing)|term|mandate|until|date[ds]?|created|set up)\b/i;
/** One of several: the next edition may speak of another one. */
const ONE_OF_MANY = /\b(?:an?|another|new|some|several|annual|yearly|each|every|regular|second|next|last|latest)\b/i;
/** Offices and seats, held by one at a time. */
const OFFICE =
  /\b(?:director(?:-general)?|minister|president|vice-president|chair(?:person|man|woman)?|head(?:ed|quarters|quartered)?|secretary(?:-general)?|coordinator|manager|ambassador|representative|spokesperson|capital|seat|led|chaired|commissioner|governor|mayor|editor|author|rapporteur|president|principal|dean|rector|chief|focal point|contact person|located|based)\b/i;

/** Least overlap of two sentences with the date or name masked: all but the same words. */
const NEAR_IDENTICAL = 0.9;

/** The one date two otherwise like sentences differ in, or null. */
export function differingDate(
  a: SentenceInContext,
  b: SentenceInContext,
  p: Prepared,
  q: Prepared,
  similarity: number,
): [DateMention, DateMention] | null {
  if (similarity < NEAR_IDENTICAL || p.dates.length === 0 || p.dates.length !== q.dates.length) return null;
  const [x, y] = [a.sentence.text, b.sentence.text];
  const differing = p.dates.flatMap((date, at): [DateMention, DateMention][] => {
    const other = q.dates[at] as DateMention;
    return date.from === other.from && date.to === other.to ? [] : [[date, other]];
  });
  const [pair] = differing;
  if (!pair || differing.length !== 1 || !sameFigures(p, q)) return null;
  const [date, other] = pair;
  // "July 2024" says more than "2024", not something else.
  if (other.from.startsWith(date.from) || date.from.startsWith(other.from)) {
    if (date.from === date.to || other.from === other.to || other.to.startsWith(date.to) || date.to.startsWith(other.to)) return null;
  }
  if (a.paragraph.kind === 'heading' || b.paragraph.kind === 'heading') {
    // A project whose end was moved. Another beginning would be another phase.
    return a.paragraph.kind === b.paragraph.kind && sameProject(readTitle(x), readTitle(y), () => 1) ? [date, other] : null;
  }
  const before = x.slice(0, date.start).split(/[,;:]/).at(-1) as string;
  if (lastWord(x, date.start) !== lastWord(y, other.start)) return null;
  const clause = x.slice(Math.max(0, date.start - ONCE_BEFORE), date.end + ONCE_AFTER);
  return ONCE.test(clause) && !ONE_OF_MANY.test(before) && !ONE_OF_MANY.test(y.slice(0, other.start).split(/[,;:]/).at(-1) as string)
    ? [date, other]
    : null;
}

/** Whether a sentence speaks of an office or a seat. */
export const mayNameHolder = (text: string): boolean => OFFICE.test(text);

/** The one name two otherwise like sentences about an office or a seat differ in, or null. */
export function differingName(
  a: SentenceInContext,
  b: SentenceInContext,
  p: Prepared,
  q: Prepared,
): [{ start: number; end: number }, { start: number; end: number }] | null {
  if (a.paragraph.kind === 'heading' || b.paragraph.kind === 'heading' || p.names.length !== q.names.length) return null;
  const [x, y] = [a.sentence.text, b.sentence.text];
  if (!mayNameHolder(x) || !mayNameHolder(y) || !sameFigures(p, q) || p.dates.length !== q.dates.length) return null;
  if (p.dates.some((date, at) => date.from !== q.dates[at]?.from || date.to !== q.dates[at]?.to)) return null;
  const differing = p.names.flatMap((name, at) => {
    const other = q.names[at] as (typeof q.names)[number];
    return [...name.stems].sort().join(' ') === [...other.stems].sort().join(' ') ? [] : [[name, other] as const];
  });
  const [pair] = differing;
  if (!pair || differing.length !== 1) return null;
  const [name, other] = pair;
  // "Anna Berg" and "A. Berg", "Norland Ports" and "Ports of Norland Authority" may be one and the same.
  if ([...name.stems].some((stem) => other.stems.has(stem)) || OFFICE.test(name.text) || OFFICE.test(other.text)) return null;
  const without = (prepared: Prepared, mask: { start: number; end: number }) =>
    new Map(prepared.words.filter((word) => word.end <= mask.start || word.start >= mask.end).map((word) => [word.key, word.term]));
  const [left, right] = [without(p, name), without(q, other)];
  if (left.size === 0 || missing(left, right).length > 0 || missing(right, left).length > 0) return null;
  return fills(x, name) && fills(y, other) ? [name, other] : null;
}

/** The name stands where the office is filled: "is Anna Berg", "led by Anna Berg", "Director: Anna Berg", or as the subject. */
function fills(text: string, name: { start: number; end: number }): boolean {
  const before = text.slice(Math.max(0, name.start - HOLDER_WINDOW), name.start);
  if (/(?:\b(?:is|was|by|remains|became|at|in)\s+|[:–—-]\s*)$/i.test(before)) return true;
  return before.trim() === '' && /^\s*(?:is|was|heads?|leads?|chairs?|remains|became|has been)\b/i.test(text.slice(name.end));
}

const sameFigures = (p: Prepared, q: Prepared) =>
  p.figures.length === q.figures.length &&
  p.figures.every(({ figure }, at) => figure.value === q.figures[at]?.figure.value && figure.unit === q.figures[at]?.figure.unit);

const lastWord = (text: string, at: number) => /(\S+)\s*$/.exec(text.slice(Math.max(0, at - WORD_BEFORE), at))?.[1]?.toLowerCase() ?? '';
