import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeChunks, split } from '../../src/ingest/chunks.ts';
import { fixture, fromText, isWellFormed } from './helpers.ts';

const chunked = async (text: string, options = {}) => {
  const { briefing, paragraphs } = fromText(text, 'note.md');
  return { paragraphs, chunks: await makeChunks(briefing, paragraphs, options) };
};

describe('chunks', () => {
  it('cover every paragraph that is not a heading, in order, whole', async () => {
    const { briefing, paragraphs } = fixture('lindara-ports-cooperation.txt');
    const chunks = await makeChunks(briefing, paragraphs);
    const covered = chunks.flatMap((chunk) => chunk.paragraphs);
    expect(covered).toEqual(paragraphs.filter(({ kind }) => kind !== 'heading').map(({ number }) => number));
    for (const chunk of chunks) expect(chunk.text).toBe(chunk.paragraphs.map((number) => paragraphs[number - 1]?.text).join('\n'));
  });

  it('carry title, edition, headings and what introduces a list', async () => {
    const { briefing, paragraphs } = fixture('lindara-ports-cooperation.txt');
    const chunks = await makeChunks(briefing, paragraphs, { target: 100 });
    expect(chunks.find(({ text }) => text.startsWith('The project reached'))?.context).toBe(
      'Lindara Ports Cooperation (2018) › CURRENT AND RECENT PROJECTS FUNDED BY LINDARA › Cranes and People: Training Strategies for Small Harbours (2017)',
    );
    expect(chunks.find(({ text }) => text.startsWith('"Clean Quays"'))?.context).toMatch(
      / › Lindara and the Alliance › .*next Harbour Plan:$/,
    );
  });

  it('merge short neighbours up to the target, but not over a heading', async () => {
    const { chunks } = await chunked('# T\n\n## A\n\none one\n\ntwo two\n\nthree\n\n## B\n\nfour');
    expect(chunks.map(({ text }) => text)).toEqual(['one one\ntwo two\nthree', 'four']);
    const small = await chunked('# T\n\n## A\n\none one\n\ntwo two\n\nthree', { target: 16 });
    expect(small.chunks.map(({ text }) => text)).toEqual(['one one\ntwo two', 'three']);
  });

  it('make a chunk of a heading without text, and of no other', async () => {
    const { chunks } = await chunked('# T\n\n## Empty\n\n## Outer\n\n### Inner\n\nText.\n\n## Last (2018-27)');
    expect(chunks.map(({ text }) => text)).toEqual(['Empty', 'Text.', 'Last (2018-27)']);
  });

  it('split only what is too long, at ends of sentences', async () => {
    const long = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} tells of the port and of its lamps.`).join(' ');
    const { chunks } = await chunked(`# T\n\n${long}\n\nShort.`);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.paragraphs).toEqual([2]);
      expect(chunk.text.length).toBeLessThanOrEqual(1000);
      expect(chunk.text).toMatch(/^Sentence.*\.$/);
    }
    expect(
      chunks
        .slice(0, -1)
        .map(({ text }) => text)
        .join(' '),
    ).toBe(long);
  });

  it('lose nothing when a paragraph is split, and cut no character', async () => {
    const unit = fc.constantFrom('a', ' ', '. ', '。', '中', '👩‍👩‍👧', '💶', 'שלום ', 'word ', '; ', '\n');
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 30, maxLength: 300 }), fc.integer({ min: 20, max: 80 }), async (parts, size) => {
        const text = parts.join('').trim();
        const pieces = await split(text, size);
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const piece of pieces) {
          expect(isWellFormed(piece)).toBe(true);
          expect(text).toContain(piece);
          expect(piece.length).toBeLessThanOrEqual(size + 2);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('have hashes that change with text and context only', async () => {
    const first = await chunked('# T\n\nText.');
    expect((await chunked('# T\n\nText.')).chunks).toEqual(first.chunks);
    expect((await chunked('# U\n\nText.')).chunks[0]?.hash).not.toBe(first.chunks[0]?.hash);
    expect(first.chunks[0]?.hash).toMatch(/^[0-9a-f]{32}$/);
  });
});
