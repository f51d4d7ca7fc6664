import { CLIP, type Network } from '../../src/ask/rank/network.ts';
import { randomFrom } from '../../src/eval/metrics/statistics.ts';

/** Candidates of one question: standardised rows end to end, and which of them answer. */
export interface Group {
  rows: Float64Array;
  count: number;
  right: readonly number[];
  weight: number;
}

export interface Scale {
  mean: Float64Array;
  deviation: Float64Array;
}

const BATCH = 32;
const RATE = 0.004;
/** Rows that pull less than this are passed over in the backward pass: most of a pool, once the network knows a little. */
const NEGLIGIBLE = 1e-4;
/** Least deviation: a feature that hardly varies must not be blown up. */
const LEAST_DEVIATION = 0.02;

/** Mean and deviation of each column. */
export function scaleOf(rows: Iterable<Float32Array>): Scale {
  let mean = new Float64Array(0);
  let squares = new Float64Array(0);
  let known = new Float64Array(0);
  let count = 0;
  for (const row of rows) {
    if (count === 0) {
      mean = new Float64Array(row.length);
      squares = new Float64Array(row.length);
      known = new Float64Array(row.length);
    }
    count++;
    for (let i = 0; i < row.length; i++) {
      if (Number.isNaN(row[i]!)) continue;
      known[i]!++;
      mean[i]! += row[i]!;
      squares[i]! += row[i]! ** 2;
    }
  }
  for (let i = 0; i < mean.length; i++) {
    const of = Math.max(1, known[i]!);
    mean[i]! /= of;
    squares[i] = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, squares[i]! / of - mean[i]! ** 2)));
  }
  return { mean, deviation: squares };
}

export function standardised(rows: readonly Float32Array[], { mean, deviation }: Scale): Float64Array {
  const width = mean.length;
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, n) => {
    for (let i = 0; i < width; i++) out[n * width + i] = Math.max(-CLIP, Math.min(CLIP, (row[i]! - mean[i]!) / deviation[i]! || 0));
  });
  return out;
}

export interface FitOptions {
  hidden: number;
  epochs: number;
  /** L2 on all weights but biases. */
  decay: number;
  seed: number;
}

/**
 * One hidden layer of tanh units, minimising -log of the probability (softmax over the pool) of the right rows together, by Adam
 * (Kingma & Ba 2015) with a rate that falls linearly to 0. The same input and seed give the same weights.
 */
export function trainNetwork(groups: readonly Group[], scale: Scale, { hidden, epochs, decay, seed }: FitOptions): Network {
  const inputs = scale.mean.length;
  const random = randomFrom(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
  const weights = Float64Array.from({ length: hidden * inputs }, () => gauss() / Math.sqrt(inputs));
  const bias = new Float64Array(hidden);
  const output = Float64Array.from({ length: hidden }, () => gauss() / Math.sqrt(hidden));
  const layers = [weights, bias, output].map((values, at) => ({
    values,
    gradient: new Float64Array(values.length),
    first: new Float64Array(values.length),
    second: new Float64Array(values.length),
    decay: at === 1 ? 0 : decay,
  }));
  const [gw, gb, go] = layers.map(({ gradient }) => gradient) as [Float64Array, Float64Array, Float64Array];
  const order = [...groups];
  const total = Math.ceil(order.length / BATCH) * epochs;
  const most = Math.max(...groups.map(({ count }) => count));
  const units = new Float64Array(most * hidden);
  const logits = new Float64Array(most);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let from = 0; from < order.length; from += BATCH) {
      for (const { gradient } of layers) gradient.fill(0);
      const batch = order.slice(from, from + BATCH);
      let weight = 0;
      for (const group of batch) {
        weight += group.weight;
        backward(group);
      }
      step++;
      const rate = RATE * (1 - step / total) + 1e-5;
      const correctFirst = 1 - 0.9 ** step;
      const correctSecond = 1 - 0.999 ** step;
      for (const layer of layers) {
        for (let k = 0; k < layer.values.length; k++) {
          const slope = layer.gradient[k]! / Math.max(1, weight) + layer.decay * layer.values[k]!;
          layer.first[k] = 0.9 * layer.first[k]! + 0.1 * slope;
          layer.second[k] = 0.999 * layer.second[k]! + 0.001 * slope * slope;
          layer.values[k]! -= (rate * (layer.first[k]! / correctFirst)) / (Math.sqrt(layer.second[k]! / correctSecond) + 1e-8);
        }
      }
    }
  }
  const round = (value: number) => Number(value.toPrecision(6));
  return {
    mean: Array.from(scale.mean, round),
    deviation: Array.from(scale.deviation, round),
    hidden: Array.from(weights, round),
    hiddenBias: Array.from(bias, round),
    output: Array.from(output, round),
  };

  function backward({ rows, count, right, weight }: Group): void {
    let top = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < count; n++) {
      let sum = 0;
      for (let unit = 0; unit < hidden; unit++) {
        let activation = bias[unit]!;
        const at = unit * inputs;
        const row = n * inputs;
        for (let i = 0; i < inputs; i++) activation += weights[at + i]! * rows[row + i]!;
        const value = Math.tanh(activation);
        units[n * hidden + unit] = value;
        sum += output[unit]! * value;
      }
      logits[n] = sum;
      if (sum > top) top = sum;
    }
    let all = 0;
    for (let n = 0; n < count; n++) all += Math.exp(logits[n]! - top);
    let good = 0;
    for (const n of right) good += Math.exp(logits[n]! - top);
    const isRight = new Set(right);
    for (let n = 0; n < count; n++) {
      const share = Math.exp(logits[n]! - top);
      // d(-log(good / all)) / d(logit)
      const slope = weight * (share / all - (isRight.has(n) ? share / good : 0));
      if (Math.abs(slope) < NEGLIGIBLE) continue;
      const row = n * inputs;
      for (let unit = 0; unit < hidden; unit++) {
        const value = units[n * hidden + unit]!;
        go[unit]! += slope * value;
        const inner = slope * output[unit]! * (1 - value * value);
        gb[unit]! += inner;
        const at = unit * inputs;
        for (let i = 0; i < inputs; i++) gw[at + i]! += inner * rows[row + i]!;
      }
    }
  }
}
