import type { Passage } from '../core/model.ts';
import { analyseLine, type ParagraphAnalysis, type SentenceAnalysis, termsOfLine } from '../core/text/analysis.ts';
import type { Token } from '../core/text/tokens.ts';
import { overlaps } from '../core/time/dates.ts';
import { askedPeriod, type Question } from './question.ts';
import { synonymsOf } from './synonyms.ts';
import type { Expansion, Unit } from './units.ts';

/** A sentence that may answer. */
export interface Candidate {
  passage: Passage;
  analysis: ParagraphAnalysis;
  sentence: SentenceAnalysis;
  /** Position of the sentence in its paragraph. */
  index: number;
  /** Text above the paragraph that speaks for it: title, headings, the line that introduces its list. */
  context: string[];
}

/** Unit-length vector of a word for soft matching, or null when the word is not known. */
export type WordVectors = (word: string) => Float32Array | null;

/** Names of the features, in the order of the vectors `features` returns. */
export const FEATURES = [
  'coverage-sentence',
  'coverage-neighbours',
  'coverage-paragraph',
  'coverage-context',
  'coverage-relative-to-best',
  'missing-largest-context',
  'missing-largest-sentence',
  'soft-coverage-sentence',
  'soft-coverage-context',
  'softest-missing',
  'pairs',
  'span-density',
  'in-order',
  'lexical-over-bound',
  'semantic',
  'fused',
  'fused-gap-to-best',
  'paragraph-rank',
  'first-sentence',
  'position',
  'length',
  'novel-share',
  'points-back',
  'negation-differs',
  'head-in-sentence',
  'head-in-context',
  'head-soft',
  'name-missing-sentence',
  'name-missing-context',
  'country-missing-sentence',
  'country-missing-context',
  'figure-missing-sentence',
  'figure-missing-context',
  'unknown-share',
  'wants-number-has',
  'wants-number-lacks',
  'wants-date-has',
  'wants-date-lacks',
  'wants-person-has',
  'wants-person-lacks',
  'wants-place-has',
  'wants-place-lacks',
  'wants-organisation-has',
  'wants-reason-has',
  'wants-definition-has',
  'wants-money-has',
  'wants-money-lacks',
  'yes-no',
  'answer-distance',
  'period-in-sentence',
  'period-in-context',
  'period-differs',
  'question-length',
  'question-weight',
  'coverage-with-above',
  'coverage-with-previous',
  'form-in-neighbours',
  'heading',
  'item',
  'person-cue',
  'asked-date-in-sentence',
  'asked-date-in-context',
  'unexplained-largest',
  'unexplained-share',
  'unexplained-sentence',
  'rarest-name-in-sentence',
  'rarest-match-in-sentence',
] as const;

const REASON =
  /\b(?:because|due to|in order to|so that|as a result|owing to|thanks to|caused|leads? to|led to|aim(?:s|ed)? (?:to|at)|to (?:improve|ensure|promote|raise|reduce|help|support))\b/i;
const PERSON_CUE =
  /\b(?:President|Minister|Secretary|Councill?or|Director|Chair(?:man|woman|person)?|Ambassador|Professor|Prof|Mr|Mrs|Ms|Dr)\b/;
const PLACE_CUE = /\b(?:in|at|from|near|to|across|of)\s+\p{Lu}/u;
const DEFINITION_CUE = /\b(?:is|are|was|were|means|refers to|called|known as|defined as)\b/i;
const MAX_SOFT_WORDS = 40;
/** Presence of a word that only a synonym or another form of it stands for. */
const SIMILAR = 0.75;

/** Share of the unit's words that are present: 1 when any alternative is there whole. */
function presence(unit: Unit, has: (term: string) => boolean): number {
  let best = 0;
  for (const terms of unit.alternatives) {
    let hits = 0;
    for (const term of terms) if (has(term)) hits++;
    const share = hits / terms.length;
    // Half a name is not the name.
    const value = share === 1 ? 1 : share * 0.5;
    if (value > best) best = value;
  }
  if (best < SIMILAR) for (const term of unit.similar) if (has(term)) return SIMILAR;
  return best;
}

/**
 * Cosines of the words of the question with words of the text. Neighbouring sentences and the paragraph are compared with
 * the same words: each pair is computed once.
 */
