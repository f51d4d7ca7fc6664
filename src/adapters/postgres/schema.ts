import { pilcrowError } from '../../core/errors.ts';
import { type HeldConnection, lockKey, type Query } from './database.ts';

/**
 * How an index lies in a schema. A *version* is everything read from one briefing, written once and never changed; a *generation* is
 * one snapshot: a list of versions. What did not change is the same version in the next generation, so publishing writes what is new,
 * the list, and one pointer. Everything but `word` and the generations hangs on a version: that is the key to spread an index by.
 *
 *     live           the generation that is read now; one row
 *     generation     what a snapshot says of itself, abbreviations and ids that are gone
 *     member         the versions of a generation: position (snapshot order), class of access, number of its first chunk
 *     version        briefing, text with source map, sums that statistics are made of
 *     paragraph, chunk      records as JSON
 *     embedding      a vector of single precision a chunk; the graph over it is of half precision
 *     posting        of a term in a version: its chunks, the weighted frequency there and the length of those chunks, three lists
 *     spelling       how often a word occurs in a version;  word: every word there ever was, with what it is found by
 *
 *     record         feedback and kept questions, by day; no part of any generation
 *
 * Records are JSON texts and words are escaped as in JSON, because `text` takes any character that way.
 */
const MIGRATIONS: readonly ((schema: string) => string[])[] = [
  (schema) => [
    `create table ${schema}.generation (
       id int generated always as identity primary key,
       name text not null unique,
       embedder text not null,
       dimensions int not null,
       info text not null,
       abbreviations text not null,
       gone text not null)`,
    `create table ${schema}.live (one boolean primary key default true check (one), generation int not null)`,
    `create table ${schema}.version (
       id int primary key,
       key text not null,
       briefing text not null,
       body text not null,
       chunks int not null,
       length float8 not null)`,
    `create sequence ${schema}.version_id as int`,
    `create table ${schema}.member (
       generation int not null,
       version int not null,
       position int not null,
       class int not null,
       start int not null,
       primary key (generation, version))`,
    `create index member_version on ${schema}.member (version)`,
    `create table ${schema}.paragraph (version int not null, number int not null, place int not null, record text not null, primary key (version, number))`,
    `create table ${schema}.chunk (version int not null, number int not null, needs int[] not null, record text not null, primary key (version, number))`,
    `create table ${schema}.embedding (
       version int not null,
       number int not null,
       dimensions int not null,
       hash text not null,
       embedding vector not null,
       primary key (version, number)) with (toast_tuple_target = 8160)`,
    // Vectors of up to some 1,900 values stay in the row; longer ones are kept beside it as they are.
    `alter table ${schema}.embedding alter column embedding set storage external`,
    `create index embedding_hash on ${schema}.embedding (hash)`,
    `create table ${schema}.posting (
       term text collate "C" not null,
       version int not null,
       count int not null,
       numbers int[] not null,
       frequencies real[] not null,
       lengths real[] not null,
       primary key (term, version))`,
    `create index posting_version on ${schema}.posting (version)`,
    `create table ${schema}.word (word text collate "C" primary key, length int not null, letters int not null)`,
    `create index word_length on ${schema}.word (length, letters)`,
    `create table ${schema}.spelling (word text collate "C" not null, version int not null, count int not null, primary key (word, version))`,
    `create index spelling_version on ${schema}.spelling (version)`,
    `create table ${schema}.record (id bigint generated always as identity primary key, kind text not null, day text not null, record text not null)`,
    `create index record_day on ${schema}.record (kind, day)`,
  ],
  // How often a term or word is, is counted in the index alone.
  (schema) =>
    [
      ['posting', 'term'],
      ['spelling', 'word'],
    ].flatMap(([table, name]) => [
      `alter table ${schema}.${table} drop constraint ${table}_pkey`,
      `alter table ${schema}.${table} add constraint ${table}_pkey primary key (${name}, version) include (count)`,
    ]),
];

