import { isAcronym } from '../../core/text/names.ts';
import { overlaps } from '../../core/time/dates.ts';
import type { Link, Piece } from './evidence.ts';
import { type Limits, PLACES } from './limits.ts';
import type { ShortForms } from './match.ts';
import type { Entity, Item, Reading } from './reading.ts';
import { contrastsOf } from './thesaurus.ts';

const near = (distance: number, half: number) => 1 / (1 + (distance / half) ** 2);

/** A value at its place: an item of a figure, date or contrast, or the items of a name. */
interface Place {
  x: number;
  first: number;
  last: number;
}

const placeOf = (reading: Reading, at: number): Place => ({ x: (reading.items[at] as Item).x, first: at, last: at });
const placeOfName = (reading: Reading, name: Entity): Place => ({
  x: ((reading.items[name.first] as Item).x + (reading.items[name.last] as Item).x) / 2,
  first: name.first,
  last: name.last,
});

function distances(reading: Reading, place: Place, others: readonly number[], backwards = 1): number[] {
  const { items } = reading;
  const from = (items[place.first] as Item).x;
  const to = (items[place.last] as Item).x;
  const rivals = new Set(others);
  // What stands before the first value of a list ("contributions total 5 for …, 4 for …") speaks for all of them.
  const head = others.reduce((least, other) => Math.min(least, other), others.length > 0 ? place.first : -1);
  const atHead = head >= 0 ? (items[head] as Item).x : 0;
  const found = new Array<number>(items.length).fill(0);
  let crossed = 0;
  for (let i = place.last + 1; i < items.length; i++) {
    found[i] = (items[i] as Item).x - to + crossed * PLACES.across;
    if (rivals.has(i)) crossed++;
  }
  crossed = 0;
  for (let i = place.first - 1; i >= 0; i--) {
    const item = items[i] as Item;
    found[i] =
      i < head && item.name < 0
        ? (atHead - item.x) * backwards + (head === place.first ? 0 : PLACES.shared)
        : (from - item.x) * backwards + crossed * PLACES.across;
    if (rivals.has(i)) crossed++;
  }
  // "lent 61 objects and borrowed 148": what the first of two counts is counted by a bare second as well.
  const counted =
    place.first === place.last && (items[place.first] as Item).figure?.kind === 'number' ? bareAfter(reading, place.first, others) : -1;
  if (counted >= 0) found[counted] = Math.min(found[counted] as number, 1);
  return found;
}

/** The thing that a figure without a noun counts: what follows the figure before it; -1 when there is none. */
function bareAfter(reading: Reading, at: number, others: readonly number[]): number {
  const { items, text } = reading;
  const next = items[at + 1];
  const end = (items[at] as Item).end;
  if (next && !/[,;.:]/.test(text.slice(end, next.start))) return -1;
  const before = others.filter((other) => other < at).at(-1);
  const noun = before === undefined ? undefined : items[before + 1];
  if (before === undefined || !noun || before + 1 >= at || noun.figure || noun.date || (items[before] as Item).figure?.unit) return -1;
  return /^\s+$/.test(text.slice((items[before] as Item).end, noun.start)) ? before + 1 : -1;
}

/** Distances are asked for again by each value of the claim. */
const kept = new WeakMap<Piece, Map<string, number[]>>();

function distancesIn(piece: Piece, place: Place, rivals: readonly number[], backwards: number): number[] {
  let mine = kept.get(piece);
  if (!mine) {
    mine = new Map();
    kept.set(piece, mine);
  }
  const key = `${place.first} ${place.last} ${rivals.length} ${backwards}`;
  let found = mine.get(key);
  if (!found) {
    found = distances(piece.reading, place, rivals, backwards);
    mine.set(key, found);
  }
  return found;
}

interface Side {
  reading: Reading;
  place: Place;
  distances: number[];
  weights: readonly number[];
  half: number;
  backwards: number;
}

