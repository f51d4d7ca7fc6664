import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { ChatFailure, ChatMessage, ChatModel, ChatOptions } from '../core/ports.ts';

export interface GuardedChat extends ChatModel {
  /** Why the model is not asked at the moment, or null. */
  problem(): string | null;
  /** Ends every call at once and allows none after: the service stops, and askers get the quoted answer. */
  stop(): void;
}

export interface ChatGuardOptions {
  /** Most calls within an hour; null: no limit. One answer takes one to four. */
  callsPerHour?: number | null;
  /** Failures in a row after which the model is left alone. */
  failures?: number;
  /** For how long, milliseconds. */
  restMilliseconds?: number;
  /** Milliseconds of silence after which a call that was given up counts as a failure of the model, not a change of mind. */
  silentMilliseconds?: number;
  /** A clock in milliseconds. */
  now?: () => number;
}

/** One failure may be a single overlong question; two in a row are a model that is down. */
const FAILURES_UNTIL_REST = 2;
/** So that a model that is down costs two askers the wait in half a minute and nobody else. */
const REST_MILLISECONDS = 30_000;
/** Hosted models begin within 1 to 3 s; an asker who leaves does so sooner or much later. */
export const SILENT_MILLISECONDS = 5000;
const HOUR = 3_600_000;
/** Failures that another question would meet as well. */
const LASTING: ReadonlySet<ChatFailure> = new Set(['timeout', 'unavailable', 'rejected', 'nonsense']);

/**
 * A chat model that is left alone for a while when it fails again and again, so that askers get the quoted answer at once, and
 * that is called no more often in an hour than somebody wants to pay for. The calls throw `model_unavailable` then.
 */
export function guardedChat(chat: ChatModel, options: ChatGuardOptions = {}): GuardedChat {
  const {
    callsPerHour = null,
    failures: limit = FAILURES_UNTIL_REST,
    restMilliseconds = REST_MILLISECONDS,
    now = () => performance.now(),
  } = options;
  const { silentMilliseconds = SILENT_MILLISECONDS } = options;
  const stopping = new AbortController();
  let failures = 0;
  let last: { message: string; at: number } | null = null;
  let calls: number[] = [];

  const resting = () => (last && failures >= limit && now() - last.at < restMilliseconds ? last : null);
  const spent = (): boolean => {
    if (callsPerHour === null) return false;
    const since = now() - HOUR;
    if (calls[0] !== undefined && calls[0] <= since) calls = calls.filter((at) => at > since);
    return calls.length >= callsPerHour;
  };
  const failed = (message: string): void => {
    failures++;
    last = { message, at: now() };
  };

  async function* stream(messages: readonly ChatMessage[], given?: ChatOptions): AsyncGenerator<string> {
    const rest = resting();
    // After the rest one call tries; the others do not wait with it.
    const trial = !rest && last && failures >= limit ? last : null;
    const since = trial?.at ?? 0;
    if (stopping.signal.aborted) throw stopping.signal.reason;
    if (rest)
      throw pilcrowError('model_unavailable', rest.message, { retryable: true, details: { kind: 'resting' satisfies ChatFailure } });
    if (spent()) {
      throw pilcrowError(
        'model_unavailable',
        `${chat.name} was called ${callsPerHour} times within an hour, which is all that is allowed.`,
        {
          hint: 'Raise PILCROW_MODEL_CALLS_PER_HOUR, or wait.',
          retryable: true,
          details: { kind: 'over_budget' satisfies ChatFailure },
        },
      );
    }
    const began = now();
    if (callsPerHour !== null) calls.push(began);
    if (trial) trial.at = began;
    let heard = false;
    let settled = false;
    try {
      const signal = given?.signal ? AbortSignal.any([given.signal, stopping.signal]) : stopping.signal;
      for await (const delta of chat.stream(messages, { ...given, signal })) {
        heard = true;
        yield delta;
      }
      settled = true;
      failures = 0;
    } catch (error) {
      settled = true;
      if (stopping.signal.aborted) throw stopping.signal.reason;
      const kind = isPilcrowError(error) ? (error.details as { kind?: ChatFailure } | undefined)?.kind : undefined;
      if (kind && LASTING.has(kind)) failed((error as Error).message);
      else if (!heard && given?.signal?.aborted && now() - began >= silentMilliseconds) failed(`${chat.name} does not answer.`);
      throw error;
    } finally {
      // Whoever reads stopped reading: with something heard that is a decision, without it the model was too slow.
      if (!settled && !heard && now() - began >= silentMilliseconds) failed(`${chat.name} does not answer.`);
      // It answered well enough to be stopped.
      if (!settled && heard && !given?.signal?.aborted) failures = 0;
      // Nothing was learned: the next call may try.
      if (trial && trial === last && failures > 0) trial.at = since;
    }
  }

  return {
    name: chat.name,
    stream,
    stop: () =>
      stopping.abort(
        pilcrowError('model_unavailable', 'The service is shutting down.', {
          retryable: true,
          details: { kind: 'unavailable' satisfies ChatFailure },
        }),
      ),
    problem: () => resting()?.message ?? (spent() ? `${chat.name} has used up its ${callsPerHour} calls of this hour.` : null),
  };
}
