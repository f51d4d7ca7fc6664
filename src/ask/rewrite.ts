import type { Turn } from '../core/model.ts';
import type { IndexReader, QueryTerm } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { type CarrySettings, carry } from './follow-up/carry.ts';
import { cleaned, exchangesOf } from './follow-up/history.ts';
import { leaningOf } from './follow-up/leaning.ts';
import { follow, topicOf } from './follow-up/resolve.ts';
import { bare } from './follow-up/swap.ts';
import { questionIn } from './message.ts';

export { saysNothing } from './follow-up/answers.ts';
export { withoutTime } from './follow-up/swap.ts';

/**
 * Opens the earlier questions that a follow-up carries along: in English, and where the language is another. No word of it is
 * searched for, and the no-break space keeps it apart from what people type.
 */
const CONTEXT_OPENS = [' (on:\u00a0', ' (←\u00a0'];

/** Whether a question leans on what was said before. */
export const isFollowUp = (question: string): boolean => leaningOf(question) === 'full';

/** A stand-alone question without the earlier questions it carries along. */
export function mainPart(question: string): string {
  const at = CONTEXT_OPENS.map((opens) => question.indexOf(opens)).filter((found) => found >= 0);
  return at.length === 0 ? question : question.slice(0, Math.min(...at));
}

/**
 * Makes a follow-up stand alone by rule: time words replaced, a country or name swapped, an offer taken up, otherwise the
 * questions before added in brackets. A question that leans on nothing is returned as it is. The history is the client's and
 * untrusted: its last twelve questions are read, and of answers only offers, lists and names that the question points at.
 */
export function standalone(question: string, history: readonly Turn[]): string {
  const exchanges = exchangesOf(history);
  const before = topicOf(exchanges);
  const asked = cleaned(question);
  const topic = follow(asked, before, exchanges.at(-1)?.answer ?? '');
  // Nothing came of it: small talk, or a "yes" to no offer.
  if (!topic || topic === before) return question;
  if (topic.context.length === 0) return topic.asked === asked ? question : topic.asked;
  const [english, other] = CONTEXT_OPENS as [string, string];
  const opens = ['en', 'und'].includes(detectLanguage(topic.asked)) ? english : other;
  return `${bare(topic.asked)}${opens}${topic.context.map(withoutMarks).join('; ')})?`;
}

const withoutMarks = (text: string) => CONTEXT_OPENS.reduce((out, opens) => out.replaceAll(opens, ' ('), text);

/**
 * Weighted terms of earlier questions and answers for the word search: `expand` takes them beside the stand-alone question.
 * They choose paragraphs and are never asserted. Empty for a question that names its own subject.
 */
export async function carriedTerms(
  question: string,
  history: readonly Turn[],
  reader: IndexReader,
  settings?: CarrySettings,
): Promise<QueryTerm[]> {
  const exchanges = exchangesOf(history);
  if (exchanges.length === 0) return [];
  const topic = follow(cleaned(questionIn(question)), topicOf(exchanges), exchanges.at(-1)?.answer ?? '');
  return topic ? carry(topic.asked, exchanges, topic.leaning, reader, settings) : [];
}
