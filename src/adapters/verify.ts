import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { Briefing, Chunk, Paragraph } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { openBm25 } from './bm25.ts';
import { type Corpus, paragraphsOf, parseCorpus, parseVectors, SOURCE_FILES } from './corpus-files.ts';
import { readPlaces } from './graph.ts';
import { checkHnswFile } from './hnsw-check.ts';
import { inMemory } from './placed.ts';
import { READINGS, startsIn } from './readings.ts';
import * as snapshot from './snapshot.ts';

/** What was recomputed of the live snapshot, and what did not agree. */
export interface Verification {
  snapshot: string;
  files: number;
  briefings: number;
  paragraphs: number;
  sentences: number;
  chunks: number;
  /** In plain sentences; empty when everything agrees. */
  problems: string[];
  /** Briefings of the snapshot before, which open readers may still use, that the live one no longer holds. */
  kept: { snapshot: string; briefings: string[] } | null;
}

/** Most problems of one kind that are named. */
const PROBLEMS_NAMED = 20;

/**
 * Recomputes what a snapshot says of itself: SHA-256 and length of every file, text and hash of every paragraph at its offsets, its
 * sentences and cells, the texts of chunks, and that word and vector index hold these chunks and no others, so that nothing removed
 * can be found. Null when there is no snapshot. Rejects with `index_damaged` when the manifest cannot be read.
 */
export async function verifySnapshot(directory: string): Promise<Verification | null> {
  const id = await snapshot.readPointer(directory);
  if (id === null) return null;
  const folder = snapshot.snapshotPath(directory, id);
  const manifest = await snapshot.readManifest(folder, id);
  const problems: string[] = [];
  const files: Record<string, Uint8Array> = {};
  for (const name of Object.keys(manifest.files)) {
    const bytes = await snapshot.readVerified(folder, manifest, name);
    if (bytes) files[name] = bytes;
    else problems.push(`The file ${name} is missing, or its SHA-256 or length is not that of the manifest.`);
  }
  for (const name of await readdir(folder)) {
    if (name !== 'manifest.json' && !(name in manifest.files)) problems.push(`The file ${name} is not of this snapshot.`);
  }
  const result: Verification = {
    snapshot: id,
    files: Object.keys(manifest.files).length,
    briefings: 0,
    paragraphs: 0,
    sentences: 0,
    chunks: 0,
    problems,
    kept: await keptBefore(directory, id),
  };
  const missing = SOURCE_FILES.filter((name) => !(name in files));
  if (missing.length > 0) return result;
  let corpus: Corpus;
  try {
    corpus = await parseCorpus(Object.fromEntries(SOURCE_FILES.map((name) => [name, inMemory(files[name] as Uint8Array)])));
  } catch (error) {
    problems.push(`The segments do not fit together: ${(error as Error).message}`);
    return result;
  }
  const tell = telling(problems);
  for (const [at, briefing] of corpus.briefings.entries()) {
    const paragraphs = paragraphsIn(corpus, at, tell);
    result.briefings++;
    result.paragraphs += paragraphs.length;
    result.sentences += checkText(briefing, paragraphs, corpus.text(at), tell);
    const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, [...paragraph.text]]));
    for (let chunk = corpus.chunkStarts[at] as number; chunk < (corpus.chunkStarts[at + 1] as number); chunk++) {
      result.chunks++;
      try {
        checkChunk(corpus.chunk(chunk), byNumber, tell);
      } catch (error) {
        tell('chunk', `Chunk ${chunk + 1}: ${(error as Error).message}`);
      }
    }
  }
  if (result.briefings !== manifest.briefings || result.paragraphs !== manifest.paragraphs || result.chunks !== manifest.chunks) {
    problems.push('The manifest counts other briefings, paragraphs or chunks than there are.');
  }
  // Both indexes answer by the position of a chunk: with as many as there are, none leads to what was removed.
  const fits = (name: string, open: () => unknown) => {
    if (!(name in files)) return;
    try {
      open();
    } catch (error) {
      problems.push(`${name} does not hold the chunks of this snapshot: ${(error as Error).message}`);
    }
  };
  fits('bm25.bin', () => openBm25(files['bm25.bin'] as Uint8Array, result.chunks));
  fits(READINGS, () => {
    if (!startsIn(files[READINGS] as Uint8Array, result.chunks)) throw new Error('The readings are not as many as the chunks.');
  });
  fits('vectors.f32', () => parseVectors(files['vectors.f32'] as Uint8Array, result.chunks, manifest.dimensions));
  // Of a graph only what is not deleted leads to a chunk.
  fits('hnsw.bin', () => {
    const { labels } = readPlaces(files['hnsw-places.bin'] ?? new Uint8Array(), result.chunks);
    checkHnswFile(files['hnsw.bin'] as Uint8Array, labels, manifest.dimensions);
  });
  return result;
}

