import { BM25 } from '../../core/lexical.ts';

/**
 * Records that come along with a search: of its best, and of those that were named because words found them. What is ranked afterwards
 * is nearly always among them.
 */
const BEST_AHEAD = 30;
const NAMED_AHEAD = 60;

/**
 * The statements of a reader over one generation. Each is one round trip and sees one state of the database; each begins with the
 * generation itself, so that one that was collected gives no row at all, where one that finds nothing gives a row of nulls.
 *
 * `$1` is always the generation, `$2` the classes of access that are read (null: all).
 */
export function statementsOf(schema: string) {
  const guarded = (columns: string, body: string): string =>
    `select ${columns} from ${schema}.generation g left join (${body}) h on true where g.id = $1::int`;
  const seen = '($2::int[] is null or m.class = any($2::int[]))';
  const members = (of: string) => `${schema}.member m on m.generation = $1::int and m.version = ${of}.version and ${seen}`;
  const cosine = (dimensions: number) => `1 - (e.embedding::vector(${dimensions}) <=> $3::vector(${dimensions}))`;
  /** `number`s of versions, in `$3` and `$4`, side by side. */
  const wanted = 'select distinct version, number from unnest($3::int[], $4::int[]) as w(version, number)';

  const records = `select 'c' as kind, version, null::int as position, number, null::float8 as score, record from own
       union all
       select 'p', p.version, null, p.number, null, p.record
       from (select distinct version, unnest(needs) as number from own) n
       join ${schema}.paragraph p on p.version = n.version and p.number = n.number`;
  /**
   * The best `$5` of `scored` and those of `also` (version, number, and the order they come in), with the records that are asked for
   * next.
   */
  const bestAndNamed = (more = '') => `best as (
           select * from scored where score <> 'NaN' order by score desc, start + number limit $5::int
         ), named as (
           select s.* from scored s where s.score <> 'NaN' and (s.version, s.number) in (select version, number from also)
         ), own as (
           select c.version, c.number, c.needs, c.record
           from (
             (select version, number from best order by score desc limit ${BEST_AHEAD})
             union
             (select n.version, n.number from also n join named on named.version = n.version and named.number = n.number
              order by n.rank limit ${NAMED_AHEAD})
           ) a join ${schema}.chunk c on c.version = a.version and c.number = a.number
         )
         select 'h' as kind, version, position, number, score, null as record from (table best union table named) hits
         ${more}
         union all
         ${records}`;
  const givenAlso = 'also as (select * from unnest($6::int[], $7::int[]) with ordinality as n(version, number, rank))';
  const scannedBy = (dimensions: number) => `scored as (
           select m.position, m.start, e.version, e.number, ${cosine(dimensions)} as score
           from ${schema}.embedding e join ${members('e')}
           where e.dimensions = ${dimensions} and ($4::int[] is null or m.position = any($4::int[]))
         )`;
  /** Looked at by the graph: as many as `most` says. */
  const nearestBy = (dimensions: number, most: string) => `near as materialized (
           select e.version, e.number from ${schema}.embedding e join ${members('e')}
           where e.dimensions = ${dimensions} and ($4::int[] is null or m.position = any($4::int[]))
           order by (e.embedding::halfvec(${dimensions})) <=> $3::vector(${dimensions})::halfvec(${dimensions}) limit ${most}::int
         ), scored as (
           select m.position, m.start, e.version, e.number, ${cosine(dimensions)} as score
           from (select version, number from near union select version, number from also) n(version, number)
           join ${schema}.embedding e on e.version = n.version and e.number = n.number
           join ${members('e')}
         )`;
  /**
   * Best by BM25, from where its parameters are: terms, their weights, chunks of the part, their mean length, positions of briefings
   * (null: all), how many. Frequencies are those of the part, whatever briefings are asked for. The sum is of double precision and rounded to
   * single, so that what is alike stays alike in whatever order it was added up.
   */
  const byWords = (terms: string, weights: string, chunks: string, mean: string, positions: string, most: string) =>
    `with found as materialized (
         select a.term, a.weight, m.position, m.start, p.version, p.count, p.numbers, p.frequencies, p.lengths
         from unnest(${terms}::text[], ${weights}::float8[]) as a(term, weight)
         join ${schema}.posting p on p.term = a.term
         join ${members('p')}
       ), weighed as (
         select term, weight, ln(1 + (${chunks}::float8 - sum(count) + 0.5) / (sum(count) + 0.5)) as rarity from found group by term, weight
       )
       select min(f.version) as version, min(f.position) as position, min(u.number) as number,
         sum(w.weight * ((w.rarity * u.frequency * ${BM25.k1 + 1})
           / (u.frequency + ${BM25.k1} * (1 - ${BM25.b} + ${BM25.b} * u.length / ${mean}::float8)))::real)::real as score
       from found f join weighed w on w.term = f.term
       cross join lateral unnest(f.numbers, f.frequencies, f.lengths) as u(number, frequency, length)
       where ${positions}::int[] is null or f.position = any(${positions}::int[])
       group by f.start + u.number
       order by score desc, f.start + u.number
       limit ${most}::int`;
  const allKinds = 'h.kind, h.version, h.position, h.number, h.score, h.record';

  return {
    /**
     * Searches by words, side by side, with the records of the best that each finds: `$3` chunks of the part, `$4` their mean length, then of each
     * its terms, weights, positions (null: all) and how many.
     */
    matching: (searches: number) => {
      const each = Array.from({ length: searches }, (_, at) => {
        const [terms, weights, positions, most] = [5, 6, 7, 8].map((first) => `$${first + 4 * at}`) as [string, string, string, string];
        return `select ${at} as search, b.* from (${byWords(terms, weights, '$3', '$4', positions, most)}) b`;
      });
      return guarded(
        'h.kind, h.search, h.version, h.position, h.number, h.score, h.record',
        `with hits as materialized (
           ${each.join('\n           union all\n           ')}
         ), own as (
           select c.version, c.number, c.needs, c.record
           from (
             select distinct version, number
             from (select version, number, row_number() over (partition by search order by score desc) as rank from hits) r
             where rank <= ${NAMED_AHEAD}
           ) a join ${schema}.chunk c on c.version = a.version and c.number = a.number
         )
         select 'h' as kind, search, version, position, number, score, null as record from hits
         union all
         select kind, null, version, position, number, null, record from (${records}) r`,
      );
    },
    /** How many chunks hold each of the terms `$3`. */
    terms: guarded(
      'h.term, h.count',
      `select p.term, sum(p.count)::int as count from ${schema}.posting p join ${members('p')}
       where p.term = any($3::text[]) group by p.term`,
    ),
    /**
     * Words that may be a few edits from others: of each its place among them `$3`, its length `$4`, its letters `$5` and most edits `$6`. An
     * insertion or deletion changes one bit, a substitution two.
     */
    similar: guarded(
      'h.place, h.word, h.count',
      // Word by word, by the index alone: how few pass the second condition is nothing a planner can know. `offset 0` keeps it from reading all
      // members again for each of them.
      `select a.place, s.word, sum(s.count)::int as count
       from unnest($3::int[], $4::int[], $5::int[], $6::int[]) as a(place, length, letters, edits)
       join ${schema}.word w on w.length between greatest(1, a.length - a.edits) and a.length + a.edits
         and bit_count((w.letters # a.letters)::bit(32)) <= 2 * a.edits - abs(w.length - a.length)
       cross join lateral (select s.word, s.version, s.count from ${schema}.spelling s where s.word = w.word offset 0) s
       join ${members('s')}
       group by a.place, s.word`,
    ),
    /**
     * Cosine of every chunk of the briefings at `$4` (null: all), best `$5` and those named by `$6` version and `$7` number. Those
     * without direction have no cosine. With the first of both come their records, which are asked for next.
     */
    scanned: (dimensions: number) => guarded(allKinds, `with ${givenAlso}, ${scannedBy(dimensions)}, ${bestAndNamed()}`),
    /** The same by the graph, which knows vectors of half precision; what it finds is scored as above. `$8`: how many of it are looked at. */
    nearest: (dimensions: number) => guarded(allKinds, `with ${givenAlso}, ${nearestBy(dimensions, '$8')}, ${bestAndNamed()}`),
    /**
     * Both searches: vector `$3`, positions `$4` and how many `$5` as above, by the graph when `$10` is named; terms `$6`, weights `$7`, chunks
     * of the part `$8`, their mean length `$9`. What words found (`l`) is what is named.
     */
    both: (dimensions: number, scan: boolean) =>
      guarded(
        allKinds,
        `with lexical as materialized (
           ${byWords('$6', '$7', '$8', '$9', '$4', '$5')}
         ), also as materialized (
           select version, number, row_number() over (order by score desc) as rank from lexical
         ), ${scan ? scannedBy(dimensions) : nearestBy(dimensions, '$10')}, ${bestAndNamed(`union all
         select 'l', version, position, number, score, null from lexical`)}`,
      ),
    /** Chunks with the paragraphs they are made of. */
    chunks: guarded(
      'h.kind, h.version, h.number, h.record',
      `with own as (
         select c.version, c.number, c.needs, c.record from (${wanted}) w
         join ${schema}.chunk c on c.version = w.version and c.number = w.number join ${members('c')}
       )
       ${records}`,
    ),
    paragraphs: guarded(
      'h.version, h.number, h.record',
      `select p.version, p.number, p.record from (${wanted}) w
       join ${schema}.paragraph p on p.version = w.version and p.number = w.number join ${members('p')}`,
    ),
    /** All chunks, all paragraphs, the text of the versions `$3`. */
    chunksOf: guarded(
      'h.version, h.record',
      `select c.version, c.number as place, c.record from ${schema}.chunk c join ${members('c')} where c.version = any($3::int[])`,
    ).concat(' order by h.version, h.place'),
    paragraphsOf: guarded(
      'h.version, h.record',
      `select p.version, p.place, p.record from ${schema}.paragraph p join ${members('p')} where p.version = any($3::int[])`,
    ).concat(' order by h.version, h.place'),
    bodies: guarded(
      'h.version, h.record',
      `select m.version, v.body as record from ${schema}.version v join ${schema}.member m on m.generation = $1::int and m.version = v.id and ${seen}
       where v.id = any($3::int[])`,
    ),
    /** Vectors as bytes: four of a header, then single precision, most significant byte first. */
    vectorsOf: guarded(
      'h.version, h.number, h.record',
      `select e.version, e.number, vector_send(e.embedding) as record from ${schema}.embedding e join ${members('e')}
       where e.version = any($3::int[])`,
    ),
  };
}

export type Statements = ReturnType<typeof statementsOf>;
