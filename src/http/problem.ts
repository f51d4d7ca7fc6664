import { STATUS_CODES } from 'node:http';
import { type ErrorCode, isSpoken } from '../core/errors.ts';

/** RFC 9457 problem details, with the `error` member OpenAI clients read. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** What to do about it. */
  hint?: string;
  /** Every problem of a request: where (a JSON Pointer into the body) and what. */
  errors?: { pointer: string; detail: string }[];
  /** Of a paragraph or briefing that is no longer there (410): where its text is now. */
  gone?: readonly GoneRecord[];
  /** The value of `X-Request-Id`, to find the request in the log. */
  request_id?: string;
  error: { message: string; type: 'invalid_request_error' | 'server_error'; code: string; param: string | null };
}

/** A failure that only HTTP knows, such as a method that a path does not have. */
export interface HttpFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;
  readonly headers: Record<string, string>;
  /** More members of the problem. */
  readonly members: Partial<ProblemDetails>;
}

export function httpFailure(
  status: number,
  code: string,
  message: string,
  options: { hint?: string; headers?: Record<string, string>; members?: Partial<ProblemDetails> } = {},
): HttpFailure {
  return Object.assign(new Error(message), {
    name: 'HttpFailure',
    status,
    code,
    hint: options.hint ?? null,
    headers: options.headers ?? {},
    members: options.members ?? {},
  });
}

/** Nobody reads this reply; the status (nginx's) is for the log. */
export const callerLeft = (): HttpFailure => httpFailure(499, 'caller_left', 'The caller hung up.');

function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof Error && error.name === 'HttpFailure' && 'status' in error;
}

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  // Not 503: clients would send what costs too much again by themselves.
  too_slow: 422,
  index_missing: 503,
  index_damaged: 503,
  index_locked: 503,
  embedder_mismatch: 503,
  model_unavailable: 503,
  unavailable: 503,
  bad_config: 500,
  bad_document: 500,
  bad_vector: 500,
  internal: 500,
};

/** What any failure looks like from outside, and whether it belongs in the log. */
export function problemOf(
  error: unknown,
  requestId?: string,
): { problem: ProblemDetails; headers: Record<string, string>; unexpected: boolean } {
  if (isHttpFailure(error)) {
    const problem = { ...shape(error.status, error.code, error.message, error.hint, requestId), ...error.members };
    return { problem, headers: error.headers, unexpected: false };
  }
  if (isSpoken(error)) {
    const status = STATUS[error.code];
    const problem = shape(status, error.code, error.message, error.hint, requestId);
    if (Array.isArray(error.details) && error.details.every((one) => typeof one?.pointer === 'string')) problem.errors = error.details;
    const first = problem.errors?.[0];
    if (first) problem.error.param = first.pointer.split('/')[1] ?? null;
    // Ten seconds: an ingest of a small corpus, or a model that restarts, is usually through by then.
    return { problem, headers: status === 503 && error.retryable ? { 'retry-after': '10' } : {}, unexpected: status >= 500 };
  }
  return {
    problem: shape(500, 'internal', 'Something went wrong on our side.', 'The log has the particulars under the request id.', requestId),
    headers: {},
    unexpected: true,
  };
}

function shape(status: number, code: string, detail: string, hint: string | null, requestId: string | undefined): ProblemDetails {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(hint ? { hint } : {}),
    ...(requestId ? { request_id: requestId } : {}),
    error: {
      message: hint ? `${detail} ${hint}` : detail,
      type: status < 500 ? 'invalid_request_error' : 'server_error',
      code,
      param: null,
    },
  };
}

/** A paragraph id whose text is gone, as replies have it. */
export interface GoneRecord {
  paragraph: string;
  /** Day it was found to be gone, ISO. */
  since: string;
  /** Where its text, or what took its place, stands now. */
  now: { paragraph: string; url: string } | null;
}
