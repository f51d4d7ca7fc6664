import type { Worker } from 'node:worker_threads';
import type { SnapshotInfo } from '../../core/model.ts';
import type { SharedSnapshot } from '../hnsw-store.ts';
import type { ToWorker } from './messages.ts';
import type { createServiceCalls } from './service-calls.ts';
import type { Running } from './work.ts';

/** The snapshot that answers, the same in every worker. */
export interface Live {
  info: SnapshotInfo;
  /** Null where each worker opens it itself. */
  shared: SharedSnapshot | null;
  warnings: readonly string[];
}

/** A worker, and what this thread knows of it. */
export interface Slot {
  readonly worker: Worker;
  readonly services: ReturnType<typeof createServiceCalls>;
  thread: string | null;
  ready: boolean;
  /** Takes work: it has the live snapshot and has run once. */
  open: boolean;
  ended: boolean;
  readonly has: Set<string>;
  readonly running: Map<number, Running>;
  readonly takes: { resolve(taken: Live): void; reject(error: Error): void }[];
  /** Its computing time when it was last looked at. */
  counted: number;
}

export const post = (slot: Slot, message: ToWorker): void => {
  if (!slot.ended) slot.worker.postMessage(message);
};
