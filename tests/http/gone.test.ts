import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createEditions } from '../../src/editions/changes.ts';
import { replySchemas } from '../../src/http/schemas.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { tinyApp } from './helper.ts';

const UPPER = 'The upper mill grinds rye for nine villages all year round.';
const LOWER = 'The lower mill has stood still since the dam broke in spring.';

/** A service over real snapshots: the files as they were first, and as they are now. */
async function serviceAfter(...versions: Record<string, string>[]) {
  const store = createMemoryStore();
  const embedder = await createStaticEmbedder();
  for (const files of versions) {
    const folder = mkdtempSync(join(tmpdir(), 'pilcrow-gone-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await ingest({ folder, store, embedder, now: new Date('2026-11-30') });
    rmSync(folder, { recursive: true, force: true });
  }
  const index = async () => (await store.open())!;
  return tinyApp({}, { pilcrow: { ...createTiny(), index, editions: createEditions(index) } });
}

const mills = `# Mills\n\n${UPPER}\n\n${LOWER}\n`;
const other = { 'piers.md': '# Piers\n\nThere are nine piers.\n' };

test('a paragraph whose text changed or went says so, and where it is now', async () => {
  const changed = UPPER.replace('nine', 'seven');
  const { call } = await serviceAfter({ 'mills.md': mills }, { 'mills.md': `# Mills\n\n${changed}\n` });
  const reply = await call('GET', '/v1/briefings/mills/paragraphs/2');
  expect(reply.status).toBe(410);
  const problem = await reply.json();
  expect(replySchemas.Problem.strict().safeParse(problem).error).toBeUndefined();
  expect(problem.gone).toEqual([
    { paragraph: 'mills#p2', since: '2026-11-30', now: { paragraph: 'mills#p4', url: '/briefings/mills#p4' } },
  ]);
  expect((await (await call('GET', '/v1/briefings/mills/paragraphs/4')).json()).paragraph.text).toBe(changed);
  expect((await (await call('GET', '/v1/briefings/mills/paragraphs/3')).json()).gone[0].now).toBeNull();
  expect((await call('GET', '/v1/briefings/mills/paragraphs/9')).status).toBe(404);
  const record = await (await call('GET', '/v1/briefings/mills')).json();
  expect(replySchemas.BriefingRecord.strict().safeParse(record).error).toBeUndefined();
  expect(record.gone.map((one: { paragraph: string }) => one.paragraph)).toEqual(['mills#p2', 'mills#p3']);
  const page = await (await call('GET', '/briefings/mills')).text();
  expect(page).toMatch(
    /<p id="p2" class="notice">Paragraph 2 is no longer here since 30 November 2026\. .*<a href="\/briefings\/mills#p4">paragraph 4<\/a>/,
  );
  expect(page).toMatch(/<p id="p3" class="notice">[^<]*nothing has taken its place/);
  expect(page).toContain('id="p4"');
  expect(page).not.toContain(LOWER);
});

test('a briefing that was removed or renamed says so, and where its text is now', async () => {
  const { call } = await serviceAfter({ 'mills.md': mills, ...other }, { 'water.md': `# Water\n\n${LOWER}\n`, ...other });
  const page = await call('GET', '/briefings/mills', undefined, { accept: 'text/html' });
  expect(page.status).toBe(410);
  const text = await page.text();
  expect(text).toContain('This briefing was removed');
  expect(text).toMatch(/<li id="p3">.*<a href="\/briefings\/water#p2">water, paragraph 2<\/a>/);
  expect(text).not.toContain(UPPER);
  const reply = await call('GET', '/v1/briefings/mills/paragraphs/3');
  expect(reply.status).toBe(410);
  expect((await reply.json()).gone.map((one: { now: unknown }) => one.now)).toEqual([
    null,
    null,
    { paragraph: 'water#p2', url: '/briefings/water#p2' },
  ]);
  expect((await call('GET', '/briefings/none')).status).toBe(404);
});
