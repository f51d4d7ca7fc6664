import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Citation } from '../../../src/core/model.ts';
import { createTextWriter, sourceTitle, urlCitation, withoutList } from '../../../src/http/openai/text.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const base = 'https://ask.example.org';
const citation = (number: number, title: string, heading: string, paragraph = number): Citation => ({
  number,
  paragraph: `b#p${paragraph}`,
  briefing: { id: 'b', title, series: 'b', edition: { date: '2026-07', stated: true }, newest: true, source: 'b.md' },
  headings: [heading],
  page: null,
  text: 'x',
  quote: { exact: 'x', prefix: '', suffix: '' },
  start: 3,
  end: 4,
  url: `/briefings/b#p${paragraph}`,
});
const answerOf = (sentences: Answer['sentences'], citations: Citation[], notes: Answer['notes'] = [], language = 'en'): Answer => ({
  status: sentences.length > 0 ? 'answered' : 'not_found',
  outcome: sentences.length > 0 ? 'answer' : 'closest',
  confidence: sentences.length > 0 ? 0.9 : 0.1,
  answer: sentences.map((one) => `${one.text} ${one.citations.map((number) => `[${number}]`).join('')}`).join(' ') || 'Nothing.',
  sentences,
  preface: null,
  talk: null,
  suggestions: [],
  withheld: [],
  citations,
  notes,
  nearest: [],
  question: { asked: 'q', standalone: 'q', period: null, language },
  mode: 'extractive',
  model: null,
  snapshot: 's',
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('[1] 🗼', 'a [12] b\n\nSources:\n- [1] x: http://y', '👩‍👩‍👧 é'),
);
const anyAnswer = fc
  .record({
    sentences: fc.array(fc.tuple(anyText, fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })), {
      maxLength: 4,
    }),
    notes: fc.array(fc.tuple(anyText, fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 })), { maxLength: 2 }),
    titles: fc.array(anyText, { minLength: 4, maxLength: 4 }),
    heading: anyText,
    language: fc.constantFrom('en', 'fr', 'zh', 'und', 'constructor'),
  })
  .map(({ sentences, notes, titles, heading, language }) =>
    answerOf(
      sentences.map(([text, citations]) => ({ text, citations, verdict: 'verified' as const, highlight: null, under: null })),
      titles.map((title, index) => citation(index + 1, title, heading)),
      notes.map(([text, citations]) => ({ kind: 'changed' as const, text, citations })),
      language,
    ),
  );

test('however many sentences came early, the text is the same, and every mark stands where it is said to', () => {
  fc.assert(
    fc.property(anyAnswer, fc.nat(4), fc.boolean(), (answer, early, sources) => {
      const write = (count: number) => {
        const writer = createTextWriter({ base, sources, nearest: true });
        const pieces = answer.sentences.slice(0, count).map((one) => writer.sentence(one, answer.citations));
        return [...pieces, ...writer.rest(answer)];
      };
      const pieces = write(early);
      const text = pieces.map((piece) => piece.text).join('');
      expect(text).toBe(
        write(0)
          .map((piece) => piece.text)
          .join(''),
      );
      const marks = pieces.flatMap((piece) => piece.marks);
      const characters = [...text];
      for (const mark of marks) expect(characters.slice(mark.start, mark.end).join('')).toBe(`[${mark.citation.number}]`);
      const cited = [...answer.sentences, ...answer.notes].flatMap((one) => one.citations);
      expect(marks.map((mark) => mark.citation.number)).toEqual(cited);
    }),
  );
});

test('a list at the end is taken off again, other text is left alone', () => {
  fc.assert(
    fc.property(anyAnswer, (answer) => {
      const written = (sources: boolean) =>
        createTextWriter({ base, sources, nearest: false })
          .rest(answer)
          .map((piece) => piece.text)
          .join('');
      expect(withoutList(written(true))).toBe(written(false).trimEnd());
    }),
  );
  for (const text of ['', 'Sources:', '- [1] x: http://y', 'We have:\n- ferries: http://y', 'a\nSources:\n- [1] x'])
    expect(withoutList(text)).toBe(text);
});

test('taking a list off takes a few passes, whatever the text', async () => {
  for (const part of ['- x: http://y\n', '- x: http', ': https://', '- ', '\n'])
    expect(await passesOver(part.repeat(1_000_000 / part.length), withoutList), part).toBeLessThan(FEW_PASSES);
});

test('several quotes of one paragraph share a line; names are short and make no marks or links', () => {
  const title = `[9](javascript:alert(1))\n\n# ${'long '.repeat(100)}`;
  const citations = [citation(1, title, 'H', 5), citation(2, title, 'H', 5), citation(3, 'Other', '![x](http://tracker)', 6)];
  const text = createTextWriter({ base, sources: true, nearest: true })
    .rest(answerOf([{ text: 'A.', citations: [1, 2, 3], verdict: 'verified', highlight: null, under: null }], citations))
    .map((piece) => piece.text)
    .join('');
  const lines = text.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe('A. [1][2][3]');
  expect(lines[3]).toMatch(/^- \[1\]\[2\] \(9\)\(javascript.{0,80}…, July 2026, H, ¶5: https:\/\/ask\.example\.org\/briefings\/b#p5$/);
  expect(lines[4]).toBe('- [3] Other, July 2026, !(x)(http://tracker), ¶6: https://ask.example.org/briefings/b#p6');
});

test('an answer that is only a note says it once, with an address that can be opened', () => {
  const note = 'Changed 3. /series/b/changes shows them side by side.';
  const answer = {
    ...answerOf([], [], [{ kind: 'changed' as const, text: note, citations: [] }]),
    status: 'partial' as const,
    answer: note,
  };
  const text = createTextWriter({ base, sources: true, nearest: true })
    .rest(answer)
    .map((piece) => piece.text)
    .join('');
  expect(text).toBe('Changed 3. https://ask.example.org/series/b/changes shows them side by side.');
});

test('titles say the edition', () => {
  expect(sourceTitle(citation(1, 'China', 'H'))).toBe('China, July 2026');
  const undated = citation(1, 'China', 'H');
  undated.briefing.edition.date = null;
  expect(sourceTitle(undated)).toBe('China');
});

test('the page is told where the source has pages, in the list and in the title of a citation', () => {
  const printed = { ...citation(1, 'Ferries', 'Lines', 7), page: 3 };
  const text = createTextWriter({ base, sources: true, nearest: true })
    .rest(answerOf([{ text: 'A.', citations: [1], verdict: 'quoted', highlight: null, under: null }], [printed]))
    .map((piece) => piece.text)
    .join('');
  expect(text.split('\n').at(-1)).toBe('- [1] Ferries, July 2026, Lines, p. 3, ¶7: https://ask.example.org/briefings/b#p7');
  expect(withoutList(text)).toBe('A. [1]');
  expect(urlCitation({ start: 0, end: 3, citation: printed }, base).title).toBe('Ferries, July 2026, p. 3');
});
