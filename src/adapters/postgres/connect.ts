import { Client, type ClientConfig, Pool } from 'pg';
import { pilcrowError } from '../../core/errors.ts';
import type { Database, HeldConnection, Query } from './database.ts';
import { databaseError, isBroken } from './failure.ts';

export interface ConnectOptions {
  /** `postgres://user:password@host:5432/name?sslmode=…`. */
  url: string;
  /** Connections of the pool, besides one that listens and one while something is written. */
  connections: number;
  /** Longest a statement that reads may take. */
  statementMilliseconds: number;
}

const CONNECT_MILLISECONDS = 5_000;
const IDLE_MILLISECONDS = 30_000;
/** A restarted server lets nobody in for a moment. */
const AGAIN_AFTER = 100;

/**
 * What every connection is told. Compiling a statement takes longer than ours run. With a filter the graph is followed until as many
 * are found as were asked for, in about the order of distance: they are put in order by their exact scores. Of the best 50 of 13,000 chunks the
 * graph finds .948, .984, .995 and .999 with 100, 200, 400 and 800 (docs/postgres.md).
 */
export const SETTINGS = [
  'set jit = off',
  "set hnsw.iterative_scan = 'relaxed_order'",
  'set hnsw.ef_search = 400',
  'set hnsw.max_scan_tuples = 100000',
];

/** A pool of connections to a server. Nothing is contacted before the first statement. */
export function connectPostgres({ url, connections, statementMilliseconds }: ConnectOptions): Database {
  let config: ClientConfig;
  let pool: Pool;
  try {
    config = { connectionString: url, application_name: 'pilcrow', connectionTimeoutMillis: CONNECT_MILLISECONDS, keepAlive: true };
    pool = new Pool({ ...config, max: connections, idleTimeoutMillis: IDLE_MILLISECONDS, allowExitOnIdle: true });
  } catch {
    throw pilcrowError('bad_config', 'DATABASE_URL is no address of a PostgreSQL database.', {
      hint: 'Write it as postgres://user:password@host:5432/name.',
    });
  }
  // A connection that breaks while nobody uses it is simply replaced; where somebody does, the statement rejects.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const told = new WeakSet<object>();
  const prepare = async (client: { query(text: string): Promise<unknown> }, reading: boolean): Promise<void> => {
    // The types and settings of the extension exist once it is loaded; before the first ingest it may not be there.
    await client.query("select '[1]'::vector").catch((error) => {
      if (isBroken(error)) throw error;
    });
    for (const setting of SETTINGS) {
      await client.query(setting).catch((error) => {
        if (isBroken(error)) throw error;
      });
    }
    await client.query(`set statement_timeout = ${reading ? Math.trunc(statementMilliseconds) : 0}`);
  };

  async function once<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      if (!told.has(client)) {
        await prepare(client, true);
        told.add(client);
      }
      return (await client.query(text, [...values])).rows as Row[];
    } catch (error) {
      if (isBroken(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      try {
        return await once<Row>(text, values).catch(async (error) => {
          if (!isBroken(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
          return once<Row>(text, values);
        });
      } catch (error) {
        throw databaseError(error);
      }
    },
    async session() {
      let client: Client;
      try {
        client = new Client(config);
      } catch (error) {
        throw databaseError(error);
      }
      let held = true;
      let lost: (() => void) | null = null;
      const gone = (): void => {
        if (!held) return;
        held = false;
        lost?.();
      };
      client.on('error', gone);
      client.on('end', gone);
      const query: Query = async <Row>(text: string, values: readonly unknown[] = []) => {
        try {
          return (await client.query(text, [...values])).rows as Row[];
        } catch (error) {
          throw databaseError(error);
        }
      };
      try {
        await client.connect();
        await prepare(client, false);
      } catch (error) {
        held = false;
        await client.end().catch(() => undefined);
        throw databaseError(error);
      }
      const session: HeldConnection = {
        query,
        async transaction(work) {
          await query('begin');
          try {
            const result = await work(query);
            await query('commit');
            return result;
          } catch (error) {
            await query('rollback').catch(() => undefined);
            throw error;
          }
        },
        async listen(channel, heard) {
          client.on('notification', (message) => {
            if (message.channel === channel) heard(message.payload ?? '');
          });
          await query(`listen "${channel}"`);
        },
        onLost(told) {
          lost = told;
        },
        async release() {
          held = false;
          await client.end().catch(() => undefined);
        },
      };
      return session;
    },
    async close() {
      await pool.end().catch(() => undefined);
    },
  };
}
