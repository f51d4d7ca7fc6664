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
