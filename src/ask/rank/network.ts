/** One hidden layer of tanh units over standardised inputs clipped to -5..5. */
export interface Network {
  mean: readonly number[];
  deviation: readonly number[];
  /** Row-major, hidden x inputs. */
  hidden: readonly number[];
  hiddenBias: readonly number[];
  output: readonly number[];
}

/** Beyond this a standardised value says nothing more. */
export const CLIP = 5;

/** A feature row to the scale the networks were trained on, put into `scaled`; what is not a number is not known and counts as average. */
export function standardise(
  row: Float32Array,
  { mean, deviation }: Pick<Network, 'mean' | 'deviation'>,
  scaled = new Float64Array(row.length),
): Float64Array {
  for (let i = 0; i < row.length; i++) {
    const value = ((row[i] as number) - (mean[i] as number)) / (deviation[i] as number);
    scaled[i] = value > CLIP ? CLIP : value < -CLIP ? -CLIP : value || 0;
  }
  return scaled;
}

/** Units whose sums are made side by side: a processor adds them at the same time. */
const SIDE_BY_SIDE = 4;

/** The output of the network for one standardised row. */
export function score(scaled: Float64Array, { hidden, hiddenBias, output }: Network): number {
  const inputs = scaled.length;
  let sum = 0;
  let unit = 0;
  for (; unit + SIDE_BY_SIDE <= output.length; unit += SIDE_BY_SIDE) {
    let a = hiddenBias[unit] as number;
    let b = hiddenBias[unit + 1] as number;
    let c = hiddenBias[unit + 2] as number;
    let d = hiddenBias[unit + 3] as number;
    for (let i = 0, at = unit * inputs; i < inputs; i++, at++) {
      const value = scaled[i] as number;
      a += (hidden[at] as number) * value;
      b += (hidden[at + inputs] as number) * value;
      c += (hidden[at + 2 * inputs] as number) * value;
      d += (hidden[at + 3 * inputs] as number) * value;
    }
    sum += (output[unit] as number) * Math.tanh(a);
    sum += (output[unit + 1] as number) * Math.tanh(b);
    sum += (output[unit + 2] as number) * Math.tanh(c);
    sum += (output[unit + 3] as number) * Math.tanh(d);
  }
  for (; unit < output.length; unit++) {
    let activation = hiddenBias[unit] as number;
    for (let i = 0, at = unit * inputs; i < inputs; i++, at++) activation += (hidden[at] as number) * (scaled[i] as number);
    sum += (output[unit] as number) * Math.tanh(activation);
  }
  return sum;
}
