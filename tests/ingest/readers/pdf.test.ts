import { describe, expect, it } from 'vitest';
import { readAnyDocument } from '../../../src/ingest/document.ts';
import { type PdfLine, pdf } from '../../fixtures/documents/make.ts';

const read = (pages: PdfLine[][], options?: Parameters<typeof pdf>[1]) => readAnyDocument('a.pdf', pdf(pages, options));
const outline = async (pages: PdfLine[][], options?: Parameters<typeof pdf>[1]) =>
  (await read(pages, options)).paragraphs.map(({ kind, text, page }) => `${page} ${kind}: ${text}`);
/** Lines of one paragraph, 12 points apart. */
const lines = (texts: string[], x: number, y: number, more: Partial<PdfLine> = {}): PdfLine[] =>
  texts.map((text, at) => ({ text, x, y: y + at * 12, ...more }));

describe('PDF', () => {
  it('reads two columns one after the other, below a title across both', async () => {
    const left = [
      'The upper mill of the parish',
      'has nine wheels of oak, and',
      'they turn by day and by night',
      'through all of the long win-',
    ];
    const right = [
      'ter. The lower mill is shut',
      'since its sluice gave way in',
      'the flood, and nobody knows',
      'when it will be mended again.',
    ];
    expect(
      await outline([[{ text: 'The mills of the parish', x: 40, y: 40, size: 18 }, ...lines(left, 40, 80), ...lines(right, 205, 80)]]),
    ).toEqual([
      '1 heading: The mills of the parish',
      '1 body: The upper mill of the parish has nine wheels of oak, and they turn by day and by night through all of the long winter. The lower mill is shut since its sluice gave way in the flood, and nobody knows when it will be mended again.',
    ]);
  });

  it('drops running heads and page numbers, keeps a repeated sentence of the body, and joins paragraphs over pages', async () => {
    const page = (number: number, body: string[]): PdfLine[] => [
      { text: 'Gazette of the parish', x: 40, y: 20, size: 8 },
      ...lines(body, 40, 200),
      { text: `${number}`, x: 200, y: 590, size: 8 },
    ];
    const found = await read([
      page(1, ['Keep your hands off the wheel.', 'It turns by day and']),
      page(2, ['also by night when nobody looks after it.', 'Keep your hands off the wheel.']),
      page(3, ['Keep your hands off the wheel.']),
    ]);
    const text = found.paragraphs.map((paragraph) => paragraph.text).join(' ');
    expect(text).not.toMatch(/Gazette/);
    expect(text).toContain('It turns by day and also by night');
    expect(text.match(/Keep your hands/g)).toHaveLength(3);
    expect(text).not.toMatch(/\b[123]\b/);
    expect(found.problems[0]).toMatchObject({ note: true, message: expect.stringContaining('Gazette of the parish') });
  });

  it('reads a note at the foot of a page where its mark stands, and keeps other raised figures', async () => {
    const text: PdfLine[] = [
      ...lines(['The toll of the upper bridge is two pence', 'and paid by every cart'], 40, 100),
      { text: '1', x: 141, y: 108, size: 6 },
      { text: ' but by no foot.', x: 145, y: 112 },
      ...lines(['The deck has 40 m', 'of oak, laid by men of the parish itself.'], 40, 140),
      { text: '2', x: 121, y: 136, size: 6 },
      { text: '1', x: 40, y: 538, size: 5 },
      { text: 'Since the year the dam broke.', x: 44, y: 540, size: 7 },
    ];
    const found = (await read([text])).text;
    expect(found).toContain('paid by every cart (Since the year the dam broke.) but by no foot.');
    expect(found).toContain('40 m2 of oak');
    expect(found.match(/Since the year/g)).toHaveLength(1);
    expect(found).not.toMatch(/[\ue000\ue001]/);
  });

  it('reads aligned columns as a table, each row with its header', async () => {
    const rows = [
      ['Mill', 'Wheels', 'Owner'],
      ['Upper', '9', 'Parish'],
      ['Lower', '4', 'Quist'],
      ['Hill', '2', 'Berg'],
    ];
    const placed = rows.flatMap((cells, at) => cells.map((text, column) => ({ text, x: 40 + column * 110, y: 100 + at * 14 })));
    const { paragraphs } = await read([placed]);
    expect(paragraphs.map(({ text, role }) => [role, text])).toEqual([
      ['row', 'Mill: Upper; Wheels: 9; Owner: Parish'],
      ['row', 'Mill: Lower; Wheels: 4; Owner: Quist'],
      ['row', 'Mill: Hill; Wheels: 2; Owner: Berg'],
    ]);
    // Each row has its own place: one below the other, as wide as the table.
    const boxes = paragraphs.map(({ box }) => box as [number, number, number, number]);
    expect(boxes.map(([left, , right]) => [left, right])).toEqual(Array(3).fill([boxes[0]![0], boxes[0]![2]]));
    for (const [at, box] of boxes.entries()) {
      expect(box[3]).toBeGreaterThan(box[1]);
      expect(box[1]).toBeGreaterThanOrEqual(at === 0 ? 0 : boxes[at - 1]![3]);
    }
  });

  it('reads lists, and headings by size or by another font', async () => {
    const body = ['They are driven by the river below the weir, and they', 'grind the rye of the whole parish all the year round.'];
    expect(
      await outline([
        [
          { text: 'Wheels', x: 40, y: 40, size: 16 },
          ...lines(body, 40, 70),
          { text: 'Parts of a wheel', x: 40, y: 120, bold: true },
          { text: '\u0095', x: 40, y: 145 },
          { text: 'spokes of oak', x: 60, y: 145 },
          { text: '\u0095', x: 40, y: 160 },
          { text: 'a rim of iron', x: 60, y: 160 },
        ],
      ]),
    ).toEqual([
      '1 heading: Wheels',
      `1 body: ${body.join(' ')}`,
      '1 heading: Parts of a wheel',
      '1 item: spokes of oak',
      '1 item: a rim of iron',
    ]);
  });

  it('does not take a list of many short items for a table', async () => {
    const words = ['oak', 'elm', 'ash', 'iron', 'lead', 'tar', 'flax', 'rope'];
    const list = words.flatMap((text, at): PdfLine[] => [
      { text: '\u0095', x: 40, y: 60 + at * 18 },
      { text: `${text} for the wheel`, x: 60, y: 60 + at * 18 },
    ]);
    expect(await outline([list])).toEqual(words.map((text) => `1 item: ${text} for the wheel`));
  });

  it('keeps short paragraphs apart in a column that has nothing else', async () => {
    const body = lines(
      ['The wheel of the upper mill is made of', 'oak from the wood behind the old weir and', 'is turned by night.'],
      40,
      40,
    );
    const said = ['Miller: Ada Quist', 'Carter: Bo Falk', 'Clerk: Eva Berg', 'Smith: Jan Holm', 'Guard: Ida Lund'];
    const found = await outline([body, said.map((text, at) => ({ text, x: 40, y: 60 + at * 17 }))]);
    expect(found.slice(1)).toEqual(said.map((text) => `2 body: ${text}`));
  });

  it('reads a title of many lines, also one that a column cuts', async () => {
    const title = ['Wheels of oak', 'and of iron in', 'the mills of the', 'lower parish', 'and its weirs'];
    const body = ['They are driven by the river below the weir, and they', 'grind the rye of the whole parish all the year round.'];
    const large = { size: 14, bold: true };
    expect(await outline([[...title.map((text, at) => ({ text, x: 40, y: 40 + at * 17, ...large })), ...lines(body, 40, 150)]])).toEqual([
      `1 heading: ${title.join(' ')}`,
      `1 body: ${body.join(' ')}`,
    ]);
    const cut = await outline([
      [...lines(body, 40, 60), { text: 'Mending of the wheels', x: 40, y: 570, ...large }],
      [{ text: 'that the flood broke', x: 40, y: 40, ...large }, ...lines(body, 40, 70)],
    ]);
    expect(cut).toContain('1 heading: Mending of the wheels that the flood broke');
  });

  it.each([
    ['The guild has a new trade in e-', 'commerce with the towns below.', 'trade in e-commerce with'],
    ['Rules stand at https://mills.example/long-', 'wheel and in the book.', 'https://mills.example/long-wheel and'],
  ])('keeps the hyphen that belongs to the word: %j', async (first, second, whole) => {
    expect((await read([lines([first, second], 40, 60)])).text).toContain(whole);
  });

  it('keeps the lines of an address, and knows what stands below a title such as "Contact"', async () => {
    const { paragraphs } = await read([
      [
        ...lines(
          [
            'The office of the guild answers questions of the parish and of',
            'whoever else asks about wheels, weirs and sluices in writing.',
          ],
          40,
          40,
        ),
        { text: 'Contact', x: 40, y: 90, size: 14 },
        ...lines(['Guild of the mills', '4 Weir Lane', 'E: guild@mills.example'], 40, 120),
        { text: 'Office of the clerk, second floor', x: 40, y: 180 },
      ],
    ]);
    expect(paragraphs.slice(-2).map(({ kind, text }) => [kind, text])).toEqual([
      ['contact', 'Guild of the mills\n4 Weir Lane\nE: guild@mills.example'],
      ['contact', 'Office of the clerk, second floor'],
    ]);
  });

  it('gives page and box of each paragraph, also on a turned page', async () => {
    const { paragraphs } = await read([[{ text: 'The mill turns.', x: 40, y: 300 }], [{ text: 'The sluice leaks.', x: 40, y: 60 }]]);
    expect(paragraphs.map(({ page }) => page)).toEqual([1, 2]);
    const [left, top, right, bottom] = (paragraphs[0]?.box ?? []) as unknown as [number, number, number, number];
    expect(left).toBeCloseTo(0.1, 2);
    expect(top).toBeLessThan(0.5);
    expect(bottom).toBeGreaterThan(0.495);
    expect(right).toBeGreaterThan(left);
    expect(await outline([[{ text: 'The mill turns.', x: 40, y: 300 }]], { rotate: 90 })).toEqual(['1 body: The mill turns.']);
  });

  it.each([
    ['a scan', () => pdf([[]]), /no text/],
    ['half a file', () => pdf([[{ text: 'x', x: 9, y: 9 }]]).slice(0, 60), /damaged/],
    ['something else', () => Buffer.from('The mill turns.'), /damaged, or no PDF/],
  ])('refuses %s and says why', async (_, make, why) => {
    await expect(readAnyDocument('a.pdf', make())).rejects.toThrow(why);
  });
});
