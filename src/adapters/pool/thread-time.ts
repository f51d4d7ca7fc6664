import { readFileSync, readlinkSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

/** Number of the thread that calls, as the system knows it; null where the system (Linux does) does not say. */
export function threadNumber(): string | null {
  try {
    return readlinkSync('/proc/thread-self').split('/').at(-1) ?? null;
  } catch {
    return null;
  }
}

/**
 * Milliseconds a worker has computed: on Linux what its thread had of a core, so that a busy machine is not held against a question;
 * elsewhere what its event loop was not idle.
 */
export function computed(worker: Worker, thread: string | null): number {
  if (thread !== null) {
    try {
      // Nanoseconds it ran, nanoseconds it waited to run, how often it ran.
      return Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      // It has ended.
    }
  }
  return worker.performance.eventLoopUtilization().active;
}
