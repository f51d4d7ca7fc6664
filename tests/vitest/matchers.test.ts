import { describe, expect, test } from 'vitest';
import '../../src/vitest/index.ts';
import { answer, citation, passage } from '../eval/make.ts';

const TEXT = 'Norland runs 15 ferries between the islands. The Kittiwake was built in 2019 for 3 million euros.';
const FIRST = 'Norland runs 15 ferries between the islands.';
const good = answer([FIRST], [citation(1, TEXT, FIRST)]);
const declined = answer([], [], { nearest: [passage('Elsewhere.'), passage(TEXT)] });
const changed = { ...good, notes: [{ kind: 'changed' as const, text: 'The 2019 edition said 12 ferries.', citations: [1] }] };

/** What a failing expectation says. */
async function complaint(check: () => unknown): Promise<string> {
  try {
    await check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it passed');
}

describe('toStateFact', () => {
  test('takes words, wordings, numbers, dates and patterns', () => {
    expect(good).toStateFact('15 FERRIES');
    expect(good).toStateFact(['fifteen ferries', '15 ferries']);
    expect(good).toStateFact({ number: 15 });
    expect(good).toStateFact({ matches: '\\bferr(y|ies)\\b' });
    expect(good).not.toStateFact('5 ferries');
    expect(good).not.toStateFact({ date: '2019' });
    expect(changed).not.toStateFact('12 ferries');
    expect(changed).toStateFact('12 ferries', { in: 'notes' });
  });

  test('shows the sentence, the quote, and the passage that has the fact', async () => {
    const message = await complaint(() => expect(good).toStateFact('3 million euros'));
    expect(message).toContain('expected the answer to state “3 million euros”');
    expect(message).toContain(`    ${FIRST} [1]`);
    expect(message).toContain(`[1] ferries-2026-07#p1 (2026-07 edition): “${FIRST}”`);
    expect(message).toContain(`The cited paragraph ferries-2026-07#p1 (2026-07 edition) does state it:\n    ${TEXT}`);
    expect(await complaint(() => expect(declined).toStateFact('15 ferries'))).toContain(
      `Best passage missed: ferries-2026-07#p1 (2026-07 edition)\n    ${TEXT}`,
    );
    expect(await complaint(() => expect(changed).toStateFact('12 ferries'))).toContain('A note states it');
    expect(await complaint(() => expect(good).not.toStateFact('15'))).toContain('not to state');
  });
});

test('toAvoid names the sentence that says it', async () => {
  expect(good).toAvoid('12 ferries');
  expect(good).toAvoid(/twelve/);
  expect(await complaint(() => expect(good).toAvoid('15 ferries'))).toContain(FIRST);
});

test('toCite wants every member it is given', async () => {
  expect(good).toCite({ briefing: 'ferries-2026-07', quote: 'runs 15 ferries' });
  expect(good).toCite({ edition: '2026' });
  expect(good).toCite({ briefing: 'ferries-2026-07.md' });
  expect(good).toCite({ anchors: ['Kittiwake', 'Ferries'] });
  expect(good).not.toCite({ briefing: 'harbours' });
  expect(good).not.toCite({ edition: '2019' });
  expect(good).not.toCite({ edition: '2026-07', quote: 'runs 12 ferries' });
  expect(good).not.toCite({ anchors: ['Kittiwake', 'harbour'] });
  expect(await complaint(() => expect(declined).toCite({ quote: 'runs 15 ferries' }))).toContain(TEXT);
});

test('toHaveValidCitations resolves them when it can', async () => {
  await expect(good).toHaveValidCitations();
  await expect(good).toHaveValidCitations(async () => TEXT);
  expect(await complaint(() => expect(good).toHaveValidCitations(async () => `x${TEXT}`))).toContain(
    '[1] the briefing does not hold its quote at its offsets',
  );
});

test('toBeGrounded shows what is not in the source', async () => {
  expect(good).toBeGrounded();
  expect(declined).toBeGrounded();
  const lie = { ...good, sentences: [{ ...good.sentences[0]!, text: FIRST.replace('15', '16') }] };
  const message = await complaint(() => expect(lie).toBeGrounded());
  expect(message).toContain('not in its source: 16');
  expect(message).toContain(TEXT);
  expect({ ...good, sentences: [{ ...good.sentences[0]!, citations: [] }] }).not.toBeGrounded();
});

test('toAbstain, toComeFromEdition and toReportChange', async () => {
  expect(declined).toAbstain();
  expect({ ...declined, status: 'talk', outcome: 'talk' }).toAbstain();
  expect(good).not.toAbstain();
  expect(await complaint(() => expect(good).toAbstain())).toContain(FIRST);
  expect(good).toComeFromEdition('2026-07');
  expect(good).not.toComeFromEdition('2019');
  expect(await complaint(() => expect(declined).toComeFromEdition('2019'))).toContain('nothing is cited');
  expect(changed).toReportChange('12 ferries', { number: 15 });
  expect(changed).not.toReportChange('13 ferries');
  expect(good).not.toReportChange();
});

test('what is no answer is told as such', async () => {
  for (const [value, kind] of [
    [Promise.resolve(good), 'a promise (await it)'],
    ['text', 'string'],
    [null, 'null'],
  ] as const)
    expect(await complaint(() => expect(value).toAbstain())).toBe(`expected an answer of Pilcrow, and got ${kind}`);
});
