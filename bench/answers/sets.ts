/**
 * Document sets with questions whose evidence is labelled: a folder with `docs/` and `questions.jsonl` (docs/evaluation.md
 * says what a line holds). Their text is read from a folder given by the caller and never becomes part of the project.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { StaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { indexOf } from '../data.ts';

export interface DeskCase {
  id: string;
  cat: string;
  question: string;
  history?: [string, string][];
  answerable: boolean;
  all?: string[];
  none?: string[];
  evidence?: { file: string; quote: string }[];
  lang?: string;
}

export interface DeskSet {
  name: string;
  folder: string;
  cases: DeskCase[];
}

/** One set of the folders, which are separated by commas. */
export function readDeskSet(folders: string, name: string): DeskSet {
  const folder = folders.split(',').find((one) => existsSync(questionsOf(one, name)));
  if (folder === undefined) throw new Error(`No set ${name} in ${folders}`);
  const cases = readFileSync(questionsOf(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DeskCase);
  return { name, folder: join(folder, name), cases };
}

/** Names of all sets of the folders, which are separated by commas. */
export const deskSetsIn = (folders: string): string[] =>
  folders
    .split(',')
    .flatMap((folder) => readdirSync(folder).filter((name) => existsSync(questionsOf(folder, name))))
    .sort();

const questionsOf = (folder: string, name: string): string => join(folder, name, 'questions.jsonl');

/** Ingests the documents of a folder, or those of them that are wanted, as the product does. */
export async function indexFolder(
  folder: string,
  embedder: StaticEmbedder,
  wanted: (file: string) => boolean = () => true,
): Promise<{ reader: IndexReader; close(): Promise<void> }> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:md|txt)$/.test(file) && wanted(file) && statSync(join(folder, file)).isFile())
    .sort();
  const documents = files.map((file) =>
    readDocument(relative(folder, join(folder, file)), readFileSync(join(folder, file)), { now: new Date('2026-11-30') }),
  );
  const index = await indexOf(await assemble(documents.filter(({ paragraphs }) => paragraphs.length > 0)), embedder);
  const reader = await index.open();
  return {
    reader,
    async close() {
      await reader.close();
      index.remove();
    },
  };
}

/** Markdown and HTML marks, link targets and entities off; then letters and digits only. */
export const flat = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>|&nbsp;|https?:\/\/\S+/g, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const flats = new Map<string, string>();
const flatOnce = (text: string): string => {
  let found = flats.get(text);
  if (found === undefined) {
    found = flat(text);
    flats.set(text, found);
  }
  return found;
};

/** Whether a text holds a quotation of a raw file, or nearly all of its words, or is a part of it. */
export function holds(text: string, quote: string): boolean {
  const [a, b] = [flatOnce(text), flatOnce(quote)];
  if (!a || !b) return false;
  if (a.includes(b) || (b.includes(a) && a.length > 30)) return true;
  const mine = new Set(a.split(' '));
  const theirs = new Set(b.split(' '));
  const both = [...theirs].filter((word) => mine.has(word)).length;
  return both >= 4 && both >= 0.85 * Math.min(mine.size, theirs.size);
}

export const pattern = (source: string): RegExp => new RegExp(source.replace(/^\(\?i\)/, ''), 'iu');

/** Whether a text of a file holds one of the quotations that answer a case. */
export const evidenceIn = ({ evidence = [] }: DeskCase, text: string, source: string): boolean =>
  evidence.some(
    ({ file, quote }) => (!source || file.endsWith(source) || source.endsWith(file.replace(/^docs\//, ''))) && holds(text, quote),
  );

/** What a question is asked with. */
export const requestOf = ({ question, history = [] }: DeskCase) => ({
  question,
  history: history.flatMap(([asked, answered]) => [
    { role: 'user' as const, content: asked },
    { role: 'assistant' as const, content: answered },
  ]),
});
