import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildHnsw, hnswAvailable, loadHnsw } from '../../src/adapters/hnsw.ts';
import { checkHnswFile } from '../../src/adapters/hnsw-check.ts';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createVectorSearch } from '../../src/adapters/vectors.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing, letterVector, random, synthetic, vectorsOf } from '../contracts/corpus.ts';
import { expectSameHits, publish } from '../contracts/index-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-hnsw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DIMENSIONS = 8;
const next = random(21);
const COUNT = 400;
const vectors = Float32Array.from({ length: COUNT * DIMENSIONS }, (_, at) => (Math.floor(at / DIMENSIONS) % 97 === 0 ? 0 : next() - 0.5));
const { unit } = createVectorSearch({ vectors, dimensions: DIMENSIONS, briefings: Uint32Array.of(0, COUNT) });
/** Label n stands for chunk n. */
const PLACES = Uint32Array.from({ length: COUNT }, (_, label) => (label % 97 === 0 ? 0 : label + 1));
const missing = () => Promise.reject(new Error("Cannot find module 'hnswlib-node'\nRequire stack: …"));

/** Briefings of plain English words; each keeps to two or three subjects, as briefings do. */
function topical(briefings: number, paragraphs: number) {
  const draw = random(9);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;
  const subjects = SUBJECTS.map((line) => line.split(' '));
  return Array.from({ length: briefings }, (_, index) => {
    const own = [pick(subjects), pick(subjects), pick(subjects)];
    const line = () => Array.from({ length: 12 + Math.floor(draw() * 30) }, () => pick(pick(draw() < 0.8 ? own : subjects))).join(' ');
    return briefing(`topic-${index}`, 'Topics', Array.from({ length: paragraphs }, line));
  });
}

const SUBJECTS = [
  'harbour ship vessel cargo dock port sailor anchor crane container tide pilot',
  'teacher school pupil lesson classroom exam curriculum university student grade homework library',
  'hospital nurse doctor patient surgery vaccine clinic disease medicine symptom treatment ward',
  'budget tax revenue deficit spending treasury loan interest debt inflation bank currency',
  'forest tree timber wildfire deer soil moss river lake mountain bird valley',
  'court judge lawyer trial verdict appeal statute evidence witness prison crime jury',
  'railway train station ticket signal track platform tunnel locomotive passenger freight bridge',
  'wheat harvest farmer tractor irrigation crop cattle milk barley orchard seed fertiliser',
  'election vote party minister parliament candidate coalition campaign poll senate mayor council',
  'engine turbine voltage battery solar reactor grid fuel coal pipeline electricity generator',
  'painting sculpture museum gallery opera violin theatre novel poet orchestra dance film',
  'worker union wage strike pension employer contract overtime factory apprentice safety dismissal',
];

