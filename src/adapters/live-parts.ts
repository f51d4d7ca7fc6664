import { join } from 'node:path';
import { accessKey } from '../core/access.ts';
import type { Briefing, Paragraph } from '../core/model.ts';
import { accessClasses } from '../core/visible.ts';
import type { Bm25Options } from './bm25.ts';
import { type Bm25Source, openBm25Source } from './bm25-build.ts';
import { type MapFile, parseMap, parseVectors, startsOf } from './corpus-files.ts';
import { type ChunkGraph, type GraphParts, loadGraph } from './graph.ts';
import { READINGS, startsIn } from './readings.ts';
import * as snapshot from './snapshot.ts';

/** What the next snapshot takes over from the live one. Everything is verified before it is used; what is damaged is null. */
export interface LiveParts {
  map: MapFile;
  briefings: Briefing[];
  /** Null when they are of another embedder. */
  vectors: Float32Array | null;
  /** The paragraphs of some briefings; null when they cannot be read. */
  paragraphs(wanted: readonly number[]): Promise<Paragraph[][] | null>;
  /** Names its readings; undefined when it has none. */
  readings: string | undefined;
  /** A briefing as it stands there; null when it does not, or cannot be read. The segments are read once. */
  whole(id: string): Promise<WholeBriefing | null>;
  words(options: Bm25Options): Promise<Bm25Source | null>;
  graph(parts: Omit<GraphParts, 'vectors' | 'chunks'>): Promise<ChunkGraph | null>;
}

/** What one briefing has in the source segments. */
export type BriefingLines = Record<'paragraphs.jsonl' | 'texts.jsonl' | 'chunks.jsonl', Uint8Array>;

interface WholeBriefing {
  briefing: Briefing;
  hashes: string[];
  numbers: number[];
  /** See `MapFile`. */
  key: string;
  lines: BriefingLines;
  /** Empty when the snapshot has none. */
  readings: Uint8Array;
  vectors: Float32Array;
}

/** Null when there is no live snapshot, or none of this format whose parts fit together. */
export async function readLiveParts(
  directory: string,
  id: string | null,
  embedder: { id: string; dimensions: number },
): Promise<LiveParts | null> {
  if (id === null) return null;
  try {
    const folder = snapshot.snapshotPath(directory, id);
    const manifest = await snapshot.readManifest(folder, id);
    const read = (name: string) => snapshot.readVerified(folder, manifest, name);
    const [mapBytes, briefingBytes] = await Promise.all([read('chunk-map.json'), read('briefings.json')]);
    if (!mapBytes || !briefingBytes) return null;
    const { briefings } = JSON.parse(new TextDecoder().decode(briefingBytes)) as { briefings: Briefing[] };
    const map = parseMap(new TextDecoder().decode(mapBytes), briefings.length);
    const chunks = map.hashes.length;
    const alike = manifest.embedder === embedder.id && manifest.dimensions === embedder.dimensions;
    const bytes = alike ? await read('vectors.f32') : null;
    const vectors = bytes && parseVectors(bytes, chunks, embedder.dimensions);
    let wholes: Promise<((id: string) => WholeBriefing | null) | null> | null = null;
    const cut = async () => {
      const [paragraphs, texts, own] = await Promise.all(['paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl'].map(read));
      if (!paragraphs || !texts || !own || !vectors) return null;
      const [p, t, c] = [
        cutter(paragraphs, map.paragraphs),
        cutter(
          texts,
          map.counts.map(() => 1),
        ),
        cutter(own, map.counts),
      ];
      const places = new Map(briefings.map((briefing, at) => [briefing.id, at]));
      const [chunkStarts, starts] = [startsOf(map.counts), startsOf(map.paragraphs)];
      const readings = manifest.readings === undefined ? null : await read(READINGS);
      const readingStarts = readings && startsIn(readings, chunks);
      if (manifest.readings !== undefined && !readingStarts) return null;
      return (id: string): WholeBriefing | null => {
        const at = places.get(id);
        if (at === undefined) return null;
        const [first, end] = [chunkStarts[at] as number, chunkStarts[at + 1] as number];
        return {
          briefing: briefings[at] as Briefing,
          hashes: map.hashes.slice(first, end),
          numbers: map.numbers.slice(starts[at], starts[at + 1]),
          key: map.keys[at] as string,
          lines: { 'paragraphs.jsonl': p(at), 'texts.jsonl': t(at), 'chunks.jsonl': c(at) },
          readings: readings && readingStarts ? readings.subarray(readingStarts[first], readingStarts[end]) : new Uint8Array(),
          vectors: vectors.subarray(first * embedder.dimensions, end * embedder.dimensions),
        };
      };
    };
    return {
      async whole(wanted) {
        wholes ??= cut().catch(() => null);
        return (await wholes)?.(wanted) ?? null;
      },
      map,
      briefings,
      readings: manifest.readings,
      vectors,
      async paragraphs(wanted) {
        const segment = wanted.length === 0 ? null : await read('paragraphs.jsonl');
        return segment && linesIn(segment, map.paragraphs, wanted);
      },
      async words(options) {
        const file = await read('bm25.bin');
        const classes = accessClasses(briefings).classes.map(accessKey);
        return file && openBm25Source(file, chunks, options, classes);
      },
      async graph(parts) {
        const [graph, places] = await Promise.all([read('hnsw.bin'), read('hnsw-places.bin')]);
        if (!graph || !places || !bytes) return null;
        return await loadGraph(join(folder, 'hnsw.bin'), graph, places, { ...parts, chunks }).catch(() => null);
      },
    };
  } catch {
    return null;
  }
}

/** The lines of each briefing in a segment, as bytes. */
function cutter(segment: Uint8Array, counts: readonly number[]): (briefing: number) => Uint8Array {
  const ends: number[] = [];
  let at = 0;
  for (const count of counts) {
    for (let left = count; left > 0; left--) {
      const end = segment.indexOf(10, at);
      if (end < 0) throw new Error('A segment has fewer lines than it should.');
      at = end + 1;
    }
    ends.push(at);
  }
  return (briefing) => segment.subarray(briefing === 0 ? 0 : ends[briefing - 1], ends[briefing]);
}

/** The lines of some briefings of a segment, parsed; the segment is gone through once. */
function linesIn(segment: Uint8Array, counts: readonly number[], wanted: readonly number[]): Paragraph[][] {
  const found = new Map(wanted.map((briefing): [number, Paragraph[]] => [briefing, []]));
  let from = 0;
  for (const [briefing, count] of counts.entries()) {
    const own = found.get(briefing);
    for (let left = count; left > 0; left--) {
      const to = segment.indexOf(10, from);
      own?.push(JSON.parse(new TextDecoder().decode(segment.subarray(from, to))) as Paragraph);
      from = to + 1;
    }
  }
  return wanted.map((briefing) => found.get(briefing) as Paragraph[]);
}
