import { lastDay } from '../core/time/dates.ts';
import { asksForTown, namesTown } from './asked.ts';
import { answerPositions, type Candidate } from './features.ts';
import { isPerson } from './person.ts';
import type { Question } from './question.ts';
import type { Expansion } from './units.ts';

const TO_COME = /\b(?:will|next|upcoming|going to|planned|due)\b/i;
const PAST = /\b(?:did|was|were|has|have|had|so far)\b/i;

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
      return asksForTown(question) ? ({ sentence }) => namesTown(sentence) : (candidate) => positions(candidate) > 0;
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
