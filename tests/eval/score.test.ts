import { describe, expect, test } from 'vitest';
import type { EvalCase } from '../../src/eval/case.ts';
import { scoreCase } from '../../src/eval/score.ts';
import { summarise } from '../../src/eval/summary.ts';
import { checkFigures, support } from '../../src/eval/support.ts';
import { validityProblems } from '../../src/eval/validity.ts';
import { ALL, answer, citation, observation, passage } from './make.ts';

const TEXT = 'Norland runs 15 ferries between the islands. The Kittiwake was built in 2019 for 3 million euros.';
const FIRST = 'Norland runs 15 ferries between the islands.';
const ferries: EvalCase = {
  id: 'ferries',
  question: 'How many ferries are there?',
  answerable: true,
  facts: [{ any_of: ['15'] }],
  forbidden: ['12 ferries'],
  evidence: [{ edition: '2026-07', quote: 'runs 15 ferries' }],
  tags: ['number'],
};
const none: EvalCase = { id: 'none', question: 'Who owns them?', answerable: false };
const rightAnswer = answer([FIRST], [citation(1, TEXT, FIRST)]);
const declined = answer([], []);
const judge = (one: EvalCase, given: ReturnType<typeof answer> | null, can = ALL) => scoreCase(one, observation(one.id, given), can);
const kinds = (one: EvalCase, given: ReturnType<typeof answer> | null, can = ALL) =>
  judge(one, given, can).reasons.map((reason) => reason.kind);

describe('right or not', () => {
  test('the right answer is right in every respect', () => {
    const result = judge(ferries, rightAnswer);
    expect(result.reasons).toEqual([]);
    expect(result.ratios).toMatchObject({
      right: [1, 1],
      gold_citation_recall: [1, 1],
      gold_citation_precision: [1, 1],
      right_edition: [1, 1],
      number_fidelity: [1, 1],
      verbatim: [1, 1],
      citation_validity: [1, 1],
      over_refusal: [0, 1],
    });
    expect(result.ratios.abstention_recall).toBeUndefined();
  });

  test('each thing that is wrong is named', () => {
    expect(kinds(ferries, declined)).toEqual(['declined']);
    expect(kinds(none, rightAnswer)).toEqual(['answered']);
    expect(kinds(none, declined)).toEqual([]);
    expect(kinds(ferries, null)).toEqual(['failed']);
    expect(kinds({ ...ferries, status: ['older_edition_only'] }, rightAnswer)).toEqual(['status']);
    expect(kinds({ ...ferries, facts: [{ any_of: ['16'] }] }, rightAnswer)).toEqual(['fact']);
    expect(kinds({ ...ferries, facts: [{ any_of: ['16'], vital: false }] }, rightAnswer)).toEqual([]);
    expect(kinds({ ...ferries, forbidden: ['15 ferries'] }, rightAnswer)).toEqual(['forbidden']);
    expect(kinds({ ...ferries, evidence: [{ edition: '2019', quote: 'runs 15 ferries' }] }, rightAnswer)).toEqual(['evidence']);
    expect(kinds({ ...ferries, limits: { characters: 10 } }, rightAnswer)).toEqual(['limit']);
    // Time is reported, never judged.
    expect(kinds({ ...ferries, limits: { milliseconds: 0.001 } }, rightAnswer)).toEqual([]);
  });

  test('facts of a case about a change may stand in notes, and forbidden does not apply to it', () => {
    const noted = { ...rightAnswer, notes: [{ kind: 'changed' as const, text: 'The 2019 edition said 12 ferries.', citations: [1] }] };
    const changed = { ...ferries, facts: [{ any_of: ['15'] }, { any_of: ['12'] }] };
    expect(kinds(changed, noted)).toEqual(['fact']);
    expect(kinds({ ...changed, tags: ['changed'], forbidden: ['15'] }, noted)).toEqual([]);
  });

  test('an answerable question that may be declined counts on neither side', () => {
    const result = judge({ ...ferries, status: ['answered', 'not_found'] }, declined);
    expect(result.right).toBe(true);
    expect(result.ratios).toMatchObject({ over_refusal: [0, 1] });
    expect([result.ratios.abstention_precision, result.ratios.fact_recall_strict]).toEqual([undefined, undefined]);
  });

  test('what a target cannot show is not held against it', () => {
    const chat = { citations: false, status: false, retrieval: false, confidence: false };
    const result = judge({ ...ferries, status: ['older_edition_only'] }, answer(['There are 15 ferries.'], []), chat);
    expect(result.right).toBe(true);
    expect(result.ratios.citation_validity).toBeUndefined();
    expect(kinds(ferries, declined, chat)).toEqual(['declined']);
  });
});

