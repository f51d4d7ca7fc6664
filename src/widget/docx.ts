import { Document, ExternalHyperlink, FootnoteReferenceRun, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { AnswerOutline } from './outline.ts';

// A file of its own, which the widget loads when somebody wants a Word document.

/** An answer as a Word document, its sources as footnotes. */
export function docxOf({ title, rightToLeft: toLeft, status, blocks, sources }: AnswerOutline): Promise<Blob> {
  const rightToLeft = toLeft || undefined;
  const run = (text: string, more: { bold?: boolean; italics?: boolean } = {}) => new TextRun({ text, rightToLeft, ...more });
  // A source that is cited twice is one note that is pointed to twice; Word numbers them by where they stand.
  const known = new Set(sources.map(({ number }) => number));
  const marks = (numbers: readonly number[]) =>
    numbers.filter((number) => known.has(number)).map((number) => new FootnoteReferenceRun(number));
  const style = { text: undefined, item: undefined, under: HeadingLevel.HEADING_2, note: undefined };
  const document = new Document({
    title,
    creator: 'Pilcrow',
    styles: { default: { document: { run: { font: 'Georgia', size: 22 }, paragraph: { spacing: { after: 140, line: 300 } } } } },
    footnotes: Object.fromEntries(
      sources.map(({ number, place, quote, url }) => [
        number,
        {
          children: [
            new Paragraph({
              bidirectional: rightToLeft,
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
          new Paragraph({ heading: HeadingLevel.HEADING_1, bidirectional: rightToLeft, children: [run(title)] }),
          ...(status ? [new Paragraph({ bidirectional: rightToLeft, children: [run(status, { italics: true })] })] : []),
          ...blocks.map(
            ({ kind, text, notes }) =>
              new Paragraph({
                bidirectional: rightToLeft,
                heading: style[kind],
                ...(kind === 'item' ? { bullet: { level: 0 } } : {}),
                ...(kind === 'note' ? { indent: { start: 400 } } : {}),
                children: [run(text), ...marks(notes)],
              }),
          ),
        ],
      },
    ],
  });
  return Packer.toBlob(document);
}
