/**
 * Thresholds of the checks. Floor and gap by the sweeps that `npx tsx bench/claims/run.ts` prints; the others by a random search
 * over `bench/claims/tune` that counted false sentences passed, true ones withheld, and (so that nothing hangs on a hair) true
 * ones withheld with all margins 15 % smaller. Long answers of MTRAG and CLAP NQ served as further true sentences in that
 * search. `joined`, `anchor` and `slack` were set by hand. Over the tuning set and the longer sentences for tuning, a `joined` of .7
 * would withhold seven more true sentences and two more false ones; an `anchor` of .4 one and three more, of .8 none and eight fewer
 * false ones; a `slack` of .2 two fewer. `bench/claims/held-out` was written afterwards. See docs/verification.md.
 */
export const LIMITS = {
  /** Least share of a claim's content words, weighted, that its sources must carry. */
  floor: 0.5,
  /** Longest run of neighbouring content words that may be carried by nothing, in words that are rare in the corpus. */
  gap: 1.4,
  /** How much better a rival value must fit a claim's words than the value claimed, per kind. */
  figureRival: 1.35,
  dateRival: 1.5,
  /** The same for two values of a claim that may have changed places. */
  exchange: 1,
  nameExchange: 3.5,
  nameRival: 2.3,
  contrastRival: 1.3,
  /** Share of a place's neighbours that must be a rival's for it to stand there. */
  valueSlot: 0,
  nameSlot: 0.3,
  /** Least share of a clause's subject, verb and object that one sentence must carry. */
  together: 0.7,
  /** The same in a sentence of several clauses. */
  joined: 0.5,
  /** Least share of what a clause says of its subject that a sentence must tell to be the one it is taken from. */
  anchor: 0.6,
  /** How much less of it a second one may tell. */
  slack: 0.1,
  /** Least share of a clause's parts beside a noun of the same stem, where a noun stands for the verb and the verb itself tells of others. */
  nominal: 0.9,
};
export type Limits = typeof LIMITS;

/** How neighbours tell what a value or a name belongs to; found in the same way. */
export const PLACES = {
  /** Distance, in words and punctuation (`Item.x`), at which a neighbour of a value counts half; of a name, which is told by the very words beside it. */
  half: 4,
  halfOfNames: 3,
  /** What it costs to reach across another value of the kind, and to share the words before the first of them. */
  across: 8,
  shared: 3,
  /** What a figure counts stands after it: words before it are so many times farther. */
  backwards: 1.6,
  /** What a word counts that stands elsewhere in the same source. */
  elsewhere: 0,
  /** Weights of neighbours: another value, a name, a word that the title or a heading holds as well. */
  value: 1,
  name: 1.6,
  above: 0.7,
  /** What standing at the same end of a change tells ("from 31 to 44"). */
  end: 0.5,
  /** A rival that the title or a heading names as well must fit better still. */
  knownRival: 0.7,
  /** Least that a rival must fit better, so that a common word does not decide. */
  lead: 0.05,
};
