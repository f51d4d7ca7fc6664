import type { Clause } from './clauses.ts';
import { DITRANSITIVE, exchanged, GETS, gapping, PLAIN, type Verdict, verdicts } from './deeds.ts';
import type { Link, Piece } from './evidence.ts';
import type { Limits } from './limits.ts';
import { type Answer, anyMeets, blank, ORIGIN, type Scene, STANDS_FOR, same, scenesOf } from './parties.ts';
import type { Item, Reading } from './reading.ts';
import { baseForm } from './verbs.ts';

/** A part of a sentence that its sources tell of something else. */
export interface Unbound {
  /**
   * `verb`: nothing there is told by it; `role`: somebody else does it or it is done to; `apart`: its two halves stand in different
   * sentences; `subject`: what is said stands there, of another one.
   */
  kind: 'verb' | 'role' | 'apart' | 'subject';
  text: string;
}

/** A clause of the claim beside a clause of a source that tells some of the same. */
interface Anchor {
  deed: Clause;
  scene: Scene;
  /** Share of what the claim says of its subject that is told there, 0..1. */
  fit: number;
  /** Whether it is told there of the same subject. */
  answer: Answer;
  /** Whether the claim's verb, or a synonym, is the one there. */
  linked: boolean;
  /** Whether the claim's subject is the subject there by its very words. */
  own: boolean;
}

// The constants below were set by hand on the tuning set of bench/claims; none is sharp.

/** From above this match on it is the very word. */
const NEAR = 0.9;
/** From this match on two verbs may tell of one deed. */
const VERB = 0.8;
/** Least weight of what a clause says of its subject, about that of two words, so that it can be looked for. */
const TELLING = 1;
const COUNTED = /^(?:others?|another|first|second|third|latter|former|one)$/;
/** Items of a sentence that says one thing. */
const SHORT = 9;
/** What a figure or date weighs beside words. */
const VALUE = 0.7;
/** Verbs whose subject another sentence may name behind its own verb. */
const CONVERSE = /^(?:c[oa]mes?|came|belong|stem|result|originat|deriv|go(?:es)?$|went|receiv|get|got)/;
/** Verbs that only tell what goes with what: who stands in the same sentence may be meant. */
const EQUAL = /^(?:ha[sdv]|includ|compris|consist|exceed|amount|total|stand|stood|number|mean|cost|belong|contain|remain|becom|became)/;
/** Verbs that only say how much or where. */
const LEVEL = /^(?:reach|stand|stood|total|amount|come|came|number|lie|lay|cost|ha[sdv]|remain|show|see|saw)/;

/** The first clause of the claim whose parts its sources tell of different things; null when there is none. */
export function unbound(claim: Reading, pieces: readonly Piece[], weights: readonly number[], limits: Limits): Unbound | null {
  const scenes = scenesOf(pieces);
  const judged = verdicts(claim, pieces, scenes, weights);
  const alone = judged.length === 1 && claim.items.length <= SHORT;
  const displaced: string[] = [];
  for (const verdict of judged) {
    const { clause, agree, conflict, stray, unknown, nominal, links, together } = verdict;
    const text = clause.verb < 0 ? '' : (claim.items[clause.verb] as Item).word;
    if (agree > 0) continue;
    // "The harbour is open" where nothing is said of open: all that is told of the subject is new.
    const told = [...(clause.verb < 0 ? [] : [clause.verb]), ...clause.complement];
    const last = told.at(-1);
    if (
      last !== undefined &&
      alone &&
      told.length * 2 >= claim.items.length &&
      told.every((i) => !pieces.some((piece) => (piece.links[i] as Link[]).length > 0))
    )
      return { kind: 'verb', text: (claim.items[last] as Item).word };
    const anchors = anchorsOf(claim, verdict, scenes, weights);
    if (elsewhere(anchors, limits)) displaced.push(subjectOf(claim, clause));
    if (toldBetter(claim, clause, anchors, limits)) continue;
    if (conflict > 0 && unknown === 0 && nominal < limits.nominal) return { kind: 'role', text };
    if (stray > 0 && unknown === 0 && nominal < limits.nominal && !clause.reduced) return { kind: 'role', text };
    if (together < (alone ? limits.together : limits.joined)) return { kind: 'apart', text };
    if (links === 0 && unknown === 0 && PLAIN.test(text)) return { kind: 'verb', text };
  }
  return displaced[0] === undefined ? null : { kind: 'subject', text: displaced[0] };
}

function subjectOf(claim: Reading, clause: Clause): string {
  const [first, last] = [clause.head[0], clause.head.at(-1)] as [number, number];
  return claim.text.slice((claim.items[first] as Item).start, (claim.items[last] as Item).end);
}