/** How well the neighbours of a value in the claim are the neighbours of a value in a piece. */
function affinity(claim: Side, piece: Piece, place: Place, rivals: readonly number[], elsewhere: readonly number[]): number {
  const there = distancesIn(piece, place, rivals, claim.backwards);
  let sum = 0;
  for (let i = 0; i < claim.reading.items.length; i++) {
    if (i >= claim.place.first && i <= claim.place.last) continue;
    const weight = claim.weights[i] as number;
    const links = piece.links[i] as { at: number; match: number }[];
    let best = PLACES.elsewhere * (elsewhere[i] as number);
    for (const link of links) {
      if (link.at >= place.first && link.at <= place.last) continue;
      best = Math.max(best, link.match * near(there[link.at] as number, claim.half));
    }
    // A word that stands in many places tells little about this one.
    sum += ((weight * near(claim.distances[i] as number, claim.half)) / Math.sqrt(Math.max(1, links.length))) * best;
  }
  return sum;
}

export interface Misplaced {
  kind: 'figure' | 'date' | 'name' | 'opposite';
  text: string;
  rival: string;
}

/** What a place would fit that has all neighbours as the claim has them. */
function fullFit(side: Side): number {
  let sum = 0;
  for (let i = 0; i < side.weights.length; i++) {
    if (i < side.place.first || i > side.place.last) sum += (side.weights[i] as number) * near(side.distances[i] as number, side.half) ** 2;
  }
  return sum;
}

/** Weights for neighbours: values and names tell most, words of the title and the headings next to nothing. */
function neighbourWeights(claim: Reading, pieces: readonly Piece[], weights: readonly number[]): number[] {
  const above = pieces.filter((piece) => piece.kind === 'title' || piece.kind === 'heading');
  return claim.items.map((item, i) => {
    const own = item.figure || item.date ? PLACES.value : (weights[i] as number) * (item.name >= 0 ? PLACES.name : 1);
    return above.some((piece) => (piece.links[i] as Link[]).length > 0) ? own * PLACES.above : own;
  });
}

interface Occurrence {
  piece: Piece;
  /** Index into the items of the piece. */
  at: number;
  /** Whether it is the value claimed. */
  same: boolean;
  text: string;
  affinity: number;
}

/**
 * The first figure or date of the claim that stands in the sources, but whose words there stand around another value of
 * the kind: "28 fundamental Conventions" where the source counts 26 and four fundamental ones.
 */
export function misplacedValue(claim: Reading, pieces: readonly Piece[], weights: readonly number[], limits: Limits): Misplaced | null {
  const elsewhere = carriedBySource(claim, pieces);
  const own = neighbourWeights(claim, pieces, weights);
  for (const kind of ['figure', 'date'] as const) {
    const places = kind === 'figure' ? claim.figures : claim.dates;
    const ratio = kind === 'figure' ? limits.figureRival : limits.dateRival;
    const listOf = (piece: Piece) => (kind === 'figure' ? piece.reading.figures : piece.reading.dates);
    const sides = new Map<number, Side>();
    for (const at of places) {
      const counts = (claim.items[at] as Item).figure?.kind === 'number';
      const backwards = counts ? PLACES.backwards : 1;
      const place = placeOf(claim, at);
      const rivals = places.filter((other) => other !== at);
      sides.set(at, {
        reading: claim,
        place,
        distances: distances(claim, place, rivals, backwards),
        weights: own,
        half: PLACES.half,
        backwards,
      });
    }
    const fitOf = (at: number, piece: Piece, there: number) =>
      sameEnd(claim, at, piece.reading, there) * PLACES.end +
      affinity(sides.get(at) as Side, piece, placeOf(piece.reading, there), listOf(piece), elsewhere[piece.source] as number[]);
    const states = (piece: Piece, at: number, there: number) => (piece.links[at] as Link[]).some((link) => link.at === there);
    for (const at of places) {
      const item = claim.items[at] as Item;
      const occurrences: Occurrence[] = [];
      for (const piece of pieces) {
        if (piece.kind === 'edition') continue;
        for (const there of listOf(piece)) {
          const other = piece.reading.items[there] as Item;
          const same = states(piece, at, there);
          if (!same && !(kind === 'figure' ? comparable(item, other) : apart(item, other))) continue;
          occurrences.push({ piece, at: there, same, text: other.word, affinity: fitOf(at, piece, there) });
        }
      }
      // A rival that the claim states as well is a matter of exchange, below.
      const found = decide(occurrences, ratio, limits.valueSlot * fullFit(sides.get(at) as Side), (rival) =>
        places.some((other) => other !== at && states(rival.piece, other, rival.at)),
      );
      if (found) return { kind, text: item.word, rival: found };
    }
    // Two values of the claim that would fit better the other way round.
    const best = (at: number, value: number, not: number) => {
      let most = Number.NEGATIVE_INFINITY;
      for (const piece of pieces) {
        if (piece.kind !== 'sentence') continue;
        for (const there of listOf(piece)) {
          if (states(piece, value, there) && !states(piece, not, there)) most = Math.max(most, fitOf(at, piece, there));
        }
      }
      return most;
    };
    for (const a of places) {
      for (const b of places) {
        const [x, y] = [claim.items[a], claim.items[b]] as [Item, Item];
        if (b <= a || (kind === 'figure' && !comparable(x, y)) || joined(claim, x, y)) continue;
        if (
          kind === 'figure' &&
          OF.test(claim.text.slice(x.end, y.start)) &&
          (x.figure?.value ?? 0) > (y.figure?.value ?? 0) &&
          y.figure?.kind === 'number'
        )
          return { kind, text: x.word, rival: y.word };
        const [aa, bb, ab, ba] = [best(a, a, b), best(b, b, a), best(a, b, a), best(b, a, b)];
        if (!Number.isFinite(Math.min(aa, bb, ab, ba))) continue;
        if (ab + ba > (aa + bb) * limits.exchange + PLACES.lead) return { kind, text: x.word, rival: y.word };
      }
    }
  }
  return null;
}

