import type { Paragraph, Span } from '../core/model.ts';
import { analyseParagraph, type SentenceAnalysis } from '../core/text/analysis.ts';
import { codePointLength, fromUtf16 } from '../core/text/codepoints.ts';
import type { Figure } from '../core/text/figures.ts';
import { fold, tokens } from '../core/text/tokens.ts';
import { type ContactPlace, contactChanges, isContact } from './contact.ts';
import { headingSimilarity, projectsAgree } from './headings.ts';
import { differingDate, differingName, mayNameHolder } from './masked.ts';
import { type FigureInClause, isOverlong, LONGEST_TEXT, type Prepared, prepare, type SentenceInContext } from './sentence.ts';
import { ABOUT_SPREAD, BOUND_SPREAD, MOST_WORDS_APART } from './settings.ts';
import { dice, type Idf, missing } from './weights.ts';

export type { SentenceInContext } from './sentence.ts';
export type { Idf } from './weights.ts';

type FactKind = 'figure' | 'date' | 'name' | 'contact';

/** One thing of which two texts state different values. Offsets: code points within the paragraph each side stands in. */
export interface DifferingFact {
  kind: FactKind;
  from: ContactPlace;
  to: ContactPlace;
}

/** A differing fact, and where its other value stands. */
export interface ChangedValue extends DifferingFact {
  paragraph: Paragraph;
  /** Sentence of `to` within that paragraph, code points. */
  sentence: Span;
  /** How alike the two sentences are with their figures masked, 0..1. */
  similarity: number;
}

/*
 * Thresholds: round values at which no near miss of tests/editions/pairs.ts is reported and no change is missed
 * (bench/editions.ts), nor any disagreement within single documents of six public question sets (27,000 sentences, where
 * practically every report is a false alarm). A false alarm is worse than silence.
 */
/** Least weighted overlap of the two clauses around the figures. */
const LEAST_CLAUSE_OVERLAP = 0.6;
/** Least weighted overlap of the two sentences. */
const LEAST_SENTENCE_OVERLAP = 0.2;
/** The same where the clause continues another ("…, making 23 appearances"). */
const SENTENCE_CONTINUED = 0.5;
/** The same where the clause has a single word in common ("It has 12 members"), which says little by itself. */
const SENTENCE_ALONE = 0.75;
/** ...and which then only its heading tells apart. */
const HEADINGS_ALONE = 0.75;
/** Headings that differ more than this are of different sections... */
const LEAST_HEADINGS_OVERLAP = 0.5;
/** ...between which only sentences this alike are compared. */
const SENTENCE_ACROSS = 0.6;

/**
 * Facts of which two sentences, of two editions or of one, state different values: "ratified 26 Conventions" and "has
 * ratified 28 Conventions". Silent unless both speak of the same thing: same clause, same unit, no other country, name,
 * year of an event or project. Pure; symmetric but for `from` and `to`.
 */
export function differingFacts(a: SentenceInContext, b: SentenceInContext, idf: Idf): DifferingFact[] {
  const { sentence: x } = a;
  const { sentence: y } = b;
  if (!mayDisagree(a, b)) return [];
  if (a.paragraph.kind !== 'heading' && !projectsAgree(a.paragraph, b.paragraph, idf)) return [];
  const [p, q] = [prepare(a), prepare(b)];
  const found: DifferingFact[] = [];
  const similarity = dice(p.keys, q.keys, idf);
  const sections = headingSimilarity(a.paragraph, b.paragraph, idf);
  const pairs: [FigureInClause, FigureInClause][] = [];
  if (
    similarity >=
    (sections < LEAST_HEADINGS_OVERLAP && a.paragraph.headings.length + b.paragraph.headings.length > 0
      ? SENTENCE_ACROSS
      : LEAST_SENTENCE_OVERLAP)
  ) {
    for (const f of p.figures) {
      for (const g of q.figures) if (sameThing(f, g, a, b, p, q, similarity, sections, idf)) pairs.push([f, g]);
    }
  }
  for (const [f, g] of pairs) {
    // Two candidates for one value: which of them replaced it is a guess.
    if (pairs.some(([h, i]) => (h === f) !== (i === g))) continue;
    found.push({ kind: 'figure', from: placed(x, f.figure), to: placed(y, g.figure) });
  }
  if (found.length === 0) {
    const date = differingDate(a, b, p, q, similarity);
    if (date) found.push({ kind: 'date', from: placed(x, date[0]), to: placed(y, date[1]) });
    const name = date ? null : differingName(a, b, p, q);
    if (name) found.push({ kind: 'name', from: placed(x, name[0]), to: placed(y, name[1]) });
  }
  return found;
}

