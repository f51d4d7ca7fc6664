import { describe, expect, it } from 'vitest';
import { isSmallTalk, readQuestion } from '../../src/ask/question.ts';

describe('readQuestion', () => {
  it.each([
    ['How many ferries run?', 'number'],
    ['How much did the bridge cost?', 'money'],
    ['What sum was given for the bridge?', 'money'],
    ['bridge funding', 'money'],
    ['When did the office open?', 'date'],
    ['In which months of 2019 were they signed?', 'date'],
    ['ferry programme end date', 'date'],
    ['Who opened the harbour?', 'person'],
    ['Which countries took part?', 'place'],
    ['Which ministry signed it?', 'organisation'],
    ['What is the e-mail address of the office?', 'contact'],
    ['Why was the lighthouse built?', 'reason'],
    ['Could you tell me when the office opened?', 'date'],
    ['Is there a ferry to Ostvik?', 'yes-no'],
    ['What is a lighthouse?', 'definition'],
  ])('%s -> %s', (text, type) => {
    expect(readQuestion(text).answerType).toBe(type);
  });

  it('finds names and countries apart', () => {
    const question = readQuestion('What did Ada Berg sign with Viet Nam and the Lao PDR?');
    expect(question.countries.map((country) => country.code)).toEqual(['VN', 'LA']);
    expect(question.names).toContainEqual(['ada', 'berg']);
  });

  it('takes no opening word for a name', () => {
    expect(readQuestion('Name of the harbour?').names).toEqual([]);
    expect(readQuestion('Which harbour is the smallest?').names).toEqual([]);
  });
});

describe('isSmallTalk', () => {
  it.each(['Hi', 'Hello there!', 'thanks a lot', 'ok bye', 'Hi, how are you today?', 'Write me a poem about spring.', 'tell me a joke'])(
    '%s',
    (text) => {
      expect(isSmallTalk(text)).toBe(true);
    },
  );
  it.each([
    'Hi, how many ferries run?',
    'Thanks to which fund was it built?',
    'What is the greeting project?',
    'tell me about the ferries',
  ])('not: %s', (text) => {
    expect(isSmallTalk(text)).toBe(false);
  });
});
