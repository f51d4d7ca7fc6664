import { type Clause, clausesOf } from './clauses.ts';
import type { Link, Piece } from './evidence.ts';
import type { Limits } from './limits.ts';
import type { Item, Reading } from './reading.ts';

/** A part of a sentence that its sources tell of something else. */
export interface Unbound {
  /** `verb`: nothing there is told by it; `role`: somebody else does it or it is done to; `apart`: its two halves stand in different sentences. */
  kind: 'verb' | 'role' | 'apart';
  text: string;
}

const parsed = new WeakMap<Reading, Clause[]>();

function clauses(reading: Reading): Clause[] {
  let found = parsed.get(reading);
  if (!found) {
    found = clausesOf(reading);
    parsed.set(reading, found);
  }
  return found;
}

/** What a sentence may mean by "it" or "the project": the sentence before, and the lines above. */
interface Scene {
  piece: Piece;
  clauses: Clause[];
  earlier: Piece | null;
  /** All sentences before. */
  before: Piece[];
  above: Piece[];
}

function scenesOf(pieces: readonly Piece[]): Scene[] {
  const scenes: Scene[] = [];
  let earlier: Piece | null = null;
  let before: Piece[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'sentence') {
      earlier = null;
      continue;
    }
    if (earlier && earlier.source !== piece.source) {
      earlier = null;
      before = [];
    }
    scenes.push({
      piece,
      clauses: clauses(piece.reading),
      earlier,
      before,
      above: pieces.filter((one) => one.source === piece.source && one.kind !== 'sentence'),
    });
    earlier = piece;
    before = [...before, piece];
  }
  return scenes;
}

const meets = (piece: Piece, item: number, places: ReadonlySet<number> | null, least: number): boolean =>
  (piece.links[item] as Link[]).some((link) => link.match >= least && (places === null || places.has(link.at)));

const anyMeets = (piece: Piece, list: readonly number[], places: readonly number[] | null, least = 0.5): boolean => {
  const set = places && new Set(places);
  return list.some((item) => meets(piece, item, set, least));
};

/** What the sources tell by the verb of one clause of the claim. */
export interface Verdict {
  clause: Clause;
  /** Deeds of theirs with the same parties, with others, and such that do not tell. */
  agree: number;
  conflict: number;
  stray: number;
  unknown: number;
  /** Whether a word like the verb, that is no verb there, stands with its parties. */
  nominal: number;
  links: number;
  /** Greatest share of the clause's words that one sentence carries, with what its pronouns may mean. */
  together: number;
}

const ORIGIN =
  /^(?:chinese|lao|african|asian|european|norwegian|german|french|british|american|national|international|regional|new|first|second|third)$/;

/** `other`: one party is the same, the other is not. */
type Answer = 'yes' | 'no' | 'open' | 'other';

/** Only the very verb tells that somebody else did it: a synonym may be of another deed. */
const EXACT = 0.95;
/** Who gives and who gets are told from either end. */
const GETS = /^(?:receiv|get|obtain|benefit|profit|gain|have|borrow)/;
/** Nouns that stand for what was named before. */
const STANDS_FOR =
  /^(?:project|programme|program|event|office|company|firm|study|agency|union|party|parties|sides?|two|countr(?:y|ies)|government|body|centre|center|organi[sz]ation|phase|contributions?|partners?|agreement|initiative|training|work|service|both)$/;
/** Verbs that say little by themselves: only the very word tells. */
const LIGHT =
  /^(?:t[ao]ke?n?|takes|took|make|makes|made|ha[sd]|have|goe?s?|went|comes?|came|g[oe]t|gets|see|sees|saw|seen|become|becomes|became|includ|remain|stands?|stood|bring|brought|brings|led$)/;
/** Verbs whose subject and object change places in other words, or that only lead to another verb. */
const LOOSE = /^(?:mean|meant|date|need|benefi|aim|plan|want|wish|intend|expect|try|tri|call|cost|confirm|includ|cover)/;
/** Deeds that are told by their own word or not at all. */
const PLAIN =
  /^(?:found(?:s|ed)?|teach(?:es)?|taught|host(?:s|ed)?|buil[dt]s?|own(?:s|ed)?|employ(?:s|ed)?|regulat(?:es|ed)?|ratif(?:y|ies|ied)|buys?|bought|sells?|sold|wins?|won|los(?:es|t)|invent(?:s|ed)?|celebrat(?:es|ed)?|publish(?:es|ed)?|visit(?:s|ed)?)$/;
const DITRANSITIVE = /^(?:give|gave|given|grant|lend|lent|alloc|award|offer|pay|paid|provid|promis|send|sent|hand|show)/;

