/**
 * Makes an index in a database larger than anybody wants to wait for: every version once more for each copy, under ids of its own, its vectors
 * turned at random by about twenty degrees, then the graph and a generation of all of them.
 * `npx tsx bench/postgres/multiply.ts --database <url> --schema <name> [--copies 9] [--memory 2GB]`
 *
 * Takes what `fill.ts` wrote, published or not. Texts repeat themselves word for word, which costs a search by words as much as others would: its rows
 * are one for each term and briefing. Says how long each step took and what lies on disk. Begun again after a copy it goes on with the next.
 */
import { connectPostgres } from '../../src/adapters/postgres/connect.ts';
import { argument } from '../data.ts';

const schema = argument('schema') as string;
const copies = Number(argument('copies') ?? 9);
const database = connectPostgres({ url: argument('database') as string, connections: 1, statementMilliseconds: 60_000 });
const session = await database.session();
const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
const timed = async (what: string, work: () => Promise<unknown>): Promise<void> => {
  const began = performance.now();
  await work();
  say(`${what}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
};
/** Numbers of the versions of a copy; more than any corpus of a bench has. */
const APART = 10_000_000;
const EMBEDDER = 'static-en-1';
/** Of a unit vector of 512 values; uniform noise of this width has a length of .39. */
const NOISE = 0.06;

await session.query('set synchronous_commit = off');
await session.query(`set maintenance_work_mem = '${argument('memory') ?? '2GB'}'`);
const [known] = await session.query<{ copies: number }>(`select coalesce(max(id) / ${APART}, 0)::int as copies from ${schema}.version`);
for (let copy = (known?.copies ?? 0) + 1; copy <= copies; copy++) {
  const shift = copy * APART;
  const renamed = (column: string) => `replace(${column}, 'scale-', 'scale-${copy}-')`;
  await timed(`copy ${copy} of ${copies}`, () =>
    session.transaction(async (query) => {
      const put = (table: string, columns: string) =>
        query(
          `insert into ${schema}."${table}" select ${columns} from ${schema}."${table}" s where s.${table === 'version' ? 'id' : 'version'} < ${APART}`,
        );
      await put('version', `id + ${shift}, key || '-${copy}', ${renamed('briefing')}, body, chunks, length`);
      await put('paragraph', `version + ${shift}, number, place, ${renamed('record')}`);
      await put('chunk', `version + ${shift}, number, needs, ${renamed('record')}`);
      await put(
        'embedding',
        `version + ${shift}, number, dimensions, hash || '-${copy}',
         l2_normalize(embedding + (select array_agg((random() - 0.5) * ${NOISE}) from generate_series(1, s.dimensions))::vector)`,
      );
      await put('posting', `term, version + ${shift}, count, numbers, frequencies, lengths`);
      await put('spelling', `word, version + ${shift}, count`);
    }),
  );
}
const [{ dimensions }] = (await session.query<{ dimensions: number }>(`select dimensions from ${schema}.embedding limit 1`)) as [
  { dimensions: number },
];
await timed('graph', () =>
  session.query(
    `create index if not exists embedding_near_${dimensions} on ${schema}.embedding
     using hnsw ((embedding::halfvec(${dimensions})) halfvec_cosine_ops) with (m = 16, ef_construction = 128) where dimensions = ${dimensions}`,
  ),
);
await timed('publication', () =>
  session.transaction(async (query) => {
    const created = new Date().toISOString();
    const id = `${created.replace(/\D/g, '').slice(0, 14)}-${Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')}`;
    await query(
      `insert into ${schema}.generation (name, embedder, dimensions, info, abbreviations, gone)
       select $1, $2, $3::int, json_build_object('id', $1::text, 'created', $4::text, 'embedder', $2::text, 'dimensions', $3::int,
         'briefings', count(*), 'paragraphs', sum(chunks), 'chunks', sum(chunks))::text, '[]', '[]' from ${schema}.version`,
      [id, EMBEDDER, dimensions, created],
    );
    await query(
      `insert into ${schema}.member (generation, version, position, class, start)
       select g.id, v.id, row_number() over w - 1, 0, coalesce(sum(v.chunks) over (w rows between unbounded preceding and 1 preceding), 0)
       from (select id, chunks, briefing::json->>'id' as name from ${schema}.version) v,
         (select id from ${schema}.generation where name = $1) g
       window w as (order by v.name collate "C")`,
      [id],
    );
    await query(
      `insert into ${schema}.live (one, generation) select true, id from ${schema}.generation where name = $1
       on conflict (one) do update set generation = excluded.generation`,
      [id],
    );
  }),
);
await timed('statistics', async () => {
  for (const table of ['version', 'member', 'word', 'paragraph', 'chunk', 'embedding', 'posting', 'spelling']) {
    await session.query(`vacuum analyze ${schema}."${table}"`);
  }
});
const [size] = await session.query<{ chunks: number; bytes: number }>(
  `select (select sum(chunks) from ${schema}.version)::int as chunks, sum(pg_total_relation_size(c.oid))::float8 as bytes
   from pg_class c where c.relnamespace = to_regnamespace('${schema}') and c.relkind = 'r'`,
);
say(`${size?.chunks} chunks, ${((size?.bytes ?? 0) / 1e9).toFixed(2)} GB on disk`);
await session.release();
await database.close();
