/**
 * Public question sets as corpora for Pilcrow's own ingest. A set is a folder with
 * `documents.jsonl` (`{id, title, date?, paragraphs: [{id, text}]}`) and
 * `questions.jsonl` (`{id, question, gold_paragraphs, answers, unanswerable, …}`); docs/retrieval.md names the sets used.
 * Their text is read from a folder given by the caller and never becomes part of the project.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bm25Options } from '../src/adapters/bm25.ts';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder, type StaticEmbedder } from '../src/adapters/static-embedder.ts';
import { type LocalVectors, localVectors } from '../src/ask/word-vectors.ts';
import type { Briefing } from '../src/core/model.ts';
import type { IndexReader, IngestedBriefing } from '../src/core/ports.ts';
import { chunkReadings } from '../src/core/reading/pack.ts';
import { isDate } from '../src/core/time/dates.ts';
import { abbreviations } from '../src/ingest/abbreviations.ts';
import { type Document, readDocument } from '../src/ingest/document.ts';
import { impliedAbbreviations, initialsIn } from '../src/ingest/implied.ts';
import { assemble } from '../src/ingest/ingest.ts';
import { normalise } from '../src/ingest/normalise.ts';

export interface SetDocument {
  id: string;
  title: string;
  date?: string;
  paragraphs: { id: string; text: string }[];
}

export interface SetQuestion {
  id: string;
  question: string;
  history?: { question: string; answer: string }[];
  gold_paragraphs: string[];
  related_paragraphs?: string[];
  gold_sentences?: string[];
  answers: string[];
  unanswerable: boolean;
}

export interface QuestionSet {
  name: string;
  documents: SetDocument[];
  questions: SetQuestion[];
}

/** A snapshot made of one or more sets, open for questions. */
export interface SetIndex {
  reader: IndexReader;
  briefings: Map<string, Briefing>;
  embedder: StaticEmbedder;
  vectors: LocalVectors;
  /** Pilcrow paragraph id -> paragraph id of the set. */
  goldOf: ReadonlyMap<string, string>;
  /** Paragraph id of the set -> document id of the set. */
  documentOf: ReadonlyMap<string, string>;
  paragraphs: number;
  /** Documents that ingest read as another number of paragraphs, or with another text. Their paragraphs have no gold id. */
  mismatches: string[];
  /** The same snapshot with other parameters of BM25; the reader given before is closed. */
  reopen(bm25: Partial<Bm25Options>): Promise<void>;
  close(): Promise<void>;
}

/** The value of `--name value`, or null. */
export function argument(name: string): string | null {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

/** Folder of the sets: `--data`, else PILCROW_BENCH_DATA, else null. */
export const dataFolder = (): string | null => argument('data') ?? process.env.PILCROW_BENCH_DATA ?? null;

/** Ends the program with a hint when there is no folder of sets. */
export function needDataFolder(): string {
  const folder = dataFolder();
  if (folder && existsSync(folder)) return folder;
  console.error('This needs the public question sets: --data <folder> or PILCROW_BENCH_DATA. docs/retrieval.md says where they come from.');
  process.exit(1);
}

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

export function readSet(folder: string, name: string): QuestionSet {
  return {
    name,
    documents: lines(join(folder, name, 'documents.jsonl')),
    questions: lines(join(folder, name, 'questions.jsonl')),
  };
}

/** Without line ends and control characters: ingest takes a text with many of these for a binary file. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A paragraph as Markdown that reads back as the same text: one line, every mark escaped. */
const escaped = (text: string) =>
  oneLine(text)
    .replace(/[\\`*_~[\]<>&|!]/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');

/** The Markdown briefing of one document of a set: a series of its own, so that no two are editions of each other. */
export function markdownOf(document: SetDocument): string {
  const date = document.date?.replaceAll('/', '-');
  const front = [`series: ${JSON.stringify(document.id)}`];
  if (document.title.trim() !== '') front.unshift(`title: ${JSON.stringify(oneLine(document.title))}`);
  if (date && isDate(date)) front.push(`date: ${JSON.stringify(date)}`);
  return `---\n${front.join('\n')}\n---\n\n${document.paragraphs.map(({ text }) => escaped(text)).join('\n\n')}\n`;
}

/** The text of a paragraph as ingest gives it back. */
const readable = (text: string) => oneLine(normalise(oneLine(text)).text);

/** Puts ingested briefings into an index in a temporary directory that `close` removes. */
export async function indexOf(entries: readonly IngestedBriefing[], embedder: StaticEmbedder) {
  const directory = mkdtempSync(join(tmpdir(), 'pilcrow-bench-'));
  const store = createHnswStore({ directory, readings: chunkReadings(embedder) });
  const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions });
  for (const entry of entries) {
    await writer.add(
      entry,
      entry.chunks.map((chunk) => embedder.embed(`${chunk.context}\n${chunk.text}`)),
    );
  }
  const texts = entries.map((entry) => entry.text);
  const introduced = abbreviations(texts);
  await writer.commit([...introduced, ...impliedAbbreviations(texts.map(initialsIn), introduced)]);
  const open = async (bm25?: Partial<Bm25Options>) => {
    const opened = createHnswStore({ directory, bm25 });
    const reader = (await opened.open()) as IndexReader;
    await opened.settled();
    return reader;
  };
  return { directory, open, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Ingests sets into one index. Paragraphs are told apart by their order: the n-th of a document is the n-th of its briefing. */
export async function indexSets(sets: readonly QuestionSet[], bm25?: Partial<Bm25Options>): Promise<SetIndex> {
  const documents = sets.flatMap((set) => set.documents);
  const read: Document[] = documents.map((document) =>
    readDocument(`${document.id}.md`, Buffer.from(markdownOf(document)), { now: new Date('2026-07-01') }),
  );
  const entries = await assemble(read);
  const goldOf = new Map<string, string>();
  const documentOf = new Map<string, string>();
  const mismatches: string[] = [];
  documents.forEach((document, at) => {
    const { paragraphs } = entries[at] as IngestedBriefing;
    const wanted = document.paragraphs;
    for (const { id } of wanted) documentOf.set(id, document.id);
    if (
      paragraphs.length !== wanted.length ||
      wanted.some(({ text }, i) => paragraphs[i]?.kind !== 'body' || paragraphs[i]?.text !== readable(text))
    ) {
      mismatches.push(document.id);
      return;
    }
    wanted.forEach(({ id }, i) => {
      goldOf.set((paragraphs[i] as { id: string }).id, id);
    });
  });
  const embedder = await createStaticEmbedder();
  const index = await indexOf(entries, embedder);
  const made: SetIndex = {
    reader: await index.open(bm25),
    briefings: new Map(),
    embedder,
    vectors: localVectors(embedder),
    goldOf,
    documentOf,
    paragraphs: entries.reduce((sum, entry) => sum + entry.paragraphs.length, 0),
    mismatches,
    async reopen(other) {
      await made.reader.close();
      made.reader = await index.open(other);
    },
    async close() {
      await made.reader.close();
      index.remove();
    },
  };
  made.briefings = new Map((await made.reader.briefings()).map((briefing) => [briefing.id, briefing]));
  return made;
}
