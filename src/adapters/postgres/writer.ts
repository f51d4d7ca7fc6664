import { randomBytes } from 'node:crypto';
import { pilcrowError } from '../../core/errors.ts';
import type { Briefing, SnapshotInfo } from '../../core/model.ts';
import type { IndexWriter } from '../../core/ports.ts';
import { accessClasses } from '../../core/visible.ts';
import { BM25_DEFAULTS } from '../bm25.ts';
import { checkIngested } from '../checks.ts';
import { type HeldConnection, type Query, written } from './database.ts';
import { addRows, noRows, recordsOf, versionKey, writeRows } from './rows.ts';
import { floatsOf } from './vectors.ts';

export interface PostgresWriterOptions {
  /** Holds the lock of the schema; released when the writer is done. */
  session: HeldConnection;
  schema: string;
  channel: string;
  embedder: { id: string; dimensions: number };
  /** Chunks from which on there is a graph. */
  scanUpTo: number;
  /** Removes generations nobody reads. */
  collect(session: HeldConnection): Promise<void>;
  /** Told once, whatever became of it. */
  onDone(): void;
}

/** Written at a time, roughly bytes: some sixty briefings of twenty chunks, so that rows of a term lie together (rows.ts). */
const BLOCK_BYTES = 16 << 20;
const IDS_AT_ONCE = 256;
const HASHES_AT_ONCE = 1_000;
/** New chunks from which on the planner is told of them before they are published. */
const WORTH_ANALYSING = 1_000;
/** Where pgvector's graph of half precision ends. */
const MOST_DIMENSIONS = 4_000;

/**
 * Writes the versions of what is new as it comes; no generation has them yet, so nobody sees them. `commit` adds the generation and
 * turns the pointer in one transaction. A process or server that dies before leaves versions that the next writer removes.
 */
