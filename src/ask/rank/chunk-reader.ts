import type { Briefing, Chunk, Paragraph } from '../../core/model.ts';
import type { LocalVectors } from '../records.ts';
import { type ReadChunk, readChunk } from './read-chunk.ts';

/** Chunks kept read: some 10 kB each. */
const KEPT = 4000;

/** Reads chunks for ranking; those read lately are kept for as long as their briefing object lives. */
export function createChunkReader(vectors: LocalVectors | null) {
  const kept = new Map<string, { briefing: Briefing; read: ReadChunk }>();
  return (chunk: Chunk, briefing: Briefing, paragraphs: ReadonlyMap<number, Paragraph>): ReadChunk => {
    const known = kept.get(chunk.id);
    if (known?.briefing === briefing) return known.read;
    const read = readChunk(chunk, briefing, paragraphs, vectors);
    kept.delete(chunk.id);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
    kept.set(chunk.id, { briefing, read });
    return read;
  };
}
