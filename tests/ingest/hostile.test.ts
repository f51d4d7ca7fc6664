import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { type IngestSummary, ingest } from '../../src/ingest/ingest.ts';
import { isolatedReader } from '../../src/ingest/isolated.ts';
import { docx } from '../fixtures/documents/make.ts';

let base: string;
let summary: IngestSummary;
let stalls: number;
const embedder = {
  id: 'one-1',
  dimensions: 1,
  embedDocuments: async (texts: string[]) => texts.map(() => [1]),
  embedQuery: async () => [1],
};

/** A PDF of one page whose content is given as a stream, or whose pages are what `kids` says. */
function rawPdf(stream: Buffer, filter = '', kids = '3 0 R'): Buffer {
  const head = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [${kids}] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >> endobj
4 0 obj << /Length ${stream.length} ${filter} >> stream
`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF')]);
}

const FILES: Record<string, Uint8Array> = {
  'good.md': Buffer.from('# Mill\n\nThe mill turns.'),
  'bomb.docx': zipSync({ 'word/document.xml': new Uint8Array(80 * 1024 * 1024) }),
  'parts.docx': zipSync(Object.fromEntries(Array.from({ length: 25_000 }, (_, at) => [`x/${at}.xml`, new Uint8Array(1)]))),
  'entities.docx': docx('', {
    parts: {
      'word/document.xml': Buffer.from(
        `<!DOCTYPE x [${Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')}]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>`,
      ),
    },
  }),
  'protected.docx': Buffer.from('d0cf11e0a1b11ae1000000000000000000', 'hex'),
  'climbing.docx': zipSync({ '../../../../etc/passwd': Buffer.from('x'), 'word/document.xml': Buffer.from('<a/>') }),
  'empty.pdf': new Uint8Array(),
  'loop.pdf': rawPdf(Buffer.from(''), '', '2 0 R'),
  'stream.pdf': rawPdf(deflateSync(Buffer.alloc(200 * 1024 * 1024, 'q ')), '/Filter /FlateDecode'),
  'renamed.txt': Buffer.from(
    '\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003\u0000>\u0000\u0001',
    'latin1',
  ),
  'line.txt': Buffer.alloc(50 * 1024 * 1024, 'a'),
  'yaml.md': Buffer.from(
    `---\na: &a [x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`)
      .join('\n')}\n---\n\nThe weir leaks.`,
  ),
  'nested.html': Buffer.from('<div>'.repeat(100_000)),
};

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'pilcrow-hostile-'));
  const folder = path.join(base, 'corpus');
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(FILES)) writeFileSync(path.join(folder, name), bytes);
  symlinkSync('/etc/passwd', path.join(folder, 'link.txt'));
  const reader = isolatedReader({ module: path.resolve('dist/ingest/read.child.js'), milliseconds: 20_000, megabytes: 512 });
  // How long the loop of this process, where a service would answer, stands still on account of what is read: its own work counts.
  stalls = 0;
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const now = process.cpuUsage();
    stalls = Math.max(stalls, (now.user + now.system - last.user - last.system) / 1000);
    last = now;
  }, 5);
  try {
    summary = await ingest({ folder, store: createMemoryStore(), embedder, reader });
  } finally {
    clearInterval(timer);
    await reader.close();
  }
}, 240_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('files made to do harm', () => {
  it('are named, each with a reason and what to do, and the others are published', () => {
    const named = new Set(summary.problems.map(({ file }) => file));
    const read = new Set(summary.editions.map(({ id }) => id));
    expect(read).toEqual(new Set(['good', 'yaml']));
    for (const name of [...Object.keys(FILES), 'link.txt']) if (name !== 'good.md') expect(named).toContain(name);
    for (const { message, hint } of summary.problems) {
      expect(message).not.toMatch(/undefined(?! entity)|\[object|at .*\.js:/);
      expect(hint.length).toBeGreaterThan(0);
    }
  });

  it('say what they are', () => {
    const why = (name: string) => summary.problems.find(({ file }) => file === name)?.message ?? '';
    expect(why('bomb.docx')).toContain('more than any document needs');
    expect(why('parts.docx')).toContain('parts');
    expect(why('protected.docx')).toContain('password');
    expect(why('line.txt')).toContain('20 MB');
    expect(why('link.txt')).toContain('link');
    expect(why('yaml.md')).toContain('front matter');
  });

  it('do not hold up the process that reads them', () => {
    // Handing 50 MB over costs some tens of milliseconds; parsing in this process would cost seconds.
    expect(stalls).toBeLessThan(1500);
  });
});
