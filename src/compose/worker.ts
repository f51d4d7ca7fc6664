import { AsyncLocalStorage } from 'node:async_hooks';
import type { MessagePort } from 'node:worker_threads';
import {
  errorOf,
  type FromWorker,
  lentModels,
  type ModelCall,
  type ModelNames,
  type SnapshotWork,
  type ToWorker,
  threadNumber,
  toldError,
  type WorkKind,
} from '../adapters/pool/index.ts';
import { pilcrowError } from '../core/errors.ts';
import type { AskEvent, Trace } from '../core/model.ts';
import { createEngine, type EngineSettings, type LiveGeneration } from './engine.ts';

/** What a worker is started with. */
export interface WorkerData {
  settings: EngineSettings;
  models: ModelNames;
}

type Served = Extract<ToWorker, { type: 'served' }>;

/** The times alone: what a step found is many times the size of an answer, and nobody behind HTTP reads it. */
const timesOf = ({ steps }: Trace): Trace => ({ steps: steps.map(({ step, milliseconds }) => ({ step, milliseconds, detail: {} })) });

/** Answers what the pool sends (adapters/pool/pool.ts), until it is ended. */
export async function answerOnThread(port: MessagePort, { settings, models }: WorkerData): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message);
  const generations = new Map<string, LiveGeneration>();
  const aborts = new Map<number, AbortController>();
  const waiting = new Map<number, { resolve(served: Served): void; reject(error: Error): void }>();
  /** For whose work a model is called; following that costs something, so only where there is one. */
  const asked = new AsyncLocalStorage<number>();
  const follows = Object.values(models).some((name) => name !== null);
  let calls = 0;

  const lent = lentModels(models, {
    number: () => ++calls,
    send: (call, service: ModelCall) =>
      new Promise((resolve, reject) => {
        waiting.set(call, { resolve, reject });
        post({ type: 'service', work: asked.getStore() ?? 0, call, service });
      }),
    leave: (call, aborted) => post({ type: 'leave', call, aborted }),
  });
  const engineOf = createEngine(settings, { ...lent, problems: () => [], stop: () => {} }, (level, message) =>
    post({ type: 'log', level, message }),
  );

  async function take({ from }: Extract<ToWorker, { type: 'take' }>): Promise<void> {
    try {
      const engine = await engineOf;
      const generation = await engine.open(from ? { from } : { share: true });
      const { reader, shared, warnings } = generation;
      generations.set(reader.info.id, generation);
      post({ type: 'taken', info: reader.info, shared, warnings });
    } catch (error) {
      post({ type: 'not taken', error: toldError(error) });
    }
  }

  async function work({ id, snapshot, groups, kind, given, traced }: Extract<ToWorker, { type: 'work' }>): Promise<void> {
    const abort = new AbortController();
    aborts.set(id, abort);
    const trace: Trace | undefined = traced ? { steps: [] } : undefined;
    try {
      const generation = generations.get(snapshot);
      if (!generation) throw pilcrowError('unavailable', 'That state of the briefings was replaced.', { retryable: true });
      const value = await does[kind](generation.over(groups), given as never, { id, signal: abort.signal, trace });
      post({ type: 'done', id, value, trace: trace && timesOf(trace) });
    } catch (error) {
      post({ type: 'done', id, error: toldError(error), trace: trace && timesOf(trace) });
    } finally {
      aborts.delete(id);
    }
  }

  type Over = ReturnType<LiveGeneration['over']>;
  const does: {
    [K in WorkKind]: (
      over: Over,
      given: SnapshotWork[K]['given'],
      how: { id: number; signal: AbortSignal; trace: Trace | undefined },
    ) => Promise<SnapshotWork[K]['result']>;
  } = {
    ask: (over, { request, quote, told }, { id, signal, trace }) =>
      over.ask(request, { signal, quote, trace, onEvent: told ? telling(id) : undefined }),
    search: (over, request, { signal }) => over.search(request, { signal }),
    suggestions: (over, options) => over.suggestions(options),
    series: (over) => over.editions.list(),
    changes: (over, request) => over.editions.changes(request),
    counterparts: (over, { briefing, other }) => over.editions.counterparts(briefing, other),
    info: async (over) => (await over.index()).info,
    read: async (over, { method, given }) => {
      const reader = await over.index();
      return (reader[method] as (...values: unknown[]) => Promise<unknown>)(...given);
    },
  };

  /** The last event is the answer itself, which is told once. */
  const telling = (id: number) => (event: AskEvent) => event.type !== 'answer' && post({ type: 'event', id, event });

  let taking = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'take':
        taking = taking.then(() => take(message));
        return;
      case 'retire':
        void generations
          .get(message.snapshot)
          ?.retire()
          .then(() => generations.delete(message.snapshot));
        return;
      case 'work':
        void (follows ? asked.run(message.id, () => work(message)) : work(message));
        return;
      case 'abort':
        aborts.get(message.id)?.abort();
        return;
      case 'served': {
        const call = waiting.get(message.call);
        waiting.delete(message.call);
        if (message.error) call?.reject(errorOf(message.error));
        else call?.resolve(message);
      }
    }
  });
  const { problems } = await engineOf;
  post({ type: 'ready', thread: threadNumber(), problems });
}
