import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { expect, it, vi } from 'vitest';
import { checkServer } from '../../../src/adapters/postgres/schema.ts';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import { terms } from '../../../src/core/text/tokens.ts';
import { briefing } from '../../contracts/corpus.ts';
import { publish } from '../../contracts/index-store.ts';
import { databaseOver, pgliteDatabase } from './databases.ts';

vi.setConfig({ testTimeout: 180_000 });
const database = await pgliteDatabase();
const newSchema = () => `test_${randomBytes(6).toString('hex')}`;
const one = briefing('one', 'One', ['first text']);
/** Everything a role does until it is given back. */
async function as<T>(role: string, work: () => Promise<T>): Promise<T> {
  await database.query(`set role ${role}`);
  try {
    return await work();
  } finally {
    await database.query('reset role');
  }
}

it('says that pgvector is missing, and who can mend it', async () => {
  const bare = databaseOver(await PGlite.create());
  const store = createPostgresStore({ database: bare, schema: newSchema() });
  expect(await store.current()).toBeNull();
  await expect(store.write({ id: 'letters-1', dimensions: 16 })).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining('pgvector'),
    hint: expect.stringContaining('CREATE EXTENSION vector'),
  });
});

it('says so when pgvector is too old to search within a filter', async () => {
  const schema = newSchema();
  await publish(createPostgresStore({ database, schema }), [one]);
  const [kept] = await database.query<{ extversion: string }>("select extversion from pg_extension where extname = 'vector'");
  await database.query("update pg_extension set extversion = '0.7.4' where extname = 'vector'");
  try {
    const refused = { code: 'bad_config', message: expect.stringContaining('0.7.4'), hint: expect.stringContaining('ALTER EXTENSION') };
    await expect(createPostgresStore({ database, schema }).open()).rejects.toMatchObject(refused);
    await expect(createPostgresStore({ database, schema }).write({ id: 'x', dimensions: 4 })).rejects.toMatchObject(refused);
  } finally {
    await database.query("update pg_extension set extversion = $1 where extname = 'vector'", [kept?.extversion]);
  }
});

it('takes servers and extensions from the versions on that it needs', () => {
  expect(() => checkServer(140_000, '0.8.0')).not.toThrow();
  expect(() => checkServer(180_001, '1.0.0')).not.toThrow();
  // Whether there is an extension at all is seen when it is needed.
  expect(() => checkServer(160_002, null)).not.toThrow();
  expect(() => checkServer(130_014, '0.8.0')).toThrow(/PostgreSQL 13/);
  expect(() => checkServer(160_002, '0.5.1')).toThrow(/pgvector 0\.5\.1/);
});

it('reads no tables of a newer version, writes none, and leaves them as they are', async () => {
  const schema = newSchema();
  await publish(createPostgresStore({ database, schema }), [one]);
  await database.query(`insert into ${schema}.migration (number) values (99)`);
  const newer = { code: 'index_damaged', message: expect.stringContaining('newer version') };
  const store = createPostgresStore({ database, schema });
  await expect(store.open()).rejects.toMatchObject(newer);
  await expect(store.current()).rejects.toMatchObject(newer);
  await expect(store.write({ id: 'letters-1', dimensions: 16 })).rejects.toMatchObject(newer);
  await database.query(`delete from ${schema}.migration where number = 99`);
  expect((await (await store.open())!.briefings()).map(({ id }) => id)).toEqual(['one']);
});

it('finds nothing to read where tables were begun and are not there, and makes them', async () => {
  const schema = newSchema();
  await database.query(`create schema ${schema}`);
  await database.query(`create table ${schema}.migration (number int primary key, applied timestamptz not null default now())`);
  const store = createPostgresStore({ database, schema });
  expect(await store.open()).toBeNull();
  await publish(store, [one]);
  expect((await store.open())!.info.briefings).toBe(1);
});

it('tells a role without rights which it lacks, and answers with those to read alone', async () => {
  const [schema, role] = [newSchema(), newSchema()];
  await publish(createPostgresStore({ database, schema }), [one]);
  await database.query(`create role ${role}`);
  const refused = { code: 'bad_config', retryable: false, hint: expect.stringContaining('USAGE') };
  await as(role, async () => {
    await expect(createPostgresStore({ database, schema }).open()).rejects.toMatchObject(refused);
  });
  await database.query(`grant usage on schema ${schema} to ${role}`);
  await as(role, async () => {
    await expect(createPostgresStore({ database, schema }).open()).rejects.toMatchObject(refused);
  });
  await database.query(`grant select on all tables in schema ${schema} to ${role}`);
  await as(role, async () => {
    const store = createPostgresStore({ database, schema });
    const reader = (await store.open())!;
    const [found] = await reader.matching(
      terms('first').map((term) => ({ term, weight: 1 })),
      1,
    );
    expect(found?.chunk).toBe('one#c1');
    await expect(publish(store, [briefing('two', 'Two', ['second text'])])).rejects.toMatchObject({ code: 'bad_config' });
    expect(await store.current()).not.toBeNull();
  });
});

it('tells a role that may make no schema so, and fills one that was made for it', async () => {
  const [schema, role] = [newSchema(), newSchema()];
  await database.query(`create role ${role}`);
  await as(role, async () => {
    await expect(createPostgresStore({ database, schema }).write({ id: 'x', dimensions: 4 })).rejects.toMatchObject({
      code: 'bad_config',
      hint: expect.stringContaining('CREATE SCHEMA'),
    });
  });
  await database.query(`create schema ${schema} authorization ${role}`);
  await as(role, async () => {
    const store = createPostgresStore({ database, schema });
    await publish(store, [one]);
    expect((await store.open())!.info.briefings).toBe(1);
  });
});

it('says that a standby takes nothing in', async () => {
  const schema = newSchema();
  const store = createPostgresStore({ database, schema });
  await publish(store, [one]);
  await database.query('set default_transaction_read_only = on');
  try {
    expect((await store.open())!.info.briefings).toBe(1);
    await expect(publish(store, [briefing('two', 'Two', ['second text'])])).rejects.toMatchObject({
      code: 'bad_config',
      hint: expect.stringContaining('primary'),
    });
  } finally {
    await database.query('set default_transaction_read_only = off');
  }
});
