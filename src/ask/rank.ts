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
  const { hidden, hiddenBias, output } = network;
  const units = output.length;
  // Four units at a time, each summed in the order of the inputs: one alone would wait for every addition.
  for (let unit = 0; unit < units; unit += 4) {
    const many = Math.min(4, units - unit);
    let a = hiddenBias[unit] as number;
    let b = many > 1 ? (hiddenBias[unit + 1] as number) : 0;
    let c = many > 2 ? (hiddenBias[unit + 2] as number) : 0;
    let d = many > 3 ? (hiddenBias[unit + 3] as number) : 0;
    const first = unit * inputs;
    const second = many > 1 ? first + inputs : first;
    const third = many > 2 ? second + inputs : first;
    const fourth = many > 3 ? third + inputs : first;
    for (let i = 0; i < inputs; i++) {
      const value = scaled[i] as number;
      a += (hidden[first + i] as number) * value;
      b += (hidden[second + i] as number) * value;
      c += (hidden[third + i] as number) * value;
      d += (hidden[fourth + i] as number) * value;
    }
    sum += (output[unit] as number) * Math.tanh(a);
    if (many > 1) sum += (output[unit + 1] as number) * Math.tanh(b);
    if (many > 2) sum += (output[unit + 2] as number) * Math.tanh(c);
    if (many > 3) sum += (output[unit + 3] as number) * Math.tanh(d);
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
