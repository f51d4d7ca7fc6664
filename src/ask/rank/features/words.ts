import type { ChunkReading } from '../../../core/reading/open.ts';
import type { QuestionTerm } from '../../records.ts';
import { type ByTerm, type CandidatePool, type FeatureGroup, most, share, shareOf, yes } from './view.ts';

/** How the words of the question meet the chunk. */
export const WORD_SIGNS: readonly FeatureGroup[] = [
  {
    name: 'search',
    features: ['lexical', 'cosine', 'cosine-path', 'fused', 'fused-gap', 'rank'],
    of: ({ candidate, match, pool }) => [
      candidate.lexical,
      match.cosine,
      match.pathCosine,
      candidate.fused,
      candidate.fused - pool.bestFused,
      1 / (1 + (pool.rank.get(candidate) ?? 0)),
    ],
  },
  {
    name: 'exact',
    features: ['exact-text', 'exact-headings', 'exact-title', 'exact', 'exact-document', 'exact-best-part', 'headings-only'],
    of({ match, best, pool, candidate }) {
      const text = share(pool, match.inText);
      const all = share(pool, match.anywhere);
      const document = pool.documents.get(candidate.briefing.id)?.terms;
      return [
        text,
        share(pool, match.inHeadings),
        share(pool, match.inTitle),
        all,
        document ? share(pool, document) : 0,
        match.partExact[best] ?? 0,
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
    of({ match, pool }) {
      const { soft } = match;
      let [weakest, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      let [missing, heaviest, lost] = [0, 1e-9, 0];
      for (const t of pool.strong) {
        const value = soft[t] as number;
        if (value < weakest) [weakest, second] = [value, weakest];
        else if (value < second) second = value;
        const weight = pool.weights[t] as number;
        if (weight > heaviest) heaviest = weight;
        if (value < 0.5) {
          missing++;
          if (weight > lost) lost = weight;
        }
      }
      if (pool.strong.length === 0) weakest = 0;
      return [
        share(pool, soft),
        most(match.partSoft, 0),
        most(match.partCosine, 0),
        weakest,
        pool.strong.length > 1 ? second : weakest,
        Math.min(4, missing),
        lost / heaviest,
        alike(pool, soft, 0.5, 1),
        alike(pool, soft, 0.2, 0.5),
      ];
    },
  },
  {
    name: 'beyond-heading',
    features: ['beyond', 'beyond-soft', 'beyond-best-part'],
    // Which chunk of the right section: only words that neither title nor headings hold.
    of({ match, candidate, pool }) {
      const beyond = pool.own.map((_, t) => !match.inHeadings[t] && !match.inTitle[t]);
      let inPart = 0;
      for (let part = 0; part < candidate.read.parts.length; part++) {
        const one = shareOf(pool, match.inParts, beyond, 0.5, part * beyond.length);
        if (one > inPart) inPart = one;
      }
      return [shareOf(pool, match.inText, beyond, 0.5), shareOf(pool, match.soft, beyond, 0.5), inPart];
    },
  },
  {
    name: 'rare',
    features: ['rarest', 'rarest-soft', 'second-rarest-soft', 'pairs', 'near'],
    of({ match, pool, candidate: { read } }) {
      const [first, second] = pool.salient;
      const positions = (t: number) => positionsOf(read, match.places[t] as readonly number[]);
      let together = 0;
      for (const [a, b] of pool.pairs) if (distance(positions(a), positions(b)) <= 3) together++;
      const apart = first !== undefined && second !== undefined ? distance(positions(first), positions(second)) : Number.POSITIVE_INFINITY;
      return [
        first === undefined ? 0 : (match.anywhere[first] as number),
        first === undefined ? 0 : (match.soft[first] as number),
        second === undefined ? 0 : (match.soft[second] as number),
        pool.question.pairs.length > 0 ? together / pool.question.pairs.length : 0,
        Number.isFinite(apart) ? 1 / Math.max(1, apart) : 0,
      ];
    },
  },
  {
    name: 'question',
    features: ['unknown', 'unknown-count', 'terms', 'carried'],
    of: ({ pool }) => ofQuestion(pool),
  },
];

const known = new WeakMap<CandidatePool, readonly number[]>();

/** The same for every candidate. */
function ofQuestion(pool: CandidatePool): readonly number[] {
  let values = known.get(pool);
  if (!values) {
    const { terms } = pool.question;
    const own = (term: QuestionTerm) => !term.light && !term.carried;
    values = [
      shareOf(
        pool,
        terms.map((term) => yes(!term.known)),
        pool.own,
        0,
      ),
      Math.min(3, terms.filter((term) => !term.known && own(term)).length),
      Math.log(1 + terms.filter(own).length),
      yes(terms.some(({ carried }) => carried)),
    ];
    known.set(pool, values);
  }
  return values;
}

/** Weight of the terms that are alike to a word to some degree, over all. */
function alike({ weights, total }: CandidatePool, soft: ByTerm, from: number, below: number): number {
  if (total === 0) return 0;
  let covered = 0;
  for (let t = 0; t < weights.length; t++) {
    if ((soft[t] as number) >= from && (soft[t] as number) < below) covered += weights[t] as number;
  }
  return covered / total;
}

/** Where the words at some places stand in the text, place by place. */
function positionsOf({ positions, positionEnds }: ChunkReading, places: readonly number[]): ArrayLike<number> {
  const of = (place: number) => positions.subarray(place === 0 ? 0 : (positionEnds[place - 1] as number), positionEnds[place] as number);
  return places.length === 1 ? of(places[0] as number) : places.flatMap((place) => Array.from(of(place)));
}

/** Least distance between two lists of positions; infinite when one is empty. Both ascend. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    best = Math.min(best, Math.abs((a[i] as number) - (b[j] as number)));
    if ((a[i] as number) < (b[j] as number)) i++;
    else j++;
  }
  return best;
}
