import type { Briefing, Citation, CitedBriefing, NearestPassage, Paragraph, Span } from '../../core/model.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import type { Candidate } from '../records.ts';

/** Code points of context on each side of a quote. */
const QUOTE_CONTEXT = 32;

function citedBriefing(briefing: Briefing): CitedBriefing {
  const { id, title, series, edition, newest, source } = briefing;
  return { id, title, series, edition: { date: edition.date, stated: edition.stated }, newest, source };
}

/** Address of a paragraph's place on its source page. */
export function paragraphUrl(paragraph: Paragraph): string {
  return `/briefings/${encodeURIComponent(paragraph.briefing)}#p${paragraph.number}`;
}

/** A citation of `span` (code points within the paragraph). */
function cite(number: number, paragraph: Paragraph, briefing: Briefing, span: Span): Citation {
  const { text } = paragraph;
  const length = codePointLength(text);
  return {
    number,
    paragraph: paragraph.id,
    briefing: citedBriefing(briefing),
    headings: paragraph.headings,
    page: paragraph.page,
    text,
    quote: {
      exact: sliceCodePoints(text, span.start, span.end),
      prefix: sliceCodePoints(text, Math.max(0, span.start - QUOTE_CONTEXT), span.start),
      suffix: sliceCodePoints(text, span.end, Math.min(length, span.end + QUOTE_CONTEXT)),
    },
    start: paragraph.start + span.start,
    end: paragraph.start + span.end,
    url: paragraphUrl(paragraph),
  };
}

/** A chunk that was found, at the paragraph of its part that fits best. */
export function nearestPassage({ chunk, briefing, paragraphs, fused }: Candidate, part = 0): NearestPassage {
  const number = chunk.parts[part]?.paragraph ?? (chunk.paragraphs[0] as number);
  const paragraph = paragraphs.get(number) as Paragraph;
  return {
    paragraph: paragraph.id,
    paragraphs: chunk.paragraphs.map((one) => `${chunk.briefing}#p${one}`),
    briefing: citedBriefing(briefing),
    headings: chunk.headings,
    page: paragraph.page,
    text: chunk.text,
    url: paragraphUrl(paragraph),
    score: Math.round(fused * 10_000) / 10_000,
  };
}

/** Citations of one answer. */
export interface CitationBook {
  add(paragraph: Paragraph, briefing: Briefing, span: Span): Citation;
  all(): Citation[];
}

/** The same quote is cited once, numbers count from 1 in the order of first use. */
export function citationBook(): CitationBook {
  const byKey = new Map<string, Citation>();
  return {
    add(paragraph, briefing, span) {
      const key = `${paragraph.id}:${span.start}-${span.end}`;
      let found = byKey.get(key);
      if (!found) {
        found = cite(byKey.size + 1, paragraph, briefing, span);
        byKey.set(key, found);
      }
      return found;
    },
    all: () => [...byKey.values()],
  };
}

/**
 * A sentence as it stands in the answer text: its own bracketed numbers, which would read as citations, become round
 * brackets; then its markers.
 */
export function withMarkers(text: string, numbers: readonly number[]): string {
  return `${text.replace(/\[(\d+)\]/g, '($1)')} ${numbers.map((number) => `[${number}]`).join('')}`.trim();
}
