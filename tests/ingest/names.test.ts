import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { fromText, isWellFormed } from './helpers.ts';

const embedder = await createStaticEmbedder();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilcrow-unsettled-'));
  writeFileSync(join(folder, 'kept.md'), '# Piers\n\nThe harbour has nine piers.\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('names', () => {
  it.each([
    ['turned round', 'report\u202egnp.md', 'report\\u{202e}gnp.md'],
    ['acting on a terminal', 'red\u001b[31m.md', 'red\\u{1b}[31m.md'],
    ['of two lines', 'two\nlines.txt', 'two\\u{a}lines.txt'],
  ])('%s are told and left out', async (_what, name, shown) => {
    writeFileSync(join(folder, name), '# Ferries\n\nThe harbour has three ferries.\n');
    const { briefings, problems } = await ingest({ folder, store: createMemoryStore(), embedder });
    expect(briefings).toBe(1);
    expect(problems).toEqual([{ file: shown, message: expect.stringContaining('Its name'), hint: 'Rename the file.' }]);
  });

  it('of other scripts are names like any other', async () => {
    for (const name of ['گزارش\u200cها.md', '报告.md', 'Übersicht – 2.md'])
      writeFileSync(join(folder, name), `# ${name}\n\nThe harbour has three ferries of ${name}.\n`);
    const { briefings, problems } = await ingest({ folder, store: createMemoryStore(), embedder });
    expect([briefings, problems]).toEqual([4, []]);
  });
});

describe('titles', () => {
  it.each([
    ['front matter', (long: string) => `---\ntitle: ${long}\n---\n\nThe fort has seven towers.\n`],
    ['a heading', (long: string) => `# ${long}\n\nThe fort has seven towers.\n`],
    ['a first line', (long: string) => `---\n${long}\n---\n\nThe fort has seven towers.\n`],
  ])('from %s are of bearable length', (_what, text) => {
    for (const long of ['word '.repeat(4000), 'x'.repeat(16_000), '🗼'.repeat(9000)]) {
      const { briefing } = fromText(text(long.trim()), 'fort.md');
      expect([...briefing.title].length).toBeLessThanOrEqual(300);
      expect(isWellFormed(briefing.title)).toBe(true);
    }
    expect(fromText(text('The fort'), 'fort.md').briefing.title).toBe('The fort');
  });
});
