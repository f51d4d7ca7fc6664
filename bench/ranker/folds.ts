import { logit, type Trained } from './network.ts';
import type { Sample } from './samples.ts';

/** Networks that saw no sample of this fold. */
export interface Fold {
  ranker: Trained;
  judge: Trained;
}

/** 0..3, by document or case: no two folds share one. */
export function foldOf({ document }: Sample): number {
  let hash = 7;
  for (const unit of document) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) >>> 0;
  return (hash >>> 5) % 4;
}

/** Probability that a positive scores above a negative; ties by order, null without both. */
export function auroc(positive: readonly number[], negative: readonly number[]): number | null {
  if (positive.length === 0 || negative.length === 0) return null;
  const all = [...positive.map((score) => ({ score, rank: 1 })), ...negative.map((score) => ({ score, rank: 0 }))];
  all.sort((a, b) => a.score - b.score);
  let ranks = 0;
  all.forEach(({ rank }, at) => {
    if (rank === 1) ranks += at + 1;
  });
  return (ranks - (positive.length * (positive.length + 1)) / 2) / (positive.length * negative.length);
}

const shown = (value: number | null) => (value === null ? '–' : value.toFixed(3).replace(/^0/, ''));

/** Prints, for each set, how good the first sentences are and how well the judge tells answerable from not. */
export function report(samples: readonly Sample[], folds: readonly Fold[]): void {
  console.log('| set | questions | paragraph first | answer in first | in first three | AUROC: other topic | absent | near |');
  console.log('|---|---:|---|---|---|---|---|---|');
  for (const set of new Set(samples.map((sample) => sample.set))) {
    const certainty: Record<Sample['kind'], number[]> = { answerable: [], near: [], absent: [], topic: [] };
    let [paragraph, first, three] = [0, 0, 0];
    for (const sample of samples.filter((one) => one.set === set)) {
      const { ranker, judge } = folds[foldOf(sample)] as Fold;
      const scores = sample.rows.map((row) => logit(ranker, row));
      const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
      const top = order[0] as number;
      certainty[sample.kind].push(logit(judge, sample.rows[top] as Float32Array));
      if (sample.kind !== 'answerable') continue;
      if (sample.inParagraph.includes(top)) paragraph++;
      if (sample.contains.includes(top)) first++;
      if (order.slice(0, 3).some((at) => sample.contains.includes(at))) three++;
    }
    const { length } = certainty.answerable;
    const rates = [paragraph, first, three].map((hits) => shown(hits / length));
    const areas = (['topic', 'absent', 'near'] as const).map((kind) => shown(auroc(certainty.answerable, certainty[kind])));
    console.log(`| ${set} | ${length} | ${[...rates, ...areas].join(' | ')} |`);
  }
}
