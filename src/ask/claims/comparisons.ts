import { type Reason, reason } from '../reasons.ts';
import type { Link, Piece } from './evidence.ts';
import type { Item, Reading } from './reading.ts';
import { contrastsOf } from './thesaurus.ts';

const SUPERLATIVE =
  /\b(?:(?<!\bat )(?:most|least)(?= (?!of\b|people\b|recent)\p{Ll}+(?<!s)\b)|(?!(?:inter|for|r|w|t|n|gu|qu|requ|inv|prot|mod|hon|cont|conqu|sugg|arr|harv|manif|dig|p|z|ch|v|b|cr|near|al|late|earli|north|south|midw|northw|southw|budap|buchar)est\b)\p{Ll}{3,}est|foremost|unprecedented|unique(?:ly)?)\b/giu;
const MOST =
  /\b(?:most|main|chief|primar|above all|first|leading|best|record|unparalleled|unique|no other|never before|\p{Ll}{3,}est)\p{Ll}*/iu;
const GREATEST = /^(?:largest|biggest|highest|greatest|most|longest)$/;
const SMALLEST = /^(?:smallest|lowest|fewest|least|shortest)$/;
/** How far from its superlative, in words and punctuation, the figure stands that proves it. */
const PROOF = 8;

/** A reason when a superlative is the claim's own: not the sources', and not the greatest of their figures. */
export function superlativeProblem(claim: Reading, pieces: readonly Piece[]): Reason | null {
  for (const match of claim.text.matchAll(SUPERLATIVE)) {
    const word = match[0].toLowerCase();
    const stands = pieces.some(({ reading }) => MOST.test(reading.text) && told(reading, word));
    if (stands || computed(claim, pieces, word, match.index)) continue;
    return reason('word', match[0]);
  }
  return null;
}

/** "largest" of "biggest", "most effective" of "most" and "effective". */
function told(reading: Reading, word: string): boolean {
  if (/^(?:most|least|unique|foremost|unprecedented)/.test(word)) return true;
  const mine = contrastsOf({ word, term: word });
  return reading.words.some(
    (other) =>
      other.word === word ||
      (/est$|^(?:most|main|best)$/.test(other.word) &&
        contrastsOf({ word: other.word, term: other.word }).some((one) =>
          mine.some((two) => one.family === two.family && one.side === two.side),
        )),
  );
}

/** "The largest share, US$ 5 million": the greatest figure of its kind in the sentence that states it. */
function computed(claim: Reading, pieces: readonly Piece[], word: string, at: number): boolean {
  const sign = GREATEST.test(word) ? 1 : SMALLEST.test(word) ? -1 : 0;
  const place = claim.words.find((one) => one.end > at);
  if (sign === 0 || !place) return false;
  const mine = claim.figures.find((i) => Math.abs((claim.items[i] as Item).x - place.x) <= PROOF);
  if (mine === undefined) return false;
  const own = (claim.items[mine] as Item).figure;
  return pieces.some((piece) => {
    if ((piece.links[mine] as Link[]).length === 0) return false;
    const others = piece.reading.figures
      .map((i) => (piece.reading.items[i] as Item).figure)
      .filter((other) => other && other.kind === own?.kind && other.unit === own.unit);
    return others.length > 1 && others.every((other) => sign * ((own?.value ?? 0) - (other?.value ?? 0)) >= 0);
  });
}

const COMPARED =
  /\b(?:more|less|fewer|better|worse|(?!(?:oth|rath|eith|wheth|nev|ov|und|aft|howev|memb|numb|ord|cent|work|employ|wat|pow|pap|togeth|minist|quart|lett|offic|partn)er\b)\p{Ll}{3,}er)\b[^.,;:]{0,60}?\bthan\b/giu;
/** What is compared with an earlier time may be told by what rose or fell. */
const THEN =
  /^\s*(?:(?:in|at|on|during|the|a|an|any|it|they|was|were|had|that|what|before|ever|previous\p{Ll}*|last|usual\p{Ll}*|expect\p{Ll}*|plan\p{Ll}*|year)\s+)*(?:\d|before|ever|year|previous|last|earlier|expected|planned|past|usual|now|then|today|first)/iu;
const CHANGED =
  /\b(?:ris|rose|f[ae]ll|grow|grew|increas|decreas|declin|reduc|shr[aiu]nk|cut|drop|climb|expand|doubl|tripl|halv|bec[ao]me|gain|lost|improv|worsen|strengthen|deepen|intensif|shorten|lengthen|extend|up|down|after|from)/iu;
