import type { Abbreviation, Briefing, Chunk, GoneParagraph, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { chunkId } from './checks.ts';
import { damaged } from './snapshot.ts';

/** Source segments of a snapshot: every opening needs them, and everything else can be rebuilt from them. */
export const SOURCE_FILES = ['briefings.json', 'paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl', 'chunk-map.json'] as const;
export type SourceFile = (typeof SOURCE_FILES)[number];

interface ChunkMapFile {
  hashes: string[];
  /** How many chunks each briefing has. */
  counts: number[];
}

/** What a reader keeps of the source segments. */
export interface Corpus {
  briefings: Briefing[];
  abbreviations: Abbreviation[];
  gone: GoneParagraph[];
  /** All paragraphs in snapshot order: of each briefing in reading order. */
  paragraphs: Paragraph[];
  /** Paragraphs `starts[b] .. starts[b + 1]` belong to briefing b. */
  starts: Uint32Array;
  /** Normalised text of briefing b, decoded when asked for. */
  text(briefing: number): string;
  /** Chunks `chunkStarts[b] .. chunkStarts[b + 1]` belong to briefing b. */
  chunkStarts: Uint32Array;
  /** The briefing a chunk belongs to, both by position. */
  briefingOf(chunk: number): number;
  /** A chunk by its position in the snapshot, decoded when asked for. Throws `index_damaged` for a line that is not that chunk. */
  chunk(ordinal: number): Chunk;
}

const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Writes the source segments of briefings in snapshot order. */
export function sourceFiles(
  corpus: readonly IngestedBriefing[],
  abbreviations: readonly Abbreviation[],
  gone: readonly GoneParagraph[] = [],
): Record<SourceFile, string> {
  const chunks = corpus.flatMap((entry) => entry.chunks);
  const map: ChunkMapFile = {
    hashes: chunks.map(({ hash }) => hash),
    counts: corpus.map((entry) => entry.chunks.length),
  };
  return {
    'briefings.json': JSON.stringify({ briefings: corpus.map(({ briefing }) => briefing), abbreviations, gone }),
    'paragraphs.jsonl': lines(corpus.map(({ paragraphs }) => paragraphs)),
    'texts.jsonl': lines(corpus.map(({ briefing, text, sourceMap }) => ({ briefing: briefing.id, text, sourceMap }))),
    'chunks.jsonl': lines(chunks),
    'chunk-map.json': JSON.stringify(map),
  };
}

/** Reads the source segments back. Throws a plain Error when they do not fit together. */
export function parseCorpus(files: Record<string, Uint8Array>): Corpus {
  const decode = (name: SourceFile): string => new TextDecoder('utf-8', { fatal: true }).decode(files[name]);
  const { briefings, abbreviations, gone } = JSON.parse(decode('briefings.json')) as {
    briefings: Briefing[];
    abbreviations: Abbreviation[];
    /** Missing in snapshots of versions that knew of none. */
    gone?: GoneParagraph[];
  };
  const lists = splitLines(files['paragraphs.jsonl'] as Uint8Array).map((line) => JSON.parse(line()) as Paragraph[]);
  const texts = splitLines(files['texts.jsonl'] as Uint8Array);
  const file = JSON.parse(decode('chunk-map.json')) as ChunkMapFile;
  if (lists.length !== briefings.length || texts.length !== briefings.length || file.counts.length !== briefings.length) {
    throw new Error('The segments hold different numbers of briefings.');
  }
  const chunks = splitLines(files['chunks.jsonl'] as Uint8Array);
  const chunkStarts = startsOf(file.counts);
  const total = chunkStarts[briefings.length] as number;
  if (chunks.length !== total || file.hashes.length !== total) throw new Error('The chunks are not as many as their hashes.');
  return {
    briefings,
    abbreviations,
    gone: gone ?? [],
    paragraphs: lists.flat(),
    starts: startsOf(lists.map(({ length }) => length)),
    text: (briefing) => (JSON.parse((texts[briefing] as () => string)()) as { text: string }).text,
    chunkStarts,
    briefingOf: (ordinal) => placeOf(chunkStarts, ordinal),
    chunk(ordinal) {
      const briefing = placeOf(chunkStarts, ordinal);
      const id = chunkId((briefings[briefing] as Briefing).id, ordinal - (chunkStarts[briefing] as number));
      let chunk: Chunk | null = null;
      try {
        chunk = JSON.parse((chunks[ordinal] as () => string)()) as Chunk;
      } catch {}
      if (chunk?.id !== id || !isChunk(chunk)) throw damaged(`the line of the chunk ${id} cannot be read`);
      return chunk;
    },
  };
}

const isChunk = ({ text, parts, paragraphs, headings }: Chunk): boolean =>
  typeof text === 'string' && [parts, paragraphs, headings].every(Array.isArray);

/** The chunks of a briefing in reading order. */
export const chunksOf = ({ chunkStarts, chunk }: Corpus, briefing: number): Chunk[] => {
  const from = chunkStarts[briefing] as number;
  return Array.from({ length: (chunkStarts[briefing + 1] as number) - from }, (_, at) => chunk(from + at));
};

/** Where each of several lists begins when they stand one after the other, and where the last one ends. */
function startsOf(counts: readonly number[]): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, at) => {
    if (!Number.isInteger(count) || count < 0) throw new Error('A count is not a number of things.');
    starts[at + 1] = (starts[at] as number) + count;
  });
  return starts;
}

/** The list a position lies in, of lists as `startsOf` gives them. */
function placeOf(starts: Uint32Array, position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle + 1] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines of a file, each decoded only when called: a text or chunk may never be asked for. */
function splitLines(bytes: Uint8Array): (() => string)[] {
  const found: (() => string)[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let from = 0; from < bytes.length; ) {
    let to = bytes.indexOf(10, from);
    if (to < 0) to = bytes.length;
    const line = bytes.subarray(from, to);
    found.push(() => decoder.decode(line));
    from = to + 1;
  }
  return found;
}

/** float32 values of a file; a copy only where the bytes are not aligned. */
export function parseVectors(bytes: Uint8Array, chunks: number, dimensions: number): Float32Array {
  if (bytes.length !== 4 * chunks * dimensions) throw new Error('The vectors are not as many as the chunks.');
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, chunks * dimensions);
}

/** Vectors one after the other. */
export function joinVectors(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const joined = new Float32Array(vectors.length * dimensions);
  vectors.forEach((vector, at) => {
    joined.set(vector, at * dimensions);
  });
  return joined;
}

export const bytesOf = (view: Float32Array): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
