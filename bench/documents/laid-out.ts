/**
 * How much of a briefing comes back when it is laid out as a real document:
 *   npx tsx bench/documents/laid-out.ts FILE.txt…
 * Each file is read as text, printed by Chromium as a PDF in two columns with running heads, page numbers and a table, and as a
 * web page; the paragraphs read from these are compared with those of the text. Nothing is kept.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';
// @ts-expect-error: a script without types.
import { findChromium } from '../../scripts/chromium.mjs';
import type { Paragraph } from '../../src/core/model.ts';
import { readAnyDocument } from '../../src/ingest/document.ts';

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] as string);
const TABLE = [
  ['Quarter', 'Boats', 'Tons'],
  ['Spring', '12', '340'],
  ['Summer', '19', '512'],
  ['Autumn', '15', '401'],
];

function page(paragraphs: readonly Paragraph[]): string {
  const parts = paragraphs.map(({ kind, text, level }) => {
    const inner = escaped(text).replace(/\n/g, '<br>');
    if (kind === 'heading') return `<h${Math.min(4, (level ?? 0) + 1)}>${inner}</h${Math.min(4, (level ?? 0) + 1)}>`;
    return kind === 'item' ? `<ul><li>${inner}</li></ul>` : `<p>${inner}</p>`;
  });
  const table = `<table>${TABLE.map((row, at) => `<tr>${row.map((cell) => (at === 0 ? `<th>${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('')}</table>`;
  return `<!doctype html><html lang="en"><style>body{font:10pt serif;text-align:justify;hyphens:auto}main{columns:2;column-gap:8mm}h1{column-span:all;font-size:18pt}h2,h3,h4{font-size:12pt;text-align:left}td,th{padding:0 6mm 0 0}</style><main>${parts.join('\n')}${table}</main></html>`;
}

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
try {
  for (const file of process.argv.slice(2)) {
    const text = await readAnyDocument(basename(file), readFileSync(file));
    const html = page(text.paragraphs);
    const tab = await browser.newPage();
    await tab.setContent(html);
    const pdf = await tab.pdf({
      format: 'A4',
      displayHeaderFooter: true,
      headerTemplate: '<div style="font-size:8px;width:100%;text-align:center">Bulletin of the harbour office</div>',
      footerTemplate: '<div style="font-size:8px;width:100%;text-align:center"><span class="pageNumber"></span></div>',
      margin: { top: '20mm', bottom: '20mm', left: '18mm', right: '18mm' },
    });
    await tab.close();
    for (const [name, bytes] of [
      ['a.pdf', pdf],
      ['a.html', Buffer.from(html)],
    ] as const) {
      const read = await readAnyDocument(name, bytes);
      const found = new Set(read.paragraphs.map((paragraph) => flat(paragraph.text)));
      const missing = text.paragraphs.filter((paragraph) => !found.has(flat(paragraph.text)));
      const kinds = text.paragraphs.filter((paragraph) => {
        const same = read.paragraphs.find((other) => flat(other.text) === flat(paragraph.text));
        return same && (same.kind === 'heading') === (paragraph.kind === 'heading');
      });
      const rows = read.paragraphs.filter(({ role }) => role === 'row').map((row) => row.text);
      console.log(
        `${basename(file)} as ${name.slice(2)}: ${text.paragraphs.length - missing.length} of ${text.paragraphs.length} paragraphs the same, ${kinds.length} of the same kind, table: ${JSON.stringify(rows)}`,
      );
      for (const paragraph of missing.slice(0, Number(process.env.SHOW ?? 0)))
        console.log(`  - ${paragraph.kind} ${paragraph.text.slice(0, 140)}`);
      const known = new Set(text.paragraphs.map((paragraph) => flat(paragraph.text)));
      const extra = read.paragraphs.filter((paragraph) => !known.has(flat(paragraph.text)));
      for (const paragraph of extra.slice(0, Number(process.env.SHOW ?? 0)))
        console.log(`  + ${paragraph.page} ${paragraph.kind} ${paragraph.text.slice(0, 140)}`);
    }
  }
} finally {
  await browser.close();
}
