import { expect, it } from 'vitest';
import { withoutLigatures } from '../../../src/core/text/lost.ts';
import { tokens } from '../../../src/core/text/tokens.ts';

it.each([
  ['flood', 'The \ufffdood of spring'],
  ['profit', 'The pro\ufffdt of 2019'],
  ['office', 'the of\ufffdce'],
  ['office', 'the o\ufffdce'],
  ['office', 'the o\ufffdice'],
  ['staff', 'the sta\ufffd, in May'],
  ['fulfilled', 'it was ful\ufffdlled'],
])('finds %j in %j', (word, text) => {
  const found = tokens(text).map((token) => token.word);
  expect(withoutLigatures(word).filter((one) => found.includes(one))).toHaveLength(1);
});

it('is nothing for a word whose letters no font joins', () => {
  expect(withoutLigatures('bridge')).toEqual([]);
});

it('takes an unreadable character for a letter only beside one', () => {
  expect(tokens('a \ufffd b \ufffd\ufffd c').map(({ word }) => word)).toEqual(['a', 'b', 'c']);
});
