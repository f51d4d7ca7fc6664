import type {
  Answer,
  Briefing,
  ChangeKind,
  ChangeRow,
  ChangeSide,
  Changes,
  CitedBriefing,
  NearestPassage,
  Paragraph,
  SearchResult,
  SeriesEdition,
} from '../core/model.ts';
import { codePointLength, sliceCodePoints } from '../core/text/codepoints.ts';
import type { Outputs } from './schemas.ts';
import { visible } from './text.ts';

/** How pages and resources are addressed. `base`: where the service is reached, or null when that is not known. */
export interface Links {
  page(path: string): string | null;
  resource(paragraph: string): string;
}

export const briefingUri = (id: string): string => `pilcrow://briefings/${encodeURIComponent(id)}`;

export function linksTo(base: string | null): Links {
  return {
    page: (path) => (base === null ? null : new URL(path.replace(/^\//, ''), `${base}/`).href),
    resource: (paragraph) => {
      const at = paragraph.lastIndexOf('#p');
      return `${briefingUri(paragraph.slice(0, at))}/paragraphs/${paragraph.slice(at + 2)}`;
    },
  };
}

/** Longest text of one paragraph in a list of several; `get_paragraph` has the whole. */
const CLIPPED_LENGTH = 1200;
const clip = (text: string, most = CLIPPED_LENGTH): string => {
  const shown = visible(text);
  return codePointLength(shown) <= most ? shown : `${sliceCodePoints(shown, 0, most - 1)}…`;
};

const cited = (briefing: CitedBriefing | Briefing) => ({
  id: briefing.id,
  title: visible(briefing.title),
  series: briefing.series,
  edition: briefing.edition.date,
  stated: briefing.edition.stated,
  newest: briefing.newest,
});
const placed = (
  one: { paragraph: string; briefing: CitedBriefing; headings: string[]; page: number | null; url: string },
  links: Links,
) => ({
  paragraph: one.paragraph,
  briefing: cited(one.briefing),
  headings: one.headings.map(visible),
  page: one.page,
  url: links.page(one.url),
  resource: links.resource(one.paragraph),
});
const passage = (one: NearestPassage, links: Links) => ({ ...placed(one, links), text: clip(one.text), score: one.score });

/** An answer without what was not verified: of a withheld sentence only that there was one. */
export function answerRecord(answer: Answer, links: Links): Outputs['ask'] {
  return {
    status: answer.status,
    outcome: answer.outcome,
    confidence: answer.confidence,
    answer: visible(answer.answer),
    sentences: answer.sentences.map(({ text, citations, verdict, under }) => ({
      text: visible(text),
      citations,
      verdict,
      under: under === null ? null : visible(under),
    })),
    citations: answer.citations.map((citation) => ({
      number: citation.number,
      ...placed(citation, links),
      quote: visible(citation.quote.exact),
    })),
    notes: answer.notes.map(({ kind, text, citations }) => ({ kind, text: visible(text), citations })),
    withheld: answer.withheld.length,
    nearest: answer.nearest.map((one) => passage(one, links)),
    suggestions: answer.suggestions.map(visible),
    question: { asked: answer.question.asked, standalone: visible(answer.question.standalone) },
    mode: answer.mode,
    model: answer.model,
    snapshot: answer.snapshot,
  };
}

export function searchRecord({ query, passages, snapshot }: SearchResult, links: Links): Outputs['search'] {
  return { query, passages: passages.map((one) => passage(one, links)), snapshot };
}

const paragraphOf = (one: Paragraph, links: Links) => ({
  id: one.id,
  number: one.number,
  kind: one.kind,
  headings: one.headings.map(visible),
  page: one.page,
  text: visible(one.text),
  url: links.page(`/briefings/${encodeURIComponent(one.briefing)}#p${one.number}`),
  resource: links.resource(one.id),
});

export function paragraphRecord(
  briefing: Briefing,
  paragraph: Paragraph,
  around: Paragraph[],
  snapshot: string,
  links: Links,
): Outputs['get_paragraph'] {
  const those = (is: (one: Paragraph) => boolean) => around.filter(is).map((one) => paragraphOf(one, links));
  return {
    briefing: cited(briefing),
    paragraph: paragraphOf(paragraph, links),
    before: those((one) => one.start < paragraph.start),
    after: those((one) => one.start > paragraph.start),
    snapshot,
  };
}

/** What a reader wants to know first when not all fits. */
const WEIGHT: Record<ChangeKind, number> = { changed: 0, removed: 1, added: 2, reworded: 3, unchanged: 4 };

/** The changes that weigh most, in reading order, without what is unchanged. */
export function changesRecord(changes: Changes, limit: number, links: Links): Outputs['compare_editions'] {
  const rows = changes.rows.filter((row) => row.kind !== 'unchanged');
  const kept = new Set([...rows].sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind]).slice(0, limit));
  const side = (one: ChangeSide | null) =>
    one && {
      paragraph: one.paragraph,
      headings: one.headings.map(visible),
      text: clip(one.text, 500),
      url: links.page(one.url),
      resource: links.resource(one.paragraph),
    };
  const edition = ({ briefing, ...rest }: SeriesEdition) => cited({ ...rest, id: briefing, series: changes.series });
  return {
    series: changes.series,
    from: edition(changes.from),
    to: edition(changes.to),
    summary: changes.summary,
    changes: rows
      .filter((row) => kept.has(row))
      .map((row) => ({
        kind: row.kind as Exclude<ChangeRow['kind'], 'unchanged'>,
        from: side(row.from),
        to: side(row.to),
        values: row.facts.map((fact) => ({ kind: fact.kind, from: visible(fact.from.text), to: visible(fact.to.text) })),
      })),
    omitted: rows.length - kept.size,
    snapshot: changes.snapshot,
  };
}
