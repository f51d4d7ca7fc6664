import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { folderContent } from '../../../src/adapters/content.ts';
import { copySnapshot } from '../../../src/adapters/copy.ts';
import { createHnswStore } from '../../../src/adapters/hnsw-store.ts';
import { createMemoryStore } from '../../../src/adapters/memory-store.ts';
import type { Database } from '../../../src/adapters/postgres/database.ts';
import { statementsOf } from '../../../src/adapters/postgres/statements.ts';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import { terms } from '../../../src/core/text/tokens.ts';
import { briefing, letterVector, synthetic, vectorsOf } from '../../contracts/corpus.ts';
import { expectSameHits, publish } from '../../contracts/index-store.ts';
import { pgliteDatabase } from './databases.ts';

// A database in one thread is slow on a machine that has other work.
vi.setConfig({ testTimeout: 180_000 });
const DIMENSIONS = 16;
const words = (text: string) => terms(text).map((term) => ({ term, weight: 1 }));
const ask = (text: string) => Array.from(letterVector(text, DIMENSIONS));
const database = await pgliteDatabase();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const newSchema = () => `test_${randomBytes(6).toString('hex')}`;
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-copy-'));
  folders.push(folder);
  return join(folder, 'index');
};
const count = async (of: Database, table: string, where = '') =>
  (await of.query<{ count: number }>(`select count(*)::int as count from ${table} ${where}`))[0]?.count;

it('scores BM25 as the oracle does, to a millionth', async () => {
  const entries = synthetic(8, 12, 5);
  const [oracle, store] = [createMemoryStore(), createPostgresStore({ database, schema: newSchema() })];
  await publish(oracle, entries);
  await publish(store, entries);
  const [expected, actual] = [(await oracle.open())!, (await store.open())!];
  for (const entry of entries.slice(0, 4)) {
    const query = words(entry.paragraphs[3]!.text);
    const [own, right] = [await actual.matching(query, 96), await expected.matching(query, 96)];
    const scores = new Map(right.map(({ chunk, score }) => [chunk, score]));
    expect(own.length).toBe(right.length);
    for (const { chunk, score } of own) expect(Math.abs(score / scores.get(chunk)! - 1)).toBeLessThan(1e-6);
  }
});

it('answers from the graph as from all vectors, within a filter and a part as well', async () => {
  const schema = newSchema();
  const entries = synthetic(6, 40).map((entry, at) => ({
    ...entry,
    briefing: { ...entry.briefing, ...(at % 3 === 0 ? { access: [['staff']] } : {}) },
  }));
  const [oracle, store] = [createMemoryStore(), createPostgresStore({ database, schema, scanUpTo: 20 })];
  await publish(oracle, entries);
  await publish(store, entries);
  // So small a table would be read from end to end.
  await database.query('set enable_seqscan = off');
  await database.query('set enable_bitmapscan = off');
  try {
    const plan = await database.query<{ 'QUERY PLAN': string }>(`explain ${statementsOf(schema).nearest(DIMENSIONS)}`, [
      1,
      null,
      `[${ask('plan')}]`,
      null,
      10,
      [],
      [],
      30,
    ]);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(`embedding_near_${DIMENSIONS}`);
    const [expected, actual] = [(await oracle.open())!, (await store.open())!];
    for (const entry of entries.slice(0, 2)) {
      const question = ask(entry.paragraphs[9]!.text);
      for (const groups of [null, [], ['staff']]) {
        for (const filter of [undefined, { briefings: entries.slice(0, 4).map(({ briefing: { id } }) => id) }]) {
          expectSameHits(
            await actual.seenBy(groups).nearest(question, 10, filter),
            await expected.seenBy(groups).nearest(question, 10, filter),
          );
        }
      }
    }
  } finally {
    await database.query('reset enable_seqscan');
    await database.query('reset enable_bitmapscan');
  }
});

it('writes what changed alone, and removes what no generation has any more', async () => {
  const schema = newSchema();
  const store = createPostgresStore({ database, schema });
  const [one, two, other] = [
    briefing('one', 'One', ['first text']),
    briefing('two', 'Two', ['second text']),
    briefing('two', 'Two', ['another text']),
  ];
  await publish(store, [one!, two!]);
  expect(await count(database, `${schema}.version`)).toBe(2);
  const reader = (await store.open())!;
  await publish(store, [one!, other!]);
  expect(await count(database, `${schema}.version`)).toBe(3);
  for (let round = 0; round < 3; round++) await publish(store, [one!, other!]);
  // The first is read by somebody, the last and the one before are kept.
  expect(await count(database, `${schema}.generation`)).toBe(3);
  expect((await reader.matching(words('second'), 3)).map(({ chunk }) => chunk)).toEqual(['two#c1']);
  await reader.close();
  await publish(store, [one!, other!]);
  expect(await count(database, `${schema}.generation`)).toBe(2);
  for (const table of ['version', 'paragraph', 'chunk', 'embedding']) expect(await count(database, `${schema}.${table}`)).toBe(2);
  expect(await count(database, `${schema}.posting`, `where term = 'second'`)).toBe(0);
});

it('says so when the generation it reads is gone, rather than that nothing was found', async () => {
  const schema = newSchema();
  const store = createPostgresStore({ database, schema });
  await publish(store, [briefing('one', 'One', ['first text'])]);
  const reader = (await store.open())!;
  await database.query(`delete from ${schema}.member`);
  await database.query(`delete from ${schema}.generation`);
  for (const asked of [
    reader.matching(words('first'), 3),
    reader.nearest(ask('first'), 3),
    reader.terms(['first']),
    reader.similarWords('first', 1),
    reader.paragraphs(['one#p1']),
    reader.chunks(['one#c1']),
    reader.chunksOf('one'),
    reader.paragraphsOf('one'),
    reader.text('one'),
  ]) {
    await expect(asked).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  }
});

