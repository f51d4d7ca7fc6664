import type { Briefing, ChangeKind, Paragraph } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { analyseParagraph } from '../../core/text/analysis.ts';
import { paragraphHasInjection } from '../../core/text/injection.ts';
import { alignBriefings, isContact } from '../../editions/index.ts';
import type { Question, Quoted } from '../records.ts';
import { bySeries } from '../understand/index.ts';

/** Words that ask for a change without naming a subject. Stems are compared folded. */
const WITHOUT_SUBJECT = new Set(
  'what whats changed change changes new news different difference differences last previous edition editions version versions brief briefing briefings document documents report update updates updated latest newest since between compared compare'.split(
    ' ',
  ),
);
/** New sections quoted in an overview, each by its first sentence, and changed values below them. */
const MOST_SECTIONS = 4;
const MOST_VALUES = 3;
/** How a sentence ends that stands by itself. */
const WHOLE = /[.!?。！？؟۔][”"'»)\]]*$/u;

/** What became of a series from the edition before to the newest one. */
export interface Overview {
  older: Briefing;
  newer: Briefing;
  counts: { changed: number; reworded: number; added: number; removed: number };
  /** Of the newer edition: the first sentences of sections the older one does not have, then those that state a changed value. */
  sentences: Quoted[];
}

/** Whether a question asks how editions differ without saying in what. */
export const asksForOverview = ({ scope, terms }: Question): boolean =>
  scope.when.kind === 'changed' && terms.every(({ word, carried }) => carried || WITHOUT_SUBJECT.has(word) || /^\d+$/.test(word));

/** What changed from the edition before to the newest, of the series with the newest edition of all that has two; null when none has. */
export async function overview(briefings: readonly Briefing[], reader: IndexReader): Promise<Overview | null> {
  const series = [...bySeries(briefings).values()].filter((list) => list.length > 1);
  const [list] = series.sort((a, b) => ((b[0] as Briefing).edition.date ?? '').localeCompare((a[0] as Briefing).edition.date ?? ''));
  if (!list) return null;
  const [newer, older] = list as [Briefing, Briefing];
  const counts = { changed: 0, reworded: 0, added: 0, removed: 0 };
  const values: Quoted[] = [];
  const rows = await alignBriefings(reader, older.id, newer.id);
  for (const { kind, to, facts } of rows) {
    if (kind !== 'unchanged') counts[kind]++;
    // Whose number replaced whose is for whoever asks about one of them.
    if (kind !== 'changed' || !to || isContact(to) || paragraphHasInjection(to)) continue;
    const spans = analyseParagraph(to).sentences;
    for (const fact of facts) {
      const sentence = spans.find(({ span }) => fact.to.start >= span.start && fact.to.start < span.end);
      if (!sentence || values.length === MOST_VALUES || values.some((other) => other.text === sentence.text)) continue;
      // It stands below a section that is new: it says where it is from.
      const under = to.headings.at(-1) ?? newer.title;
      values.push({ briefing: newer, paragraph: to, span: sentence.span, text: sentence.text, decisive: true, under });
    }
  }
  return { older, newer, counts, sentences: [...newSections(rows, newer), ...values] };
}

/** Sections whose title and text are new, in reading order, each by its first sentence below its title; the one above stands for those inside it. */
function newSections(rows: readonly { kind: ChangeKind; to: Paragraph | null }[], briefing: Briefing): Quoted[] {
  const found: Quoted[] = [];
  const taken: string[] = [];
  const later = rows.flatMap(({ kind, to }) => (to ? [{ added: kind === 'added', paragraph: to }] : []));
  for (const [at, { added, paragraph }] of later.entries()) {
    if (found.length === MOST_SECTIONS) break;
    if (!added || paragraph.kind !== 'heading' || paragraph.headings.some((title) => taken.includes(title))) continue;
    const next = later[at + 1];
    if (!next?.added || next.paragraph.kind === 'heading' || isContact(next.paragraph) || paragraphHasInjection(next.paragraph)) continue;
    const [first] = analyseParagraph(next.paragraph).sentences;
    if (!first || !WHOLE.test(first.text)) continue;
    taken.push(paragraph.text);
    found.push({ briefing, paragraph: next.paragraph, span: first.span, text: first.text, decisive: true, under: paragraph.text });
  }
  return found;
}
