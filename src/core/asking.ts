import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asker } from './access.ts';

/** Who asked for what runs now, for what is counted or kept by asker, without every stage between handing it on. */
export interface Asking {
  run<T>(asker: Asker, work: () => T): T;
  /** Null for what nobody asked for, such as work of the service itself. */
  current(): Asker | null;
}

export function createAsking(): Asking {
  const storage = new AsyncLocalStorage<Asker>();
  return { run: (asker, work) => storage.run(asker, work), current: () => storage.getStore() ?? null };
}
