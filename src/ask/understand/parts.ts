import { tokens } from '../../core/text/tokens.ts';
import { ASKS_WITH, POINTING } from '../lexicon.ts';
import { asks } from './message.ts';

/** One of several questions asked at once. */
export interface QuestionPart {
  text: string;
  /** Needs the ones before to be understood. */
  leans: boolean;
}

/** More are no questions people ask in one breath. */
const MOST_PARTS = 4;
const LONGEST_QUESTION = 800;
/** Where a second question may begin inside a sentence: "…, and who signs it". */
const JOINT = /[,;]?\s+(?:and|und|et|y|e|en)\s+(?:also\s+)?|[;]\s+/giu;

/**
 * The questions a message asks, in order; one when it asks one, or when it is not sure that all parts ask. A sentence that
 * only leads up to a question goes with it. Linear for any string.
 */
export function partsOf(text: string): QuestionPart[] {
  const whole: QuestionPart[] = [{ text, leans: false }];
  if (text.length > LONGEST_QUESTION) return whole;
  const sentences = text.split(/(?<=[?？])\s+/u).filter((sentence) => sentence.trim() !== '');
  const asked: string[] = [];
  let before = '';
  for (const sentence of sentences) {
    if (asks(sentence) || asks(sentence.split(/(?<=[.!])\s+/u).at(-1) ?? '')) {
      asked.push(`${before}${sentence}`.trim());
      before = '';
    } else before += `${sentence} `;
  }
  if (asked.length === 0) return whole;
  if (before !== '') asked[asked.length - 1] += ` ${before.trim()}`;
  const parts = asked.flatMap(joined);
  if (parts.length < 2 || parts.length > MOST_PARTS) return whole;
  return parts.map((part, at) => ({ text: part, leans: at > 0 && leans(part) }));
}

/** Two questions joined by "and": both have to begin like one, and the first to ask about something. */
function joined(sentence: string): string[] {
  const cuts: string[] = [];
  let from = 0;
  for (const joint of sentence.matchAll(JOINT)) {
    const rest = sentence.slice(joint.index + joint[0].length);
    const first = tokens(rest.slice(0, 40))[0];
    if (!first || !ASKS_WITH.has(first.word) || !/[?？]\s*$/u.test(sentence)) continue;
    if (!content(sentence.slice(from, joint.index))) continue;
    cuts.push(sentence.slice(from, joint.index));
    from = joint.index + joint[0].length;
  }
  return [...cuts, sentence.slice(from)].map((part) => part.trim()).map((part) => (/[?？]$/u.test(part) ? part : `${part}?`));
}

const content = (part: string): boolean => tokens(part).some(({ stop, word }) => !stop && !ASKS_WITH.has(word));

/** Whether a question needs what was said before: it points at it, or names next to nothing itself. */
export function leans(part: string): boolean {
  const words = tokens(part);
  const own = words.filter(({ stop, word }) => !stop && !ASKS_WITH.has(word));
  return own.length < 2 || words.some(({ word }) => POINTING.has(word));
}
