import { pilcrowError } from '../../core/errors.ts';
import type { Abbreviation, Briefing, GoneParagraph, SnapshotInfo } from '../../core/model.ts';
import type { IndexReader, IndexStore, IngestedBriefing } from '../../core/ports.ts';
import type { SnapshotContent } from '../content.ts';
import { SCAN_UP_TO } from '../vectors.ts';
import type { Verification } from '../verify.ts';
import { type Database, type HeldConnection, isSchemaName, lockKey, type Query } from './database.ts';
import { createPostgresReader, type Generation } from './reader.ts';
import { isThere, migrate } from './schema.ts';
import { statementsOf } from './statements.ts';
import { floatsOf } from './vectors.ts';
import { verifyContent } from './verify.ts';
import { createWatch } from './watch.ts';
import { createPostgresWriter, removeUnused } from './writer.ts';

export interface PostgresStoreOptions {
  database: Database;
  /** Where the tables are: letters, digits and underscores. */
  schema?: string;
  /** Chunks up to which all vectors are compared; above, the graph answers. */
  scanUpTo?: number;
}

export interface PostgresStore extends IndexStore {
  /** Everything the live snapshot holds; null when there is none. */
  content(): Promise<SnapshotContent | null>;
  /** What the live snapshot says of itself, without opening it. */
  info(): Promise<SnapshotInfo | null>;
  /** Recomputes what the live snapshot says of itself; null when there is none. */
  verify(): Promise<Verification | null>;
  /** Calls back when another process has published. */
  onPublished(told: () => void): void;
  /** What is amiss with the connection, in a sentence; null when all is well. */
  problem(): string | null;
  close(): Promise<void>;
}

const DEFAULT_SCHEMA = 'pilcrow';

