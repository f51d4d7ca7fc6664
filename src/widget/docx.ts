import {
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { AnswerOutline, Noted, OutlineBlock } from './outline.ts';

// A file of its own, which the widget loads when somebody wants a Word document.

/** Twentieths of a point that a list stands in from what is around it. */
const INDENT = 480;
const FONT = 'Georgia';
const LINE = { style: 'single', size: 4, color: 'BBBBBB' } as const;

/** An answer as a Word document: lists and tables as such, its sources as footnotes. */
export function docxOf({ title, rightToLeft: toLeft, status, blocks, sources }: AnswerOutline): Promise<Blob> {
  const rightToLeft = toLeft || undefined;
  const bidirectional = rightToLeft;
  const run = (text: string, more: { bold?: boolean; italics?: boolean; color?: string } = {}) =>
    new TextRun({ text, rightToLeft, ...more });
  // A source that is cited twice is one note that is pointed to twice; Word numbers them by where they stand.
  const known = new Set(sources.map(({ number }) => number));
  const runs = (parts: readonly Noted[], more = {}) =>
    parts.flatMap(({ text, notes }, at) => [
      run(at > 0 ? ` ${text}` : text, more),
      ...notes.filter((number) => known.has(number)).map((number) => new FootnoteReferenceRun(number)),
    ]);
  const lists = numberedLists(blocks);
  const cell = (children: Paragraph[]) =>
    new TableCell({
      children,
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      borders: { top: LINE, bottom: LINE, left: LINE, right: LINE },
    });
  const shownBlock = (block: OutlineBlock): (Paragraph | Table)[] => {
    if (block.kind === 'table') {
      const row = (cells: readonly Noted[], tableHeader: boolean) =>
        new TableRow({
          // What says that it is no header is taken for one by some readers.
          ...(tableHeader ? { tableHeader } : {}),
          cantSplit: true,
          children: cells.map((one) =>
            cell([new Paragraph({ bidirectional, spacing: { after: 0 }, children: runs([one], { bold: tableHeader }) })]),
          ),
        });
      const names = block.names.map((text) => ({ text, notes: [] }));
      return [
        new Table({
          visuallyRightToLeft: toLeft,
          width: { size: 100, type: WidthType.PERCENTAGE },
          rows: [...(block.names.some(Boolean) ? [row(names, true)] : []), ...block.rows.map((cells) => row(cells, false))],
        }),
        // What follows does not stick to the table, and two tables do not become one.
        new Paragraph({ spacing: { after: 0, line: 160 }, children: [] }),
      ];
    }
    if (block.kind === 'item') {
      const reference = lists.of.get(block);
      return [
        new Paragraph({
          bidirectional,
          spacing: { after: 80 },
          ...(reference === undefined
            ? { bullet: { level: block.depth } }
            : { numbering: { reference, level: 0 }, indent: { start: INDENT * (block.depth + 1), hanging: INDENT } }),
          children: runs(block.parts),
        }),
      ];
    }
    if (block.kind === 'under')
      return [
        new Paragraph({
          bidirectional,
          keepNext: true,
          spacing: { before: 160, after: 60 },
          children: runs(block.parts, { bold: true, color: '555555' }),
        }),
      ];
    return [new Paragraph({ bidirectional, ...(block.kind === 'note' ? { indent: { start: 400 } } : {}), children: runs(block.parts) })];
  };
  const document = new Document({
    title,
    creator: 'Pilcrow',
    styles: {
      default: {
        document: { run: { font: FONT, size: 22 }, paragraph: { spacing: { after: 140, line: 300 } } },
        heading1: { run: { font: FONT, size: 32, bold: true, color: '000000' }, paragraph: { spacing: { after: 120 } } },
      },
    },
    numbering: {
      config: lists.all.map(({ reference, start }) => ({
        reference,
        levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', start }],
      })),
    },
    footnotes: Object.fromEntries(
      sources.map(({ number, place, quote, url }) => [
        number,
        {
          children: [
            new Paragraph({
              bidirectional,
              children: [
                run(` ${place}: “${quote}” `),
                ...(url ? [new ExternalHyperlink({ link: url, children: [new TextRun({ text: url, style: 'Hyperlink' })] })] : []),
              ],
            }),
          ],
        },
      ]),
    ),
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, bidirectional, children: [run(title)] }),
          ...(status ? [new Paragraph({ bidirectional, children: [run(status, { italics: true, color: '555555' })] })] : []),
          ...blocks.flatMap(shownBlock),
        ],
      },
    ],
  });
  return Packer.toBlob(document);
}

/** The list each numbered item belongs to. A gap begins another, since Word counts on by itself and would lose it. */
function numberedLists(blocks: readonly OutlineBlock[]) {
  const all: { reference: string; start: number }[] = [];
  const of = new Map<OutlineBlock, string>();
  /** By depth: the list that goes on there, and where it has got to. */
  let open: ({ reference: string; last: number } | undefined)[] = [];
  for (const block of blocks) {
    if (block.kind !== 'item') {
      open = [];
      continue;
    }
    const { number, depth } = block;
    open.length = Math.min(open.length, depth + 1);
    if (number === null) {
      open[depth] = undefined;
      continue;
    }
    const before = open[depth];
    const reference = before && number === before.last + 1 ? before.reference : `list${all.length + 1}`;
    if (reference !== before?.reference) all.push({ reference, start: number });
    open[depth] = { reference, last: number };
    of.set(block, reference);
  }
  return { all, of };
}
