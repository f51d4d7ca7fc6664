import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { names } from '../../../src/core/text/names.ts';
import { fold, isUnspaced, terms, tokens } from '../../../src/core/text/tokens.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const words = (text: string) => tokens(text).map(({ word }) => word);

describe('tokens', () => {
  it.each([
    ['The Memoranda of 2019', ['the', 'memoranda', 'of', '2019']],
    ['Café ÉCOLE straße', ['cafe', 'ecole', 'straße']],
    ['US$ 745,000 and 1,2', ['us', '745000', 'and', '1.2']],
    ['South-South 21st', ['south', 'south', '21st']],
    ['港口2019年', ['港', '口', '2019', '年']],
    ['🗼 …', []],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('point into the text in order, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        let at = 0;
        for (const { start, end, word } of tokens(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(word).not.toBe('');
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('are the same for composed and decomposed letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFC'))).toBe(fold(text.normalize('NFD')));
      }),
    );
  });

  it('index inflected words alike, without stopwords, with neighbours', () => {
    expect(terms('ratified the Conventions')).toEqual(terms('ratifies convention'));
    expect(terms('ratified the Conventions')).toHaveLength(3);
    expect(terms('the of')).toEqual([]);
    expect(terms('港口')).toEqual(['港', '口', '港_口']);
    expect(isUnspaced('港')).toBe(true);
  });
});

describe('plain text', () => {
  // One letter beyond ASCII sends the whole text the general way.
  const general = (text: string) => tokens(`${text} é`).slice(0, -1);
  const piece = fc.constantFrom(
    'Port',
    'x',
    '12',
    '1,000',
    '1,00',
    '.5',
    '3rd',
    'a1',
    '-',
    '–',
    '’',
    '“',
    '”',
    '…',
    ',',
    '.',
    '_',
    '@',
    '\t',
  );

  it('is read as any other text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 12 }), fc.constantFrom('', ' '), (parts, between) => {
        const text = parts.join(between);
        expect(tokens(text)).toEqual(general(text));
      }),
    );
  });
});

describe('names', () => {
  it('are runs of capitalised words with their small words', () => {
    expect(names('The office of the Ministry of Harbours and Tides met Ana Sørby’s team in Moro.').map(({ text }) => text)).toEqual([
      'The',
      'Ministry of Harbours and Tides',
      'Ana Sørby',
      'Moro',
    ]);
  });

  it('know which opens its sentence', () => {
    expect(names('Ports are deep. Moro is not, says Teluk.').map(({ text, initial }) => [text, initial])).toEqual([
      ['Ports', true],
      ['Moro', true],
      ['Teluk', false],
    ]);
  });

  it('are found in one pass over 1 MB', async () => {
    expect(await passesOver('Moro met us. '.repeat(80_000), names)).toBeLessThan(FEW_PASSES);
  });
});
