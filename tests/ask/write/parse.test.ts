import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSentences, sentenceReader } from '../../../src/ask/write/parse.ts';
import { linesOf } from '../../../src/ask/write/write.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

/** Reads a text as it would stream in, in pieces of `size`. */
function streamed(text: string, size: number) {
  const reader = sentenceReader('en');
  const out = [];
  for (let at = 0; at < text.length; at += size) out.push(...reader.push(text.slice(at, at + size)));
  return [...out, ...reader.end()];
}

describe('a reply', () => {
  it.each([
    ['numbers before the full stop', 'The port has nine quays [1]. It was built in 1987 [2].'],
    ['numbers behind it', 'The port has nine quays. [1] It was built in 1987.[2]'],
    ['a list', '- The port has nine quays [1].\n- It was built in 1987 [2].'],
    ['a numbered list', '1. The port has nine quays. [1]\n2. It was built in 1987. [2]'],
    ['emphasis and a heading', '**The port** has _nine_ quays [1].\n### It was built in 1987 [2].'],
    ['corner brackets', 'The port has nine quays【1†source】. It was built in 1987【2】.'],
    ['other signs in the brackets', 'The port has nine quays [^1]. It was built in 1987 [¶2].'],
    ['a number on a line of its own', 'The port has nine quays.\n[1]\nIt was built in 1987.\n[2]'],
    ['thoughts before it', '<think>Nine? [7] Yes.</think>The port has nine quays [1]. It was built in 1987 [2].'],
  ])('is read into sentences with their numbers: %s', (_, text) => {
    for (const size of [1, 3, 17, 1000]) {
      expect(streamed(text, size)).toEqual([
        { text: 'The port has nine quays.', markers: [1] },
        { text: 'It was built in 1987.', markers: [2] },
      ]);
    }
  });

  it('opens lists and ranges of numbers', () => {
    expect(readSentences('It grew [3, 1][2-4]; [5–6].', 'en')[0]?.markers).toEqual([1, 2, 3, 4, 5, 6]);
    expect(readSentences('It grew [1-9999].', 'en')[0]?.markers.length).toBeLessThan(20);
  });

  it('does not end a sentence at an abbreviation or a decimal', () => {
    expect(
      streamed('Dr. Berg paid US$ 3.5 million on 1 Jan. 2020 to St. Mary [1]. Then he left [2].', 5).map((one) => one.markers),
    ).toEqual([[1], [2]]);
  });

  it('gives a sentence once the next one is well under way, and of a broken reply all but the last', () => {
    const reader = sentenceReader('en');
    expect(reader.push('The port has nine quays.')).toEqual([]);
    expect(reader.push(' [1] ')).toEqual([]);
    expect(reader.push('It was')).toEqual([]);
    expect(reader.push(' built by a company from the north of the country.')).toEqual([{ text: 'The port has nine quays.', markers: [1] }]);
    expect(reader.push(' The')).toEqual([]);
    expect(reader.broken()).toEqual([{ text: 'It was built by a company from the north of the country.', markers: [] }]);
  });

  it('reads Chinese sentences, which no space divides', () => {
    expect(streamed('港口有九个码头。[1]它建于1987年。[2]', 2)).toEqual([
      { text: '港口有九个码头。', markers: [1] },
      { text: '它建于1987年。', markers: [2] },
    ]);
  });

  it('keeps brackets that hold no numbers', () => {
    expect(readSentences('The port [sic] opened [1].', 'en')).toEqual([{ text: 'The port [sic] opened.', markers: [1] }]);
  });

  it('says the same whatever the pieces it arrives in, for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('[1]', '. ', '\n', 'A', 'b ', '- ', '**', '。', '<think>', '</think>', '<', '[2, 3] ', '5'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const text = pieces.join('');
        expect(
          streamed(text, size)
            .map((one) => one.text)
            .join(' '),
        ).toBe(
          streamed(text, text.length + 1)
            .map((one) => one.text)
            .join(' '),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('reads a long reply without sentence ends, or of nothing but brackets, in a few passes', async () => {
    for (const unit of ['word ', '[1]', '. ', '\n', '<think', '。']) {
      const text = unit.repeat(300_000 / unit.length);
      expect(await passesOver(text, () => streamed(text, 1000)), unit).toBeLessThan(FEW_PASSES);
    }
  });
});

describe('replies made to take time', () => {
  it.each([
    ['blanks', ' '],
    ['line ends', '\n'],
    ['brackets', '['],
    ['open numbers', '[1, '],
    ['full stops', '. '],
    ['numbers', '. [1]'],
    ['tags', '<a'],
    ['links', '[a]('],
  ])('%s take a few passes', async (_, piece) => {
    const text = `a${piece.repeat(20_000 / piece.length)}b`;
    const read = () => [readSentences(text, 'en'), linesOf(text), streamed(text, 4000)];
    expect(await passesOver(text, read)).toBeLessThan(3 * FEW_PASSES);
  });
  it('one character at a time takes a few passes more', async () => {
    expect(await passesOver('e.g. x y (cf. z) '.repeat(1000), (text) => streamed(text, 1))).toBeLessThan(20 * FEW_PASSES);
  });
});

describe('numbered lines', () => {
  it('are read by their number, the first of each', () => {
    expect([...linesOf('Sure!\n1: yes\nline 2: **no**\n 3.  It is so. \n2: yes\nx: no')]).toEqual([
      [0, 'yes'],
      [1, '**no**'],
      [2, 'It is so.'],
    ]);
  });
});
