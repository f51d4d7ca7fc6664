import { strFromU8, unzipSync } from 'fflate';
import type { List, Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
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
const item = (paragraph: number, marker: string | null = null, depth = 0) => ({
  shape: { kind: 'item' as const, paragraph, marker, depth },
});
const row = (paragraph: number, cells: [string, string][]) => ({
  shape: { kind: 'row' as const, paragraph, cells: cells.map(([name, text]) => ({ name, text })) },
});
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

const textOf = (node: Nodes | undefined): string =>
  !node ? '' : 'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '';

/** An answer with a numbered list that has a gap and a list within, a table, and a paragraph of two sentences. */
const shaped = {
  ...answer,
  sentences: [
    sentence('The harbour opens.', [1]),
    sentence('It closes again.', [2]),
    sentence('Moor the boat.', [1], item(2, '3.')),
    sentence('Use both ropes.', [2], item(2, '3.')),
    sentence('• At the bow', [1], item(3, '•', 1)),
    sentence('Pay the fee.', [1], item(4, '4.')),
    sentence('Leave.', [1], item(5, '7.')),
    sentence('Berth: 1|2; Price: 40', [1], {
      under: 'Prices',
      ...row(6, [
        ['Berth', '1|2'],
        ['Price', '40'],
      ]),
    }),
    sentence('Berth: 3; Price: 50', [2], {
      ...row(7, [
        ['Berth', '3'],
        ['Price', '50'],
      ]),
    }),
  ],
  notes: [{ kind: 'changed', text: 'See /series/harbours/changes for more.', citations: [] }],
} as unknown as Answer;

test('a reader of Markdown finds the lists with their numbers and the table, as the briefing has them', () => {
  const text = markdownOf(answerOutline('How?', shaped, widgetWords('en', en), link));
  const tree = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  expect(tree.children.slice(2).map(({ type }) => type)).toEqual([
    'paragraph',
    'list',
    'list',
    'paragraph',
    'table',
    'blockquote',
    'paragraph',
  ]);
  const [opens, counted, after, title, table] = tree.children.slice(2);
  expect(textOf(opens)).toBe('The harbour opens.[^1] It closes again.[^2]');
  expect(counted).toMatchObject({ ordered: true, start: 3 });
  const items = (counted as List).children;
  expect(items.map((one) => textOf(one.children[0]))).toEqual(['Moor the boat.[^1] Use both ropes.[^2]', 'Pay the fee.[^1]']);
  expect(items[0]?.children[1]).toMatchObject({ type: 'list', ordered: false });
  expect(textOf(items[0]?.children[1])).toBe('At the bow[^1]');
  expect(after).toMatchObject({ ordered: true, start: 7 });
  expect(textOf(title)).toBe('Prices');
  expect((table as Table).children.map((one) => one.children.map((cell) => textOf(cell)))).toEqual([
    ['Berth', 'Price'],
    ['1|2', '40[^1]'],
    ['3', '50[^2]'],
  ]);
  expect(text).toContain('See https://ask.example.org/series/harbours/changes for more.');
});

test('a Word document has the lists with their numbers and the table', async () => {
  const blob = await docxOf(answerOutline('How?', shaped, widgetWords('en', en), link));
  const parts = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const part = (name: string) => strFromU8(parts[name] as Uint8Array);
  const text = part('word/document.xml');
  const numbering = part('word/numbering.xml');
  /** Where the list of a paragraph begins to count; NaN for one with bullets. */
  const startOf = (words: string): number => {
    const paragraph = text.match(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>/gs)?.find((one) => one.includes(words)) ?? '';
    const number = /<w:numId w:val="(\d+)"/.exec(paragraph)?.[1];
    const list = new RegExp(`<w:num w:numId="${number}"[^>]*><w:abstractNumId w:val="(\\d+)"`).exec(numbering)?.[1];
    const level = new RegExp(`<w:abstractNum w:abstractNumId="${list}"(?:(?!</w:abstractNum>).)*`, 's').exec(numbering)?.[0] ?? '';
    return level.includes('w:val="decimal"') ? Number(/<w:start w:val="(\d+)"/.exec(level)?.[1]) : Number.NaN;
  };
  expect(startOf('Moor the boat.')).toBe(3);
  expect(startOf('Pay the fee.')).toBe(3);
  expect(startOf('Leave.')).toBe(7);
  expect(startOf('At the bow')).toBeNaN();
  const table = /<w:tbl>.*<\/w:tbl>/s.exec(text)?.[0] ?? '';
  const rows = table.match(/<w:tr>.*?<\/w:tr>/gs) ?? [];
  expect(rows.map((one) => [...one.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map((match) => match[1]))).toEqual([
    ['Berth', 'Price'],
    ['1|2', '40'],
    ['3', '50'],
  ]);
  expect(rows[0]).toContain('<w:tblHeader');
  // The title above the table is no heading of the document.
  expect(text.match(/w:pStyle w:val="Heading\d"/g)).toEqual(['w:pStyle w:val="Heading1"']);
});
