import type { Briefing } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { analyseParagraph, termsOfLine } from '../core/text/analysis.ts';
import { paragraphGivesOrders } from '../core/text/orders.ts';
import { alignBriefings } from '../editions/changes.ts';
import type { Candidate } from './features.ts';
import type { Question } from './question.ts';
import type { Ranked } from './rank.ts';
import type { Expansion } from './units.ts';
import { bySeries } from './when.ts';

/** Words that ask for a change without naming a subject. Folded. */
const WITHOUT_SUBJECT = new Set(
  'what whats changed change changes new news different difference differences last previous edition editions version versions brief briefing briefings document documents report update updates updated latest newest since between compared compare'.split(
    ' ',
  ),
);
/** Asks for what is there now and was not before, rather than how a value moved. */
const ASKS_FOR_NEW =
  /\bwhat(?:'s|’s| is| are| has been)? (?:the )?(?:new|added)\b|\bnew(?:ly added)? (?:in|since)\b|\badded (?:in|since|to)\b|\bnews\b/i;
/** Changed values quoted in an overview. */
const MOST = 5;

/** What became of a series from the edition before to the newest one. */
export interface Overview {
  older: Briefing;
  newer: Briefing;
  counts: { changed: number; reworded: number; added: number; removed: number };
  /** Sentences of the newer edition that state a changed value. */
  sentences: Candidate[];
}

export const hasNoSubject = (question: Question): boolean =>
  question.tokens.every((token) => token.stop || WITHOUT_SUBJECT.has(token.word) || /^\d+$/.test(token.word));

export const asksForNew = (text: string): boolean => ASKS_FOR_NEW.test(text);

/** The two newest editions of the series with the newest edition of all that has two; null when none has. */
export function lastTwo(briefings: readonly Briefing[]): { older: Briefing; newer: Briefing } | null {
  const series = [...bySeries(briefings).values()].filter((list) => list.length > 1);
  const [list] = series.sort((a, b) => ((b[0] as Briefing).edition.date ?? '').localeCompare((a[0] as Briefing).edition.date ?? ''));
  return list ? { newer: list[0] as Briefing, older: list[1] as Briefing } : null;
}

/** Answers "What changed since the last edition?": the sentences with changed values, and how many paragraphs differ. */
export async function overview(briefings: readonly Briefing[], reader: IndexReader): Promise<Overview | null> {
  const two = lastTwo(briefings);
  if (!two) return null;
  const pairs = await alignBriefings(reader, two.older.id, two.newer.id);
  const counts = { changed: 0, reworded: 0, added: 0, removed: 0 };
  const sentences: Candidate[] = [];
  for (const { kind, to, facts } of pairs) {
    if (kind !== 'unchanged') counts[kind]++;
    if (kind !== 'changed' || !to || paragraphGivesOrders(to)) continue;
    const analysis = analyseParagraph(to);
    for (const fact of facts) {
      const index = analysis.sentences.findIndex(({ span }) => fact.to.start >= span.start && fact.to.start < span.end);
      const sentence = analysis.sentences[index];
      if (!sentence || sentences.length === MOST || sentences.some((other) => other.sentence === sentence)) continue;
      sentences.push({
        passage: { paragraph: to, briefing: two.newer, lexical: 0, semantic: 0, score: 0 },
        analysis,
        sentence,
        index,
        context: [],
      });
    }
  }
  return { ...two, counts, sentences };
}

/** Of ranked sentences, those of paragraphs that the newest edition of their series has added or changed, on the question's subject. */
export async function onlyNew(
  ranked: readonly Ranked[],
  expansion: Expansion,
  briefings: readonly Briefing[],
  reader: IndexReader,
): Promise<Ranked[]> {
  const series = bySeries(briefings);
  const fresh = new Map<string, Set<number>>();
  const freshOf = async (briefing: Briefing): Promise<Set<number>> => {
    const kept = fresh.get(briefing.id);
    if (kept) return kept;
    const older = series.get(briefing.series)?.[1];
    const pairs = older ? await alignBriefings(reader, older.id, briefing.id) : [];
    const found = new Set(pairs.flatMap(({ kind, to }) => (to && (kind === 'added' || kind === 'changed') ? [to.number] : [])));
    fresh.set(briefing.id, found);
    return found;
  };
  const subject = expansion.units.filter((unit) => !unit.light && !unit.time && unit.known);
  const speaksOfIt = (candidate: Candidate) =>
    subject.some((unit) => unit.alternatives.some((terms) => terms.every((term) => around(candidate, term))));
  const out: Ranked[] = [];
  for (const entry of ranked) {
    const { briefing, paragraph } = entry.candidate.passage;
    if (!briefing.newest || paragraph.kind === 'heading' || !speaksOfIt(entry.candidate)) continue;
    if ((await freshOf(briefing)).has(paragraph.number)) out.push(entry);
  }
  return out;
}

function around({ sentence, passage }: Candidate, term: string): boolean {
  const heading = passage.paragraph.headings.at(-1);
  return sentence.terms.has(term) || (heading !== undefined && termsOfLine(heading).has(term));
}
