import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/core/ports.ts';

const length = (vector: readonly number[]) => Math.hypot(...vector);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);

/** What every Embedder must do. `longest` is the length of text it promises to read; without it, any. */
export function embedderContract(name: string, make: () => Promise<Embedder>, { longest = 2_000_000 }: { longest?: number } = {}): void {
  describe(name, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await make();
    });

    it('says what made a vector and how long it is', async () => {
      expect(embedder.id).toMatch(/^[\w.:@/-]+$/);
      expect(Number.isInteger(embedder.dimensions)).toBe(true);
      expect((await embedder.embedQuery('a lighthouse')).length).toBe(embedder.dimensions);
    });

    it('gives plain arrays of numbers, as LangChain expects', async () => {
      const vector = await embedder.embedQuery('a lighthouse');
      expect(Array.isArray(vector)).toBe(true);
      expect(vector.every((value) => typeof value === 'number')).toBe(true);
    });

    it('embeds documents in their order, each as if alone', async () => {
      const texts = ['the harbour master', 'an orchard in spring', 'the harbour master'];
      const vectors = await embedder.embedDocuments(texts);
      expect(vectors.length).toBe(3);
      expect(vectors[0]).toEqual(vectors[2]);
      for (const [at, text] of texts.entries()) expect(vectors[at]).toEqual((await embedder.embedDocuments([text]))[0]);
      expect(await embedder.embedDocuments([])).toEqual([]);
    });

    it('puts texts on one subject nearer than texts on two', async () => {
      const [question, near, far] = await embedder.embedDocuments([
        'How much is a teacher paid?',
        'Salaries of school staff rose last year.',
        'The glacier lost ice in a warm summer.',
      ]);
      expect(dot(question!, near!)).toBeGreaterThan(dot(question!, far!));
    });

    it('gives finite vectors of unit length, or all zero, for any text', async () => {
      const check = async (text: string) => {
        const vector = await embedder.embedQuery(text);
        expect(vector.every(Number.isFinite)).toBe(true);
        const size = length(vector);
        expect(size === 0 || Math.abs(size - 1) < 1e-5).toBe(true);
      };
      await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), check), { numRuns: 100 });
      for (const text of ['', ' \n', '\ud800', '\u0301', '😀', 'x'.repeat(longest), 'qz1 '.repeat(longest / 8)]) await check(text);
    });
  });
}
