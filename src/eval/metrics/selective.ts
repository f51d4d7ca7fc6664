/**
 * Area under the ROC curve of a confidence: the chance that a positive scores above a negative, ties counting half
 * (Mann–Whitney U / (positives × negatives); Hanley & McNeil 1982). Null without both kinds. 0.5 is guessing.
 */
export function auroc(items: readonly { score: number; positive: boolean }[]): number | null {
  const positives = items.filter((item) => item.positive).length;
  const negatives = items.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const sorted = [...items].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (j < sorted.length && sorted[j]!.score === sorted[i]!.score) j++;
    // Ranks i + 1 … j share their mean.
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) if (sorted[k]!.positive) rankSum += rank;
    i = j;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** A point of the risk–coverage curve: at this share of questions answered, this share of the answers is wrong. */
export interface RiskPoint {
  coverage: number;
  risk: number;
}

/**
 * Risk–coverage curve (El-Yaniv & Wiener 2010): answered questions from the most to the least confident; after each, the
 * share of all questions answered so far and the share of wrong ones among them. Equal confidences move together. It ends at
 * the coverage of the target, since what it declined has no answer to judge.
 */
export function riskCoverage(answered: readonly { confidence: number; right: boolean }[], questions: number): RiskPoint[] {
  const sorted = [...answered].sort((a, b) => b.confidence - a.confidence);
  const points: RiskPoint[] = [];
  let wrong = 0;
  for (const [index, item] of sorted.entries()) {
    if (!item.right) wrong++;
    const next = sorted[index + 1];
    if (next && next.confidence === item.confidence) continue;
    points.push({ coverage: (index + 1) / questions, risk: wrong / (index + 1) });
  }
  return points;
}

/** Area under the risk–coverage curve (AURC; Geifman & El-Yaniv 2017): mean risk over the answered questions, each at its turn. Null without points. */
export function areaUnderRisk(points: readonly RiskPoint[]): number | null {
  const last = points.at(-1);
  if (!last) return null;
  let area = 0;
  let before = 0;
  for (const { coverage, risk } of points) {
    area += (coverage - before) * risk;
    before = coverage;
  }
  return area / last.coverage;
}
