import type { Answer, Citation, CitedBriefing } from '../core/model.ts';
import { figures } from '../core/text/figures.ts';
import { dates } from '../core/time/dates.ts';
import { countsNotes, type EvalCase, type Evidence, type Fact, type Forbidden } from './case.ts';

/** The form in which wordings are compared: lower case, straight quotes, plain dashes, single spaces. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘‚‛]/g, "'")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether `wording` occurs in `text`, both `plain`. One that begins or ends with a digit never matches inside a longer number. */
export function occurs(text: string, wording: string): boolean {
  if (wording === '') return false;
  for (let at = text.indexOf(wording); at >= 0; at = text.indexOf(wording, at + 1))
    if (standsAlone(text, at, at + wording.length)) return true;
  return false;
}

function standsAlone(text: string, start: number, end: number): boolean {
  const digit = (at: number) => at >= 0 && at < text.length && /\d/.test(text[at] as string);
  const joint = (at: number) => at >= 0 && at < text.length && /[.,]/.test(text[at] as string);
  if (digit(start) && (digit(start - 1) || (joint(start - 1) && digit(start - 2)))) return false;
  return !(digit(end - 1) && (digit(end) || (joint(end) && digit(end + 1))));
}

/** Whether a text states a fact. */
export function states(text: string, fact: Fact): boolean {
  if (fact.any_of) {
    const folded = plain(text);
    return fact.any_of.some((wording) => occurs(folded, plain(wording)));
  }
  if (fact.number !== undefined) {
    return figures(text).some(
      ({ value, unit }) => value === fact.number && (fact.unit === undefined || unit?.toUpperCase() === fact.unit.toUpperCase()),
    );
  }
  if (fact.date !== undefined)
    return dates(text).some(({ from, to }) => from.startsWith(fact.date as string) || to.startsWith(fact.date as string));
  return fact.matches !== undefined && new RegExp(fact.matches, 'iu').test(text);
}

/** A fact in few words, for messages. */
export function nameFact(fact: Fact): string {
  if (fact.any_of) return fact.any_of.map((wording) => `“${wording}”`).join(' or ');
  if (fact.number !== undefined) return `the number ${fact.number}${fact.unit ? ` ${fact.unit}` : ''}`;
  return fact.date !== undefined ? `the date ${fact.date}` : `/${fact.matches}/`;
}

/** Whether a sentence makes a forbidden statement. */
export function breaks(text: string, forbidden: Forbidden): boolean {
  return typeof forbidden === 'string' ? occurs(plain(text), plain(forbidden)) : new RegExp(forbidden.matches, 'iu').test(text);
}

/** Sentences of an answer as one text. */
export function sentencesText(answer: Pick<Answer, 'sentences'>): string {
  return answer.sentences.map((sentence) => sentence.text).join(' ');
}

/** Where the facts of a case are looked for: the sentences, and the notes where the case counts them. */
export function factText(one: EvalCase, answer: Pick<Answer, 'sentences' | 'notes'>): string {
  const notes = countsNotes(one) ? answer.notes.map((note) => note.text) : [];
  return [sentencesText(answer), ...notes].join(' ');
}

/** Whether two edition dates are the same at the coarser precision of both. */
export function sameEdition(a: string | null, b: string): boolean {
  return a !== null && (a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`));
}

/** Whether a briefing is the one evidence names. */
export function isBriefing(briefing: Pick<CitedBriefing, 'id' | 'source'>, name: string): boolean {
  return briefing.id === name || briefing.source === name || briefing.source.replace(/\.[^./]+$/, '') === name;
}

/** What evidence is compared with: a cited or retrieved paragraph. */
export type Cited = Pick<Citation, 'briefing' | 'headings' | 'text'>;

/** Whether a paragraph is the evidence: the edition and briefing named, and the quote in it, or all anchors in it and its headings. */
export function proves(cited: Cited, { briefing, edition, quote, anchors }: Evidence): boolean {
  if (edition !== undefined && !sameEdition(cited.briefing.edition.date, edition)) return false;
  if (briefing !== undefined && !isBriefing(cited.briefing, briefing)) return false;
  const text = plain(cited.text);
  if (occurs(text, plain(quote))) return true;
  if (!anchors || anchors.length === 0) return false;
  const around = plain([cited.text, ...cited.headings].join(' '));
  return anchors.every((anchor) => occurs(around, plain(anchor)));
}
