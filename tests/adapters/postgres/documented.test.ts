import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { statementsOf } from '../../../src/adapters/postgres/statements.ts';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import { briefing, vectorsOf } from '../../contracts/corpus.ts';
import { pgliteDatabase } from './databases.ts';

vi.setConfig({ testTimeout: 180_000 });
const page = readFileSync(join(import.meta.dirname, '../../../docs/postgres.md'), 'utf8');
const section = page.slice(page.indexOf('## Statements that matter'), page.indexOf('## Measured'));
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);

it('names statements, indexes and keys to spread by that are there', async () => {
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => quoted(row.split('|')[1] as string));
  expect(named.length).toBeGreaterThan(5);
  expect(Object.keys(statementsOf('pilcrow'))).toEqual(expect.arrayContaining(named));

  const database = await pgliteDatabase();
  const store = createPostgresStore({ database, schema: 'pilcrow', scanUpTo: 1 });
  const writer = await store.write({ id: 'letters-1', dimensions: 16 });
  const one = briefing('one', 'One', ['first text', 'second text']);
  await writer.add(one, vectorsOf(one, 16));
  await writer.commit([]);
  const indexes = await database.query<{ indexname: string; indexdef: string }>(
    "select indexname, indexdef from pg_indexes where schemaname = 'pilcrow'",
  );
  for (const name of rows.flatMap((row) => quoted(row.split('|')[4] as string))) {
    const [index, columns] = name.split(' (') as [string, string?];
    const found = indexes.find(({ indexname }) => indexname === index.replace('<dimensions>', '16'));
    expect(found, name).toBeDefined();
    if (columns) expect(found?.indexdef).toContain(`(${columns}`);
  }

  const tables = await database.query<{ name: string; keys: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as keys from pg_class c
     join pg_index i on i.indrelid = c.oid and i.indisprimary join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where c.relnamespace = 'pilcrow'::regnamespace and c.relkind = 'r' group by c.relname`,
  );
  const keysOf = new Map(tables.map(({ name, keys }) => [name, keys]));
  const spread = quoted(section.slice(section.indexOf('**Shard key'), section.indexOf(' have it as')));
  expect(spread.length).toBeGreaterThan(4);
  for (const table of spread) expect(keysOf.get(table), table).toContain('version');
  expect(keysOf.get('version')).toContain('id');
  const everywhere = ['generation', 'live', 'word', 'record', 'migration'];
  for (const table of everywhere) expect(section).toContain(table);
  expect([...keysOf.keys()].sort()).toEqual([...new Set([...spread, 'version', ...everywhere])].sort());
});