export async function createPostgresWriter(options: PostgresWriterOptions): Promise<IndexWriter> {
  const { session, schema, embedder, channel } = options;
  const { query } = session;
  const entries = new Map<string, { briefing: Briefing; version: number; chunks: number; paragraphs: number }>();
  const ids: number[] = [];
  let state: 'open' | 'busy' | 'done' = 'open';
  let waiting = noRows();
  let writing: Promise<void> = Promise.resolve();
  let fresh = 0;
  let live: ReturnType<typeof liveVersions> | null = null;

  // Whatever a writer left that did not come to its end.
  await removeUnused(session, schema);
  const known = new Map(
    (await query<{ key: string; id: number }>(`select key, id from ${schema}.version`)).map(({ key, id }) => [key, id]),
  );
  await haveIds();

  function mustBeOpen(): void {
    if (state !== 'open') throw pilcrowError('internal', 'This index writer was already committed or discarded.');
  }
  /** Sees to it that there is a number for the next version. */
  async function haveIds(): Promise<void> {
    if (ids.length > 0) return;
    const rows = await query<{ id: number }>(`select nextval($1::regclass)::int as id from generate_series(1, $2::int)`, [
      `${schema}.version_id`,
      IDS_AT_ONCE,
    ]);
    ids.push(...rows.map(({ id }) => id).reverse());
  }
  /** The versions of the live generation by the id of their briefing; null when another embedder made it, or there is none. */
  async function liveVersions() {
    const [live] = await query<{ id: number; name: string; embedder: string; dimensions: number }>(
      `select g.id, g.name, g.embedder, g.dimensions from ${schema}.live l join ${schema}.generation g on g.id = l.generation`,
    );
    if (!live || live.embedder !== written(embedder.id) || live.dimensions !== embedder.dimensions) return null;
    const rows = await query<{ version: number; chunks: number; briefing: string }>(
      `select m.version, v.chunks, v.briefing from ${schema}.member m join ${schema}.version v on v.id = m.version where m.generation = $1::int`,
      [live.id],
    );
    const of = new Map(
      rows.map(({ version, chunks, briefing: record }) => {
        const briefing = JSON.parse(record) as Briefing;
        return [briefing.id, { briefing, version, chunks, paragraphs: briefing.paragraphs }] as const;
      }),
    );
    return { name: live.name, of };
  }
  async function flush(): Promise<void> {
    const rows = waiting;
    waiting = noRows();
    if (rows.size === 0) return;
    await session.transaction(async (inside) => {
      // Made durable with the generation that has them.
      await inside('set local synchronous_commit = off');
      await writeRows(inside, schema, rows);
    });
  }
  async function finish(): Promise<void> {
    state = 'done';
    await writing.catch(() => undefined);
    waiting = noRows();
    options.onDone();
    await session.release();
  }

  return {
    async cached(hashes) {
      mustBeOpen();
      const found = new Map<string, Float32Array>();
      if (embedder.dimensions === 0) return found;
      const [live] = await query<{ generation: number }>(
        `select l.generation from ${schema}.live l join ${schema}.generation g on g.id = l.generation where g.embedder = $1 and g.dimensions = $2::int`,
        [written(embedder.id), embedder.dimensions],
      );
      if (!live) return found;
      for (let from = 0; from < hashes.length; from += HASHES_AT_ONCE) {
        const rows = await query<{ hash: string; vector: Uint8Array }>(
          `select distinct on (e.hash) e.hash, vector_send(e.embedding) as vector from ${schema}.embedding e
           join ${schema}.member m on m.generation = $1::int and m.version = e.version
           where e.hash = any($2::text[]) order by e.hash`,
          [live.generation, hashes.slice(from, from + HASHES_AT_ONCE).map(written)],
        );
        const bySafe = new Map(hashes.slice(from, from + HASHES_AT_ONCE).map((hash) => [written(hash), hash]));
        for (const { hash, vector } of rows) found.set(bySafe.get(hash) as string, floatsOf(vector));
      }
      return found;
    },
    async add(entry, vectors) {
      mustBeOpen();
      checkIngested(entry, vectors, embedder.dimensions, entries);
      const records = recordsOf(entry);
      const key = versionKey(records, vectors, embedder, BM25_DEFAULTS);
      const { briefing, chunks, paragraphs } = entry;
      let version = known.get(key);
      if (version === undefined) {
        version = ids.pop();
        if (version === undefined) throw pilcrowError('internal', 'Briefings are added one after the other.');
        // Taken at once: the objects are the caller's again after this.
        addRows(waiting, version, key, entry, records, vectors, BM25_DEFAULTS);
        fresh += chunks.length;
      }
      entries.set(briefing.id, { briefing: structuredClone(briefing), version, chunks: chunks.length, paragraphs: paragraphs.length });
      if (waiting.size < BLOCK_BYTES && ids.length > 0) return;
      writing = writing.then(async () => {
        if (waiting.size >= BLOCK_BYTES) await flush();
        await haveIds();
      });
      await writing;
    },
    async keep(id, snapshot) {
      mustBeOpen();
      live ??= liveVersions();
      const known = await live;
      const found = known?.name === snapshot && !entries.has(id) ? known.of.get(id) : undefined;
      if (!found) return false;
      entries.set(id, found);
      return true;
    },
    async commit(abbreviations, gone = []) {
      mustBeOpen();
      state = 'busy';
      try {
        await writing;
        await flush();
        // The same order as `inSnapshotOrder`.
        const all = [...entries.values()].sort((a, b) => (a.briefing.id < b.briefing.id ? -1 : 1));
        const total = (of: 'chunks' | 'paragraphs') => all.reduce((sum, one) => sum + one[of], 0);
        const created = new Date().toISOString();
        const info: SnapshotInfo = {
          id: `${created.replace(/\D/g, '').slice(0, 14)}-${randomBytes(4).toString('hex')}`,
          created,
          embedder: embedder.id,
          dimensions: embedder.dimensions,
          briefings: all.length,
          paragraphs: total('paragraphs'),
          chunks: total('chunks'),
        };
        if (info.chunks > options.scanUpTo) await ensureGraph(query, schema, embedder.dimensions);
        if (fresh >= WORTH_ANALYSING) await analyse(query, schema);
        const classes = accessClasses(all.map(({ briefing }) => briefing)).of;
        let start = 0;
        const starts = all.map(({ chunks }) => {
          start += chunks;
          return start - chunks;
        });
        await session.transaction(async (inside) => {
          const [made] = await inside<{ id: number }>(
            `insert into ${schema}.generation (name, embedder, dimensions, info, abbreviations, gone)
             values ($1, $2, $3::int, $4, $5, $6) returning id`,
            [info.id, written(embedder.id), embedder.dimensions, ...[info, abbreviations, gone].map((value) => JSON.stringify(value))],
          );
          const generation = made?.id as number;
          await inside(
            `insert into ${schema}.member (generation, version, position, class, start)
             select $1::int, * from unnest($2::int[], $3::int[], $4::int[], $5::int[])`,
            [generation, all.map(({ version }) => version), all.map((_, at) => at), [...classes], starts],
          );
          // A generation the planner never heard of has no members to its mind, and each of a search's steps would go through all there are.
          await inside(`analyze ${schema}.member`);
          await inside(
            `insert into ${schema}.live (one, generation) values (true, $1::int) on conflict (one) do update set generation = excluded.generation`,
            [generation],
          );
          await inside('select pg_notify($1, $2)', [channel, info.id]);
        });
        // It is published; what is left to tidy up can wait for the next writer.
        await options.collect(session).catch(() => undefined);
        return info.id;
      } finally {
        await finish();
      }
    },
    async discard() {
      if (state !== 'open') return;
      state = 'busy';
      await writing.catch(() => undefined);
      await removeUnused(session, schema).catch(() => undefined);
      await finish();
    },
  };
}

const OF_VERSION = ['paragraph', 'chunk', 'embedding', 'posting', 'spelling'] as const;
const VERSIONS_AT_ONCE = 100;

/** Removes versions that no generation has. Only the one writer may: what it has not published yet looks the same. */
export async function removeUnused(session: HeldConnection, schema: string): Promise<void> {
  const unused = await session.query<{ id: number }>(
    `select v.id from ${schema}.version v where not exists (select from ${schema}.member m where m.version = v.id)`,
  );
  for (let from = 0; from < unused.length; from += VERSIONS_AT_ONCE) {
    const ids = unused.slice(from, from + VERSIONS_AT_ONCE).map(({ id }) => id);
    await session.transaction(async (inside) => {
      for (const table of OF_VERSION) await inside(`delete from ${schema}."${table}" where version = any($1::int[])`, [ids]);
      await inside(`delete from ${schema}.version where id = any($1::int[])`, [ids]);
    });
  }
}

/** The graph over vectors of one length; those written later are put in one by one. */
async function ensureGraph(query: Query, schema: string, dimensions: number): Promise<void> {
  if (dimensions === 0 || dimensions > MOST_DIMENSIONS) return;
  await query(
    `create index if not exists embedding_near_${dimensions} on ${schema}.embedding
     using hnsw ((embedding::halfvec(${dimensions})) halfvec_cosine_ops) with (m = 16, ef_construction = 128) where dimensions = ${dimensions}`,
  );
}

async function analyse(query: Query, schema: string): Promise<void> {
  for (const table of ['version', 'member', 'word', ...OF_VERSION]) await query(`analyze ${schema}."${table}"`);
}
