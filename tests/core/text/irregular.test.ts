import { expect, it } from 'vitest';
import { irregularForms } from '../../../src/core/text/irregular.ts';

it.each([
  ['spend', ['spent']],
  ['spent', ['spend']],
  ['spending', ['spent']],
  ['gives', ['gave', 'given']],
  ['began', ['begin', 'begun']],
  ['beginning', ['began', 'begun']],
  ['making', ['made']],
  ['signed', []],
  ['ss', []],
  ['ing', []],
  ['', []],
])('other forms of %j', (word, forms) => {
  expect([...irregularForms(word)].sort()).toEqual([...forms].sort());
});
