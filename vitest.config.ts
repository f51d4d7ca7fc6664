import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // The tests of pages, commands and journeys run what the build made.
    globalSetup: ['tests/build.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A developer's own settings do not change what the tests see; a database is for the tests of its store alone.
    env: { NO_COLOR: '1', PILCROW_LOG: 'warn', DATABASE_URL: '', TEST_DATABASE_URL: process.env.DATABASE_URL ?? '' },
  },
});
