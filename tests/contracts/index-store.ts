import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { Hit, IndexReader, IndexStore, IngestedBriefing } from '../../src/core/ports.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing, letterVector, synthetic, vectorsOf } from './corpus.ts';

const DIMENSIONS = 16;
const EMBEDDER = { id: 'letters-1', dimensions: DIMENSIONS };
const ask = (text: string) => Array.from(letterVector(text, DIMENSIONS));
const words = (text: string) => terms(text).map((term) => ({ term, weight: 1 }));

const HARBOUR = briefing('harbour', 'Harbour dredging plan', [
  { text: 'Overview', kind: 'heading' },
  { text: 'The inner harbour silts up by forty centimetres a year.', headings: ['Overview'], heading: 1 },
  { text: 'Costs', kind: 'heading' },
  { text: 'Dredging costs 3,200 crowns for each barge load.', headings: ['Costs'], heading: 3 },
  { text: 'The plan has two aims:', headings: ['Costs'], heading: 3 },
  { text: 'a channel nine metres deep', kind: 'item', headings: ['Costs'], heading: 3, lead: 5 },
  { text: 'Annexes', kind: 'heading' },
]);
const LIBRARY = briefing('library', 'Library opening hours', [
  'The reading room opens at eight and closes at ten.',
  'Lending stops half an hour before closing.',
  'The plan for Sunday opening was dropped.',
]);

export async function publish(store: IndexStore, corpus: readonly IngestedBriefing[], embedder = EMBEDDER): Promise<string> {
  const writer = await store.write(embedder);
  for (const entry of corpus) await writer.add(entry, vectorsOf(entry, embedder.dimensions));
  return writer.commit([{ short: 'HDP', long: 'harbour dredging plan' }]);
}

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  return isPilcrowError(error) ? error.code : `not a PilcrowError: ${error}`;
};

/** Scores agree to 1e-5 relative; where two scores are that close, their order is free. */
export function expectSameHits(actual: readonly Hit[], expected: readonly Hit[]): void {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
  expect(actual.length).toBe(expected.length);
  const last = expected.at(-1)?.score ?? 0;
  actual.forEach((hit, at) => {
    expect(near(hit.score, expected[at]!.score)).toBe(true);
    const twin = expected.find(({ chunk }) => chunk === hit.chunk);
    // A chunk at the cut may be replaced by one that scores the same.
    if (twin) expect(near(hit.score, twin.score)).toBe(true);
    else expect(near(hit.score, last)).toBe(true);
  });
}

/**
 * What every IndexStore must do. `make` gives a new, empty store; `reopen` gives another store over the same data, when
 * data outlives the store.
 */