class Cosines {
  readonly #vectors: WordVectors;
  /** Words of the question that have a vector, and their place. */
  readonly #places = new Map<string, number>();
  /** Their vectors column by column, filled up to a multiple of four words. */
  readonly #columns: Float64Array;
  readonly #width: number;
  /** For a word of the text its cosine with each of them; null when it has no vector. */
  readonly #known = new Map<string, Float64Array | null>();

  constructor(vectors: WordVectors, words: Iterable<string>) {
    this.#vectors = vectors;
    const own: Float32Array[] = [];
    for (const word of words) {
      const vector = this.#places.has(word) ? null : vectors(word);
      if (vector) this.#places.set(word, own.push(vector) - 1);
    }
    this.#width = Math.ceil(own.length / 4) * 4;
    const length = own[0]?.length ?? 0;
    this.#columns = new Float64Array(length * this.#width);
    own.forEach((vector, place) => {
      for (let i = 0; i < length; i++) this.#columns[i * this.#width + place] = vector[i] as number;
    });
  }

  /** Place of a word of the question, or -1 when it has no vector. */
  placeOf(word: string): number {
    return this.#places.get(word) ?? -1;
  }

  of(word: string): Float64Array | null {
    let found = this.#known.get(word);
    if (found === undefined) {
      const vector = this.#width === 0 ? null : this.#vectors(word);
      found = vector && this.#compare(vector);
      this.#known.set(word, found);
    }
    return found;
  }

  /** Four sums at a time, each in the order of the columns: one alone would wait for every addition. */
  #compare(vector: Float32Array): Float64Array {
    const width = this.#width;
    const columns = this.#columns;
    const out = new Float64Array(width);
    for (let place = 0; place < width; place += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0, at = place; i < vector.length; i++, at += width) {
        const value = vector[i] as number;
        a += (columns[at] as number) * value;
        b += (columns[at + 1] as number) * value;
        c += (columns[at + 2] as number) * value;
        d += (columns[at + 3] as number) * value;
      }
      out[place] = a;
      out[place + 1] = b;
      out[place + 2] = c;
      out[place + 3] = d;
    }
    return out;
  }
}

/** What one sentence has of the question: looked at for itself, its neighbours and its paragraph, computed once. */
interface Sheet {
  sentence: SentenceAnalysis;
  /** Presence of each unit. */
  hard: Float64Array;
  /** Cosines of its first content words; null until asked for. */
  cosines: (Float64Array | null)[] | null;
}

function sheetOf(sentence: SentenceAnalysis, shared: Shared): Sheet {
  let sheet = shared.sheets.get(sentence);
  if (!sheet) {
    const { terms } = sentence;
    const has = (term: string) => terms.has(term);
    sheet = { sentence, hard: Float64Array.from(shared.units, (unit) => presence(unit, has)), cosines: null };
    shared.sheets.set(sentence, sheet);
  }
  return sheet;
}

/** Best cosine of a word with the words of a sentence, 0..1. */
function softPresence(word: string, sheet: Sheet, cosines: Cosines): number {
  const place = cosines.placeOf(word);
  if (place < 0) return 0;
  if (sheet.cosines === null) {
    const { content } = sheet.sentence;
    sheet.cosines = [];
    for (let i = 0; i < content.length && i < MAX_SOFT_WORDS; i++) sheet.cosines.push(cosines.of((content[i] as Token).word));
  }
  let best = 0;
  for (const row of sheet.cosines) {
    const cosine = row === null ? 0 : (row[place] as number);
    if (cosine > best) best = cosine;
  }
  return Math.min(1, best);
}

interface Shared {
  question: Question;
  timeTerms: string[];
  units: Unit[];
  total: number;
  largest: number;
  bestFused: number;
  asked: ReturnType<typeof askedPeriod>;
  pairs: [string, string][];
  questionTerms: Set<string>;
  headSynonyms: string[];
  headWord: string | undefined;
  negated: boolean;
  sheets: Map<SentenceAnalysis, Sheet>;
}

/**
 * One vector per candidate, in the order given; all values finite, most within 0..1. Linear in the number of words of
 * the candidates times the number of units of the question.
 */
