/** A fact of a case and whether the answer states it. */
export interface FactFound {
  vital: boolean;
  found: boolean;
}

/** Strict fact recall: 1 when every vital fact is stated, else 0; null without vital facts. */
export function strictFactRecall(facts: readonly FactFound[]): number | null {
  const vital = facts.filter((fact) => fact.vital);
  return vital.length === 0 ? null : Number(vital.every((fact) => fact.found));
}

/** Partial fact recall: vital facts stated / vital facts; null without any. */
export function partialFactRecall(facts: readonly FactFound[]): number | null {
  const vital = facts.filter((fact) => fact.vital);
  return vital.length === 0 ? null : vital.filter((fact) => fact.found).length / vital.length;
}

/** Weight of a fact that is not vital: the "okay" nuggets of the TREC 2024 RAG track (Pradeep et al. 2024, arXiv 2411.09607). */
const OKAY = 0.5;

/** Weighted fact recall: the weights of the facts stated over those of all, vital 1 and okay 0.5; null without facts. */
export function weightedFactRecall(facts: readonly FactFound[]): number | null {
  const weight = (list: readonly FactFound[]) => list.reduce((sum, fact) => sum + (fact.vital ? 1 : OKAY), 0);
  return facts.length === 0 ? null : weight(facts.filter((fact) => fact.found)) / weight(facts);
}
