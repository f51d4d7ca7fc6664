import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { goneOf } from '../../src/core/gone.ts';
import type { IndexStore } from '../../src/core/ports.ts';
import { ingest } from '../../src/ingest/ingest.ts';

const embedder = await createStaticEmbedder();
let folder: string;
let store: IndexStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilcrow-ids-'));
  store = createMemoryStore();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files (null: takes them away), ingests, and gives every paragraph in reading order as `p3: text`. */
async function having(files: Record<string, string | null>, briefing = 'mills'): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    if (text === null) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  await ingest({ folder, store, embedder, allowEmpty: true });
  return shown(briefing);
}
async function shown(briefing: string): Promise<string[]> {
  const reader = await store.open();
  return ((await reader?.paragraphsOf(briefing)) ?? []).map(({ id, text }) => `${id.slice(briefing.length + 1)}: ${text}`);
}
const gone = async (briefing = 'mills') => {
  const reader = await store.open();
  return reader ? (await goneOf(reader, briefing)).map(({ id, now }) => [id, now]) : [];
};

const UPPER = 'The upper mill grinds rye for nine villages all year round.';
const LOWER = 'The lower mill has stood still since the dam broke in spring.';
const start = `# Mills\n\n${UPPER}\n\n${LOWER}\n`;

describe('paragraphs', () => {
  it('keep their ids when others are put in before them or taken out', async () => {
    expect(await having({ 'mills.md': start })).toEqual(['p1: Mills', `p2: ${UPPER}`, `p3: ${LOWER}`]);
    const more = await having({
      'mills.md': `# Mills\n\nThe parish owns both of them.\n\n${UPPER}\n\nIt is closed on feast days.\n\n${LOWER}\n`,
    });
    expect(more).toEqual([
      'p1: Mills',
      'p4: The parish owns both of them.',
      `p2: ${UPPER}`,
      'p5: It is closed on feast days.',
      `p3: ${LOWER}`,
    ]);
    expect(await having({ 'mills.md': `# Mills\n\n${LOWER}\n` })).toEqual(['p1: Mills', `p3: ${LOWER}`]);
    // No number is given twice, and what comes back has its own again.
    expect(await having({ 'mills.md': `# Mills\n\n${UPPER}\n\n${LOWER}\n\nA third mill is planned.\n` })).toEqual([
      'p1: Mills',
      `p2: ${UPPER}`,
      `p3: ${LOWER}`,
      'p6: A third mill is planned.',
    ]);
    const reader = await store.open();
    for (const chunk of await reader!.chunksOf('mills')) {
      const cited = await reader!.paragraphs(chunk.paragraphs.map((number) => `mills#p${number}`));
      for (const { text } of cited) expect(chunk.text).toContain(text);
    }
  });

  it('that change get a new id, and the old one leads to it', async () => {
    await having({ 'mills.md': start });
    const now = UPPER.replace('nine', 'seven');
    expect(await having({ 'mills.md': start.replace(UPPER, now) })).toEqual(['p1: Mills', `p4: ${now}`, `p3: ${LOWER}`]);
    expect(await gone()).toEqual([['mills#p2', 'mills#p4']]);
    await having({ 'mills.md': start.replace(UPPER, UPPER.replace('nine', 'six')) });
    expect(await gone()).toEqual([
      ['mills#p2', 'mills#p5'],
      ['mills#p4', 'mills#p5'],
    ]);
    await having({ 'mills.md': `# Mills\n\n${LOWER}\n` });
    expect(await gone()).toEqual([
      ['mills#p2', null],
      ['mills#p4', null],
      ['mills#p5', null],
    ]);
  });

  it('of the same words stay with the titles above them', async () => {
    const register = (upper: string, lower: string) => `# Mills\n\n## Upper\n\nState: ${upper}\n\n## Lower\n\nState: ${lower}\n`;
    expect(await having({ 'mills.md': register('open', 'shut') })).toContain('p5: State: shut');
    // What was said of the lower mill is not said of the upper one.
    expect(await having({ 'mills.md': register('shut', 'open') })).toEqual([
      'p1: Mills',
      'p2: Upper',
      'p6: State: shut',
      'p4: Lower',
      'p7: State: open',
    ]);
    const reader = await store.open();
    expect((await reader!.paragraphs(['mills#p6', 'mills#p7'])).map(({ heading }) => heading)).toEqual([2, 4]);
  });

  it('that are moved within a briefing keep their ids', async () => {
    await having({ 'mills.md': start });
    expect(await having({ 'mills.md': `# Mills\n\n${LOWER}\n\n${UPPER}\n` })).toEqual(['p1: Mills', `p3: ${LOWER}`, `p2: ${UPPER}`]);
  });

  it('of a renamed, a removed and a split briefing are found where they are now, or are said to be gone', async () => {
    await having({ 'mills.md': start, 'piers.md': '# Piers\n\nThere are nine piers.\n' });
    renameSync(join(folder, 'mills.md'), join(folder, 'water-mills.md'));
    expect(await having({}, 'water-mills')).toEqual(['p1: Mills', `p2: ${UPPER}`, `p3: ${LOWER}`]);
    expect(await gone()).toEqual([
      ['mills#p1', 'water-mills#p1'],
      ['mills#p2', 'water-mills#p2'],
      ['mills#p3', 'water-mills#p3'],
    ]);
    await having({ 'water-mills.md': null, 'upper.md': `# Upper mill\n\n${UPPER}\n` });
    expect(await gone()).toEqual([
      ['mills#p1', null],
      ['mills#p2', 'upper#p2'],
      ['mills#p3', null],
    ]);
    // The name is used again: for other text, so with other numbers.
    expect(await having({ 'mills.md': '# Windmills\n\nThey turn with the wind.\n' })).toEqual([
      'p4: Windmills',
      'p5: They turn with the wind.',
    ]);
  });

  it('never share an id with another text, whatever is done to a briefing', { timeout: 60_000 }, async () => {
    const lines = Array.from({ length: 9 }, (_, at) => `Line ${at} of the register.`);
    const edit = fc.array(fc.constantFrom(...lines, 'Shut.', 'Open.', '## Upper', '## Lower'), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 5 }), async (versions) => {
        store = createMemoryStore();
        const said = new Map<string, string>();
        for (const version of versions) {
          const list = await having({ 'mills.md': `# Mills\n\nBegin.\n\n${version.join('\n\n')}\n` });
          expect(new Set(list.map((one) => one.split(':')[0])).size).toBe(list.length);
          for (const one of list) {
            const [id, text] = [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 2)];
            expect(said.get(id) ?? text).toBe(text);
            said.set(id, text);
          }
          const ids = new Set(list.map((one) => one.slice(0, one.indexOf(':'))));
          for (const id of said.keys()) expect(ids.has(id) || (await gone()).some(([one]) => one === `mills#${id}`)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('briefings', () => {
  it('keep their ids when a file of the same name comes to another folder', async () => {
    await having({ 'mills.md': start });
    await having({ 'mills.txt': 'Notes on mills\n\nThe notes say little.\n' });
    const reader = await store.open();
    expect((await reader!.briefings()).map(({ id, source }) => [id, source])).toEqual([
      ['mills', 'mills.md'],
      ['mills-txt', 'mills.txt'],
    ]);
  });
});
