import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import { embedderContract } from '../contracts/embedder.ts';

embedderContract('static embedder', () => createStaticEmbedder());

const MODEL = fileURLToPath(new URL('../../models/static-en/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  text: string;
  /** First 16 values. */
  first: number[];
  /** Sum of value * cos(column + 1) over all columns, counted from 0. */
  check: number;
}

/** A model small enough to compute by hand. Rows are words then buckets; values are `scale * code`. */
function tinyModel(
  header: Record<string, unknown> = {},
  words = ['sea', 'tide'],
  rowBytes = [1, 255, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0],
): Uint8Array {
  const list = new TextEncoder().encode(words.join('\n').padEnd(8));
  const fields = {
    format: 'pilcrow-static-1',
    vocab: 2,
    buckets: 1,
    dims: 4,
    bits: 8,
    ngramMin: 3,
    ngramMax: 3,
    tfPower: 0.5,
    vocabBytes: 8,
    ...header,
  };
  let json = JSON.stringify(fields);
  while ((8 + json.length) % 4 !== 0) json += ' ';
  const head = Buffer.alloc(8);
  head.write('PSE1');
  head.writeUInt32LE(json.length, 4);
  const scales = Buffer.from(Float32Array.of(1, 0.5, 2).buffer);
  return Buffer.concat([head, Buffer.from(json), list, scales, Buffer.from(rowBytes)]);
}

const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  expect(isPilcrowError(error)).toBe(true);
  expect(error.code).toBe('bad_config');
  expect(error.hint).toBeTruthy();
  return error.message;
};

