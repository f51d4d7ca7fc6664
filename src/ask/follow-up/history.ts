import type { Turn } from '../../core/model.ts';
import { questionIn } from '../message.ts';

/** One earlier question and what was answered. */
export interface Exchange {
  question: string;
  /** Empty when nothing was answered. Untrusted: it may not be what this service said. */
  answer: string;
}

/** How many earlier exchanges are read. A chain of follow-ups is rarely longer, and more would be work for nothing. */
const MOST_EXCHANGES = 12;
/** UTF-16 units read of one turn. */
const MOST_CHARACTERS = 2000;

const cut = (text: string) => text.slice(0, MOST_CHARACTERS);

/** One line of bounded length without control and invisible characters. */
export function cleaned(text: string): string {
  return cut(text)
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/**
 * The latest exchanges of a history, oldest first. Only the roles `user` and `assistant` are read, from the end backwards, so
 * that a history of any length costs the same.
 */
export function exchangesOf(history: readonly Turn[]): Exchange[] {
  const found: Exchange[] = [];
  let answer = '';
  for (let at = history.length - 1; at >= 0 && found.length < MOST_EXCHANGES; at--) {
    const turn = history[at];
    if (typeof turn?.content !== 'string') continue;
    if (turn.role === 'assistant') answer ||= cleaned(turn.content);
    if (turn.role !== 'user') continue;
    const question = cleaned(questionIn(cut(turn.content)));
    if (question !== '') found.push({ question, answer });
    answer = '';
  }
  return found.reverse();
}