/** Whether two sentences can state different values of the same thing, as far as that shows before anything is weighed. */
function mayDisagree(a: SentenceInContext, b: SentenceInContext): boolean {
  const { sentence: x } = a;
  const { sentence: y } = b;
  if (isOverlong(x) || y.text.length > LONGEST_TEXT || x.text === y.text) return false;
  if (x.figures.length === 0 && x.dates.length === 0 && y.figures.length === 0 && y.dates.length === 0 && !x.names.length) return false;
  if (!mayState(a, b) || x.negated !== y.negated || isContact(a.paragraph) || isContact(b.paragraph)) return false;
  // Counting words costs more than what most fail above.
  if (isOverlong(y)) return false;
  const [p, q] = [prepare(a), prepare(b)];
  if (opposed(p.countries, q.countries)) return false;
  const comparable = p.figures.some((f) => q.figures.some((g) => mayDiffer(f, g)));
  if (comparable && p.figures.some((f) => q.figures.some((g) => mayReplace(f, g, p, q)))) return true;
  // One date or one name: the rest has to be all but the same.
  if (p.dates.length !== q.dates.length || p.figures.length !== q.figures.length) return false;
  if (!comparable && Math.abs(p.keys.size - q.keys.size) > MOST_WORDS_APART) return false;
  return p.dates.length > 0 || (p.names.length === q.names.length && mayNameHolder(x.text) && mayNameHolder(y.text));
}

/** Whether two sentences can state different values at all, by what costs little to look at: most cannot. */
function mayState({ sentence: x, paragraph: p }: SentenceInContext, { sentence: y, paragraph: q }: SentenceInContext): boolean {
  const quantity = (figure: Figure) => figure.kind !== 'ordinal' && figure.kind !== 'year';
  if (x.figures.some((u) => quantity(u) && y.figures.some((v) => u.kind === v.kind && u.unit === v.unit && u.value !== v.value)))
    return true;
  // Else a date or a name may differ between sentences whose figures are the same.
  const named = p.kind !== 'heading' && q.kind !== 'heading' && mayNameHolder(x.text);
  if (x.dates.length === 0 && !named) return false;
  if (x.figures.length !== y.figures.length || x.dates.length !== y.dates.length) return false;
  if (!x.figures.every((u, at) => u.value === y.figures[at]?.value && u.unit === y.figures[at]?.unit)) return false;
  const differing = x.dates.filter((date, at) => date.from !== y.dates[at]?.from || date.to !== y.dates[at]?.to).length;
  if (differing > 0) return differing === 1;
  return named && mayNameHolder(y.text);
}

/**
 * Whether `changedValues` can find anything: it needs the idf of every word concerned, which is only worth looking up
 * then.
 */
export function worthComparing(sentence: SentenceAnalysis, paragraph: Paragraph, others: readonly Paragraph[]): boolean {
  if (isContact(paragraph)) return true;
  const here = { sentence, paragraph };
  return others.some(
    (other) =>
      other.id !== paragraph.id &&
      (other.kind === 'heading') === (paragraph.kind === 'heading') &&
      analyseParagraph(other).sentences.some((there) => mayDisagree(here, { sentence: there, paragraph: other })),
  );
}

