import type { NearestPassage } from '../core/model.ts';
import { type EvalCase, type Evidence, needsOf } from './case.ts';
import { proves } from './match.ts';
import type { Observation } from './observation.ts';

/** Evidence that was needed and not cited. */
export interface Missed {
  need: Evidence[];
  /** The best passage retrieval found for it, with its rank from 1; null when it found none, or was not measured. */
  found: { passage: NearestPassage; rank: number } | null;
}

/** What an answer should have cited and did not, with the passage it passed over. */
export function missedEvidence(one: EvalCase, { answer, passages }: Pick<Observation, 'answer' | 'passages'>): Missed[] {
  const list = passages ?? answer?.nearest ?? [];
  return needsOf(one)
    .filter((need) => !need.some((entry) => answer?.citations.some((citation) => proves(citation, entry))))
    .map((need) => {
      const at = list.findIndex((passage) => need.some((entry) => proves(passage, entry)));
      return { need, found: at < 0 ? null : { passage: list[at] as NearestPassage, rank: at + 1 } };
    });
}

/** The wordings of a need, for messages. */
export function nameNeed(need: readonly Evidence[]): string {
  return need.map(({ quote, edition }) => `“${quote}”${edition ? ` (${edition})` : ''}`).join(' or ');
}
