import { describe, expect, it } from 'vitest';
import { isStopword, withFunctionWords } from '../../../src/core/text/stopwords.ts';
import { tokens } from '../../../src/core/text/tokens.ts';

const content = (text: string, language: string) =>
  withFunctionWords(tokens(text), language)
    .filter((token) => !token.stop)
    .map((token) => token.word);

describe('function words', () => {
  it.each([
    ['de', 'Welche Häfen wurden von der Behörde geprüft?', ['hafen', 'behorde', 'gepruft']],
    ['es', '¿Cuáles son los puertos de la región?', ['puertos', 'region']],
    ['fr', 'Quels sont les ports de la région ?', ['ports', 'region']],
    ['en', 'Which ports does the region have?', ['ports', 'region']],
  ])('%s: %s', (language, text, expected) => {
    expect(content(text, language)).toEqual(expected);
  });

  it('are dropped from a question in their own language only', () => {
    expect(content('die Wie', 'en')).toEqual(['die', 'wie']);
    expect(content('die Wie', 'de')).toEqual([]);
    expect(content('die Wie', 'xx')).toEqual(['die', 'wie']);
  });

  it('leave the index of a text as it is', () => {
    expect(isStopword('the')).toBe(true);
    expect(isStopword('die')).toBe(false);
    expect(isStopword('的')).toBe(true);
  });
});