describe('static embedder', () => {
  it('computes what the model was trained with, on texts of every kind', async () => {
    const rows = JSON.parse(readFileSync(new URL('../fixtures/static-en-vectors.json', import.meta.url), 'utf8')) as Row[];
    const { embed } = await createStaticEmbedder();
    expect(rows.length).toBeGreaterThan(300);
    const huge = Array.from({ length: 200_000 }, (_, i) => ['river', 'budget', `qz${i % 977}`, '1,000'][i % 4]).join(' ');
    for (const { text, first, check } of rows) {
      const vector = embed(text === '@huge' ? huge : text);
      first.forEach((value, at) => {
        expect(Math.abs(vector[at]! - value), text).toBeLessThan(1e-6);
      });
      expect(Math.abs(vector.reduce((sum, value, at) => sum + value * Math.cos(at + 1), 0) - check), text).toBeLessThan(2e-6);
    }
  });

  it('gives the same numbers in every way of asking', async () => {
    const embedder = await createStaticEmbedder();
    expect(embedder.id).toBe('static-en-1');
    const typed = Array.from(embedder.embed('a bridge over the river'));
    expect(await embedder.embedQuery('a bridge over the river')).toEqual(typed);
    expect(await embedder.embedDocuments(['a bridge over the river'])).toEqual([typed]);
  });

  it('adds rows by hand: counts, unknown words, unit length', async () => {
    const { embed, dimensions, id } = await createStaticEmbedder({ buffer: tinyModel() });
    expect(dimensions).toBe(4);
    expect(id).toMatch(/^static-[0-9a-f]{12}$/);
    // sea = (1, -1, 0, 0); tide = 0.5 * (0, 2, 0, 0); the only bucket = 2 * (0, 0, 3, 0).
    expect(Array.from(embed('Sea!'))).toEqual([Math.fround(Math.SQRT1_2), Math.fround(-Math.SQRT1_2), 0, 0]);
    expect(Array.from(embed('tide sea'))).toEqual([1, 0, 0, 0]);
    const four = embed('tide tide tide tide sea');
    expect(four[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(four[1]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(Array.from(embed('unknown'))).toEqual([0, 0, 1, 0]);
    const mixed = embed('sea gull');
    expect(mixed[2]! / mixed[0]!).toBeCloseTo(12, 4);
    expect(Array.from(embed('?'))).toEqual([0, 0, 0, 0]);
  });

  it('reads rows of 4 and 2 bits', async () => {
    const four = await createStaticEmbedder({ buffer: tinyModel({ bits: 4 }, ['sea', 'tide'], [0x79, 0x88, 0x88, 0x88, 0x88, 0x88]) });
    // Low nibble first: 9 - 8 = 1, 7 - 8 = -1.
    expect(four.embed('sea')[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(four.embed('sea')[1]).toBeCloseTo(-Math.SQRT1_2, 6);
    const two = await createStaticEmbedder({ buffer: tinyModel({ bits: 2 }, ['sea', 'tide'], [0b11100100, 0, 0]) });
    const vector = two.embed('sea');
    expect(vector[3]! / vector[2]!).toBeCloseTo(1.51 / 0.4528, 4);
    expect(vector[0]).toBeCloseTo(-vector[3]!, 6);
    expect(vector[1]).toBeCloseTo(-vector[2]!, 6);
  });

  it('compares rows with words as their vectors do, whatever the width of a row', async () => {
    const unit = [...Array(4)].map(() => 0.5);
    const models = [
      { embedder: await createStaticEmbedder(), columns: 64, words: ['river', 'budget', 'minister', 'seven', 'bridge', 'tax'] },
      { embedder: await createStaticEmbedder({ buffer: tinyModel() }), columns: 4, words: ['sea', 'tide'] },
      ...[
        { bits: 4, rows: [0x79, 0x83, 0x88, 0xf8, 0x88, 0x88] },
        { bits: 2, rows: [0b11100100, 0b00011011, 0] },
      ].map(({ bits, rows }) => ({ bits, rows, columns: 4, words: ['sea', 'tide'] })),
    ];
    for (const one of models) {
      const { columns, words } = one;
      const embedder =
        'embedder' in one ? one.embedder : await createStaticEmbedder({ buffer: tinyModel({ bits: one.bits }, words, one.rows) });
      const asked = [
        ...words.map((word) => embedder.embed(word, columns)),
        null,
        Float32Array.from({ length: columns }, (_, at) => unit[at] ?? 0),
      ];
      const into = new Float64Array(8);
      const compare = embedder.compare(asked);
      for (const word of words) {
        const { rows } = embedder.rowsOf(word);
        expect(rows).toHaveLength(1);
        compare(rows[0]!, into);
        const own = embedder.embed(word, columns);
        asked.forEach((vector, at) => {
          const cosine = vector ? own.reduce((sum, value, column) => sum + value * vector[column]!, 0) : 0;
          expect(into[at], `${word} ${at}`).toBeCloseTo(cosine, 6);
        });
        expect(into[words.indexOf(word)]).toBeCloseTo(1, 6);
      }
    }
  });

  it('says what is wrong with a file', async () => {
    const good = tinyModel();
    expect(await refusal(createStaticEmbedder({ buffer: Buffer.from('PK\u0003\u0004 something else') }))).toContain('magic');
    for (const cut of [0, 3, 7, 20, good.length - 1])
      expect(await refusal(createStaticEmbedder({ buffer: good.subarray(0, cut) }))).toContain('truncated');
    expect(await refusal(createStaticEmbedder({ buffer: Buffer.concat([good, Buffer.alloc(4)]) }))).toContain('add up');
    for (const lie of [{ vocab: 3 }, { vocab: 1 }, { buckets: 2 }, { dims: 8 }, { vocabBytes: 4 }])
      await refusal(createStaticEmbedder({ buffer: tinyModel(lie) }));
    expect(await refusal(createStaticEmbedder({ buffer: tinyModel({}, ['sea']) }))).toContain('vocabulary');
    for (const wrong of [
      { format: 'x' },
      { bits: 3 },
      { bits: '2' },
      { dims: 2 },
      { dims: 6 },
      { dims: 1e9 },
      { vocab: -1 },
      { ngramMax: 2 },
      { ngramMin: 0 },
      { tfPower: null },
    ]) {
      expect(await refusal(createStaticEmbedder({ buffer: tinyModel(wrong) }))).toContain(
        'header has a wrong'.slice(0, wrong.format ? 0 : undefined),
      );
    }
    await refusal(createStaticEmbedder({ path: join(folder, 'absent.pse') }));
  });

  it('survives any damage to a header', async () => {
    const good = tinyModel();
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, value) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = value;
        try {
          const vector = (await createStaticEmbedder({ buffer: bytes })).embed('sea tide unknown');
          expect(vector.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(isPilcrowError(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a model file that is not the one its manifest names', async () => {
    const path = join(folder, 'static-en.pse');
    const bytes = readFileSync(join(MODEL, 'static-en.pse'));
    writeFileSync(join(folder, 'manifest.json'), readFileSync(join(MODEL, 'manifest.json')));
    writeFileSync(path, bytes);
    expect((await createStaticEmbedder({ path })).id).toBe('static-en-1');
    bytes[bytes.length - 5]! ^= 1;
    writeFileSync(path, bytes);
    expect(await refusal(createStaticEmbedder({ path }))).toContain('SHA-256');
    rmSync(join(folder, 'manifest.json'));
    expect((await createStaticEmbedder({ path })).id).not.toBe('static-en-1');
    expect(await refusal(createStaticEmbedder({ path, sha256: '0'.repeat(64) }))).toContain('SHA-256');
  });

  it('ships a manifest that tells the truth about the file', () => {
    const manifest = JSON.parse(readFileSync(join(MODEL, 'manifest.json'), 'utf8'));
    expect(manifest.bytes).toBe(readFileSync(join(MODEL, manifest.file)).length);
    expect(manifest.sources.length).toBeGreaterThan(20);
    const notice = readFileSync(join(MODEL, 'NOTICE'), 'utf8');
    const card = readFileSync(join(MODEL, 'README.md'), 'utf8');
    for (const { repository, licence } of manifest.sources) {
      expect(notice).toContain(repository);
      expect(card).toContain(repository);
      expect(licence).toBeTruthy();
    }
  });
});
