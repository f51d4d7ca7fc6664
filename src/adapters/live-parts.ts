import { join } from 'node:path';
import { accessKey } from '../core/access.ts';
import type { Briefing, Paragraph } from '../core/model.ts';
import { accessClasses } from '../core/visible.ts';
import type { Bm25Options } from './bm25.ts';
import { type Bm25Source, openBm25Source } from './bm25-build.ts';
import { type MapFile, parseMap, parseVectors } from './corpus-files.ts';
import { type ChunkGraph, type GraphParts, loadGraph } from './graph.ts';
import * as snapshot from './snapshot.ts';

/** What the next snapshot takes over from the live one. Everything is verified before it is used; what is damaged is null. */
export interface LiveParts {
  map: MapFile;
  briefings: Briefing[];
  /** Null when they are of another embedder. */
  vectors: Float32Array | null;
  /** The paragraphs of some briefings; null when they cannot be read. */
  paragraphs(wanted: readonly number[]): Promise<Paragraph[][] | null>;
  words(options: Bm25Options): Promise<Bm25Source | null>;
  graph(parts: Omit<GraphParts, 'vectors' | 'chunks'>): Promise<ChunkGraph | null>;
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
    return {
      map,
      briefings,
      vectors: bytes && parseVectors(bytes, chunks, embedder.dimensions),
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
