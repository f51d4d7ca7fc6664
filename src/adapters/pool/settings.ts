/** Numbers of the pool: how often it looks, and when it tries again. */

/** How often a published snapshot is looked for, which reads a small file, milliseconds. */
export const LOOK_MILLISECONDS = 1000;
/** How often computing time is looked at, milliseconds: a question may compute so much longer than it may. */
export const CHARGE_MILLISECONDS = 100;
/** How long a worker keeps a snapshot that was replaced, for readers that were taken before, milliseconds; see the engine's own. */
export const KEPT_MILLISECONDS = 30_000;
/**
 * What could not be opened, or did not start, is tried again after so long, milliseconds. A worker that did not start is tried sooner, after a
 * quarter of it, and after twice as long each time, up to the most.
 */
export const AGAIN_MILLISECONDS = 2000;
export const SOONEST_AGAIN_SHARE = 1 / 4;
export const MOST_AGAIN_MILLISECONDS = 30_000;
/** The first question of a worker, which nobody waits for, finds code that was never run: it may compute longer by this factor. */
export const COLD_FACTOR = 10;
/** Times a question is put to a worker anew after one ended under it. */
export const WORKER_TRIES = 2;
/**
 * Where new objects of a worker live, MiB: three halves of 4. By itself V8 lets it grow to 48, of which it gives nothing back; a question takes no
 * longer with this (docs/speed.md).
 */
export const YOUNG_MIB = 12;
