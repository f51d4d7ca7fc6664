/** Every kind of failure Pilcrow reports on purpose; `http/problem.ts` and `cli/` map them outward in one place each. */
export type ErrorCode =
  | 'bad_request'
  | 'bad_config'
  | 'bad_document'
  | 'bad_vector'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'index_missing'
  | 'index_damaged'
  | 'index_locked'
  | 'embedder_mismatch'
  | 'model_unavailable'
  | 'too_slow'
  | 'unavailable'
  | 'internal';

export interface PilcrowErrorOptions {
  /** What the person can do about it, in one sentence. */
  hint?: string;
  /** Whether the same call may succeed later. */
  retryable?: boolean;
  cause?: unknown;
  /** Machine-readable particulars, e.g. the list of problems of a request. */
  details?: unknown;
}

export interface PilcrowError extends Error {
  readonly name: 'PilcrowError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly details: unknown;
}

/** Makes an error with a code, a message that says what is wrong, and a hint that says what to do. */
export function pilcrowError(code: ErrorCode, message: string, options: PilcrowErrorOptions = {}): PilcrowError {
  const error = new Error(message, options.cause === undefined ? undefined : { cause: options.cause });
  return Object.assign(error, {
    name: 'PilcrowError' as const,
    code,
    hint: options.hint ?? null,
    retryable: options.retryable ?? false,
    details: options.details,
  });
}

export function isPilcrowError(error: unknown): error is PilcrowError {
  return error instanceof Error && error.name === 'PilcrowError' && 'code' in error;
}

/** Codes whose message was written for whoever called; of every other failure only the log learns more. */
const SPOKEN: ReadonlySet<ErrorCode> = new Set([
  'bad_request',
  'not_found',
  'conflict',
  'precondition_failed',
  'too_large',
  'index_missing',
  'index_damaged',
  'index_locked',
  'model_unavailable',
  'too_slow',
  'unavailable',
]);

/** Whether the message of a failure may be shown to whoever called. */
export const isSpoken = (error: unknown): error is PilcrowError => isPilcrowError(error) && SPOKEN.has(error.code);
