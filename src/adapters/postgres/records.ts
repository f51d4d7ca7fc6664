import { pilcrowError } from '../../core/errors.ts';
import { DAY, type DayFiles, dayOf } from '../day-files.ts';
import type { Database } from './database.ts';
import { isThere, migrate } from './schema.ts';

export interface DayRecordsOptions<T> {
  database: Database;
  schema: string;
  /** Which records: they are told apart by this. */
  kind: string;
  /** A record as it was kept, or null for what is none. */
  parse(value: unknown): T | null;
  /** What is said when a record cannot be written. */
  failed: string;
  /** Most bytes of all records of the kind: then the oldest day goes. */
  mostBytes: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** After how many records of one process it is looked whether there is still room. */
const LOOK_EVERY = 500;

/** Records by day in the database that holds the index, for all services together; otherwise like `createDayFiles`. */
export function createDayRecords<T>(options: DayRecordsOptions<T>): DayFiles<T> {
  const { database, schema, kind, parse, failed, mostBytes, now = Date.now } = options;
  const { query } = database;
  let made: Promise<void> | null = null;
  let added = 0;
  let writing: Promise<unknown> = Promise.resolve();

  /** Tables are made by whoever needs them first. */
  function tables(): Promise<void> {
    made ??= (async () => {
      if (await isThere(query, schema).catch(() => false)) return;
      const session = await database.session();
      await migrate(session, schema).finally(session.release);
    })().catch((error) => {
      made = null;
      throw error;
    });
    return made;
  }

  async function makeRoom(): Promise<void> {
    const days = await query<{ day: string; bytes: number }>(
      `select day, sum(octet_length(record))::float8 as bytes from ${schema}.record where kind = $1 group by day order by day desc`,
      [kind],
    );
    let bytes = 0;
    // The latest day stays, whatever it holds.
    const first = days.find(({ bytes: more }, at) => {
      bytes += more;
      return at > 0 && bytes > mostBytes;
    });
    if (first) await query(`delete from ${schema}.record where kind = $1 and day <= $2`, [kind, first.day]);
  }

  async function write(record: T): Promise<void> {
    try {
      await tables();
      await query(`insert into ${schema}.record (kind, day, record) values ($1, $2, $3)`, [kind, dayOf(now()), JSON.stringify(record)]);
      if (++added % LOOK_EVERY === 0) await makeRoom();
    } catch (cause) {
      throw pilcrowError('unavailable', failed, { hint: (cause as Error).message, retryable: true, cause });
    }
  }

  return {
    add(record) {
      const written = write(record);
      writing = Promise.allSettled([writing, written]);
      return written;
    },
    async list() {
      if (!(await isThere(query, schema))) return [];
      const rows = await query<{ record: string }>(`select record from ${schema}.record where kind = $1 order by id`, [kind]);
      return rows.flatMap(({ record }) => parse(JSON.parse(record)) ?? []);
    },
    async expire(days) {
      await writing;
      if (!(await isThere(query, schema))) return 0;
      const first = days === 0 ? null : dayOf(now() - (days - 1) * DAY);
      const gone = await query(`delete from ${schema}.record where kind = $1 and ($2::text is null or day < $2) returning id`, [
        kind,
        first,
      ]);
      return gone.length;
    },
    settled: async () => {
      await writing;
    },
  };
}