/** Between values of one list: to exchange them changes nothing. */
const JOINED = /^\s*(?:,|and|or|&|,\s*and)\s*(?:in\s+)?$/i;
const OF = /^\s+of\s+(?:the\s+|its\s+|their\s+)?$/i;

function joined(claim: Reading, x: Item, y: Item): boolean {
  return JOINED.test(claim.text.slice(x.end, y.start)) && !/\bbetween\s*$/i.test(claim.text.slice(Math.max(0, x.start - 12), x.start));
}

const AT_FROM = /\b(?:from|between|instead of|rather than|compared (?:to|with)|since|after)\s*$/i;
const AT_TO = /\b(?:to|until|till|between\s\S{1,12}\sand)\s*$/i;

/** 1 when both values stand at the same end of a change ("from 31 to 44"), -1 at opposite ends, 0 when one is at neither. */
function sameEnd(claim: Reading, at: number, source: Reading, there: number): number {
  const endOf = (reading: Reading, i: number) => {
    const head = reading.text.slice(Math.max(0, (reading.items[i] as Item).start - 20), (reading.items[i] as Item).start);
    return AT_FROM.test(head) ? -1 : AT_TO.test(head) ? 1 : 0;
  };
  return endOf(claim, at) * endOf(source, there);
}

/** Whether two dates share no day: "2016" is no rival of "September 2016". */
function apart(a: Item, b: Item): boolean {
  return a.date !== null && b.date !== null && !overlaps(a.date, b.date);
}

function comparable(a: Item, b: Item): boolean {
  if (!a.figure || !b.figure) return false;
  const kind = (item: Item) => (item.figure?.kind === 'year' ? 'number' : item.figure?.kind);
  return kind(a) === kind(b);
}

function decide<T extends Occurrence>(
  occurrences: readonly T[],
  ratio: number,
  least: number,
  explained: (rival: T) => boolean,
): string | null {
  let own = -1;
  for (const one of occurrences) if (one.same) own = Math.max(own, one.affinity);
  if (own < 0) return null;
  let rival: T | null = null;
  for (const one of occurrences) {
    if (one.same || one.affinity < least || one.affinity <= own * ratio + PLACES.lead || (rival && one.affinity <= rival.affinity))
      continue;
    if (!explained(one)) rival = one;
  }
  return rival?.text ?? null;
}

/** For each source, how far each item of the claim is met anywhere in it. */
function carriedBySource(claim: Reading, pieces: readonly Piece[]): number[][] {
  const found: number[][] = [];
  for (const piece of pieces) {
    found[piece.source] ??= new Array<number>(claim.items.length).fill(0);
    const row = found[piece.source] as number[];
    piece.links.forEach((links, i) => {
      for (const link of links) row[i] = Math.max(row[i] as number, link.match);
    });
  }
  return found;
}

