import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk, Paragraph } from '../../src/core/model.ts';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { wordCount } from '../../src/core/text/word-count.ts';
import { makeChunks, split } from '../../src/ingest/chunks.ts';
import { fixture, fromText, isWellFormed } from './helpers.ts';

const chunked = async (text: string, options = {}) => {
  const { briefing, paragraphs } = fromText(text, 'note.md');
  return { paragraphs, chunks: await makeChunks(briefing, paragraphs, options) };
};
const textsOf = async (text: string, options = {}) => (await chunked(text, options)).chunks.map((chunk) => chunk.text);
const sentence = (number: number) => `Sentence number ${number} tells of the port and of its lamps.`;
const lines = (count: number, of: (number: number) => string, by = '\n') => Array.from({ length: count }, (_, at) => of(at + 1)).join(by);
const leadsOf = (chunk: Chunk | undefined, paragraphs: readonly Paragraph[]) =>
  (chunk?.parts ?? [])
    .filter(({ lead }) => lead)
    .map(({ paragraph, start, end }) => sliceCodePoints(paragraphs[paragraph - 1]!.text, start, end));
const bare = (text: string) => text.replace(/\s/g, '');

/** What holds for the chunks of any briefing. */
function expectSound(paragraphs: readonly Paragraph[], chunks: readonly Chunk[]): void {
  const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
  const own = new Map<number, string>();
  let last: [number, number] = [0, 0];
  chunks.forEach((chunk, at) => {
    expect(chunk.id).toBe(`${chunk.briefing}#c${at + 1}`);
    const slices = chunk.parts.map((part) => ({
      ...part,
      text: sliceCodePoints(byNumber.get(part.paragraph)!.text, part.start, part.end),
    }));
    let from = 0;
    for (const { paragraph, start, end, lead, text } of slices) {
      expect(isWellFormed(text)).toBe(true);
      expect(end).toBeGreaterThan(start);
      const found = chunk.text.indexOf(text, from);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(bare(chunk.text.slice(from, found))).toBe('');
      from = found + text.length;
      if (lead) continue;
      expect(chunk.headings).toEqual(byNumber.get(paragraph)!.headings);
      // In reading order, and nothing twice.
      expect(paragraph > last[0] || (paragraph === last[0] && start >= last[1])).toBe(true);
      last = [paragraph, end];
      own.set(paragraph, (own.get(paragraph) ?? '') + text);
    }
    expect(bare(chunk.text.slice(from))).toBe('');
    expect(chunk.paragraphs).toEqual([...new Set(slices.filter(({ lead }) => !lead).map(({ paragraph }) => paragraph))]);
    expect(chunk.paragraphs.length).toBeGreaterThan(0);
  });
  for (const { kind, number, text } of paragraphs) if (kind !== 'heading') expect(bare(own.get(number) ?? '')).toBe(bare(text));
}

