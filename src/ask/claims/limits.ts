/**
 * Thresholds of the checks. Found on the tuning half of `bench/claims` by `npx tsx bench/claims/run.ts --sweep`; the other
 * half only measured them. See docs/verification.md.
 */
export const LIMITS = {
  /** Least share of a claim's content words, weighted, that its sources must carry. */
  floor: 0.5,
  /** Longest run of neighbouring content words, as a share of the claim's weight, that may be carried by nothing. */
  gap: 0.34,
  /** How much better a rival value must fit a claim's words than the value claimed, per kind. */
  figureRival: 1.15,
  dateRival: 1.25,
  /** The same for two values of a claim that may have changed places. */
  exchange: 1.05,
  nameRival: 1.6,
  contrastRival: 1.3,
};
export type Limits = typeof LIMITS;
