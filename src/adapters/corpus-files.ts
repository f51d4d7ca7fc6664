import type { Abbreviation, Briefing, Chunk, GoneParagraph, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { chunkId } from './checks.ts';
import { type Placed, walked } from './placed.ts';
import { damaged } from './snapshot.ts';
import type { EventTurn } from './turns.ts';
import type { VectorRows } from './vectors.ts';

/** Source segments of a snapshot: every opening needs them, and everything else can be rebuilt from them. */
export const SOURCE_FILES = ['briefings.json', 'paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl', 'chunk-map.json'] as const;
type SourceFile = (typeof SOURCE_FILES)[number];

/** What a reader has to know of all chunks and paragraphs without reading them. */
export interface MapFile {
  /** Of each chunk. */
  hashes: string[];
  /** How many chunks each briefing has. */
  counts: number[];
  /** Number of each paragraph in its briefing, and how many each briefing has. */
  numbers: number[];
  paragraphs: number[];
  /** Names what the word index holds of each briefing. */
  keys: string[];
}

/** What a reader keeps of the source segments. Paragraphs, chunks and texts are decoded when they are asked for. */
export interface Corpus {
  briefings: Briefing[];
  abbreviations: Abbreviation[];
  gone: GoneParagraph[];
  /** Paragraphs `starts[b] .. starts[b + 1]` belong to briefing b, in reading order. */
  starts: Uint32Array;
  /** Position of a paragraph by its briefing and its number, or -1. */
  placeOf(briefing: number, number: number): number;
  /** A paragraph by its position in the snapshot, the same object while it is remembered. Throws `index_damaged` like `chunk`. */
  paragraph(ordinal: number): Paragraph;
  /** Normalised text of briefing b. */
  text(briefing: number): string;
  /** Chunks `chunkStarts[b] .. chunkStarts[b + 1]` belong to briefing b. */
  chunkStarts: Uint32Array;
  /** The briefing a chunk belongs to, both by position. */
  briefingOf(chunk: number): number;
  /** A chunk by its position in the snapshot. Throws `index_damaged` for a line that is not that chunk. */
  chunk(ordinal: number): Chunk;
}

/** Paragraphs kept as objects: those of some dozen questions. The rest of a large index is bytes. */
const PARAGRAPHS_REMEMBERED = 3000;

/** The lines of one briefing in each segment. */
export function linesOfBriefing({ briefing, text, sourceMap, paragraphs, chunks }: IngestedBriefing) {
  const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  return {
    'paragraphs.jsonl': lines(paragraphs),
    'texts.jsonl': lines([{ briefing: briefing.id, text, sourceMap }]),
    'chunks.jsonl': lines(chunks),
  };
}

/** Reads the source segments back. Rejects with a plain Error when they do not fit together. */
export async function parseCorpus(files: Record<string, Placed>, turn: EventTurn = () => {}): Promise<Corpus> {
  const fileOf = (name: SourceFile) => files[name] as Placed;
  const decode = (name: SourceFile): string => new TextDecoder('utf-8', { fatal: true }).decode(fileOf(name).slice(0, fileOf(name).length));
  const { briefings, abbreviations, gone } = JSON.parse(decode('briefings.json')) as Pick<Corpus, 'briefings' | 'abbreviations' | 'gone'>;
  await turn();
  const map = parseMap(decode('chunk-map.json'), briefings.length);
  await turn();
  const starts = startsOf(map.paragraphs);
  const chunkStarts = startsOf(map.counts);
  const numbers = Uint32Array.from(map.numbers);
  const [paragraphs, texts, chunks] = [
    await linesOf(fileOf('paragraphs.jsonl'), numbers.length, turn),
    await linesOf(fileOf('texts.jsonl'), briefings.length, turn),
    await linesOf(fileOf('chunks.jsonl'), map.hashes.length, turn),
  ];
  const remembered = new Map<number, Paragraph>();
  const idOf = (briefing: number) => (briefings[briefing] as Briefing).id;
  return {
    briefings,
    abbreviations,
    gone,
    starts,
    placeOf(briefing, number) {
      const [from, to] = [starts[briefing] as number, starts[briefing + 1] as number];
      // Nearly always the n-th.
      const likely = from + number - 1;
      if (likely >= from && likely < to && numbers[likely] === number) return likely;
      const found = numbers.subarray(from, to).indexOf(number);
      return found < 0 ? -1 : from + found;
    },
    paragraph(ordinal) {
      const known = remembered.get(ordinal);
      if (known) return known;
      const id = `${idOf(placeIn(starts, ordinal))}#p${numbers[ordinal]}`;
      const paragraph = parsed<Paragraph>(paragraphs(ordinal));
      if (paragraph?.id !== id || !isParagraph(paragraph)) throw damaged(`the line of the paragraph ${id} cannot be read`);
      if (remembered.size >= PARAGRAPHS_REMEMBERED) remembered.clear();
      remembered.set(ordinal, paragraph);
      return paragraph;
    },
    text: (briefing) => (JSON.parse(texts(briefing)) as { text: string }).text,
    chunkStarts,
    briefingOf: (ordinal) => placeIn(chunkStarts, ordinal),
    chunk(ordinal) {
      const briefing = placeIn(chunkStarts, ordinal);
      const id = chunkId(idOf(briefing), ordinal - (chunkStarts[briefing] as number));
      const chunk = parsed<Chunk>(chunks(ordinal));
      if (chunk?.id !== id || !isChunk(chunk)) throw damaged(`the line of the chunk ${id} cannot be read`);
      return chunk;
    },
  };
}

/** Throws a plain Error for a map that contradicts itself. */
export function parseMap(text: string, briefings: number): MapFile {
  const map = JSON.parse(text) as MapFile;
  for (const list of [map.hashes, map.counts, map.numbers, map.paragraphs, map.keys]) {
    if (!Array.isArray(list)) throw new Error('The map of the chunks lacks a list.');
  }
  if ([map.counts, map.paragraphs, map.keys].some((list) => list.length !== briefings)) {
    throw new Error('The segments hold different numbers of briefings.');
  }
  if (startsOf(map.counts).at(-1) !== map.hashes.length) throw new Error('The chunks are not as many as their hashes.');
  if (startsOf(map.paragraphs).at(-1) !== map.numbers.length) throw new Error('The paragraphs are not as many as their numbers.');
  return map;
}

function parsed<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T | null;
  } catch {
    return null;
  }
}

