import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import { pilcrowError } from '../../core/errors.ts';
import type { Answer } from '../../core/model.ts';
import { errorOf, type FromWorker, type SnapshotWork, type WorkKind } from './messages.ts';
import { createServiceCalls, type Served } from './service-calls.ts';
import {
  AGAIN_MILLISECONDS,
  CHARGE_MILLISECONDS,
  COLD_FACTOR,
  LOOK_MILLISECONDS,
  MOST_AGAIN_MILLISECONDS,
  SOONEST_AGAIN_SHARE,
  WORKER_TRIES,
  YOUNG_MIB,
} from './settings.ts';
import { type Live, post, type Slot } from './slot.ts';
import { createLiveSnapshot } from './snapshots.ts';
import { stopping } from './stopping.ts';
import { computed } from './thread-time.ts';
import { computes, newWork, type Ordered, type Running } from './work.ts';

export interface PoolOptions {
  /** Threads that answer. */
  workers: number;
  /** File of the worker, see `answerOnThread`, and what it is told as it starts. */
  module: string;
  data: unknown;
  /** Models, called in this thread. */
  served: Served;
  /** Id of the published snapshot, or null. Asked once a second. */
  current: () => Promise<string | null>;
  /** Computing time one question may take before its worker is ended, milliseconds; 0: any. */
  computing: number;
  /** Questions one worker has at once, besides those that wait for a model; 1 where answering is computing from its beginning to its end. */
  atOnce?: number;
  /** Work that may wait for a worker; above it `unavailable`. */
  waiting: number;
  log?: (level: 'error' | 'warn', message: string, details?: Record<string, unknown>) => void;
}

export interface Pool {
  run<K extends WorkKind>(kind: K, given: SnapshotWork[K]['given'], how: Ordered): Promise<SnapshotWork[K]['result']>;
  /** Rejects with `index_missing` while there is none. */
  live(): Promise<Live>;
  /** Takes up what is published, if it is another, in every worker; resolves when the next question is answered from it. */
  refresh(): Promise<void>;
  warnings(): string[];
  /** Told when another snapshot is live. */
  onLive(told: () => void): void;
  close(): Promise<void>;
}

/**
 * Worker threads that answer from one snapshot, while this thread does nothing of that kind. A worker computes for one question at a time and has
 * others only while they wait for a model. Snapshots are opened by one worker, then by the others in the memory of the first, and are
 * live when all have them; work that began on one ends on it.
 *
 * A question that computes longer than it may ends with `too_slow`, and so does its worker; another takes the worker's place, and what
 * else it was doing is done again elsewhere, unseen by who asked, or, where something of the answer was told already, ends with `unavailable`.
 */
