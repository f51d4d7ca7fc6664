import { type Reason, reason } from '../reasons.ts';
import type { Clause } from './clauses.ts';
import type { Link, Piece } from './evidence.ts';
import { clauses } from './parties.ts';
import type { Item, Reading } from './reading.ts';

const COMING = /\b(?:will|shall|going to)\b/i;
const POSSIBLE = /\b(?:should|would|could|may|might)\b/i;
const PLAN =
  /\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|expect(?:s|ed)?|hope[sd]?|want(?:s|ed)?|propos(?:es|ed)|scheduled|aim(?:s|ed|ing)?|due|set|meant|designed|supposed|(?:is|are|was|were)) $/i;
const ANNOUNCED = /^(?:expected|planned|scheduled|intended|proposed|announced|envisaged|foreseen)$/;
const PAST =
  /(?:[^e]ed|eed(?:ed))$|^(?:gave|given|held|led|took|taken|sent|met|made|paid|bought|sold|won|lost|built|brought|began|begun|grew|grown|rose|risen|fell|fallen|came|ran|became|become|spent|wrote|written|chose|chosen|got|saw|seen|went|gone|left|kept)$/;
// Set by hand on the tuning set of bench/claims.

/** From this match on it is the same deed. */
const SAME = 0.85;
/** Share of what stands after a verb that another sentence tells of it, so that it is the same deed under another verb. */
const TOLD = 0.7;
/** How much less of it another sentence may tell and still be meant. */
const SLACK = 0.15;

type Mode = 'done' | 'coming' | null;

/** A verb with its helpers; of a plain "is" or "has" the text from there on. */
function groupOf(reading: Reading, clause: Clause): string {
  return reading.text.slice(clause.start, reading.items[clause.verb]?.end ?? clause.start + 24);
}

function modeOf(reading: Reading, clause: Clause, source: boolean): Mode {
  const verb = reading.items[clause.verb];
  const group = groupOf(reading, clause);
  const head = reading.text.slice(Math.max(0, clause.start - 24), clause.start);
  if (COMING.test(group)) return 'coming';
  if (/^to\s/i.test(group)) return PLAN.test(head) ? 'coming' : null;
  if (/\bto $/i.test(head)) return null;
  if (POSSIBLE.test(group)) return source ? 'coming' : null;
  if (source && verb && clause.voice === 'passive' && /^(?:is|are|was|were)\b/i.test(group) && ANNOUNCED.test(verb.word)) return 'coming';
  if (!verb || clause.reduced || !PAST.test(verb.word)) return null;
  return clause.voice === 'passive' && /^(?:is|are)\b/i.test(group) ? null : 'done';
}

/** A reason when a clause of the claim tells as done what its sources only announce, or announces what they tell as done. */
export function planProblem(claim: Reading, pieces: readonly Piece[]): Reason | null {
  const sentences = pieces.filter((piece) => piece.kind === 'sentence');
  for (const clause of clauses(claim)) {
    const mode = modeOf(claim, clause, false);
    if (mode === null) continue;
    const after = clause.complement.filter((i) => !(claim.items[i] as Item).light);
    if (after.length < 2 && clause.verb < 0) continue;
    const found: { fit: number; mode: Mode; said: string }[] = [];
    const dated = after.some((i) => (claim.items[i] as Item).date);
    for (const piece of sentences) {
      const met = (list: readonly number[]) => list.some((i) => (piece.links[i] as Link[]).length > 0);
      for (const deed of clauses(piece.reading)) {
        const own = new Set([...deed.complement, ...deed.reach, ...deed.subject, ...datesBefore(piece.reading, deed)]);
        const fit =
          after.filter((i) => (piece.links[i] as Link[]).some((link) => own.has(link.at) && link.match >= SAME)).length /
          Math.max(1, after.length);
        const linked =
          clause.verb >= 0 &&
          deed.verb >= 0 &&
          (piece.links[clause.verb] as Link[]).some((link) => link.at === deed.verb && link.match >= SAME);
        if (
          (linked && (fit > 0 || after.length === 0)) ||
          (mode === 'done' && fit >= TOLD && (after.length > 2 || dated || (after.length > 1 && met(clause.head))))
        )
          found.push({
            fit,
            mode: modeOf(piece.reading, deed, !linked || !ANNOUNCED.test((claim.items[clause.verb] as Item).word)),
            said: groupOf(piece.reading, deed).trim(),
          });
      }
    }
    const most = Math.max(0, ...found.map((one) => one.fit));
    const best = found.filter((one) => one.fit >= most - SLACK);
    const first = best[0];
    if (first && mode === 'done' && best.every((one) => one.mode === 'coming')) return reason('planned', first.said);
    if (first && mode === 'coming' && best.every((one) => one.mode === 'done')) return reason('announced');
  }
  return null;
}

/** Dates before a verb say when as well: "In 2027 China will hold". */
function datesBefore(reading: Reading, deed: Clause): number[] {
  return reading.dates.filter((i) => (reading.items[i] as Item).start < deed.start && deed.start - (reading.items[i] as Item).end < 60);
}
