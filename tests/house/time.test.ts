import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What measures time, or lets some of it pass. */
const CLOCKS: [what: string, pattern: RegExp][] = [
  [
    'measures time',
    /performance\.now\(|process\.(?:hrtime|cpuUsage|resourceUsage)|Date\.now\(\) - [a-z]|monitorEventLoopDelay\(|console\.time/,
  ],
  ['lets time pass', /\bsetTimeout\(|waitForTimeout\(|timers\/promises/],
  ['has a limit of its own for what takes time', /\.toBeLessThan(?:OrEqual)?\([^)]*(?:seconds|milliseconds|elapsed)/i],
  ['hurries what it waits for', /(?:vi\.waitFor|expect\.poll)\([^;]*timeout: (?:\d{1,4}|[1-5]?\d_\d{3})\b/],
];

/** Where that is what is meant, and why no busy machine makes it fail. */
const MEANT: Record<string, string> = {
  'tests/cli/watchdog.test.ts': 'nothing happens in the time in which a blocked service would be ended twice over',
  'tests/adapters/hnsw-store-crash.test.ts': 'kills a writer at any moment, early or late: every one is right',
  'tests/fixtures/crash.ts': 'kills an ingest at any moment, early or late: every one is right',
  'tests/fixtures/pool-worker.mjs': 'plays a thread that is busy',
  'tests/adapters/openai-retry.test.ts': 'its clock is the one it moves on itself',
  'tests/fixtures/model-server.ts': 'plays a model that is slow; nothing is expected to be quicker',
  'tests/adapters/langchain.test.ts': 'plays a model that is slow; nothing is expected to be quicker',
};

/**
 * A test that looks at a clock fails on a busy machine and proves little on an idle one. Count instead: calls, events, what expressions
 * go through (`fixtures/characters-read.ts`); move the clock on (`fixtures/clock.ts`, `vi.useFakeTimers`); hold work up and let it go, or
 * look until it holds (`fixtures/held.ts`).
 */
it('no test looks at a clock, and none sleeps', () => {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .map((file) => join('tests', file).replaceAll('\\', '/'))
    .filter((file) => /\.(?:ts|mjs)$/.test(file));
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return CLOCKS.filter(([, pattern]) => pattern.test(text)).map(([what]) => ({ file, what }));
  });
  expect(found.filter(({ file }) => !(file in MEANT)).map(({ file, what }) => `${file} ${what}`)).toEqual([]);
  // A reason that is no longer needed is not kept.
  expect(Object.keys(MEANT).filter((file) => !found.some((one) => one.file === file))).toEqual([]);
});
