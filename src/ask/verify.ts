import type { Citation } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { codePointLength, sliceCodePoints } from '../core/text/codepoints.ts';
import { figures } from '../core/text/figures.ts';
import { names } from '../core/text/names.ts';
import { fold, tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { type Reason, reason } from './reasons.ts';

export type Verification = { verdict: 'verified' } | { verdict: 'withheld'; reason: Reason };

/**
 * Whether citations resolve against the snapshot: the paragraph exists, its text is the one cited, the quotation stands
 * in it word for word, and the offsets point at it in the briefing's text.
 */
export async function verifyCitation(citation: Citation, reader: IndexReader): Promise<Reason | null> {
  const paragraph = await reader.paragraph(citation.paragraph);
  if (paragraph?.text !== citation.text) return reason('citation');
  const { exact } = citation.quote;
  const from = citation.start - paragraph.start;
  if (exact === '' || from < 0 || citation.end - citation.start !== codePointLength(exact)) return reason('citation');
  if (sliceCodePoints(paragraph.text, from, from + (citation.end - citation.start)) !== exact) return reason('citation');
  return null;
}

/** Whether what a sentence asserts (figures, dates, names) stands in the paragraphs it cites, headings included. */
export function verifyStatement(text: string, citations: readonly Citation[]): Reason | null {
  const sources = citations.map((citation) => [citation.text, ...citation.headings, citation.briefing.title].join('\n'));
  if (citations.some((citation) => fold(citation.quote.exact) === fold(text))) return null;
  const sourceFigures = sources.flatMap(figures);
  const ownDates = dates(text);
  for (const figure of figures(text)) {
    // The parts of a date are checked as a date.
    if (ownDates.some((date) => figure.start < date.end && date.start < figure.end)) continue;
    const same = sourceFigures.some(
      (other) => other.value === figure.value && (figure.unit === null || other.unit === null || other.unit === figure.unit),
    );
    if (!same) return reason('figure', text.slice(figure.start, figure.end).trim());
  }
  const sourceDates = sources.flatMap(dates);
  for (const date of ownDates) {
    const same = sourceDates.some(
      (other) =>
        (other.from.startsWith(date.from) || date.from.startsWith(other.from)) &&
        (other.to.startsWith(date.to) || date.to.startsWith(other.to)),
    );
    if (!same) return reason('date', text.slice(date.start, date.end));
  }
  const words = new Set(sources.flatMap((source) => tokens(source).map((token) => token.word)));
  for (const name of names(text)) {
    if (name.initial && !name.text.includes(' ')) continue;
    const missing = tokens(name.text).find((token) => !token.stop && !words.has(token.word));
    if (missing) return reason('name', name.text);
  }
  return null;
}

/** Both checks; a sentence leaves the service only when this says `verified`. */
export async function verify(text: string, citations: readonly Citation[], reader: IndexReader): Promise<Verification> {
  if (citations.length === 0) return { verdict: 'withheld', reason: reason('unsupported') };
  for (const citation of citations) {
    const problem = await verifyCitation(citation, reader);
    if (problem) return { verdict: 'withheld', reason: problem };
  }
  const problem = verifyStatement(text, citations);
  return problem ? { verdict: 'withheld', reason: problem } : { verdict: 'verified' };
}
