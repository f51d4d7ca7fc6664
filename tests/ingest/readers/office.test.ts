import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/ingest/document.ts';
import { docx, list, p, pptx, r, shape } from '../../fixtures/documents/make.ts';

const word = (body: string, more?: Parameters<typeof docx>[1]) => readDocument('a.docx', docx(body, more));
const outline = (body: string, more?: Parameters<typeof docx>[1]) =>
  word(body, more).paragraphs.map(({ kind, text }) => `${kind}: ${text}`);
const cell = (content: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
const row = (cells: string[], properties = '') => `<w:tr><w:trPr>${properties}</w:trPr>${cells.join('')}</w:tr>`;

describe('Word', () => {
  it('reads headings by style and outline, with the numbers that are shown', () => {
    const { paragraphs } = word(
      p('The mills', { style: 'H1' }) +
        p('One wheel', { properties: list(2, 0) }) +
        p('Wheels', { style: 'H2' }) +
        p('They turn.') +
        p('Sluices', { style: 'H2' }),
    );
    expect(paragraphs.map(({ kind, text, marker }) => [kind, text, marker])).toEqual([
      ['heading', 'The mills', undefined],
      ['item', 'One wheel', '1.'],
      ['heading', '1.1 Wheels', undefined],
      ['body', 'They turn.', undefined],
      ['heading', '1.2 Sluices', undefined],
    ]);
  });

  it('reads nested lists', () => {
    const { paragraphs } = word(
      p('It needs:') +
        p('a wheel', { properties: list(1, 0) }) +
        p('of oak', { properties: list(1, 1) }) +
        p('a stone', { properties: list(1, 0) }),
    );
    expect(paragraphs.map(({ text, depth, lead, marker }) => [text, depth, lead, marker])).toEqual([
      ['It needs:', undefined, null, undefined],
      ['a wheel', undefined, 1, undefined],
      ['of oak', 1, 2, 'a)'],
      ['a stone', undefined, 1, undefined],
    ]);
  });

  it('takes tracked changes as accepted, and leaves out what is hidden or struck through', () => {
    const { paragraphs, problems } = word(
      p(
        `${r('The toll is ')}<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>${r('4')}</w:ins>${r(' crowns')}${r(' a cart', '<w:strike/>')}${r(' (secret)', '<w:vanish/>')}${r('.')}`,
      ),
    );
    expect(paragraphs.map(({ text }) => text)).toEqual(['The toll is 4 crowns.']);
    expect(problems[0]?.message).toContain('"a cart"');
  });

  it('puts notes at their mark and text boxes after their paragraph, once', () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>${p('Mind the wheel.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${p('Mind the wheel.')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const footnotes = `<w:footnote w:type="separator" w:id="0">${p('-')}</w:footnote><w:footnote w:id="2">${p('Not in frost.')}</w:footnote>`;
    expect(
      outline(p(`${r('It turns')}<w:r><w:footnoteReference w:id="2"/></w:r>${r('.')}${box}`) + p('It is old.'), { footnotes }),
    ).toEqual(['body: It turns (Not in frost.).', 'body: Mind the wheel.', 'body: It is old.']);
  });

  it('reads tables with merged cells, header rows and rows that were deleted', () => {
    const table = `<w:tbl>${row([cell(p('Bay')), cell(p('Use'), '<w:gridSpan w:val="2"/>')], '<w:tblHeader/>')}${row([
      cell(p('East'), '<w:vMerge w:val="restart"/>'),
      cell(p('coal')),
      cell(p('9 t')),
    ])}${row([cell(p(''), '<w:vMerge/>'), cell(p('rye')), cell(p('4 t'))])}${row([cell(p('gone')), cell(p('x')), cell(p('y'))], '<w:del/>')}</w:tbl>`;
    expect(outline(table)).toEqual(['body: Bay: East; Use: coal; Use: 9 t', 'body: Bay: East; Use: rye; Use: 4 t']);
  });

  it('reads the text of a table that only places it', () => {
    expect(outline(`<w:tbl>${row([cell(p('Left over from a form.'))])}</w:tbl>`)).toEqual(['body: Left over from a form.']);
  });

  it('leaves out running heads and the table of contents, and the code of fields', () => {
    const field =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>';
    expect(
      outline(
        p('Wheels 3', { style: 'TOC1' }) + p(`${r('See page ')}${field}${r('7')}<w:r><w:fldChar w:fldCharType="end"/></w:r>${r('.')}`),
      ),
    ).toEqual(['body: See page 7.']);
  });

  it('finds headings by their shape where the document has no styles', () => {
    expect(
      outline(p('THE UPPER MILL') + p('It has nine wheels.') + p('Who owns it', { run: '<w:b/>' }) + p('The parish owns it.')),
    ).toEqual(['heading: THE UPPER MILL', 'body: It has nine wheels.', 'heading: Who owns it', 'body: The parish owns it.']);
  });

  it.each([
    ['an empty file', new Uint8Array(), /is empty/],
    ['text', Buffer.from('The mill turns.'), /no Office document/],
    ['a protected file', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /password/],
    ['half a file', docx(p('It turns.')).slice(0, 900), /damaged/],
    ['another archive', docx('', {}).slice(), /There|no Word|Office/],
  ])('refuses %s or reads nothing out of it', (_, bytes, why) => {
    try {
      expect(readDocument('a.docx', bytes).paragraphs).toEqual([]);
    } catch (error) {
      expect((error as Error).message).toMatch(why);
    }
  });

  it('expands no entity of the file, and follows no nesting without end', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const part = Buffer.from(`${bomb}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`);
    expect(() => word('', { parts: { 'word/document.xml': part } })).toThrow(/damaged/);
    const deep = Buffer.from(`<w:document xmlns:w="w"><w:body>${'<w:p>'.repeat(5000)}${'</w:p>'.repeat(5000)}</w:body></w:document>`);
    expect(() => word('', { parts: { 'word/document.xml': deep } })).toThrow(/deeper nested/);
  });

  it('gives the page on which the words of a paragraph begin', () => {
    const turn = '<w:r><w:lastRenderedPageBreak/></w:r>';
    const body = [
      p('The mill turns.'),
      p(`${turn}${r('It is of oak.')}`),
      p(`${r('It was built ')}${turn}${r('in spring.')}`),
      p('It is shut.'),
    ];
    const { paragraphs } = readDocument('a.docx', docx(body.join('')));
    expect(paragraphs.map(({ page, text }) => `${page} ${text}`)).toEqual([
      '1 The mill turns.',
      '2 It is of oak.',
      '2 It was built in spring.',
      '3 It is shut.',
    ]);
  });

  it('refuses an archive that would burst', () => {
    const zeros = new Uint8Array(60 * 1024 * 1024).fill(32);
    expect(() => word('', { parts: { 'word/document.xml': zeros } })).toThrow(/more than any document needs/);
  });
});

describe('slides', () => {
  it('reads title, text from the top down, and notes', () => {
    const bytes = pptx([
      {
        shapes:
          shape(null, 300, ['It is old.']) +
          shape('title', 400, ['The mills']) +
          shape(null, 100, ['It needs:', '- a wheel', '- a stone']) +
          shape('sldNum', 500, ['1']),
        notes: 'Say it slowly.',
      },
      { shapes: shape('title', 0, ['Secret']), hidden: true },
      { shapes: shape('title', 0, ['The sluices']) + shape(null, 100, ['They leak.']) },
    ]);
    const { paragraphs, problems, briefing } = readDocument('a.pptx', bytes);
    expect(briefing.title).toBe('The mills');
    expect(paragraphs.map(({ kind, text, page, role }) => [kind, text, page, role])).toEqual([
      ['heading', 'The mills', 1, undefined],
      ['body', 'It needs:', 1, undefined],
      ['item', 'a wheel', 1, undefined],
      ['item', 'a stone', 1, undefined],
      ['body', 'It is old.', 1, undefined],
      ['body', 'Say it slowly.', 1, 'note'],
      ['heading', 'The sluices', 3, undefined],
      ['body', 'They leak.', 3, undefined],
    ]);
    expect(problems[0]).toMatchObject({ message: 'Slide 2 is hidden and left out.', note: true });
  });

  it('refuses what is no presentation', () => {
    expect(() => readDocument('a.pptx', docx(p('It turns.')))).toThrow(/no presentation/);
  });
});
