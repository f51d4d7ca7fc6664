/** A point in time after which nothing more is waited for, and the asker's own signal, in one. */
export interface Deadline {
  /** Aborts at the deadline or when the asker leaves. */
  readonly signal: AbortSignal;
  /** Whether the time is up; false when only the asker left. */
  passed(): boolean;
  /** Milliseconds left, at least 0. */
  left(): number;
  stop(): void;
}

export function startDeadline(milliseconds: number, asker?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = performance.now() + milliseconds;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort(new Error('the time for a model-written answer is up'));
  }, milliseconds);
  const leave = () => controller.abort(asker?.reason);
  if (asker?.aborted) leave();
  else asker?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    passed: () => late,
    left: () => Math.max(0, end - performance.now()),
    stop: () => {
      clearTimeout(timer);
      asker?.removeEventListener('abort', leave);
    },
  };
}

/**
 * The deltas of a stream until a signal aborts; then throws its reason at once, whether or not the stream reacts to it. A model
 * that ignores its signal costs a connection, never the asker's time.
 */
export async function* until<T>(stream: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = stream[Symbol.asyncIterator]();
  let abort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  // Nobody may be waiting when it aborts.
  aborted.catch(() => {});
  let finished = false;
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => {});
      const result = await Promise.race([next, aborted]);
      if (result.done) {
        finished = true;
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    if (!finished) void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

/** A whole reply of at most `characters`; what is longer is cut and the stream ended. */
export async function wholeReply(stream: AsyncIterable<string>, signal: AbortSignal, characters: number): Promise<string> {
  let text = '';
  for await (const delta of until(stream, signal)) {
    text += delta;
    if (text.length >= characters) return text.slice(0, characters);
  }
  return text;
}
