/** A share as a percentage with one decimal. */
export const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

/** A difference of shares in percentage points, with its sign unless it rounds to nothing. */
export function points(value: number): string {
  const shown = Math.abs(value * 100).toFixed(1);
  return `${shown === '0.0' ? '±' : value > 0 ? '+' : '−'}${shown}`;
}
