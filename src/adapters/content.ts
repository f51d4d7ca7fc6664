import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Abbreviation, Chunk, GoneParagraph, Paragraph, SnapshotInfo } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { bytesOf, joinVectors, type MapFile, parseMap, parseVectors } from './corpus-files.ts';
import { openLines } from './segments.ts';
import * as snapshot from './snapshot.ts';

/** A briefing of a snapshot with the vectors of its chunks. */
export interface BriefingContent {
  entry: IngestedBriefing;
  vectors: Float32Array[];
}

/** All that a snapshot holds, to be written somewhere else. Immutable like a reader. */
export interface SnapshotContent {
  info: SnapshotInfo;
  abbreviations: Abbreviation[];
  gone: GoneParagraph[];
  /** Briefing by briefing in snapshot order. */
  briefings(): AsyncIterable<BriefingContent>;
  close(): Promise<void>;
}

/** SHA-256 over everything of a briefing: the same in every store. */
export function digestOf({ entry, vectors }: BriefingContent): string {
  const { briefing, text, sourceMap, paragraphs, chunks } = entry;
  const digest = createHash('sha256').update(JSON.stringify([briefing, text, sourceMap, paragraphs, chunks]));
  return digest.update(bytesOf(joinVectors(vectors, vectors[0]?.length ?? 0))).digest('hex');
}

/**
 * What the live snapshot of an index folder holds; null when there is none. Every file is verified first; rejects with
 * `index_damaged` when one is not what it should be.
 */
export async function folderContent(directory: string): Promise<SnapshotContent | null> {
  const id = await snapshot.readPointer(directory);
  if (id === null) return null;
  const folder = snapshot.snapshotPath(directory, id);
  const { files: _, format: __, readings: ___, ...info } = await snapshot.readManifest(folder, id);
  const manifest = await snapshot.readManifest(folder, id);
  const read = async (name: string): Promise<Uint8Array> => {
    const bytes = await snapshot.readVerified(folder, manifest, name);
    if (!bytes) throw snapshot.damaged(`${name} of snapshot ${id} is missing or was changed`);
    return bytes;
  };
  const text = async (name: string) => new TextDecoder().decode(await read(name));
  const known = JSON.parse(await text('briefings.json')) as Pick<SnapshotContent, 'abbreviations' | 'gone'> & {
    briefings: IngestedBriefing['briefing'][];
  };
  const map: MapFile = parseMap(await text('chunk-map.json'), known.briefings.length);
  const vectors = parseVectors(await read('vectors.f32'), map.hashes.length, info.dimensions);
  for (const name of ['paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl']) await read(name);
  return {
    info,
    abbreviations: known.abbreviations,
    gone: known.gone,
    async *briefings() {
      const [paragraphs, texts, chunks] = await Promise.all(
        ['paragraphs.jsonl', 'texts.jsonl', 'chunks.jsonl'].map((name) => openLines(join(folder, name))),
      );
      if (!paragraphs || !texts || !chunks) return;
      const parsed = <T>(lines: readonly string[]) => lines.map((line) => JSON.parse(line) as T);
      let at = 0;
      try {
        for (const [position, briefing] of known.briefings.entries()) {
          const [body] = parsed<Pick<IngestedBriefing, 'text' | 'sourceMap'>>(await texts.take(1));
          const own = parsed<Chunk>(await chunks.take(map.counts[position] as number));
          const entry: IngestedBriefing = {
            briefing,
            text: body?.text ?? '',
            sourceMap: body?.sourceMap ?? [],
            paragraphs: parsed<Paragraph>(await paragraphs.take(map.paragraphs[position] as number)),
            chunks: own,
          };
          const from = at;
          at += own.length;
          const { dimensions } = info;
          yield { entry, vectors: own.map((_, chunk) => vectors.slice((from + chunk) * dimensions, (from + chunk + 1) * dimensions)) };
        }
      } finally {
        await Promise.all([paragraphs.close(), texts.close(), chunks.close()]);
      }
    },
    close: async () => {},
  };
}
