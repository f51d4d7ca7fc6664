import { expect, it } from 'vitest';
import { leans, partsOf } from '../../../src/ask/understand/parts.ts';

const texts = (question: string) => partsOf(question).map(({ text }) => text);

it.each([
  ['When does the pool open and who has the key?', ['When does the pool open?', 'who has the key?']],
  ['When does the pool open? Who has the key?', ['When does the pool open?', 'Who has the key?']],
  ['Wann öffnet das Bad und wer hat den Schlüssel?', ['Wann öffnet das Bad?', 'wer hat den Schlüssel?']],
])('two questions: %s', (question, parts) => {
  expect(texts(question)).toEqual(parts);
});

it.each([
  'Which rules hold for guests and members?',
  'When and where is the meeting?',
  'I lost my key. What should I do?',
  'pool hours and prices',
  'What are the rules, and the exceptions?',
])('one question: %s', (question) => {
  expect(texts(question)).toEqual([question]);
});

it('a part that points back leans on the ones before', () => {
  expect(partsOf('When was the bridge built, and who paid for it?').map((part) => part.leans)).toEqual([false, true]);
  expect(leans('And in winter?')).toBe(true);
  expect(leans('Which harbour has a ferry to Norland?')).toBe(false);
});

it('takes a very long text for one question', () => {
  expect(partsOf('who and who '.repeat(200))).toHaveLength(1);
});