/** Whether two names may be one: one's words are all the other's, or one abbreviates the other. */
export function sameName(a: Entity, b: Entity, forms: ShortForms): boolean {
  const within = (x: readonly string[], y: readonly string[]) => x.every((term) => y.includes(term));
  if (within(a.terms, b.terms) || within(b.terms, a.terms))
    return a.country === b.country || a.terms.length === b.terms.length || !(a.country || b.country);
  const long = (name: Entity) =>
    name.text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => forms.get(word))
      .find((form) => form);
  const ofA = long(a);
  const ofB = long(b);
  if (ofA && ofB) return ofA.join(' ') === ofB.join(' ');
  const plain = (name: Entity) => name.terms.filter((term) => !term.startsWith('@') && term.length > 2);
  if (ofA) return within(plain(b), ofA) && plain(b).length > 0;
  return ofB ? within(plain(a), ofB) && plain(a).length > 0 : false;
}

/** Whether one name may stand for another at all: a country for a country, a body for a body; single words are too many things. */
function alikeInShape(a: Entity, b: Entity): boolean {
  if (a.country || b.country) return a.country && b.country;
  const body = (name: Entity) => (isAcronym(name.text) || name.terms.length > 1) && !/^(?:Mo[UA]|MOU)s?$/.test(name.text);
  return body(a) && body(b);
}

/** Whether a name that opens the sentence stands in a source where nothing but a name has capitals. */
function certain(claim: Reading, name: Entity, pieces: readonly Piece[], forms: ShortForms): boolean {
  if (!(claim.items[name.first] as Item).upper) return false;
  return pieces.some((piece) => piece.reading.names.some((entity) => !entity.initial && sameName(name, entity, forms)));
}

/** Whether one name is no mere part of the other, as ILO is of "ILO-China-ASEAN High-Level Seminar". */
function alike(a: Entity, b: Entity): boolean {
  const shared = a.terms.filter((term) => b.terms.includes(term)).length;
  return shared === 0 || shared * 2 >= Math.max(a.terms.length, b.terms.length);
}

/** The first name of the claim whose words stand, in the sources, around another name that the claim does not mention or mentions elsewhere. */
export function misplacedName(
  claim: Reading,
  pieces: readonly Piece[],
  weights: readonly number[],
  forms: ShortForms,
  limits: Limits,
): Misplaced | null {
  if (claim.names.length === 0) return null;
  const elsewhere = carriedBySource(claim, pieces);
  const own = neighbourWeights(claim, pieces, weights);
  const above = pieces.filter((piece) => piece.kind === 'title' || piece.kind === 'heading').flatMap((piece) => piece.reading.names);
  const sideOf = (name: Entity): Side => {
    const place = placeOfName(claim, name);
    return { reading: claim, place, distances: distances(claim, place, []), weights: own, half: PLACES.halfOfNames, backwards: 1 };
  };
  for (const name of claim.names) {
    // "Additionally" and "For the PlayStation" open a sentence: only what is a name for certain is looked at.
    if (name.initial && !name.country && !isAcronym(name.text) && !certain(claim, name, pieces, forms)) continue;
    const side = sideOf(name);
    const occurrences: (Occurrence & { entity: Entity })[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'edition') continue;
      for (const entity of piece.reading.names) {
        const same = sameName(name, entity, forms);
        if (!same && (piece.kind !== 'sentence' || !alikeInShape(name, entity))) continue;
        const spot = placeOfName(piece.reading, entity);
        // Whoever is in the title stands beside everything.
        const known = !same && above.some((other) => sameName(other, entity, forms)) ? PLACES.knownRival : 1;
        occurrences.push({
          piece,
          at: entity.first,
          same,
          text: entity.text,
          entity,
          affinity: known * affinity(side, piece, spot, [], elsewhere[piece.source] as number[]),
        });
      }
    }
    const found = decide(
      occurrences,
      limits.nameRival,
      limits.nameSlot * fullFit(side),
      (rival) =>
        rival.entity.terms.some((term) => name.terms.includes(term)) ||
        claim.names.some((other) => other !== name && other.countries.some((code) => rival.entity.countries.includes(code))) ||
        claim.names.some((other) => other !== name && sameName(other, rival.entity, forms) && alike(other, rival.entity)),
    );
    if (found) return { kind: 'name', text: name.text, rival: found };
  }
  const fitOf = (name: Entity, piece: Piece, entity: Entity) => {
    const side = sideOf(name);
    return affinity(side, piece, placeOfName(piece.reading, entity), [], elsewhere[piece.source] as number[]);
  };
  for (const [i, a] of claim.names.entries()) {
    for (const b of claim.names.slice(i + 1)) {
      for (const piece of pieces) {
        if (piece.kind !== 'sentence') continue;
        const ofA = piece.reading.names.find((entity) => sameName(a, entity, forms));
        const ofB = piece.reading.names.find((entity) => sameName(b, entity, forms));
        if (!ofA || !ofB || ofA === ofB || sameName(a, b, forms)) continue;
        if (fitOf(a, piece, ofB) + fitOf(b, piece, ofA) > (fitOf(a, piece, ofA) + fitOf(b, piece, ofB)) * limits.nameExchange + PLACES.lead)
          return { kind: 'name', text: a.text, rival: b.text };
      }
    }
  }
  return null;
}