/** Whether two figures are of one kind, count the same and are not equal. */
function mayDiffer(f: FigureInClause, g: FigureInClause): boolean {
  const [u, v] = [f.figure, g.figure];
  return (
    u.kind === v.kind &&
    u.unit === v.unit &&
    u.value !== v.value &&
    !f.label &&
    !g.label &&
    (u.kind !== 'number' || sameCounted(f.counted, g.counted))
  );
}

/** Whether one figure can stand in the place of the other, before anything is weighed. */
function mayReplace(f: FigureInClause, g: FigureInClause, p: Prepared, q: Prepared): boolean {
  const [u, v] = [f.figure, g.figure];
  if (!mayDiffer(f, g) || f.increment || g.increment || f.planned !== g.planned || restated(f, g) || !sameEvents(f, g)) return false;
  const states = (prepared: Prepared, value: number, unit: string | null) =>
    prepared.figures.some((other) => other.figure.value === value && other.figure.unit === unit);
  if (states(q, u.value, u.unit) || states(p, v.value, v.unit)) return false;
  // "From 5 to 7 per cent": which of the two the other text means is a guess.
  if (rivals(f, p) || rivals(g, q)) return false;
  const inBoth = [...f.clause.keys()].some((key) => g.clause.has(key));
  // Something else in its place on both sides: another thing is counted.
  return inBoth && (missing(f.clause, g.clause).length === 0 || missing(g.clause, f.clause).length === 0);
}

function sameThing(
  f: FigureInClause,
  g: FigureInClause,
  a: SentenceInContext,
  b: SentenceInContext,
  p: Prepared,
  q: Prepared,
  similarity: number,
  sections: number,
  idf: Idf,
): boolean {
  if (!mayReplace(f, g, p, q)) return false;
  const [onlyF, onlyG] = [missing(f.clause, g.clause), missing(g.clause, f.clause)];
  const [around, about] = [contextOf(b.paragraph, b.sentence), contextOf(a.paragraph, a.sentence)];
  if (onlyF.some((key) => !around.has(key)) || onlyG.some((key) => !about.has(key))) return false;
  const shared = f.clause.size - onlyF.length;
  if (dice(f.clause, g.clause, idf) < LEAST_CLAUSE_OVERLAP || namesOpposed(f.names, g.names)) return false;
  if ((f.continued || g.continued) && similarity < SENTENCE_CONTINUED) return false;
  if ((a.sentence.pointsBack || b.sentence.pointsBack) && !sameReferent(a, b, sections, idf)) return false;
  return (
    shared > 1 ||
    (similarity >= SENTENCE_ALONE && (sections >= HEADINGS_ALONE || a.paragraph.headings.length + b.paragraph.headings.length === 0))
  );
}

/** Whether "it" is the same: under like headings, or after like sentences. */
function sameReferent(a: SentenceInContext, b: SentenceInContext, sections: number, idf: Idf): boolean {
  if (a.paragraph.headings.length > 0 && b.paragraph.headings.length > 0) return sections >= HEADINGS_ALONE;
  const before = ({ sentence, paragraph }: SentenceInContext) => {
    const { sentences } = analyseParagraph(paragraph);
    const previous = sentences[sentences.findIndex((one) => one.span.start === sentence.span.start) - (sentence.pointsBack ? 1 : 0)];
    return previous ? prepare({ sentence: previous, paragraph }).keys : new Map<string, string>();
  };
  return dice(before(a), before(b), idf) >= SENTENCE_CONTINUED;
}

/** Whether the clause states another figure of the same thing. */
function rivals(one: FigureInClause, prepared: Prepared): boolean {
  return prepared.figures.some(
    (other) =>
      other !== one &&
      other.from === one.from &&
      other.figure.kind === one.figure.kind &&
      other.figure.unit === one.figure.unit &&
      (one.figure.kind !== 'number' || other.counted.length === 0 || other.counted[0] === one.counted[0]),
  );
}

/** What is counted: the same first word, or one names it more fully ("28 ILO Conventions", "26 Conventions"). */
function sameCounted(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return a.length === b.length;
  return b.slice(0, 2).includes(a[0] as string) || a.slice(0, 2).includes(b[0] as string);
}

