import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { readAccessRules } from '../../src/ingest/access.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { ingest } from '../../src/ingest/ingest.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const accessIn = (text: string) => {
  const { briefing, problems } = readDocument('note.md', bytes(text));
  return { access: briefing.access, problems: problems.map(({ message }) => message) };
};
const TEXT = '\n# Harbour\n\nThe harbour is deep.\n';
const NOBODY = [[]];

describe('the access a briefing states', () => {
  it.each([
    ['a list', '---\ntitle: Harbour\naccess: [staff, board]\n---', [['board', 'staff']]],
    ['names with commas between', '---\naccess: staff, board , staff\n---', [['board', 'staff']]],
    ['a list of lines', '---\nAccess:\n  - "CN=Board,OU=Groups"\n  - 17\n---', [['17', 'CN=Board,OU=Groups']]],
    ['TOML', '+++\naccess = ["staff"]\n+++', [['staff']]],
    ['everyone', '---\naccess: everyone\n---', undefined],
    ['nothing said', '---\ntitle: Harbour\n---', undefined],
  ])('is %s', (_, head, access) => {
    expect(accessIn(head + TEXT)).toEqual({ access, problems: [] });
  });

  it.each([
    ['empty', '---\naccess:\n---'],
    ['an empty list', '---\naccess: []\n---'],
    ['something else', '---\naccess:\n  group: staff\n---'],
    ['a list with something else', '---\naccess: [staff, {board: yes}]\n---'],
    ['front matter that cannot be read', '---\ntitle: [Harbour\naccess: staff\n---'],
    ['said twice', '---\naccess: staff\naccess: everyone\n---'],
    ['an alias', '---\ntitle: &a staff\naccess: *a\n---'],
    ['TOML that cannot be read', '+++\naccess = [staff\n+++'],
    ['front matter that is never closed', '---\ntitle: Harbour\naccess: staff\n'],
  ])('is nobody’s when it is %s, and that is told', (_, head) => {
    const { access, problems } = accessIn(head + TEXT);
    expect(access).toEqual(NOBODY);
    expect(problems.at(-1)).toContain('names no group');
  });
});

/** Counts vowels. */
const embedder = (): Embedder & { count: number } => {
  const embed = (text: string) => [...'aeiou'].map((vowel) => text.split(vowel).length + 1).map((one, _, all) => one / Math.hypot(...all));
  return {
    id: 'vowels-1',
    dimensions: 5,
    count: 0,
    async embedDocuments(texts) {
      this.count += texts.length;
      return texts.map(embed);
    },
    embedQuery: async (text) => embed(text),
  };
};

