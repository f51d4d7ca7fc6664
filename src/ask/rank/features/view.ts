import type { ReadPart } from '../../../core/reading/open.ts';
import { stemHash } from '../../../core/reading/words.ts';
import { OPPOSITES } from '../../lexicon.ts';
import type { Candidate, Question } from '../../records.ts';
import { markOf } from '../../understand/index.ts';
import type { Asked, Match } from '../match.ts';

/** What is the same for all candidates of a question. */
export interface CandidatePool {
  asked: Asked;
  question: Question;
  bestFused: number;
  rank: ReadonlyMap<Candidate, number>;
  /** Weights of the terms, and their sum; which of them are the question's own, in this turn. */
  weights: Float64Array;
  total: number;
  own: readonly boolean[];
  /** Terms of the names the question has; the stem of a name that is none. */
  names: readonly { term: number | undefined; stem: number }[];
  /** Every stem of the question itself. */
  same: ReadonlySet<number>;
  /** By briefing: its share of the best twelve, its best, and which terms of the question the pool shows it has. */
  documents: ReadonlyMap<string, { share: number; best: number; terms: Uint8Array }>;
  byPlace: ReadonlyMap<string, { candidate: Candidate; match: Match }>;
  mark: RegExp | null;
  /** Terms that name the subject, by falling weight. */
  salient: readonly number[];
  strong: readonly number[];
  said: string;
  asksName: boolean;
  /** Of each pair of opposites the question takes one side of: that side and the other. */
  sides: readonly (readonly [RegExp, RegExp])[];
}

/** What a feature group sees of one candidate. */
interface View {
  candidate: Candidate;
  match: Match;
  pool: CandidatePool;
  /** How well each part answers by itself, and the best one that is no lead-in. */
  parts: readonly number[];
  best: number;
  /** Whether each part has the form, and the unit, asked for. */
  marked: readonly boolean[];
  counted: readonly boolean[];
  /** What each part says that the question does not. */
  fresh: readonly Fresh[];
  /** Parts that bring something new of the kind asked for. */
  answering: readonly number[];
  /** Places of the question's words in the chunk, each once. */
  places: readonly number[];
}

/** A named group of features; one is left out at a time to see what it earns (docs/evaluation.md). */
export interface FeatureGroup {
  name: string;
  features: readonly string[];
  of(view: View): readonly number[];
}

/** Names, figures and times that the question does not have. */
export interface Fresh {
  names: number;
  figures: number;
  times: boolean;
}

const BEST_OF_DOCUMENTS = 12;
/** Weight of the cosine and of the form beside the covered share when a part is judged by itself. */
const PART_COSINE = 0.5;
const PART_FORM = 0.12;
/** Of `strict`: from here on a part brings what was asked for. */
const ANSWERS = 0.5;
const ASKS_NAME =
  /\b(?:which|names?|what (?:company|companies|tool|software|service|provider|bank|organi[sz]ation|person|people|country|city|cities|countries|states?))\b/i;

export const yes = (value: boolean): number => (value ? 1 : 0);

/** Values or flags by term. */
export type ByTerm = ArrayLike<number>;

/** Covered weight of the question over all of it; 0 when it has none. */
export function share({ weights, total }: CandidatePool, values: ByTerm): number {
  if (total === 0) return 0;
  let covered = 0;
  for (let t = 0; t < weights.length; t++) covered += (weights[t] as number) * (values[t] as number);
  return covered / total;
}

/** The same over the terms that `which` names; `none` when there are none. `from`: where the values of this chunk or part begin. */
export function shareOf({ weights }: CandidatePool, values: ByTerm, which: readonly boolean[], none: number, from = 0): number {
  let covered = 0;
  let total = 0;
  for (let t = 0; t < weights.length; t++) {
    if (!which[t]) continue;
    total += weights[t] as number;
    covered += (weights[t] as number) * (values[from + t] as number);
  }
  return total > 0 ? covered / total : none;
}

/** The greatest of some values, and of `least`. */
export function most(values: ArrayLike<number>, least: number): number {
  let best = least;
  for (let at = 0; at < values.length; at++) if ((values[at] as number) > best) best = values[at] as number;
  return best;
}

export const isList = ({ kind, parts }: Candidate['chunk']): boolean => kind === 'list' || parts.filter(({ item }) => item).length > 1;