/** An index in PostgreSQL with pgvector; see schema.ts. Any number of processes may read it, one writes at a time. */
export function createPostgresStore({ database, schema = DEFAULT_SCHEMA, scanUpTo = SCAN_UP_TO }: PostgresStoreOptions): PostgresStore {
  if (!isSchemaName(schema)) {
    throw pilcrowError('bad_config', `"${schema}" cannot be the name of a schema.`, {
      hint: 'Use lower-case letters, digits and underscores.',
    });
  }
  const channel = `${schema}_published`;
  const statements = statementsOf(schema);
  const readLock = lockKey(`pilcrow ${schema} generation`);
  const writeLock = lockKey(`pilcrow ${schema}`);
  const watch = createWatch({ database, channel, lock: readLock });
  let there = false;
  let writing = false;

  async function hasTables(query: Query): Promise<boolean> {
    there ||= await isThere(query, schema);
    return there;
  }

  async function live(): Promise<{ id: number; name: string } | null> {
    if (!(await hasTables(database.query))) return null;
    const [row] = await database.query<{ id: number; name: string }>(
      `select g.id, g.name from ${schema}.live l join ${schema}.generation g on g.id = l.generation`,
    );
    return row ?? null;
  }

  /** The live generation, held so that nobody collects it. */
  async function hold(): Promise<{ id: number; letGo: () => void } | null> {
    for (;;) {
      const found = await live();
      if (!found) return null;
      const letGo = await watch.hold(found.id);
      // Held too late, it may be gone.
      const [still] = await database.query<{ id: number }>(`select id from ${schema}.generation where id = $1::int`, [found.id]);
      if (still) return { id: found.id, letGo };
      letGo();
    }
  }

  async function generationOf(id: number): Promise<Generation> {
    const [[head], members] = await Promise.all([
      database.query<{ info: string; abbreviations: string; gone: string }>(
        `select info, abbreviations, gone from ${schema}.generation where id = $1::int`,
        [id],
      ),
      database.query<{ version: number; chunks: number; length: number; briefing: string }>(
        `select m.version, v.chunks, v.length, v.briefing from ${schema}.member m join ${schema}.version v on v.id = m.version
         where m.generation = $1::int order by m.position`,
        [id],
      ),
    ]);
    if (!head) throw pilcrowError('unavailable', 'This edition of the index was removed meanwhile.', { retryable: true });
    const info = JSON.parse(head.info) as SnapshotInfo;
    const chunks = members.reduce((sum, one) => sum + one.chunks, 0);
    if (members.length !== info.briefings || chunks !== info.chunks) {
      throw pilcrowError('index_damaged', `The snapshot ${info.id} in the database holds other briefings than it says.`, {
        hint: 'Run "pilcrow ingest --force" to write it again.',
      });
    }
    return {
      id,
      info,
      abbreviations: JSON.parse(head.abbreviations) as Abbreviation[],
      gone: JSON.parse(head.gone) as GoneParagraph[],
      briefings: members.map(({ briefing }) => JSON.parse(briefing) as Briefing),
      versions: Int32Array.from(members, ({ version }) => version),
      chunkCounts: Int32Array.from(members, (one) => one.chunks),
      lengths: Float64Array.from(members, ({ length }) => length),
    };
  }

  /** Generations but the live one and the one before it, unless somebody reads them. */
  async function collect(session: HeldConnection): Promise<void> {
    const old = await session.query<{ id: number }>(
      `select id from ${schema}.generation where id <> (select generation from ${schema}.live) order by id desc offset 1`,
    );
    for (const { id } of old) {
      if (watch.isHeld(id)) continue;
      const [free] = await session.query<{ free: boolean }>('select pg_try_advisory_lock($1::int, $2::int) as free', [readLock, id]);
      if (!free?.free) continue;
      await session.transaction(async (inside) => {
        await inside(`delete from ${schema}.member where generation = $1::int`, [id]);
        await inside(`delete from ${schema}.generation where id = $1::int`, [id]);
      });
      await session.query('select pg_advisory_unlock($1::int, $2::int)', [readLock, id]);
    }
    await removeUnused(session, schema);
  }

  async function content(): Promise<SnapshotContent | null> {
    const held = await hold();
    if (!held) return null;
    const generation = await generationOf(held.id);
    const read = <Row>(statement: string, version: number) => database.query<Row>(statement, [held.id, null, [version]]);
    return {
      info: generation.info,
      abbreviations: generation.abbreviations,
      gone: generation.gone,
      async *briefings() {
        for (const [at, briefing] of generation.briefings.entries()) {
          const version = generation.versions[at] as number;
          const [bodies, paragraphs, chunks, vectors] = await Promise.all([
            read<{ record: string }>(statements.bodies, version),
            read<{ record: string | null }>(statements.paragraphsOf, version),
            read<{ record: string | null }>(statements.chunksOf, version),
            read<{ number: number; record: Uint8Array | null }>(statements.vectorsOf, version),
          ]);
          const parsed = <T>(rows: readonly { record: string | null }[]) =>
            rows.flatMap(({ record }) => (record === null ? [] : [JSON.parse(record) as T]));
          const [body] = parsed<Pick<IngestedBriefing, 'text' | 'sourceMap'>>(bodies);
          if (!body) throw pilcrowError('index_damaged', `The text of ${briefing.id} is not in the database.`);
          const byNumber = new Map(vectors.flatMap(({ number, record }) => (record === null ? [] : [[number, floatsOf(record)] as const])));
          const entry = {
            briefing,
            ...body,
            paragraphs: parsed<IngestedBriefing['paragraphs'][number]>(paragraphs),
            chunks: parsed<IngestedBriefing['chunks'][number]>(chunks),
          };
          yield { entry, vectors: entry.chunks.map((_, number) => byNumber.get(number) ?? new Float32Array(0)) };
        }
      },
      close: async () => held.letGo(),
    };
  }

  return {
    keeps: true,
    async open(): Promise<IndexReader | null> {
      const held = await hold();
      if (!held) return null;
      try {
        const generation = await generationOf(held.id);
        return createPostgresReader({ database, statements, generation, scanUpTo, onClose: held.letGo });
      } catch (error) {
        held.letGo();
        throw error;
      }
    },
    async current() {
      return watch.published() ?? watch.learn(async () => (await live())?.name ?? null);
    },
    async write(embedder) {
      const locked = () => pilcrowError('index_locked', 'Another writer is building this index.', { retryable: true });
      if (writing) throw locked();
      writing = true;
      let session: HeldConnection | null = null;
      try {
        session = await database.session();
        const [lock] = await session.query<{ free: boolean }>('select pg_try_advisory_lock($1::int, 0) as free', [writeLock]);
        if (!lock?.free) throw locked();
        await migrate(session, schema);
        const own = session;
        return await createPostgresWriter({
          session,
          schema,
          channel,
          embedder,
          scanUpTo,
          collect,
          onDone: () => {
            writing = false;
          },
        }).catch(async (error) => {
          await own.release();
          throw error;
        });
      } catch (error) {
        writing = false;
        await session?.release();
        throw error;
      }
    },
    async info() {
      if (!(await hasTables(database.query))) return null;
      const [row] = await database.query<{ info: string }>(
        `select g.info from ${schema}.live l join ${schema}.generation g on g.id = l.generation`,
      );
      return row ? (JSON.parse(row.info) as SnapshotInfo) : null;
    },
    content,
    async verify() {
      const live = await content();
      return live && verifyContent(live, database, schema).finally(live.close);
    },
    onPublished: watch.onPublished,
    problem: () => (watch.isLost() ? 'The database cannot be reached just now; questions fail until it is back.' : null),
    async close() {
      await watch.close();
      await database.close();
    },
  };
}
