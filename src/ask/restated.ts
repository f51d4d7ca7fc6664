import { checkClaim } from './claims/check.ts';
import type { Candidate, WordVectors } from './features.ts';
import type { Ranked } from './rank.ts';

/** Sentences of the newer edition that are compared; those that may answer stand first. */
const COMPARED = 12;

/**
 * The sentence of a newer edition that states what a sentence of an older one does, in whatever words; null when none is found.
 * Only what holds a figure, a date or a name can be told to be the same.
 */
export function restated(older: Candidate, newer: readonly Ranked[], wordVectors: WordVectors | null): Ranked | null {
  const { sentence, passage } = older;
  if (sentence.figures.length + sentence.dates.length + sentence.names.length === 0) return null;
  for (const entry of newer.slice(0, COMPARED)) {
    const { paragraph, briefing } = entry.candidate.passage;
    if (briefing.series !== passage.briefing.series || briefing.language !== passage.briefing.language) continue;
    const source = { paragraph, title: briefing.title, edition: briefing.edition.date, lead: null };
    const check = checkClaim(sentence.text, [source], { language: briefing.language, wordVectors });
    if (!check.supported) continue;
    const { start, end } = entry.candidate.sentence.span;
    if (check.support.some(({ spans }) => spans.some((span) => span.start <= start && end <= span.end))) return entry;
  }
  return null;
}
