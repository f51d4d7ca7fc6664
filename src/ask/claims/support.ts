import type { Span } from '../../core/model.ts';
import type { Piece } from './evidence.ts';
import type { Item, Reading } from './reading.ts';
import { normalTerm } from './thesaurus.ts';

/** Words models put around a statement; they say little about it. */
const LIGHT = new Set(
  'according briefing document source text paragraph state states mention mentions note notes report reports describe describes also including includes notably overall current currently total respectively example addition specific particular particularly well part new make making take taking become becomes further several various among such through within between during under across since per via use serve role effort because partly namely until instead rather around still call called come comes go goes provide provides stand stands receive received up down went year remain remains remained once again besides having therefore moreover example instance place although already thereby parallel regard terms line context wider broader latter respective respectively furthermore notably meanwhile accordingly'
    .split(' ')
    .map(normalTerm),
);
const LIGHT_WEIGHT = 0.35;
/** Bounds of the idf that may weigh a word. */
const LEAST = 1;
const MOST = 4;
/** Weight of a word when nothing is known of the corpus. */
const PLAIN = 0.75;
/** A heading or title carries a word a little less than a sentence. */
const ABOVE = 0.9;
const SENTENCES = 4;
/** Least share of the weight that one more sentence must add. */
const GAIN = 0.06;

export interface Coverage {
  /** Share of the claim's weight that is carried, 0..1. */
  score: number;
  /** Longest run of neighbouring uncarried words, in whole telling words. */
  gap: number;
  /** Sentences that carry it, best first. */
  pieces: Piece[];
  carried: number[];
  weights: number[];
}

export function weightOf(item: Item, idf: ((term: string) => number) | undefined): number {
  if (item.figure || item.date) return 0;
  const light = item.light || LIGHT.has(item.term) ? LIGHT_WEIGHT : 1;
  return light * (idf ? Math.min(MOST, Math.max(LEAST, idf(item.term))) / MOST : PLAIN);
}

/** The few sentences that carry most of a claim, and how much of it. */
export function coverageOf(claim: Reading, pieces: readonly Piece[], idf?: (term: string) => number): Coverage {
  const weights = claim.items.map((item) => weightOf(item, idf));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const best = (piece: Piece, i: number) => (piece.links[i] as { match: number }[]).reduce((most, link) => Math.max(most, link.match), 0);
  // For choosing sentences a value weighs like a telling word.
  const choosing = claim.items.map((item, i) => (item.figure || item.date ? 1.5 : (weights[i] as number)));
  const carried = new Array<number>(claim.items.length).fill(0);
  const chosen: Piece[] = [];
  const candidates = pieces.filter((piece) => piece.kind === 'sentence');
  for (let n = 0; n < SENTENCES; n++) {
    let top: Piece | null = null;
    let most = n === 0 ? 0 : GAIN * (sum || 1);
    for (const piece of candidates) {
      if (chosen.includes(piece)) continue;
      let gain = 0;
      for (let i = 0; i < carried.length; i++) gain += (choosing[i] as number) * Math.max(0, best(piece, i) - (carried[i] as number));
      if (gain > most) {
        most = gain;
        top = piece;
      }
    }
    if (!top) break;
    chosen.push(top);
    for (let i = 0; i < carried.length; i++) carried[i] = Math.max(carried[i] as number, best(top, i));
  }
  const sources = new Set(chosen.map((piece) => piece.source));
  for (const piece of pieces) {
    if (piece.kind === 'sentence' || (sources.size > 0 && !sources.has(piece.source))) continue;
    for (let i = 0; i < carried.length; i++) carried[i] = Math.max(carried[i] as number, ABOVE * best(piece, i));
  }
  let score = 0;
  let run = 0;
  let gap = 0;
  for (let i = 0; i < carried.length; i++) {
    const weight = weights[i] as number;
    score += weight * (carried[i] as number);
    if ((carried[i] as number) > 0) run = 0;
    else run += weight;
    gap = Math.max(gap, run);
  }
  if (sum === 0)
    return { score: claim.items.length > 0 && carried.every((one) => one > 0) ? 1 : 0, gap: 0, pieces: chosen, carried, weights };
  return { score: score / sum, gap, pieces: chosen, carried, weights };
}

/** Spans of the chosen sentences by source, ascending. */
export function spansBySource(pieces: readonly Piece[]): Map<number, Span[]> {
  const found = new Map<number, Span[]>();
  for (const piece of pieces) {
    if (!piece.span) continue;
    const list = found.get(piece.source);
    if (list) list.push(piece.span);
    else found.set(piece.source, [piece.span]);
  }
  for (const list of found.values()) list.sort((a, b) => a.start - b.start);
  return found;
}
