import type { Span } from '../../core/model.ts';
import { dateSupport, partialSupport } from './dates.ts';
import { type Forms, type NameMention, nameIsIn } from './names.ts';
import { quantityMatch } from './quantities.ts';
import { alike, type Piece, type Reading, type SourceReading, type Word } from './reading.ts';
import type { Carrier, WordVectors } from './records.ts';

/** What a sentence states that can be looked up: figures, dates, names. */
export interface Facts {
  reading: Reading;
  names: readonly NameMention[];
}

interface Fit {
  source: SourceReading;
  /** Share of each word that its best piece carries, 0..1. */
  words: number[];
  /** How far each word stands above it; what does is not missing. */
  above: number[];
  /** Facts it has, by index: quantities, dates, days without a year, names. */
  facts: ReadonlyMap<number, number>;
  /** Whether a word or a fact is in the paragraph itself, not only above it. */
  near: boolean;
  score: number;
}

/** A fact weighs as much as so many words. */
const FACT = 2;
const WEAK = 0.3;
const total = (facts: ReadonlyMap<number, number>) => [...facts.values()].reduce((sum, value) => sum + value, 0);
/** What a word counts that stands in another sentence of the paragraph than the best one, or only above it. */
const ELSEWHERE = 0.6;
const ABOVE = 0.4;
/** What it helps to be named by the writer, to carry the sentence before, and to be of the newest edition, of all there is to gain. */
const NAMED = 0.1;
const BEFORE = 0.06;
const NEWEST = 0.03;
/** A further paragraph is cited when it adds so much of the whole; the best must carry so much to be called near. */
const ADDS = 0.22;
const LEAST = 0.12;
const MOST_CARRIERS = 3;

/** Share of the words beside the names that a paragraph must have to be proof of a missing name, or for its block having been named. */
const SPEAKS_OF_IT = 0.35;

/** What else tells which paragraphs are meant. */
export interface Choice {
  named: readonly string[];
  /** Paragraphs of each block that the writer named. */
  blocks: readonly (readonly string[])[];
  before: readonly string[];
  forms: Forms;
  language: string;
  vectors: WordVectors | null;
}

export interface Chosen {
  fits: Fit[];
  /** Those of them that hold a missing name and say nothing else of the sentence: no proof, and not cited. */
  aside: ReadonlySet<string>;
  /** Share of the words that the chosen carry, 0..1. */
  coverage: number;
}

/** Words weigh alike: in a handful of paragraphs on one question rarity tells little. */
const weightsOf = (reading: Reading): number[] => reading.words.map(() => 1);

/** The facts of a sentence that a source has; the date of its edition alone is a weak one. */
function factsIn({ reading, names }: Facts, source: SourceReading, forms: Forms, language: string): Map<number, number> {
  const found = new Map<number, number>();
  let at = 0;
  for (const quantity of reading.quantities) {
    if (source.quantities.some((other) => quantityMatch(quantity, other) === 'same')) found.set(at, 1);
    at++;
  }
  for (const date of reading.dates.full) {
    const support = dateSupport(date, source.dated);
    if (support) found.set(at, support === 'text' ? 1 : WEAK);
    at++;
  }
  for (const date of reading.dates.partial) {
    const support = partialSupport(date, source.dated);
    if (support) found.set(at, support === 'text' ? 1 : WEAK);
    at++;
  }
  for (const name of names) {
    if (nameIsIn(name, source.names, forms, language)) found.set(at, 1);
    at++;
  }
  return found;
}

/** How well each word is met in a piece. */
const met = (reading: Reading, piece: Reading, vectors: WordVectors | null): number[] =>
  reading.words.map((word) => {
    let best = 0;
    for (const other of piece.words) {
      if (best === 1) break;
      best = Math.max(best, alike(word, other, vectors));
    }
    return best;
  });

/**
 * The paragraphs that carry a sentence, best first: the one that has most of its words and facts together, then others while they
 * have a fact that is missing or much of the rest.
 */