describe('chunks', () => {
  it('cover every paragraph that is not a heading, whole and in order', async () => {
    for (const name of ['lindara-ports-cooperation.txt']) {
      const { briefing, paragraphs } = fixture(name);
      expectSound(paragraphs, await makeChunks(briefing, paragraphs));
    }
  });

  it('say in which section they stand: two titles above, or the title of the briefing', async () => {
    const { chunks } = await chunked('# The T\n\nFirst.\n\n## A\n\nSecond.\n\n### B\n\n#### C\n\nThird.');
    expect(chunks.map(({ context, headings }) => [context, headings])).toEqual([
      ['The T', []],
      ['A', ['A']],
      ['B › C', ['A', 'B', 'C']],
    ]);
  });

  it('join short neighbours, and never across a heading', async () => {
    expect(await textsOf('# T\n\n## A\n\none one\n\ntwo two\n\nthree\n\n## B\n\nfour\n\n### C\n\nfive')).toEqual([
      'one one\ntwo two\nthree',
      'four',
      'five',
    ]);
    const forty = lines(4, sentence, ' ');
    // 44 and 44 words are too many together; a few words go with what stands before them.
    expect(await textsOf(`# T\n\n${forty}\n\n${forty}\n\nNo more.`)).toEqual([forty, `${forty}\nNo more.`]);
    expect(await textsOf(`# T\n\n${forty}\n\n${forty}`, { join: 100 })).toEqual([`${forty}\n${forty}`]);
  });

  it('make a chunk of a heading without text, and of no other', async () => {
    expect(await textsOf('# T\n\n## Empty\n\n## Outer\n\n### Inner\n\nText.\n\n## Last (2018-27)')).toEqual([
      'Empty',
      'Text.',
      'Last (2018-27)',
    ]);
  });

  it('keep a list with what introduces it, apart from the text around', async () => {
    const { chunks } = await chunked('# T\n\nBefore it.\n\nThe plan has two aims:\n\n- a deep channel\n- a new lock\n\nAfter it.');
    expect(chunks.map(({ text, kind }) => [text, kind])).toEqual([
      ['Before it.\nThe plan has two aims:\na deep channel\na new lock', 'list'],
      ['After it.', 'text'],
    ]);
    expect(chunks[0]!.parts.map(({ item, lead }) => [item, lead])).toEqual([
      [false, false],
      [false, false],
      [true, false],
      [true, false],
    ]);
  });

  it('repeat what leads in, level by level, where a list goes on in another chunk', async () => {
    const inner = (name: string) => lines(6, (at) => `    - ${name} stop ${at} has a quay, a lamp, a bench and a clock`);
    const { paragraphs, chunks } = await chunked(
      `# T\n\nThe lines are:\n\n- the red line\n${inner('red')}\n- the blue line\n${inner('blue')}`,
    );
    expectSound(paragraphs, chunks);
    expect(chunks.length).toBe(2);
    expect(chunks[1]!.text).toMatch(/^The lines are:\nthe blue line\nblue stop 1/);
    expect(leadsOf(chunks[1], paragraphs)).toEqual(['The lines are:']);
    const long = await chunked(
      `# T\n\nThe lines are:\n\n- the red line\n${lines(20, (at) => `    - stop ${at} has a quay, a lamp, a bench and a clock`)}`,
    );
    expectSound(long.paragraphs, long.chunks);
    expect(long.chunks.length).toBeGreaterThan(1);
    for (const chunk of long.chunks.slice(1)) {
      expect(leadsOf(chunk, long.paragraphs)).toEqual(['The lines are:', 'the red line']);
      expect(chunk.paragraphs).not.toContain(2);
      expect(wordCount(chunk.text)).toBeLessThanOrEqual(120);
    }
  });

  it('repeat a long introduction from the beginning of a sentence', async () => {
    const items = lines(30, (at) => `- stop ${at} has a quay, a lamp, a bench and a clock`);
    const last = 'All of them are served by the harbour office of the island of Marn, and these are the stops:';
    const { paragraphs, chunks } = await chunked(`# T\n\n${lines(12, sentence, ' ')} ${last}\n\n${items}`);
    expectSound(paragraphs, chunks);
    expect(leadsOf(chunks.at(-1), paragraphs)).toEqual([`${sentence(12)} ${last}`]);
  });

  it('repeat the end of a long introduction only, also of one without spaces', async () => {
    const items = lines(30, (at) => `- stop ${at} has a quay, a lamp, a bench and a clock`);
    for (const intro of [`${lines(12, sentence, ' ')} The stops are:`, `${'港'.repeat(500)}：`, `${'a'.repeat(5000)}:`]) {
      const { paragraphs, chunks } = await chunked(`# T\n\n${intro}\n\n${items}`);
      expectSound(paragraphs, chunks);
      const [lead] = leadsOf(chunks.at(-1), paragraphs);
      expect(intro.endsWith(lead!)).toBe(true);
      expect(wordCount(lead!)).toBeLessThanOrEqual(30);
      expect(wordCount(lead!)).toBeGreaterThan(1);
      // Several items share a chunk: the introduction has not filled it.
      expect(chunks.at(-1)!.paragraphs.length).toBeGreaterThan(1);
    }
  });

  it('cut an over-long paragraph at ends of sentences and repeat the sentence before', async () => {
    const long = lines(60, sentence, ' ');
    const { paragraphs, chunks } = await chunked(`# T\n\n${long}`);
    expectSound(paragraphs, chunks);
    expect(chunks.length).toBeGreaterThan(5);
    for (const [at, chunk] of chunks.entries()) {
      expect(chunk.text).toMatch(/^Sentence.*\.$/);
      expect(wordCount(chunk.text)).toBeLessThanOrEqual(110);
      if (at > 0) expect(leadsOf(chunk, paragraphs)).toEqual([/[^.]+\.$/.exec(chunks[at - 1]!.text)![0].trim()]);
    }
    expect(await textsOf(`# T\n\n${lines(10, sentence, ' ')}`)).toEqual([lines(10, sentence, ' ')]);
  });

  it.each([
    ['words', 'and the port, the lamp and the lock '.repeat(60)],
    ['characters without spaces', '港口和灯塔'.repeat(300)],
    ['one endless word', 'x'.repeat(20_000)],
    ['characters outside the first plane', '💶👩‍👩‍👧'.repeat(900)],
    ['a script that is not listed', 'ທ່າເຮືອແລະໂຄມໄຟ'.repeat(300)],
  ])('cut a sentence that is too long: %s', async (_what, text) => {
    for (const form of [text, `- ${text}`, `${text} | cell`]) {
      const { paragraphs, chunks } = await chunked(`# T\n\n${form}`);
      expectSound(paragraphs, chunks);
      expect(chunks.length).toBeGreaterThan(1);
      for (const chunk of chunks) expect(chunk.text.length).toBeLessThan(4000);
    }
  });

  it('put no space where a text has none', async () => {
    const text = '港口和灯塔'.repeat(40);
    expect(await textsOf(`# T\n\n${text}`)).toEqual([text]);
    expect(await textsOf('# T\n\n港口很大。灯塔很高。')).toEqual(['港口很大。灯塔很高。']);
  });

  it('take what stands under a heading that asks for its answer', async () => {
    const { chunks } = await chunked(
      '# T\n\n## How deep is it?\n\nNine metres.\n\n## 有多深？\n\n九米。\n\n## Depth\n\nNine metres, is it not?',
    );
    expect(chunks.map(({ kind }) => kind)).toEqual(['question', 'question', 'text']);
  });

  it('never lose, repeat or tear anything, whatever the text', { timeout: 30_000 }, async () => {
    const unit = fc.constantFrom(
      ...[
        'word ',
        'port. ',
        '港',
        '口。',
        '💶',
        '👩‍👩‍👧 ',
        'שלום ',
        ': ',
        '\n\n',
        '\n\n',
        '\n\n# ',
        '\n\n## ',
        '\n- ',
        '\n    - ',
        '\n  * ',
        ' | ',
      ],
      lines(4, sentence, ' '),
      '灯'.repeat(70),
      'lamp and '.repeat(50),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 1, maxLength: 60 }), async (list) => {
        const { paragraphs, chunks } = await chunked(list.join(''));
        expectSound(paragraphs, chunks);
      }),
      { numRuns: 150 },
    );
  });

  it('are made of a long paragraph as quickly with characters outside the first plane', async () => {
    // Half a minute of work and more when every slice begins at the start of the paragraph.
    const { chunks } = await chunked(`# T\n\n${lines(20_000, (at) => `Lamp ${at} costs 💶.`, ' ')}`);
    expect(chunks.length).toBeGreaterThan(500);
  });

  it('lose nothing when a sentence is split, and cut no character', async () => {
    const unit = fc.constantFrom('a', ' ', '. ', '。', '中', '👩‍👩‍👧', '💶', 'שלום ', 'word ', '; ', '\n');
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 30, maxLength: 300 }), fc.integer({ min: 20, max: 80 }), async (parts, size) => {
        const text = parts.join('').trim();
        const pieces = (await split(text, size)).map(({ start, end }) => sliceCodePoints(text, start, end));
        expect(bare(pieces.join(''))).toBe(bare(text));
        for (const piece of pieces) {
          expect(isWellFormed(piece)).toBe(true);
          expect(piece.trim()).toBe(piece);
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
