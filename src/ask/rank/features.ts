import { overlaps } from '../../core/time/dates.ts';
import { NEGATION, OPPOSITES } from '../lexicon.ts';
import type { Candidate, Form, Question } from '../records.ts';
import { markOf } from '../understand/form.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { type Asked, askedOf, dot, type Match, match } from './match.ts';
import { ASKS, digitsOf, IN, markedBy } from './read-chunk.ts';

/** What a feature group sees of one candidate. */
interface View {
  candidate: Candidate;
  asked: Asked;
  question: Question;
  match: Match;
  /** How well each part answers by itself, and the best one that is no lead-in. */
  parts: readonly number[];
  best: number;
  /** Whether each part has the form, and the unit, asked for. */
  marked: readonly boolean[];
  counted: readonly boolean[];
  /** Parts that bring something new of the kind asked for. */
  answering: readonly number[];
  pool: Pool;
}

/** What is the same for all candidates of a question. */
interface Pool {
  candidates: readonly Candidate[];
  bestFused: number;
  rank: ReadonlyMap<Candidate, number>;
  /** Weights of the terms, and their sum; which of them are the question's own, in this turn. */
  weights: Float64Array;
  total: number;
  own: readonly boolean[];
  /** Stem -> term. */
  placed: ReadonlyMap<string, number>;
  /** Terms of the pairs of neighbouring words. */
  pairs: readonly (readonly [number, number])[];
  /** Terms of the names the question has; undefined for a name that is none. */
  names: readonly (number | undefined)[];
  /** Every stem of the question itself. */
  same: ReadonlySet<string>;
  /** The form asked for, as features. */
  form: readonly number[];
  /** By briefing: its share of the best twelve, its best, and which terms of the question the pool shows it has. */
  documents: ReadonlyMap<string, { share: number; best: number; terms: readonly boolean[] }>;
  byPlace: ReadonlyMap<string, { candidate: Candidate; match: Match }>;
  mark: RegExp | null;
  /** Terms that name the subject, by falling weight. */
  salient: readonly number[];
  strong: readonly number[];
  said: string;
  /** Every term that may stand for a word of the question. */
  known: ReadonlySet<string>;
  asksName: boolean;
  /** Of each pair of opposites the question takes one side of: that side and the other. */
  sides: readonly (readonly [RegExp, RegExp])[];
}

/** A named group of features; one is left out at a time to see what it earns (docs/evaluation.md). */
interface Group {
  name: string;
  features: readonly string[];
  of(view: View): readonly number[];
}

const FORMS: readonly Form[] = ['quantity', 'time', 'who', 'where', 'why', 'how', 'yes-no', 'definition', 'list', 'other'];
const BEST_OF_DOCUMENTS = 12;
/** Weight of the cosine and of the form beside the covered share when a part is judged by itself. */
const PART_COSINE = 0.5;
const PART_FORM = 0.12;
/** Of `strict`: from here on a part brings what was asked for. */
const ANSWERS = 0.5;
const ENDS_IN_COLON = /[:：]\s*$/u;
const ASKS_NAME =
  /\b(?:which|names?|what (?:company|companies|tool|software|service|provider|bank|organi[sz]ation|person|people|country|city|cities|countries|states?))\b/i;
