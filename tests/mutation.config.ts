import { defineConfig } from 'vitest/config';

/** Tests under planted faults (`scripts/mutate.mjs`): nothing is built first, and a test that hangs is a fault that was noticed.
 * Files are looked for below the folder the script names. */
export default defineConfig({
  test: {
    include: [`**/${process.env.PILCROW_MUTATION_TESTS ?? '*.test.ts'}`],
    testTimeout: 60_000,
    env: { NO_COLOR: '1', PILCROW_LOG: 'warn', DATABASE_URL: '' },
  },
});
