import { randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { DAY } from '../../../src/adapters/day-files.ts';
import { createDayRecords } from '../../../src/adapters/postgres/records.ts';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import { briefing } from '../../contracts/corpus.ts';
import { publish } from '../../contracts/index-store.ts';
import { pgliteDatabase } from './databases.ts';

vi.setConfig({ testTimeout: 180_000 });

interface Note {
  text: string;
}
const database = await pgliteDatabase();
const newSchema = () => `test_${randomBytes(6).toString('hex')}`;
let clock = Date.parse('2026-11-01T10:00:00Z');
const records = (schema: string, kind = 'notes', mostBytes = 1e9) =>
  createDayRecords<Note>({
    database,
    schema,
    kind,
    mostBytes,
    parse: (value) => (typeof (value as Note).text === 'string' ? (value as Note) : null),
    failed: 'The note could not be kept.',
    now: () => clock,
  });

it('keeps records for everybody in order, whatever is in them, apart from those of another kind', async () => {
  const schema = newSchema();
  const one = records(schema);
  expect(await one.list()).toEqual([]);
  expect(await one.expire(0)).toBe(0);
  const odd = { text: 'NUL \u0000, half \ud83d, \u2028 "quoted"' };
  await one.add(odd);
  await one.add({ text: 'second' });
  await records(schema, 'others').add({ text: 'of another kind' });
  await one.settled();
  expect(await records(schema).list()).toEqual([odd, { text: 'second' }]);
});

it('forgets whole days, today kept last', async () => {
  const all = records(newSchema());
  for (const text of ['first day', 'second day', 'third day']) {
    await all.add({ text });
    clock += DAY;
  }
  clock -= DAY;
  expect(await all.expire(2)).toBe(1);
  expect((await all.list()).map(({ text }) => text)).toEqual(['second day', 'third day']);
  expect(await all.expire(0)).toBe(2);
  expect(await all.list()).toEqual([]);
});

it('stays within its size by letting the oldest day go', async () => {
  const all = records(newSchema(), 'notes', 20_000);
  await all.add({ text: 'x'.repeat(15_000) });
  clock += DAY;
  for (let at = 1; at < 500; at++) await all.add({ text: `${at} ${'y'.repeat(20)}` });
  const kept = await all.list();
  expect(kept.length).toBe(499);
  expect(kept[0]?.text).toMatch(/^1 /);
});

it('stands beside an index, and is no part of it', async () => {
  const schema = newSchema();
  const notes = records(schema);
  await notes.add({ text: 'kept before there was an index' });
  const store = createPostgresStore({ database, schema });
  expect(await store.current()).toBeNull();
  for (let round = 0; round < 3; round++) await publish(store, [briefing('one', 'One', [`text ${round}`])]);
  expect((await notes.list()).length).toBe(1);
});

it('says that a record could not be kept', async () => {
  const broken = createDayRecords<Note>({
    database: { ...database, query: () => Promise.reject(new Error('gone')), session: () => Promise.reject(new Error('gone')) },
    schema: newSchema(),
    kind: 'notes',
    mostBytes: 1e9,
    parse: () => null,
    failed: 'The note could not be kept.',
  });
  await expect(broken.add({ text: 'x' })).rejects.toMatchObject({ code: 'unavailable', message: 'The note could not be kept.' });
});