export function indexStoreContract(name: string, make: () => IndexStore, reopen?: (store: IndexStore) => IndexStore): void {
  const opened = async (corpus: readonly IngestedBriefing[]): Promise<IndexReader> => {
    const store = make();
    await publish(store, corpus);
    return (await store.open())!;
  };

  describe(`${name}: writing`, () => {
    it('has no snapshot before the first commit', async () => {
      const store = make();
      expect(await store.open()).toBeNull();
      expect(await store.current()).toBeNull();
    });

    it('shows nothing before commit, everything after', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      await writer.add(HARBOUR, vectorsOf(HARBOUR, DIMENSIONS));
      expect(await store.open()).toBeNull();
      const id = await writer.commit([]);
      expect(await store.current()).toBe(id);
      const reader = (await store.open())!;
      expect(reader.info).toMatchObject({ id, embedder: 'letters-1', dimensions: DIMENSIONS, briefings: 1, paragraphs: 7, chunks: 5 });
      expect(Number.isNaN(Date.parse(reader.info.created))).toBe(false);
    });

    it('leaves the live snapshot alone when a build is discarded', async () => {
      const store = make();
      const id = await publish(store, [HARBOUR]);
      const writer = await store.write(EMBEDDER);
      await writer.add(LIBRARY, vectorsOf(LIBRARY, DIMENSIONS));
      await writer.discard();
      await writer.discard();
      expect(await store.current()).toBe(id);
      expect(await (await store.open())!.briefing('library')).toBeNull();
      await publish(store, [LIBRARY]);
    });

    it('discards nothing after commit', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      await writer.add(HARBOUR, vectorsOf(HARBOUR, DIMENSIONS));
      const id = await writer.commit([]);
      await writer.discard();
      expect(await store.current()).toBe(id);
      await expect(writer.add(LIBRARY, vectorsOf(LIBRARY, DIMENSIONS))).rejects.toThrow();
      await expect(writer.commit([])).rejects.toThrow();
    });

    it('lets one writer in at a time', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      expect(await codeOf(store.write(EMBEDDER))).toBe('index_locked');
      await writer.discard();
      await (await store.write(EMBEDDER)).discard();
    });

    it('refuses vectors that do not fit and goes on without them', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      const good = vectorsOf(LIBRARY, DIMENSIONS);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const vectors = good.map((vector) => vector.slice());
        vectors[1]![3] = bad;
        expect(await codeOf(writer.add(LIBRARY, vectors))).toBe('bad_vector');
      }
      expect(await codeOf(writer.add(LIBRARY, good.slice(1)))).toBe('bad_vector');
      expect(await codeOf(writer.add(LIBRARY, [...good.slice(1), new Float32Array(DIMENSIONS - 1)]))).toBe('bad_vector');
      await writer.add(LIBRARY, good);
      await writer.commit([]);
      expect((await (await store.open())!.briefings()).map(({ id }) => id)).toEqual(['library']);
    });

    it('refuses a briefing that contradicts itself or comes twice', async () => {
      const writer = await make().write(EMBEDDER);
      await writer.add(LIBRARY, vectorsOf(LIBRARY, DIMENSIONS));
      expect(await codeOf(writer.add(LIBRARY, vectorsOf(LIBRARY, DIMENSIONS)))).toBe('bad_document');
      const lost = structuredClone(HARBOUR);
      lost.chunks[0]!.paragraphs = [99];
      expect(await codeOf(writer.add(lost, vectorsOf(lost, DIMENSIONS)))).toBe('bad_document');
      const astray: ((entry: IngestedBriefing) => void)[] = [
        ({ chunks }) => (chunks[1]!.id = chunks[0]!.id),
        ({ chunks }) => (chunks[0]!.id = 'library#c1'),
        ({ chunks }) => (chunks[0]!.briefing = 'library'),
        ({ chunks }) => (chunks[0]!.parts[0]!.paragraph = 99),
        ({ chunks }) => chunks[0]!.parts[0]!.end++,
        ({ chunks }) => (chunks[0]!.parts[0]!.start = -1),
        ({ chunks }) => (chunks[0]!.parts[0]!.start = 0.5),
        ({ chunks }) => (chunks[0]!.parts[0]!.end = Number.NaN),
      ];
      for (const lead of astray) {
        const entry = structuredClone(HARBOUR);
        lead(entry);
        expect(await codeOf(writer.add(entry, vectorsOf(entry, DIMENSIONS)))).toBe('bad_document');
      }
      await writer.add(HARBOUR, vectorsOf(HARBOUR, DIMENSIONS));
      await writer.discard();
    });

    it('keeps what was added, whatever happens to the objects later', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      const mine = structuredClone(LIBRARY);
      const vectors = vectorsOf(mine, DIMENSIONS);
      await writer.add(mine, vectors);
      mine.paragraphs[0]!.text = 'changed';
      mine.chunks[0]!.text = 'changed';
      vectors[0]!.fill(Number.NaN);
      await writer.commit([]);
      const reader = (await store.open())!;
      expect(await reader.paragraph('library#p1')).toEqual(LIBRARY.paragraphs[0]);
      expect(await reader.chunks(['library#c1'])).toEqual([LIBRARY.chunks[0]]);
      expect((await reader.nearest(ask('Library opening hours'), 3)).every(({ score }) => Number.isFinite(score))).toBe(true);
    });

    it('gives vectors back by chunk hash, to the same embedder only', async () => {
      const store = make();
      await publish(store, [HARBOUR, LIBRARY]);
      const hash = LIBRARY.chunks[1]!.hash;
      const same = await store.write(EMBEDDER);
      const found = await same.cached([hash, 'unknown']);
      await same.discard();
      expect([...found.keys()]).toEqual([hash]);
      expect(Array.from(found.get(hash)!)).toEqual(Array.from(vectorsOf(LIBRARY, DIMENSIONS)[1]!));
      const other = await store.write({ id: 'letters-2', dimensions: DIMENSIONS });
      expect((await other.cached([hash])).size).toBe(0);
      await other.discard();
    });

    it('takes briefings over from the live snapshot as they are, from no other, and each once', async () => {
      const store = make();
      if (!store.keeps) return;
      const embedder = { id: 'letters-1', dimensions: DIMENSIONS };
      const first = await publish(store, [HARBOUR, LIBRARY]);
      const writer = await store.write(embedder);
      expect(await writer.keep?.('harbour', 'another')).toBe(false);
      expect(await writer.keep?.('nothing', first)).toBe(false);
      expect(await writer.keep?.('harbour', first)).toBe(true);
      expect(await writer.keep?.('harbour', first)).toBe(false);
      const ferry = briefing('ferry', 'Ferry', ['The ferry sails at noon.']);
      await writer.add(ferry, vectorsOf(ferry, DIMENSIONS));
      await writer.commit([]);
      const reader = (await store.open())!;
      expect((await reader.briefings()).map(({ id }) => id)).toEqual(['ferry', 'harbour']);
      expect(await reader.paragraphsOf('harbour')).toEqual(HARBOUR.paragraphs);
      expect(await reader.chunksOf('harbour')).toEqual(HARBOUR.chunks);
      const same = await opened([HARBOUR, ferry]);
      for (const text of ['dredging plan', 'ferry at noon']) {
        expectSameHits(await reader.matching(words(text), 9), await same.matching(words(text), 9));
        expectSameHits(await reader.nearest(ask(text), 9), await same.nearest(ask(text), 9));
      }
      // Another embedder's vectors are of no use.
      const other = await store.write({ id: 'letters-2', dimensions: DIMENSIONS });
      expect(await other.keep?.('harbour', (await store.current()) as string)).toBe(false);
      await other.discard();
    });

    it('goes on answering from an open reader while newer snapshots are published', async () => {
      const store = make();
      await publish(store, [HARBOUR]);
      const reader = (await store.open())!;
      const before = await reader.matching(words('harbour'), 5);
      for (let round = 0; round < 3; round++) await publish(store, [LIBRARY]);
      expect(await reader.matching(words('harbour'), 5)).toEqual(before);
      expect(await reader.text('harbour')).toBe(HARBOUR.text);
      expect((await reader.nearest(ask('barge'), 2)).length).toBe(2);
      expect(await reader.briefing('library')).toBeNull();
      expect(await (await store.open())!.briefing('harbour')).toBeNull();
      await reader.close();
      await reader.close();
    });

    it('publishes an empty collection', async () => {
      const reader = await opened([]);
      expect(await reader.briefings()).toEqual([]);
      expect(await reader.nearest(ask('anything'), 5)).toEqual([]);
      expect(await reader.matching(words('anything'), 5)).toEqual([]);
      expect(await reader.similarWords('anything', 2)).toEqual([]);
      expect((await reader.terms(['anything']))[0]!.frequency).toBe(0);
      expect((await reader.terms(['anything']))[0]!.idf).toBeGreaterThan(0);
    });

    it('works without vectors', async () => {
      const store = make();
      const writer = await store.write({ id: 'none', dimensions: 0 });
      await writer.add(
        LIBRARY,
        LIBRARY.chunks.map(() => new Float32Array(0)),
      );
      await writer.commit([]);
      const reader = (await store.open())!;
      expect(await reader.nearest([], 5)).toEqual([]);
      expect((await reader.matching(words('lending'), 5))[0]!.chunk).toBe('library#c2');
    });
  });

  describe(`${name}: records`, () => {
    it('gives back what was ingested', async () => {
      const reader = await opened([LIBRARY, HARBOUR]);
      expect((await reader.briefings()).map(({ id }) => id)).toEqual(['harbour', 'library']);
      expect(await reader.briefing('library')).toEqual(LIBRARY.briefing);
      expect(await reader.text('library')).toBe(LIBRARY.text);
      expect(await reader.text('absent')).toBeNull();
      expect(await reader.paragraphsOf('harbour')).toEqual(HARBOUR.paragraphs);
      expect(await reader.paragraphsOf('absent')).toEqual([]);
      expect(await reader.paragraph('absent#p1')).toBeNull();
      expect((await reader.paragraphs(['library#p2', 'x', 'harbour#p1', 'library#p2'])).map(({ id }) => id)).toEqual([
        'library#p2',
        'harbour#p1',
        'library#p2',
      ]);
      expect(await reader.chunksOf('harbour')).toEqual(HARBOUR.chunks);
      expect(await reader.chunksOf('absent')).toEqual([]);
      expect(await reader.abbreviations()).toEqual([{ short: 'HDP', long: 'harbour dredging plan' }]);
    });

    it('gives chunks in the order asked, each as often, and only for ids as they are written', async () => {
      const reader = await opened([LIBRARY, HARBOUR]);
      const [harbour, library] = [HARBOUR.chunks, LIBRARY.chunks];
      expect(await reader.chunks(['library#c3', 'harbour#c5', 'harbour#c1', 'library#c3'])).toEqual([
        library[2],
        harbour[4],
        harbour[0],
        library[2],
      ]);
      const wrong = ['harbour#c0', 'harbour#c6', 'harbour#c01', 'harbour#c1.0', 'harbour#c 1', 'harbour#c1e0', 'harbour#c-1', 'harbour#c'];
      expect(await reader.chunks([...wrong, 'library#c4', 'absent#c1', 'library#p1', 'library', '#c1', '', 'harbour#cNaN'])).toEqual([]);
      expect(await reader.chunks([])).toEqual([]);
      expect(harbour[3]!.parts.map(({ paragraph, lead }) => [paragraph, lead])).toEqual([
        [5, true],
        [6, false],
      ]);
    });

    it('tells chunks of briefings apart whose ids look like chunks', async () => {
      const entries = ['a', 'a#c1', 'a#c1#c1'].map((id) => briefing(id, 'T', [`text of ${id}`, 'more']));
      const reader = await opened([briefing('none', 'Nothing', []), ...entries, briefing('zero', 'Nothing', [])]);
      for (const { briefing: one, chunks } of entries) {
        expect(await reader.chunksOf(one.id)).toEqual(chunks);
        expect(await reader.chunks(chunks.map(({ id }) => id))).toEqual(chunks);
      }
      expect(await reader.chunksOf('none')).toEqual([]);
      expect(await reader.chunks(['none#c1', 'zero#c1'])).toEqual([]);
      const hits = await reader.matching(words('more'), 9);
      expect(hits.map(({ chunk }) => chunk)).toEqual(['a#c2', 'a#c1#c2', 'a#c1#c1#c2']);
    });

    it('takes any id and any text', async () => {
      const odd = ['報告-二', '__proto__', '../../etc', 'a b\u0000c', '😀\u0301', 'toString', 'תקציר'];
      const reader = await opened(odd.map((id, at) => briefing(id, `Title ${id}`, [`zebra${at} \ud83d lone \u2028 line`, '😀 e\u0301té'])));
      for (const [at, id] of odd.entries()) {
        expect((await reader.briefing(id))?.id).toBe(id);
        expect((await reader.paragraphsOf(id)).map((paragraph) => paragraph.id)).toEqual([`${id}#p1`, `${id}#p2`]);
        expect(await reader.matching(words(`zebra${at}`), 3, { briefings: [id] })).toMatchObject([{ chunk: `${id}#c1` }]);
        expect((await reader.chunks([`${id}#c2`]))[0]?.text).toBe('😀 e\u0301té');
      }
      expect(await reader.briefing('constructor')).toBeNull();
    });
  });

  describe(`${name}: matching`, () => {
    it('finds a heading through the text under it, and by itself only when there is none', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      const costs = (await reader.matching(words('costs'), 10)).map(({ chunk }) => chunk);
      expect([...costs].sort()).toEqual(['harbour#c2', 'harbour#c3', 'harbour#c4']);
      expect(costs[0]).toBe('harbour#c2');
      expect((await reader.matching(words('annexes'), 10)).map(({ chunk }) => chunk)).toEqual(['harbour#c5']);
    });

    it('finds a list item by the words that introduce the list, and text by the title of its briefing', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      expect((await reader.matching(words('aims'), 10)).map(({ chunk }) => chunk).sort()).toEqual(['harbour#c3', 'harbour#c4']);
      expect((await reader.matching(words('library'), 10)).map(({ chunk }) => chunk).sort()).toEqual([
        'library#c1',
        'library#c2',
        'library#c3',
      ]);
    });

    it('finds text by the name of its file, not by its folder or ending', async () => {
      const named = structuredClone(LIBRARY);
      named.briefing.source = 'archive/town_hall-branch.hours.txt';
      const reader = await opened([HARBOUR, named]);
      for (const word of ['town', 'hall', 'branch']) expect((await reader.matching(words(word), 10)).length).toBe(3);
      for (const word of ['archive', 'txt']) expect(await reader.matching(words(word), 10)).toEqual([]);
    });

    it('weighs terms, ignores those without weight, and adds up repeated ones', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      const [one] = await reader.matching([{ term: 'lend', weight: 1 }], 1);
      const [half] = await reader.matching([{ term: 'lend', weight: 0.5 }], 1);
      const [twice] = await reader.matching(
        [
          { term: 'lend', weight: 1 },
          { term: 'lend', weight: 1 },
        ],
        1,
      );
      expect(half!.score).toBeCloseTo(one!.score / 2, 5);
      expect(twice!.score).toBeCloseTo(one!.score * 2, 5);
      for (const weight of [0, -1, Number.NaN]) expect(await reader.matching([{ term: 'lend', weight }], 1)).toEqual([]);
    });

    it('never scores above weight * idf * (k1 + 1)', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      const query = words('dredging costs plan for the inner harbour');
      const bound = (await reader.terms(query.map(({ term }) => term))).reduce((sum, { idf }) => sum + idf * 2.2, 0);
      for (const { score } of await reader.matching(query, 20)) expect(score).toBeLessThanOrEqual(bound);
    });

    it('filters by briefing', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      const all = await reader.matching(words('plan'), 10);
      expect(new Set(all.map(({ chunk }) => chunk.split('#')[0]))).toEqual(new Set(['harbour', 'library']));
      const some = await reader.matching(words('plan'), 10, { briefings: ['library', 'absent'] });
      expect(some).toEqual(all.filter(({ chunk }) => chunk.startsWith('library')));
      expect(await reader.matching(words('plan'), 10, { briefings: [] })).toEqual([]);
      expect(await reader.matching(words('plan'), 10, {})).toEqual(all);
    });

    it('breaks ties by chunk order, whatever order briefings came in', async () => {
      const twins = ['delta', 'alpha', 'charlie', 'bravo'].map((id) =>
        briefing(id, 'Same', ['identical words here', 'identical words here']),
      );
      const reader = await opened(twins);
      const expected = ['alpha#c1', 'alpha#c2', 'bravo#c1', 'bravo#c2', 'charlie#c1', 'charlie#c2', 'delta#c1', 'delta#c2'];
      expect((await reader.matching(words('identical'), 99)).map(({ chunk }) => chunk)).toEqual(expected);
      expect((await reader.matching(words('identical'), 3)).map(({ chunk }) => chunk)).toEqual(expected.slice(0, 3));
      expect((await reader.nearest(ask('Same\nidentical words here'), 5)).map(({ chunk }) => chunk)).toEqual(expected.slice(0, 5));
    });

    it('takes any k', async () => {
      const reader = await opened([LIBRARY]);
      for (const k of [0, -5, Number.NaN]) {
        expect(await reader.matching(words('closing'), k)).toEqual([]);
        expect(await reader.nearest(ask('closing'), k)).toEqual([]);
      }
      expect((await reader.nearest(ask('closing'), 1e12)).length).toBe(3);
      expect((await reader.matching(words('library'), 1e12)).length).toBe(3);
    });

    it('tells how rare terms are', async () => {
      const reader = await opened([LIBRARY]);
      const indexed = ['library', 'lending', 'xylophone'].map((word) => terms(word)[0]!);
      const [common, rare, unknown] = await reader.terms(indexed);
      expect([common!.frequency, rare!.frequency, unknown!.frequency]).toEqual([3, 1, 0]);
      expect(rare!.idf).toBeCloseTo(Math.log(1 + 2.5 / 1.5), 10);
      expect(unknown!.idf).toBeCloseTo(Math.log(1 + 3.5 / 0.5), 10);
      expect(common!.idf).toBeGreaterThan(0);
    });
  });

  describe(`${name}: similar words`, () => {
    it('finds words by edits: nearest, then most frequent', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      expect((await reader.similarWords('harbor', 1))[0]).toMatchObject({ word: 'harbour', distance: 1 });
      expect((await reader.similarWords('dregding', 1))[0]).toMatchObject({ word: 'dredging', distance: 1 });
      expect(await reader.similarWords('opneingg', 1)).toEqual([]);
      expect((await reader.similarWords('opneingg', 2))[0]).toMatchObject({ word: 'opening', distance: 2 });
      expect((await reader.similarWords('Hárbour', 1))[0]).toMatchObject({ word: 'harbour', distance: 0 });
      expect(await reader.similarWords('3200', 2)).toEqual([]);
    });
  });

  describe(`${name}: nearest`, () => {
    it('scores every chunk by its own vector, also two that share a paragraph', async () => {
      const entry = briefing('split', 'T', ['alpha beta', 'gamma delta', 'epsilon']);
      entry.chunks[1]!.paragraphs = [1, 2];
      const reader = await opened([entry]);
      const hits = await reader.nearest(Array.from(vectorsOf(entry, DIMENSIONS)[1]!), 3);
      expect(hits[0]!.chunk).toBe('split#c2');
      expect(hits[0]!.score).toBeCloseTo(1, 6);
      expect(hits.map(({ chunk }) => chunk).sort()).toEqual(['split#c1', 'split#c2', 'split#c3']);
      for (const { score } of hits.slice(1)) expect(score).toBeLessThan(0.999);
    });

    it('scores named chunks outside the best, within the filter', async () => {
      const reader = await opened([HARBOUR, LIBRARY]);
      const query = ask('Harbour dredging plan\nDredging costs');
      const all = await reader.nearest(query, 99);
      const last = all.at(-1)!;
      const hits = await reader.nearest(query, 2, {}, [last.chunk, all[0]!.chunk, 'absent#c1']);
      expectSameHits(hits, [all[0]!, all[1]!, last]);
      expect(await reader.nearest(query, 0, {}, [last.chunk])).toMatchObject([{ chunk: last.chunk }]);
      const filtered = await reader.nearest(query, 1, { briefings: ['library'] }, ['harbour#c1']);
      expect(filtered.map(({ chunk }) => chunk.split('#')[0])).toEqual(['library']);
    });

    it('gives nothing for a vector without direction, and never finds one', async () => {
      const reader = await opened([briefing('blank', '', ['', 'some words']), LIBRARY]);
      expect(await reader.nearest(new Array(DIMENSIONS).fill(0), 5)).toEqual([]);
      const hits = await reader.nearest(ask('some words'), 99, {}, ['blank#c1']);
      expect(hits.map(({ chunk }) => chunk)).not.toContain('blank#c1');
      expect(hits.length).toBe(4);
    });

    it('refuses a query vector that does not fit', async () => {
      const reader = await opened([LIBRARY]);
      expect(await codeOf(reader.nearest([1, 0], 5))).toBe('bad_vector');
      expect(await codeOf(reader.nearest([...ask('x').slice(1), Number.NaN], 5))).toBe('bad_vector');
    });

    it('does not care about the length of the query vector', async () => {
      const reader = await opened([LIBRARY]);
      const query = ask('reading room');
      expectSameHits(
        await reader.nearest(
          query.map((value) => value * 37),
          3,
        ),
        await reader.nearest(query, 3),
      );
    });
  });

  describe(`${name}: a part of it`, () => {
    const open = briefing('menu', 'Canteen menu', ['Lentil soup on Mondays.', 'The canteen closes at three.'], 1);
    const staff = briefing('payroll', 'Payroll run', ['Salaries are paid on the last Zwickelday.', 'The canteen is subsidised.'], 1, [
      ['staff', 'board'],
    ]);
    const board = briefing(
      'merger',
      'Merger talks',
      ['Zwickelday decides the merger.', 'The canteen would move.', 'Lentil, lentil, lentil.'],
      1,
      [['board'], ['sworn']],
    );
    const shown = ({ briefing: { access: _, ...rest } }: IngestedBriefing) => rest;
    /** Everything a reader tells about some words, with scores and idf rounded to what the arithmetic of floats allows. */
    const told = async (reader: IndexReader) => {
      const rounded = (hits: Hit[]) => hits.map(({ chunk, score }) => [chunk, Number(score.toPrecision(5))]);
      const all = ['canteen', 'lentil', 'zwickelday', 'merger', 'move', 'monday'];
      const ids = ['menu', 'payroll', 'merger'];
      const found = await reader.terms(all.flatMap((word) => terms(word)));
      const { id: _, created: __, ...info } = reader.info;
      return {
        info,
        matching: await Promise.all(all.map(async (word) => rounded(await reader.matching(words(word), 9)))),
        within: await Promise.all(ids.map(async (one) => rounded(await reader.matching(words('canteen lentil'), 9, { briefings: [one] })))),
        nearest: await Promise.all(
          all.map(async (word) =>
            rounded(
              await reader.nearest(
                ask(word),
                9,
                undefined,
                ids.map((id) => `${id}#c1`),
              ),
            ),
          ),
        ),
        filtered: rounded(await reader.nearest(ask('canteen'), 9, { briefings: ['menu', 'merger'] })),
        terms: found.map(({ term, frequency, idf }) => [term, frequency, Number(idf.toPrecision(5))]),
        similar: await Promise.all(['zwickeldai', 'canteem', 'lentill', 'merged'].map((word) => reader.similarWords(word, 2))),
        briefings: await reader.briefings(),
        each: await Promise.all(
          ids.map((one) => Promise.all([reader.briefing(one), reader.text(one), reader.paragraphsOf(one), reader.chunksOf(one)])),
        ),
        paragraphs: await reader.paragraphs(ids.map((one) => `${one}#p1`)),
        paragraph: await Promise.all(ids.map((one) => reader.paragraph(`${one}#p2`))),
        chunks: await reader.chunks(ids.map((one) => `${one}#c2`)),
      };
    };
    const cases: [string, string[], IngestedBriefing[]][] = [
      ['nobody', [], [open]],
      ['somebody of no consequence', ['stuff', 'STAFF', 'staff,board', ''], [open]],
      ['staff', ['staff'], [open, staff]],
      ['the board', ['board'], [open, staff]],
      ['the sworn board', ['sworn', 'board'], [open, staff, board]],
    ];
    it.each(cases)('is for %s as if the rest were not there', async (_, groups, seen) => {
      const whole = await opened([board, open, staff]);
      const only = await opened(seen.map((entry) => ({ ...entry, briefing: shown(entry) })));
      expect(await told(whole.seenBy(groups))).toEqual(await told(only));
      // Where the statistics differ, it shows that they are of the part.
      if (seen.length < 3) expect((await told(whole)).matching).not.toEqual((await told(only)).matching);
    });

    it('is everything for who reads everything, and the same object for the same people', async () => {
      const whole = await opened([board, open, staff]);
      expect(whole.seenBy(null)).toBe(whole);
      expect((await whole.briefing('merger'))?.access).toEqual([['board'], ['sworn']]);
      expect(whole.seenBy(['staff'])).toBe(whole.seenBy(['staff', 'chess club']));
      expect(whole.seenBy(['staff']).seenBy(null)).toBe(whole.seenBy(['staff']));
      const unlabelled = await opened([open]);
      expect(unlabelled.seenBy([])).toBe(unlabelled);
      await whole.seenBy([]).close();
      expect(await whole.matching(words('merger'), 3)).not.toEqual([]);
    });

    it('hides a briefing that nobody may read', async () => {
      const whole = await opened([open, { ...staff, briefing: { ...staff.briefing, access: [[]] } }]);
      expect((await whole.seenBy(['staff', 'board', '']).briefings()).map(({ id }) => id)).toEqual(['menu']);
    });

    it('has the newest edition of those that are seen, and nothing in it is replaced by what is not', async () => {
      const edition = (id: string, date: string, newest: boolean, access?: string[][]): IngestedBriefing => {
        const entry = briefing(id, 'Tariffs', [`The tariff of ${date} is high.`, 'It holds for a year.'], 1, access);
        const chunks = entry.chunks.map((chunk) => ({ ...chunk, superseded: !newest }));
        const { edition: known } = entry.briefing;
        return { ...entry, chunks, briefing: { ...entry.briefing, series: 'tariffs', newest, edition: { ...known, date } } };
      };
      const reader = await opened([
        edition('t-2022', '2022', false),
        edition('t-2024', '2024', false),
        edition('t-2026', '2026', true, [['staff']]),
      ]);
      const inForce = async (one: IndexReader) => (await one.briefings()).filter(({ newest }) => newest).map(({ id }) => id);
      expect(await inForce(reader)).toEqual(['t-2026']);
      expect(await inForce(reader.seenBy(['staff']))).toEqual(['t-2026']);
      expect(await inForce(reader.seenBy([]))).toEqual(['t-2024']);
      expect((await reader.seenBy([]).briefing('t-2024'))?.newest).toBe(true);
      expect((await reader.seenBy([]).chunksOf('t-2024')).map(({ superseded }) => superseded)).toEqual([false, false]);
      expect((await reader.seenBy([]).chunks(['t-2022#c1']))[0]?.superseded).toBe(false);
      expect((await reader.seenBy(['staff']).chunks(['t-2022#c1']))[0]?.superseded).toBe(true);
    });

    it('knows the abbreviations of what is seen', async () => {
      const store = make();
      const writer = await store.write(EMBEDDER);
      for (const entry of [open, staff, board]) await writer.add(entry, vectorsOf(entry, DIMENSIONS));
      await writer.commit([
        { short: 'CM', long: 'Canteen Menu' },
        { short: 'CM', long: 'Canteen Menu', access: [['staff', 'board']] },
        { short: 'MT', long: 'Merger Talks', access: [['board'], ['sworn']] },
        { short: 'PR', long: 'Payroll Run', access: [['staff', 'board']], implied: true },
      ]);
      const reader = (await store.open())!;
      const of = async (groups: string[]) => (await reader.seenBy(groups).abbreviations()).map(({ short, access }) => [short, access]);
      expect(await of([])).toEqual([['CM', undefined]]);
      expect(await of(['staff'])).toEqual([
        ['CM', undefined],
        ['PR', undefined],
      ]);
      expect((await reader.abbreviations()).length).toBe(4);
    });
  });

  describe(`${name}: against the oracle`, () => {
    it('agrees on any texts, questions and filters', async () => {
      const word = fc.constantFrom(
        'harbour',
        'plan',
        'costs',
        'été',
        '公',
        '約',
        'שלום',
        '😀',
        '1,000',
        'ﬁne',
        'of',
        'Plan',
        'e\u0301',
        'ratified',
      );
      const text = fc
        .array(fc.oneof({ weight: 5, arbitrary: word }, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
        .map((list) => list.join(' '));
      const access = fc.constantFrom<string[][] | undefined>(undefined, undefined, [['a']], [['a', 'b']], [['a'], ['b']], [[]]);
      const corpus = fc.uniqueArray(
        fc.tuple(
          fc.string({ minLength: 1, maxLength: 4 }),
          text,
          fc.array(text, { minLength: 1, maxLength: 5 }),
          fc.integer({ min: 1, max: 3 }),
          access,
        ),
        {
          selector: ([id]) => id,
          maxLength: 4,
        },
      );
      await fc.assert(
        fc.asyncProperty(corpus, text, fc.integer({ min: 1, max: 12 }), async (given, question, k) => {
          const entries = given.map(([id, title, lines, perChunk, labels]) => briefing(id, title, lines, perChunk, labels));
          const oracle = createMemoryStore();
          await publish(oracle, entries);
          const all = (await oracle.open())!;
          const mine = await opened(entries);
          const filters = [undefined, { briefings: given.slice(0, 1).map(([id]) => id) }];
          for (const groups of [null, [], ['a'], ['a', 'b']]) {
            const [actual, expected] = [mine.seenBy(groups), all.seenBy(groups)];
            for (const filter of filters) {
              expectSameHits(await actual.matching(words(question), k, filter), await expected.matching(words(question), k, filter));
              expectSameHits(await actual.nearest(ask(question), k, filter), await expected.nearest(ask(question), k, filter));
              if (actual.both) {
                const { lexical, semantic } = await actual.both(words(question), ask(question), k, filter);
                expectSameHits(lexical, await expected.matching(words(question), k, filter));
                const also = lexical.map(({ chunk }) => chunk);
                expectSameHits(semantic, await expected.nearest(ask(question), k, filter, also));
              }
            }
            expect(await actual.terms(terms(question))).toEqual(await expected.terms(terms(question)));
            for (const one of question.split(' ').slice(0, 3))
              expect(await actual.similarWords(one, 2)).toEqual(await expected.similarWords(one, 2));
            expect(await actual.briefings()).toEqual(await expected.briefings());
          }
          for (const { briefing: one, chunks } of entries) expect(await mine.chunksOf(one.id)).toEqual(chunks);
        }),
        { numRuns: 25 },
      );
    });

    it('agrees on a larger collection', async () => {
      const entries = synthetic(6, 20);
      const oracle = createMemoryStore();
      await publish(oracle, entries);
      const expected = (await oracle.open())!;
      const actual = await opened(entries);
      for (const entry of entries) {
        const question = entry.paragraphs[7]!.text.split(' ').slice(0, 9).join(' ');
        expectSameHits(await actual.matching(words(question), 10), await expected.matching(words(question), 10));
        expectSameHits(await actual.nearest(ask(question), 10), await expected.nearest(ask(question), 10));
        for (const one of question.split(' ')) {
          const typo = one.slice(1);
          expect(await actual.similarWords(typo, 2)).toEqual(await expected.similarWords(typo, 2));
        }
      }
    });
  });

  if (reopen) {
    it(`${name}: gives the same answers when opened again`, async () => {
      const store = make();
      const id = await publish(store, [HARBOUR, LIBRARY]);
      const first = (await store.open())!;
      const again = reopen(store);
      expect(await again.current()).toBe(id);
      const second = (await again.open())!;
      expect(second.info).toEqual(first.info);
      expect(await second.matching(words('dredging plan'), 9)).toEqual(await first.matching(words('dredging plan'), 9));
      expect(await second.nearest(ask('dredging plan'), 9)).toEqual(await first.nearest(ask('dredging plan'), 9));
      expect(await second.paragraphsOf('harbour')).toEqual(HARBOUR.paragraphs);
      expect(await second.chunksOf('harbour')).toEqual(HARBOUR.chunks);
      expect(await second.text('harbour')).toBe(HARBOUR.text);
    });
  }
}
