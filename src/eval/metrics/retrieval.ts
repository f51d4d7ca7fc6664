/**
 * Ranking measures over gains: `gains[i]` is what the passage at rank i + 1 is worth (here 1 for the first passage that
 * meets a need, 0 otherwise) and `ideal` the gains of the best possible ranking, in any order.
 */

/** Hit@k: 1 when one of the first k passages is relevant, else 0. */
export function hit(gains: readonly number[], k: number): number {
  return gains.slice(0, k).some((gain) => gain > 0) ? 1 : 0;
}

/** Recall@k: relevant passages among the first k, over all relevant ones. 0 when nothing is relevant. */
export function recall(gains: readonly number[], relevant: number, k: number): number {
  return relevant === 0 ? 0 : gains.slice(0, k).filter((gain) => gain > 0).length / relevant;
}

/** Reciprocal rank: 1 / rank of the first relevant passage, 0 without one. Its mean is MRR (Voorhees 1999, TREC-8 QA track). */
export function reciprocalRank(gains: readonly number[]): number {
  const at = gains.findIndex((gain) => gain > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}

/** DCG@k with linear gain: sum of gain / log2(rank + 1) (Järvelin & Kekäläinen 2002, as trec_eval and scikit-learn compute it). */
export function dcg(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

/** nDCG@k: DCG@k over the DCG@k of the ideal ranking. 0 when nothing is relevant. */
export function ndcg(gains: readonly number[], ideal: readonly number[], k: number): number {
  const best = dcg(
    [...ideal].sort((a, b) => b - a),
    k,
  );
  return best === 0 ? 0 : dcg(gains, k) / best;
}

/**
 * Gains of a ranking where passage i meets the needs `meets[i]` (indexes): 1 for a passage that meets a need none before it
 * met. `ideal` has one 1 for each of them and for each need nothing met.
 */
export function gainsOf(meets: readonly (readonly number[])[], needs: number): { gains: number[]; ideal: number[] } {
  const met = new Set<number>();
  const gains = meets.map((list) => {
    const fresh = list.filter((need) => !met.has(need));
    for (const need of fresh) met.add(need);
    return fresh.length > 0 ? 1 : 0;
  });
  const ideal = Array.from({ length: gains.filter((gain) => gain > 0).length + needs - met.size }, () => 1);
  return { gains, ideal };
}
