import type { Briefing } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { analyseParagraph } from '../../core/text/analysis.ts';
import { paragraphGivesOrders } from '../../core/text/orders.ts';
import { alignBriefings } from '../../editions/changes.ts';
import type { Question, Quoted } from '../records.ts';
import { bySeries } from '../understand/edition-words.ts';

/** Words that ask for a change without naming a subject. Stems are compared folded. */
const WITHOUT_SUBJECT = new Set(
  'what whats changed change changes new news different difference differences last previous edition editions version versions brief briefing briefings document documents report update updates updated latest newest since between compared compare'.split(
    ' ',
  ),
);
/** Changed values quoted in an overview. */
const MOST = 5;

/** What became of a series from the edition before to the newest one. */
export interface Overview {
  older: Briefing;
  newer: Briefing;
  counts: { changed: number; reworded: number; added: number; removed: number };
  /** Sentences of the newer edition that state a changed value. */
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
  const sentences: Quoted[] = [];
  for (const { kind, to, facts } of await alignBriefings(reader, older.id, newer.id)) {
    if (kind !== 'unchanged') counts[kind]++;
    if (kind !== 'changed' || !to || paragraphGivesOrders(to)) continue;
    const spans = analyseParagraph(to).sentences;
    for (const fact of facts) {
      const sentence = spans.find(({ span }) => fact.to.start >= span.start && fact.to.start < span.end);
      if (!sentence || sentences.length === MOST || sentences.some((other) => other.text === sentence.text)) continue;
      sentences.push({ briefing: newer, paragraph: to, span: sentence.span, text: sentence.text, decisive: true, under: null });
    }
  }
  return { older, newer, counts, sentences };
}
