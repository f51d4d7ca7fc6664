import { pilcrowError } from '../../core/errors.ts';
import type { EvalCase } from '../case.ts';
import { caseId, type Imported, type ImportedDocument, nameOf, uniqueQuote } from './documents.ts';

interface ParagraphDocument {
  id: string;
  title?: string;
  date?: string;
  paragraphs: { id: string; text: string }[];
}

interface ParagraphQuestion {
  id: string;
  question: string;
  history?: { question: string; answer: string }[];
  gold_paragraphs?: string[];
  answers?: string[];
  wrong_answers?: string[];
  unanswerable?: boolean;
  long_form?: boolean;
}

/** Longest reference answer that is looked for word for word; a longer one is prose, which another wording answers as well. */
const LONGEST_ANSWER = 60;

/**
 * Data sets of `documents.jsonl` ({id, title, date?, paragraphs: [{id, text}]}) and `questions.jsonl` ({id, question,
 * history?, gold_paragraphs, answers, wrong_answers?, unanswerable}). Evidence is the gold paragraphs, one sufficing.
 */
export function importParagraphs(documentsText: string, questionsText: string): Imported {
  const documents: ImportedDocument[] = [];
  const paragraphs = new Map<string, { briefing: string; quote: string | null }>();
  for (const { id, title, date, paragraphs: list } of jsonLinesOf<ParagraphDocument>(documentsText, 'documents.jsonl')) {
    const name = nameOf(id);
    const texts = list.map((one) => one.text.replace(/\s+/g, ' ').trim());
    const whole = texts.join('\n');
    documents.push({ name, title: title || id, date: dateOf(date), paragraphs: texts });
    for (const [index, one] of list.entries())
      paragraphs.set(one.id, { briefing: name, quote: uniqueQuote(texts[index] as string, whole) });
  }
  const notes = new Map<string, number>();
  const note = (text: string) => notes.set(text, (notes.get(text) ?? 0) + 1);
  const cases = jsonLinesOf<ParagraphQuestion>(questionsText, 'questions.jsonl').map((one): EvalCase => {
    const answerable = one.unanswerable !== true;
    const evidence = (one.gold_paragraphs ?? []).flatMap((id) => {
      const found = paragraphs.get(id);
      if (found?.quote) return [{ briefing: found.briefing, quote: found.quote }];
      note(found ? 'gold paragraphs without words of their own were left out' : 'gold paragraphs that are in no document were left out');
      return [];
    });
    const short = (one.answers ?? []).filter((answer) => answer.trim() !== '' && answer.length <= LONGEST_ANSWER);
    if (answerable && short.length === 0) note('questions have only long answers: judged by their evidence');
    const facts = answerable && !one.long_form && short.length > 0 ? { facts: [{ any_of: [...new Set(short)], vital: true }] } : {};
    const wrong = (one.wrong_answers ?? []).filter(
      (answer) =>
        answer.trim() !== '' &&
        !short.some((right) => right.toLowerCase().includes(answer.toLowerCase()) || answer.toLowerCase().includes(right.toLowerCase())),
    );
    const history = (one.history ?? []).flatMap(({ question, answer }) => [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: answer },
    ]);
    return {
      id: caseId(one.id),
      question: one.question,
      ...(history.length > 0 ? { history } : {}),
      answerable,
      ...facts,
      ...(wrong.length > 0 ? { forbidden: wrong } : {}),
      ...(answerable && evidence.length > 0 ? { evidence } : {}),
      tags: [answerable ? 'answerable' : 'unanswerable', ...(history.length > 0 ? ['follow-up'] : [])],
    };
  });
  return { cases: keepUsable(cases, note), documents, notes: [...notes].map(([text, count]) => `${count}: ${text}`) };
}

/** Answerable cases that say nothing about a right answer cannot be scored. */
export function keepUsable(cases: readonly EvalCase[], note: (text: string) => void): EvalCase[] {
  return cases.filter((one) => {
    const usable = !one.answerable || one.facts !== undefined || one.evidence !== undefined;
    if (!usable) note('answerable questions with neither answer nor evidence were left out');
    return usable;
  });
}

export function jsonLinesOf<T>(text: string, file: string): T[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as T];
    } catch (error) {
      throw pilcrowError('bad_request', `${file}:${index + 1} is not JSON: ${(error as Error).message}`);
    }
  });
}

/** A date with dashes, at the precision given; null for anything else. */
function dateOf(date: string | undefined): string | null {
  const match = /^(\d{4})(?:[-/](\d{2})(?:[-/](\d{2}))?)?/.exec(date ?? '');
  return match ? match.slice(1).filter(Boolean).join('-') : null;
}
