import { type Reason, reason } from '../reasons.ts';
import type { Link, Piece } from './evidence.ts';
import type { Item, Reading } from './reading.ts';
import { baseForm } from './verbs.ts';

/** A word that turns or limits what follows it. `x` is where it stands. */
interface Cue {
  text: string;
  x: number;
  /** UTF-16 offset of its end. */
  end: number;
}

const NEGATION =
  /\b(?:not(?! only\b)|never|no longer|no(?!\.| longer| later| less| fewer| more than)|without|neither|nor|none|nobody|nothing|cannot|except(?:ing)?|excluding|apart from|fail(?:s|ed|ing)? to|failed|f[ae]lls? short of|advis(?:es?|ed) against|refus(?:e|es|ed|ing) to|unable to|declin(?:e|es|ed) to(?=\s\p{Ll})|lack(?:s|ed|ing)?|absence of|yet to|hardly|rarely|ruled out|neglect(?:s|ed)? to|(?:stop|ceas)(?:s|es|ed|ped)? (?=\p{Ll}+ing\b))\b|n['’]t\b|\bnon-(?=\p{L})/giu;
/** "Not until May" is in May. */
const UNTIL = /^.?not (?:be )?(?:begin|start|commence|open|launch|take effect|apply|happen)(?:ed)? until\b/iu;
/** Denies in passing what follows; the figures and dates of both sides are told apart by their places. */
const INSTEAD = /\b(?:instead of|rather than)\b/giu;
const PLANNED =
  /\b(?:will|shall|would|should|could|may|might|can|plan(?:s|ned|ning)? to|intend(?:s|ed|ing)? to|aim(?:s|ed|ing)?(?: to| at)?|want(?:s|ed)?|expect(?:s|ed)? to|hope[sd]? to|seek(?:s|ing)?(?: to)?|sought to|propos(?:e|es|ed|al)|meant to|designed to|intended to|supposed to|due to|set to|going to|scheduled|(?:is|are|was|were) to|goal|objective|purpose|target|in order to|so that|potential(?:ly)?|possibl[ey]|likely|wish(?:es|ed)? to|try|tries|tried|ask(?:s|ed)?|call(?:s|ed)? for|urge[sd]?)\b/giu;
/** Only these say plainly that something has not happened yet. */
const FUTURE =
  /\b(?:will|shall|plan(?:s|ned|ning)? to|intend(?:s|ed|ing)? to|expect(?:s|ed)? to|hope[sd]? to|going to|scheduled to|propos(?:es|ed) to|may|might|could)\b/giu;
const DONE =
  /(?:[^e]ed|eed(?:ed))$|^(?:gave|given|held|led|took|taken|sent|met|made|paid|bought|sold|won|lost|built|brought|began|begun|grew|grown|rose|risen|fell|fallen|came|ran|became|set up|spent|wrote|written|chose|chosen|got|saw|seen|went|gone|left|kept|put)$/;
const UNIVERSAL =
  /\b(?:all|every|each|everyone|everybody|always|entire(?:ly)?|whole|complete(?:ly)?|full(?:y)?|any|throughout|universal|in total|altogether)\b/giu;
const UNIVERSAL_ONCE = new RegExp(UNIVERSAL.source, 'iu');
const CLAIMS_ALL =
  /\b(?:(?<!\b(?:above|after|first of|at) )all(?! (?:over|in all|of which|told|areas?)\b|-)|every|each|everyone|everybody|always|entirely|exclusively|completely)\b/giu;
const ONLY = /\b(?:only(?<!not only)|solely|exclusively|sole)\b/giu;
const ONLY_SOURCE = /\b(?:only|solely|exclusively|sole|alone|just|one)\b/iu;
const MOST = /\b(?:most(?= (?:of|\p{Ll}+s\b))|the majority|a majority|mostly|predominantly)\b/giu;
const MOST_SOURCE = /\b(?:most|majority|mostly|mainly|predominantly|bulk|chiefly|all|every|each)\b/iu;

/** Words between a cue and what it governs. */
const PASSED_OVER = /^(?:yet|already|even|ever|still|longer|only|so|far)$/;
/** Content words after a cue that it governs. */
const SCOPE = 4;
const REACH = 9;

function cues(reading: Reading, pattern: RegExp): Cue[] {
  const found: Cue[] = [];
  for (const match of reading.text.matchAll(pattern)) {
    const word = reading.words.find((one) => one.end > match.index);
    found.push({ text: match[0], x: word?.x ?? 0, end: match.index + match[0].length });
  }
  return found;
}

/** Indexes of the content words a cue governs: the next few of its clause. */
function scope(reading: Reading, cue: Cue): number[] {
  const found: number[] = [];
  for (let i = 0; i < reading.items.length && found.length < SCOPE; i++) {
    const item = reading.items[i] as Item;
    if (item.start < cue.end || PASSED_OVER.test(item.word)) continue;
    if (/[.;:!?](?:\s|$)/.test(reading.text.slice(cue.end, item.start)) || item.x - cue.x > REACH) break;
    found.push(i);
  }
  if (found.length > 0) return found;
  // "71 per cent are satisfied, 18 are not" denies what stands before.
  return reading.items
    .map((item, i) => (item.end <= cue.end && cue.x - item.x <= REACH ? i : -1))
    .filter((i) => i >= 0)
    .slice(-SCOPE);
}

/** How much of what a source denies the claim must tell, in words. */
const LEAST_TOLD = 1.5;

/** Whether a sentence carries most words of a claim. */
function mostOf(claim: Reading, piece: Piece): boolean {
  return piece.links.filter((links) => links.length > 0).length >= claim.items.length * 0.6;
}

/** Whether more words of the claim stand nearer to one place of a sentence than to another. */
function nearerTo(claim: Reading, piece: Piece, one: number, other: number, but: readonly number[]): boolean {
  const at = (i: number) => (piece.reading.items[i] as Item).x;
  let votes = 0;
  for (let i = 0; i < claim.items.length; i++) {
    const links = (piece.links[i] as Link[]).filter((link) => link.at !== one && !but.includes(link.at));
    if (links.length === 0) continue;
    const to = (place: number) => Math.min(...links.map((link) => Math.abs(at(link.at) - at(place))));
    votes += Math.sign(to(other) - to(one));
  }
  return votes > 0;
}

/** A reason when the claim denies what the sources assert or asserts what they deny. */
export function negationProblem(claim: Reading, pieces: readonly Piece[], chosen: readonly Piece[]): Reason | null {
  const inClaim = cues(claim, NEGATION)
    .filter((cue) => !UNTIL.test(claim.text.slice(cue.end - 4)) && !/^apart from$/i.test(cue.text))
    .map((cue) => ({ cue, places: scope(claim, cue) }));
  const stated = pieces.map((piece) => {
    const list = cues(piece.reading, NEGATION).map((cue) => ({ cue, places: scope(piece.reading, cue) }));
    return { piece, list, denied: new Set(list.flatMap(({ places }) => places)) };
  });
  for (const { cue, places } of inClaim) {
    // What the claim denies must be denied in a source: the word right after the negation or two of the next ones, and
    // no sentence may assert more of it.
    let best = 0;
    let asserted = 0;
    const linked = places.filter((i) => pieces.some((piece) => (piece.links[i] as Link[]).length > 0));
    for (const { piece, denied } of stated) {
      const hits = places.filter((i) => (piece.links[i] as Link[]).some((link) => denied.has(link.at)));
      if (hits.includes((linked[0] ?? places[0]) as number) || hits.length > 1) best = Math.max(best, hits.length);
      if (piece.kind === 'sentence')
        asserted = Math.max(asserted, places.filter((i) => (piece.links[i] as Link[]).some((link) => !denied.has(link.at))).length);
    }
    if (best === 0 || asserted > best + 1) return reason('word', cue.text.trim());
  }
  const own = new Set([...inClaim.flatMap(({ places }) => places), ...cues(claim, INSTEAD).flatMap((cue) => scope(claim, cue))]);
  for (const { piece, list, denied } of stated) {
    if (piece !== chosen[0] && !(chosen.includes(piece) && mostOf(claim, piece))) continue;
    for (const { cue, places } of list) {
      // What has not been done yet may be planned.
      if (/\byet\b/i.test(piece.reading.text.slice(cue.end)) && cues(claim, PLANNED).length > 0) continue;
      let told = 0;
      let first = false;
      let kept = false;
      claim.items.forEach((_, i) => {
        let inside = 0;
        let outside = 0;
        let at = -1;
        for (const { piece: other, denied: there } of stated) {
          if (other.kind !== 'sentence') continue;
          for (const link of other.links[i] as Link[]) {
            if (other === piece && places.includes(link.at)) {
              if (link.match > inside) at = link.at;
              inside = Math.max(inside, link.match);
            } else if (!there.has(link.at) && (other !== piece || !denied.has(link.at))) outside = Math.max(outside, link.match);
          }
        }
        if (inside < 0.8) return;
        // "… refused to declare it; his deputy declared it": the same word is asserted as well, nearer to the rest of the claim.
        if (at === places[0]) {
          const asserted = (piece.links[i] as Link[]).find((link) => !denied.has(link.at) && link.match >= inside);
          if (asserted && nearerTo(claim, piece, asserted.at, at, places)) told = Number.NEGATIVE_INFINITY;
        }
        if (inside < outside) return;
        if (own.has(i)) kept = true;
        told += inside > outside ? 1 : 0.5;
        if (at === places[0]) first = true;
      });
      // The claim tells what is denied, without a negation of its own.
      if (!kept && told >= Math.min(LEAST_TOLD, places.length) && (first || told >= 2)) return reason('denied', cue.text.trim());
    }
  }
  return null;
}

/** A reason when a plan is told as done or what was done as a plan. */
export function modalityProblem(claim: Reading, chosen: readonly Piece[]): Reason | null {
  const planned = cues(claim, PLANNED);
  const future = cues(claim, FUTURE);
  for (let i = 0; i < claim.items.length; i++) {
    const item = claim.items[i] as Item;
    if (item.figure || item.date || item.upper) continue;
    const done = DONE.test(item.word) && !toBefore(claim, item) && !planned.some((cue) => cue.end <= item.start && item.x - cue.x <= REACH);
    const coming = future.some((cue) => cue.end <= item.start && scope(claim, cue)[0] === i);
    if (!done && !coming && !/\balready\b/i.test(claim.text)) continue;
    let asPlan: string | null = null;
    let asFact: string | null = null;
    for (const piece of chosen) {
      const theirs = cues(piece.reading, PLANNED);
      for (const link of piece.links[i] as { at: number; match: number }[]) {
        if (link.match < 0.9) continue;
        const other = piece.reading.items[link.at] as Item;
        const cue = theirs.find(
          (one) =>
            one.end <= other.start && (scope(piece.reading, one).slice(0, 2).includes(link.at) || coordinated(piece.reading, one, other)),
        );
        const bare = !DONE.test(other.word) || toBefore(piece.reading, other);
        if (cue && bare) asPlan ??= cue.text;
        else if (link.match === 1 || (done && DONE.test(other.word))) asFact ??= other.word;
      }
    }
    if (asPlan && /\balready\b/i.test(claim.text) && !planned.some((cue) => cue.end <= item.start && item.x - cue.x <= REACH))
      return reason('planned', asPlan);
    if (done && asPlan && !asFact) return reason('planned', asPlan);
    if (coming && asFact && !asPlan && DONE.test(asFact)) return reason('announced');
  }
  return null;
}

/** "Meant to make it safer, raise wages and lower costs": all three are meant. */
function coordinated(reading: Reading, cue: Cue, item: Item): boolean {
  const between = reading.text.slice(cue.end, item.start);
  return (
    /\bto$/i.test(cue.text) && baseForm(item.word)?.form === 'base' && /(?:,|\band|\bor)\s$/i.test(between) && !/[.;:]\s/.test(between)
  );
}

function toBefore(reading: Reading, item: Item): boolean {
  const head = reading.text.slice(Math.max(0, item.start - 10), item.start);
  return /\bto (?:be )?$/i.test(head) || /\bbe $/i.test(head);
}

/** "Two of the nine branches", "29 stations, 11 of which": only some of that number are spoken of. */
function partOf(reading: Reading, at: number): boolean {
  const { start, end } = reading.items[at] as Item;
  if (UNIVERSAL_ONCE.test(reading.text)) return false;
  return (
    /\p{L}* of (?:the |its |these |their )?$/iu.test(reading.text.slice(Math.max(0, start - 20), start)) ||
    /^[^.;]{0,40}\bof (?:which|whom|them)\b/i.test(reading.text.slice(end))
  );
}

/** A reason when "all", "only" or "most" is the claim's own. */
export function quantifierProblem(claim: Reading, pieces: readonly Piece[], chosen: readonly Piece[]): Reason | null {
  const texts = pieces.map((piece) => piece.reading.text);
  for (const match of claim.text.matchAll(CLAIMS_ALL)) {
    // "all three": the number is checked as a figure.
    if (
      /^all$/i.test(match[0]) &&
      claim.figures.some((at) => (claim.items[at] as Item).start - (match.index + 3) <= 8 && (claim.items[at] as Item).start > match.index)
    ) {
      const at = claim.figures.find((i) => (claim.items[i] as Item).start > match.index) as number;
      if (pieces.some((piece) => (piece.links[at] as Link[]).some((link) => partOf(piece.reading, link.at))))
        return reason('word', match[0]);
      continue;
    }
    // The sentence that carries what "all" speaks of must speak of all as well.
    const next = claim.items.findIndex((item) => item.start > match.index);
    const carrying = chosen.filter((piece) => next < 0 || (piece.links[next] as Link[]).length > 0);
    const told = carrying.length > 0 ? carrying : pieces;
    if (!told.some((piece) => UNIVERSAL_ONCE.test(piece.reading.text))) return reason('word', match[0]);
  }
  for (const match of claim.text.matchAll(ONLY)) {
    if (/not $/i.test(claim.text.slice(0, match.index))) continue;
    // "Only 9 %" comments on a figure that is checked as one.
    const after = match.index + match[0].length;
    if (
      claim.figures.some((at) => {
        const { start, figure } = claim.items[at] as Item;
        return start >= after && start - after <= 8 && figure?.kind === 'percent';
      })
    )
      continue;
    if (!texts.some((text) => ONLY_SOURCE.test(text))) return reason('word', match[0]);
  }
  for (const match of claim.text.matchAll(MOST)) if (!texts.some((text) => MOST_SOURCE.test(text))) return reason('word', match[0]);
  return null;
}
