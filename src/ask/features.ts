import type { Passage } from '../core/model.ts';
import { analyseLine, type ParagraphAnalysis, type SentenceAnalysis } from '../core/text/analysis.ts';
import type { Token } from '../core/text/tokens.ts';
import { overlaps } from '../core/time/dates.ts';
import { type Presence, readPresence, SIMILAR } from './presence.ts';
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
interface Shared {
  question: Question;
  presence: Presence;
  /** Places of terms in `presence`. */
  timeTerms: number[];
  head: number[];
  headSynonyms: number[];
  units: Unit[];
  total: number;
  largest: number;
  bestFused: number;
  asked: ReturnType<typeof askedPeriod>;
  pairs: number;
  questionTerms: Set<string>;
  headWord: string | undefined;
  negated: boolean;
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
  const timeTerms = expansion.units.filter((unit) => unit.time).flatMap((unit) => unit.alternatives[0] as string[]);
  const pairs = content.slice(1).map((token, i) => [(content[i] as Token).term, token.term] as const);
  const questionTerms = new Set(units.flatMap((unit) => unit.alternatives.flat()));
  const headSynonyms = [...synonymsOf(question.head.at(-1) ?? '')];
  const headWord = question.tokens.find((token) => token.term === question.head.at(-1))?.word;
  const lines = new Set(candidates.flatMap(({ context }) => context));
  const presence = readPresence(
    candidates.map(({ analysis }) => analysis),
    lines,
    { units, terms: [...timeTerms, ...question.head, ...headSynonyms], pairs, asked: questionTerms, head: headWord, vectors },
  );
  const places = (terms: readonly string[]) => terms.map((term) => presence.placeOf(term));
  const shared: Shared = {
    question,
    presence,
    timeTerms: places(timeTerms),
    head: places(question.head),
    headSynonyms: places(headSynonyms),
    units,
    total,
    largest: expansion.largestIdf || 1,
    bestFused: candidates.reduce((best, { passage }) => Math.max(best, passage.score), 1e-9),
    asked: askedPeriod(question),
    pairs: pairs.length,
    questionTerms,
    headWord: vectors ? headWord : undefined,
    negated: /\b(?:not|never|no longer|without)\b|n['’]t\b/i.test(question.text),
  };
  const contexts = new Map<Passage, ContextValues>();
  let best = 0;
  const out = candidates.map((candidate) => {
    let context = contexts.get(candidate.passage);
    if (!context) {
      context = readContext(candidate, shared, contexts.size);
      contexts.set(candidate.passage, context);
    }
    const row = one(candidate, shared, context);
    best = Math.max(best, row[0] as number);
    return row;
  });
  for (const row of out) row[4] = best > 0 ? (row[0] as number) / best : 0;
  return out;
}

interface ContextValues {
  /** Place of the passage among those looked at. */
  rank: number;
  /** Presence of each unit in sentence-independent context: title, headings, lead. */
  above: number[];
  /** Presence in the paragraph's own text. */
  paragraph: number[];
  countries: Set<string>;
  periodHit: boolean;
  soft: number[];
  /** Share of the head's words in the paragraph. */
  head: number;
  /** Share of the time asked about that the paragraph or a line above it has. */
  time: number;
}

function readContext({ analysis, context }: Candidate, shared: Shared, rank: number): ContextValues {
  const { presence, units, question, head, timeTerms } = shared;
  const inLines = (term: number) => context.some((line) => presence.inLine(line, term));
  const inParagraph = (term: number) => presence.inParagraph(analysis, term);
  const above = units.map((_, unit) => presence.presenceIn(unit, inLines));
  const paragraph = units.map((_, unit) => presence.presenceIn(unit, inParagraph));
  const countrySet = new Set<string>();
  if (question.countries.length > 0) {
    for (const sentence of analysis.sentences) for (const code of sentence.countries) countrySet.add(code);
    for (const line of context) for (const code of analyseLine(line).countries) countrySet.add(code);
  }
  const { asked } = shared;
  const periodHit =
    asked !== null &&
    (analysis.sentences.some((sentence) => sentence.dates.some((date) => overlaps(date, asked))) ||
      context.some((line) => analyseLine(line).dates.some((date) => overlaps(date, asked))));
  const first = presence.rowOf(analysis);
  const end = first + analysis.sentences.length;
  const soft = units.map((unit, i) => {
    let best = Math.max(above[i] as number, paragraph[i] as number);
    if (best === 1 || unit.figure || unit.words.length !== 1) return best;
    for (let row = first; row < end; row++) best = Math.max(best, presence.soft[row * units.length + i] as number);
    return best;
  });
  return {
    rank,
    above,
    paragraph,
    countries: countrySet,
    periodHit,
    soft,
    head: head.length === 0 ? 0.5 : head.filter(inParagraph).length / head.length,
    time: timeTerms.length === 0 ? 0 : timeTerms.filter((term) => inParagraph(term) || inLines(term)).length / timeTerms.length,
  };
}

function one(candidate: Candidate, shared: Shared, context: ContextValues): Float32Array {
  const { question, units, total, largest, presence } = shared;
  const { sentence, analysis, passage, index } = candidate;
  const { hard, soft: softs } = presence;
  const width = units.length;
  const row = presence.rowOf(analysis) + index;
  const has = (place: number) => presence.first(row, place) >= 0;
  const before = analysis.sentences[index - 1];
  const after = analysis.sentences[index + 1];
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
  for (let i = 0; i < width; i++) {
    const unit = units[i] as Unit;
    const own = hard[row * width + i] as number;
    const inBefore = before ? (hard[(row - 1) * width + i] as number) : 0;
    const near = own === 1 ? 1 : Math.max(own, inBefore, after ? (hard[(row + 1) * width + i] as number) : 0);
    const paragraph = context.paragraph[i] as number;
    const above = context.above[i] as number;
    const anywhere = Math.max(paragraph, above);
    inSentence += own * unit.idf;
    inNeighbours += near * unit.idf;
    inParagraph += paragraph * unit.idf;
    inContext += anywhere * unit.idf;
    withAbove += Math.max(own, above) * unit.idf;
    withPrevious += Math.max(own, inBefore) * unit.idf;
    const soft = softs[row * width + i] as number;
    const around = context.soft[i] as number;
    softSentence += soft * unit.idf;
    softContext += around * unit.idf;
    const relative = unit.idf / largest;
    if (anywhere < 1) {
      missingContext = Math.max(missingContext, relative);
      softestMissing = Math.min(softestMissing, around);
    }
    if (own < 1) missingSentence = Math.max(missingSentence, relative);
    if (!unit.known) unknown += unit.idf;
    // The full weight of an unknown word, reduced only where it merely shapes the question.
    const weight = unit.known || unit.name ? relative : Math.min(1, relative * 2);
    unexplainedLargest = Math.max(unexplainedLargest, weight * (1 - around));
    unexplained += weight * (1 - around);
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
      const first = presence.first(row, presence.whole(i, row));
      positions.push(first);
      if (first > previous) inOrder++;
      previous = first;
    }
  }
  const matchedUnits = positions.length;
  const spread = matchedUnits > 1 ? Math.max(...positions) - Math.min(...positions) + 1 : 1;
  const headIn = shared.head.length === 0 ? 0.5 : shared.head.filter(has).length / shared.head.length;
  const headAlike = headIn < SIMILAR && shared.headSynonyms.some(has) ? SIMILAR : headIn;
  const headSoft = headAlike >= SIMILAR || !shared.headWord ? headAlike : Math.max(headAlike, presence.head[row] as number);
  const countryTotal = question.countries.length;
  const missingCountries = (present: (code: string) => boolean) =>
    countryTotal === 0 ? 0 : question.countries.filter(({ code }) => !present(code)).length / countryTotal;
  const answers = answerPositions(question, sentence, shared.questionTerms);
  const type = question.answerType;
  const found = answers !== null && answers.length > 0;
  const wants = (name: string) => (type === name ? 1 : 0);
  const yes = (name: string) => (found && type === name ? 1 : 0);
  const no = (name: string) => (!found && type === name ? 1 : 0);
  let distance = 0;
  if (found && matchedUnits > 0) {
    let nearest = 1e9;
    for (const answer of answers) {
      let sum = 0;
      for (const at of positions) sum += Math.min(12, Math.abs(answer - at));
      nearest = Math.min(nearest, sum / matchedUnits);
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
  const words = sentence.words.length;
  const values = new Float32Array(FEATURES.length);
  let next = 0;
  values[next++] = inSentence / total;
  values[next++] = inNeighbours / total;
  values[next++] = inParagraph / total;
  values[next++] = inContext / total;
  values[next++] = 0;
  values[next++] = missingContext;
  values[next++] = missingSentence;
  values[next++] = softSentence / total;
  values[next++] = softContext / total;
  values[next++] = softestMissing;
  values[next++] = shared.pairs === 0 ? 0 : (presence.pairs[row] as number) / shared.pairs;
  values[next++] = matchedUnits > 1 ? matchedUnits / spread : 0;
  values[next++] = matchedUnits > 0 ? inOrder / matchedUnits : 0;
  values[next++] = passage.lexical / Math.max(1e-9, total * 2.2);
  values[next++] = passage.semantic;
  values[next++] = passage.score;
  values[next++] = shared.bestFused - passage.score;
  values[next++] = 1 / (1 + context.rank);
  values[next++] = index === 0 ? 1 : 0;
  values[next++] = index / Math.max(1, analysis.sentences.length);
  values[next++] = Math.log1p(sentence.length) / 4;
  values[next++] = words === 0 ? 0 : (presence.novel[row] as number) / words;
  values[next++] = sentence.pointsBack ? 1 : 0;
  values[next++] = shared.negated !== sentence.negated ? 1 : 0;
  values[next++] = headIn;
  values[next++] = context.head;
  values[next++] = headSoft;
  values[next++] = nameTotal === 0 ? 0 : nameMissingSentence / nameTotal;
  values[next++] = nameTotal === 0 ? 0 : nameMissingContext / nameTotal;
  values[next++] = missingCountries((code) => sentence.countries.includes(code));
  values[next++] = missingCountries((code) => context.countries.has(code));
  values[next++] = figureTotal === 0 ? 0 : figureMissingSentence / figureTotal;
  values[next++] = figureTotal === 0 ? 0 : figureMissingContext / figureTotal;
  values[next++] = unknown / total;
  values[next++] = yes('number') || yes('percent');
  values[next++] = no('number') || no('percent');
  values[next++] = yes('date');
  values[next++] = no('date');
  values[next++] = yes('person');
  values[next++] = no('person');
  values[next++] = yes('place');
  values[next++] = no('place');
  values[next++] = yes('organisation');
  values[next++] = wants('reason') && REASON.test(sentence.text) ? 1 : 0;
  values[next++] = wants('definition') && DEFINITION_CUE.test(sentence.text) ? 1 : 0;
  values[next++] = yes('money');
  values[next++] = no('money');
  values[next++] = wants('yes-no');
  values[next++] = distance;
  values[next++] = periodSentence;
  values[next++] = shared.asked && context.periodHit ? 1 : 0;
  values[next++] = periodDiffers;
  values[next++] = Math.min(1, units.length / 12);
  values[next++] = Math.min(1, total / (largest * 8));
  values[next++] = withAbove / total;
  values[next++] = withPrevious / total;
  values[next++] =
    answers !== null &&
    !found &&
    [before, after].some((near) => near && (answerPositions(question, near, shared.questionTerms)?.length ?? 0) > 0)
      ? 1
      : 0;
  values[next++] = passage.paragraph.kind === 'heading' ? 1 : 0;
  values[next++] = passage.paragraph.kind === 'item' ? 1 : 0;
  values[next++] = type === 'person' && PERSON_CUE.test(sentence.text) ? 1 : 0;
  values[next++] = shared.timeTerms.length === 0 ? 0 : shared.timeTerms.filter(has).length / shared.timeTerms.length;
  values[next++] = context.time;
  values[next++] = Math.min(1, unexplainedLargest);
  values[next++] = Math.min(1, unexplained / 4);
  values[next++] = Math.min(1, unexplainedSentence / 6);
  values[next++] = rarestName;
  values[next++] = rarestMatch;
  return values;
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
  // The first content word that begins there or later.
  const at = ({ start }: { start: number }) => sentence.starts.findIndex((begin) => begin >= start);
  const asked = new Set(question.figures.map((figure) => figure.value));
  switch (question.answerType) {
    case 'number':
      return sentence.figures.filter((figure) => !asked.has(figure.value)).map(at);
    case 'money':
      return sentence.figures.filter((figure) => figure.kind === 'money' && !asked.has(figure.value)).map(at);
    case 'percent':
      return sentence.figures.filter((figure) => figure.kind === 'percent').map(at);
    case 'date': {
      const known = new Set(question.dates.map((date) => date.from));
      const found = sentence.dates.filter((date) => !known.has(date.from)).map(at);
      if (/how long|century|decade/i.test(question.text)) found.push(...sentence.figures.map(at));
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
