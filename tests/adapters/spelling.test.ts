import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSpelling, editDistance } from '../../src/adapters/spelling.ts';

it.each([
  ['', '', 0],
  ['a', '', 1],
  ['abc', 'acb', 1],
  ['convention', 'convnetion', 1],
  ['ratified', 'ratifed', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
  ['ab', 'ba', 1],
  ['abcd', 'badc', 2],
])('%s and %s are %i edits apart', (a, b, edits) => {
  for (const limit of [0, 1, 2]) expect(editDistance(a, b, limit)).toBe(Math.min(edits, limit + 1));
  expect(editDistance(b, a, 2)).toBe(Math.min(edits, 3));
});

/** All words one edit away. */
function neighbours(word: string, letters: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at <= word.length; at++) {
    for (const letter of letters) {
      found.add(word.slice(0, at) + letter + word.slice(at));
      if (at < word.length) found.add(word.slice(0, at) + letter + word.slice(at + 1));
    }
    if (at < word.length) found.add(word.slice(0, at) + word.slice(at + 1));
    if (at + 1 < word.length) found.add(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
  }
  found.delete(word);
  return found;
}

it('measures 1 for exactly the words one edit away', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b, 2) === 1).toBe(neighbours(a, 'abc').has(b));
    }),
    { numRuns: 2000 },
  );
});

it('finds every word within reach, nearest and most frequent first', () => {
  const words = ['abc', 'abd', 'acb', 'xyz', 'abcd', 'ab', 'abcdef', 'été'];
  const similar = createSpelling(words, [1, 9, 2, 3, 4, 5, 6, 7]);
  expect(similar('abc', 1)).toEqual([
    { word: 'abc', distance: 0, frequency: 1 },
    { word: 'abd', distance: 1, frequency: 9 },
    { word: 'ab', distance: 1, frequency: 5 },
    { word: 'abcd', distance: 1, frequency: 4 },
    { word: 'acb', distance: 1, frequency: 2 },
  ]);
  expect(similar('abc', 0).map(({ word }) => word)).toEqual(['abc']);
  expect(createSpelling([], [])('abc', 2)).toEqual([]);
});

it('finds nothing like a word nobody would type', () => {
  const similar = createSpelling(
    Array.from({ length: 50_000 }, (_, at) => `word${at.toString(7)}`),
    new Uint32Array(50_000),
  );
  expect(similar('x'.repeat(1_000_000), 2)).toEqual([]);
});