/** Whether the claim's party is the one of a source's deed. */
function same(claim: Reading, list: readonly number[], scene: Scene, deed: Clause, places: readonly number[], subject: boolean): Answer {
  let told = list.filter((i) => !(claim.items[i] as Item).light && (claim.items[i] as Item).date === null);
  // "Chinese" alone makes companies and a confederation no one.
  const plain = told.filter((i) => !ORIGIN.test((claim.items[i] as Item).word));
  if (plain.length > 0) told = plain;
  if (told.length === 0) return 'open';
  const { reading } = scene.piece;
  // A common word within a longer name is not what the name stands for, unless it opens or closes it.
  const identical = told.some((i) =>
    (scene.piece.links[i] as Link[]).some(({ at, match }) => {
      if (match < 0.5 || !places.includes(at)) return false;
      const name = reading.names[(reading.items[at] as Item).name];
      return (claim.items[i] as Item).upper || !name || at === name.first || at === name.last;
    }),
  );
  if (identical) return 'yes';
  if (subject) {
    const { earlier, before, above } = scene;
    const own = reading.items.map((_, i) => i).filter((i) => i < deed.verb);
    const first = places[0] ?? deed.verb;
    const empty = places.every((i) => blank(reading.items[i] as Item));
    if (deed.open || empty) {
      // "It", "she": what was spoken of before.
      if (anyMeets(scene.piece, told, own)) return 'yes';
      // "The quay has not been dredged since it was opened": the quay, not what the sentence before is about.
      const at = scene.clauses.indexOf(deed);
      if (
        deed.subject.length === 0 &&
        scene.clauses.slice(0, at).some((one) => !one.open && one.voice !== 'copula' && one.subject.length > 0)
      )
        return 'no';
      if (earlier && anyMeets(earlier, told, null)) return 'yes';
      return [...before, ...above].some((piece) => anyMeets(piece, told, null)) || empty ? 'open' : earlier ? 'no' : 'open';
    }
    // A longer subject may have been cut short.
    if (anyMeets(scene.piece, told, own) && !places.some((i) => (reading.items[i] as Item).name >= 0 && i >= first)) return 'open';
    const named = places.some((i) => (reading.items[i] as Item).name >= 0);
    if (!named && places.some((i) => STANDS_FOR.test((reading.items[i] as Item).word))) {
      if (
        earlier &&
        anyMeets(
          earlier,
          told,
          clauses(earlier.reading).flatMap((one) => one.subject),
        )
      )
        return 'yes';
    }
  }
  return places.length === 0 ? 'open' : 'no';
}

/** What tells nobody apart: figures, dates, adverbs. */
function blank(item: Item): boolean {
  return item.figure !== null || item.date !== null || /^(?:sometimes|often|together|\p{Ll}{3,}ly)$/u.test(item.word);
}

/** "The Government gave €85 million, the European Union €32 million": a value right after another name. */
function gapping(claim: Reading, clause: Clause, piece: Piece): boolean {
  const figures = clause.complement.filter((i) => (claim.items[i] as Item).figure !== null);
  return figures.some((figure) =>
    (piece.links[figure] as Link[]).some(({ at }) =>
      clause.head.some((i) =>
        (piece.links[i] as Link[]).some((link) => {
          const [one, value] = [piece.reading.items[link.at] as Item, piece.reading.items[at] as Item];
          return link.at < at && at - link.at <= 2 && !/[,;.]/.test(piece.reading.text.slice(one.end, value.start));
        }),
      ),
    ),
  );
}

function judge(claim: Reading, clause: Clause, scene: Scene, deed: Clause): Answer {
  const answers: Answer[] = [];
  const { piece } = scene;
  if (clause.voice === 'copula' || deed.voice === 'copula') return 'open';
  const [said, told] = [(claim.items[clause.verb] as Item).word, (piece.reading.items[deed.verb] as Item).word];
  if (GETS.test(said) !== GETS.test(told)) return 'open';
  if (clause.voice === 'active') {
    if (!clause.open) {
      if (deed.voice === 'active') {
        const direct = same(claim, clause.head, scene, deed, deed.subject, true);
        // "Traffic increased" where somebody increased traffic.
        if (direct === 'no' && clause.object.length === 0 && anyMeets(piece, clause.head, deed.object)) return 'yes';
        if (direct === 'no' && gapping(claim, clause, piece)) return 'yes';
        answers.push(direct);
      } else {
        const by =
          deed.agent.length > 0
            ? same(claim, clause.head, scene, deed, deed.agent, false)
            : [piece, ...scene.above, ...(scene.earlier ? [scene.earlier] : [])].some((one) => anyMeets(one, clause.head, null))
              ? 'open'
              : 'no';
        if (by === 'no' && clause.object.length === 0 && anyMeets(piece, clause.head, deed.subject)) return 'yes';
        answers.push(by);
      }
    }
    answers.push(
      deed.voice === 'active'
        ? deed.openObject
          ? 'open'
          : same(claim, clause.object, scene, deed, deed.reach, false)
        : same(claim, clause.object, scene, deed, deed.subject, true),
    );
  } else {
    if (!clause.open)
      answers.push(
        deed.voice === 'passive'
          ? DITRANSITIVE.test(told) && anyMeets(piece, clause.head, deed.reach)
            ? 'yes'
            : same(claim, clause.head, scene, deed, deed.subject, true)
          : deed.object.length === 0 && anyMeets(piece, clause.head, deed.subject)
            ? 'yes'
            : deed.openObject
              ? 'open'
              : same(claim, clause.head, scene, deed, deed.reach, false),
      );
    if (clause.agent.length > 0)
      answers.push(
        deed.voice === 'passive'
          ? deed.agent.length > 0
            ? same(claim, clause.agent, scene, deed, deed.agent, false)
            : 'open'
          : same(claim, clause.agent, scene, deed, deed.subject, true),
      );
  }
  if (answers.includes('no')) return answers.includes('yes') ? 'other' : 'no';
  return answers.includes('yes') ? 'yes' : 'open';
}

