import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionIn } from '../../src/ask/message.ts';

const QUESTION = 'How many harbours did Norland open in 2021?';

describe('the question in a message', () => {
  it.each([
    `Hello! ${QUESTION} Thanks in advance.`,
    `Dear Pilcrow team,\n\n${QUESTION}\n\nKind regards,\nMaria`,
    `Hi all, ${QUESTION}`,
    `${QUESTION}\nBest, Tom`,
    `${QUESTION} All the best, Ana`,
    `Quick question: ${QUESTION}`,
    `${QUESTION} I need the figure for a note to my director.`,
    `I am writing a report for our ministry. ${QUESTION}`,
    `My boss wants to know: ${QUESTION}`,
    `Sorry if this was asked before, but ${QUESTION}`,
    `As a student of law, ${QUESTION}`,
    `According to the briefing, ${QUESTION}`,
    `${QUESTION} Please cite the source. Answer in one sentence.`,
    `${QUESTION} No explanations, just the number.`,
    `Can you help me? ${QUESTION}`,
    `“${QUESTION}”`,
    `  ${QUESTION}\n`,
  ])('is found in %j', (message) => {
    expect(questionIn(message)).toBe(QUESTION);
  });

  it.each([
    ['Would you be so kind as to tell me who opened the harbour?', 'who opened the harbour?'],
    ["I'd like to know when the harbour was opened.", 'when the harbour was opened.'],
    ['The minister wants to know which harbour is the oldest', 'which harbour is the oldest'],
    ['ok so was the harbour open by then?', 'was the harbour open by then?'],
    ['Which harbour is the oldest, according to the briefings?', 'Which harbour is the oldest?'],
    ['Which harbour is the oldest, thank you very much', 'Which harbour is the oldest?'],
    ['What exactly is the harbour fund?', 'What is the harbour fund?'],
    ['number of harbours. Thanks!', 'number of harbours.'],
    ['你好，请问诺兰有几个港口？谢谢！', '诺兰有几个港口？'],
    ['WHO OPENED THE OLDEST HARBOUR OF NORLAND?', 'who opened the oldest harbour of norland?'],
    ['What Does The NHF Pay For?', 'what does the NHF pay for?'],
  ])('%j asks %j', (message, question) => {
    expect(questionIn(message)).toBe(question);
  });

  it.each([
    'In 2021 the fund was set up. Who pays for it?',
    'I am looking at the 2019 edition. How many harbours are there?',
    'I read about the harbour fund. Who pays for it?',
    'According to the 2019 briefing, how many harbours are there?',
    'Harbour fund 2021: how much did Norland pay?',
    'Tell me about the harbour fund',
    'And when was it signed?',
    'So what about Kenya?',
    'Do they also work in Sweden, I mean in the north?',
    'Is it true that the US paid for it?',
    'Which edition is newer?',
    'yes please',
    'Thanks!',
    'Best practices in harbours?',
    'Hello, I am Anna.',
    'NHF GDI',
    '',
  ])('is all of %j', (message) => {
    expect(questionIn(message)).toBe(message);
  });

  it('is some text for any text, and never empty for one that says something', () => {
    const words = fc.constantFrom(
      'hello',
      'I',
      'need',
      'How many',
      'harbours',
      '?',
      '!',
      '.',
      '\n',
      ':',
      'please',
      'thanks',
      'according to the brief',
      '"',
      '…',
      '港口',
      '🙂',
      'ـا',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (message) => {
          const found = questionIn(message);
          if (/\p{L}/u.test(message)) expect(found).not.toBe('');
        },
      ),
    );
  });

  it('is looked for in a message of any length', () => {
    for (const piece of ['please ', 'a. ', '? ', '"', '(', '!', 'my boss ', 'i know ', '\n', 'hi ']) {
      for (const size of [4000, 400_000]) expect(questionIn(piece.repeat(size / piece.length))).toBeTypeOf('string');
    }
  });
});
