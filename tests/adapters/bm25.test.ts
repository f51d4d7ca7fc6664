import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BM25_DEFAULTS, openBm25 } from '../../src/adapters/bm25.ts';
import { buildBm25 } from '../../src/adapters/bm25-build.ts';
import { lexicalDocuments } from '../../src/adapters/fields.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing } from '../contracts/corpus.ts';

const words = (text: string) => terms(text).map((term) => ({ term, weight: 1 }));

describe('lexical index', () => {
  it('computes BM25 as one does by hand', () => {
    const options = { k1: 1.5, b: 0.6, headings: 0, title: 0, lead: 0, bigram: 1 };
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

  it('weighs title, file name, headings, what leads in and bigrams as told', () => {
    const corpus = [
      briefing('gale', 'Storm', [{ text: 'Lead words:' }, { text: 'item text', kind: 'item', lead: 1, headings: ['Storm', 'Coast'] }]),
    ];
    const weights = { headings: 3, title: 0.5, lead: 0.25 };
    const [, item] = [...lexicalDocuments(corpus, weights)];
    // The title is the first heading as well, and counts as that.
    expect(Object.fromEntries(item!.frequencies)).toEqual({
      item: 1,
      text: 1,
      item_text: 1,
      storm: 3,
      coast: 3,
      gale: 0.5,
      lead: 0.25,
      word: 0.25,
      lead_word: 0.25,
    });
    expect(item!.length).toBe(2 + 6 + 0.5 + 0.5);
    corpus[0]!.briefing.source = 'reports/STORM.txt';
    expect([...lexicalDocuments(corpus, weights)][0]!.frequencies.get('storm')).toBe(0.5);
    const score = (bigram: number) => {
      const options = { ...BM25_DEFAULTS, bigram };
      return openBm25(buildBm25(corpus, options), 2, options).matching([{ term: 'item_text', weight: 1 }], 1, null)[0]!.score;
    };
    expect(score(0.5)).toBeCloseTo(score(1) / 2, 6);
  });

  it('reads the sentences of a chunk on into one another, and not into another paragraph or what leads in', () => {
    const entry = briefing('one', 'T', ['Wind 💨 rose. Tide fell. Rain came.', 'Fog thinned.'], 2);
    const [first, second] = [...lexicalDocuments([entry], { headings: 1, title: 0, lead: 1 })][0]!.frequencies.keys();
    expect([first, second]).toEqual(['wind', 'rose']);
    const part = (start: number, end: number, lead: boolean) => ({ paragraph: 1, start, end, item: false, lead });
    entry.chunks[0]!.parts = [part(0, 12, true), part(13, 23, false), part(24, 34, false), { ...part(0, 12, false), paragraph: 2 }];
    const [document, ...rest] = [...lexicalDocuments([entry], { headings: 1, title: 0, lead: 0.5 })];
    expect(rest).toEqual([]);
    expect(Object.fromEntries(document!.frequencies)).toEqual({
      wind: 0.5,
      rose: 0.5,
      wind_rose: 0.5,
      tide: 1,
      fell: 1,
      rain: 1,
      came: 1,
      tide_fell: 1,
      fell_rain: 1,
      rain_came: 1,
      fog: 1,
      thin: 1,
      fog_thin: 1,
    });
    expect(document!.length).toBe(7);
  });

  it('counts words for spelling once, however many chunks repeat them, and those of headings', () => {
    const entry = briefing('one', 'Harbour', [
      { text: 'Dredging', kind: 'heading' },
      { text: 'These are the barges:', heading: 1, headings: ['Dredging'] },
      { text: 'alpha', kind: 'item', lead: 2, heading: 1, headings: ['Dredging'] },
      { text: 'bravo', kind: 'item', lead: 2, heading: 1, headings: ['Dredging'] },
    ]);
    const index = openBm25(buildBm25([entry]), 3);
    for (const word of ['harbour', 'dredging', 'barges', 'alpha'])
      expect(index.similarWords(word, 0)).toEqual([{ word, distance: 0, frequency: 1 }]);
    expect(index.terms(['barg'])[0]!.frequency).toBe(3);
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

  it('indexes a paragraph of two megabytes', () => {
    const index = openBm25(buildBm25([briefing('big', 'T', ['harbour dredging '.repeat(120_000), 'x'.repeat(2_000_000)])]), 2);
    expect(index.matching(words('dredging'), 1, null)).toHaveLength(1);
  });
});
