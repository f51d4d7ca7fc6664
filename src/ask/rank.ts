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
 * results stand in docs/retrieval.md. `trained: false` ranks by `plain` instead, to see what the networks earn.
 */
export function rank(
  question: Question,
  expansion: Expansion,
  candidates: readonly Candidate[],
  vectors: WordVectors | null,
  trained = true,
): Ranked[] {
  const rows = features(question, expansion, candidates, vectors);
  return candidates
    .map((candidate, i) => {
      const row = rows[i] as Float32Array;
      return { candidate, row, score: trained ? evaluate(ranker, row) : plain(row), probability: 0 };
    })
    .sort((a, b) => b.score - a.score)
    .map((ranked, i) =>
      i < PROBABILITY_DEPTH
        ? { ...ranked, probability: trained ? sigmoid(evaluate(answerable, ranked.row)) : plain(ranked.row) / 2 }
        : ranked,
    );
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const COVERAGE = FEATURES.indexOf('coverage-sentence');
const FUSED = FEATURES.indexOf('fused');

/** What the trained networks have to beat: half the covered share of the question plus the fused score, 0..2. */
function plain(row: Float32Array): number {
  return (row[COVERAGE] as number) / 2 + (row[FUSED] as number);
}

/** Probabilities are only read for the head of the list. */
export const PROBABILITY_DEPTH = 24;
