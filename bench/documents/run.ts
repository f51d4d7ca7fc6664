/**
 * How well the readers read public documents beside which a peer's own conversions lie:
 *   npx tsx bench/documents/run.ts FOLDER [--show NAME]
 * FOLDER (or PILCROW_BENCH_DOCUMENTS) holds docx/, html/, pptx/, pdf/ with NAME and NAME.md. Prints the table of docs/documents.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paragraph } from '../../src/core/model.ts';
import { type Document, readAnyDocument } from '../../src/ingest/document.ts';
import { type Measure, measure, wordsOf, yardstickWords } from './measure.ts';

const [folder = process.env.PILCROW_BENCH_DOCUMENTS, , show] = process.argv.slice(2);
if (!folder || !existsSync(folder)) {
  console.error('Name the folder of documents: npx tsx bench/documents/run.ts FOLDER');
  process.exit(2);
}

/** The text of a reading with the names of a table's columns once, as its page shows them, and the numbers of lists. */
export function shownText({ paragraphs }: Document): string {
  const lines: string[] = [];
  let table = 0;
  for (const paragraph of paragraphs) {
    if (paragraph.table !== undefined && paragraph.table !== table && paragraph.cells) {
      table = paragraph.table;
      lines.push(namesOf(paragraphs, table));
    }
    const points = [...paragraph.text];
    const text = paragraph.cells?.map(({ start, end }) => points.slice(start, end).join('')).join(' | ') ?? paragraph.text;
    lines.push(paragraph.marker ? `${paragraph.marker} ${text}` : text);
  }
  return lines.join('\n');
}

function namesOf(paragraphs: readonly Paragraph[], table: number): string {
  const names: string[] = [];
  for (const { table: own, cells } of paragraphs) {
    if (own === table) for (const { name } of cells ?? []) if (name !== '' && !names.includes(name)) names.push(name);
  }
  return names.join(' | ');
}

const format = (value: number) => value.toFixed(3).replace(/^0/, '');
const rows: string[] = [];
for (const kind of ['docx', 'html', 'pptx', 'pdf']) {
  if (!existsSync(join(folder, kind))) continue;
  const measures: Measure[] = [];
  for (const name of readdirSync(join(folder, kind)).sort()) {
    if (name.endsWith('.md') || !existsSync(join(folder, kind, `${name}.md`)) || (show && !name.includes(show))) continue;
    const theirs = yardstickWords(readFileSync(join(folder, kind, `${name}.md`), 'utf8'));
    const began = performance.now();
    let result: string;
    try {
      const document = await readAnyDocument(name, readFileSync(join(folder, kind, name)), {});
      const text = shownText(document);
      if (show) {
        for (const { kind: what, role, depth, page, text: own, level } of document.paragraphs)
          console.log([what, role ?? '', level ?? depth ?? '', page ?? '', own].join(' | '));
        console.log(document.problems);
      }
      const found = measure(wordsOf(text), theirs);
      if (theirs.length > 0) measures.push(found);
      result = [found.recall, found.precision, found.order].map(format).join(' | ');
    } catch (error) {
      result = `refused: ${(error as Error).message} | | `;
      if (theirs.length > 0) measures.push({ recall: 0, precision: 0, order: 0, words: theirs.length });
    }
    rows.push(`| ${kind} | ${name} | ${theirs.length} | ${result} | ${Math.round(performance.now() - began)} |`);
  }
  const mean = (key: 'recall' | 'precision' | 'order') => measures.reduce((sum, one) => sum + one[key], 0) / measures.length;
  rows.push(
    `| **${kind}** | **mean of ${measures.length}** | | **${['recall', 'precision', 'order'].map((key) => format(mean(key as 'recall'))).join('** | **')}** | |`,
  );
}
console.log(['| format | file | words | recall | precision | order | ms |', '|---|---|---|---|---|---|---|', ...rows].join('\n'));
