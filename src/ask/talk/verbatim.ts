import type { Briefing } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { paragraphHasInjection } from '../../core/text/injection.ts';
import type { Quoted } from '../records.ts';
import { valuesIn } from './repeats.ts';

/** Characters of a sentence that is known again by its words. */
const SHORTEST_SAID = 20;
/** Words around quotations that assert nothing of their own: "The July 2026 edition says: …". Chosen, not measured. */
const MOST_AROUND = 16;
const MOST_PARAGRAPHS = 2000;

/** Whether a sentence is long enough to be known again, and was said. */
export const wasSaid = (text: string, last: string): boolean => text.length >= SHORTEST_SAID && last.includes(text);
/** The line above a list says nothing by itself. */
export const LEADS_ON = /[:：]$/;

/**
 * The sentences of a briefing that were said word for word; none where something else was said besides: a figure, or more words than stand around quotations. A line
 * that only leads to a list is left out.
 */
export async function saidOf(last: string, briefing: Briefing, reader: IndexReader): Promise<Quoted[]> {
  const said: Quoted[] = [];
  let around = last;
  for (const paragraph of (await reader.paragraphsOf(briefing.id)).slice(0, MOST_PARAGRAPHS)) {
    if (paragraph.kind === 'heading' || paragraphHasInjection(paragraph)) continue;
    for (const span of paragraph.sentences) {
      const text = sliceCodePoints(paragraph.text, span.start, span.end).trim();
      if (!wasSaid(text, last)) continue;
      around = around.replaceAll(text, ' ');
      if (!LEADS_ON.test(text)) said.push({ briefing, paragraph, span, text, decisive: true, under: null });
    }
  }
  const titled = [briefing.title, ...said.flatMap(({ paragraph }) => paragraph.headings)];
  for (const title of titled) around = around.replaceAll(title, ' ');
  const own = valuesIn((briefing.edition.date ?? '').replaceAll('-', ' '));
  const words = around.match(/\p{Script=Han}|[\p{L}\p{M}]+/gu) ?? [];
  return words.length <= MOST_AROUND && [...valuesIn(around)].every((value) => own.has(value)) ? said : [];
}
