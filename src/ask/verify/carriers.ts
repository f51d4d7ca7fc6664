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
  /** How far each word is met, 0..1. */
  words: number[];
  /** Facts it has, by index: quantities, dates, days without a year, names. The date of its edition alone gives it no score. */
  facts: ReadonlySet<number>;
  score: number;
}

/*
 * Constants of this file: tried on bench/claims/natural/tune. Where values around one give the same, that is said; then it is a
 * choice, not a finding.
 */
/** A fact weighs as much as so many words; 1 to 3 give the same. */
const FACT = 2;
/** What a word counts that only stands above the paragraph; 0 cites one wrong paragraph more, .4 to 1 give the same. */
const ABOVE = 0.5;
/**
 * What it helps to be named by the writer, of all there is to gain. Without it 2 more of 190 are cited wrongly where the writer is right;
 * with .2 2 more where it is wrong.
 */
const NAMED = 0.1;
/** A further paragraph is cited when it adds so much of the whole; .15 adds 2 that are not proof, .3 gives the same. */
const ADDS = 0.22;
/** A paragraph that carries less of the whole is far: whether it is proof is for the second reader. No sentence for tuning is below. */
const LEAST = 0.12;
const MOST_CARRIERS = 3;
/**
 * Share of the words beside the names that a paragraph must have to be proof of a missing name, or for its block having been named. Best
 * apart on bench/claims/natural/tune (28 of 196 that carry a true sentence are below, 29 of 207 others are not), and with each case left
 * out: .30 for 48 of 50, .25 for two.
 */
const SPEAKS_OF_IT = 0.3;
/** A further sentence is marked when it carries a fact, or so much of the words, that the marked ones do not. */
const MARKS = 0.15;
const MOST_MARKED = 3;

/** What else tells which paragraphs are meant. */
export interface Choice {
  /** Paragraphs of each block that the writer named. */
  blocks: readonly (readonly string[])[];
  forms: Forms;
  language: string;
  vectors: WordVectors | null;
}

export interface Chosen {
  fits: Fit[];
  /** Those of them that hold a missing name and say nothing else of the sentence: no proof, and not cited. */
  aside: ReadonlySet<string>;
  /** Even the best is far. */
  far: boolean;
}

const sum = (list: readonly number[]) => list.reduce((all, value) => all + value, 0);
/** How far a fit adds to what is carried already. */
const gainOf = (words: readonly number[], carried: readonly number[]) =>
  sum(words.map((value, i) => Math.max(0, value - (carried[i] as number))));

/** The facts of a sentence that something has, by index, and how many of them its text states. */
function factsIn({ reading, names }: Facts, has: Pick<SourceReading, 'quantities' | 'dated'>, hasName: (name: NameMention) => boolean) {
  const there = [
    ...reading.quantities.map((quantity) => has.quantities.some((other) => quantityMatch(quantity, other) === 'same')),
    ...reading.dates.full.map((date) => dateSupport(date, has.dated)),
    ...reading.dates.partial.map((date) => partialSupport(date, has.dated)),
    ...names.map(hasName),
  ];
  const found = new Set(there.flatMap((one, at) => (one ? [at] : [])));
  return { found, stated: there.filter((one) => one && one !== 'edition').length };
}

/** How well each word is met in a text. */
const met = (words: readonly Word[], text: Reading, vectors: WordVectors | null): number[] =>
  words.map((word) => {
    let best = 0;
    for (const other of text.words) {
      if (best === 1) break;
      best = Math.max(best, alike(word, other, vectors));
    }
    return best;
  });

/**
 * The paragraphs that carry a sentence, best first: the one that has most of its words and facts, then others while they have a fact that
 * is missing or much of the rest.
 */
