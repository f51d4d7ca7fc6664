import { dateSupport, partialSupport } from './dates.ts';
import { type Forms, type NameMention, nameIsIn } from './names.ts';
import { quantityMatch } from './quantities.ts';
import { alike, type SourceReading, type SourceSentence, type TextReading, type Word } from './reading.ts';
import type { Carrier, WordVectors } from './records.ts';

/** What a sentence states that can be looked up: figures, dates, names. */
export interface Facts {
  reading: TextReading;
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
 * Constants of this file: tried on the 580 true and 588 false sentences of bench/claims/natural (tune, held, held-2). Where values around
 * one give the same, that is said; then it is a choice, not a finding.
 */
/** A fact weighs as much as so many words; 3 gives the same, 1 cites one paragraph more that is no proof, 0 refuses 6 true ones more. */
const FACT = 2;
/** What it helps to be named by the writer: with 0 5 are cited wrongly where the writer is right, with .2 14 more where it is wrong. */
const NAMED_BONUS = 0.1;
/** A further paragraph is cited, a further sentence marked, when it adds so much of the whole; .15 adds 10 that are no proof, .3 gives the same. */
const ADDS = 0.22;
/** Paragraphs of a sentence, and sentences of a paragraph, that are cited and marked at most. */
const MOST_CITED = 3;
/**
 * Share of the words beside the names that a paragraph must have to be proof of a missing name, or for its block having been named; .2 and
 * .4 give the same, without named blocks 10 that are proof are not cited.
 */
const SPEAKS_OF_IT = 0.3;

/** What else tells which paragraphs are meant. */
export interface Choice {
  /** Paragraphs of each block that the writer named. */
  blocks: readonly (readonly string[])[];
  forms: Forms;
  language: string;
  vectors: WordVectors | null;
}

export interface ChosenCarriers {
  fits: Fit[];
  /** Those of them that hold a missing name and say nothing else of the sentence: no proof, and not cited. */
  aside: ReadonlySet<string>;
}

const sum = (list: readonly number[]) => list.reduce((all, value) => all + value, 0);
/** The next of some texts that carry a sentence together: one with a fact that the others lack, or with much of the rest; null for none. */
function nextOf<R extends Pick<Fit, 'words' | 'facts'>>(rows: readonly R[], taken: readonly R[], all: number) {
  const have = new Set(taken.flatMap(({ facts }) => [...facts]));
  const best = (at: number) => Math.max(0, ...taken.map(({ words }) => words[at] as number));
  const [next] = rows
    .filter((row) => !taken.includes(row))
    .map((row) => ({
      row,
      fresh: [...row.facts].filter((fact) => !have.has(fact)),
      gain: sum(row.words.map((value, at) => Math.max(0, value - best(at)))) / all,
    }))
    .sort((a, b) => b.fresh.length * FACT + b.gain - (a.fresh.length * FACT + a.gain));
  return next && (taken.length === 0 || next.fresh.length > 0 || next.gain >= ADDS) ? next : null;
}

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
const met = (words: readonly Word[], text: TextReading, vectors: WordVectors | null): number[] =>
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
export function chooseCarriers(
  facts: Facts,
  sources: readonly SourceReading[],
  { blocks, forms, language, vectors }: Choice,
): ChosenCarriers {
  const { words, quantities, dates } = facts.reading;
  const firstName = quantities.length + dates.full.length + dates.partial.length;
  const all = words.length + (firstName + facts.names.length) * FACT || 1;
  const isNamed = ({ source: { source } }: Fit) => blocks.some((block) => block.includes(source.id));
  const ranked = sources
    .map((source): Fit => {
      const texts = [...source.pieces.map((piece) => piece.reading), source.above].map((text) => met(words, text, vectors));
      const own = factsIn(facts, source, (name) => nameIsIn(name, source.names, forms, language));
      const carried = words.map((_, i) => Math.max(...texts.map((text) => text[i] as number)));
      const fit = { source, words: carried, facts: own.found, score: (sum(carried) + own.stated * FACT) / all };
      return { ...fit, score: fit.score + (isNamed(fit) ? NAMED_BONUS : 0) };
    })
    // Of equals the newest edition.
    .sort((a, b) => b.score - a.score || Number(b.source.source.newest) - Number(a.source.source.newest));
  const chosen: Fit[] = [];
  const aside = new Set<string>();
  const beside = words.map((word) => !facts.names.some((name) => name.start <= word.start && word.end <= name.end));
  const others = beside.filter(Boolean).length;
  /** Share of the words beside the names that a paragraph has. */
  const speaks = (fit: Fit) => (others === 0 ? 0 : sum(fit.words.filter((_, i) => beside[i])) / others);
  const [first] = ranked;
  if (first && first.score > 0) chosen.push(first);
  while (chosen.length > 0 && chosen.length < MOST_CITED) {
    const next = nextOf(ranked, chosen, all);
    if (!next) break;
    if (next.gain < ADDS && next.fresh.every((fact) => fact >= firstName) && !isNamed(next.row) && speaks(next.row) < SPEAKS_OF_IT)
      aside.add(next.row.source.source.id);
    chosen.push(next.row);
  }
  // "Both editions state it [1][2]": each block that was named and says it as well is proof.
  for (const block of blocks.length > 1 ? blocks : []) {
    if (chosen.length === 0 || chosen.length >= MOST_CITED || chosen.some((fit) => block.includes(fit.source.source.id))) continue;
    const own = ranked.find((fit) => block.includes(fit.source.source.id));
    if (own && speaks(own) >= SPEAKS_OF_IT) chosen.push(own);
  }
  return { fits: chosen, aside };
}

/** The sentences of a paragraph that carry a claim, in order; `mine` says which facts are looked for. */
export function carryingPieces(
  facts: Facts,
  { pieces }: SourceReading,
  vectors: WordVectors | null,
  mine: (fact: number) => boolean,
): SourceSentence[] {
  const rows = pieces.map((piece) => {
    const { text, quantities, dates } = piece.reading;
    const own = factsIn(facts, { quantities, dated: { stated: dates, edition: null } }, (name) =>
      name.words.every((word) => text.includes(word)),
    );
    return { piece, facts: new Set([...own.found].filter(mine)), words: met(facts.reading.words, piece.reading, vectors) };
  });
  const marked: typeof rows = [];
  while (marked.length < MOST_CITED) {
    const next = nextOf(rows, marked, Math.max(1, facts.reading.words.length));
    if (!next) break;
    marked.push(next.row);
  }
  return marked.map(({ piece }) => piece).sort((a, b) => a.span.start - b.span.start);
}

/** A paragraph from the first to the last of its sentences that carry a claim. */
export const carrierOf = ({ source }: SourceReading, marked: readonly SourceSentence[]): Carrier => ({
  paragraph: source.id,
  span: { start: marked[0]?.span.start ?? 0, end: marked.at(-1)?.span.end ?? 0 },
});
