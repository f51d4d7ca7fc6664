import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { closeAll } from './fixtures/closing.ts';

const ROOT = process.cwd();
/** Where `scripts/cost.mjs` wants to know what each file took. */
const COST = process.env.PILCROW_TEST_COST;

/** After each file, since the next one may run in the same process: nothing stays open, and clock, settings and environment are the real ones. */
afterAll(async () => {
  await closeAll();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetConfig();
  if (COST) noteCost(COST);
});

/** Seconds of CPU of this process so far, and of those it started and saw end: fields 14 to 17 of proc(5), in hundredths. */
function noteCost(file: string): void {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const seconds = (at: number) => (Number(fields[at - 3]) + Number(fields[at - 2])) / 100;
  const test = relative(ROOT, expect.getState().testPath ?? '');
  appendFileSync(file, `${JSON.stringify({ pid: process.pid, file: test, own: seconds(14), started: seconds(16) })}\n`);
}
