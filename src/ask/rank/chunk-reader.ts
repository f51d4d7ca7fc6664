import type { Briefing, Chunk, Paragraph } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { openReading } from '../../core/reading/open.ts';
import { isNothing, packReading, readingId } from '../../core/reading/pack.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { paragraphHasInjection, titleHasInjection } from '../../core/text/injection.ts';
import type { ReadyChunk } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';

/** The chunks of some ids, in their order, without those that are no evidence. */
export type ChunkReader = (
  reader: IndexReader,
  briefings: ReadonlyMap<string, Briefing>,
  ids: readonly string[],
) => Promise<readonly ReadyChunk[]>;

/** Chunks kept ready: some 5 kB each. */
const CHUNKS_KEPT = 2000;

/**
 * Chunks with their readings: those that lie in the index, made at ingest, where they were made as they are here; else they are read now.
 * Those asked for lately are kept for as long as their briefing object lives. Text that gives orders to whoever
 * answers is no evidence: it is left out, with what stands below it.
 */
export function createChunkReader(vectors: LocalVectors | null): ChunkReader {
  const own = readingId(vectors);
  /** By id; null: no evidence. */
  const kept = new Map<string, { briefing: Briefing; ready: ReadyChunk | null }>();
  const keep = (id: string, briefing: Briefing, ready: ReadyChunk | null) => {
    kept.delete(id);
    if (kept.size >= CHUNKS_KEPT) kept.delete(kept.keys().next().value as string);
    kept.set(id, { briefing, ready });
  };
  function readyChunk(
    chunk: Chunk,
    briefing: Briefing,
    paragraphs: ReadonlyMap<number, Paragraph>,
    packed: Uint8Array | null,
  ): ReadyChunk | null {
    // What lies in the index gives no orders.
    if (packed && !isNothing(packed)) return { chunk, briefing, paragraphs, read: openReading(packed, chunk, briefing, paragraphs) };
    const sound = titleHasInjection(briefing) ? null : withoutInjection(chunk, paragraphs);
    if (!sound) return null;
    const read = openReading(packReading(sound, briefing, paragraphs, vectors), sound, briefing, paragraphs);
    return { chunk: sound, briefing, paragraphs, read };
  }
  return async (reader, briefings, ids) => {
    const briefingOf = (id: string) => briefings.get(id.slice(0, id.lastIndexOf('#')));
    const isKept = (id: string) => kept.get(id)?.briefing === briefingOf(id);
    const found = new Map<string, ReadyChunk | null>();
    for (const id of ids) if (isKept(id)) found.set(id, kept.get(id)?.ready ?? null);
    const missing = ids.filter((id) => !found.has(id));
    const chunks = missing.length > 0 ? await reader.chunks(missing) : [];
    const paragraphs = await paragraphsOf(reader, chunks);
    const packed = reader.readings?.id === own ? await reader.readings.of(chunks.map(({ id }) => id)) : [];
    for (const [at, chunk] of chunks.entries()) {
      const briefing = briefings.get(chunk.briefing);
      const numbered = paragraphs.get(chunk.id);
      if (!briefing || !numbered) continue;
      const ready = readyChunk(chunk, briefing, numbered, packed[at] ?? null);
      keep(chunk.id, briefing, ready);
      found.set(chunk.id, ready);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  };
}

/** By id of a chunk: its paragraphs by number. */
async function paragraphsOf(reader: IndexReader, chunks: readonly Chunk[]): Promise<Map<string, Map<number, Paragraph>>> {
  const idsOf = ({ briefing, parts }: Chunk) => [...new Set(parts.map(({ paragraph }) => `${briefing}#p${paragraph}`))];
  const ids = [...new Set(chunks.flatMap(idsOf))];
  const read = new Map((ids.length > 0 ? await reader.paragraphs(ids) : []).map((paragraph) => [paragraph.id, paragraph]));
  return new Map(
    chunks.map((chunk) => [
      chunk.id,
      new Map(
        idsOf(chunk).flatMap((id) => {
          const paragraph = read.get(id);
          return paragraph ? [[paragraph.number, paragraph] as const] : [];
        }),
      ),
    ]),
  );
}

/** A chunk without the items that give orders; null when nothing else is in it, or what leads in to the rest gives one. */
function withoutInjection(chunk: Chunk, paragraphs: ReadonlyMap<number, Paragraph>): Chunk | null {
  const ordering = new Set([...paragraphs.values()].filter(paragraphHasInjection).map(({ number }) => number));
  if (ordering.size === 0) return chunk;
  // What an order leads in to is part of the order.
  const orders = ({ paragraph }: Chunk['parts'][number]) => ordering.has(paragraph) || ordering.has(paragraphs.get(paragraph)?.lead ?? 0);
  const parts = chunk.parts.filter((part) => !orders(part));
  const numbers = new Set(parts.filter(({ lead }) => !lead).map(({ paragraph }) => paragraph));
  if (numbers.size === 0 || chunk.parts.some((part) => part.lead && orders(part))) return null;
  const text = parts.map(({ paragraph, start, end }) => sliceCodePoints(paragraphs.get(paragraph)?.text ?? '', start, end)).join('\n');
  return { ...chunk, parts, paragraphs: chunk.paragraphs.filter((number) => numbers.has(number)), text };
}
