import { type Clause, clausesOf } from './clauses.ts';
import type { Link, Piece } from './evidence.ts';
import type { Item, Reading } from './reading.ts';

const parsed = new WeakMap<Reading, Clause[]>();

/** The clauses of a text, parsed once. */
export function clauses(reading: Reading): Clause[] {
  let found = parsed.get(reading);
  if (!found) {
    found = clausesOf(reading);
    parsed.set(reading, found);
  }
  return found;
}

/** What a sentence may mean by "it" or "the project": the sentence before, and the lines above. */
export interface Scene {
  piece: Piece;
  clauses: Clause[];
  earlier: Piece | null;
  /** All sentences before. */
  before: Piece[];
  above: Piece[];
  /** All sentences of the sources. */
  all: Piece[];
}

/** The sentences of the sources with what their pronouns may mean. */
export function scenesOf(pieces: readonly Piece[]): Scene[] {
  const scenes: Scene[] = [];
  const all = pieces.filter((one) => one.kind === 'sentence');
  let earlier: Piece | null = null;
  let before: Piece[] = [];
  let source = -1;
  for (const piece of pieces) {
    if (piece.source !== source) {
      earlier = null;
      before = [];
      source = piece.source;
    }
    if (piece.kind !== 'sentence') continue;
    scenes.push({
      piece,
      clauses: clauses(piece.reading),
      earlier,
      before,
      above: pieces.filter((one) => one.source === piece.source && one.kind !== 'sentence'),
      all,
    });
    earlier = piece;
    before = [...before, piece];
  }
  return scenes;
}

/** Whether an item of the claim is met in a piece, at some of its places or anywhere. */
export const meets = (piece: Piece, item: number, places: ReadonlySet<number> | null, least: number): boolean =>
  (piece.links[item] as Link[]).some((link) => link.match >= least && (places === null || places.has(link.at)));

/** The same for any of several items. */
export const anyMeets = (piece: Piece, list: readonly number[], places: readonly number[] | null, least = 0.5): boolean => {
  const set = places && new Set(places);
  return list.some((item) => meets(piece, item, set, least));
};

/** Words that tell where something is from or which of several it is, not what it is. */
export const ORIGIN =
  /^(?:chinese|lao|african|asian|european|norwegian|german|french|british|american|national|international|regional|new|first|second|third)$/;

/** `other`: one party is the same, the other is not. */
export type Answer = 'yes' | 'no' | 'open' | 'other';

/** From this match on it is the very word. */
export const EXACT = 0.95;
/** Nouns that stand for what was named before. */
export const STANDS_FOR =
  /^(?:project|programme|program|event|office|company|firm|study|agency|union|party|parties|sides?|two|countr(?:y|ies)|government|body|centre|center|organi[sz]ation|phase|contributions?|partners?|agreement|initiative|training|work|service|both)$/;
const ADVERBIAL = /^(?:again|once|twice|further|also|together|jointly)$/;

/** What tells nobody apart: figures, dates, adverbs. */
export function blank(item: Item): boolean {
  return (
    item.figure !== null ||
    item.date !== null ||
    /^(?:sometimes|often|together|again|once|twice|further|more|most|also|\p{Ll}{3,}ly)$/u.test(item.word)
  );
}