describe('support', () => {
  test('words, figures, dates and names must stand in the source', () => {
    expect(support(FIRST, TEXT)).toEqual({ supported: true, words: 1, missing: [] });
    expect(support('Norland runs 16 ferries between the islands.', TEXT).missing).toEqual(['16']);
    expect(support('The Kittiwake was built in 2018.', TEXT).missing).toEqual(['2018']);
    expect(support('The ferry of Ostvik, the Kittiwake, was built in 2019.', TEXT).missing).toEqual(['Ostvik']);
    expect(support('Weather forecasts disappointed many worried farmers.', TEXT).supported).toBe(false);
  });

  test('figures and dates are told apart, and a year is a date', () => {
    expect(checkFigures('It cost 3 million euros in 2019, for 4 crews.', TEXT)).toEqual([
      { text: '3 million euros', kind: 'figure', found: true },
      { text: '4', kind: 'figure', found: false },
      { text: '2019', kind: 'date', found: true },
    ]);
  });
});

describe('validity', () => {
  const lookUp = async (id: string) => (id === 'ferries-2026-07' ? TEXT : null);
  const messages = async (given: ReturnType<typeof answer>) => (await validityProblems(given, lookUp)).map((problem) => problem.message);
  const changed = (change: (one: ReturnType<typeof citation>) => void) => {
    const one = structuredClone(rightAnswer);
    change(one.citations[0]!);
    return one;
  };

  test('a citation that resolves is valid', async () => {
    expect(await messages(rightAnswer)).toEqual([]);
  });

  test('every way to be invalid is seen', async () => {
    const moved = changed((one) => {
      one.start += 5;
      one.end += 5;
    });
    const forged = changed((one) => {
      one.text = one.text.replace('15', '16');
      one.quote.exact = one.quote.exact.replace('15', '16');
    });
    expect(
      await messages(changed((one) => void Object.assign(one.quote, { exact: 'Norland runs 16 ferries between the islands.' }))),
    ).toEqual(['its quote is not in the cited paragraph']);
    expect(await messages(changed((one) => void Object.assign(one.quote, { exact: '' })))).toEqual(['its quote is empty']);
    expect(await messages(changed((one) => one.start++))).toEqual(['its offsets do not fit its quote']);
    expect(await messages(moved)).toEqual(['the briefing does not hold its quote at its offsets']);
    expect(await messages(changed((one) => void Object.assign(one.briefing, { id: 'other' })))).toEqual(['there is no briefing other']);
    // Quote and paragraph forged together: only the briefing itself tells.
    expect(await messages(forged)).toEqual(['the briefing does not hold its quote at its offsets']);
    expect(await messages({ ...rightAnswer, sentences: [{ ...rightAnswer.sentences[0]!, citations: [1, 2] }] })).toEqual([
      'a sentence or note cites it, and it does not exist',
    ]);
    expect(await messages({ ...rightAnswer, citations: [...rightAnswer.citations, citation(2, TEXT)] })).toEqual(['nothing cites it']);
    expect(await messages({ ...rightAnswer, answer: 'Norland runs 16 ferries between the islands. [1]' })).toEqual([
      'the answer text is not what its sentences say',
    ]);
    expect(await messages({ ...rightAnswer, answer: `${FIRST} [1][3]` })).toEqual(['the answer text cites it, and it does not exist']);
  });

  test('offsets count code points', async () => {
    const text = '🚢⛴️ 15 ferries of Norland 🏝️ sail.';
    const given = answer(['15 ferries of Norland 🏝️ sail.'], [citation(1, text, '15 ferries of Norland 🏝️ sail.')]);
    expect(await validityProblems(given, async () => text)).toEqual([]);
  });
});

describe('sums', () => {
  test('intervals draw cases, and paraphrases of one count as one', () => {
    const cases = [{ ...ferries, paraphrases: ['Ferries?'] }, none];
    const result = summarise(
      's',
      cases,
      [observation('ferries', rightAnswer), observation('ferries', declined, { phrasing: 1 }), observation('none', declined)],
      { name: 't', capabilities: ALL },
    );
    expect([result.cases, result.questions, result.values.right?.value]).toEqual([2, 3, 2 / 3]);
    expect(result.values.agreement).toMatchObject({ value: 0, n: 1 });
    expect(result.values.abstention_precision?.value).toBe(1 / 2);
    expect(result.values.abstention_recall?.value).toBe(1);
    expect(result.quadrant).toEqual({ answerableAnswered: 1, answerableDeclined: 1, unanswerableAnswered: 0, unanswerableDeclined: 1 });
    expect(result.tags).toMatchObject([{ tag: 'number', right: 1, n: 2 }]);
  });

  test('retrieval is measured on the passages of answerable questions', () => {
    const passages = [passage('Something else.'), passage(TEXT, '2019'), passage(TEXT)];
    const { ratios } = scoreCase(ferries, observation('ferries', declined, { passages }), ALL);
    expect(ratios).toMatchObject({
      hit_at_1: [0, 1],
      hit_at_5: [1, 1],
      recall_at_10: [1, 1],
      mrr: [1 / 3, 1],
      ndcg_at_10: [1 / Math.log2(4), 1],
    });
  });

  test('equal scores have an equal digest, others another', () => {
    const sum = (given: ReturnType<typeof answer>, milliseconds: number) =>
      summarise('s', [ferries], [observation('ferries', given, { milliseconds })], { name: 't', capabilities: ALL }).digest;
    expect(sum(rightAnswer, 1)).toBe(sum(rightAnswer, 99));
    expect(sum(rightAnswer, 1)).not.toBe(sum(declined, 1));
  });
});