export function createPool(options: PoolOptions): Pool {
  const { served, computing, atOnce = 1, log = () => {} } = options;
  const slots = new Set<Slot>();
  const queue: Running[] = [];
  let problems: readonly string[] = [];
  let numbers = 0;
  let failures = 0;
  let closed = false;
  let someoneReady: () => void = () => {};
  /** Resolves when a worker has started, or none could be. */
  let ready = waitForReady();

  function waitForReady(): Promise<void> {
    return new Promise((resolve) => {
      someoneReady = resolve;
    });
  }

  // Work.

  const isFree = (slot: Slot, { alone, snapshot }: Running): boolean =>
    slot.open && slot.has.has(snapshot) && (alone ? slot.running.size === 0 : isIdle(slot));

  function isIdle({ running }: Slot): boolean {
    const all = [...running.values()];
    return all.filter(computes).length < atOnce && !all.some((one) => one.alone);
  }

  function dispatch(): void {
    for (let at = 0; at < queue.length; ) {
      const next = queue[at] as Running;
      next.snapshot = next.how.snapshot ?? snapshots.live?.info.id ?? '';
      let found: Slot | null = null;
      for (const slot of slots) if (isFree(slot, next) && (!found || slot.running.size < found.running.size)) found = slot;
      if (found) {
        queue.splice(at, 1);
        give(found, next);
        continue;
      }
      if (
        next.how.snapshot !== undefined &&
        next.snapshot !== snapshots.live?.info.id &&
        ![...slots].some(({ has }) => has.has(next.snapshot))
      ) {
        queue.splice(at, 1);
        next.reject(pilcrowError('unavailable', 'That state of the briefings was replaced.', { retryable: true }));
        continue;
      }
      // Nobody is free for anybody else either, unless this one wants to be alone or is about an older snapshot.
      if (!next.alone && next.how.snapshot === undefined) return;
      at++;
    }
  }

  function give(slot: Slot, work: Running): void {
    if (![...slot.running.values()].some(computes)) slot.counted = computed(slot.worker, slot.thread);
    slot.running.set(work.id, work);
    const { id, kind, given, snapshot, how } = work;
    post(slot, { type: 'work', id, snapshot, groups: how.groups, kind, given, traced: how.trace !== undefined });
  }

  function done(slot: Slot, work: Running, { value, error, trace }: Extract<FromWorker, { type: 'done' }>): void {
    slot.running.delete(work.id);
    if (trace) work.how.trace?.steps.push(...trace.steps);
    if (error) work.reject(errorOf(error));
    else {
      if (work.kind === 'ask' && !work.left) work.as(() => work.how.onEvent?.({ type: 'answer', answer: value as Answer }));
      work.resolve(value as never);
    }
    dispatch();
  }

  // Workers.

  function start(): void {
    if (closed) return;
    const worker = new Worker(options.module, { workerData: options.data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
    const slot: Slot = {
      worker,
      services: createServiceCalls(served),
      thread: null,
      ready: false,
      open: false,
      ended: false,
      has: new Set(),
      running: new Map(),
      takes: [],
      counted: 0,
    };
    slots.add(slot);
    let failure: Error | null = null;
    worker.on('message', (message: FromWorker) => hear(slot, message));
    worker.on('messageerror', (error) => log('error', 'a worker could not be understood', { error }));
    worker.on('error', (error: Error) => {
      failure = error;
    });
    worker.on('exit', (code) => {
      if (slot.ended) return;
      log('error', 'a worker ended by itself; another takes its place', { error: failure ?? new Error(`exit code ${code}`) });
      end(slot, []);
    });
  }

  /** Another takes its place. `guilty`: why it was ended. */
  function end(slot: Slot, guilty: readonly Running[]): void {
    slot.ended = true;
    slots.delete(slot);
    slot.services.end();
    void slot.worker.terminate();
    const failed = pilcrowError('unavailable', 'What was answering had to be started anew.', { hint: 'Ask again.', retryable: true });
    for (const { reject } of slot.takes.splice(0)) reject(failed);
    const suspects = [...slot.running.values()].filter(computes);
    for (const work of [...slot.running.values()].reverse()) {
      if (guilty.includes(work)) {
        work.reject(
          pilcrowError('too_slow', `Answering took more than ${computing / 1000} s of computing, which is all that is allowed.`, {
            hint: 'Ask in fewer or plainer words.',
          }),
        );
        continue;
      }
      // The first question of a worker, or one that ended a worker by itself: nothing is learned by trying again and again.
      const again = !work.left && work.most === computing && ++work.tries <= WORKER_TRIES && !(work.alone && suspects.includes(work));
      if (!again || work.told || (work.passages && snapshots.live?.info.id !== work.snapshot)) {
        work.reject(work.alone ? pilcrowError('internal', 'What was answering ended with this question, twice.') : failed);
        continue;
      }
      work.alone = suspects.includes(work);
      work.used = 0;
      work.waits = 0;
      queue.unshift(work);
    }
    if (slot.ready) failures = 0;
    else failures++;
    if (failures > 0 && slots.size === 0) {
      for (const work of queue.splice(0)) work.reject(failed);
      someoneReady();
      ready = waitForReady();
    }
    if (failures === 0) start();
    else setTimeout(start, Math.min(MOST_AGAIN_MILLISECONDS, AGAIN_MILLISECONDS * SOONEST_AGAIN_SHARE * 2 ** failures)).unref();
    dispatch();
  }

  function hear(slot: Slot, message: FromWorker): void {
    if (slot.ended) return;
    switch (message.type) {
      case 'ready':
        slot.thread = message.thread;
        slot.ready = true;
        problems = message.problems;
        failures = 0;
        someoneReady();
        void (snapshots.live ? snapshots.bring(slot) : snapshots.look().catch(() => {}));
        return;
      case 'taken':
        slot.has.add(message.info.id);
        slot.takes.shift()?.resolve(message);
        return;
      case 'not taken':
        slot.takes.shift()?.reject(errorOf(message.error));
        return;
      case 'event': {
        const work = slot.running.get(message.id);
        if (!work || work.left) return;
        const { event } = message;
        // Told already, before its first worker ended.
        if (event.type === 'passages' && work.passages) return;
        if (event.type === 'passages') work.passages = true;
        else work.told = true;
        work.as(() => work.how.onEvent?.(event));
        return;
      }
      case 'done': {
        const work = slot.running.get(message.id);
        if (work) done(slot, work, message);
        return;
      }
      case 'service': {
        const work = slot.running.get(message.work);
        if (work) work.waits++;
        const call = () => slot.services.call(message.call, message.service);
        void (work ? work.as(call) : outside(call)).then((outcome) => {
          if (work) work.waits--;
          post(slot, { type: 'served', call: message.call, ...outcome });
        });
        // It may have become free.
        dispatch();
        return;
      }
      case 'leave':
        slot.services.leave(message.call, message.aborted);
        return;
      case 'log':
        log(message.level, message.message);
    }
  }
  /** What nobody asked for is done as nobody. */
  const outside = AsyncLocalStorage.snapshot() as <T>(work: () => T) => T;

  const charging = setInterval(() => {
    if (computing === 0) return;
    for (const slot of slots) {
      const busy = [...slot.running.values()].filter(computes);
      if (busy.length === 0) continue;
      const now = computed(slot.worker, slot.thread);
      for (const work of busy) work.used += (now - slot.counted) / busy.length;
      slot.counted = now;
      const over = busy.filter(({ used, most }) => used > most);
      if (over.length === 0) continue;
      // Of several nobody can tell which it is: each is tried again by itself.
      const guilty = busy.length === 1 ? over : [];
      const details = { milliseconds: Math.round(Math.max(...over.map(({ used }) => used))), what: over[0]?.kind };
      log('warn', 'a question took more computing than it may; its worker is replaced', details);
      end(slot, guilty);
    }
  }, CHARGE_MILLISECONDS);
  charging.unref();

  /** Runs a question that nobody asked, so that the first who asks does not wait for code to be made. */
  async function warm(slot: Slot, snapshot: string): Promise<void> {
    // A question costs something where a service embeds it.
    if (served.embedder) return;
    const given: SnapshotWork['ask']['given'] = { request: { question: 'How many people are there?' }, quote: true, told: false };
    await new Promise<void>((resolve) => {
      const order = { kind: 'ask' as const, given, how: { groups: null }, most: computing * COLD_FACTOR };
      give(slot, { ...newWork(++numbers, order, { resolve: () => resolve(), reject: () => resolve() }), snapshot });
    });
  }

  const snapshots = createLiveSnapshot({
    slots,
    published: options.current,
    ready: () => ready,
    warm,
    dispatch,
    isClosed: () => closed,
    log,
  });
  const looking = setInterval(() => void snapshots.look().catch(() => {}), LOOK_MILLISECONDS);
  looking.unref();
  for (let at = 0; at < options.workers; at++) start();

  async function current(): Promise<Live> {
    if (closed) throw stopping();
    if (!snapshots.live) await snapshots.look();
    return snapshots.live as Live;
  }

  return {
    async run(kind, given, how) {
      how.signal?.throwIfAborted();
      await current();
      how.signal?.throwIfAborted();
      if (closed) throw stopping();
      if (queue.length >= options.waiting) {
        throw pilcrowError('unavailable', 'More waits already than can be answered soon.', {
          hint: 'Try again in some seconds.',
          retryable: true,
        });
      }
      return new Promise((resolve, reject) => {
        const work = newWork(++numbers, { kind, given, how, most: computing }, { resolve: resolve as (value: never) => void, reject });
        const { signal } = how;
        if (signal) {
          const leave = (): void => {
            const at = queue.indexOf(work);
            if (at >= 0) queue.splice(at, 1);
            work.left = true;
            for (const slot of slots) if (slot.running.has(work.id)) post(slot, { type: 'abort', id: work.id });
            work.reject(signal.reason);
          };
          signal.addEventListener('abort', leave, { once: true });
          work.over = () => signal.removeEventListener('abort', leave);
        }
        queue.push(work);
        dispatch();
      });
    },
    live: current,
    refresh: snapshots.lookAgain,
    warnings: () => [...problems, ...[snapshots.problem() ?? []].flat(), ...(snapshots.live?.warnings ?? [])],
    onLive: snapshots.onLive,
    async close() {
      closed = true;
      clearInterval(looking);
      clearInterval(charging);
      for (const work of queue.splice(0)) work.reject(stopping());
      const ending = [...slots];
      slots.clear();
      for (const slot of ending) {
        slot.ended = true;
        slot.services.end();
        for (const work of slot.running.values()) work.reject(stopping());
        for (const { reject } of slot.takes) reject(stopping());
      }
      someoneReady();
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
