import { defineConfig } from 'vitest/config';

const settings = {
  setupFiles: ['tests/setup.ts'],
  pool: 'forks' as const,
  maxWorkers: 2,
  // Against what never ends: no test measures time, and a busy machine may take ten times as long.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 250_000 } },
  // A developer's own settings do not change what the tests see; a database is for the tests of its store alone.
  env: { NO_COLOR: '1', PILCROW_LOG: 'warn', DATABASE_URL: '', TEST_DATABASE_URL: process.env.DATABASE_URL ?? '' },
};
/** The package as it is installed, with its declarations. */
const PACKAGE = ['tests/package.test.ts', 'tests/vitest/example.test.ts'];
const BROWSER = ['tests/browser/**/*.test.ts', 'tests/eval/report.test.ts', 'tests/journeys/answer.test.ts'];
/** Rooms whose tests leave nothing behind in their process; `tests/setup.ts` puts right what a file changed. */
const SHARED = [
  'tests/{adapters,ask,cli,core,editions,eval,http,ingest,journeys,mcp,widget}/**/*.test.ts',
  'tests/security/{oidc,who-reads-what}.test.ts',
  'tests/config.test.ts',
];

/**
 * Groups, one after the other. Where files share a process (`isolate: false`) the service is loaded into it once: that takes longer than the
 * tests of most files do. All files of the browser group share one Chromium a process as well.
 */
export default defineConfig({
  test: {
    // The tests of pages, commands and journeys run what the build made.
    globalSetup: ['tests/build.ts'],
    projects: [
      { test: { ...settings, name: 'package', include: PACKAGE, globalSetup: ['tests/types.ts'], sequence: { groupOrder: 0 } } },
      { test: { ...settings, name: 'browser', include: BROWSER, isolate: false, sequence: { groupOrder: 1 } } },
      { test: { ...settings, name: 'shared', include: SHARED, exclude: BROWSER, isolate: false, sequence: { groupOrder: 2 } } },
      {
        test: {
          ...settings,
          name: 'alone',
          include: ['tests/**/*.test.ts'],
          exclude: [...PACKAGE, ...BROWSER, ...SHARED],
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
