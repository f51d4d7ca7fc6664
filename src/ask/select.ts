import type { Passage } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { analyseParagraph } from '../core/text/analysis.ts';
import { paragraphGivesOrders } from '../core/text/orders.ts';
import type { Candidate } from './features.ts';
import { complementOf, hasForm, headingHasForm } from './guards.ts';
import { askedPeriod, type Question } from './question.ts';
import type { Ranked } from './rank.ts';
import type { AskSettings } from './settings.ts';
import type { Expansion, Unit } from './units.ts';

/** Sentences quoted for a question that is not a list. */
const MAX_SENTENCES = 3;
/** Projects bear their names in the headings over them. */
const ASKS_FOR_NAME =
  /\b(?:name|title|called)\b.*\b(?:project|programme|program|initiative|seminar|conference|training|event)s?\b|\b(?:project|programme|program|initiative|seminar|conference|training|event)s?\b.*\b(?:named|called|titled)\b/i;
const FORMS: ReadonlySet<Question['answerType']> = new Set(['number', 'money', 'percent', 'date', 'place', 'person', 'organisation']);
/** What is asked for stands in one sentence. */
const FIGURES: ReadonlySet<Question['answerType']> = new Set(['number', 'money', 'percent', 'date', 'contact']);
/** Sentences quoted for a list, its introduction included. */
const MAX_LIST = 7;

const present = (unit: Unit, candidate: Candidate) =>
  unit.alternatives.some((terms) => terms.every((term) => candidate.sentence.terms.has(term)));

/**
 * The sentences to quote, best first chosen and then in reading order where they share a paragraph: the best one; before
 * it the sentence it points back to; further ones that add a part of the question the best one leaves open; for a list,
 * its introduction and its items.
 */
export async function select(
  question: Question,
  expansion: Expansion,
  ranked: readonly Ranked[],
  reader: IndexReader,
  settings: AskSettings,
): Promise<Candidate[]> {
  const best = ranked[0];
  if (!best) return [];
  if (question.answerType === 'contact') return question.contact === 'address' ? wholeBlock(best.candidate) : [best.candidate];
  if (best.candidate.passage.paragraph.kind === 'contact') return wholeBlock(best.candidate);
  const list = await listAround(question, best.candidate, reader);
  if (list) return list;
  const chosen = [best.candidate];
  const asked = new Set(expansion.units.flatMap((unit) => unit.alternatives.flat()));
  const completed = await completion(question, best.candidate, asked, reader);
  if (completed) return inReadingOrder([best.candidate, completed]);
  const same = (a: Candidate, b: Candidate) => a.passage.paragraph.id === b.passage.paragraph.id && a.index === b.index;
  const below =
    best.candidate.passage.paragraph.kind === 'heading' ? ranked.find(({ candidate }) => isBelow(candidate, best.candidate)) : undefined;
  if (below) return [best.candidate, below.candidate];
  const open = new Set(expansion.units.filter((unit) => !present(unit, best.candidate)));
  const total = expansion.units.reduce((sum, unit) => sum + unit.idf, 0) || 1;
  for (const next of ranked.slice(1, 12)) {
    if (chosen.length === MAX_SENTENCES) break;
    const lenient = question.list || question.answerType === 'yes-no';
    const gap = best.score - next.score;
    const beside = !FIGURES.has(question.answerType) && next.candidate.passage.paragraph.id === best.candidate.passage.paragraph.id;
    if (gap > Math.max(settings.further * (lenient ? 3 : 1), settings.furtherBeside)) break;
    if (next.candidate.passage.briefing.id !== best.candidate.passage.briefing.id || chosen.some((other) => same(other, next.candidate)))
      continue;
    const adds = [...open].filter((unit) => present(unit, next.candidate));
    const share = adds.reduce((sum, unit) => sum + unit.idf, 0) / total;
    const completes =
      gap <= settings.further * (lenient ? 3 : 1) && (question.list || share >= (question.answerType === 'yes-no' ? 0.1 : 0.2));
    if (!completes && !(beside && gap <= settings.furtherBeside)) continue;
    for (const unit of adds) open.delete(unit);
    chosen.push(next.candidate);
  }
  return inReadingOrder(withContinuation(question, expansion, withAntecedent(chosen), settings));
}

/** Whether a sentence stands right below a heading: a title alone tells little of what it is the title of. */
const isBelow = (candidate: Candidate, heading: Candidate): boolean =>
  candidate.passage.briefing.id === heading.passage.briefing.id && candidate.passage.paragraph.heading === heading.passage.paragraph.number;