/** Different ways to state one value: a bound that the other keeps, or a rounding of it. */
function restated(f: FigureInClause, g: FigureInClause): boolean {
  const keeps = (bound: FigureInClause, other: FigureInClause) => {
    const ratio = other.figure.value / bound.figure.value;
    // Within a fifth the other may be the very number the bound was made from; beyond that the text has moved on.
    if (bound.bound === 'least') return other.bound !== 'least' && ratio >= 1 && ratio <= 1 + BOUND_SPREAD;
    if (bound.bound === 'most') return other.bound !== 'most' && ratio <= 1 && ratio >= 1 - BOUND_SPREAD;
    return bound.bound === 'about' && ratio >= 1 - ABOUT_SPREAD && ratio <= 1 + ABOUT_SPREAD;
  };
  if (keeps(f, g) || keeps(g, f)) return true;
  const [coarse, fine] =
    digits(f.figure.value) < digits(g.figure.value) ? [f.figure.value, g.figure.value] : [g.figure.value, f.figure.value];
  // Counts below 1,000 are given exactly; "4.5 million" may stand for 4.45 million.
  return (
    (coarse >= 1000 || !Number.isInteger(fine)) && digits(coarse) < digits(fine) && Number(fine.toPrecision(digits(coarse))) === coarse
  );
}

/** Significant digits of a number. */
const digits = (value: number) => value.toExponential().split('e')[0]!.replace(/\D/g, '').length;

/** No event year on either side, or one in common. */
function sameEvents(f: FigureInClause, g: FigureInClause): boolean {
  if (f.events.length === 0 && g.events.length === 0) return true;
  return f.events.some((one) => g.events.some((other) => one.from === other.from && one.to === other.to));
}

/** Each has what the other lacks. */
function opposed(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((key) => !b.has(key)) && [...b].some((key) => !a.has(key));
}

/** Each side names somebody the other does not know. */
function namesOpposed(a: readonly Set<string>[], b: readonly Set<string>[]): boolean {
  const stranger = (name: Set<string>, others: readonly Set<string>[]) =>
    name.size > 0 && !others.some((other) => [...name].every((stem) => other.has(stem)) || [...other].every((stem) => name.has(stem)));
  return a.some((name) => stranger(name, b)) && b.some((name) => stranger(name, a));
}

const contexts = new WeakMap<SentenceAnalysis, Set<string>>();

/** Stems and countries of a paragraph up to and with a sentence, and of its headings: what the sentence may leave unsaid. */
function contextOf(paragraph: Paragraph, sentence: SentenceAnalysis): Set<string> {
  let found = contexts.get(sentence);
  if (!found) {
    found = new Set();
    for (const heading of paragraph.headings) for (const token of tokens(heading)) if (!token.stop) found.add(token.term);
    for (const other of analyseParagraph(paragraph).sentences) {
      if (other.span.start > sentence.span.start) break;
      for (const key of prepare({ sentence: other, paragraph }).keys.keys()) found.add(key);
    }
    contexts.set(sentence, found);
  }
  return found;
}

/** A place given in UTF-16 within a sentence, in code points within the paragraph. */
function placed(sentence: SentenceAnalysis, { start, end }: Span): ContactPlace {
  const text = sentence.text.slice(start, end);
  const from = sentence.span.start + fromUtf16(sentence.text, start);
  return { text, start: from, end: from + codePointLength(text) };
}

/**
 * For one sentence, the facts of which the given paragraphs (of another edition, or of the same one for a conflict) state
 * a different value. Silent about a value that those paragraphs also state as the sentence does, and where they disagree
 * among themselves. For contact details `siblings` are the other contact paragraphs of the sentence's own edition, without
 * which nothing tells that an address was kept. Pure; analyses are kept with the paragraph objects.
 */
