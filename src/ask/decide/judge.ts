import { FEATURES, standardise } from '../rank/index.ts';
import type { Ranked } from '../records.ts';

/** A logistic regression over the first of a ranked list: the probability that it answers. */
export interface Judge {
  features: readonly string[];
  mean: readonly number[];
  deviation: readonly number[];
  weights: readonly number[];
  bias: number;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['position', 'rank', 'list', 'row', 'words']);
const KEPT_FEATURES = FEATURES.flatMap((name, at) => (LEFT_OUT.has(name) ? [] : [at]));
const OF_LIST = [
  'score',
  'gap-second',
  'gap-next-five',
  'share-first',
  'share-three',
  'first-by-search',
  'first-by-words',
  'most-fused',
  'most-exact',
  'most-soft',
  'same-front',
] as const;

/** What is judged: the features of the first chunk, and how it stands among the others. */
export const JUDGED: readonly string[] = [...KEPT_FEATURES.map((at) => FEATURES[at] as string), ...OF_LIST];
const place = (name: string) => FEATURES.indexOf(name);
const [FUSED, LEXICAL, EXACT, SOFT] = ['fused', 'lexical', 'exact', 'soft'].map(place) as [number, number, number, number];

type Judgeable = Pick<Ranked, 'features' | 'score'>;

/** The row of a ranked list, best first and not empty. */
export function judgedRow(ranked: readonly Judgeable[]): Float32Array {
  const [first, second] = ranked as [Judgeable, Judgeable?];
  const most = (at: number) => Math.max(...ranked.map(({ features }) => features[at] as number));
  const next = ranked.slice(1, 6);
  const weights = ranked.map(({ score }) => Math.exp(score - first.score));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bySearch = [...ranked].sort((a, b) => (b.features[FUSED] as number) - (a.features[FUSED] as number));
  const front = new Set(bySearch.slice(0, 3));
  return Float32Array.from([
    ...KEPT_FEATURES.map((at) => first.features[at] as number),
    first.score,
    first.score - (second?.score ?? first.score - 3),
    first.score - (next.length > 0 ? next.reduce((sum, { score }) => sum + score, 0) / next.length : first.score - 3),
    1 / total,
    weights.slice(0, 3).reduce((sum, weight) => sum + weight, 0) / total,
    Number(bySearch[0] === first),
    Number((first.features[LEXICAL] as number) === most(LEXICAL)),
    most(FUSED),
    most(EXACT),
    most(SOFT),
    ranked.slice(0, 3).filter((one) => front.has(one)).length / 3,
  ]);
}

export function checkJudge(judge: Judge): Judge {
  if (judge.features.join() !== JUDGED.join()) throw new Error('The judge was trained on other features: run bench/train.ts.');
  return judge;
}

/** Probability 0..1 that the first of a ranked list answers; 0 for an empty one. */
export function probability(ranked: readonly Judgeable[], judge: Judge): number {
  if (ranked.length === 0) return 0;
  const scaled = standardise(judgedRow(ranked), judge);
  const logit = judge.weights.reduce((sum, weight, at) => sum + weight * (scaled[at] as number), judge.bias);
  return 1 / (1 + Math.exp(-logit));
}
