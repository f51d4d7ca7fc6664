import { createHash } from 'node:crypto';
import type { IngestedBriefing } from '../../core/ports.ts';
import { type Bm25Options, lexicalSignature } from '../bm25.ts';
import { bytesOf, joinVectors } from '../corpus-files.ts';
import { createWordCounter, inReadingOrder, lexicalDocuments } from '../fields.ts';
import { letters } from '../spelling.ts';
import { type Query, written } from './database.ts';

/** Columns of one table, row by row; sent as arrays, so that a statement has as many values as columns. */
type Columns = unknown[][];

/** What is waiting to be written: rows of several versions. */
export interface Rows {
  version: Columns;
  paragraph: Columns;
  chunk: Columns;
  embedding: Columns;
  posting: Columns;
  spelling: Columns;
  word: Columns;
  /** Characters and numbers held, roughly bytes. */
  size: number;
}

type Table = Exclude<keyof Rows, 'size'>;

/**
 * Types the arrays are sent as, and what becomes of them, column by column. What is read by its first column from all versions is written
 * `together`: rows of a common term in the order of versions lie on a page each, and a search would read as many pages as rows.
 */
const TABLES: Record<Table, { columns: [name: string, sent: string, kept?: string][]; more?: string; together?: boolean }> = {
  version: {
    columns: [
      ['id', 'int'],
      ['key', 'text'],
      ['briefing', 'text'],
      ['body', 'text'],
      ['chunks', 'int'],
      ['length', 'float8'],
    ],
  },
  paragraph: {
    columns: [
      ['version', 'int'],
      ['number', 'int'],
      ['place', 'int'],
      ['record', 'text'],
    ],
  },
  chunk: {
    columns: [
      ['version', 'int'],
      ['number', 'int'],
      ['needs', 'text', 'int[]'],
      ['record', 'text'],
    ],
  },
  embedding: {
    columns: [
      ['version', 'int'],
      ['number', 'int'],
      ['dimensions', 'int'],
      ['hash', 'text'],
      ['embedding', 'text', 'vector'],
    ],
  },
  posting: {
    columns: [
      ['term', 'text'],
      ['version', 'int'],
      ['count', 'int'],
      ['numbers', 'text', 'int[]'],
      ['frequencies', 'text', 'real[]'],
      ['lengths', 'text', 'real[]'],
    ],
    together: true,
  },
  spelling: {
    columns: [
      ['word', 'text'],
      ['version', 'int'],
      ['count', 'int'],
    ],
    together: true,
  },
  word: {
    columns: [
      ['word', 'text'],
      ['length', 'int'],
      ['letters', 'int'],
    ],
    more: 'on conflict do nothing',
  },
};
const NAMES = Object.keys(TABLES) as Table[];
/** Rows of one statement: it stays some megabytes whatever a briefing holds. */
const ROWS_AT_ONCE = 5_000;
const VECTORS_AT_ONCE = 500;

export const noRows = (): Rows => ({
  ...(Object.fromEntries(NAMES.map((name) => [name, TABLES[name].columns.map(() => [])])) as unknown as Omit<Rows, 'size'>),
  size: 0,
});

/** The records of a briefing as they are kept. */
export function recordsOf(entry: IngestedBriefing) {
  const { briefing, text, sourceMap, chunks } = entry;
  return {
    briefing: JSON.stringify(briefing),
    body: JSON.stringify({ text, sourceMap }),
    paragraphs: inReadingOrder(entry.paragraphs).map((paragraph) => ({ number: paragraph.number, record: JSON.stringify(paragraph) })),
    chunks: chunks.map((chunk) => ({
      needs: [...new Set([...chunk.paragraphs, ...chunk.parts.map(({ paragraph }) => paragraph)])],
      hash: chunk.hash,
      record: JSON.stringify(chunk),
    })),
  };
}

