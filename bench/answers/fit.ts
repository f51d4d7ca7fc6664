import { JUDGED, type Judge, judgedRow, probability } from '../../src/ask/decide/judge.ts';
import { FEATURES } from '../../src/ask/rank/features.ts';
import { score, standardise } from '../../src/ask/rank/network.ts';
import type { Ranker } from '../../src/ask/rank/rank.ts';
import { fitLogistic, type Row } from './logistic.ts';
import { type Group, scaleOf, standardised, trainNetwork } from './network.ts';
import type { Sample } from './samples.ts';

/** Found on ten document sets, each left out in turn: docs/evaluation.md. */
export const RANKER = { hidden: 16, epochs: 4, decay: 3e-4, seeds: 5 };
export const PENALTY = 50;
/** Rankers that score the questions the judge is fitted on: each set by one that never saw it. */
const FOLDS = 6;
const FOLD_SEEDS = 1;
/** Rows of a pool that are learnt from, beside those that answer. */
const LEARNT_FROM = 24;

export function fitRanker(samples: readonly Sample[], seeds = RANKER.seeds): Ranker {
  const usable = samples.filter(({ kind, labels }) => kind === 'answerable' && labels.includes(1));
  const scale = scaleOf(usable.flatMap(({ rows }) => rows));
  const groups = usable.map((sample): Group => {
    // Rows come by falling fused score: those far behind teach nothing.
    const kept = sample.rows.map((_, at) => at).filter((at) => sample.labels[at] === 1 || (sample.labels[at] === 0 && at < LEARNT_FROM));
    return {
      rows: standardised(
        kept.map((at) => sample.rows[at]!),
        scale,
      ),
      count: kept.length,
      right: kept.flatMap((at, n) => (sample.labels[at] === 1 ? [n] : [])),
      weight: sample.weight,
    };
  });
  return {
    features: FEATURES,
    networks: Array.from({ length: seeds }, (_, seed) => trainNetwork(groups, scale, { ...RANKER, seed: seed + 1 })),
  };
}

export interface Scored {
  sample: Sample;
  /** Rows by falling score, with the place of each in the sample. */
  order: { features: Float32Array; score: number; at: number }[];
}

export function scoreAll(samples: readonly Sample[], { networks }: Ranker): Scored[] {
  return samples.map((sample) => ({
    sample,
    order: sample.rows
      .map((features, at) => ({
        features,
        at,
        score: networks.reduce((sum, network) => sum + score(standardise(features, network), network), 0) / networks.length,
      }))
      .sort((a, b) => b.score - a.score),
  }));
}

/** The project's own cases have four near misses in ten: the judge counts them for more than the ranker does. */
const OF_BRIEFS = 1.5;
/** A copy of a question with all that answers it taken out; and a question about other documents. */
const TAKEN_OUT = 0.2;
const ELSEWHERE = 0.3;

/** What the judge learns from scored questions: whether the first chunk answers, and it does not when what answers is taken out. */
export function judgeRows(scored: readonly Scored[]): Row[] {
  return scored.flatMap(({ sample, order }): Row[] => {
    if (order.length === 0) return [];
    const { kind, labels } = sample;
    const weight = sample.weight * (sample.set === 'briefs' ? OF_BRIEFS : 1);
    const first = labels[order[0]!.at]!;
    if (kind === 'elsewhere') return [{ features: judgedRow(order), right: false, weight: ELSEWHERE * weight }];
    if (kind === 'unanswerable') return [{ features: judgedRow(order), right: false, weight }];
    const rows: Row[] = [];
    if (first !== -1) rows.push({ features: judgedRow(order), right: first === 1, weight });
    const rest = order.filter(({ at }) => labels[at] === 0);
    if (labels.includes(1) && rest.length > 5) rows.push({ features: judgedRow(rest), right: false, weight: TAKEN_OUT * weight });
    return rows;
  });
}

/** Scores of each sample by a ranker that saw nothing of its set. */
export function crossScored(samples: readonly Sample[], { folds: most = FOLDS, foldSeeds = FOLD_SEEDS } = {}): Scored[] {
  const sets = [...new Set(samples.map(({ set }) => set))];
  const folds = Math.min(most, sets.length);
  return Array.from({ length: folds }, (_, fold) => {
    const mine = new Set(sets.filter((_set, at) => at % folds === fold));
    const ranker = fitRanker(
      samples.filter(({ set }) => !mine.has(set)),
      foldSeeds,
    );
    return scoreAll(
      samples.filter(({ set }) => mine.has(set)),
      ranker,
    );
  }).flat();
}

/**
 * The judges, one for questions whose language the vectors know and one for words alone, and their probability put right: questions made for training (others' questions, altered ones, copies with the answer taken
 * out) teach it what to look at but are no share of what people ask, so slope and bias are fitted again on natural questions alone
 * (Platt 1999).
 */
export function fitJudges(
  samples: readonly Sample[],
  cross: { folds?: number; foldSeeds?: number } = {},
): { vectors: Judge; words: Judge } {
  const scored = crossScored(samples, cross);
  const judgeOf = (vectors: boolean) => fitJudge(scored.filter(({ sample }) => sample.vectors === vectors));
  return { vectors: judgeOf(true), words: judgeOf(false) };
}

function fitJudge(scored: readonly Scored[]): Judge {
  const { mean, deviation, weights, bias } = fitLogistic(judgeRows(scored), PENALTY);
  const raw: Judge = { features: JUDGED, mean: [...mean], deviation: [...deviation], weights: [...weights], bias };
  const natural = scored.filter(({ sample, order }) => NATURAL.has(sample.kind) && !MADE.has(sample.category) && order.length > 0);
  const rows = natural.map(({ sample, order }): Row => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, probability(order, raw)));
    return {
      features: Float32Array.of(Math.log(p / (1 - p))),
      right: sample.labels[order[0]!.at] === 1,
      weight: sample.weight * (sample.set === 'briefs' ? OF_BRIEFS : 1),
    };
  });
  const put = fitLogistic(rows, 0);
  const slope = put.weights[0]! / put.deviation[0]!;
  const shift = put.bias - (put.weights[0]! * put.mean[0]!) / put.deviation[0]!;
  const round = (value: number) => Number(value.toPrecision(6));
  return {
    features: JUDGED,
    mean: Array.from(mean, round),
    deviation: Array.from(deviation, round),
    weights: Array.from(weights, (weight) => round(slope * weight)),
    bias: round(slope * bias + shift),
  };
}

const NATURAL: ReadonlySet<Sample['kind']> = new Set(['answerable', 'unanswerable']);
/** Made for training: how many of them nothing answers says nothing about what people ask. */
const MADE: ReadonlySet<string> = new Set(['altered', 'alone']);
