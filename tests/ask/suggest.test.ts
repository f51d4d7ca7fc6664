import { expect, test } from 'vitest';
import { createSuggestions } from '../../src/ask/suggest/suggest.ts';
import type { Answer } from '../../src/core/model.ts';
import { hold } from '../fixtures/held.ts';
import { createTiny, harbours, type TinyBriefing } from '../fixtures/tiny.ts';

const suggestionsOf = ({
  index,
  ask,
}: Pick<ReturnType<typeof createTiny>, 'index'> & { ask: (request: { question: string }) => Promise<Answer> }) =>
  createSuggestions({ index, ask: (request) => ask(request) });

const bays: TinyBriefing = {
  id: 'bays-2026',
  title: 'Bays',
  series: 'bays',
  date: '2026',
  stated: true,
  newest: true,
  lines: [
    ['heading', 'Bays', []],
    ['body', 'The northern office was established in 1985. It has six people.', ['Bays']],
    ['heading', 'The Northern Bay Survey', ['Bays']],
    ['body', 'The Northern Bay Survey counts seals every spring.', ['Bays', 'The Northern Bay Survey']],
    ['heading', 'Overview', ['Bays']],
    ['body', 'The fishers signed a charter in 2011.', ['Bays', 'Overview']],
  ],
};

test('questions come from figures and headings, and are only shown when they are answered from there', async () => {
  const pilcrow = createTiny([...harbours, bays]);
  const questions = await suggestionsOf(pilcrow).get({ milliseconds: 60_000 });
  expect(questions).toContain('How many harbours does the coast have?');
  expect(questions).toContain('When was the northern office established?');
  expect(questions.length).toBeLessThanOrEqual(4);
  for (const question of questions) {
    const answer = await pilcrow.ask({ question });
    expect(answer.status, question).toBe('answered');
  }
  expect(await suggestionsOf(createTiny([bays, ...harbours].reverse())).get({ milliseconds: 60_000 })).toEqual(questions);
});

test('what is not answered is not suggested', async () => {
  const pilcrow = createTiny([bays]);
  const silent = {
    ...pilcrow,
    ask: async (request: { question: string }) => ({ ...(await pilcrow.ask(request)), status: 'not_found' }) as Answer,
  };
  expect(await suggestionsOf(silent).get({ milliseconds: 60_000 })).toEqual([]);
  // An answer from elsewhere does not count either.
  const astray = {
    ...pilcrow,
    ask: async (request: { question: string }) => {
      const answer = await pilcrow.ask(request);
      return { ...answer, citations: answer.citations.map((one) => ({ ...one, paragraph: 'bays-2026#p1', headings: [] })) };
    },
  };
  expect(await suggestionsOf(astray).get({ milliseconds: 60_000 })).toEqual([]);
});

test('they are made once for a snapshot, and nobody waits longer than told', async () => {
  const answers = hold();
  const pilcrow = createTiny([bays], { until: answers.until });
  const suggestions = suggestionsOf(pilcrow);
  expect(await suggestions.get({ milliseconds: 10 })).toEqual([]);
  answers.go();
  expect((await suggestions.get({ milliseconds: 60_000 })).length).toBeGreaterThan(0);
  const asked = pilcrow.asked.length;
  await suggestions.get({ milliseconds: 60_000 });
  expect(pilcrow.asked.length).toBe(asked);
});
