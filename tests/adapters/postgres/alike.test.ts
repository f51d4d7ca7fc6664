import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { folderContent } from '../../../src/adapters/content.ts';
import { copySnapshot } from '../../../src/adapters/copy.ts';
import { createHnswStore } from '../../../src/adapters/hnsw-store.ts';
import type { Database } from '../../../src/adapters/postgres/database.ts';
import { createPostgresStore } from '../../../src/adapters/postgres/store.ts';
import { createStaticEmbedder } from '../../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../../src/ask/ask.ts';
import type { Answer, Trace } from '../../../src/core/model.ts';
import { readDocument } from '../../../src/ingest/document.ts';
import { assemble } from '../../../src/ingest/ingest.ts';
import { pgliteDatabase } from './databases.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });
const CORPORA = ['council', 'grants', 'itdesk', 'museum'];
/** Of each corpus; `bench/postgres/stores.ts` asks 300. */
const QUESTIONS = 12;
/** How rare the words are; both searches; what other paragraphs state instead, and how rare their words are. */
const MOST_TRIPS = 4;
/** What words that nobody knows may have been meant to be, and how rare those are. */
const TO_MEND = 2;

const directory = mkdtempSync(join(tmpdir(), 'pilcrow-alike-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const root = join(import.meta.dirname, '../../../evals/corpora');
const embedder = await createStaticEmbedder();

async function fill(): Promise<void> {
  const documents = CORPORA.flatMap((corpus) =>
    readdirSync(join(root, corpus, 'docs'))
      .sort()
      .map((file) => readDocument(`${corpus}/${file}`, readFileSync(join(root, corpus, 'docs', file)), { now: new Date('2026-11-30') })),
  );
  const writer = await createHnswStore({ directory }).write({ id: embedder.id, dimensions: embedder.dimensions });
  for (const entry of await assemble(documents)) {
    const texts = entry.chunks.map(({ context, text }) => `${context}\n${text}`);
    await writer.add(
      entry,
      (await embedder.embedDocuments(texts)).map((vector) => Float32Array.from(vector)),
    );
  }
  await writer.commit([]);
}

function questions(): string[] {
  return CORPORA.flatMap((corpus) => {
    const all = (parse(readFileSync(join(root, corpus, 'a.yaml'), 'utf8')) as { question: string }[]).map(({ question }) => question);
    return Array.from({ length: QUESTIONS }, (_, at) => all[Math.floor((at * all.length) / QUESTIONS)] as string);
  });
}

const shown = ({ status, outcome, confidence, sentences, citations, notes, nearest }: Answer) => ({
  status,
  outcome,
  confidence: confidence.toFixed(4),
  sentences: sentences.map(({ text, citations: numbers, under }) => [text, numbers, under]),
  citations: citations.map(({ paragraph, start, end }) => [paragraph, start, end]),
  notes: notes.map(({ text }) => text),
  nearest: nearest.map(({ paragraphs }) => paragraphs),
});

it('answers from the database as from a folder, in a few round trips', async () => {
  await fill();
  const database = await pgliteDatabase();
  let trips: string[] = [];
  const counted: Database = {
    ...database,
    query(text, values) {
      trips.push(text);
      return database.query(text, values);
    },
  };
  const there = createPostgresStore({ database: counted, schema: 'alike' });
  await copySnapshot({ from: (await folderContent(directory))!, to: there, copied: there.content });
  const [local, remote] = [(await createHnswStore({ directory }).open())!, (await there.open())!];
  const [here, other] = [local, remote].map((reader) =>
    createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) }),
  );
  const answered = new Map<string, number>();
  for (const question of questions()) {
    const expected = shown(await here!.ask({ question }));
    trips = [];
    const trace: Trace = { steps: [] };
    expect(shown(await other!.ask({ question }, { trace })), question).toEqual(expected);
    // Two questions asked at once are two.
    const parts = trace.steps.filter(({ step }) => step === 'understand');
    const mended = parts.filter(({ detail }) => (detail.corrections as unknown[]).length > 0);
    expect(trips.length, `round trips of "${question}"`).toBeLessThanOrEqual(MOST_TRIPS * parts.length + TO_MEND * mended.length);
    answered.set(expected.status, (answered.get(expected.status) ?? 0) + 1);
  }
  expect(answered.get('answered')).toBeGreaterThan(QUESTIONS);
  trips = [];
  await other!.search({ query: 'How much may a project cost?' });
  // How rare the words are, where that is not known yet; then both searches with what they find.
  expect(trips.length).toBeLessThanOrEqual(2);
  await Promise.all([local.close(), remote.close()]);
});
