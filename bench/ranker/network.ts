import type { Network } from '../../src/ask/rank.ts';
import { randomFrom } from '../../src/eval/metrics/statistics.ts';

/** Candidates of one question. */
export interface Group {
  rows: readonly Float32Array[];
  /** Positions of the right ones. */
  right: readonly number[];
  weight: number;
  /** Whether "none of them" is an option, with a logit of 0; then `right` may be empty. */
  none: boolean;
}

/** The network of src/ask/rank.ts with typed weights. */
export interface Trained {
  inputs: number;
  hidden: number;
  mean: Float64Array;
  deviation: Float64Array;
  linear: Float64Array;
  weights: Float64Array;
  hiddenBias: Float64Array;
  output: Float64Array;
  bias: Float64Array;
}

export interface FitOptions {
  hidden: number;
  epochs: number;
  /** Weight decay, biases left out. */
  decay: number;
  seed: number;
}

const BATCH = 32;
const RATE = 0.004;
/** Least deviation: a feature that hardly varies must not be blown up. */
const LEAST_DEVIATION = 0.05;

/** Logit of one row. `units` and `scaled`, when given, are filled for the backward pass. */
export function logit(
  net: Trained,
  row: Float32Array,
  units = new Float64Array(net.hidden),
  scaled = new Float64Array(net.inputs),
): number {
  let sum = net.bias[0]!;
  for (let i = 0; i < net.inputs; i++) {
    const value = (row[i]! - net.mean[i]!) / net.deviation[i]!;
    scaled[i] = value > 4 ? 4 : Math.max(value, -4);
    sum += net.linear[i]! * scaled[i]!;
  }
  for (let unit = 0; unit < net.hidden; unit++) {
    let activation = net.hiddenBias[unit]!;
    const offset = unit * net.inputs;
    for (let i = 0; i < net.inputs; i++) activation += net.weights[offset + i]! * scaled[i]!;
    units[unit] = Math.tanh(activation);
    sum += net.output[unit]! * units[unit]!;
  }
  return sum;
}

/** Mean and deviation of each feature over all rows. */
function moments(groups: readonly Group[], inputs: number) {
  const mean = new Float64Array(inputs);
  const deviation = new Float64Array(inputs);
  let count = 0;
  for (const { rows } of groups) {
    for (const row of rows) {
      count++;
      for (let i = 0; i < inputs; i++) {
        mean[i]! += row[i]!;
        deviation[i]! += row[i]! ** 2;
      }
    }
  }
  for (let i = 0; i < inputs; i++) {
    mean[i]! /= count;
    deviation[i] = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, deviation[i]! / count - mean[i]! ** 2)));
  }
  return { mean, deviation };
}

/**
 * Minimises -log of the probability (softmax over the group, "none" included where it is an option) of the right
 * candidates together, by Adam (Kingma & Ba 2015) with a rate that falls linearly to 0. Deterministic for a seed.
 */
export function trainNetwork(groups: readonly Group[], { hidden, epochs, decay, seed }: FitOptions): Trained {
  const inputs = groups[0]!.rows[0]!.length;
  const random = randomFrom(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
  const net: Trained = {
    inputs,
    hidden,
    ...moments(groups, inputs),
    linear: new Float64Array(inputs),
    weights: Float64Array.from({ length: hidden * inputs }, () => gauss() / Math.sqrt(inputs)),
    hiddenBias: new Float64Array(hidden),
    output: Float64Array.from({ length: hidden }, () => (0.1 * gauss()) / Math.sqrt(hidden)),
    bias: new Float64Array(1),
  };
  const layers = [net.linear, net.weights, net.output, net.hiddenBias, net.bias].map((values, at) => ({
    values,
    gradient: new Float64Array(values.length),
    first: new Float64Array(values.length),
    second: new Float64Array(values.length),
    decay: at < 3 ? decay : 0,
  }));
  const gradients = layers.map((layer) => layer.gradient) as Gradients;
  const order = [...groups];
  const total = Math.ceil(order.length / BATCH) * epochs;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let from = 0; from < order.length; from += BATCH) {
      for (const { gradient } of layers) gradient.fill(0);
      const batch = order.slice(from, from + BATCH);
      const weight = batch.reduce((sum, group) => sum + group.weight, 0);
      for (const group of batch) addGradients(net, group, gradients);
      step++;
      const rate = RATE * (1 - step / total) + 1e-5;
      for (const layer of layers) {
        for (let k = 0; k < layer.values.length; k++) {
          const slope = layer.gradient[k]! / Math.max(1, weight) + layer.decay * layer.values[k]!;
          layer.first[k] = 0.9 * layer.first[k]! + 0.1 * slope;
          layer.second[k] = 0.999 * layer.second[k]! + 0.001 * slope * slope;
          const mean = layer.first[k]! / (1 - 0.9 ** step);
          layer.values[k]! -= (rate * mean) / (Math.sqrt(layer.second[k]! / (1 - 0.999 ** step)) + 1e-8);
        }
      }
    }
  }
  return net;
}

/** Of linear, weights, output, hidden bias and bias. */
type Gradients = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function addGradients(net: Trained, { rows, right, weight, none }: Group, gradients: Gradients): void {
  const [linear, weights, output, hiddenBias, bias] = gradients;
  const passes = rows.map((row) => {
    const units = new Float64Array(net.hidden);
    const scaled = new Float64Array(net.inputs);
    return { units, scaled, logit: logit(net, row, units, scaled) };
  });
  const most = Math.max(none ? 0 : Number.NEGATIVE_INFINITY, ...passes.map((pass) => pass.logit));
  const shares = passes.map((pass) => Math.exp(pass.logit - most));
  const nothing = none ? Math.exp(-most) : 0;
  const all = shares.reduce((sum, share) => sum + share, nothing);
  const correct = new Set(right);
  const wanted = correct.size === 0 ? nothing : right.reduce((sum, at) => sum + shares[at]!, 0);
  passes.forEach(({ units, scaled }, at) => {
    const slope = weight * (shares[at]! / all - (correct.has(at) ? shares[at]! / wanted : 0));
    if (Math.abs(slope) < 1e-5) return;
    bias[0]! += slope;
    for (let i = 0; i < net.inputs; i++) linear[i]! += slope * scaled[i]!;
    for (let unit = 0; unit < net.hidden; unit++) {
      output[unit]! += slope * units[unit]!;
      const inner = slope * net.output[unit]! * (1 - units[unit]! ** 2);
      hiddenBias[unit]! += inner;
      const offset = unit * net.inputs;
      for (let i = 0; i < net.inputs; i++) weights[offset + i]! += inner * scaled[i]!;
    }
  });
}

/** As src/ask/rank.ts reads it; five digits are enough. */
export function toJson(net: Trained): Network {
  const short = (values: Float64Array) => Array.from(values, (value) => Number(value.toPrecision(5)));
  return {
    mean: short(net.mean),
    deviation: short(net.deviation),
    linear: short(net.linear),
    hidden: short(net.weights),
    hiddenBias: short(net.hiddenBias),
    output: short(net.output),
    bias: Number(net.bias[0]!.toPrecision(5)),
  };
}