const DEFINES = /\b(?:is|are|means?|refers? to|defined as|stands? for|consists? of|describes?|called|known as)\b|[:(–—]/i;
const DEFINED_WITHIN = 4;

const yes = (value: boolean): number => (value ? 1 : 0);
type Values = readonly (number | boolean)[];

/** Covered weight of the question over all of it; 0 when it has none. */
function share({ pool: { weights, total } }: View, values: Values): number {
  if (total === 0) return 0;
  let covered = 0;
  for (let t = 0; t < weights.length; t++) covered += (weights[t] as number) * Number(values[t]);
  return covered / total;
}

/** The same over the terms that `which` names; `none` when there are none. */
function shareOf({ pool: { weights } }: View, values: Values, which: readonly boolean[], none: number): number {
  let covered = 0;
  let total = 0;
  for (let t = 0; t < weights.length; t++) {
    if (!which[t]) continue;
    total += weights[t] as number;
    covered += (weights[t] as number) * Number(values[t]);
  }
  return total > 0 ? covered / total : none;
}

/** The greatest of some values, and of `least`. */
function most(values: readonly number[], least: number): number {
  let best = least;
  for (const value of values) if (value > best) best = value;
  return best;
}

const GROUPS: readonly Group[] = [
  {
    name: 'search',
    features: ['lexical', 'cosine', 'cosine-path', 'fused', 'fused-gap', 'rank'],
    of: ({ candidate, asked, pool }) => [
      candidate.lexical,
      dot(candidate.read.vector, asked.vector),
      dot(candidate.read.pathVector, asked.vector),
      candidate.fused,
      candidate.fused - pool.bestFused,
      1 / (1 + (pool.rank.get(candidate) ?? 0)),
    ],
  },
  {
    name: 'exact',
    features: ['exact-text', 'exact-headings', 'exact-title', 'exact', 'exact-document', 'exact-best-part', 'headings-only'],
    of: (view) => {
      const { match: found, best, pool, candidate } = view;
      const text = share(view, found.inText);
      const all = share(view, found.anywhere);
      const document = pool.documents.get(candidate.briefing.id)?.terms;
      return [
        text,
        share(view, found.inHeadings),
        share(view, found.inTitle),
        all,
        document ? share(view, document) : 0,
        found.partExact[best] ?? 0,
        all > 0 ? (all - text) / all : 0,
      ];
    },
  },
  {
    name: 'soft',
    features: [
      'soft',
      'soft-best-part',
      'cosine-best-part',
      'weakest',
      'second-weakest',
      'missing',
      'missing-heaviest',
      'half-alike',
      'little-alike',
    ],
    of: (view) => {
      const { match: found, question, pool } = view;
      const { soft } = found;
      const weights = pool.strong.map((t) => (question.terms[t] as Question['terms'][number]).weight);
      const heaviest = most(weights, 1e-9);
      const sorted = pool.strong.map((t) => soft[t] as number).sort((a, b) => a - b);
      const missing = pool.strong.filter((t) => (soft[t] as number) < 0.5);
      return [
        share(view, soft),
        most(found.partSoft, 0),
        most(found.partCosine, 0),
        sorted[0] ?? 0,
        sorted[1] ?? sorted[0] ?? 0,
        Math.min(4, missing.length),
        most(
          missing.map((t) => (question.terms[t] as Question['terms'][number]).weight / heaviest),
          0,
        ),
        share(
          view,
          soft.map((value) => value >= 0.5 && value < 1),
        ),
        share(
          view,
          soft.map((value) => value >= 0.2 && value < 0.5),
        ),
      ];
    },
  },
  {
    name: 'beyond-heading',
    features: ['beyond', 'beyond-soft', 'beyond-best-part'],
    // Which chunk of the right section: only words that neither title nor headings hold.
    of: (view) => {
      const { match: found, candidate } = view;
      const beyond = found.inHeadings.map((inHeadings, t) => !inHeadings && !found.inTitle[t]);
      const inPart = (has: Uint8Array) =>
        shareOf(
          view,
          found.places.map((places) => places.some((place) => has[place] === 1)),
          beyond,
          0.5,
        );
      return [
        shareOf(view, found.inText, beyond, 0.5),
        shareOf(view, found.soft, beyond, 0.5),
        most(
          candidate.read.parts.map(({ has }) => inPart(has)),
          0,
        ),
      ];
    },
  },
  {
    name: 'rare',
    features: ['rarest', 'rarest-soft', 'second-rarest-soft', 'pairs', 'near'],
    of: ({ match: found, pool, question, candidate: { read } }) => {
      const [first, second] = pool.salient;
      const positionsOf = (t: number) =>
        (found.places[t] as readonly number[]).flatMap((place) => read.positions[place] as readonly number[]);
      const together = pool.pairs.filter(([a, b]) => distance(positionsOf(a), positionsOf(b)) <= 3);
      const apart =
        first !== undefined && second !== undefined ? distance(positionsOf(first), positionsOf(second)) : Number.POSITIVE_INFINITY;
      return [
        yes(first !== undefined && (found.anywhere[first] as boolean)),
        first === undefined ? 0 : (found.soft[first] as number),
        second === undefined ? 0 : (found.soft[second] as number),
        question.pairs.length > 0 ? together.length / question.pairs.length : 0,
        Number.isFinite(apart) ? 1 / Math.max(1, apart) : 0,
      ];
    },
  },
  {
    name: 'question',
    features: ['unknown', 'unknown-count', 'terms', 'carried'],
    of: (view) => {
      const { terms } = view.question;
      return [
        shareOf(
          view,
          terms.map(({ known }) => !known),
          view.pool.own,
          0,
        ),
        Math.min(3, terms.filter(({ known, light, carried }) => !known && !light && !carried).length),
        Math.log(1 + terms.filter(({ light, carried }) => !light && !carried).length),
        yes(terms.some(({ carried }) => carried)),
      ];
    },
  },
  {
    name: 'form',
    features: ['form', 'form-best-part', 'form-lacks', 'defines', 'list-for-list'],
    of: ({ candidate: { chunk, read }, best, pool, marked, question, match: found }) => {
      const { mark } = pool;
      const any = marked.includes(true);
      const part = read.parts[best];
      const first = pool.salient[0];
      const opens =
        first !== undefined &&
        (part?.words.slice(0, DEFINED_WITHIN) ?? []).some((word) => (found.places[first] as readonly number[]).includes(word));
      return [
        mark ? yes(any) : 1,
        mark ? yes(marked[best] ?? false) : 1,
        mark ? yes(!any && !mark.test(chunk.headings.join(' '))) : 0,
        yes(question.form === 'definition' && opens && DEFINES.test(part?.text ?? '')),
        yes((question.form === 'list' || question.form === 'how') && isList(chunk)),
      ];
    },
  },
  {
    name: 'unit',
    features: ['unit', 'unit-lacks'],
    of: ({ best, counted, question: { unit } }) => {
      const any = counted.includes(true);
      return unit ? [counted[best] ? 1 : any ? 0.7 : 0, yes(!any)] : [0.5, 0];
    },
  },
  {
    name: 'new',
    features: ['new-names', 'new-figures', 'new-names-chunk', 'new-figures-chunk', 'strict', 'strict-lacks'],
    // What the chunk says that the question does not: an answer brings something new of the kind asked for.
    of: ({ candidate: { read }, best, question, marked, counted, pool }) => {
      const part = read.parts[best];
      const ofPart = part ? fresh(part.names, [part], pool) : NOTHING_NEW;
      const ofChunk = fresh(read.names, read.parts, pool);
      return [
        Math.log(1 + ofPart.names),
        Math.log(1 + ofPart.figures),
        Math.log(1 + ofChunk.names),
        Math.log(1 + ofChunk.figures),
        strict(question, pool, ofPart, counted[best] ?? false, marked[best] ?? false),
        yes(strict(question, pool, ofChunk, counted.includes(true), marked.includes(true)) <= 0.3),
      ];
    },
  },
  {
    name: 'answering-part',
    features: ['answering-soft', 'answering-exact', 'answering-cosine', 'answering-gap', 'answering-parts'],
    // The parts that bring what the form asks for, whether or not they are those that speak most of the subject.
    of: ({ match: found, parts, best, answering }) => {
      const of = (values: readonly number[]) => answering.map((at) => values[at] as number);
      return [
        most(of(found.partSoft), 0),
        most(of(found.partExact), 0),
        most(of(found.partCosine), 0),
        answering.length > 0 ? Math.min(2, (parts[best] as number) - most(of(parts), Number.NEGATIVE_INFINITY)) : 1,
        answering.length / Math.max(1, parts.length),
      ];
    },
  },
  {
    name: 'chunk',
    features: ['list', 'asked-heading', 'row', 'words', 'position', 'ends-in-colon', 'novel', 'covered-by-question', 'says-nothing'],
    of: ({ candidate: { chunk, read }, question, match: found }) => {
      let asked = 0;
      let askedAndNotInHeading = 0;
      for (const place of new Set(found.places.flat())) {
        const where = read.where[place] as number;
        if (!(where & IN.text)) continue;
        asked++;
        if (!(where & IN.headings)) askedAndNotInHeading++;
      }
      return [
        yes(isList(chunk)),
        yes(chunk.kind === 'question'),
        yes(chunk.kind === 'row'),
        Math.log(1 + read.length),
        1 / read.number,
        yes(ENDS_IN_COLON.test(chunk.text)),
        Math.log(1 + read.ownTerms - askedAndNotInHeading),
        question.terms.length > 0 && read.textTerms > 0 ? asked / read.textTerms : 0,
        read.pointing,
      ];
    },
  },
  {
    name: 'heading',
    features: ['heading-cosine', 'heading-covered', 'asking-heading-cosine', 'asking-heading-covered'],
    of: ({ candidate: { chunk, read }, asked, match: found }) => {
      const own = new Set(found.places.flat());
      const covered =
        read.headingTerms.length > 0 ? read.headingTerms.filter((term) => own.has(term)).length / read.headingTerms.length : 0;
      const cosine = dot(read.headingVector, asked.vector);
      const asks = ASKS.test(chunk.headings.at(-1) ?? '');
      return [cosine, covered, asks ? cosine : 0, asks ? covered : 0];
    },
  },
  {
    name: 'around',
    features: ['neighbours', 'neighbours-cosine', 'document-share', 'document-gap'],
    of: (view) => {
      const { candidate, match: found, pool, asked } = view;
      const beside = [-1, 1].flatMap((step) => {
        const other = pool.byPlace.get(`${candidate.briefing.id}#c${candidate.read.number + step}`);
        return other && other.candidate.chunk.headings[0] === candidate.chunk.headings[0] ? [other] : [];
      });
      const document = pool.documents.get(candidate.briefing.id);
      return [
        share(
          view,
          found.anywhere.map((here, t) => here || beside.some((other) => other.match.inText[t])),
        ),
        most(
          beside.map((other) => dot(other.candidate.read.vector, asked.vector)),
          0,
        ),
        document?.share ?? 0,
        (document?.best ?? 0) - pool.bestFused,
      ];
    },
  },
  {
    name: 'names',
    features: ['name-here', 'name-in-document', 'name-nowhere', 'country-missing'],
    of: ({ question, candidate, pool, match: found }) => {
      const { names } = question;
      const document = pool.documents.get(candidate.briefing.id)?.terms;
      let here = 0;
      let inDocument = 0;
      pool.names.forEach((t, at) => {
        if (t !== undefined ? found.anywhere[t] : candidate.read.places.has(names[at] as string)) here++;
        else if (t !== undefined && document?.[t]) inDocument++;
      });
      const all = Math.max(1, names.length);
      return [
        names.length > 0 ? here / all : 0.5,
        inDocument / all,
        (names.length - here - inDocument) / all,
        Math.min(2, [...question.countries].filter((code) => !candidate.read.countries.has(code)).length),
      ];
    },
  },
  {
    name: 'figures',
    features: ['figures-missing', 'years-missing', 'dates-missing'],
    of: ({ question: { figures, years, dates, scope }, candidate: { read, briefing } }) => [
      Math.min(2, figures.filter((figure) => !read.figures.has(digitsOf(figure))).length),
      Math.min(2, years.filter((year) => !read.years.has(year) && year !== yearOf(briefing) && !scope.inForce?.has(briefing.id)).length),
      Math.min(2, dates.filter((date) => !read.dates.some((other) => overlaps(date, other))).length),
    ],
  },
  {
    name: 'opposites',
    features: ['negation-differs', 'modifiers-missing', 'modifiers-added', 'opposites'],
    of: ({ question, candidate: { chunk, read }, best, pool }) => {
      const part = read.parts[best]?.text ?? '';
      const missing = question.modifiers.filter(
        (one) => ![one, one.replace(/[- ]/g, ''), one.replace(' ', '-')].some((form) => read.folded.includes(form)),
      );
      const added = (read.parts[best]?.modified ?? []).filter(
        ({ whole, base }) => pool.same.has(base) && !pool.said.includes(whole),
      ).length;
      let opposed = 0;
      for (const [one, other] of pool.sides) if (other.test(part) && !one.test(chunk.text)) opposed++;
      return [
        yes(question.negated !== (markedBy(read, NEGATION)[best] ?? false)),
        Math.min(2, missing.length),
        Math.min(2, added),
        Math.min(2, opposed),
      ];
    },
  },
  {
    name: 'editions',
    features: ['older', 'superseded', 'edition-asked', 'in-force', 'not-in-force'],
    of: ({ question, candidate: { chunk, briefing } }) => [
      yes(!briefing.newest),
      yes(chunk.superseded),
      yes(question.years.includes(yearOf(briefing))),
      yes(question.scope.inForce?.has(briefing.id) ?? false),
      yes(question.scope.inForce !== null && !question.scope.inForce.has(briefing.id)),
    ],
  },
  {
    name: 'asked-form',
    features: FORMS.map((form) => `asks-${form}`),
    of: ({ pool }) => pool.form,
  },
];

/** Names of all features, in the order of the rows. */
export const FEATURES: readonly string[] = GROUPS.flatMap(({ features }) => features);
/** Names of the groups and where their features stand, from and up to. */
export const FEATURE_GROUPS: readonly { name: string; from: number; to: number }[] = GROUPS.reduce<
  { name: string; from: number; to: number }[]
>((list, { name, features }) => {
  const from = list.at(-1)?.to ?? 0;
  list.push({ name, from, to: from + features.length });
  return list;
}, []);
/** Features made of vectors: not known (NaN) for a language the vectors do not know. */
const OF_VECTORS = [
  'cosine',
  'cosine-path',
  'cosine-best-part',
  'answering-cosine',
  'heading-cosine',
  'asking-heading-cosine',
  'neighbours-cosine',
].map((name) => FEATURES.indexOf(name));

export interface FeatureRow {
  candidate: Candidate;
  features: Float32Array;
  /** How well each part answers by itself: covered share plus half the cosine, a little for the form asked for. */
  parts: readonly number[];
}

/** One row a candidate, in the order given. Values are finite, or NaN where they cannot be known. */
export function featureRows(question: Question, candidates: readonly Candidate[], vectors: LocalVectors | null): FeatureRow[] {
  const asked = askedOf(question, vectors);
  const matches = candidates.map((candidate) => match(asked, candidate));
  const pool = poolOf(question, candidates, matches);
  return candidates.map((candidate, at) => {
    const found = matches[at] as Match;
    const { parts: read } = candidate.read;
    const marked = pool.mark ? markedBy(candidate.read, pool.mark) : read.map(() => false);
    const counted = read.map(({ text }) => question.unit?.test(text) ?? false);
    const parts = read.map(
      ({ lead }, i) =>
        (found.partSoft[i] as number) + PART_COSINE * (found.partCosine[i] as number) + (marked[i] ? PART_FORM : 0) - yes(lead),
    );
    const best = parts.indexOf(most(parts, Number.NEGATIVE_INFINITY));
    const answering = read.flatMap((part, i) =>
      !part.lead && strict(question, pool, fresh(part.names, [part], pool), counted[i] as boolean, marked[i] as boolean) >= ANSWERS
        ? [i]
        : [],
    );
    const view: View = { candidate, asked, question, match: found, parts, best, marked, counted, answering, pool };
    const features = new Float32Array(FEATURES.length);
    let column = 0;
    for (const group of GROUPS) for (const value of group.of(view)) features[column++] = value;
    if (!asked.known) for (const at of OF_VECTORS) features[at] = Number.NaN;
    return { candidate, features, parts };
  });
}

function poolOf(question: Question, candidates: readonly Candidate[], matches: readonly Match[]): Pool {
  const ordered = [...candidates].sort((a, b) => b.fused - a.fused);
  const { terms } = question;
  const documents = new Map<string, { share: number; best: number; terms: boolean[] }>();
  candidates.forEach(({ briefing, fused }, at) => {
    const document = documents.get(briefing.id) ?? { share: 0, best: 0, terms: terms.map(() => false) };
    document.best = Math.max(document.best, fused);
    (matches[at] as Match).anywhere.forEach((here, t) => {
      if (here) document.terms[t] = true;
    });
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
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    own: terms.map(({ carried }) => !carried),
    placed,
    pairs: question.pairs.flatMap(([a, b]) => {
      const [x, y] = [placed.get(a), placed.get(b)];
      return x !== undefined && y !== undefined ? [[x, y] as const] : [];
    }),
    names: question.names.map((name) => placed.get(name)),
    same: new Set(terms.flatMap(({ same }) => same)),
    form: FORMS.map((form) => yes(form === question.form)),
    candidates,
    bestFused: ordered[0]?.fused ?? 0,
    rank: new Map(ordered.map((candidate, rank) => [candidate, rank])),
    documents,
    byPlace: new Map(candidates.map((candidate, at) => [candidate.chunk.id, { candidate, match: matches[at] as Match }])),
    mark: markOf(question.form, question.language),
    salient: [...own].sort((a, b) => (question.terms[b]?.weight ?? 0) - (question.terms[a]?.weight ?? 0)),
    strong: strong.length > 0 ? strong : question.terms.map((_, t) => t),
    said: question.text.toLowerCase(),
    known: new Set(question.terms.flatMap(({ same, near, long }) => [...same, ...near, ...long])),
    asksName: ASKS_NAME.test(question.text),
    sides: OPPOSITES.flatMap(([one, other]) => {
      const [has, lacks] = [one.test(question.text), other.test(question.text)];
      return has === lacks ? [] : [has ? ([one, other] as const) : ([other, one] as const)];
    }),
  };
}

/** Least distance between two lists of positions; infinite when one is empty. Both ascend. */
function distance(a: readonly number[], b: readonly number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    best = Math.min(best, Math.abs((a[i] as number) - (b[j] as number)));
    if ((a[i] as number) < (b[j] as number)) i++;
    else j++;
  }
  return best;
}

const isList = ({ kind, parts }: Candidate['chunk']): boolean => kind === 'list' || parts.filter(({ item }) => item).length > 1;

function yearOf({ edition, source }: Candidate['briefing']): string {
  return edition.date?.slice(0, 4) ?? /(?:19|20)\d\d/.exec(source)?.[0] ?? '';
}

const NOTHING_NEW = { names: 0, figures: 0, times: false };

/** Names, and figures and times of parts, that the question does not have. */
function fresh(
  names: readonly string[],
  parts: Candidate['read']['parts'],
  { known, said }: Pool,
): { names: number; figures: number; times: boolean } {
  let unsaid = 0;
  for (const name of names) if (!known.has(name)) unsaid++;
  let figures = 0;
  for (const part of parts) for (const figure of part.figures) if (!said.includes(figure)) figures++;
  return { names: unsaid, figures, times: parts.some(({ times }) => times.some((time) => !said.includes(time))) };
}

/** 0..1: whether a text brings what the form asked for needs, and the question has not said already. */
function strict(
  { form, unit }: Question,
  { asksName }: Pool,
  { names, figures, times }: { names: number; figures: number; times: boolean },
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