/** Adds to the problems, the first of each kind by name. */
export function telling(problems: string[]): Tell {
  const told = new Map<string, number>();
  return (kind, message) => {
    const count = (told.get(kind) ?? 0) + 1;
    told.set(kind, count);
    if (count <= PROBLEMS_NAMED) problems.push(message);
    if (count === PROBLEMS_NAMED + 1) problems.push(`… and more of these.`);
  };
}

/** The paragraphs of a briefing; none when a line cannot be read, which is told. */
function paragraphsIn(corpus: Corpus, briefing: number, tell: Tell): Paragraph[] {
  try {
    return paragraphsOf(corpus, briefing);
  } catch (error) {
    tell('paragraph', (error as Error).message);
    return [];
  }
}

export type Tell = (kind: string, message: string) => void;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Checks paragraphs against the text they are cut from; returns how many sentences there are. */
export function checkText(briefing: Briefing, paragraphs: readonly Paragraph[], text: string, tell: Tell): number {
  const points = [...text];
  let sentences = 0;
  if (points.length !== briefing.length || paragraphs.length !== briefing.paragraphs) {
    tell('length', `${briefing.id}: its text or its paragraphs are not as many as it says.`);
  }
  for (const paragraph of paragraphs) {
    const { id, start, end } = paragraph;
    if (points.slice(start, end).join('') !== paragraph.text) tell('offset', `${id}: its text does not stand at ${start} to ${end}.`);
    if (sha256(paragraph.text).slice(0, 16) !== paragraph.hash) tell('hash', `${id}: its hash is not that of its text.`);
    if (paragraph.briefing !== briefing.id || id !== `${briefing.id}#p${paragraph.number}`) tell('id', `${id}: its name is not its own.`);
    const length = codePointLength(paragraph.text);
    let last = 0;
    for (const span of paragraph.sentences) {
      sentences++;
      if (span.start < last || span.end <= span.start || span.end > length) tell('sentence', `${id}: a sentence lies outside it.`);
      last = span.end;
    }
    for (const { start: from, end: to } of paragraph.cells ?? []) {
      if (from < 0 || to < from || to > length) tell('cell', `${id}: a cell lies outside it.`);
    }
  }
  return sentences;
}

export function checkChunk(chunk: Chunk, paragraphs: ReadonlyMap<number, readonly string[]>, tell: Tell): void {
  if (sha256(`${chunk.context}\n${chunk.text}`).slice(0, 32) !== chunk.hash)
    tell('chunk', `${chunk.id}: its hash is not that of its text.`);
  for (const { paragraph, start, end } of chunk.parts) {
    const points = paragraphs.get(paragraph);
    if (!points || start < 0 || end > points.length || end <= start) tell('part', `${chunk.id}: a part lies outside its paragraph.`);
    else if (!chunk.text.includes(points.slice(start, end).join('')))
      tell('quotation', `${chunk.id}: a part is not in its text word for word.`);
  }
}

/** What the snapshot before holds that the live one does not. */
async function keptBefore(directory: string, live: string): Promise<Verification['kept']> {
  const before = (await snapshot.snapshotIds(directory)).find((id) => id < live);
  if (before === undefined) return null;
  const idsOf = async (id: string): Promise<string[]> => {
    const folder = snapshot.snapshotPath(directory, id);
    const manifest = await snapshot.readManifest(folder, id);
    const bytes = await snapshot.readVerified(folder, manifest, 'briefings.json');
    return bytes
      ? (JSON.parse(new TextDecoder().decode(bytes)) as { briefings: Briefing[] }).briefings.map(({ sha256: hash }) => hash)
      : [];
  };
  try {
    const now = new Set(await idsOf(live));
    const gone = (await idsOf(before)).filter((hash) => !now.has(hash));
    return { snapshot: before, briefings: gone };
  } catch {
    return { snapshot: before, briefings: [] };
  }
}
