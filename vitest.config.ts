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
    // A developer's own settings do not change what the tests see.
    env: { NO_COLOR: '1', PILCROW_LOG: 'warn' },
  },
});
