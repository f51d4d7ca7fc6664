import { type PilcrowError, pilcrowError } from '../core/errors.ts';
import type { ChatFailure } from '../core/ports.ts';

/** What one reply of a chat model may take, however it is reached. */
export interface ChatLimits {
  /** Until the first word or thought, milliseconds. */
  firstMilliseconds: number;
  /** Between two parts, milliseconds. Thoughts of a reasoning model are parts; comments that keep a connection open are none. */
  idleMilliseconds: number;
  /** From the call to the end of the reply, repeated attempts included, milliseconds. */
  totalMilliseconds: number;
  /** Length of the reply, UTF-16 units. */
  characters: number;
}

/**
 * Outer bounds, chosen and not measured; the service sets the times to what an asker is willing to wait. An answer is a few
 * hundred words: 100,000 characters are some fifty times that.
 */
export const CHAT_LIMITS: ChatLimits = {
  firstMilliseconds: 30_000,
  idleMilliseconds: 15_000,
  totalMilliseconds: 60_000,
  characters: 100_000,
};

/** Particulars of a failure: what `details` of a `model_unavailable` error holds. */
export interface FailureDetails {
  kind: ChatFailure;
  /** HTTP status, when the server answered with an error. */
  status?: number;
  /** What the server wants to be waited before the next attempt, milliseconds. */
  retryAfter?: number;
}

/** A `model_unavailable` error. Retryable unless told otherwise by its kind: what was rejected or refused stays so. */
export function modelFailure(message: string, details: FailureDetails, hint?: string): PilcrowError {
  const retryable = details.kind === 'timeout' || details.kind === 'unavailable' || details.kind === 'cut_off';
  return pilcrowError('model_unavailable', message, { hint, retryable, details });
}

/**
 * Text of a reply's content: a string, or the text blocks of a list, as Mistral and LangChain have it. Null when there is nothing
 * in it, empty for thoughts alone, undefined for what is no content.
 */
export function contentText(content: unknown): string | null | undefined {
  if (content === undefined || content === null || content === '') return null;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  let text = '';
  for (const block of content as unknown[]) {
    const { type, text: part } = (typeof block === 'object' && block !== null ? block : {}) as { type?: unknown; text?: unknown };
    if (typeof block === 'string') text += block;
    else if (typeof part === 'string' && /^(?:text|text_delta|output_text)$/.test(String(type))) text += part;
  }
  return content.length === 0 ? null : text;
}

export const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;

/** A call with an end: `signal` is for what is called, `within` for waiting on it. */
export interface CallWatch {
  /** Aborts when the caller does, when a limit has passed, and on `end`. */
  readonly signal: AbortSignal;
  /** Milliseconds left of the total. */
  left(): number;
  /** Settles as `work` does; rejects with `timeout` when the time or the total has passed, with the caller's reason on abort. */
  within<T>(work: PromiseLike<T>, milliseconds: number, what: string): Promise<T>;
  /** The call is over, one way or the other. What still runs is torn down. */
  end(): void;
}

/** Watches over one call: at most `total` milliseconds from now, and never longer than the caller's signal allows. */
export function watch(name: string, total: number, caller?: AbortSignal): CallWatch {
  const controller = new AbortController();
  const { signal } = controller;
  const deadline = performance.now() + total;
  const left = () => Math.max(0, deadline - performance.now());
  const onCaller = () => controller.abort(caller?.reason);
  if (caller?.aborted) onCaller();
  else caller?.addEventListener('abort', onCaller, { once: true });
  return {
    signal,
    left,
    within: (work, milliseconds, what) =>
      new Promise((resolve, reject) => {
        const whole = left() <= milliseconds;
        const onTime = () => {
          const message = whole ? `${name} took longer than ${seconds(total)}.` : `${name} gave ${what} within ${seconds(milliseconds)}.`;
          controller.abort(modelFailure(message, { kind: 'timeout' }, 'It may be overloaded or too slow for the time allowed.'));
        };
        const onAbort = () => {
          finish();
          reject(signal.reason);
        };
        const timer = setTimeout(onTime, Math.min(milliseconds, left()));
        const finish = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        // What comes after a limit has passed is dropped, a rejection too.
        work.then(
          (value) => {
            finish();
            resolve(value);
          },
          (error: unknown) => {
            finish();
            reject(error);
          },
        );
        if (signal.aborted) onAbort();
      }),
    end: () => {
      caller?.removeEventListener('abort', onCaller);
      controller.abort();
    },
  };
}

/**
 * The text of a reply, part by part, within the limits. `read` makes a part a text: null for one that is no sign of life,
 * empty for a thought. Nothing is waited for once the reader has gone or a limit has passed.
 */
export async function* boundedText<Part>(
  name: string,
  limits: ChatLimits,
  call: CallWatch,
  parts: AsyncIterable<Part>,
  read: (part: Part) => string | null,
  started = performance.now(),
): AsyncGenerator<string> {
  const iterator = parts[Symbol.asyncIterator]();
  let characters = 0;
  let first = true;
  try {
    for (;;) {
      const allowed = first ? limits.firstMilliseconds - (performance.now() - started) : limits.idleMilliseconds;
      const next = await call.within(iterator.next(), Math.max(0, allowed), first ? 'no answer' : 'no further word');
      if (next.done) return;
      const text = read(next.value);
      if (text !== null) first = false;
      if (!text) continue;
      characters += text.length;
      if (characters > limits.characters) {
        throw modelFailure(`${name} gave more than ${limits.characters.toLocaleString('en')} characters.`, { kind: 'nonsense' });
      }
      yield text;
    }
  } finally {
    // Not awaited: a reply that hangs would hang here too.
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}
