import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { briefing, random, vectorsOf } from '../contracts/corpus.ts';

const SCRIPT = fileURLToPath(new URL('../fixtures/commit-in-a-loop.ts', import.meta.url));
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** One file that starts quickly: twenty starts through a TypeScript loader would take half a minute. */
function bundle(folder: string): string {
  const outfile = join(folder, 'commit-in-a-loop.cjs');
  const define = { 'import.meta.url': '""' };
  buildSync({
    entryPoints: [SCRIPT],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['hnswlib-node'],
    define,
    logLevel: 'error',
  });
  return outfile;
}

/** Runs the writer and kills it some milliseconds after its first commit; resolves to the last generation it reported. */
function killAfter(script: string, directory: string, from: number, delay: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory, String(from)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_PATH: MODULES },
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.stdout.on('data', (data) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), delay);
      output += data;
    });
    // Not 'exit': what was written before may still be on its way then.
    child.on('close', (_, signal) => {
      const reported = output.trim().split('\n').map(Number);
      if (signal === 'SIGKILL') resolve(reported.at(-1) as number);
      else reject(new Error(errors));
    });
  });
}

it('opens with one complete snapshot after every kill of its writer', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-crash-'));
  const script = bundle(folder);
  const directory = join(folder, 'index');
  const next = random(11);
  try {
    let generation = 0;
    for (let kill = 0; kill < 20; kill++) {
      const reported = await killAfter(script, directory, generation, next() * 60);
      const reader = (await createHnswStore({ directory }).open())!;
      const found = Number((await reader.abbreviations())[0]!.long.replace('generation', ''));
      // What was reported is durable; one more may have been published without being reported.
      expect([reported, reported + 1]).toContain(found);
      for (const id of ['one', 'two', 'three']) {
        expect((await reader.briefing(id))!.title).toBe(`Generation ${found}`);
        expect((await reader.paragraphsOf(id)).map(({ text }) => text)).toEqual([
          `${id} generation${found}`,
          `${id} of generation${found}`,
        ]);
      }
      expect((await reader.matching([{ term: `generation${found}`, weight: 1 }], 9)).length).toBe(6);
      expect((await reader.nearest(new Array(16).fill(1), 9)).length).toBe(6);
      await reader.close();
      generation = found + 1;
    }
    // The lock of the dead writer is taken over, and what it left behind is gone.
    const writer = await createHnswStore({ directory }).write({ id: 'letters-1', dimensions: 16 });
    const entry = briefing('last', 'Last', ['the end']);
    await writer.add(entry, vectorsOf(entry, 16));
    await writer.commit([]);
    expect(readdirSync(join(directory, 'snapshots')).length).toBe(2);
    expect(readdirSync(directory).sort()).toEqual(['current', 'snapshots']);
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