/** Names everything that is kept of a briefing, vectors included: a version with this key need not be written again. */
export function versionKey(
  { briefing, body, paragraphs, chunks }: ReturnType<typeof recordsOf>,
  vectors: readonly Float32Array[],
  embedder: { id: string; dimensions: number },
  options: Bm25Options,
): string {
  const digest = createHash('sha256').update(JSON.stringify([1, lexicalSignature(options), embedder.id, embedder.dimensions]));
  for (const text of [briefing, body]) digest.update(text).update('\n');
  for (const { record } of [...paragraphs, ...chunks]) digest.update(record).update('\n');
  return digest.update(bytesOf(joinVectors(vectors, embedder.dimensions))).digest('base64url');
}

/** Adds the rows of a version. */
export function addRows(
  rows: Rows,
  id: number,
  key: string,
  entry: IngestedBriefing,
  records: ReturnType<typeof recordsOf>,
  vectors: readonly Float32Array[],
  options: Bm25Options,
): void {
  const put = (table: Table, ...values: unknown[]): void => {
    values.forEach((value, at) => {
      (rows[table][at] as unknown[]).push(value);
      rows.size += typeof value === 'string' ? value.length : 8;
    });
  };
  const counter = createWordCounter();
  const postings = new Map<string, { numbers: number[]; frequencies: number[] }>();
  const lengths: number[] = [];
  for (const { ordinal, frequencies, length } of lexicalDocuments([entry], options, counter.read)) {
    lengths.push(length);
    for (const [term, frequency] of frequencies) {
      const found = postings.get(term) ?? { numbers: [], frequencies: [] };
      postings.set(term, found);
      found.numbers.push(ordinal);
      // Single precision, as the local index keeps it.
      found.frequencies.push(Math.fround(frequency));
    }
  }
  put(
    'version',
    id,
    key,
    records.briefing,
    records.body,
    entry.chunks.length,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  records.paragraphs.forEach(({ number, record }, place) => {
    put('paragraph', id, number, place, record);
  });
  records.chunks.forEach(({ needs, hash, record }, number) => {
    put('chunk', id, number, `{${needs}}`, record);
    const vector = vectors[number] as Float32Array;
    if (vector.length > 0) put('embedding', id, number, vector.length, written(hash), `[${vector.join()}]`);
  });
  for (const [term, { numbers, frequencies }] of postings) {
    put('posting', written(term), id, numbers.length, `{${numbers}}`, `{${frequencies}}`, `{${numbers.map((at) => lengths[at])}}`);
  }
  for (const [word, count] of counter.counts) {
    put('spelling', written(word), id, count);
    put('word', written(word), word.length, letters(word));
  }
}

/** Rows in the order of their first column, a text; what is alike stays in its order. */
function byFirst(columns: Columns): Columns {
  const [first = []] = columns as string[][];
  const order = first.map((_, at) => at).sort((a, b) => ((first[a] as string) < (first[b] as string) ? -1 : first[a] === first[b] ? 0 : 1));
  return columns.map((column) => order.map((at) => column[at]));
}

/** Writes rows, a few statements a table. */
export async function writeRows(query: Query, schema: string, rows: Rows): Promise<void> {
  for (const name of NAMES) {
    const { columns, more = '', together } = TABLES[name];
    const all = together ? byFirst(rows[name]) : rows[name];
    const count = (all[0] as unknown[]).length;
    const step = name === 'embedding' ? VECTORS_AT_ONCE : ROWS_AT_ONCE;
    const sent = columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ');
    const kept = columns.map(([column, type, as]) => (as && as !== type ? `s."${column}"::${as}` : `s."${column}"`)).join(', ');
    const list = columns.map(([column]) => `"${column}"`).join(', ');
    for (let from = 0; from < count; from += step) {
      // A word comes once a statement from each briefing; rows that are there already, or twice, are passed over.
      await query(
        `insert into ${schema}."${name}" (${list}) select ${kept} from unnest(${sent}) as s(${list}) ${more}`,
        all.map((column) => column.slice(from, from + step)),
      );
    }
  }
}
