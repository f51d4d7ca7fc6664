import { randomBytes } from 'node:crypto';
import { afterAll, vi } from 'vitest';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import type { IndexStore } from '../../../src/core/ports.ts';
import { indexStoreContract } from '../../contracts/index-store.ts';
import { pgliteDatabase, serverDatabase } from './databases.ts';

vi.setConfig({ testTimeout: 180_000 });
const server = serverDatabase();
const lite = await pgliteDatabase();

for (const [name, database] of [
  ['PGlite', lite],
  ['PostgreSQL server', server],
] as const) {
  if (!database) continue;
  const schemas = new Map<IndexStore, string>();
  const make = (schema = `test_${randomBytes(6).toString('hex')}`) => {
    const store = createPostgresStore({ database, schema });
    schemas.set(store, schema);
    return store;
  };
  indexStoreContract(`${name} store`, make, (store) => make(schemas.get(store)));
  afterAll(async () => {
    for (const schema of new Set(schemas.values())) await database.query(`drop schema if exists ${schema} cascade`);
  });
}
