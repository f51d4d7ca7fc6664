import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { connectPostgres, SETTINGS } from '../../../src/adapters/postgres/connect.ts';
import type { Database, HeldConnection, Query } from '../../../src/adapters/postgres/database.ts';
import { databaseError } from '../../../src/adapters/postgres/failure.ts';

/** PostgreSQL in this process: one session that everybody shares, so its locks keep nobody out. */
export async function pgliteDatabase(): Promise<Database> {
  const database = databaseOver(await PGlite.create({ extensions: { vector } }));
  await database.query('create extension if not exists vector');
  for (const setting of SETTINGS) await database.query(setting);
  return database;
}

export function databaseOver(lite: PGlite): Database {
  const over =
    (on: Pick<PGlite, 'query'>): Query =>
    async <Row>(text: string, values: readonly unknown[] = []) => {
      try {
        return (await on.query<Row>(text, [...values])).rows;
      } catch (error) {
        throw databaseError(error);
      }
    };
  const query = over(lite);
  const session: HeldConnection = {
    query,
    transaction: (work) => lite.transaction((inside) => work(over(inside))) as ReturnType<typeof work>,
    listen: async (channel, heard) => void (await lite.listen(channel, heard)),
    onLost: () => undefined,
    release: async () => undefined,
  };
  return { query, session: async () => session, close: async () => undefined };
}

/** The server the tests are given, or null. */
export const serverDatabase = (): Database | null =>
  process.env.TEST_DATABASE_URL
    ? connectPostgres({ url: process.env.TEST_DATABASE_URL, connections: 4, statementMilliseconds: 30_000 })
    : null;