describe('the rules of a corpus', () => {
  let folder: string;
  const put = (name: string, content: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-access-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const made = async (store = createMemoryStore(), own = embedder()) => {
    const summary = await ingest({ folder, store, embedder: own, access: await readAccessRules(folder) });
    const reader = (await store.open())!;
    return { summary, reader, briefings: new Map((await reader.briefings()).map((one) => [one.source, one])) };
  };
  const RULES = `
rules:
  - files: "**"
    groups: [staff]
  - files: [public, press-*.md]
    groups: everyone
  - files: hr/
    groups: hr, board
  - files: ./hr/heads/*.md
    groups: [board]
`;

  it('hold by folder and pattern, the last that fits', async () => {
    const rules = await (async () => {
      put('access.yaml', RULES);
      return readAccessRules(folder);
    })();
    expect(rules.of('note.md')).toEqual(['staff']);
    expect(rules.of('public/a/b.md')).toBeNull();
    expect(rules.of('press-12.md')).toBeNull();
    expect(rules.of('other/press-12.md')).toEqual(['staff']);
    expect(rules.of('hr/pay/2026.pdf')).toEqual(['board', 'hr']);
    expect(rules.of('hr/.hidden/x.md')).toEqual(['board', 'hr']);
    expect(rules.of('hr/heads/list.md')).toEqual(['board']);
    expect(rules.of('hr/heads/old/list.md')).toEqual(['board', 'hr']);
    expect(rules.of('hrx/list.md')).toEqual(['staff']);
    expect(rules.unused(['hr/a.md', 'public/x.md'])).toEqual(['press-*.md', './hr/heads/*.md']);
  });

  it('have a default, and none leave everything to everybody', async () => {
    expect((await readAccessRules(folder)).of('x.md')).toBeNull();
    put('access.yaml', 'default: staff\nrules:\n  - files: "é/*"\n    groups: everyone\n');
    const rules = await readAccessRules(folder);
    expect(rules.of('x.md')).toEqual(['staff']);
    // A name is the same however its accents are written.
    expect(rules.of('e\u0301/x.md')).toBeNull();
  });

  it.each([
    ['access.yaml', 'rules: [', 'cannot be used'],
    ['access.yaml', 'rules:\n  - file: a\n    groups: b', '"file"'],
    ['access.yaml', 'rule: []', '"rule"'],
    ['access.yaml', 'rules:\n  - files: a', 'which groups'],
    ['access.yaml', 'rules:\n  - groups: a', 'which files'],
    ['access.yaml', 'rules:\n  - files: a\n    groups: []', 'names no group'],
    ['access.yaml', 'rules:\n  - files: a\n    groups: ""', 'names no group'],
    ['access.yaml', 'rules:\n  - files: a\n    groups: {b: c}', 'names no group'],
    ['access.yaml', 'rules:\n  - files: ../a\n    groups: b', 'no path in the corpus'],
    ['access.yaml', 'rules:\n  - files: a\\\\b\n    groups: b', 'no path in the corpus'],
    ['access.yaml', 'rules:\n  - files: "!a"\n    groups: b', 'no path in the corpus'],
    ['access.yaml', '- a', 'names and values'],
    ['access.yaml', '', 'names and values'],
    ['access.yaml', 'default:', 'names no group'],
    ['access.yml', RULES, 'not called access.yaml'],
    ['Access.yaml', RULES, 'not called access.yaml'],
  ])('are refused when they cannot be understood: %s %j', async (name, text, why) => {
    put(name, text);
    await expect(readAccessRules(folder)).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining(why) });
  });

  it('and a briefing’s own word both have to be met', async () => {
    put('access.yaml', RULES);
    put('hr/sworn.md', `---\naccess: sworn\n---${TEXT}one`);
    put('hr/open.md', `---\naccess: everyone\n---${TEXT}two`);
    put('public/own.md', `---\naccess: [press]\n---${TEXT}three`);
    put('public/all.md', `${TEXT}four`);
    const { briefings } = await made();
    expect(briefings.get('hr/sworn.md')?.access).toEqual([['board', 'hr'], ['sworn']]);
    expect(briefings.get('hr/open.md')?.access).toEqual([['board', 'hr']]);
    expect(briefings.get('public/own.md')?.access).toEqual([['press']]);
    expect(briefings.get('public/all.md')).not.toHaveProperty('access');
  });

  it('take effect with the next ingest, without anything being embedded again', async () => {
    put('a.md', `# A\n\nThe harbour is deep.`);
    const [store, own] = [createMemoryStore(), embedder()];
    expect((await made(store, own)).briefings.get('a.md')).not.toHaveProperty('access');
    const before = own.count;
    put('access.yaml', 'default: staff');
    const { summary, briefings } = await made(store, own);
    expect(summary).toMatchObject({ unchanged: false, embedded: 0 });
    expect(briefings.get('a.md')?.access).toEqual([['staff']]);
    expect((await made(store, own)).summary.unchanged).toBe(true);
    put('access.yaml', 'default: [');
    await expect(made(store, own)).rejects.toMatchObject({ code: 'bad_request' });
    expect((await (await store.open())!.briefing('a'))?.access).toEqual([['staff']]);
    expect(own.count).toBe(before);
  });

  it('that no file fits are told', async () => {
    put('a.md', TEXT);
    put('access.yaml', 'rules:\n  - files: HR/**\n    groups: hr\n');
    expect((await made()).summary.problems).toEqual([{ file: 'access.yaml', message: 'No file fits "HR/**".', hint: expect.any(String) }]);
  });

  it('hide a copy without taking the original away', async () => {
    put('access.yaml', 'rules:\n  - files: hr\n    groups: hr\n');
    put('hr/pay.md', TEXT);
    put('public/pay.md', TEXT);
    const { reader, summary } = await made();
    expect((await reader.seenBy([]).briefings()).map(({ source }) => source)).toEqual(['public/pay.md']);
    expect(summary.problems).toEqual([]);
  });

  it('leave no trace of what is hidden in ids, series, editions and abbreviations of what is not', async () => {
    const open = {
      'notes/plan.md': '# Harbour plan 2024\n\nThe Harbour Dredging Board (HDB) meets in May 2024. The harbour is dredged in winter.\n',
      'notes/harbour-plan-2022.md':
        '# Harbour plan 2022\n\nThe Harbour Dredging Board meets in May 2022. The harbour is dredged in winter.\n',
    };
    const hidden = {
      'board/plan.md':
        '# Harbour plan 2026\n\nThe Secret Merger Office (SMO) and the Harbour Dredging Board (HDB) agree. The harbour is dredged in winter.\n',
      'board/harbour-2026.md':
        '# Harbour plan 2026\n\nThe Harbour Dredging Bureau (HDB) closes. Hidden Data Base (HDB). The harbour is dredged in winter.\n',
    };
    for (const [name, text] of Object.entries(open)) put(name, text);
    put('access.yaml', 'rules:\n  - files: board/**\n    groups: board\n');
    const alone = (await made()).reader;
    for (const [name, text] of Object.entries(hidden)) put(name, text);
    const both = (await made()).reader;
    expect((await both.briefings()).length).toBe(4);
    const seen = both.seenBy([]);
    expect(await seen.briefings()).toEqual(await alone.briefings());
    expect(await seen.abbreviations()).toEqual(await alone.abbreviations());
    for (const { id } of await alone.briefings()) expect(await seen.chunksOf(id)).toEqual(await alone.chunksOf(id));
    expect((await both.seenBy(['board']).abbreviations()).map(({ short }) => short)).toContain('SMO');
  });

  it('let editions that say so be of one series across groups', async () => {
    put('old.md', '---\nseries: tariffs\nedition: 2024\n---\n# Tariffs\n\nThe tariff is five crowns.\n');
    put('new.md', '---\nseries: tariffs\nedition: 2026\naccess: staff\n---\n# Tariffs\n\nThe tariff is six crowns.\n');
    const { reader } = await made();
    const inForce = async (groups: string[]) =>
      (await reader.seenBy(groups).briefings()).filter(({ newest }) => newest).map(({ id }) => id);
    expect(await inForce(['staff'])).toEqual(['new']);
    expect(await inForce([])).toEqual(['old']);
  });
});
