import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { type IngestSummary, ingest } from '../../src/ingest/ingest.ts';
import { isolatedReader } from '../../src/ingest/isolated.ts';
import { charactersRead } from '../fixtures/characters-read.ts';
import { eventually } from '../fixtures/held.ts';
import { writeHostile } from '../fixtures/hostile.ts';

let base: string;
let summary: IngestSummary;
let readHere: number;
let names: string[];
const embedder = {
  id: 'one-1',
  dimensions: 1,
  embedDocuments: async (texts: string[]) => texts.map(() => [1]),
  embedQuery: async () => [1],
};

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'pilcrow-hostile-'));
  const folder = path.join(base, 'corpus');
  names = writeHostile(folder);
  const reader = isolatedReader({ module: path.resolve('dist/ingest/read.child.js'), milliseconds: 20_000, megabytes: 512 });
  try {
    readHere = await charactersRead(async () => {
      summary = await ingest({ folder, store: createMemoryStore(), embedder, reader });
    });
  } finally {
    await reader.close();
  }
}, 240_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('files made to do harm', () => {
  it('are named, each with a reason and what to do, and the others are published', () => {
    const named = new Set(summary.problems.map(({ file }) => file));
    const read = new Set(summary.editions.map(({ id }) => id));
    expect(read).toEqual(new Set(['good', 'yaml']));
    for (const name of names) if (name !== 'good.md') expect(named).toContain(name);
    for (const { message, hint } of summary.problems) {
      expect(message).not.toMatch(/undefined(?! entity)|\[object|at .*\.js:/);
      expect(hint.length).toBeGreaterThan(0);
    }
  });

  it('say what they are', () => {
    const why = (name: string) => summary.problems.find(({ file }) => file === name)?.message ?? '';
    expect(why('bomb.docx')).toContain('more than any document needs');
    expect(why('parts.docx')).toContain('parts');
    expect(why('protected.docx')).toContain('password');
    expect(why('line.txt')).toContain('20 MB');
    expect(why('link.txt')).toContain('link');
    expect(why('yaml.md')).toContain('front matter');
  });

  it('do not hold up the process that reads them', () => {
    // What they hold, 50 MB, is gone through in the process that reads; here it is only handed over.
    expect(readHere).toBeLessThan(100_000);
  });
});

it('do not go on being read when whoever had them read was killed', { timeout: 120_000 }, async () => {
  const file = path.join(base, 'corpus', 'stream.pdf');
  const parent = spawn(process.execPath, [
    '-e',
    `const child = require('node:child_process').fork(${JSON.stringify(path.resolve('dist/ingest/read.child.js'))}, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
     child.send({ id: 1, name: 'stream.pdf', bytes: require('node:fs').readFileSync(${JSON.stringify(file)}), now: 0 }, () => console.log(child.pid));`,
  ]);
  const reader = Number(await new Promise((told) => parent.stdout.once('data', told)));
  const closed = new Promise((done) => parent.once('close', done));
  parent.kill('SIGKILL');
  await closed;
  await eventually(() => expect(() => process.kill(reader, 0)).toThrow('ESRCH'));
});