const isChunk = ({ text, parts, paragraphs, headings }: Chunk): boolean =>
  typeof text === 'string' && [parts, paragraphs, headings].every(Array.isArray);
const isParagraph = ({ text, headings, sentences }: Paragraph): boolean =>
  typeof text === 'string' && [headings, sentences].every(Array.isArray);

/** The chunks of a briefing in reading order. */
export const chunksOf = ({ chunkStarts, chunk }: Corpus, briefing: number): Chunk[] => manyOf(chunkStarts, briefing, chunk);
/** The paragraphs of a briefing in reading order. */
export const paragraphsOf = ({ starts, paragraph }: Corpus, briefing: number): Paragraph[] => manyOf(starts, briefing, paragraph);

function manyOf<T>(starts: Uint32Array, briefing: number, one: (ordinal: number) => T): T[] {
  const from = starts[briefing] as number;
  return Array.from({ length: (starts[briefing + 1] as number) - from }, (_, at) => one(from + at));
}

/** Where each of several lists begins when they stand one after the other, and where the last one ends. */
export function startsOf(counts: readonly number[]): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, at) => {
    if (!Number.isInteger(count) || count < 0) throw new Error('A count is not a number of things.');
    starts[at + 1] = (starts[at] as number) + count;
  });
  return starts;
}

/** The list a position lies in, of lists as `startsOf` gives them. */
function placeIn(starts: Uint32Array, position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle + 1] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines of a file by position, each decoded when it is asked for. Rejects with a plain Error unless there are `count`. */
async function linesOf(file: Placed, count: number, turn: EventTurn): Promise<(at: number) => string> {
  const ends = new Float64Array(count);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = walked(file);
  let found = 0;
  for (let from = 0; from < file.length; found++) {
    if (found === count) throw new Error('A segment has more lines than it should.');
    let to = from;
    for (let end = -1; end < 0 && to < file.length; ) {
      const part = bytes(to, 1);
      end = part.indexOf(10);
      to += end < 0 ? part.length : end;
    }
    ends[found] = to;
    from = to + 1;
    if (found % 1024 === 0) await turn();
  }
  if (found !== count) throw new Error('A segment has fewer lines than it should.');
  return (at) => decoder.decode(file.look(at === 0 ? 0 : (ends[at - 1] as number) + 1, ends[at] as number));
}

/** float32 values of a file; a copy only where the bytes are not aligned. */
export function parseVectors(bytes: Uint8Array, chunks: number, dimensions: number): Float32Array {
  if (bytes.length !== 4 * chunks * dimensions) throw new Error('The vectors are not as many as the chunks.');
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, chunks * dimensions);
}

/** The vectors of a file, read by place where it is not held in memory. */
export function vectorsIn(file: Placed, chunks: number, dimensions: number): Float32Array | VectorRows {
  if (file.held) return parseVectors(file.held, chunks, dimensions);
  const [length, row] = [chunks * dimensions, 4 * dimensions];
  if (file.length !== 4 * length) throw new Error('The vectors are not as many as the chunks.');
  return {
    length,
    read(from, to) {
      const bytes = file.look(from * row, to * row);
      return new Float32Array(bytes.buffer, bytes.byteOffset, (to - from) * dimensions);
    },
  };
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