/** Whether the claim's party is the one of a source's deed. */
export function same(
  claim: Reading,
  list: readonly number[],
  scene: Scene,
  deed: Clause,
  places: readonly number[],
  subject: boolean,
): Answer {
  let told = list.filter(
    (i) => !(claim.items[i] as Item).light && (claim.items[i] as Item).date === null && !ADVERBIAL.test((claim.items[i] as Item).word),
  );
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
  if (subject && told.every((i) => (claim.items[i] as Item).figure !== null)) return 'open';
  if (subject) {
    const { earlier, before, above } = scene;
    const own = reading.items.map((_, i) => i).filter((i) => (reading.items[i] as Item).start < deed.start);
    const first = places[0] ?? deed.verb;
    const empty = places.every((i) => blank(reading.items[i] as Item));
    if (deed.open || empty) {
      if (deed.pronoun !== null && !mayBe(claim, list, deed.pronoun)) return 'no';
      // "Its social partners received": they are told of elsewhere in the claim, and so not meant by its subject.
      const set = new Set(places);
      if (deed.pronoun === null && !empty && claim.items.some((_, i) => !list.includes(i) && meets(scene.piece, i, set, EXACT)))
        return 'no';
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
      if ([...before, ...above].some((piece) => anyMeets(piece, told, null))) return 'open';
      // Who is spoken of only later is not who was meant.
      const later = scene.all.some((piece) => piece !== scene.piece && anyMeets(piece, told, null, EXACT));
      return (empty && !later) || !earlier ? 'open' : 'no';
    }
    // A longer subject may have been cut short.
    if (anyMeets(scene.piece, told, own) && !places.some((i) => (reading.items[i] as Item).name >= 0 && i >= first)) return 'open';
    const named = places.some((i) => (reading.items[i] as Item).name >= 0);
    const nearer = scene.clauses.some(
      (one) => one !== deed && one.start < deed.start && !one.open && one.subject.length > 0 && one.subject[0] !== deed.subject[0],
    );
    if (!named && !nearer && places.some((i) => STANDS_FOR.test((reading.items[i] as Item).word))) {
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
  if (places.length === 0) return 'open';
  // "A partner joined: it is the Centre."
  if (
    subject &&
    places.every((i) => (reading.items[i] as Item).name < 0) &&
    told.some((i) =>
      (scene.piece.links[i] as Link[]).some(
        ({ at, match }) => match >= EXACT && REVEALED.test(reading.text.slice(deed.start, (reading.items[at] as Item).start)),
      ),
    )
  )
    return 'open';
  const spoken = scene.all.some((piece) => anyMeets(piece, told, null, EXACT));
  if (!spoken && scene.above.some((piece) => piece.kind !== 'title' && anyMeets(piece, told, null))) return 'open';
  // "The country", "the two sides": other words for what the source names.
  return !spoken && told.every((i) => STANDS_FOR.test((claim.items[i] as Item).word)) ? 'open' : 'no';
}

/** What stands before a name that says who was meant. */
const REVEALED = /:\s+(?:it|this|they)\s+(?:is|are|was|were)\b|\bnamely\b/;

/** Whether a party stands behind the "to" of a deed: it got, and did not give. */
export function receives(claim: Reading, list: readonly number[], piece: Piece, deed: Clause): boolean {
  const { items, text } = piece.reading;
  return list.some((i) =>
    (piece.links[i] as Link[]).some(
      ({ at, match }) =>
        match >= EXACT &&
        (claim.items[i] as Item).name >= 0 &&
        deed.reach.includes(at) &&
        /\bto (?:the )?$/.test(text.slice(Math.max(0, (items[at] as Item).start - 8), (items[at] as Item).start)),
    ),
  );
}

/** Words for what is no person. */
const THING =
  /(?:tion|ment|ity|ship|ing)s?$|^(?:forum|initiative|ministry|office|university|party|company|bank|council|agency|programme|project|conference|trust|museum|school|hospital|court|plan|fund|trees?|trains?|bus(?:es)?|treaty|dialogue|country|seminar|study|library|railway|dam|river)$/;

/** Whether a party of the claim can be what a pronoun of the source means: "they" is not one firm, "he" no forum. */
function mayBe(claim: Reading, list: readonly number[], pronoun: string): boolean {
  const last = claim.items[list.at(-1) ?? -1];
  const first = claim.items[list[0] ?? -1];
  if (!last || !first) return true;
  if (/^s?he$/.test(pronoun)) {
    // "Hanna Wilk of the University" is a person.
    const of = /\s(?:of|from|at)\s/.exec(claim.text.slice(first.start));
    return !list.some(
      (i) => (claim.items[i] as Item).start <= first.start + (of?.index ?? claim.text.length) && THING.test((claim.items[i] as Item).word),
    );
  }
  const joined = /\b(?:and|or)\b/.test(claim.text.slice(first.start, last.end));
  const names = new Set(list.map((i) => (claim.items[i] as Item).name));
  const single =
    names.size === 1 && last.name >= 0 && !joined && !/s$/.test(last.word) && !list.some((i) => (claim.items[i] as Item).figure);
  if (pronoun === 'they') return !single;
  return pronoun !== 'it' || last.name >= 0 || !/(?:[^aiosu]s|people|women|men|children)$/.test(last.word) || joined;
}