it('tells the planner of each generation before anybody reads it', async () => {
  const schema = newSchema();
  const store = createPostgresStore({ database, schema });
  const entries = synthetic(8, 3);
  for (const title of ['First', 'Second']) {
    await publish(store, [...entries.slice(1), briefing('changed', title, ['what changed'])]);
    const [live] = await database.query<{ known: boolean }>(
      `select l.generation::text = any (string_to_array(trim(both '{}' from s.most_common_vals::text), ',')) as known
       from ${schema}.live l, pg_stats s where s.schemaname = $1 and s.tablename = 'member' and s.attname = 'generation'`,
      [schema],
    );
    expect(live?.known).toBe(true);
  }
});

it('removes what a writer left that died', async () => {
  const schema = newSchema();
  const [dying, next] = [createPostgresStore({ database, schema }), createPostgresStore({ database, schema })];
  const left = briefing('left', 'Left', ['what was left']);
  const writer = await dying.write({ id: 'letters-1', dimensions: DIMENSIONS });
  const many = briefing(
    'many',
    'Many',
    Array.from({ length: 3000 }, (_, at) => `${'word '.repeat(500)}${at}`),
    100,
  );
  await writer.add(many, vectorsOf(many, DIMENSIONS));
  expect(await count(database, `${schema}.version`)).toBe(1);
  await publish(next, [left]);
  expect(await count(database, `${schema}.version`)).toBe(1);
  expect((await (await next.open())!.briefings()).map(({ id }) => id)).toEqual(['left']);
});

it('tells other processes at once what was published', async () => {
  const schema = newSchema();
  const [writing, reading] = [createPostgresStore({ database, schema }), createPostgresStore({ database, schema })];
  const first = await publish(writing, [briefing('one', 'One', ['first text'])]);
  const reader = (await reading.open())!;
  expect(await reading.current()).toBe(first);
  const told = new Promise<void>((resolve) => reading.onPublished(resolve));
  const second = await publish(writing, [briefing('one', 'One', ['other text'])]);
  await told;
  expect(await reading.current()).toBe(second);
  expect(reading.problem()).toBeNull();
  await reader.close();
});

it('connects again by itself when its connection broke, and says so until then', async () => {
  const schema = newSchema();
  await publish(createPostgresStore({ database, schema }), [briefing('one', 'One', ['first text'])]);
  let reachable = true;
  let breaks = () => {};
  const shaky: Database = {
    ...database,
    async session() {
      if (!reachable) throw new Error('refused');
      const onLost = (lost: () => void): void => {
        breaks = lost;
      };
      return { ...(await database.session()), onLost };
    },
  };
  const store = createPostgresStore({ database: shaky, schema });
  const reader = (await store.open())!;
  const again = new Promise<void>((resolve) => store.onPublished(resolve));
  reachable = false;
  breaks();
  expect(store.problem()).toContain('cannot be reached');
  reachable = true;
  await again;
  expect(store.problem()).toBeNull();
  expect((await reader.matching(words('first'), 1)).length).toBe(1);
  await reader.close();
  await store.close();
});

it('has the same in a folder and in the database, copied either way, and verifies it', async () => {
  const schema = newSchema();
  const corpus = [briefing('a \u0000 \ud83d', 'Odd \u0000', ['zebra \ud83d', 'horse']), ...synthetic(3, 10)];
  const directory = newFolder();
  const [there, back] = [createPostgresStore({ database, schema }), createHnswStore({ directory })];
  const from = newFolder();
  const source = createHnswStore({ directory: from });
  const writer = await source.write({ id: 'letters-1', dimensions: DIMENSIONS });
  for (const entry of corpus) await writer.add(entry, vectorsOf(entry, DIMENSIONS));
  await writer.commit([{ short: 'HDP', long: 'harbour \u0000 plan' }], [{ id: 'x#p1', key: 'k', since: '2026-01-01', now: null }]);

  const copied = await copySnapshot({ from: (await folderContent(from))!, to: there, copied: there.content });
  expect(copied).toMatchObject({ briefings: 4, chunks: (await source.open())!.info.chunks, snapshot: await there.current() });
  expect((await there.verify())?.problems).toEqual([]);
  const content = (await there.content())!;
  await copySnapshot({ from: content, to: back, copied: () => folderContent(directory) });
  await content.close();
  const [one, two] = [(await source.open())!, (await back.open())!];
  for (const { id } of await one.briefings()) expect(await two.paragraphsOf(id)).toEqual(await one.paragraphsOf(id));
  expect(await two.gone()).toEqual(await one.gone());
  expect(await two.matching(words('zebra'), 3)).toEqual(await one.matching(words('zebra'), 3));

  await database.query(`update ${schema}.paragraph set record = replace(record, 'zebra', 'mules')`);
  expect((await there.verify())?.problems.length).toBeGreaterThan(0);
});

it('does not take a copy for one that differs', async () => {
  const schema = newSchema();
  const from = newFolder();
  const source = createHnswStore({ directory: from });
  await publish(source, synthetic(2, 5));
  const there = createPostgresStore({ database, schema });
  const content = (await folderContent(from))!;
  const changed = async () => {
    await database.query(`update ${schema}.version set body = replace(body, 'ba', 'bo')`);
    return there.content();
  };
  await expect(copySnapshot({ from: content, to: there, copied: changed })).rejects.toMatchObject({ code: 'index_damaged' });
});
