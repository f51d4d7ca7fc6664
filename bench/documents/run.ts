/**
 * How well the readers read public documents beside which a peer's own conversions lie:
 *   npx tsx bench/documents/run.ts FOLDER [--peers] [--kind html] [--show NAME]
 * FOLDER (or PILCROW_BENCH_DOCUMENTS) holds docx/, html/, pptx/, pdf/ with NAME and NAME.md. Prints the tables of docs/documents.md; with
 * --peers also what other libraries give on the same files, which npm fetches into a temporary folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Paragraph } from '../../src/core/model.ts';
import { type Document, readAnyDocument } from '../../src/ingest/document.ts';
import { fairYardstick, type Measure, measure, wordsOf, yardstickWords } from './measure.ts';
import { loadPeers } from './peers.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { peers: { type: 'boolean', default: false }, kind: { type: 'string' }, show: { type: 'string' } },
});
const [folder = process.env.PILCROW_BENCH_DOCUMENTS] = positionals;
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

const KINDS = ['docx', 'html', 'pptx', 'pdf'] as const;
const RTL = /right_to_left/;
const shown = (value: number) => (Number.isFinite(value) ? value.toFixed(3).replace(/^0/, '') : '–');
const three = ({ recall, precision, order }: Measure) => [recall, precision, order].map(shown).join(' | ');

/** Mean of each measure over files that have words. */
function mean(list: readonly Measure[]): Measure {
  const of = (key: 'recall' | 'precision' | 'order') => list.reduce((sum, one) => sum + one[key], 0) / list.length;
  return { recall: of('recall'), precision: of('precision'), order: of('order'), words: list.reduce((sum, one) => sum + one.words, 0) };
}

const NOTHING = (words: number): Measure => ({ recall: 0, precision: 0, order: 0, words });

async function ownText(name: string, bytes: Buffer): Promise<string> {
  const document = await readAnyDocument(name, bytes, {});
  if (values.show) {
    for (const { kind: what, role, depth, page, text: own, level } of document.paragraphs)
      console.log([what, role ?? '', level ?? depth ?? '', page ?? '', own].join(' | '));
    console.log(document.problems);
  }
  return shownText(document);
}

const { peers, remove } = values.peers ? await loadPeers() : { peers: [], remove: () => {} };
const readers = [
  { name: 'Pilcrow', formats: KINDS as readonly string[], text: ownText },
  ...peers.map((peer) => ({ ...peer, text: (_: string, bytes: Buffer, kind: string) => peer.text(bytes, kind) })),
];
const files: string[] = [];
/** By reader and group of files: measured against the yardstick as it is, and without what it repeats and what is struck through. */
const found = new Map<string, { plain: Measure[]; fair: Measure[] }>();
const put = (reader: string, group: string, plain: Measure, fair: Measure) => {
  const list = found.get(`${reader} ${group}`) ?? { plain: [], fair: [] };
  list.plain.push(plain);
  list.fair.push(fair);
  found.set(`${reader} ${group}`, list);
};
try {
  for (const kind of KINDS) {
    if (!existsSync(join(folder, kind)) || (values.kind !== undefined && values.kind !== kind)) continue;
    for (const name of readdirSync(join(folder, kind)).sort()) {
      if (name.endsWith('.md') || !existsSync(join(folder, kind, `${name}.md`)) || (values.show && !name.includes(values.show))) continue;
      const markdown = readFileSync(join(folder, kind, `${name}.md`), 'utf8');
      const [theirs, fairly] = [yardstickWords(markdown), yardstickWords(fairYardstick(markdown))];
      const bytes = readFileSync(join(folder, kind, name));
      for (const reader of readers) {
        if (!reader.formats.includes(kind)) continue;
        const began = performance.now();
        let [plain, fair, told] = [NOTHING(theirs.length), NOTHING(fairly.length), ''];
        try {
          const ours = wordsOf(await reader.text(name, bytes, kind));
          [plain, fair] = [measure(ours, theirs), measure(ours, fairly)];
        } catch (error) {
          told = ` (refused: ${(error as Error).message})`;
        }
        if (told !== '' && reader.name !== 'Pilcrow') console.error(`${reader.name}, ${name}${told}`);
        if (theirs.length > 0) {
          put(reader.name, kind, plain, fair);
          if (kind === 'pdf') put(reader.name, RTL.test(name) ? 'pdf, right to left' : 'pdf, left to right', plain, fair);
        }
        if (reader.name === 'Pilcrow')
          files.push(`| ${kind} | ${name}${told} | ${theirs.length} | ${three(plain)} | ${Math.round(performance.now() - began)} |`);
      }
    }
  }
} finally {
  remove();
}
console.log('| format | reader | files | recall | precision | order | recall, fair yardstick |\n|---|---|---|---|---|---|---|');
for (const group of ['docx', 'html', 'pptx', 'pdf', 'pdf, left to right', 'pdf, right to left']) {
  for (const { name } of readers) {
    const list = found.get(`${name} ${group}`);
    if (list) console.log(`| ${group} | ${name} | ${list.plain.length} | ${three(mean(list.plain))} | ${shown(mean(list.fair).recall)} |`);
  }
}
console.log(['', '| format | file | words | recall | precision | order | ms |', '|---|---|---|---|---|---|---|', ...files].join('\n'));
