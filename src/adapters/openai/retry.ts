import { isPilcrowError } from '../../core/errors.ts';
import { type CallWatch, type FailureDetails, modelFailure, seconds } from '../chat-limits.ts';

/** How often and how long something is tried again. */
export interface RetryBudget {
  /** Attempts in all, 1 or more. */
  attempts: number;
  /** From the first attempt to the start of the last, milliseconds. */
  milliseconds: number;
}

/** The first wait; each further one is twice as long, up to the longest. Half of every wait is chance, so that clients spread out. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 8000;
/** What a later attempt can mend; the rest was refused for what it is. */
const WORTH_RETRYING = new Set([408, 429, 500, 502, 503, 504, 529]);

/** Whether trying again may help: connections that failed and answers of a server that is busy or broken. */
function worthRetrying({ kind, status }: FailureDetails): boolean {
  return kind === 'unavailable' && (status === undefined || WORTH_RETRYING.has(status));
}

/**
 * Tries until it works, the budget is spent or the failure is one that stays. A server that names the time to wait is obeyed
 * when that fits the budget; when it does not, the call fails at once instead of trying in vain.
 */
export async function withRetries<T>(call: CallWatch, budget: RetryBudget, attempt: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const details = isPilcrowError(error) ? (error.details as FailureDetails | undefined) : undefined;
      if (details === undefined || !worthRetrying(details) || tries >= budget.attempts) throw error;
      const wait = details.retryAfter ?? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
      const left = Math.min(budget.milliseconds - (performance.now() - started), call.left());
      if (wait >= left) {
        if (details.retryAfter === undefined) throw error;
        const message = `${(error as Error).message} It asks to be left alone for ${seconds(wait)}, longer than there is time.`;
        throw modelFailure(message, details, (error as { hint?: string }).hint ?? undefined);
      }
      await pause(call, wait);
    }
  }
}

async function pause(call: CallWatch, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await call.within(slept, milliseconds + 1000, 'no pause');
  } finally {
    clearTimeout(timer);
  }
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; `retry-after-ms` as Azure sends it. Undefined when there is none. */
export function readRetryAfter(headers: { get(name: string): string | null } | undefined, now = Date.now()): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const text = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  // A date always has letters; without them Date.parse would take "-1" or "7 8" for a year or a day.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
