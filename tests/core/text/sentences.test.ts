import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences } from '../../../src/core/text/sentences.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const split = (text: string, language?: string) => sentences(text, language).map(({ start, end }) => [...text].slice(start, end).join(''));

describe('sentences', () => {
  it.each([
    ['The port opened. It is deep.', ['The port opened.', 'It is deep.']],
    ['Dr. Sørby spoke. Prof. Lee did not.', ['Dr. Sørby spoke.', 'Prof. Lee did not.']],
    ['See Art. 5 and No. 7 of the code. It is short.', ['See Art. 5 and No. 7 of the code.', 'It is short.']],
    ['They paid US$ 4.45 million. It was enough.', ['They paid US$ 4.45 million.', 'It was enough.']],
    ['J. K. Olsen came from the U.S. navy. He left.', ['J. K. Olsen came from the U.S. navy.', 'He left.']],
    ['Is it deep? Yes! “It is.” So they say.', ['Is it deep?', 'Yes!', '“It is.”', 'So they say.']],
    ['Ropes, lamps, etc. are stored. Boats, etc. They rest.', ['Ropes, lamps, etc. are stored.', 'Boats, etc.', 'They rest.']],
    ['港口开放了。它很深！是吗？', ['港口开放了。', '它很深！', '是吗？']],
    ['One 🗼. Two 👩‍👩‍👧.', ['One 🗼.', 'Two 👩‍👩‍👧.']],
    ['Port Office\nTel: 12', ['Port Office', 'Tel: 12']],
    ['It was a record.1 We bought two ferries.', ['It was a record.1', 'We bought two ferries.']],
    ['See Fig.2 The pier and version.', ['See Fig.2 The pier and version.']],
    ['', []],
    ['  ', []],
  ])('%j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('cover a text in order, without the white space around them', () => {
    const unit = fc.constantFrom('a', 'A', '. ', '.', ' ', '\n', '? ', '“', '”', '🗼', 'e\u0301', 'שלום', '。', 'Dr. ', '5', 'etc. ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(unit, { maxLength: 60 }).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const points = [...text];
          let at = 0;
          for (const { start, end } of sentences(text)) {
            expect(points.slice(at, start).join('').trim()).toBe('');
            expect(points.slice(start, end).join('')).toBe(points.slice(start, end).join('').trim());
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(points.slice(at).join('').trim()).toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['A. ', 'a. ', 'The office opened in 1985. ', 'a', '. '])('are found in a few passes over 500 kB of %j', async (unit) => {
    expect(await passesOver(unit.repeat(500_000 / unit.length), sentences)).toBeLessThan(FEW_PASSES);
  });
});
