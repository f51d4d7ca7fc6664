import { afterAll, vi } from 'vitest';
import { closeAll } from './fixtures/closing.ts';

/** After each file, since the next one may run in the same process: nothing stays open, and clock, settings and environment are the real ones. */
afterAll(async () => {
  await closeAll();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetConfig();
});