export function verdicts(claim: Reading, pieces: readonly Piece[], weights: readonly number[]): Verdict[] {
  const scenes = scenesOf(pieces);
  return clauses(claim).map((clause) => {
    const verdict: Verdict = { clause, agree: 0, conflict: 0, stray: 0, unknown: 0, nominal: 0, links: 0, together: 0 };
    const party = clause.open ? [] : clause.head;
    const verb = clause.verb >= 0 ? [clause.verb] : [];
    const parts = [...new Set([...party, ...clause.object, ...verb])].filter((i) =>
      pieces.some((piece) => (piece.links[i] as Link[]).length > 0),
    );
    const weight = (i: number) => ((claim.items[i] as Item).figure || (claim.items[i] as Item).date ? 1 : (weights[i] as number));
    const all = parts.reduce((sum, i) => sum + weight(i), 0);
    for (const piece of pieces)
      if (piece.kind !== 'sentence' && clause.verb >= 0 && meets(piece, clause.verb, null, 0.9)) verdict.unknown++;
    for (const scene of scenes) {
      const own = [scene.piece, ...scene.above];
      const wide = scene.earlier ? [...own, scene.earlier] : own;
      const reachable = scene.clauses.some((deed) => deed.openObject) ? wide : own;
      const here = parts.reduce((sum, i) => {
        const where = party.includes(i) ? wide : reachable;
        return sum + (where.some((piece) => (piece.links[i] as Link[]).length > 0) ? weight(i) : 0);
      }, 0);
      const together = all === 0 ? 1 : here / all;
      verdict.together = Math.max(verdict.together, together);
      if (clause.verb < 0) continue;
      for (const link of scene.piece.links[clause.verb] as Link[]) {
        const source = scene.piece.reading.items[link.at] as Item;
        const deeds = scene.clauses.filter((one) => one.verb === link.at);
        if (deeds.length === 0 && source.upper && source.name >= 0) continue;
        if (LOOSE.test((claim.items[clause.verb] as Item).word)) {
          const deed = deeds.find((one) => judge(claim, clause, scene, one) === 'yes');
          verdict[deed ? 'agree' : 'unknown']++;
          continue;
        }
        if (LIGHT.test((claim.items[clause.verb] as Item).word) && (link.match < 1 || deeds.length === 0)) {
          verdict.unknown++;
          continue;
        }
        verdict.links++;
        if (deeds.length === 0) verdict.nominal = Math.max(verdict.nominal, together);
        for (const deed of deeds) {
          const answer = judge(claim, clause, scene, deed);
          if (answer === 'yes') verdict.agree++;
          else if (answer === 'other') verdict.conflict += link.match >= EXACT ? 1 : 0;
          else if (answer === 'no') verdict.stray += link.match >= EXACT ? 1 : 0;
          else verdict.unknown++;
        }
      }
    }
    return verdict;
  });
}

/** The first clause of the claim whose parts its sources tell of different things; null when there is none. */
export function unbound(claim: Reading, pieces: readonly Piece[], weights: readonly number[], limits: Limits): Unbound | null {
  const alone = clauses(claim).length === 1;
  for (const { clause, agree, conflict, stray, unknown, nominal, links, together } of verdicts(claim, pieces, weights)) {
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
    if (conflict > 0 && unknown === 0 && nominal < limits.nominal) return { kind: 'role', text };
    if (stray > 0 && unknown === 0 && nominal < limits.nominal && !clause.reduced) return { kind: 'role', text };
    if (together < limits.together) return { kind: 'apart', text };
    if (links === 0 && unknown === 0 && PLAIN.test(text)) return { kind: 'verb', text };
  }
  return null;
}