/** What the best sentence lacks of the form asked for: the sentence beside it, or the heading above, that has it. */
async function completion(question: Question, best: Candidate, asked: ReadonlySet<string>, reader: IndexReader): Promise<Candidate | null> {
  const { paragraph } = best.passage;
  if (ASKS_FOR_NAME.test(question.text) && paragraph.kind !== 'heading' && !/[“"«]/.test(best.sentence.text))
    return headingAbove(best, reader);
  if (!FORMS.has(question.answerType) || hasForm(best, question, asked)) return null;
  const beside = complementOf(best, question, asked, askedPeriod(question));
  if (beside) return beside;
  if (!headingHasForm(best, question, asked)) return null;
  return headingAbove(best, reader);
}

/** The heading right above a sentence, as something to quote; null where there is none. */
async function headingAbove(best: Candidate, reader: IndexReader): Promise<Candidate | null> {
  const { paragraph } = best.passage;
  if (paragraph.heading === null) return null;
  const heading = await reader.paragraph(`${paragraph.briefing}#p${paragraph.heading}`);
  const analysis = heading && analyseParagraph(heading);
  const sentence = analysis?.sentences[0];
  return heading && analysis && sentence
    ? { ...best, passage: { ...best.passage, paragraph: heading }, analysis, sentence, index: 0 }
    : null;
}

/**
 * A question that names its subject and asks what it is for, what it does or what came of it is often answered right
 * after the sentence that names the subject: one that says little more than the question takes the next one along.
 */
function withContinuation(question: Question, expansion: Expansion, chosen: Candidate[], settings: AskSettings): Candidate[] {
  const last = chosen.at(-1) as Candidate;
  if (chosen.length >= 2 || ['number', 'money', 'percent', 'date', 'contact'].includes(question.answerType)) return chosen;
  const asked = new Set(expansion.units.flatMap((unit) => unit.alternatives.flat()));
  const fresh = last.sentence.content.filter((token) => !asked.has(token.term)).length;
  const next = last.analysis.sentences[last.index + 1];
  if (!next || last.passage.paragraph.kind === 'heading') return chosen;
  if (fresh > settings.saysLittle && last.sentence.length + next.length > settings.shortAnswer) return chosen;
  return [...chosen, { ...last, sentence: next, index: last.index + 1 }];
}

/** Every line of an address. */
function wholeBlock(candidate: Candidate): Candidate[] {
  return candidate.analysis.sentences.slice(0, MAX_LIST).map((sentence, index) => ({ ...candidate, sentence, index }));
}

/** Puts before a first sentence that points back ("It …") the sentence it points to. */
function withAntecedent(chosen: Candidate[]): Candidate[] {
  const first = chosen[0] as Candidate;
  if (!first.sentence.pointsBack || first.index === 0 || chosen.length >= MAX_SENTENCES) return chosen;
  const index = first.index - 1;
  if (chosen.some((other) => other.passage.paragraph.id === first.passage.paragraph.id && other.index === index)) return chosen;
  const sentence = first.analysis.sentences[index];
  return sentence ? [{ ...first, sentence, index }, ...chosen] : chosen;
}

function inReadingOrder(chosen: Candidate[]): Candidate[] {
  const order = [...new Set(chosen.map((candidate) => candidate.passage.paragraph.id))];
  return [...chosen].sort((a, b) => order.indexOf(a.passage.paragraph.id) - order.indexOf(b.passage.paragraph.id) || a.index - b.index);
}

/** The introduction and items of the list the best sentence belongs to or introduces, when a list is asked for. */
async function listAround(question: Question, best: Candidate, reader: IndexReader): Promise<Candidate[] | null> {
  if (!question.list) return null;
  const { paragraph } = best.passage;
  const lead = paragraph.kind === 'item' ? paragraph.lead : /:\s*$/.test(paragraph.text) ? paragraph.number : null;
  if (lead === null) return null;
  const items: Candidate[] = [];
  const make = (passage: Passage, index: number): Candidate => {
    const analysis = analyseParagraph(passage.paragraph);
    return { ...best, passage, analysis, index, sentence: analysis.sentences[index] as Candidate['sentence'] };
  };
  const introduction = await reader.paragraph(`${paragraph.briefing}#p${lead}`);
  if (!introduction || paragraphGivesOrders(introduction)) return null;
  const introductionPassage = { ...best.passage, paragraph: introduction };
  items.push(make(introductionPassage, analyseParagraph(introduction).sentences.length - 1));
  for (let number = lead + 1; items.length < MAX_LIST; number++) {
    const item = await reader.paragraph(`${paragraph.briefing}#p${number}`);
    if (item?.kind !== 'item' || item.lead !== lead) break;
    if (paragraphGivesOrders(item)) continue;
    items.push(make({ ...best.passage, paragraph: item }, 0));
  }
  return items.length > 2 ? items : null;
}
