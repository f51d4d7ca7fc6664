import { describe, expect, it } from 'vitest';
import { matchesEdition, readWhen, withoutEditionWords } from '../../../src/ask/understand/edition-words.ts';
import { dates } from '../../../src/core/time/dates.ts';

const read = (text: string) => readWhen(text, dates(text));

describe('readWhen', () => {
  it.each([
    ['How many?', 'default'],
    ['How many are there currently?', 'newest'],
    ['How many in the latest edition?', 'newest'],
    ['How many according to the older briefing?', 'older'],
    ['How many were there originally?', 'older'],
    ['How many does the July 2026 edition give?', 'edition'],
    ['How many in the edition of 2019?', 'edition'],
    ['Which agreements were signed in 2019?', 'period'],
    ['How many before 2020?', 'period'],
    ['How many since 2019?', 'period'],
    ['How many in both editions?', 'all'],
    ['How has the number changed?', 'changed'],
    ["What's new in the brief?", 'changed'],
    ['Compare the two editions.', 'changed'],
    ['What is done about climate change?', 'default'],
  ])('%s -> %s', (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });
  it('reads the sides of a period', () => {
    expect(read('How many before 2020?').period).toEqual({ from: null, to: '2019-12-31' });
    expect(read('How many since 2019?').period).toEqual({ from: '2019', to: null });
    expect(read('between 2018 and 2020').period).toEqual({ from: '2018', to: '2020' });
  });
});

it('withoutEditionWords keeps the subject', () => {
  expect(withoutEditionWords('According to the 2019 edition, how many ferries run?')).toBe('how many ferries run?');
  expect(withoutEditionWords('currently?')).toBe('currently?');
});

it('matchesEdition compares at the coarser precision', () => {
  expect(matchesEdition('2026-07', '2026')).toBe(true);
  expect(matchesEdition('2019', '2019-06')).toBe(true);
  expect(matchesEdition('2026-07', '2026-08')).toBe(false);
  expect(matchesEdition(null, '2026')).toBe(false);
});
