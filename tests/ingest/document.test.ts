import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { Document } from '../../src/ingest/document.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { fixture, fromText, isWellFormed } from './helpers.ts';

/**
 * Everything a citation relies on, for any document. Compared without `expect`, which takes most of the time where some hundred thousand
 * things are compared.
 */
function faultsOf(document: Document, source: string): string[] {
  const faults: string[] = [];
  const points = [...document.text];
  const original = [...source];
  let at = 0;
  document.paragraphs.forEach((paragraph, index) => {
    const { number, text, start, end, sentences, heading, headings } = paragraph;
    const holds = (what: string, right: boolean) =>
      void (right || faults.push(`${what} of paragraph ${index + 1}: ${JSON.stringify(paragraph)}`));
    holds('number', number === index + 1);
    holds('place', points.slice(start, end).join('') === text);
    holds('edges', text.trim() === text && text !== '');
    holds('characters', !/\n\n|\r|[\u0000-\u0009]/.test(text) && isWellFormed(text));
    holds('start', start === (index === 0 ? 0 : at + 2));
    at = end;
    const own = [...text];
    let last = 0;
    for (const sentence of sentences) {
      holds('order of sentences', sentence.start >= last && sentence.end > sentence.start);
      holds('words between sentences', own.slice(last, sentence.start).join('').trim() === '');
      last = sentence.end;
    }
    holds('words after the sentences', own.slice(last).join('').trim() === '');
    holds('heading', (headings.length === 0) === (heading === null));
    if (heading !== null) holds('last heading', document.paragraphs[heading - 1]?.text === headings.at(-1));
  });
  if (document.briefing.length !== points.length) faults.push(`length ${document.briefing.length} of ${points.length}`);
  let end = 0;
  for (const [to, from, length] of document.sourceMap) {
    if (to < end) faults.push(`the way to the source goes back at ${to}`);
    end = to + length;
    const [here, there] = [points.slice(to, end).join(''), original.slice(from, from + length).join('')];
    if (here !== there) faults.push(`${JSON.stringify(here)} leads to ${JSON.stringify(there)}`);
  }
  return faults;
}
const expectSound = (document: Document, source: string) => expect(faultsOf(document, source)).toEqual([]);