describe('graph', () => {
  it('finds the nearest, leaves out vectors without direction, takes any count', async () => {
    const graph = await buildHnsw(COUNT, DIMENSIONS, unit);
    const query = unit(5)!;
    expect(graph.search(query, 1)).toEqual([5]);
    const all = graph.search(query, 10_000);
    expect(all.length).toBe(COUNT - Math.ceil(COUNT / 97));
    expect(all).not.toContain(97);
    expect(graph.search(query, 0)).toEqual([]);
  });

  it('finds none but those that may be found, and as many as are asked for', async () => {
    const graph = await buildHnsw(COUNT, DIMENSIONS, unit);
    const even = (label: number) => label % 2 === 0;
    const found = graph.search(unit(5)!, 30, { allows: even, look: 120 });
    expect(found.length).toBe(30);
    expect(found.every(even)).toBe(true);
  });

  it('is the same after saving and loading, and when built twice', async () => {
    const path = join(folder, 'graph.bin');
    const graph = await buildHnsw(COUNT, DIMENSIONS, unit);
    await graph.save(path);
    const bytes = readFileSync(path);
    const loaded = await loadHnsw(path, bytes, PLACES, DIMENSIONS);
    for (const label of [1, 50, 399]) expect(loaded.search(unit(label)!, 7)).toEqual(graph.search(unit(label)!, 7));
    await (await buildHnsw(COUNT, DIMENSIONS, unit)).save(path);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('refuses files that would lead native code astray', async () => {
    const path = join(folder, 'damaged.bin');
    await (await buildHnsw(COUNT, DIMENSIONS, unit)).save(path);
    const good = readFileSync(path);
    expect(checkHnswFile(good, PLACES, DIMENSIONS)).toEqual({ nodes: COUNT - 5, dead: 0 });
    expect(() => checkHnswFile(good, PLACES.subarray(0, -1), DIMENSIONS)).toThrow();
    expect(() => checkHnswFile(good, PLACES, DIMENSIONS + 1)).toThrow();
    // A chunk that has no node, and a node that is not deleted and has no chunk.
    expect(() => checkHnswFile(good, PLACES.with(0, 1), DIMENSIONS)).toThrow();
    expect(() => checkHnswFile(good, PLACES.with(1, 0), DIMENSIONS)).toThrow();
    for (const cut of [0, 10, 95, 96, 5000, good.length - 1])
      expect(() => checkHnswFile(good.subarray(0, cut), PLACES, DIMENSIONS)).toThrow();
    expect(() => checkHnswFile(Buffer.concat([good, Buffer.alloc(4)]), PLACES, DIMENSIONS)).toThrow();
    // What passes the check is searched by native code: this process must survive every case.
    for (let round = 0; round < 1500; round++) {
      const bytes = Buffer.from(good);
      const at = round % 2 === 0 ? Math.floor(next() * 96) : Math.floor(next() * good.length);
      bytes[at] = Math.floor(next() * 256);
      try {
        checkHnswFile(bytes, PLACES, DIMENSIONS);
      } catch {
        continue;
      }
      if (round % 10 !== 0) continue;
      writeFileSync(path, bytes);
      const graph = await loadHnsw(path, bytes, PLACES, DIMENSIONS);
      expect(graph.search(unit(3)!, 20).length).toBeLessThanOrEqual(20);
    }
  });

  it('stops building when told to', async () => {
    const stop = new AbortController();
    const building = buildHnsw(COUNT, DIMENSIONS, unit, undefined, { signal: stop.signal });
    stop.abort();
    await expect(building).rejects.toThrow();
  });

  it('says whether the native module works', async () => {
    expect(await hnswAvailable()).toEqual({ available: true, reason: null });
    expect(await hnswAvailable(missing)).toEqual({ available: false, reason: "Cannot find module 'hnswlib-node'" });
    expect((await hnswAvailable(async () => ({}))).available).toBe(false);
  });
});

describe('hnsw store', () => {
  it('answers the same without the native module', async () => {
    const corpus = synthetic(3, 8);
    const directory = join(folder, 'without');
    const store = createHnswStore({ directory, native: missing, scanUpTo: 0 });
    await publish(store, corpus);
    const reader = (await store.open())!;
    await store.settled();
    const other = createHnswStore({ directory: join(folder, 'with') });
    await publish(other, corpus);
    const query = Array.from(letterVector('bababa lori', 16));
    expect(await reader.nearest(query, 9)).toEqual(await (await other.open())!.nearest(query, 9));
    // A machine that has it builds the missing graph and keeps it.
    const later = createHnswStore({ directory, scanUpTo: 0 });
    await (await later.open())!.close();
    const again = createHnswStore({ directory, scanUpTo: 0 });
    await again.open();
    await again.settled();
    expect(readFileSync(join(directory, 'snapshots', (await again.current())!, 'hnsw.bin')).length).toBeGreaterThan(96);
  });

  it('finds through the graph what a scan finds: recall@10 of .98 or more, exact scores, filters and names kept', {
    timeout: 60_000,
  }, async () => {
    const embedder = await createStaticEmbedder();
    const corpus = topical(60, 20);
    const directory = join(folder, 'recall');
    const scan = createHnswStore({ directory, scanUpTo: Number.POSITIVE_INFINITY });
    const graph = createHnswStore({ directory, scanUpTo: 100 });
    const writer = await scan.write(embedder);
    for (const entry of corpus)
      await writer.add(
        entry,
        entry.chunks.map((chunk) => embedder.embed(chunk.text)),
      );
    await writer.commit([]);
    const truth = (await scan.open())!;
    // A snapshot written for a scan has no graph: it is built beside the answers.
    await graph.open();
    await graph.settled();
    const walked = (await graph.open())!;
    const half = { briefings: corpus.filter((_, at) => at % 2 === 0).map((entry) => entry.briefing.id) };
    const few = { briefings: [corpus[3]!.briefing.id] };
    let [same, total] = [0, 0];
    for (const entry of corpus) {
      const query = Array.from(embedder.embed(entry.paragraphs[4]!.text.split(' ').slice(3, 12).join(' ')));
      for (const filter of [undefined, half]) {
        const expected = await truth.nearest(query, 10, filter);
        const scores = new Map((await truth.nearest(query, 99_999, filter)).map(({ chunk, score }) => [chunk, score]));
        const hits = await walked.nearest(query, 10, filter);
        expect(hits.length).toBe(10);
        for (const hit of hits) expect(hit.score).toBe(scores.get(hit.chunk));
        same += hits.filter(({ score }) => score >= expected[9]!.score).length;
        total += 10;
      }
      expect(await walked.nearest(query, 10, few)).toEqual(await truth.nearest(query, 10, few));
      const last = (await truth.nearest(query, 1200)).at(-1)!;
      expect(await walked.nearest(query, 10, {}, [last.chunk])).toContainEqual(last);
      expectSameHits(await walked.nearest(query, 1200), await truth.nearest(query, 1200));
    }
    expect(same / total).toBeGreaterThanOrEqual(0.98);
  });

  it('keeps the event loop turning while it builds', async () => {
    const corpus = [
      briefing(
        'long',
        'Long',
        Array.from({ length: 1500 }, (_, at) => `line ${at} ${'lorem '.repeat(at % 7)}`),
      ),
    ];
    const store = createHnswStore({ directory: join(folder, 'loop'), scanUpTo: 0 });
    const writer = await store.write({ id: 'letters-1', dimensions: 16 });
    await writer.add(corpus[0]!, vectorsOf(corpus[0]!, 16));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await writer.commit([]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
    expect(
      (
        await (await store.open())!.matching(
          terms('lorem').map((term) => ({ term, weight: 1 })),
          3,
        )
      ).length,
    ).toBe(3);
  });
});
