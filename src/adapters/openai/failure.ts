import { isPilcrowError, type PilcrowError } from '../../core/errors.ts';
import { modelFailure } from '../chat-limits.ts';
import type { Loaded, Server } from './client.ts';
import { readRetryAfter } from './retry.ts';

/** What the package, fetch or the server raised, as one of our failures. */
export function failureOf(error: unknown, server: Server, { errors }: Loaded): PilcrowError {
  const at = `The model server at ${server.host}`;
  // The package wraps what our own fetch raised.
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) if (isPilcrowError(inner)) return inner;
  if (error instanceof errors.APIConnectionError) {
    return modelFailure(
      `${at} cannot be reached${reasonOf(error)}.`,
      { kind: 'unavailable' },
      `See whether it runs and whether ${server.names.baseUrl} is right.`,
    );
  }
  if (error instanceof errors.APIError) {
    const status = error.status ?? statusIn(error.code);
    return status === undefined
      ? modelFailure(`${at} reported an error${said(server, error)}.`, { kind: 'unavailable' })
      : statusFailure(at, status, error, server);
  }
  if (error instanceof SyntaxError) {
    return modelFailure(`${at} sent broken JSON.`, { kind: 'nonsense' }, `See whether ${server.names.baseUrl} is the address of its API.`);
  }
  return modelFailure(`${at} broke off${reasonOf(error)}.`, { kind: 'unavailable' });
}

interface StatusError {
  message: string;
  code?: unknown;
  error?: unknown;
  headers?: { get(name: string): string | null } | undefined;
}

function statusFailure(at: string, status: number, error: StatusError, server: Server): PilcrowError {
  const { names } = server;
  const rejected = (why: string, hint: string) => modelFailure(`${at} ${why}`, { kind: 'rejected', status }, hint);
  // What it says is left out here: servers repeat the key they were given, whole or in part.
  if (status === 401 || status === 403) {
    return rejected(`did not accept the key (${status}).`, `Set ${names.apiKey} to a key that may use the model of ${names.model}.`);
  }
  if (status === 404) {
    return rejected(`does not know the model or the address (404)${said(server, error)}.`, `Check ${names.model} and ${names.baseUrl}.`);
  }
  if (status >= 300 && status < 400) {
    return rejected(
      `is somewhere else (${status}).`,
      `Set ${names.baseUrl} to the address it redirects to; redirections are not followed.`,
    );
  }
  if (status === 429 && error.code === 'insufficient_quota') {
    return rejected('says that the account has no credit left (429).', `Look at the billing of the account of ${names.apiKey}.`);
  }
  // Azure judges the prompt before any model sees it.
  if (status === 400 && (error.code === 'content_filter' || error.code === 'content_policy_violation')) {
    return modelFailure(`${at} refused the request by its content filter.`, { kind: 'refused', status });
  }
  const message = `${at} answered with error ${status}${said(server, error)}.`;
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    return modelFailure(message, { kind: 'unavailable', status, retryAfter: readRetryAfter(error.headers) }, 'Try again later.');
  }
  return modelFailure(message, { kind: 'rejected', status }, `Check ${names.model} and ${names.baseUrl}.`);
}

/** What the server said, when it said it in JSON; pages are not worth quoting. */
function said(server: Server, { error }: { error?: unknown }): string {
  const message = typeof error === 'string' ? error : (error as { message?: unknown } | null | undefined)?.message;
  const text = typeof message === 'string' ? server.quote(message).replace(/[.!\s]+$/, '') : '';
  return text === '' ? '' : `: ${text}`;
}

/** Servers that fail while streaming put the status in the error's code. */
function statusIn(code: unknown): number | undefined {
  const status = Number(code);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}

/** The system's code of a failed connection, e.g. ` (ECONNREFUSED)`: it says what matters and holds no address or key. */
function reasonOf(error: unknown): string {
  for (let inner = error; typeof inner === 'object' && inner !== null; inner = (inner as Error).cause) {
    const { code } = inner as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return ` (${code})`;
  }
  return '';
}
