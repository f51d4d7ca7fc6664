import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Answer, Citation } from '../../src/core/model.ts';
import { docxOf } from '../../src/widget/docx.ts';
import { ar } from '../../src/widget/messages/ar.ts';
import { en } from '../../src/widget/messages/en.ts';
import { widgetWords } from '../../src/widget/messages/messages.ts';
import { answerOutline, markdownOf } from '../../src/widget/outline.ts';

const citation = (number: number, exact: string): Citation => ({
  number,
  paragraph: `harbours#p${number}`,
  briefing: {
    id: 'harbours',
    title: 'Harbours & <co>',
    series: 'harbours',
    edition: { date: '2026-03', stated: true },
    newest: true,
    source: 'h.md',
  },
  headings: ['Harbours & <co>', 'Berths'],
  page: null,
  text: exact,
  quote: { exact, prefix: '', suffix: '' },
  start: 0,
  end: exact.length,
  url: `/briefings/harbours#p${number}`,
});
const sentence = (text: string, citations: number[], more: object = {}) => ({
  text,
  citations,
  verdict: 'quoted' as const,
  highlight: null,
  under: null,
  ...more,
});
const item = (paragraph: number) => ({ shape: { kind: 'item' as const, paragraph, marker: null, depth: 0 } });
const answer = {
  status: 'answered',
  preface: null,
  talk: null,
  answer: '',
  sentences: [
    sentence('1. The coast has *nine* harbours.', [1], { under: 'Berths' }),
    sentence('One of <b>wood</b>', [2], item(2)),
    sentence('One of stone', [2], item(3)),
  ],
  citations: [citation(1, 'nine harbours'), citation(2, 'of wood\nand stone')],
  notes: [{ kind: 'changed', text: 'The 2019 edition said seven.', citations: [1] }],
  withheld: [],
  nearest: [],
  suggestions: [],
} as unknown as Answer;
const link = ({ url }: { url: string }) => `https://ask.example.org${url}`;

test('Markdown has the sentences as they stand, and each source as a footnote', () => {
  expect(markdownOf(answerOutline('How many *harbours*?', answer, widgetWords('en', en), link))).toBe(`# How many \\*harbours\\*?

_Checked against the briefings_

**Berths**

1\\. The coast has \\*nine\\* harbours.[^1]

- One of \\<b\\>wood\\</b\\>[^2]
- One of stone[^2]

> Note: The 2019 edition said seven.[^1]

[^1]: Harbours & \\<co\\>, March 2026 edition, Berths, Paragraph 1: “nine harbours” <https://ask.example.org/briefings/harbours#p1>
[^2]: Harbours & \\<co\\>, March 2026 edition, Berths, Paragraph 2: “of wood and stone” <https://ask.example.org/briefings/harbours#p2>
`);
});

test('what declines has its words and no footnotes', () => {
  const declined = {
    ...answer,
    status: 'not_found',
    sentences: [],
    citations: [],
    notes: [],
    answer: 'The briefings do not answer this.',
  } as Answer;
  const text = markdownOf(answerOutline('Where?', declined, widgetWords('en', en), link));
  expect(text).toContain('The briefings do not answer this.');
  expect(text).not.toContain('[^');
});

test('the Word document has real footnotes, and reads from right to left where the language does', async () => {
  const partsOf = async (language: string, own = {}) => {
    const blob = await docxOf(answerOutline('How many?', answer, widgetWords(language, en, {}, own), link));
    const parts = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    return (name: string) => strFromU8(parts[name] as Uint8Array);
  };
  const part = await partsOf('en');
  const references = [...part('word/document.xml').matchAll(/<w:footnoteReference w:id="(\d+)"/g)].map((match) => match[1]);
  expect(references).toEqual(['1', '2', '2', '1']);
  const notes = part('word/footnotes.xml');
  expect(notes).toContain('“nine harbours”');
  expect(notes).toContain('Harbours &amp; &lt;co&gt;');
  expect(part('word/document.xml')).not.toContain('<w:bidi');
  expect((await partsOf('ar', ar))('word/document.xml')).toContain('<w:bidi');
});