/** The clauses of the sources that tell some of what a clause of the claim says of its subject. */
function anchorsOf(claim: Reading, { clause }: Verdict, scenes: readonly Scene[], weights: readonly number[]): Anchor[] {
  if (clause.open || clause.reduced) return [];
  // "continues to travel": the deed is the next clause's.
  if (clause.verb >= 0 && clause.complement.length === 0 && /^ to\b/.test(claim.text.slice((claim.items[clause.verb] as Item).end)))
    return [];
  const item = (i: number) => claim.items[i] as Item;
  let party = clause.head.filter((i) => !blank(item(i)) && !item(i).light && baseForm(item(i).word)?.form !== 'both');
  const plain = party.filter((i) => !ORIGIN.test(item(i).word));
  if (plain.length > 0) party = plain;
  const predicate = [...new Set([...(clause.verb < 0 ? [] : [clause.verb]), ...clause.complement])].filter((i) => !party.includes(i));
  const weight = (i: number) => (item(i).figure || item(i).date ? VALUE : (weights[i] as number));
  const all = predicate.reduce((sum, i) => sum + weight(i), 0);
  // Only who is spoken of there can be told to do what others do.
  if (all < TELLING || !scenes.some(({ piece }) => named(party, piece))) return [];
  const converse = clause.verb >= 0 && CONVERSE.test(item(clause.verb).word);
  const anchors: Anchor[] = [];
  for (const scene of scenes) {
    const { links } = scene.piece;
    for (const deed of scene.clauses) {
      const alike = deed.voice === clause.voice && deed.voice !== 'copula' && !converse;
      const own = new Set([deed.verb, ...deed.complement, ...deed.reach, ...(alike ? [] : deed.subject)]);
      let sum = 0;
      for (const i of predicate) {
        let best = 0;
        for (const link of links[i] as Link[]) if (own.has(link.at)) best = Math.max(best, link.match);
        sum += weight(i) * best;
      }
      if (sum === 0) continue;
      anchors.push({
        deed,
        scene,
        fit: sum / all,
        answer: answerOf(claim, clause, party, scene, deed),
        linked: clause.verb >= 0 && (links[clause.verb] as Link[]).some((link) => link.at === deed.verb),
        own: party.some((i) => (links[i] as Link[]).some((link) => link.match > NEAR && deed.subject.includes(link.at))),
      });
    }
  }
  return anchors;
}

const named = (party: readonly number[], piece: Piece) => party.some((i) => (piece.links[i] as Link[]).some((link) => link.match > NEAR));

/** Whether a clause of a source tells what the claim tells of the same subject; open wherever its grammar leaves a doubt. */
function answerOf(claim: Reading, clause: Clause, party: readonly number[], scene: Scene, deed: Clause): Answer {
  const { piece, earlier, above } = scene;
  const { links, reading } = piece;
  const word = (i: number) => (reading.items[i] as Item).word;
  const met = (one: Piece) => anyMeets(one, party, null, 0);
  const verb = clause.verb < 0 ? '' : (claim.items[clause.verb] as Item).word;
  const linked =
    clause.verb >= 0 && !EQUAL.test(verb) && (links[clause.verb] as Link[]).some(({ at, match }) => at === deed.verb && match >= VERB);
  const there = deed.verb < 0 ? '' : word(deed.verb);
  const turned = (GETS.test(there) && DITRANSITIVE.test(verb)) || (GETS.test(verb) && DITRANSITIVE.test(there));
  if (turned && exchanged(claim, clause, scene, deed) === 'other') return 'no';
  const counted = clause.head.filter((i) => (claim.items[i] as Item).figure?.kind === 'ordinal');
  if (!linked && (met(piece) || anyMeets(piece, counted, null) || (deed.open && earlier && met(earlier)))) return 'open';
  // "The other is …" speaks of what the sentence before counts.
  if (deed.subject.every((i) => COUNTED.test(word(i))) && earlier && met(earlier)) return 'open';
  // "Support was given to Laos" of "Laos was supported".
  if (anyMeets(piece, party, [deed.verb], NEAR)) return 'open';
  if (gapping(claim, clause, piece)) return 'yes';
  if (above.some(met) && !scene.all.some((one) => named(party, one))) return 'open';
  // "The Centre trained" may be the training centre named before.
  const general = deed.subject.length === 1 || deed.subject.every((i) => (reading.items[i] as Item).name < 0);
  if (
    general &&
    party.some((i) => (claim.items[i] as Item).name >= 0) &&
    deed.subject.some((i) => STANDS_FOR.test(word(i))) &&
    scene.before.some(met)
  )
    return 'open';
  if (deed.voice === 'copula' && anyMeets(piece, party, deed.complement)) return 'open';
  const asSubject = () => same(claim, party, scene, deed, deed.subject, true);
  if (clause.voice === 'passive') {
    if (deed.voice === 'passive') return asSubject();
    if (deed.openObject) return 'open';
    // "The line is not served by any train" of "no train runs".
    if (deed.object.length === 0 && anyMeets(piece, clause.agent, deed.subject, 0)) return 'open';
    const one = same(claim, party, scene, deed, deed.reach, false);
    return one === 'no' ? asSubject() : one;
  }
  const own = asSubject();
  if (deed.voice !== 'passive' || own !== 'no') return own;
  if (deed.agent.length > 0) return same(claim, party, scene, deed, deed.agent, false);
  return [piece, ...above, ...(earlier ? [earlier] : [])].some(met) ? 'open' : 'no';
}

/** Whether most of what is said of the subject stands in the sources, and everywhere of another one. */
function elsewhere(anchors: readonly Anchor[], limits: Limits): boolean {
  const most = greatest(anchors);
  return most >= limits.anchor && anchors.every(({ fit, answer }) => fit < most - limits.slack || answer === 'no');
}

const greatest = (anchors: readonly Anchor[]) => anchors.reduce((most, one) => Math.max(most, one.fit), 0);

/** Whether another sentence tells more of it of the same subject, by another verb: the very verb is of another deed. */
function toldBetter(claim: Reading, clause: Clause, anchors: readonly Anchor[], limits: Limits): boolean {
  const verb = clause.verb < 0 ? '' : (claim.items[clause.verb] as Item).word;
  const others = anchors.filter(({ own, linked, deed, scene }) => {
    if (!own || linked) return false;
    const told = scene.piece.reading.items[deed.verb]?.word ?? '';
    return LEVEL.test(verb) || LEVEL.test(told) || (GETS.test(verb) && DITRANSITIVE.test(told));
  });
  const most = greatest(others);
  return verb !== '' && most >= limits.anchor && most > greatest(anchors.filter((one) => one.linked)) + limits.slack;
}
