import { type ChildProcess, fork } from 'node:child_process';
import { type ErrorCode, isPilcrowError, type PilcrowError, pilcrowError } from '../core/errors.ts';
import type { Ingester, IngestOutcome, UpdateProgress } from '../core/updates.ts';

/** What is sent to the process that ingests. Settings come first. */
export type IngestOrder =
  | { order: 'settings'; settings: Record<string, string>; watch: boolean }
  | { order: 'check'; id: number; name: string; path: string }
  | { order: 'ingest'; id: number; allowEmpty: boolean };
/** What comes back: replies to orders by their id, and what the folder's changes led to. */
export type IngestReply =
  | { id: number; progress: UpdateProgress }
  | { id: number; done: IngestOutcome | null }
  | { id: number; failed: TransferredError }
  | { taken: IngestOutcome }
  | { missed: TransferredError };
export interface TransferredError {
  code: ErrorCode;
  message: string;
  hint: string | null;
  retryable: boolean;
}

export interface IngestProcess extends Ingester {
  /** What works less well than it should: the folder is to be watched and is not, or what changed could not be taken up. */
  warnings(): string[];
  close(): Promise<void>;
}

export interface IngestProcessOptions {
  /** File of the child process: `ingest.child.js` of the build. */
  module: string;
  /** Settings that are not in the environment, by variable. */
  settings: Record<string, string>;
  /** Whether it takes up changes of the folder by itself; then it is started at once and kept running. */
  watch: boolean;
  /** Told of every snapshot that was published because the folder changed. */
  onTaken?: (outcome: IngestOutcome) => void;
  log?: (level: 'error' | 'warn' | 'info', message: string, details?: Record<string, unknown>) => void;
  /** How long one that has nothing to do and nothing to watch is kept. Default: a minute. */
  idleMilliseconds?: number;
  /** Longest wait before one that ended is started again; the first is a second, and each is twice the one before. Default: a minute. */
  longestPause?: number;
}

interface Waiting {
  resolve(outcome: IngestOutcome | null): void;
  reject(error: PilcrowError): void;
  onProgress?: (progress: UpdateProgress) => void;
}

/**
 * Ingests in a process of its own, so that whoever serves is never held up: orders one after the other, and, with `watch`, what
 * changes in the folder. A process that ends while it works fails its orders; one that watches is started again.
 */
export function createIngestProcess(options: IngestProcessOptions): IngestProcess {
  const { module, settings, watch, onTaken = () => {}, log = () => {}, idleMilliseconds = 60_000, longestPause = 60_000 } = options;
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let next = 0;
  let pause = 1000;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let missed: string | null = null;
  let down: string | null = null;

  const start = (): ChildProcess => {
    const made = fork(module, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    made.on('message', (reply: IngestReply) => hear(reply));
    // A message that cannot be sent is told by the end of the process.
    made.on('error', (error) => log('error', 'the process that ingests failed', { error }));
    made.once('exit', (code, signal) => {
      if (child === made) child = null;
      for (const { reject } of waiting.values()) {
        reject(
          pilcrowError('unavailable', 'The process that ingests ended before it was through.', {
            hint: 'Send it again; if it happens again the log of the service says more.',
            retryable: true,
          }),
        );
      }
      waiting.clear();
      if (closed || !watch) return;
      down = 'Changes of the folder of briefings are not taken up at the moment: the process that watches it ended.';
      log('error', 'the process that ingests ended', { code, signal, again: pause / 1000 });
      again = setTimeout(() => {
        child ??= start();
      }, pause);
      again.unref();
      pause = Math.min(longestPause, pause * 2);
    });
    made.send({ order: 'settings', settings, watch } satisfies IngestOrder);
    return made;
  };
  const hear = (reply: IngestReply): void => {
    down = null;
    if ('taken' in reply) {
      missed = null;
      pause = 1000;
      if (!reply.taken.unchanged) onTaken(reply.taken);
      return;
    }
    if ('missed' in reply) {
      const { message, hint } = reply.missed;
      missed = `What changed in the folder of briefings was not taken up: ${message}${hint ? ` ${hint}` : ''}`;
      log('warn', 'changes were not taken up', { why: message });
      return;
    }
    const order = waiting.get(reply.id);
    if (!order) return;
    if ('progress' in reply) {
      order.onProgress?.(reply.progress);
      return;
    }
    waiting.delete(reply.id);
    if ('failed' in reply) {
      const { code, message, hint, retryable } = reply.failed;
      order.reject(pilcrowError(code, message, { hint: hint ?? undefined, retryable }));
    } else order.resolve(reply.done);
    rest();
  };
  /** One that has nothing left to do is ended after a while. */
  const rest = (): void => {
    clearTimeout(idle);
    if (watch || waiting.size > 0) return;
    idle = setTimeout(() => child?.kill(), idleMilliseconds);
    idle.unref();
  };
  const send = (order: (id: number) => IngestOrder, onProgress?: Waiting['onProgress']): Promise<IngestOutcome | null> => {
    if (closed) return Promise.reject(pilcrowError('unavailable', 'The service is shutting down.', { retryable: true }));
    clearTimeout(idle);
    child ??= start();
    const id = ++next;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, onProgress });
      child?.send(order(id));
    });
  };
  if (watch) child = start();

  return {
    async check(name, path) {
      await send((id) => ({ order: 'check', id, name, path }));
    },
    async ingest({ allowEmpty, onProgress }) {
      return (await send((id) => ({ order: 'ingest', id, allowEmpty }), onProgress)) as IngestOutcome;
    },
    warnings: () => [down, missed].filter((one) => one !== null),
    async close() {
      closed = true;
      clearTimeout(idle);
      clearTimeout(again);
      const ending = child;
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        ending.once('exit', () => resolve());
        ending.kill('SIGKILL');
      });
    },
  };
}

/** An error as it is sent from one process to the other. */
export function transferred(error: unknown): TransferredError {
  if (isPilcrowError(error)) return { code: error.code, message: error.message, hint: error.hint, retryable: error.retryable };
  return { code: 'unavailable', message: error instanceof Error ? error.message : String(error), hint: null, retryable: false };
}