const bits = fc.constantFrom(
  'Under-',
  'standing',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\f',
  '\t',
  '- ',
  '▶ ',
  '# ',
  '> ',
  '1. ',
  '```\n',
  '| a | b |\n|--|--|\n',
  '---\n',
  '===\n',
  '**',
  '_',
  '`',
  '[x](y)',
  '<!--',
  '-->',
  '&amp;',
  '\\$',
  '\\',
  '<https://u.v>',
  'TITLE IN CAPITALS',
  'A Title (2018-2020)',
  'It ends here. ',
  'July 2026',
  '👩‍👩‍👧',
  'e\u0301',
  'a\u0323\u0301',
  'שלום',
  'مرحبا',
  '中文。',
  'ﬁ',
  '\u00ad',
  '\ufeff',
  '\u0000',
  '\u200b',
  '\u00a0',
  'Tel: +41 22 799 72 39',
  '“',
  '”',
  '(',
  ')',
  '💶',
  '\u1112\u1161\u11ab',
  '2',
);
const texts = fc
  .oneof(
    fc.array(bits, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )
  // Letters enough that it is not refused as binary data.
  .map((text) => `${text}\n\n${'Letters. '.repeat((text.match(/[\u0000-\u001f]/g)?.length ?? 0) * 3)}`.trim());

describe('readDocument', () => {
  for (const name of ['any.txt', 'any.md']) {
    it(`keeps offsets, sentences, headings and the way back to the source true for any text (${name})`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const source = Buffer.from(text).toString();
          // A first byte order mark in UTF-16 or the head of a PDF is another test.
          expectSound(fromText(source, name), source);
        }),
        { numRuns: 400 },
      );
    });
  }

  it('is sound for every fixture', async () => {
    const { readFileSync } = await import('node:fs');
    for (const name of ['lindara-ports-cooperation.txt', 'lindara-ports-cooperation-march-2025.txt', 'guide.md']) {
      expectSound(fixture(name), readFileSync(new URL(`../fixtures/ingest/${name}`, import.meta.url), 'utf8'));
    }
  });

  it('leads back to the source of an unescaped figure', () => {
    const source = '\ufeffThe fee is US\\$ 5 🗼 today.';
    const { text, sourceMap } = fromText(source);
    const at = [...text].indexOf('5');
    const run = sourceMap.find(([to, , length]) => at >= to && at < to + length) as [number, number, number];
    expect([...source][run[1] + at - run[0]]).toBe('5');
  });

  it('normalises line ends, hyphens, ligatures, spaces and accents', () => {
    expect(
      fromText('A\r\nb\rc\u2028d.\n\n\u00adSu\u00adper ef\ufb01cient cafe\u0301 1\u00a0000\u200b\u0000 \u202egnp').paragraphs.map(
        ({ text }) => text,
      ),
    ).toEqual(['A b c d.', 'Super efficient café 1 000 gnp']);
  });

  it('keeps the joiners of emoji and Persian', () => {
    expect(fromText('The family 👩‍👩‍👧 says می‌خواهم.').paragraphs[0]?.text).toBe('The family 👩‍👩‍👧 says می‌خواهم.');
  });

  it.each(['', ' \n\n\t', '\ufeff', '\u0000'.repeat(0)])('reads nothing out of nothing (%j)', (text) => {
    expect(fromText(text).paragraphs).toEqual([]);
  });

  it('reads a document of headings only', () => {
    expect(fromText('PORTS\n\nQUAYS\n\nLAMPS').paragraphs.map(({ text }) => text)).toEqual(['PORTS', 'QUAYS', 'LAMPS']);
  });

  it('decodes UTF-16 and windows-1252', () => {
    const utf16 = Buffer.from('\ufeffTide café', 'utf16le');
    expect(readDocument('a.txt', utf16).text).toBe('Tide café');
    expect(readDocument('a.txt', utf16.swap16()).text).toBe('Tide café');
    expect(readDocument('a.txt', Buffer.from('Tide caf\xe9 \x80 5', 'latin1')).text).toBe('Tide café € 5');
  });

  it.each([
    ['%PDF-1.7 text', 'PDF'],
    ['PK\u0003\u0004rest', 'ZIP'],
    ['\u0000\u0001\u0002\u0003'.repeat(50), 'control'],
  ])('refuses what is not text: %j', (content, why) => {
    try {
      readDocument('a.txt', Buffer.from(content, 'latin1'));
      expect.unreachable();
    } catch (error) {
      expect(isPilcrowError(error) && error.code).toBe('bad_document');
      expect((error as Error).message).toContain(why);
    }
  });

  it('makes a title of a file name without what a terminal acts on', () => {
    expect(fromText('Text.', 'harbour_\u001b[31mbrief\u202e.txt').briefing.title).toBe('Harbour [31mbrief');
  });

  it('refuses more than 20 MB', () => {
    expect(() => readDocument('a.txt', new Uint8Array(20 * 1024 * 1024 + 1))).toThrow(/20 MB/);
  });

  it.each([
    ['one line of 1 MB', 'The office opened in 2019 and has 26 staff. '.repeat(23_000)],
    ['one word of 1 MB', 'a'.repeat(1_000_000)],
    ['years', '2019 '.repeat(100_000)],
    ['initials', 'A. '.repeat(150_000)],
    ['100,000 blank lines', `x${'\n'.repeat(100_000)}y`],
    ['marks on one letter', `e${'\u0301\u0323'.repeat(200_000)}`],
    ['brackets', '['.repeat(200_000)],
    ['comments', '<!-- '.repeat(100_000)],
    ['back quotes', '` `` '.repeat(100_000)],
    ['deep lists', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')],
    ['a long comment', `x\n\n<!--\n${'a\n'.repeat(500_000)}-->`],
    ['scripts', `x\n\n${'<script>\na</script>\n'.repeat(30_000)}`],
    ['open scripts', `x${'\n\n<script>'.repeat(50_000)}`],
    ['scripts on one line', `x ${'<script>a</script>'.repeat(50_000)}`],
    ['a wide heading', `# x${' '.repeat(500_000)}y {`],
    ['pages with notes', 'It was cut in the\n\n1 A note.\n\n\f'.repeat(30_000)],
    ['two columns', `${'words of the left column      words of the right one'}\n`.repeat(20_000)],
    ['gutters', 'a    '.repeat(100_000)],
    ['lines of one paragraph', 'lower case line\n'.repeat(30_000)],
  ])('reads %s', (_, text) => {
    for (const name of ['a.txt', 'a.md']) expect(fromText(text, name).paragraphs.length).toBeGreaterThan(0);
  });

  it('gives ids, hashes and text that do not change from one reading to the next', () => {
    expect(fixture('guide.md')).toEqual(fixture('guide.md'));
    const [first] = fixture('guide.md').paragraphs;
    expect(first?.id).toBe('guide#p1');
    expect(first?.hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
