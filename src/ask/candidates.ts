import type { Paragraph, Passage } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { analyseParagraph } from '../core/text/analysis.ts';
import type { Candidate } from './features.ts';
import type { Question } from './question.ts';

const ASKS_FOR_TITLE =
  /\b(?:what|which|name|title|called)\b.*\b(?:project|programme|program|initiative|conference|event|seminar|training|fund|agreement|mou|memorand\w+)s?\b|\bcalled\b|\btitle\b/i;
/** Sentences of one paragraph that are looked at: a bound on the work one long paragraph can cause. */
const MAX_SENTENCES = 60;

/**
 * Sentences of the passages, in passage order. Headings are candidates of their own only where their form can answer:
 * a date ("… (2018-27)"), or the name of a project.
 */
export async function candidatesOf(question: Question, passages: readonly Passage[], reader: IndexReader): Promise<Candidate[]> {
  const wanted = new Set<string>();
  const headingOf = (paragraph: Paragraph) => (paragraph.heading === null ? null : `${paragraph.briefing}#p${paragraph.heading}`);
  const leadOf = (paragraph: Paragraph) => (paragraph.lead === null ? null : `${paragraph.briefing}#p${paragraph.lead}`);
  const useHeadings = question.answerType === 'date' || ASKS_FOR_TITLE.test(question.text);
  for (const { paragraph } of passages) {
    const lead = leadOf(paragraph);
    if (lead) wanted.add(lead);
    const heading = headingOf(paragraph);
    if (heading && useHeadings) wanted.add(heading);
  }
  const extra = new Map((await reader.paragraphs([...wanted])).map((paragraph) => [paragraph.id, paragraph]));
  const out: Candidate[] = [];
  const seenHeadings = new Set<string>();
  const wantsAttribution = ['date', 'place', 'person'].includes(question.answerType) || /\b(?:occasion|event|forum)\b/i.test(question.text);
  const push = (passage: Passage, context: string[]) => {
    const analysis = analyseParagraph(passage.paragraph);
    const { sentences } = analysis;
    // Who is quoted, where and when speaks for every sentence of a quotation and is none of them.
    const last = sentences.at(-1);
    const attribution = passage.paragraph.kind === 'quotation' && sentences.length > 1 && last && /^[(–—-]/.test(last.text) ? last : null;
    const above = attribution ? [...context, attribution.text] : context;
    sentences.slice(0, MAX_SENTENCES).forEach((sentence, index) => {
      if (sentence !== attribution || wantsAttribution) out.push({ passage, analysis, sentence, index, context: above });
    });
  };
  for (const passage of passages) {
    const { paragraph, briefing } = passage;
    const above = [...new Set([briefing.title, ...paragraph.headings])];
    const lead = extra.get(leadOf(paragraph) ?? '');
    push(passage, lead ? [...above, lead.text] : above);
    const heading = extra.get(headingOf(paragraph) ?? '');
    if (!heading || seenHeadings.has(heading.id) || heading.kind !== 'heading') continue;
    seenHeadings.add(heading.id);
    if (question.answerType === 'date' && !/\d{4}/.test(heading.text)) continue;
    push({ ...passage, paragraph: heading }, above);
  }
  return out;
}
