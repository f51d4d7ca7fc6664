import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from './package-root.ts';
import { BEAT, CHECK_MILLISECONDS, LENGTH, PLACE, PLACE_BYTES, type WatchdogData } from './watchdog-memory.ts';

export interface Watchdog {
  /** Notes what is being done, for the line that says where the loop stood still. Nothing of a question belongs in it. */
  at(what: string): void;
  close(): Promise<void>;
}

/**
 * Watches this thread's event loop from another one: a standstill of two seconds is logged with what was noted last; one
 * of `seconds` ends the process (SIGKILL), so that a supervisor can start it anew.
 */
export function startWatchdog({ seconds, log = true }: { seconds: number; log?: boolean }): Watchdog {
  const memory = new SharedArrayBuffer(PLACE + PLACE_BYTES);
  const numbers = new Int32Array(memory, 0, 2);
  const bytes = new Uint8Array(memory, PLACE);
  const data: WatchdogData = { memory, seconds, log };
  const worker = new Worker(join(packageRoot(), 'dist', 'adapters', 'watchdog.worker.js'), { workerData: data });
  const beat = setInterval(() => Atomics.add(numbers, BEAT, 1), CHECK_MILLISECONDS / 2);
  // Neither keeps the process alive: it ends when its work does.
  beat.unref();
  worker.unref();
  // A service without its watchdog serves on; that the thread could not be started is no reason to end.
  worker.on('error', () => clearInterval(beat));
  const encoder = new TextEncoder();
  return {
    at(what) {
      Atomics.store(numbers, LENGTH, encoder.encodeInto(what, bytes).written);
    },
    async close() {
      clearInterval(beat);
      await worker.terminate();
    },
  };
}
