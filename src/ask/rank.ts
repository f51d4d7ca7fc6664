import { type Candidate, FEATURES, features, type WordVectors } from './features.ts';
import type { Question } from './question.ts';
import weights from './ranker-weights.json' with { type: 'json' };
import type { Expansion } from './units.ts';

/** A linear part plus one hidden layer of tanh units over standardised inputs clipped to -4..4. */
export interface Network {
  mean: number[];
  deviation: number[];
  linear: number[];
  /** Row-major, hidden x inputs. */
  hidden: number[];
  hiddenBias: number[];
  output: number[];
  bias: number;
}

export interface Ranked {
  candidate: Candidate;
  /** Listwise logit: compares sentences for one question. */
  score: number;
  /** Probability 0..1 that this sentence answers the question. */
  probability: number;
  row: Float32Array;
}

/** Output of the network for one feature vector. */
export function evaluate(network: Network, row: Float32Array): number {
  const inputs = network.mean.length;
  const scaled = new Float64Array(inputs);
  let sum = network.bias;
  for (let i = 0; i < inputs; i++) {
    const value = ((row[i] as number) - (network.mean[i] as number)) / (network.deviation[i] as number);
    const clipped = value > 4 ? 4 : Math.max(value, -4);
    scaled[i] = clipped;
    sum += (network.linear[i] as number) * clipped;
  }
  const units = network.output.length;
  for (let unit = 0; unit < units; unit++) {
    let activation = network.hiddenBias[unit] as number;
    const offset = unit * inputs;
    for (let i = 0; i < inputs; i++) activation += (network.hidden[offset + i] as number) * (scaled[i] as number);
    sum += (network.output[unit] as number) * Math.tanh(activation);
  }
  return sum;
}

const { ranker, answerable } = weights as unknown as { features: string[]; ranker: Network; answerable: Network };
if (weights.features.join() !== FEATURES.join()) {
  throw new Error('ranker-weights.json was trained on other features: run bench/train-ranker.ts');
}

/**
 * Candidates with the score of the trained ranker, best first. Both networks were trained by bench/train-ranker.ts; its
 * results stand in docs/retrieval.md.
 */
export function rank(question: Question, expansion: Expansion, candidates: readonly Candidate[], vectors: WordVectors | null): Ranked[] {
  const rows = features(question, expansion, candidates, vectors);
  return candidates
    .map((candidate, i) => {
      const row = rows[i] as Float32Array;
      return { candidate, row, score: evaluate(ranker, row), probability: 0 };
    })
    .sort((a, b) => b.score - a.score)
    .map((ranked, i) =>
      i < PROBABILITY_DEPTH ? { ...ranked, probability: 1 / (1 + Math.exp(-evaluate(answerable, ranked.row))) } : ranked,
    );
}

/** Probabilities are only read for the head of the list. */
const PROBABILITY_DEPTH = 24;
