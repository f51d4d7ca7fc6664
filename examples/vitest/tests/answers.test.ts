import { expect, test } from 'vitest';
import 'pilcrow/vitest';
import { openPilcrow } from './pilcrow.ts';

const pilcrow = await openPilcrow();

test('the newest edition speaks, with its paragraph', async () => {
  const answer = await pilcrow.ask({ question: 'How many lighthouses does the Northern Light Office run?' });
  expect(answer).toStateFact('14 lighthouses');
  expect(answer).toAvoid('11 lighthouses');
  expect(answer).toCite({ briefing: 'lighthouses-2025', quote: 'runs 14 lighthouses' });
  expect(answer).toComeFromEdition('2025');
});

test('an older edition speaks when it is asked for', async () => {
  const answer = await pilcrow.ask({ question: 'How many lighthouses does the Northern Light Office run?', edition: '2022' });
  expect(answer).toStateFact({ number: 11 });
  expect(answer).toComeFromEdition('2022');
});

test('every sentence is proved', async () => {
  const index = await pilcrow.index();
  const answer = await pilcrow.ask({ question: 'When were solar panels installed at Skerry Head?' });
  expect(answer).toStateFact({ date: '2024-03' });
  expect(answer).toBeGrounded();
  await expect(answer).toHaveValidCitations((briefing) => index.text(briefing));
});

test('what is not in the briefings is not answered', async () => {
  expect(await pilcrow.ask({ question: 'Who won the football world cup in Brazil?' })).toAbstain();
});