export function poolOf(asked: Asked, candidates: readonly Candidate[], matches: readonly Match[]): CandidatePool {
  const { question } = asked;
  const { terms } = question;
  const ordered = [...candidates].sort((a, b) => b.fused - a.fused);
  const documents = new Map<string, { share: number; best: number; terms: Uint8Array }>();
  candidates.forEach(({ briefing, fused }, at) => {
    const document = documents.get(briefing.id) ?? { share: 0, best: 0, terms: new Uint8Array(terms.length) };
    document.best = Math.max(document.best, fused);
    const { anywhere } = matches[at] as Match;
    for (let t = 0; t < anywhere.length; t++) if (anywhere[t]) document.terms[t] = 1;
    documents.set(briefing.id, document);
  });
  const front = ordered.slice(0, BEST_OF_DOCUMENTS);
  const total = front.reduce((sum, { fused }) => sum + fused ** 2, 0) || 1;
  for (const { briefing, fused } of front) {
    const document = documents.get(briefing.id);
    if (document) document.share += fused ** 2 / total;
  }
  const own = terms.map((_, t) => t).filter((t) => !terms[t]?.carried);
  const strong = own.filter((t) => !terms[t]?.light);
  const placed = new Map(terms.map(({ term }, t) => [term, t]));
  const weights = Float64Array.from(terms, ({ weight }) => weight);
  return {
    asked,
    question,
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    own: terms.map(({ carried }) => !carried),
    names: question.names.map((name) => ({ term: placed.get(name), stem: stemHash(name) })),
    same: new Set(asked.stems.flatMap(({ same }) => same)),
    bestFused: ordered[0]?.fused ?? 0,
    rank: new Map(ordered.map((candidate, rank) => [candidate, rank])),
    documents,
    byPlace: new Map(candidates.map((candidate, at) => [candidate.chunk.id, { candidate, match: matches[at] as Match }])),
    mark: markOf(question.form, question.language),
    salient: [...own].sort((a, b) => (terms[b]?.weight ?? 0) - (terms[a]?.weight ?? 0)),
    strong: strong.length > 0 ? strong : terms.map((_, t) => t),
    said: question.text.toLowerCase(),
    asksName: ASKS_NAME.test(question.text),
    sides: OPPOSITES.flatMap(([one, other]) => {
      const [has, lacks] = [one.test(question.text), other.test(question.text)];
      return has === lacks ? [] : [has ? ([one, other] as const) : ([other, one] as const)];
    }),
  };
}

export function viewOf(candidate: Candidate, match: Match, pool: CandidatePool): View {
  const { read } = candidate;
  const { mark, question } = pool;
  const marked = read.parts.map((_, at) => mark !== null && read.matches(at, mark));
  const counted = read.parts.map((_, at) => question.unit !== null && read.matches(at, question.unit));
  const parts = read.parts.map(
    ({ lead }, at) =>
      (match.partSoft[at] as number) + PART_COSINE * (match.partCosine[at] as number) + (marked[at] ? PART_FORM : 0) - yes(lead),
  );
  const fresh = read.parts.map((part) => freshOf(part, pool));
  const answering: number[] = [];
  for (let at = 0; at < parts.length; at++) {
    if ((read.parts[at] as ReadPart).lead) continue;
    if (strict(pool, fresh[at] as Fresh, counted[at] as boolean, marked[at] as boolean) >= ANSWERS) answering.push(at);
  }
  const places: number[] = [];
  for (const list of match.places) for (const place of list) if (!places.includes(place)) places.push(place);
  const best = parts.indexOf(most(parts, Number.NEGATIVE_INFINITY));
  return { candidate, match, pool, parts, best, marked, counted, fresh, answering, places };
}

/** How many of some names the question does not have. */
export function unsaidNames(names: Int32Array, { asked: { known } }: CandidatePool): number {
  let count = 0;
  for (let at = 0; at < names.length; at++) if (!known.has(names[at] as number)) count++;
  return count;
}

function freshOf({ names, figures, times }: ReadPart, pool: CandidatePool): Fresh {
  let unsaidFigures = 0;
  for (const figure of figures) if (!pool.said.includes(figure)) unsaidFigures++;
  return { names: unsaidNames(names, pool), figures: unsaidFigures, times: times.some((time) => !pool.said.includes(time)) };
}

/** 0..1: whether a text brings what the form asked for needs, and the question has not said already. */
export function strict(
  { question: { form, unit }, asksName }: CandidatePool,
  { names, figures, times }: Fresh,
  counted: boolean,
  marked: boolean,
): number {
  if (unit) return counted ? 1 : figures > 0 ? 0.4 : 0;
  if (form === 'quantity') return yes(figures > 0);
  if (form === 'time') return yes(times);
  if (form === 'who' || form === 'where') return names > 0 ? 1 : marked ? 0.5 : 0;
  if (asksName) return names > 0 || figures > 0 ? 1 : 0.3;
  return 0.7;
}
