import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // The tests of pages, commands and journeys run what the build made.
    globalSetup: ['tests/build.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Against what never ends: no test measures time, and a busy machine may take ten times as long.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 100_000 } },
    // A developer's own settings do not change what the tests see; a database is for the tests of its store alone.
    env: { NO_COLOR: '1', PILCROW_LOG: 'warn', DATABASE_URL: '', TEST_DATABASE_URL: process.env.DATABASE_URL ?? '' },
  },
});
