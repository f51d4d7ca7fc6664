import type { Abbreviation, Briefing, Chunk, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import type { ChunkMap } from './vectors.ts';

/** Source segments of a snapshot: what everything else can be rebuilt from. */
export type SourceFile = 'briefings.json' | 'paragraphs.jsonl' | 'texts.jsonl' | 'chunks.jsonl' | 'chunk-map.json';
/** Source segments every opening needs; `chunks.jsonl` is only read to embed again. */
export const NEEDED: readonly SourceFile[] = ['briefings.json', 'paragraphs.jsonl', 'texts.jsonl', 'chunk-map.json'];

interface ChunkMapFile {
  hashes: string[];
  /** For each chunk, the numbers of its paragraphs within its briefing. */
  numbers: number[][];
  /** How many chunks each briefing has. */
  counts: number[];
}

/** What a reader keeps of the source segments. */
export interface Corpus {
  briefings: Briefing[];
  abbreviations: Abbreviation[];
  /** All paragraphs in snapshot order. */
  paragraphs: Paragraph[];
  /** Paragraphs `starts[b] .. starts[b + 1]` belong to briefing b. */
  starts: Uint32Array;
  /** Normalised text of briefing b, decoded when asked for. */
  text(briefing: number): string;
  map: ChunkMap;
  hashes: string[];
}

const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Writes the source segments of briefings in snapshot order. */
export function sourceFiles(corpus: readonly IngestedBriefing[], abbreviations: readonly Abbreviation[]): Record<SourceFile, string> {
  const chunks = corpus.flatMap((entry) => entry.chunks);
  const map: ChunkMapFile = {
    hashes: chunks.map(({ hash }) => hash),
    numbers: chunks.map(({ paragraphs }) => paragraphs),
    counts: corpus.map((entry) => entry.chunks.length),
  };
  return {
    'briefings.json': JSON.stringify({ briefings: corpus.map(({ briefing }) => briefing), abbreviations }),
    'paragraphs.jsonl': lines(corpus.map(({ paragraphs }) => paragraphs)),
    'texts.jsonl': lines(corpus.map(({ briefing, text, sourceMap }) => ({ briefing: briefing.id, text, sourceMap }))),
    'chunks.jsonl': lines(chunks),
    'chunk-map.json': JSON.stringify(map),
  };
}

/** Reads the source segments back. Throws a plain Error when they do not fit together. */
export function parseCorpus(files: Record<string, Uint8Array>): Corpus {
  const decode = (name: SourceFile): string => new TextDecoder('utf-8', { fatal: true }).decode(files[name]);
  const { briefings, abbreviations } = JSON.parse(decode('briefings.json')) as { briefings: Briefing[]; abbreviations: Abbreviation[] };
  const lists = splitLines(files['paragraphs.jsonl'] as Uint8Array).map((line) => JSON.parse(line()) as Paragraph[]);
  const texts = splitLines(files['texts.jsonl'] as Uint8Array);
  const file = JSON.parse(decode('chunk-map.json')) as ChunkMapFile;
  if (lists.length !== briefings.length || texts.length !== briefings.length || file.counts.length !== briefings.length) {
    throw new Error('The segments hold different numbers of briefings.');
  }
  const starts = new Uint32Array(briefings.length + 1);
  lists.forEach((list, briefing) => {
    starts[briefing + 1] = (starts[briefing] as number) + list.length;
  });
  return {
    briefings,
    abbreviations,
    paragraphs: lists.flat(),
    starts,
    text: (briefing) => (JSON.parse((texts[briefing] as () => string)()) as { text: string }).text,
    map: readChunkMap(file, lists, starts),
    hashes: file.hashes,
  };
}

/** The lines of a file, each decoded only when called: a text may never be asked for. */
function splitLines(bytes: Uint8Array): (() => string)[] {
  const found: (() => string)[] = [];
  for (let from = 0; from < bytes.length; ) {
    let to = bytes.indexOf(10, from);
    if (to < 0) to = bytes.length;
    const line = bytes.subarray(from, to);
    found.push(() => new TextDecoder('utf-8', { fatal: true }).decode(line));
    from = to + 1;
  }
  return found;
}

function readChunkMap(file: ChunkMapFile, lists: readonly Paragraph[][], starts: Uint32Array): ChunkMap {
  const total = file.numbers.length;
  const briefings = new Uint32Array(lists.length + 1);
  const places = new Uint32Array(total + 1);
  const paragraphs: number[] = [];
  let chunk = 0;
  lists.forEach((list, briefing) => {
    const byNumber = new Map(list.map(({ number }, at) => [number, (starts[briefing] as number) + at]));
    const end = chunk + (file.counts[briefing] as number);
    for (; chunk < end; chunk++) {
      for (const number of file.numbers[chunk] ?? []) {
        const ordinal = byNumber.get(number);
        if (ordinal === undefined) throw new Error('A chunk covers a paragraph that does not exist.');
        paragraphs.push(ordinal);
      }
      places[chunk + 1] = paragraphs.length;
    }
    briefings[briefing + 1] = chunk;
  });
  if (chunk !== total || file.hashes.length !== total) throw new Error('The chunks are not as many as their hashes.');
  return { starts: places, paragraphs: Uint32Array.from(paragraphs), briefings };
}

/** Reads the chunks themselves, in order. */
export const parseChunks = (bytes: Uint8Array): Chunk[] => splitLines(bytes).map((line) => JSON.parse(line()) as Chunk);

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