/** Whether the words after two places meet, or those before the two where none follows in the claim. */
function besideTheSame(claim: Reading, at: number, piece: Piece, there: number): boolean {
  const step = at + 1 < claim.items.length ? 1 : -1;
  return (piece.links[at + step] ?? []).some((link) => link.at === there + step);
}

const DENIED = /\b(?:not|never|no longer|without)\s(?:\p{L}+\s)?$/iu;

/** The first word of the claim in whose place the sources say its contrary ("increased" for "decreased"). */
export function oppositeWord(
  claim: Reading,
  pieces: readonly Piece[],
  chosen: readonly Piece[],
  weights: readonly number[],
  limits: Limits,
): (Misplaced & { item: number; piece: Piece; at: number }) | null {
  const elsewhere = carriedBySource(claim, pieces);
  const own = neighbourWeights(claim, pieces, weights);
  const sideAt = (at: number): Side => {
    const place = placeOf(claim, at);
    return { reading: claim, place, distances: distances(claim, place, []), weights: own, half: PLACES.halfOfNames, backwards: 1 };
  };
  for (const at of claim.contrasts) {
    const item = claim.items[at] as Item;
    if (item.name >= 0 && (claim.names[item.name] as Entity).first !== (claim.names[item.name] as Entity).last) continue;
    // "The year before" is no order of two events.
    if (item.word === 'before' && /\b(?:year|month|week|day|decade)\s$/i.test(claim.text.slice(0, item.start))) continue;
    const mine = contrastsOf(item);
    const side = sideAt(at);
    let best = -1;
    let rival = -1;
    let found: { piece: Piece; at: number } | null = null;
    for (const piece of pieces) {
      if (piece.kind === 'edition') continue;
      for (let there = 0; there < piece.reading.items.length; there++) {
        const other = piece.reading.items[there] as Item;
        const same = (piece.links[at] as { at: number }[]).some((link) => link.at === there);
        const theirs = same ? [] : contrastsOf(other);
        const against = theirs.some((one) => mine.some((two) => one.family === two.family && one.side !== two.side));
        if (!same && !(against && chosen.includes(piece))) continue;
        // "Students do not pay": what is denied there is what the claim says.
        if (against && DENIED.test(piece.reading.text.slice(0, other.start))) continue;
        if (against && item.light && !besideTheSame(claim, at, piece, there)) continue;
        const fitOf = (one: Side) => affinity(one, piece, placeOf(piece.reading, there), [], elsewhere[piece.source] as number[]);
        const value = fitOf(side);
        // A side that the claim says as well, and in a better place, belongs to that part of it.
        const sameSide = (one: Item) =>
          one.term === other.term ||
          contrastsOf(one).some((two) => theirs.some((three) => two.family === three.family && two.side === three.side));
        if (against && claim.contrasts.some((i) => i !== at && sameSide(claim.items[i] as Item) && fitOf(sideAt(i)) >= value)) continue;
        if (same) best = Math.max(best, value);
        else if (value > rival) {
          rival = value;
          found = { piece, at: there };
        }
      }
    }
    if (found && rival > 0.04 && rival > best * limits.contrastRival + (best < 0 ? 0 : PLACES.lead))
      return { kind: 'opposite', text: item.word, rival: (found.piece.reading.items[found.at] as Item).word, item: at, ...found };
  }
  return null;
}
