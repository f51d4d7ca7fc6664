import { pilcrowError } from '../../core/errors.ts';

/** How a target is reached over HTTP. */
export interface TargetConnection {
  /** Sent with every request, e.g. `authorization`. */
  headers?: Record<string, string>;
  /** Longest wait for one reply, milliseconds. Default 60,000. */
  timeoutMilliseconds?: number;
}

/** Tries after the first, for failures that may pass: no connection, 429, 502, 503, 504. */
const RETRIES = 2;
/** Longest pause a reply may ask for with Retry-After, milliseconds; a longer one ends the tries. */
const LONGEST_PAUSE = 5000;
const PASSING = new Set([429, 502, 503, 504]);
/** Largest reply read, bytes. */
const MOST_BYTES = 20_000_000;

/** How long one reply may take unless told otherwise, and the wait before the first attempt anew, which doubles; milliseconds. */
const REPLY_MILLISECONDS = 60_000;
const FIRST_PAUSE = 250;

/**
 * One JSON request. Resolves to status and body; rejects with `unavailable` when the target cannot be reached, and with
 * `model_unavailable` when one reply takes too long, is too large, or is not JSON.
 */
export async function requestJson(
  url: string,
  body: unknown,
  { headers = {}, timeoutMilliseconds = REPLY_MILLISECONDS }: TargetConnection,
  signal: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  for (let attempt = 0; ; attempt++) {
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, timeout]),
      });
      const wait = pauseOf(response, attempt);
      if (PASSING.has(response.status) && attempt < RETRIES && wait <= LONGEST_PAUSE) {
        await response.body?.cancel();
        await pause(wait, signal);
        continue;
      }
      return { status: response.status, body: await readJson(response, url) };
    } catch (error) {
      if (signal.aborted) throw error;
      if (timeout.aborted)
        throw pilcrowError('model_unavailable', `No reply within ${timeoutMilliseconds} ms.`, { retryable: true, cause: error });
      // What fetch rejects with when there is no connection; its cause says why.
      if (!(error instanceof TypeError)) throw error;
      if (attempt >= RETRIES) throw unreachable(url, error);
      await pause(FIRST_PAUSE * 2 ** attempt, signal);
    }
  }
}

function unreachable(url: string, error: Error) {
  const { origin } = new URL(url);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return pilcrowError('unavailable', `${origin} cannot be reached (${cause?.code ?? cause?.message ?? error.message}).`, {
    hint: 'Is the service running, and is the address right?',
    retryable: true,
    cause: error,
  });
}

async function readJson(response: Response, url: string): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES)
      throw pilcrowError('model_unavailable', `The reply of ${new URL(url).pathname} is larger than ${MOST_BYTES} bytes.`);
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw pilcrowError(
      'model_unavailable',
      `The reply of ${new URL(url).pathname} (status ${response.status}) is not JSON: ${text.slice(0, 80)}`,
    );
  }
}

function pauseOf(response: Response, attempt: number): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : FIRST_PAUSE * 2 ** attempt;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** What an error reply says, from problem+json or the `error` member of OpenAI-compatible services. */
export function errorText(status: number, body: unknown): string {
  const { detail, title, error } = (body ?? {}) as { detail?: unknown; title?: unknown; error?: unknown };
  const inner = typeof error === 'string' ? error : (error as { message?: unknown } | undefined)?.message;
  const said = [detail, inner, title].find((text) => typeof text === 'string');
  return `status ${status}${said ? `: ${said}` : ''}`;
}
