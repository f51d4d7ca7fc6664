import type { Trace } from '../core/model.ts';

/** Records one step; `detail` is only computed when somebody looks. */
export type Step = (step: string, detail: () => Record<string, unknown>) => void;

/** Three decimals: enough to read, short enough to print. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Records steps with the time since the one before; does nothing, and computes no detail, without a trace. */
export function stepper(trace: Trace | undefined): Step {
  let last = trace ? performance.now() : 0;
  return (step, detail) => {
    if (!trace) return;
    const now = performance.now();
    trace.steps.push({ step, milliseconds: round(now - last), detail: detail() });
    last = performance.now();
  };
}
