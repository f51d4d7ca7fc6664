import { expect, test } from 'vitest';
import { unanswered } from '../../src/ask/answer/conclude.ts';
import { wording } from '../../src/ask/wording.ts';

const words = wording('en');

test.each([
  ['closest', 0.45, words.likely],
  ['closest', 0.1, words.closest],
  ['declined', 0.01, words.notFound],
] as const)('%s at %f says what the passages below are worth', (outcome, confidence, said) => {
  expect(unanswered(outcome, confidence, words)).toBe(said);
});