const COMPARES =
  /\b(?:than|compar\p{Ll}+|versus|whereas|unlike|as (?:much|many|long|high|large) as|twice|half|times|ahead of|exceed\p{Ll}*|instead)\b/iu;

/** A reason when the claim compares what its sources do not compare: "more in Cambodia than in Laos". */
export function comparisonProblem(claim: Reading, chosen: readonly Piece[]): Reason | null {
  for (const match of claim.text.matchAll(COMPARED)) {
    const end = match.index + match[0].length;
    // "more than 80" is a bound of the figure, "more than what was asked" one as well.
    if (/^(?:more|less|fewer) than$/i.test(match[0]) && !/^\s+\p{Lu}/u.test(claim.text.slice(end))) continue;
    if (
      /^\s*(?:an?\s+)?$/.test(
        claim.text.slice(end, claim.figures.map((i) => (claim.items[i] as Item).start).find((start) => start >= end) ?? end + 9),
      )
    )
      continue;
    const beside = chosen.filter((piece) => piece.links.some((links) => links.length > 0));
    if (beside.some(({ reading }) => COMPARES.test(reading.text) || alikeFigures(reading))) continue;
    if (THEN.test(claim.text.slice(end)) && beside.some(({ reading }) => CHANGED.test(reading.text))) continue;
    return reason('word', 'than');
  }
  return null;
}

/** Two figures of one kind and unit can be compared by whoever reads them. */
function alikeFigures(reading: Reading): boolean {
  const list = reading.figures.map((i) => (reading.items[i] as Item).figure).filter((one) => one?.kind !== 'ordinal');
  return list.some((a, i) => list.slice(i + 1).some((b) => a?.kind === b?.kind && a?.unit === b?.unit));
}

const CAUSE =
  /\b(?:because|owing to|due to(?! (?:\p{Ll}+ (?:in|on|by|from|for)\b))|as a (?:result|consequence)|thanks to|therefore|consequently|hence|on account of|prompted by|triggered by|caused by)\b/iu;
const CAUSES =
  /\b(?:because|owing|due to|results?|resulted|consequence|thanks|therefore|thus|hence|reasons?|caus(?:e|es|ed)|so that|so|led to|leads? to|lead to|br(?:ing|ings|ought)|by \p{Ll}+ing|through|enabl\p{Ll}+|allow\p{Ll}*|help(?:s|ed)?|made? it|makes? it|mak(?:e|es|ing)|for this purpose|by means|by way|why|(?<!ever )since(?! (?:then|its|\d|(?:jan|feb|mar|apr|may|june|july|aug|sep|oct|nov|dec)))|as (?:it|they|he|she|the|a|an|there)|when|if|contribut\p{Ll}+|attribut\p{Ll}+|account(?:s|ed)? for|suspects?|warns?)\b/iu;

/** Words on either side of "because" that are looked for: about a clause. */
const BESIDE = 6;

/** A reason when the claim gives a cause and its sources give none, or that of something else. */
export function causeProblem(claim: Reading, pieces: readonly Piece[]): Reason | null {
  const match = CAUSE.exec(claim.text);
  if (!match) return null;
  const linked = (i: number, piece: Piece | undefined) =>
    piece !== undefined && (piece.links[i] as Link[]).some((link) => link.match > 0.86);
  const [cause, effect] = [[] as number[], [] as number[]];
  claim.items.forEach((item, i) => {
    if (!item.light && !item.date && pieces.some((piece) => linked(i, piece))) (item.start > match.index ? cause : effect).push(i);
  });
  effect.splice(0, Math.max(0, effect.length - BESIDE));
  cause.splice(BESIDE);
  const told = pieces.some((piece, at) => {
    if (piece.kind !== 'sentence' || !CAUSES.test(piece.reading.text)) return false;
    const [before, after] = [pieces[at - 1], pieces[at + 1]].map((one) => (one?.source === piece.source ? one : undefined));
    const meets = (list: readonly number[]) =>
      list.length === 0 || list.filter((i) => linked(i, piece) || linked(i, before) || linked(i, after)).length * 3 >= list.length;
    return (cause.some((i) => linked(i, piece)) || effect.some((i) => linked(i, piece))) && meets(cause) && meets(effect);
  });
  if (told) return null;
  const said = match[0].toLowerCase();
  return pieces.some((piece) => piece.reading.text.toLowerCase().includes(said)) ? reason('apart') : reason('word', match[0]);
}
