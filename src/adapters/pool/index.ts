/** The port `Pilcrow` as work for worker threads: both sides of the border. */
export { lentModels } from './lent-models.ts';
export {
  errorOf,
  type FromWorker,
  type ModelCall,
  type ModelNames,
  type SnapshotWork,
  type ToWorker,
  toldError,
  type WorkKind,
} from './messages.ts';
export { createPool } from './pool.ts';
export { pooled } from './pooled.ts';
export { namesOf } from './service-calls.ts';
export { threadNumber } from './thread-time.ts';
