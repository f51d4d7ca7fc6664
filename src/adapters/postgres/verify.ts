import { BM25_DEFAULTS } from '../bm25.ts';
import type { SnapshotContent } from '../content.ts';
import { checkChunk, checkText, telling, type Verification } from '../verify.ts';
import type { Database } from './database.ts';
import { addRows, noRows, recordsOf, versionKey } from './rows.ts';

interface Kept {
  key: string;
  length: number;
  terms: number;
  postings: number;
  words: number;
  vectors: number;
}

/**
 * Recomputes a snapshot in the database: the key of every version, which is a digest of its records and vectors; texts, hashes, offsets
 * and quotations of paragraphs and chunks; how many terms, postings, words and vectors each has, so that nothing removed can be found.
 */
export async function verifyContent(content: SnapshotContent, database: Database, schema: string): Promise<Verification> {
  const { info } = content;
  const problems: string[] = [];
  const tell = telling(problems);
  const result: Verification = { snapshot: info.id, files: 0, briefings: 0, paragraphs: 0, sentences: 0, chunks: 0, problems, kept: null };
  for await (const { entry, vectors } of content.briefings()) {
    const { briefing, paragraphs, chunks, text } = entry;
    result.briefings++;
    result.paragraphs += paragraphs.length;
    result.chunks += chunks.length;
    result.sentences += checkText(briefing, paragraphs, text, tell);
    const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, [...paragraph.text]]));
    for (const chunk of chunks) checkChunk(chunk, byNumber, tell);
    const records = recordsOf(entry);
    const key = versionKey(records, vectors, { id: info.embedder, dimensions: info.dimensions }, BM25_DEFAULTS);
    const rows = noRows();
    addRows(rows, 0, key, entry, records, vectors, BM25_DEFAULTS);
    const sum = (numbers: readonly unknown[] | undefined) => (numbers as number[]).reduce((total, one) => total + one, 0);
    const expected: Omit<Kept, 'key'> = {
      length: (rows.version[5] as number[])[0] as number,
      terms: (rows.posting[0] as unknown[]).length,
      postings: sum(rows.posting[2]),
      words: sum(rows.spelling[2]),
      vectors: (rows.embedding[0] as unknown[]).length,
    };
    const [kept] = await database.query<Kept>(
      `select v.key, v.length,
         (select count(*)::int from ${schema}.posting where version = v.id) as terms,
         (select coalesce(sum(cardinality(numbers)), 0)::int from ${schema}.posting where version = v.id) as postings,
         (select coalesce(sum(count), 0)::int from ${schema}.spelling where version = v.id) as words,
         (select count(*)::int from ${schema}.embedding where version = v.id) as vectors
       from ${schema}.version v where v.key = $1`,
      [key],
    );
    if (!kept) {
      tell('key', `${briefing.id}: what is kept of it is not what was written.`);
      continue;
    }
    for (const [name, value] of Object.entries(expected)) {
      const found = kept[name as keyof typeof expected];
      if (found !== value) tell(name, `${briefing.id}: the word or vector index holds ${found} (${name}) where ${value} belong.`);
    }
  }
  if (result.briefings !== info.briefings || result.paragraphs !== info.paragraphs || result.chunks !== info.chunks) {
    problems.push('The snapshot counts other briefings, paragraphs or chunks than there are.');
  }
  return result;
}