export function chooseCarriers(
  facts: Facts,
  sources: readonly SourceReading[],
  { named, blocks, before, forms, language, vectors }: Choice,
): Chosen {
  const { reading } = facts;
  const weights = weightsOf(reading);
  const count = reading.quantities.length + reading.dates.full.length + reading.dates.partial.length + facts.names.length;
  const heaviest = Math.max(1, ...weights);
  const words = weights.reduce((sum, weight) => sum + weight, 0);
  const all = words + count * FACT * heaviest || 1;
  const fits = sources.map((source): Fit => {
    const pieces = source.pieces.map((piece) => met(reading, piece.reading, vectors));
    const sum = (list: readonly number[]) => list.reduce((all, value, i) => all + value * (weights[i] as number), 0);
    const best = pieces.reduce<number[]>(
      (a, b) => (sum(b) > sum(a) ? b : a),
      reading.words.map(() => 0),
    );
    const above = met(reading, source.above, vectors);
    const carried = best.map((value, i) =>
      Math.max(value, ELSEWHERE * Math.max(0, ...pieces.map((piece) => piece[i] as number)), ABOVE * (above[i] as number)),
    );
    const own = factsIn(facts, source, forms, language);
    const score =
      (sum(carried) + total(own) * FACT * heaviest) / all +
      (named.includes(source.source.id) ? NAMED : 0) +
      (before.includes(source.source.id) ? BEFORE : 0) +
      (source.source.newest ? NEWEST : 0);
    const near = total(own) >= 1 || pieces.some((piece) => piece.some((value) => value > 0));
    return { source, words: carried, above, facts: own, near, score };
  });
  const ranked = fits.filter((fit) => fit.score > 0).sort((a, b) => b.score - a.score);
  const chosen: Fit[] = [];
  const carried = reading.words.map(() => 0);
  const there = [...carried];
  const have = new Set<number>();
  const gain = (fit: Fit) =>
    fit.words.reduce((sum, value, i) => sum + Math.max(0, value - (there[i] as number)) * (weights[i] as number), 0) / all;
  const take = (fit: Fit) => {
    chosen.push(fit);
    fit.words.forEach((value, i) => {
      carried[i] = Math.max(carried[i] as number, value);
      there[i] = Math.max(there[i] as number, value, fit.above[i] as number);
    });
    for (const fact of fit.facts.keys()) have.add(fact);
  };
  const [first] = ranked;
  if (first?.near && first.score >= LEAST) take(first);
  const aside = new Set<string>();
  const isNamed = (fit: Fit) => named.includes(fit.source.source.id);
  const firstName = count - facts.names.length;
  const ofNames = new Set(facts.names.flatMap((name) => reading.words.filter((word) => name.start <= word.start && word.end <= name.end)));
  const others = reading.words.filter((word) => !ofNames.has(word)).length;
  /** Share of the words beside the names that a paragraph has. */
  const speaks = (fit: Fit) =>
    others === 0 ? 0 : fit.words.reduce((sum, value, i) => sum + (ofNames.has(reading.words[i] as Word) ? 0 : value), 0) / others;
  while (chosen.length > 0 && chosen.length < MOST_CARRIERS) {
    const rest = ranked.filter((fit) => !chosen.includes(fit));
    const fresh = (fit: Fit) => [...fit.facts.keys()].filter((fact) => !have.has(fact)).length;
    const next = rest
      .map((fit) => ({ fit, fresh: fresh(fit), gain: gain(fit) + (isNamed(fit) ? NAMED / 2 : 0) }))
      .sort((a, b) => b.fresh * FACT + b.gain - (a.fresh * FACT + a.gain))[0];
    if (!next || (next.fresh === 0 && next.gain < ADDS)) break;
    const nameAlone = next.fresh > 0 && next.gain < ADDS && [...next.fit.facts.keys()].every((fact) => have.has(fact) || fact >= firstName);
    if (nameAlone && !isNamed(next.fit) && speaks(next.fit) < SPEAKS_OF_IT) aside.add(next.fit.source.source.id);
    take(next.fit);
  }
  // "Both editions state it [1][2]": each block that was named and says it as well is proof.
  for (const block of blocks.length > 1 ? blocks : []) {
    if (chosen.length === 0 || chosen.length >= MOST_CARRIERS || chosen.some((fit) => block.includes(fit.source.source.id))) continue;
    const own = ranked.find((fit) => block.includes(fit.source.source.id));
    if (own?.near && speaks(own) >= SPEAKS_OF_IT) take(own);
  }
  const coverage = words === 0 ? 1 : carried.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / words;
  return { fits: chosen, aside, coverage };
}

/** A further sentence is marked when it carries a fact, or so much of the words, that the marked ones do not. */
const MARKS = 0.15;
const MOST_MARKED = 3;

/** The sentences of a paragraph that carry a claim, in order. */
export function carryingPieces(
  facts: Facts,
  { pieces }: SourceReading,
  vectors: WordVectors | null,
  mine: (fact: number) => boolean,
): Piece[] {
  const { reading, names } = facts;
  const rows = pieces.map((piece) => {
    const own = new Set<number>();
    let at = 0;
    for (const quantity of reading.quantities) {
      if (mine(at) && piece.reading.quantities.some((other) => quantityMatch(quantity, other) === 'same')) own.add(at);
      at++;
    }
    const inPiece = { stated: piece.reading.dates, edition: null, meant: new Set(piece.reading.dates.relative.map((one) => one.from)) };
    for (const date of reading.dates.full) {
      if (mine(at) && dateSupport(date, inPiece)) own.add(at);
      at++;
    }
    for (const date of reading.dates.partial) {
      if (mine(at) && partialSupport(date, inPiece)) own.add(at);
      at++;
    }
    const terms = piece.reading.terms;
    for (const name of names) {
      if (mine(at) && name.words.every((word) => piece.reading.text.includes(word))) own.add(at);
      at++;
    }
    return { piece, facts: own, words: met(reading, piece.reading, vectors), terms };
  });
  const weights = weightsOf(reading);
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const carried = reading.words.map(() => 0);
  const have = new Set<number>();
  const marked: typeof rows = [];
  while (marked.length < MOST_MARKED) {
    const best = rows
      .filter((row) => !marked.includes(row))
      .map((row) => ({
        row,
        fresh: [...row.facts].filter((fact) => !have.has(fact)).length,
        gain: row.words.reduce((sum, value, i) => sum + Math.max(0, value - (carried[i] as number)) * (weights[i] as number), 0) / total,
      }))
      .sort((a, b) => b.fresh * 0.2 + b.gain - (a.fresh * 0.2 + a.gain))[0];
    if (!best || (marked.length > 0 && best.fresh === 0 && best.gain < MARKS)) break;
    marked.push(best.row);
    best.row.words.forEach((value, i) => {
      carried[i] = Math.max(carried[i] as number, value);
    });
    for (const fact of best.row.facts) have.add(fact);
  }
  return marked.map(({ piece }) => piece).sort((a, b) => a.span.start - b.span.start);
}

/** Neighbouring sentences are one span. */
export function carrierOf({ source, pieces }: SourceReading, marked: readonly Piece[]): Carrier {
  const spans: Span[] = [];
  let last = -2;
  for (const piece of marked) {
    const at = pieces.indexOf(piece);
    const before = spans.at(-1);
    if (before && at === last + 1) before.end = piece.span.end;
    else spans.push({ ...piece.span });
    last = at;
  }
  return { paragraph: source.id, spans };
}
