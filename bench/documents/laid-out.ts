/**
 * How much of a briefing comes back when it is laid out as a real document, and whether the answers stay the same:
 *   npx tsx bench/documents/laid-out.ts FILE.txt… [--cases FOLDER] [--questions 80] [--show]
 * Each file is read as text and set as a PDF in two justified columns (Chromium), as a Word file and as a web page, with running heads, page
 * numbers, footnotes and a table. Told are: how many paragraphs come back the same (notes apart), on which page, and for a sample of
 * the questions of FOLDER (default evals/cases, what is kept aside left alone) how many have the same answer and citations as from the
 * texts; for these the documents are set without notes and table, which the texts do not have. Nothing is kept.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
// @ts-expect-error: a script without types.
import { findChromium } from '../../scripts/chromium.mjs';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { loadCases } from '../../src/eval/dataset.ts';
import { type Document, readAnyDocument } from '../../src/ingest/document.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { asDocx, asHtml, asPdf, NOTE, type SetDocument, type Setting, settingOf, TABLE } from './layout.ts';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: 'evals/cases' },
    questions: { type: 'string', default: '80' },
    show: { type: 'boolean', default: false },
  },
});
if (files.length === 0) throw new Error('Name the texts: npx tsx bench/documents/laid-out.ts FILE.txt…');
const FORMATS = ['pdf', 'docx', 'html'] as const;
const now = new Date('2026-11-30');
const flat = (text: string) => text.replace(NOTE, '').replace(/\s+/g, ' ').trim();

/** How a reading compares with what was set. */
function compare({ paragraphs }: Document, settings: readonly Setting[], { pages }: SetDocument) {
  const found = new Map<string, (typeof paragraphs)[number][]>();
  for (const paragraph of paragraphs) found.set(flat(paragraph.text), [...(found.get(flat(paragraph.text)) ?? []), paragraph]);
  const missing: string[] = [];
  const wrongPages: string[] = [];
  let notes = 0;
  for (const [at, setting] of settings.entries()) {
    const own = found.get(flat(setting.text))?.shift();
    if (!own) missing.push(`${setting.kind} ${setting.text}`);
    else if (pages && own.page !== pages[at]) wrongPages.push(`${own.page} for ${pages[at]}: ${setting.text}`);
    if (own && setting.note && own.text.includes(setting.note.text)) notes++;
  }
  const extra = [...found.values()]
    .flat()
    .filter(({ role }) => role !== 'row')
    .map(({ kind, text }) => `${kind} ${text}`);
  const rows = paragraphs.filter(({ role }) => role === 'row').map(({ text }) => text);
  const wanted = TABLE.slice(1).map((row) => row.map((cell, column) => `${TABLE[0]?.[column]}: ${cell}`).join('; '));
  return { missing, wrongPages, extra, notes, table: wanted.filter((row) => rows.includes(row)).length };
}

/** What a question gets from the documents of a folder: the text shown and every quotation. */
async function answers(
  folder: string,
  questions: readonly string[],
  embedder: Awaited<ReturnType<typeof createStaticEmbedder>>,
): Promise<string[]> {
  const store = createMemoryStore();
  await ingest({ folder, store, embedder, now });
  const reader = (await store.open()) as IndexReader;
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
  const all: string[] = [];
  for (const question of questions) {
    const { status, sentences, citations } = await ask({ question });
    const quotes = citations.map(({ quote, briefing }) => `${briefing.edition.date} ${flat(quote.exact)}`).sort();
    all.push(JSON.stringify([status, sentences.map(({ text }) => flat(text)), quotes]));
  }
  return all;
}

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found.');
const home = mkdtempSync(join(tmpdir(), 'pilcrow-laid-out-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const folder = (name: string) => mkdtempSync(join(home, `${name}-`));
  const folders = { txt: folder('txt'), pdf: folder('pdf'), docx: folder('docx'), html: folder('html') };
  for (const file of files) {
    const stem = basename(file).replace(/\.[^.]+$/, '');
    const bytes = readFileSync(file);
    writeFileSync(join(folders.txt, basename(file)), bytes);
    const text = await readAnyDocument(basename(file), bytes, { now });
    const settings = settingOf(text.paragraphs);
    const made = { pdf: await asPdf(browser, settings), docx: asDocx(settings), html: asHtml(text.briefing.title, settings) };
    const bare = settingOf(text.paragraphs, false);
    const same = { pdf: await asPdf(browser, bare, false), docx: asDocx(bare, false), html: asHtml(text.briefing.title, bare, false) };
    for (const format of FORMATS) {
      writeFileSync(join(folders[format], `${stem}.${format}`), same[format].bytes);
      const read = await readAnyDocument(`${stem}.${format}`, made[format].bytes, { now });
      const { missing, wrongPages, extra, notes, table } = compare(read, settings, made[format]);
      const bearing = settings.filter(({ note }) => note).length;
      console.log(
        `${stem}.${format}: ${settings.length - missing.length} of ${settings.length} paragraphs the same, ${made[format].pages ? `${wrongPages.length} on a wrong page` : 'no pages'}, ` +
          `${notes} of ${bearing} notes at their mark, ${table} of ${TABLE.length - 1} rows, ${extra.length} paragraphs more`,
      );
      if (values.show)
        for (const [sign, list] of [
          ['-', missing],
          ['+', extra],
          ['p', wrongPages],
        ] as const)
          for (const one of list) console.log(`  ${sign} ${one.slice(0, 160)}`);
    }
  }
  const cases = (
    await Promise.all(
      readdirSync(values.cases)
        .filter((name) => /^tune.*\.yaml$/.test(name))
        .sort()
        .map(async (name) => (await loadCases(join(values.cases, name))).cases),
    )
  ).flat();
  const step = Math.max(1, Math.floor(cases.length / Number(values.questions)));
  const questions = cases
    .filter((_, at) => at % step === 0)
    .slice(0, Number(values.questions))
    .map(({ question }) => question);
  const embedder = await createStaticEmbedder();
  const base = await answers(folders.txt, questions, embedder);
  for (const format of FORMATS) {
    const own = await answers(folders[format], questions, embedder);
    const same = own.filter((one, at) => one === base[at]).length;
    console.log(
      `${format}: ${same} of ${questions.length} questions have the same answer and citations (${((100 * same) / questions.length).toFixed(1)} %)`,
    );
    if (values.show)
      for (const [at, one] of own.entries())
        if (one !== base[at]) console.log(`  ? ${questions[at]}\n    txt ${base[at]?.slice(0, 400)}\n    ${format} ${one.slice(0, 400)}`);
  }
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}
