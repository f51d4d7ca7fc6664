import { pilcrowError } from '../core/errors.ts';
import type { Chunk, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { codePointLength } from '../core/text/codepoints.ts';

/** Rejects a query vector of another length, or with a value that is not finite. */
export function checkQueryVector(vector: readonly number[], dimensions: number): void {
  if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
    throw pilcrowError('bad_vector', `The vector of the question is not ${dimensions} finite numbers.`, {
      hint: 'Ask with the embedder the index was built with.',
    });
  }
}

/** Rejects what a writer must not take in: vectors that do not fit, a briefing twice, chunks that do not fit the paragraphs. */
export function checkIngested(
  { briefing, paragraphs, chunks }: IngestedBriefing,
  vectors: readonly Float32Array[],
  dimensions: number,
  known: { has(id: string): boolean },
): void {
  const bad = (message: string) => pilcrowError('bad_document', `${briefing.id}: ${message}.`);
  if (known.has(briefing.id)) throw bad('a briefing with this id was already added');
  const numbers = new Set(paragraphs.map(({ number }) => number));
  if (numbers.size !== paragraphs.length || new Set(paragraphs.map(({ id }) => id)).size !== paragraphs.length) {
    throw bad('two paragraphs have the same number or id');
  }
  if (paragraphs.some((paragraph) => paragraph.briefing !== briefing.id)) throw bad('a paragraph belongs to another briefing');
  const wrong = wrongChunk(briefing.id, paragraphs, chunks);
  if (wrong) throw bad(wrong);
  if (vectors.length !== chunks.length) {
    throw pilcrowError('bad_vector', `${briefing.id}: ${chunks.length} chunks came with ${vectors.length} vectors.`);
  }
  vectors.forEach((vector, at) => {
    if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
      throw pilcrowError('bad_vector', `${briefing.id}: the vector of chunk ${at + 1} is not ${dimensions} finite numbers.`, {
        hint: 'Check the embedder.',
      });
    }
  });
}

/** The id of the chunk at a position (from 0) within its briefing. */
export const chunkId = (briefing: string, at: number): string => `${briefing}#c${at + 1}`;

/** What is wrong with the first chunk that does not fit, or null. Readers derive the ids, so they must be the expected ones. */
function wrongChunk(briefing: string, paragraphs: readonly Paragraph[], chunks: readonly Chunk[]): string | null {
  const lengths = new Map(paragraphs.map(({ number, text }) => [number, codePointLength(text)]));
  for (const [at, chunk] of chunks.entries()) {
    const id = chunkId(briefing, at);
    if (chunk.id !== id) return `chunk ${at + 1} is called "${chunk.id}" and not "${id}"`;
    if (chunk.briefing !== briefing) return `the chunk ${id} belongs to another briefing`;
    if (chunk.paragraphs.some((number) => !lengths.has(number))) return `the chunk ${id} covers a paragraph that does not exist`;
    for (const { paragraph, start, end } of chunk.parts) {
      const length = lengths.get(paragraph);
      if (length === undefined) return `the chunk ${id} has a part of a paragraph that does not exist`;
      const inside = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length;
      if (!inside) return `a part of the chunk ${id} lies outside its paragraph`;
    }
  }
  return null;
}
