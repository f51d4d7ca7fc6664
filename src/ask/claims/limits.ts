/**
 * Thresholds of the checks. Found on the tuning half of `bench/claims` by `npx tsx bench/claims/run.ts --sweep`; the other
 * half only measured them. See docs/verification.md.
 */
export const LIMITS = {
  /** Least share of a claim's content words, weighted, that its sources must carry. */
  floor: 0.5,
  /** Longest run of neighbouring content words that may be carried by nothing, in words that are rare in the corpus. */
  gap: 1.4,
  /** How much better a rival value must fit a claim's words than the value claimed, per kind. */
  figureRival: 1.15,
  dateRival: 1.15,
  /** The same for two values of a claim that may have changed places. */
  exchange: 1,
  nameExchange: 3.5,
  nameRival: 1.9,
  contrastRival: 1.3,
  /** Share of a place's neighbours that must be a rival's for it to stand there. */
  valueSlot: 0,
  nameSlot: 0.3,
};
export type Limits = typeof LIMITS;

/** How neighbours tell what a value or a name belongs to; found in the same way. */
export const PLACES = {
  /** Distance, in words and punctuation (`Item.x`), at which a neighbour of a value counts half; of a name, which is told by the very words beside it. */
  half: 3,
  halfOfNames: 3,
  /** What it costs to reach across another value of the kind, and to share the words before the first of them. */
  across: 8,
  shared: 0,
  /** What a figure counts stands after it: words before it are so many times farther. */
  backwards: 1.3,
  /** What a word counts that stands elsewhere in the same source. */
  elsewhere: 0.05,
  /** Weights of neighbours: another value, a name, a word that the title or a heading holds as well. */
  value: 1,
  name: 1.6,
  above: 0.4,
  /** What standing at the same end of a change tells ("from 31 to 44"). */
  end: 0.5,
  /** A rival that the title or a heading names as well must fit better still. */
  knownRival: 0.9,
  /** Least that a rival must fit better, so that a common word does not decide. */
  lead: 0.08,
};
