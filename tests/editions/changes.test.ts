import { afterEach, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import type { Embedder, IndexReader } from '../../src/core/ports.ts';
import { changes, counterpart, createEditions, seriesOf } from '../../src/editions/changes.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { BRIEFINGS, type TemporaryFolders, temporaryCorpus } from '../fixtures/corpus.ts';

// Alignment needs no vectors: one direction for everything.
const embedder = {
  id: 'one',
  dimensions: 1,
  embedQuery: async () => [1],
  embedDocuments: async (texts: string[]) => texts.map(() => [1]),
} as unknown as Embedder;

const open: TemporaryFolders[] = [];
afterEach(() => {
  for (const folders of open.splice(0)) folders.remove();
});

async function indexed(briefings: Record<string, string>): Promise<IndexReader> {
  const folders = temporaryCorpus(briefings);
  open.push(folders);
  const store = createMemoryStore();
  await ingest({ folder: folders.corpus, store, embedder });
  return (await store.open())!;
}

const THIRD = BRIEFINGS['harbours-2019.md']!.replaceAll('2019', '2012')
  .replace('7 harbours', '5 harbours')
  .replace('12 ferries', '12 ferries');
const OTHERS = {
  'lighthouses-2018.md':
    '---\ntitle: Lighthouses of Veloria\nseries: lighthouses\nedition: "2018"\n---\n\n# Lighthouses of Veloria\n\nVeloria has 30 lighthouses.\n',
  'lighthouses-2024.md':
    '---\ntitle: Lighthouses of Veloria\nseries: lighthouses\nedition: "2024"\n---\n\n# Lighthouses of Veloria\n\nVeloria has 28 lighthouses.\n\nNorland has 11 harbours.\n',
};
const values = (found: Awaited<ReturnType<typeof changes>>) =>
  found.rows.flatMap((row) => row.facts.map((fact) => `${fact.from.text} -> ${fact.to.text}`));

test('the newest edition is compared with the one before it', async () => {
  const reader = await indexed(BRIEFINGS);
  const found = await changes(reader, { series: 'harbours-of-norland' });
  expect([found.from.edition.date, found.to.edition.date]).toEqual(['2019', '2026-03']);
  expect(values(found)).toEqual(['7 -> 9', '12 -> 15']);
  expect(found.summary).toMatchObject({ changed: 2, reworded: 0, removed: 0, added: 3 });
  const row = found.rows.find((one) => one.kind === 'changed')!;
  expect(row.to!.url).toBe(`/briefings/${found.to.briefing}#p${row.to!.paragraph.split('#p')[1]}`);
  expect([...row.to!.text].slice(row.facts[0]!.to.start, row.facts[0]!.to.end).join('')).toBe('9');
});

describe('three editions and another series', () => {
  test('each pair is its own, and nothing leaks between series', async () => {
    const reader = await indexed({ ...BRIEFINGS, 'harbours-2012.md': THIRD, ...OTHERS });
    const series = 'harbours-of-norland';
    expect(values(await changes(reader, { series }))).toEqual(['7 -> 9', '12 -> 15']);
    expect(values(await changes(reader, { series, from: '2012' }))).toEqual(['5 -> 9', '12 -> 15']);
    expect(values(await changes(reader, { series, to: '2019' }))).toEqual(['5 -> 7']);
    expect(values(await changes(reader, { series: 'lighthouses' }))).toEqual(['30 -> 28']);
    const all = await changes(reader, { series });
    const briefings = new Set(
      all.rows.flatMap((row) => [row.from, row.to, row.elsewhere]).flatMap((side) => (side ? [side.paragraph.split('#')[0]] : [])),
    );
    expect([...briefings].sort()).toEqual([all.from.briefing, all.to.briefing].sort());
    expect(seriesOf(await reader.briefings()).map((one) => [one.id, one.editions.map((edition) => edition.edition.date)])).toContainEqual([
      series,
      ['2026-03', '2019', '2012'],
    ]);
  });

  test('an edition that was taken away is gone', async () => {
    const reader = await indexed({ 'harbours-2012.md': THIRD, 'harbours-2019.md': BRIEFINGS['harbours-2019.md']! });
    expect(values(await changes(reader, { series: 'harbours-of-norland' }))).toEqual(['5 -> 7']);
  });
});

test('whichever way round they are asked for, the older comes first', async () => {
  const reader = await indexed(BRIEFINGS);
  const found = await changes(reader, { series: 'harbours-of-norland', from: '2026-03', to: '2019' });
  expect([found.from.edition.date, found.to.edition.date]).toEqual(['2019', '2026-03']);
  expect(await changes(reader, { series: 'harbours-of-norland', from: '2026' })).toEqual(found);
  expect(await changes(reader, { series: 'harbours-of-norland', to: 'harbours-2019' })).toEqual(found);
});

test.each([
  [{ series: 'nothing' }, 'not_found', 'harbours-of-norland'],
  [{ series: '__proto__' }, 'not_found', 'Known:'],
  [{ series: 'harbours-of-norland', from: '2011' }, 'not_found', '2019 (harbours-2019)'],
  [{ series: 'harbours-of-norland', from: 'last year' }, 'not_found', '2026-03'],
  [{ series: 'harbours-of-norland', from: '2019', to: '2019' }, 'bad_request', 'Choose two'],
])('%j is %s', async (request, code, hint) => {
  const reader = await indexed(BRIEFINGS);
  await expect(changes(reader, request)).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) });
});

test('a series with one edition says so', async () => {
  const reader = await indexed({ 'harbours-2019.md': BRIEFINGS['harbours-2019.md']! });
  await expect(changes(reader, { series: 'harbours-of-norland' })).rejects.toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('one edition only (2019)'),
  });
});

test('a paragraph is found again in the other edition, and only there', async () => {
  const reader = await indexed({ ...BRIEFINGS, ...OTHERS });
  const [ferries] = (await reader.paragraphsOf('harbours-2026')).filter((one) => one.text.includes('15 ferries'));
  expect((await counterpart(reader, ferries!.id, 'harbours-2019'))?.text).toContain('12 ferries');
  const [lighthouse] = (await reader.paragraphsOf('harbours-2026')).filter((one) => one.text.includes('Cape Varde'));
  expect(await counterpart(reader, lighthouse!.id, 'harbours-2019')).toBeNull();
  expect(await counterpart(reader, ferries!.id, 'lighthouses-2024')).toBeNull();
  expect(await counterpart(reader, 'harbours-2026#p999', 'harbours-2019')).toBeNull();
  const editions = createEditions(async () => reader);
  const [there, back] = [
    await editions.counterparts('harbours-2026', 'harbours-2019'),
    await editions.counterparts('harbours-2019', 'harbours-2026'),
  ];
  expect([...there].map(([a, b]) => [b, a]).sort()).toEqual([...back].sort());
});
