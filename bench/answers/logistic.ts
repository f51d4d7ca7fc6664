import type { Scale } from './network.ts';
import { scaleOf, standardised } from './network.ts';

export interface Row {
  features: Float32Array;
  right: boolean;
  weight: number;
}

/** Weighted logistic regression with an L2 penalty (not on the bias), by Newton's method. */
export function fitLogistic(rows: readonly Row[], penalty: number): Scale & { weights: Float64Array; bias: number } {
  const scale = scaleOf(rows.map(({ features }) => features));
  const width = scale.mean.length;
  const scaled = standardised(
    rows.map(({ features }) => features),
    scale,
  );
  const size = width + 1;
  const beta = new Float64Array(size);
  for (let round = 0; round < 12; round++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    rows.forEach(({ right, weight }, n) => {
      const x = scaled.subarray(n * width, (n + 1) * width);
      let logit = beta[width]!;
      for (let i = 0; i < width; i++) logit += beta[i]! * x[i]!;
      const p = 1 / (1 + Math.exp(-logit));
      const slope = weight * (p - Number(right));
      const curve = weight * Math.max(1e-6, p * (1 - p));
      for (let i = 0; i < size; i++) {
        const xi = i === width ? 1 : x[i]!;
        gradient[i]! += slope * xi;
        const line = hessian[i]!;
        for (let j = 0; j <= i; j++) line[j]! += curve * xi * (j === width ? 1 : x[j]!);
      }
    });
    for (let i = 0; i < width; i++) {
      gradient[i]! += penalty * beta[i]!;
      hessian[i]![i]! += penalty;
    }
    hessian[width]![width]! += 1e-9;
    const step = solve(hessian, gradient);
    let moved = 0;
    for (let i = 0; i < size; i++) {
      beta[i]! -= step[i]!;
      moved = Math.max(moved, Math.abs(step[i]!));
    }
    if (moved < 1e-7) break;
  }
  return { ...scale, weights: beta.slice(0, width), bias: beta[width]! };
}

/** Solves a symmetric positive definite system given by its lower half (Cholesky). */
function solve(lower: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j]![j]!;
    }
  }
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * y[k]!;
    y[i] = sum / lower[i]![i]!;
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k]![i]! * x[k]!;
    x[i] = sum / lower[i]![i]!;
  }
  return x;
}