export function chooseCarriers(facts: Facts, sources: readonly SourceReading[], { blocks, forms, language, vectors }: Choice): Chosen {
  const { words, quantities, dates } = facts.reading;
  const firstName = quantities.length + dates.full.length + dates.partial.length;
  const all = words.length + (firstName + facts.names.length) * FACT || 1;
  const isNamed = ({ source: { source } }: Fit) => blocks.some((block) => block.includes(source.id));
  const ranked = sources
    .map((source): Fit => {
      const pieces = source.pieces.map((piece) => met(words, piece.reading, vectors));
      const above = met(words, source.above, vectors);
      const own = factsIn(facts, source, (name) => nameIsIn(name, source.names, forms, language));
      const carried = words.map((_, i) => Math.max(...pieces.map((piece) => piece[i] as number), ABOVE * (above[i] as number)));
      const fit = { source, words: carried, facts: own.found, score: (sum(carried) + own.stated * FACT) / all };
      return { ...fit, score: fit.score + (isNamed(fit) ? NAMED : 0) };
    })
    // Of equals the newest edition.
    .sort((a, b) => b.score - a.score || Number(b.source.source.newest) - Number(a.source.source.newest));
  const chosen: Fit[] = [];
  const aside = new Set<string>();
  const carried = words.map(() => 0);
  const have = new Set<number>();
  const take = (fit: Fit) => {
    chosen.push(fit);
    fit.words.forEach((value, i) => {
      carried[i] = Math.max(carried[i] as number, value);
    });
    for (const fact of fit.facts) have.add(fact);
  };
  const beside = words.map((word) => !facts.names.some((name) => name.start <= word.start && word.end <= name.end));
  const others = beside.filter(Boolean).length;
  /** Share of the words beside the names that a paragraph has. */
  const speaks = (fit: Fit) => (others === 0 ? 0 : sum(fit.words.filter((_, i) => beside[i])) / others);
  const [first] = ranked;
  if (first && first.score > 0) take(first);
  while (chosen.length > 0 && chosen.length < MOST_CARRIERS) {
    const [next] = ranked
      .filter((fit) => !chosen.includes(fit))
      .map((fit) => ({ fit, fresh: [...fit.facts].filter((fact) => !have.has(fact)), gain: gainOf(fit.words, carried) / all }))
      .sort((a, b) => b.fresh.length * FACT + b.gain - (a.fresh.length * FACT + a.gain));
    if (!next || (next.fresh.length === 0 && next.gain < ADDS)) break;
    if (next.gain < ADDS && next.fresh.every((fact) => fact >= firstName) && !isNamed(next.fit) && speaks(next.fit) < SPEAKS_OF_IT)
      aside.add(next.fit.source.source.id);
    take(next.fit);
  }
  // "Both editions state it [1][2]": each block that was named and says it as well is proof.
  for (const block of blocks.length > 1 ? blocks : []) {
    if (chosen.length === 0 || chosen.length >= MOST_CARRIERS || chosen.some((fit) => block.includes(fit.source.source.id))) continue;
    const own = ranked.find((fit) => block.includes(fit.source.source.id));
    if (own && speaks(own) >= SPEAKS_OF_IT) take(own);
  }
  return { fits: chosen, aside, far: (first?.score ?? 0) < LEAST };
}

/** The sentences of a paragraph that carry a claim, in order; `mine` says which facts are looked for. */
export function carryingPieces(
  facts: Facts,
  { pieces }: SourceReading,
  vectors: WordVectors | null,
  mine: (fact: number) => boolean,
): Piece[] {
  const rows = pieces.map((piece) => {
    const { text, quantities, dates } = piece.reading;
    const dated = { stated: dates, edition: null, meant: new Set(dates.relative.map((one) => one.from)) };
    const own = factsIn(facts, { quantities, dated }, (name) => name.words.every((word) => text.includes(word)));
    return { piece, facts: [...own.found].filter(mine), words: met(facts.reading.words, piece.reading, vectors) };
  });
  const carried = facts.reading.words.map(() => 0);
  const have = new Set<number>();
  const marked: typeof rows = [];
  while (marked.length < MOST_MARKED) {
    const [best] = rows
      .filter((row) => !marked.includes(row))
      .map((row) => ({
        row,
        fresh: row.facts.filter((fact) => !have.has(fact)).length,
        gain: gainOf(row.words, carried) / Math.max(1, carried.length),
      }))
      .sort((a, b) => b.fresh * MARKS + b.gain - (a.fresh * MARKS + a.gain));
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