const FORMAT = MIGRATIONS.length;

/** `bit_count` comes with 14, searches that go on until a filter leaves enough with pgvector 0.8. */
const LEAST_SERVER = 14;
const LEAST_VECTOR = [0, 8];

/**
 * Rejects with `bad_config` where the server is too old to search as it is asked to.
 * @param server as `server_version_num` has it: 150018.
 * @param vector version of the extension, or null where this database has none.
 */
export function checkServer(server: number, vector: string | null): void {
  const major = Math.trunc(server / 10_000);
  if (major < LEAST_SERVER) {
    throw pilcrowError('bad_config', `The database is PostgreSQL ${major}; Pilcrow needs ${LEAST_SERVER} or later.`, {
      hint: 'Use a newer server (docs/postgres.md).',
    });
  }
  const [first = 0, second = 0] = vector?.split('.').map(Number) ?? LEAST_VECTOR;
  if (first < (LEAST_VECTOR[0] as number) || (first === LEAST_VECTOR[0] && second < (LEAST_VECTOR[1] as number))) {
    throw pilcrowError('bad_config', `The database has pgvector ${vector}; Pilcrow needs ${LEAST_VECTOR.join('.')} or later.`, {
      hint: 'Install the newer one on the server and have an administrator run ALTER EXTENSION vector UPDATE in this database.',
    });
  }
}

/** Number of the tables' form; 0 when there are none yet. Rejects when a newer version made them, or the server is too old. */
async function formatOf(query: Query, schema: string): Promise<number> {
  const [found] = await query<{ there: boolean; server: number; vector: string | null }>(
    `select to_regclass($1) is not null as there, current_setting('server_version_num')::int as server,
       (select extversion from pg_extension where extname = 'vector') as vector`,
    [`${schema}.migration`],
  );
  if (found) checkServer(found.server, found.vector);
  if (!found?.there) return 0;
  const [known] = await query<{ format: number }>(`select coalesce(max(number), 0)::int as format from ${schema}.migration`);
  const format = known?.format ?? 0;
  if (format > FORMAT) {
    throw pilcrowError(
      'index_damaged',
      `The index in the database was made by a newer version of Pilcrow (format ${format}; this one reads ${FORMAT}).`,
      { hint: 'Run the newer version everywhere.' },
    );
  }
  return format;
}

/** Whether there is anything to read. Rejects with `index_damaged` for tables of another version. */
export async function isThere(query: Query, schema: string): Promise<boolean> {
  const format = await formatOf(query, schema);
  if (format !== 0 && format < FORMAT) {
    throw pilcrowError('index_damaged', 'The index in the database was made by an older version of Pilcrow.', {
      hint: 'Run "pilcrow ingest" with this version; it renews the tables.',
    });
  }
  return format === FORMAT;
}

/** Makes or renews the tables, one process at a time. */
export async function migrate(session: HeldConnection, schema: string): Promise<void> {
  if ((await formatOf(session.query, schema)) === FORMAT) return;
  await session.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1::int, $2::int)', [lockKey(`pilcrow ${schema}`), -1]);
    await query('create extension if not exists vector');
    // Asked first: "if not exists" is refused to a user who may not make schemas, even where there is one.
    const [made] = await query<{ there: boolean }>('select to_regnamespace($1) is not null as there', [schema]);
    if (!made?.there) await query(`create schema ${schema}`);
    await query(`create table if not exists ${schema}.migration (number int primary key, applied timestamptz not null default now())`);
    const [known] = await query<{ format: number }>(`select coalesce(max(number), 0)::int as format from ${schema}.migration`);
    for (let number = (known?.format ?? 0) + 1; number <= FORMAT; number++) {
      for (const statement of (MIGRATIONS[number - 1] as (schema: string) => string[])(schema)) await query(statement);
      await query(`insert into ${schema}.migration (number) values ($1::int)`, [number]);
    }
  });
}