export function features(
  question: Question,
  expansion: Expansion,
  candidates: readonly Candidate[],
  vectors: WordVectors | null,
): Float32Array[] {
  const units = expansion.units.filter((unit) => !unit.time);
  const total = units.reduce((sum, unit) => sum + unit.idf, 0) || 1;
  const content = question.tokens.filter((token) => !token.stop);
  const shared: Shared = {
    question,
    timeTerms: expansion.units.filter((unit) => unit.time).flatMap((unit) => unit.alternatives[0] as string[]),
    units,
    total,
    largest: expansion.largestIdf || 1,
    bestFused: Math.max(1e-9, ...candidates.map((candidate) => candidate.passage.score)),
    asked: askedPeriod(question),
    pairs: content.slice(1).map((token, i) => [(content[i] as Token).term, token.term]),
    questionTerms: new Set(units.flatMap((unit) => unit.alternatives.flat())),
    headSynonyms: [...synonymsOf(question.head.at(-1) ?? '')],
    headWord: question.tokens.find((token) => token.term === question.head.at(-1))?.word,
    negated: /\b(?:not|never|no longer|without)\b|n['’]t\b/i.test(question.text),
    sheets: new Map(),
  };
  const order = [...new Set(candidates.map((candidate) => candidate.passage))];
  const ranks = new Map(order.map((passage, rank) => [passage, rank]));
  const contexts = new Map<Passage, ContextValues>();
  const soft = units.filter((unit) => !unit.figure && unit.words.length === 1).map((unit) => unit.words[0] as string);
  const cosines = vectors && new Cosines(vectors, shared.headWord ? [...soft, shared.headWord] : soft);
  const out = candidates.map((candidate) => {
    let context = contexts.get(candidate.passage);
    if (!context) {
      context = readContext(candidate, shared, cosines);
      contexts.set(candidate.passage, context);
    }
    return one(candidate, shared, context, ranks.get(candidate.passage) as number, cosines);
  });
  const best = Math.max(0, ...out.map((row) => row[0] as number));
  for (const row of out) row[4] = best > 0 ? (row[0] as number) / best : 0;
  return out;
}

interface ContextValues {
  /** Presence of each unit in sentence-independent context: title, headings, lead. */
  above: number[];
  /** Presence in the paragraph's own text. */
  paragraph: number[];
  countries: Set<string>;
  dated: boolean;
  periodHit: boolean;
  soft: number[];
}

function readContext(candidate: Candidate, shared: Shared, cosines: Cosines | null): ContextValues {
  const { analysis, context } = candidate;
  const lines = context.map(termsOfLine);
  const above = shared.units.map((unit) => presence(unit, (term) => lines.some((line) => line.has(term))));
  const paragraph = shared.units.map((unit) => presence(unit, (term) => analysis.terms.has(term)));
  const countrySet = new Set<string>();
  if (shared.question.countries.length > 0) {
    for (const sentence of analysis.sentences) for (const code of sentence.countries) countrySet.add(code);
    for (const line of context) for (const code of lineCountries(line)) countrySet.add(code);
  }
  let dated = false;
  let periodHit = false;
  if (shared.asked) {
    const asked = shared.asked;
    for (const sentence of analysis.sentences) {
      for (const date of sentence.dates) {
        dated = true;
        if (overlaps(date, asked)) periodHit = true;
      }
    }
    for (const line of context) for (const date of lineDates(line)) if (overlaps(date, asked)) periodHit = true;
  }
  const soft = shared.units.map((unit, i) => {
    const hard = Math.max(above[i] as number, paragraph[i] as number);
    if (hard === 1 || !cosines || unit.figure || unit.words.length !== 1) return hard;
    let best = hard;
    for (const sentence of analysis.sentences)
      best = Math.max(best, softPresence(unit.words[0] as string, sheetOf(sentence, shared), cosines));
    return best;
  });
  return { above, paragraph, countries: countrySet, dated, periodHit, soft };
}

const lineCountries = (text: string) => analyseLine(text).countries;
const lineDates = (text: string) => analyseLine(text).dates;

function one(candidate: Candidate, shared: Shared, context: ContextValues, rank: number, cosines: Cosines | null): Float32Array {
  const { question, units, total, largest } = shared;
  const { sentence, analysis, passage, index } = candidate;
  const has = (term: string) => sentence.terms.has(term);
  const before = analysis.sentences[index - 1];
  const after = analysis.sentences[index + 1];
  const sheet = sheetOf(sentence, shared);
  const hardBefore = before && sheetOf(before, shared).hard;
  const hardAfter = after && sheetOf(after, shared).hard;
  let inSentence = 0;
  let inNeighbours = 0;
  let inParagraph = 0;
  let inContext = 0;
  let withAbove = 0;
  let withPrevious = 0;
  let softSentence = 0;
  let softContext = 0;
  let missingContext = 0;
  let missingSentence = 0;
  let softestMissing = 1;
  let nameTotal = 0;
  let nameMissingSentence = 0;
  let nameMissingContext = 0;
  let figureTotal = 0;
  let figureMissingSentence = 0;
  let figureMissingContext = 0;
  let unknown = 0;
  let unexplainedLargest = 0;
  let rarestName = 0;
  let rarestMatch = 0;
  let unexplained = 0;
  let unexplainedSentence = 0;
  const positions: number[] = [];
  let inOrder = 0;
  let previous = -1;
  let matchedUnits = 0;
  units.forEach((unit, i) => {
    const own = sheet.hard[i] as number;
    const inBefore = hardBefore ? (hardBefore[i] as number) : 0;
    const near = own === 1 ? 1 : Math.max(own, inBefore, hardAfter ? (hardAfter[i] as number) : 0);
    const paragraph = context.paragraph[i] as number;
    const anywhere = Math.max(paragraph, context.above[i] as number);
    inSentence += own * unit.idf;
    inNeighbours += near * unit.idf;
    inParagraph += paragraph * unit.idf;
    inContext += anywhere * unit.idf;
    withAbove += Math.max(own, context.above[i] as number) * unit.idf;
    withPrevious += Math.max(own, inBefore) * unit.idf;
    const soft =
      own === 1 || !cosines || unit.figure || unit.words.length !== 1
        ? own
        : Math.max(own, softPresence(unit.words[0] as string, sheet, cosines));
    softSentence += soft * unit.idf;
    softContext += (context.soft[i] as number) * unit.idf;
    const relative = unit.idf / largest;
    if (anywhere < 1) {
      missingContext = Math.max(missingContext, relative);
      softestMissing = Math.min(softestMissing, context.soft[i] as number);
    }
    if (own < 1) missingSentence = Math.max(missingSentence, relative);
    if (!unit.known) unknown += unit.idf;
    // The full weight of an unknown word, reduced only where it merely shapes the question.
    const weight = unit.known || unit.name ? relative : Math.min(1, relative * 2);
    unexplainedLargest = Math.max(unexplainedLargest, weight * (1 - (context.soft[i] as number)));
    unexplained += weight * (1 - (context.soft[i] as number));
    unexplainedSentence += weight * (1 - soft);
    if (unit.name) {
      nameTotal++;
      if (own < 1) nameMissingSentence++;
      if (anywhere < 1) nameMissingContext++;
    }
    if (unit.figure) {
      figureTotal++;
      if (own < 1) figureMissingSentence++;
      if (anywhere < 1) figureMissingContext++;
    }
    if (own === 1) {
      rarestMatch = Math.max(rarestMatch, relative);
      if (unit.name) rarestName = Math.max(rarestName, relative);
      matchedUnits++;
      const first = sentence.terms.get((unit.alternatives.find((terms) => terms.every(has)) as string[])[0] as string)?.[0] as number;
      positions.push(first);
      if (first > previous) inOrder++;
      previous = first;
    }
  });
  let pairHits = 0;
  for (const [a, b] of shared.pairs) {
    const first = sentence.terms.get(a);
    const second = sentence.terms.get(b);
    if (first && second && first.some((at) => second.includes(at + 1))) pairHits++;
  }
  const spread = positions.length > 1 ? Math.max(...positions) - Math.min(...positions) + 1 : 1;
  let novel = 0;
  for (const token of sentence.content) if (!shared.questionTerms.has(token.term)) novel++;
  const headIn = question.head.length === 0 ? 0.5 : question.head.filter(has).length / question.head.length;
  const headContext =
    question.head.length === 0 ? 0.5 : question.head.filter((term) => analysis.terms.has(term)).length / question.head.length;
  const { headWord } = shared;
  const headAlike = headIn < SIMILAR && shared.headSynonyms.some(has) ? SIMILAR : headIn;
  const headSoft = headAlike >= SIMILAR || !cosines || !headWord ? headAlike : Math.max(headAlike, softPresence(headWord, sheet, cosines));
  const countryTotal = question.countries.length;
  const missingCountries = (present: (code: string) => boolean) =>
    countryTotal === 0 ? 0 : question.countries.filter(({ code }) => !present(code)).length / countryTotal;
  const answers = answerPositions(question, sentence, shared.questionTerms);
  const type = question.answerType;
  const found = answers !== null && answers.length > 0;
  const wants = (name: string) => (type === name ? 1 : 0);
  const yes = (name: string) => (wants(name) && found ? 1 : 0);
  const no = (name: string) => (wants(name) && !found ? 1 : 0);
  let distance = 0;
  if (found && positions.length > 0) {
    let nearest = 1e9;
    for (const answer of answers) {
      let sum = 0;
      for (const at of positions) sum += Math.min(12, Math.abs(answer - at));
      nearest = Math.min(nearest, sum / positions.length);
    }
    distance = 1 / (1 + nearest / 3);
  }
  let periodSentence = 0;
  let periodDiffers = 0;
  if (shared.asked) {
    const asked = shared.asked;
    periodSentence = sentence.dates.some((date) => overlaps(date, asked)) ? 1 : 0;
    periodDiffers = sentence.dates.length > 0 && periodSentence === 0 ? 1 : 0;
  }
  return new Float32Array([
    inSentence / total,
    inNeighbours / total,
    inParagraph / total,
    inContext / total,
    0,
    missingContext,
    missingSentence,
    softSentence / total,
    softContext / total,
    softestMissing,
    shared.pairs.length === 0 ? 0 : pairHits / shared.pairs.length,
    matchedUnits > 1 ? matchedUnits / spread : 0,
    matchedUnits > 0 ? inOrder / matchedUnits : 0,
    passage.lexical / Math.max(1e-9, total * 2.2),
    passage.semantic,
    passage.score,
    shared.bestFused - passage.score,
    1 / (1 + rank),
    index === 0 ? 1 : 0,
    index / Math.max(1, analysis.sentences.length),
    Math.log1p(sentence.length) / 4,
    sentence.content.length === 0 ? 0 : novel / sentence.content.length,
    sentence.pointsBack ? 1 : 0,
    shared.negated !== sentence.negated ? 1 : 0,
    headIn,
    headContext,
    headSoft,
    nameTotal === 0 ? 0 : nameMissingSentence / nameTotal,
    nameTotal === 0 ? 0 : nameMissingContext / nameTotal,
    missingCountries((code) => sentence.countries.includes(code)),
    missingCountries((code) => context.countries.has(code)),
    figureTotal === 0 ? 0 : figureMissingSentence / figureTotal,
    figureTotal === 0 ? 0 : figureMissingContext / figureTotal,
    unknown / total,
    yes('number') || yes('percent'),
    no('number') || no('percent'),
    yes('date'),
    no('date'),
    yes('person'),
    no('person'),
    yes('place'),
    no('place'),
    yes('organisation'),
    wants('reason') && REASON.test(sentence.text) ? 1 : 0,
    wants('definition') && DEFINITION_CUE.test(sentence.text) ? 1 : 0,
    yes('money'),
    no('money'),
    wants('yes-no'),
    distance,
    periodSentence,
    shared.asked && context.periodHit ? 1 : 0,
    periodDiffers,
    Math.min(1, units.length / 12),
    Math.min(1, total / (largest * 8)),
    withAbove / total,
    withPrevious / total,
    answers !== null &&
    !found &&
    [before, after].some((near) => near && (answerPositions(question, near, shared.questionTerms)?.length ?? 0) > 0)
      ? 1
      : 0,
    passage.paragraph.kind === 'heading' ? 1 : 0,
    passage.paragraph.kind === 'item' ? 1 : 0,
    type === 'person' && PERSON_CUE.test(sentence.text) ? 1 : 0,
    shared.timeTerms.length === 0 ? 0 : shared.timeTerms.filter(has).length / shared.timeTerms.length,
    shared.timeTerms.length === 0
      ? 0
      : shared.timeTerms.filter((term) => analysis.terms.has(term) || candidate.context.some((above) => termsOfLine(above).has(term)))
          .length / shared.timeTerms.length,
    Math.min(1, unexplainedLargest),
    Math.min(1, unexplained / 4),
    Math.min(1, unexplainedSentence / 6),
    rarestName,
    rarestMatch,
  ]);
}

const positionsOf = new WeakMap<Question, WeakMap<ReadonlySet<string>, Map<SentenceAnalysis, number[] | null>>>();

/**
 * Positions (in content words) of what has the form of an answer and was not already in the question; null when the
 * question asks for nothing that has a form.
 */
export function answerPositions(
  question: Question,
  sentence: SentenceAnalysis,
  questionTerms: ReadonlySet<string>,
): readonly number[] | null {
  let byTerms = positionsOf.get(question);
  if (!byTerms) {
    byTerms = new WeakMap();
    positionsOf.set(question, byTerms);
  }
  let bySentence = byTerms.get(questionTerms);
  if (!bySentence) {
    bySentence = new Map();
    byTerms.set(questionTerms, bySentence);
  }
  let found = bySentence.get(sentence);
  if (found === undefined) {
    found = readPositions(question, sentence, questionTerms);
    bySentence.set(sentence, found);
  }
  return found;
}

function readPositions(question: Question, sentence: SentenceAnalysis, questionTerms: ReadonlySet<string>): number[] | null {
  const at = (start: number, end: number) => {
    const found: number[] = [];
    sentence.content.forEach((token, i) => {
      const absolute = token.start;
      if (absolute >= start && absolute < end) found.push(i);
    });
    return found[0] ?? sentence.content.findIndex((token) => token.start >= start);
  };
  const asked = new Set(question.figures.map((figure) => figure.value));
  switch (question.answerType) {
    case 'number':
      return sentence.figures.filter((figure) => !asked.has(figure.value)).map((figure) => at(figure.start, figure.end));
    case 'money':
      return sentence.figures
        .filter((figure) => figure.kind === 'money' && !asked.has(figure.value))
        .map((figure) => at(figure.start, figure.end));
    case 'percent':
      return sentence.figures.filter((figure) => figure.kind === 'percent').map((figure) => at(figure.start, figure.end));
    case 'date': {
      const known = new Set(question.dates.map((date) => date.from));
      const found = sentence.dates.filter((date) => !known.has(date.from)).map((date) => at(date.start, date.end));
      if (/how long|century|decade/i.test(question.text)) found.push(...sentence.figures.map((figure) => at(figure.start, figure.end)));
      return found;
    }
    case 'person':
    case 'organisation':
    case 'place': {
      const found: number[] = [];
      for (const name of sentence.names) {
        if (
          name.every(
            (word) => questionTerms.has(word) || sentence.content.every((token) => token.word !== word || questionTerms.has(token.term)),
          )
        )
          continue;
        const first = sentence.content.findIndex((token) => token.word === name.find((word) => !questionTerms.has(word)));
        if (first >= 0) found.push(first);
      }
      if (question.answerType === 'place' && /countr/i.test(question.text)) {
        const asked = new Set(question.countries.map((country) => country.code));
        return sentence.countries.some((code) => !asked.has(code)) ? (found.length > 0 ? found : [0]) : [];
      }
      if (question.answerType === 'place' && found.length === 0 && PLACE_CUE.test(sentence.text)) found.push(0);
      return found;
    }
    case 'contact':
      return contactPositions(question, sentence.text) ? [0] : [];
    default:
      return null;
  }
}

function contactPositions(question: Question, text: string): boolean {
  switch (question.contact) {
    case 'email':
      return /\S@\S+\.\S/.test(text);
    case 'telephone':
      return /\+?\d[\d\s()/-]{6,}\d/.test(text);
    case 'fax':
      return /fax/i.test(text) && /\d[\d\s()/-]{6,}\d/.test(text);
    case 'url':
      return /\b(?:https?:\/\/|www\.)|\b[a-z0-9-]+\.(?:org|net|com|int|gov)\b/i.test(text);
    default:
      return /\d/.test(text) && /\p{Lu}/u.test(text);
  }
}
