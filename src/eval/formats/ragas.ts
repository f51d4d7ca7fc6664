import type { EvalCase } from '../case.ts';
import { nameFact, sentencesText } from '../match.ts';
import type { Observation } from '../observation.ts';

/** One line of a ragas EvaluationDataset (SingleTurnSample of ragas 0.2 and later), with the id of the case beside it. */
export interface RagasRow {
  id: string;
  user_input: string;
  response: string;
  retrieved_contexts: string[];
  reference_contexts: string[];
  reference: string;
}

/** Observations as ragas columns. The contexts are the retrieved passages, or the cited paragraphs where there are none. */
export function exportRagas(cases: readonly EvalCase[], observations: readonly Observation[]): RagasRow[] {
  const byId = new Map(cases.map((one) => [one.id, one]));
  return observations.flatMap(({ id, question, answer, passages }) => {
    const one = byId.get(id);
    if (!one || !answer) return [];
    const facts = (one.facts ?? []).filter((fact) => fact.vital !== false).map((fact) => fact.any_of?.[0] ?? nameFact(fact));
    return [
      {
        id,
        user_input: question,
        response: answer.sentences.length > 0 ? sentencesText(answer) : answer.answer,
        retrieved_contexts: (passages ?? answer.citations).map((passage) => passage.text),
        reference_contexts: (one.evidence ?? []).map((entry) => entry.quote),
        reference: one.answerable ? facts.join('; ') : 'The briefings do not answer this.',
      },
    ];
  });
}
