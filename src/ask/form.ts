import { lastDay } from '../core/time/dates.ts';
import { answerPositions, type Candidate } from './features.ts';
import type { Question } from './question.ts';
import type { Expansion } from './units.ts';

/** Last words of names that are not persons. Folded. */
const NOT_PERSONS = new Set(
  (
    'agenda ministry conference initiative programme program office organization organisation union unions university fund report convention conventions assembly nations council ' +
    'goals center centre project framework plan forum dialogue cooperation association federation confederation bank school institute department unit agreement memorandum republic ' +
    'affairs security management people government constituents ecosystems country africa asia pacific road network seminar meeting guide operations state states services'
  ).split(' '),
);
const PERSON_CUE =
  /\b(?:President|Minister|Secretary|Secretary-General|Councill?or|Director|Chair(?:man|woman|person)?|Ambassador|Professor|Prof|Mr|Mrs|Ms|Dr)\b/;
const TO_COME = /\b(?:will|next|upcoming|going to|planned|due)\b/i;
const PAST = /\b(?:did|was|were|has|have|had|so far)\b/i;

/** Whether a name is a person's: two to four words, or one after a title, none of which is of institutions. */
export function isPerson(words: readonly string[], text: string): boolean {
  if (words.length === 0 || words.length > 4) return false;
  if (words.some((word) => NOT_PERSONS.has(word) || /\d/.test(word))) return false;
  return words.length >= 2 || PERSON_CUE.test(text);
}

/**
 * A test whether a candidate holds what the question's form of answer calls for, or null when any sentence may do.
 * `editionDate` tells what is past and what is to come.
 */
export function formOf(
  question: Question,
  expansion: Expansion,
  questionTerms: ReadonlySet<string>,
  editionDate: string | null,
): ((candidate: Candidate) => boolean) | null {
  const positions = (candidate: Candidate) => answerPositions(question, candidate.sentence, questionTerms)?.length ?? 0;
  switch (question.answerType) {
    case 'person':
      return ({ sentence }) =>
        sentence.names.some((words) => isPerson(words, sentence.text) && !words.every((word) => questionTerms.has(word)));
    case 'organisation':
    case 'place':
      return (candidate) => positions(candidate) > 0;
    case 'date': {
      if (!editionDate) return (candidate) => positions(candidate) > 0;
      const now = lastDay(editionDate);
      if (TO_COME.test(question.text)) return ({ sentence }) => sentence.dates.some((date) => date.to > now.slice(0, date.to.length));
      if (PAST.test(question.text))
        return (candidate) =>
          positions(candidate) > 0 && candidate.sentence.dates.some((date) => date.from <= now.slice(0, date.from.length));
      return (candidate) => positions(candidate) > 0;
    }
    case 'definition': {
      // "What does SAMR stand for?": where both forms stand together.
      const short = expansion.units.find((unit) => unit.words.length === 1 && unit.alternatives.some((terms) => terms.length > 1));
      if (!short) return null;
      return ({ sentence }) =>
        sentence.terms.has(short.alternatives[0]?.[0] ?? '') &&
        short.alternatives.some((terms) => terms.length > 1 && terms.every((term) => sentence.terms.has(term)));
    }
    default:
      return null;
  }
}
