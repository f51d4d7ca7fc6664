import type { Groups } from '../../core/access.ts';
import { isPilcrowError, type PilcrowError, pilcrowError } from '../../core/errors.ts';
import type { AskEvent, AskRequest, ChangesRequest, SearchRequest, SnapshotInfo, Trace } from '../../core/model.ts';
import type { ChatMessage, ChatOptions, IndexReader, Pilcrow } from '../../core/ports.ts';
import type { MadeWith } from '../embedder-source.ts';
import type { SharedSnapshot } from '../hnsw-store.ts';

/** What can be asked of a snapshot; every one is given the groups of whoever asks. */
export interface SnapshotWork {
  ask: { given: { request: AskRequest; quote?: boolean; told: boolean }; result: Awaited<ReturnType<Pilcrow['ask']>> };
  search: { given: SearchRequest; result: Awaited<ReturnType<Pilcrow['search']>> };
  suggestions: { given: Parameters<Pilcrow['suggestions']>[0]; result: string[] };
  series: { given: null; result: Awaited<ReturnType<Pilcrow['editions']['list']>> };
  changes: { given: ChangesRequest; result: Awaited<ReturnType<Pilcrow['editions']['changes']>> };
  counterparts: { given: { briefing: string; other: string }; result: Map<number, number> };
  info: { given: null; result: SnapshotInfo };
  /** A method of the reader and what it is given. */
  read: { given: { method: ReadMethod; given: unknown[] }; result: unknown };
}
export type ReadMethod = Exclude<keyof IndexReader, 'info' | 'seenBy' | 'close'>;
export type WorkKind = keyof SnapshotWork;

/** A failure as it is told to another thread. */
export interface ToldError {
  message: string;
  stack?: string;
  pilcrow?: Pick<PilcrowError, 'code' | 'hint' | 'retryable' | 'details'>;
}

export function toldError(thrown: unknown): ToldError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { message, stack } = error;
  if (!isPilcrowError(error)) return { message: `${error.name}: ${message}`, stack };
  const { code, hint, retryable, details } = error;
  return { message, stack, pilcrow: { code, hint, retryable, details } };
}

export function errorOf({ message, stack, pilcrow }: ToldError): Error {
  const error = pilcrow ? pilcrowError(pilcrow.code, message, { ...pilcrow, hint: pilcrow.hint ?? undefined }) : new Error(message);
  if (stack) error.stack = stack;
  return error;
}

/** What is asked of the models, which the serving thread calls so that their limits hold for all threads together. */
export type ModelCall =
  /** Begins a reply of a chat model; its deltas are taken with `next`. */
  | { of: 'stream'; model: 'chat' | 'check'; messages: readonly ChatMessage[]; options: Omit<ChatOptions, 'signal'> }
  | { of: 'next' }
  | { of: 'rerank'; query: string; texts: readonly string[] }
  | { of: 'knows'; made: MadeWith }
  | { of: 'embed'; made: MadeWith; texts: readonly string[]; question: boolean };

/** Which models there are, by name. */
export interface ModelNames {
  chat: string | null;
  /** `same`: the one that writes. */
  check: string | null;
  reranker: string | null;
  embedder: string | null;
}

/** What a worker is told. */
export type ToWorker =
  /** Opens the live snapshot, or one another worker has opened. */
  | { type: 'take'; from: SharedSnapshot | null }
  /** A snapshot is not live any more. */
  | { type: 'retire'; snapshot: string }
  | { type: 'work'; id: number; snapshot: string; groups: Groups; kind: WorkKind; given: unknown; traced: boolean }
  | { type: 'abort'; id: number }
  /** What came of a call of a service. `end`: a reply of a chat model is complete. */
  | { type: 'served'; call: number; value?: unknown; end?: boolean; error?: ToldError };

/** What a worker tells. */
export type FromWorker =
  /** `thread`: its number in the system, where that can be known. */
  | { type: 'ready'; thread: string | null; problems: readonly string[] }
  | { type: 'taken'; info: SnapshotInfo; shared: SharedSnapshot | null; warnings: readonly string[] }
  | { type: 'not taken'; error: ToldError }
  | { type: 'event'; id: number; event: AskEvent }
  | { type: 'done'; id: number; value?: unknown; error?: ToldError; trace?: Trace }
  /** `work`: for whose work; 0: for none that is known. `call` numbers the call; `next` names the one it goes on with. */
  | { type: 'service'; work: number; call: number; service: ModelCall }
  /** Nobody waits for a call any more. `failed`: because whoever asked gave up. */
  | { type: 'leave'; call: number; aborted: boolean }
  | { type: 'log'; level: 'error' | 'warn'; message: string };
