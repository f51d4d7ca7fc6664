import { createProducts, MOST_ROWS, widthFor } from '../core/products.ts';
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

/** A function that gives the output of the network for each of some feature vectors. */
export function prepare({
  mean,
  deviation,
  linear,
  hidden,
  hiddenBias,
  output,
  bias,
}: Network): (rows: readonly Float32Array[]) => Float64Array {
  const inputs = mean.length;
  const units = output.length;
  // The linear part is one more column.
  const width = widthFor(units + 1);
  const products = createProducts(inputs, units + 1, MOST_ROWS, false);
  for (let i = 0; i < inputs; i++) {
    for (let unit = 0; unit < units; unit++) products.matrix[i * width + unit] = hidden[unit * inputs + i] as number;
    products.matrix[i * width + units] = linear[i] as number;
  }
  products.start.set([...hiddenBias, bias]);
  const scaled = products.rows as Float64Array;
  for (let n = 0; n < MOST_ROWS; n++) products.list[n] = n;
  return (rows) => {
    const out = new Float64Array(rows.length);
    for (let from = 0; from < rows.length; from += MOST_ROWS) {
      const count = Math.min(MOST_ROWS, rows.length - from);
      for (let n = 0; n < count; n++) {
        const row = rows[from + n] as Float32Array;
        for (let i = 0, at = n * inputs; i < inputs; i++, at++) {
          const value = ((row[i] as number) - (mean[i] as number)) / (deviation[i] as number);
          scaled[at] = value > 4 ? 4 : Math.max(value, -4);
        }
      }
      products.run(count, width);
      for (let n = 0; n < count; n++) {
        const first = n * width;
        let sum = products.out[first + units] as number;
        for (let unit = 0; unit < units; unit++) sum += (output[unit] as number) * Math.tanh(products.out[first + unit] as number);
        out[from + n] = sum;
      }
    }
    return out;
  };
}

const { ranker, answerable } = weights as unknown as { features: string[]; ranker: Network; answerable: Network };
const scoresOf = prepare(ranker);
const logitsOf = prepare(answerable);
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
  const scores = trained ? scoresOf(rows) : rows.map(plain);
  const ranked = candidates
    .map((candidate, i) => ({ candidate, row: rows[i] as Float32Array, score: scores[i] as number, probability: 0 }))
    .sort((a, b) => b.score - a.score);
  const head = ranked.slice(0, PROBABILITY_DEPTH);
  const logits = trained ? logitsOf(head.map(({ row }) => row)) : null;
  for (const [i, one] of head.entries()) one.probability = logits ? sigmoid(logits[i] as number) : plain(one.row) / 2;
  return ranked;
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