export function changedValues(
  sentence: SentenceAnalysis,
  paragraph: Paragraph,
  others: readonly Paragraph[],
  idf: Idf,
  siblings: readonly Paragraph[] = [],
): ChangedValue[] {
  const here = { sentence, paragraph };
  if (isContact(paragraph)) return contactValues(sentence, paragraph, others, siblings);
  const best = new Map<number, ChangedValue[]>();
  for (const other of others) {
    if (other.id === paragraph.id || (other.kind === 'heading') !== (paragraph.kind === 'heading')) continue;
    for (const there of analyseParagraph(other).sentences) {
      const facts = differingFacts(here, { sentence: there, paragraph: other }, idf);
      if (facts.length === 0) continue;
      const similarity = dice(prepare(here).keys, prepare({ sentence: there, paragraph: other }).keys, idf);
      for (const fact of facts) {
        best.set(fact.from.start, [...(best.get(fact.from.start) ?? []), { ...fact, paragraph: other, sentence: there.span, similarity }]);
      }
    }
  }
  const out: ChangedValue[] = [];
  for (const candidates of best.values()) {
    const [first, ...rest] = candidates.sort((a, b) => b.similarity - a.similarity || (a.paragraph.id < b.paragraph.id ? -1 : 1));
    if (!first || rest.some((other) => fold(other.to.text) !== fold(first.to.text))) continue;
    if (!saidAlike(here, first, others, idf) && !rivalled(here, first, idf)) out.push(first);
  }
  return out.sort((a, b) => a.from.start - b.from.start);
}

/** Whether some paragraph states the sentence's own value of the same thing. */
function saidAlike(here: SentenceInContext, changed: ChangedValue, others: readonly Paragraph[], idf: Idf): boolean {
  if (changed.kind === 'name')
    return others.some((other) => other.id !== here.paragraph.id && fold(other.text).includes(fold(changed.from.text)));
  if (changed.kind !== 'figure') return false;
  const own = prepare(here).figures.find(({ figure }) => placed(here.sentence, figure).start === changed.from.start);
  if (!own) return false;
  return others.some(
    (other) =>
      other.id !== here.paragraph.id &&
      analyseParagraph(other).sentences.some((sentence) =>
        prepare({ sentence, paragraph: other }).figures.some(
          ({ figure, clause, counted }) =>
            figure.value === own.figure.value &&
            figure.unit === own.figure.unit &&
            sameCounted(own.counted, counted) &&
            dice(own.clause, clause, idf) >= LEAST_CLAUSE_OVERLAP,
        ),
      ),
  );
}

/** Whether the other value could as well stand for that of another sentence of the same paragraph. */
function rivalled({ sentence, paragraph }: SentenceInContext, changed: ChangedValue, idf: Idf): boolean {
  const there = analyseParagraph(changed.paragraph).sentences.find((one) => one.span.start === changed.sentence.start);
  if (!there) return false;
  return analyseParagraph(paragraph).sentences.some(
    (other) =>
      other !== sentence &&
      differingFacts({ sentence: other, paragraph }, { sentence: there, paragraph: changed.paragraph }, idf).some(
        (fact) => fact.to.start === changed.to.start,
      ),
  );
}

function contactValues(
  sentence: SentenceAnalysis,
  paragraph: Paragraph,
  others: readonly Paragraph[],
  siblings: readonly Paragraph[],
): ChangedValue[] {
  return contactChanges(
    [paragraph, ...siblings.filter((one) => one.id !== paragraph.id)],
    others.filter((other) => other.briefing !== paragraph.briefing),
  )
    .filter(({ from }) => from.paragraph === paragraph && from.place.start >= sentence.span.start && from.place.end <= sentence.span.end)
    .map(({ from, to }) => ({
      kind: 'contact',
      from: from.place,
      to: to.place,
      paragraph: to.paragraph,
      sentence: sentenceAt(to.paragraph, to.place.start),
      similarity: 1,
    }));
}

const sentenceAt = (paragraph: Paragraph, at: number): Span =>
  paragraph.sentences.find((span) => at >= span.start && at < span.end) ?? { start: 0, end: codePointLength(paragraph.text) };
