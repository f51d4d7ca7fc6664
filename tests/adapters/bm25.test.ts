import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BM25_DEFAULTS, buildBm25, openBm25 } from '../../src/adapters/bm25.ts';
import { lexicalDocuments } from '../../src/adapters/fields.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing } from '../contracts/corpus.ts';

const words = (text: string) => terms(text).map((term) => ({ term, weight: 1 }));

describe('lexical index', () => {
  it('computes BM25 as one does by hand', () => {
    const options = { k1: 1.5, b: 0.6, context: 0, lead: 0, bigram: 1 };
    const corpus = [briefing('one', 'ignored', ['tide tide wind', 'wind', 'rain rain'])];
    const index = openBm25(buildBm25(corpus, options), 3, options);
    const idf = Math.log(1 + (3 - 1 + 0.5) / 1.5);
    const expected = (idf * 2 * 2.5) / (2 + 1.5 * (1 - 0.6 + (0.6 * 3) / 2));
    const [hit, ...rest] = index.matching([{ term: 'tide', weight: 1 }], 5, null);
    expect(hit).toMatchObject({ ordinal: 0 });
    expect(hit!.score).toBeCloseTo(expected, 6);
    expect(rest).toEqual([]);
    expect(index.terms(['wind'])[0]).toMatchObject({ frequency: 2, idf: expect.closeTo(Math.log(1 + 1.5 / 2.5), 10) });
  });

  it('weighs title, headings, introductions of lists and bigrams as told', () => {
    const corpus = [
      briefing('one', 'Storm', [{ text: 'Lead words:' }, { text: 'item text', kind: 'item', lead: 1, headings: ['Storm', 'Coast'] }]),
    ];
    const [, item] = [...lexicalDocuments(corpus, { context: 3, lead: 0.25 })];
    expect(Object.fromEntries(item!.frequencies)).toEqual({
      item: 1,
      text: 1,
      item_text: 1,
      storm: 3,
      coast: 3,
      lead: 0.25,
      word: 0.25,
      lead_word: 0.25,
    });
    expect(item!.length).toBe(2 + 6 + 0.5);
    const score = (bigram: number) => {
      const options = { ...BM25_DEFAULTS, bigram };
      return openBm25(buildBm25(corpus, options), 2, options).matching([{ term: 'item_text', weight: 1 }], 1, null)[0]!.score;
    };
    expect(score(0.5)).toBeCloseTo(score(1) / 2, 6);
  });

  it('survives headings that point at each other', () => {
    const corpus = [
      briefing('one', 'T', [
        { text: 'A', kind: 'heading', heading: 2 },
        { text: 'B', kind: 'heading', heading: 1 },
        { text: 'under', heading: 1 },
      ]),
    ];
    expect([...lexicalDocuments(corpus, BM25_DEFAULTS)].map(({ ordinal }) => ordinal)).toEqual([2]);
  });

  it('clears its sums between questions', () => {
    const index = openBm25(buildBm25([briefing('one', 'T', ['tide and wind', 'wind and rain'])]), 2);
    const first = index.matching(words('wind rain'), 5, null);
    index.matching(words('tide'), 1, Uint8Array.of(0, 0));
    expect(index.matching(words('wind rain'), 5, null)).toEqual(first);
  });

  it('refuses any other file than the one it wrote, and never reads outside', () => {
    const file = buildBm25([briefing('one', 'Title', ['tide and wind', 'wind and rain', 'été 公約'])]);
    expect(() => openBm25(file, 4)).toThrow();
    expect(() => openBm25(file, 3, { ...BM25_DEFAULTS, k1: 2 })).toThrow();
    expect(() => openBm25(new Uint8Array(0), 3)).toThrow();
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const bytes = Uint8Array.from(cut ? file.subarray(0, at) : file);
        if (!cut) bytes[at] = value;
        let index: ReturnType<typeof openBm25>;
        try {
          index = openBm25(bytes, 3);
        } catch {
          return;
        }
        for (const { ordinal } of index.matching(words('tide wind rain été'), 9, null)) expect(ordinal).toBeLessThan(3);
        index.terms(['tide', 'absent']);
      }),
      { numRuns: 1500 },
    );
  });

  it('indexes a paragraph of two megabytes in its stride', () => {
    const start = performance.now();
    const index = openBm25(buildBm25([briefing('big', 'T', ['harbour dredging '.repeat(120_000), 'x'.repeat(2_000_000)])]), 2);
    expect(index.matching(words('dredging'), 1, null)).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
