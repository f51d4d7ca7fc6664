import { pilcrowError } from '../core/errors.ts';
import type { IngestedBriefing } from '../core/ports.ts';

/** Rejects a query vector of another length, or with a value that is not finite. */
export function checkQueryVector(vector: readonly number[], dimensions: number): void {
  if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
    throw pilcrowError('bad_vector', `The vector of the question is not ${dimensions} finite numbers.`, {
      hint: 'Ask with the embedder the index was built with.',
    });
  }
}

/** Rejects what a writer must not take in: vectors that do not fit, a briefing twice, chunks of unknown paragraphs. */
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
  if (chunks.some((chunk) => chunk.paragraphs.some((number) => !numbers.has(number))))
    throw bad('a chunk covers a paragraph that does not exist');
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
