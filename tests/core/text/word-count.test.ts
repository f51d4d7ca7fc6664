import { expect, it } from 'vitest';
import { wordCount } from '../../../src/core/text/word-count.ts';

it.each([
  ['', 0],
  [' \n\t', 0],
  ['one', 1],
  [' two  words\n', 2],
  ["don't stop-gap 1,000", 3],
  ['non\u00a0breaking', 2],
  ['港口和灯塔', 1 + 2],
  ['x'.repeat(30), 1],
  ['x'.repeat(31), 2],
  ['x'.repeat(3000), 100],
])('%j counts as %i words', (text, count) => {
  expect(wordCount(text)).toBe(count);
});
