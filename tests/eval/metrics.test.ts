import { expect, test } from 'vitest';
import { abstentionPrecision, abstentionRecall, overRefusal, quadrant } from '../../src/eval/metrics/abstention.ts';
import { agreement, kappa } from '../../src/eval/metrics/agreement.ts';
import { citationCoverage, citationPrecision, citationRecall } from '../../src/eval/metrics/citations.ts';
import { partialFactRecall, strictFactRecall, weightedFactRecall } from '../../src/eval/metrics/facts.ts';
import { dcg, gainsOf, hit, ndcg, recall, reciprocalRank } from '../../src/eval/metrics/retrieval.ts';
import { areaUnderRisk, auroc, riskCoverage } from '../../src/eval/metrics/selective.ts';

test('DCG and nDCG give the numbers of the worked example of the literature', () => {
  // Relevance 3 2 3 0 1 2; DCG 6.861, and 7.141 is the ideal of these six alone.
  const gains = [3, 2, 3, 0, 1, 2];
  expect(dcg(gains, 6)).toBeCloseTo(6.861, 3);
  expect(ndcg(gains, gains, 6)).toBeCloseTo(6.861127 / 7.14099, 4);
  // With two more relevant documents (3 and 2) that were not found, the ideal is 8.740 and nDCG 0.785.
  expect(ndcg(gains, [...gains, 3, 2], 6)).toBeCloseTo(0.785, 3);
});

test('nDCG agrees with the example in the documentation of scikit-learn', () => {
  // true relevance [10, 0, 0, 1, 5], scores [.1, .2, .3, 4, 70]: order 5, 1, 0, 0, 10.
  const ranked = [5, 1, 0, 0, 10];
  expect(ndcg(ranked, ranked, 5)).toBeCloseTo(0.69569, 4);
  expect(ndcg(ranked, ranked, 4)).toBeCloseTo(0.41, 1);
});

test('reciprocal rank has the mean of the usual example: cats, tori, viruses at ranks 3, 2, 1', () => {
  const ranks = [
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ].map(reciprocalRank);
  expect(ranks.reduce((a, b) => a + b) / 3).toBeCloseTo(11 / 18, 10);
  expect(reciprocalRank([0, 0])).toBe(0);
});

test('hit and recall look at the first k only', () => {
  expect([hit([0, 0, 1], 2), hit([0, 0, 1], 3)]).toEqual([0, 1]);
  expect([recall([1, 0, 1, 0], 4, 1), recall([1, 0, 1, 0], 4, 4), recall([], 0, 5)]).toEqual([0.25, 0.5, 0]);
});

test('a passage gains only by a need none before it met, and one may meet two', () => {
  expect(gainsOf([[0], [0], [1]], 3)).toEqual({ gains: [1, 0, 1], ideal: [1, 1, 1] });
  expect(gainsOf([[0, 1]], 2)).toEqual({ gains: [1], ideal: [1] });
});

test('fact recall: strict wants every vital fact, weighted gives the others half', () => {
  const facts = [
    { vital: true, found: true },
    { vital: true, found: false },
    { vital: false, found: true },
  ];
  expect([strictFactRecall(facts), partialFactRecall(facts), weightedFactRecall(facts)]).toEqual([0, 0.5, 1.5 / 2.5]);
  expect([strictFactRecall([]), partialFactRecall([]), weightedFactRecall([])]).toEqual([null, null, null]);
});

test('citation recall and precision follow ALCE on a worked example', () => {
  // A source supports a sentence when together they hold all its letters.
  const supports = (sentence: string, sources: readonly string[]) => [...sentence].every((letter) => sources.join('').includes(letter));
  const sentences = [
    { text: 'ab', sources: ['ab', 'x'] }, // supported; x is irrelevant
    { text: 'cd', sources: ['c', 'd'] }, // supported only together: both are relevant
    { text: 'ef', sources: ['e'] }, // not supported: its citation is not precise
    { text: 'gh', sources: [] },
  ];
  expect(citationCoverage(sentences)).toBe(3 / 4);
  expect(citationRecall(sentences, supports)).toBe(2 / 4);
  expect(citationPrecision(sentences, supports)).toBe(3 / 5);
  expect([citationCoverage([]), citationRecall([], supports), citationPrecision([{ text: 'a', sources: [] }], supports)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('abstention is counted from the four fields', () => {
  const four = quadrant([
    ...Array.from({ length: 7 }, () => ({ answerable: true, declined: false })),
    { answerable: true, declined: true },
    { answerable: false, declined: true },
    { answerable: false, declined: true },
    { answerable: false, declined: true },
    { answerable: false, declined: false },
  ]);
  expect(four).toEqual({ answerableAnswered: 7, answerableDeclined: 1, unanswerableAnswered: 1, unanswerableDeclined: 3 });
  expect([abstentionPrecision(four), abstentionRecall(four), overRefusal(four)]).toEqual([3 / 4, 3 / 4, 1 / 8]);
});

test('AUROC gives .75 on the example of scikit-learn, and counts ties half', () => {
  const items = [
    [0.1, false],
    [0.4, false],
    [0.35, true],
    [0.8, true],
  ] as const;
  expect(auroc(items.map(([score, positive]) => ({ score, positive })))).toBe(0.75);
  expect(
    auroc([
      { score: 1, positive: true },
      { score: 1, positive: false },
    ]),
  ).toBe(0.5);
  expect(auroc([{ score: 1, positive: true }])).toBeNull();
});

test('the risk–coverage curve and its area, by hand', () => {
  const points = riskCoverage(
    [
      { confidence: 0.9, right: true },
      { confidence: 0.8, right: false },
      { confidence: 0.8, right: true },
      { confidence: 0.5, right: true },
    ],
    8,
  );
  expect(points).toEqual([
    { coverage: 1 / 8, risk: 0 },
    { coverage: 3 / 8, risk: 1 / 3 },
    { coverage: 4 / 8, risk: 1 / 4 },
  ]);
  expect(areaUnderRisk(points)).toBeCloseTo((0 + 2 / 3 + 1 / 4) / 4, 10);
  expect(areaUnderRisk([])).toBeNull();
});

test('agreement counts pairs, kappa takes chance out', () => {
  expect(agreement(['a', 'a', 'b'])).toBeCloseTo(1 / 3, 10);
  expect(agreement(['a'])).toBeNull();
  // 20 both yes, 5 and 10 split, 15 both no: observed .7, expected .5, kappa .4 (the usual example).
  const pairs = [
    ...Array.from({ length: 20 }, () => [true, true] as const),
    ...Array.from({ length: 5 }, () => [true, false] as const),
    ...Array.from({ length: 10 }, () => [false, true] as const),
    ...Array.from({ length: 15 }, () => [false, false] as const),
  ];
  expect(kappa(pairs)).toBeCloseTo(0.4, 10);
});
