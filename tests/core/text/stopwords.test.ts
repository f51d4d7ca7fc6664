import { describe, expect, it } from 'vitest';
import { isStopword } from '../../../src/core/text/stopwords.ts';
import { tokens } from '../../../src/core/text/tokens.ts';

const content = (text: string, language: string) =>
  tokens(text)
    .map((token) => token.word)
    .filter((word) => !isStopword(word, language));

describe('function words', () => {
  it.each([
    ['de', 'Welche Häfen wurden von der Behörde geprüft?', ['hafen', 'behorde', 'gepruft']],
    ['es', '¿Cuáles son los puertos de la región?', ['puertos', 'region']],
    ['fr', 'Quels sont les ports de la région ?', ['ports', 'region']],
    ['it', 'Dove sono i porti della regione?', ['porti', 'regione']],
    ['en', 'Which ports does the region have?', ['ports', 'region']],
  ])('carry no meaning of their own, %s: %s', (language, text, expected) => {
    expect(content(text, language)).toEqual(expected);
  });

  it('are those of the language of the text', () => {
    expect(content('die Wie', 'de')).toEqual([]);
    expect(content('die Wie', 'en')).toEqual(['die', 'wie']);
    expect(content('die Wie', 'xx')).toEqual(['die', 'wie']);
    expect(isStopword('的')).toBe(true);
  });
});
