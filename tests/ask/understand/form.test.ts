import { describe, expect, it } from 'vitest';
import { formOf, markOf, unitOf } from '../../../src/ask/understand/form.ts';

describe('the form of answer asked for', () => {
  it.each([
    ['how many lockers are there', 'quantity'],
    ['What is the maximum deposit?', 'quantity'],
    ['When does the hall close?', 'time'],
    ['deadline for the summer grant', 'time'],
    ['Who looks after the keys?', 'who'],
    ['Where do I leave my bike?', 'where'],
    ['Why was the west gate shut?', 'why'],
    ['How do I book the hall?', 'how'],
    ['My card is broken. What should I do?', 'how'],
    ['Can guests use the sauna?', 'yes-no'],
    ['What is a day ticket?', 'definition'],
    ['Which documents are needed?', 'list'],
  ])('%s -> %s', (question, form) => {
    expect(formOf(question, 'en')).toBe(form);
  });

  it('goes by the question word in other languages', () => {
    expect(formOf('Combien coûte un billet ?', 'fr')).toBe('quantity');
    expect(formOf('Wann schließt das Bad?', 'de')).toBe('time');
    expect(formOf('¿Dónde está la llave?', 'es')).toBe('where');
  });
});

it('any time answers "when": a clock, a weekday, a rule', () => {
  const mark = markOf('time', 'en');
  for (const text of ['at 9 a.m.', 'every Tuesday', 'within two weeks', 'on 3 May 2024', 'before the first lesson'])
    expect(mark?.test(text)).toBe(true);
  expect(mark?.test('ask the warden')).toBe(false);
});

it('what is counted stands near a number', () => {
  const unit = unitOf('How many lockers does the hall have?', 'quantity', 'en');
  expect(unit?.test('The hall has 40 small lockers.')).toBe(true);
  expect(unit?.test('Lockers: 40')).toBe(true);
  expect(unit?.test('The hall has lockers, and on busy days it seats 300.')).toBe(false);
  expect(unitOf('How long may I stay?', 'quantity', 'en')?.test('for two hours')).toBe(true);
  expect(unitOf('How often is it cleaned?', 'quantity', 'en')?.test('twice a week')).toBe(true);
  expect(unitOf('Where is it?', 'where', 'en')).toBeNull();
});
