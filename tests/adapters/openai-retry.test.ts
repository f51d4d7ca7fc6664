import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FailureDetails, modelFailure, watch } from '../../src/adapters/chat-limits.ts';
import { readRetryAfter, withRetries } from '../../src/adapters/openai/retry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Tries against a service that fails so often before it says yes; the times of the attempts, milliseconds from the first. */
function tries(failures: (Partial<FailureDetails> | null)[], budget = { attempts: 5, milliseconds: 60_000 }, total = 60_000) {
  const began = performance.now();
  const at: number[] = [];
  const abort = new AbortController();
  const call = watch('the model', total, abort.signal);
  const work = withRetries(call, budget, async () => {
    const failure = failures[at.push(performance.now() - began) - 1];
    if (failure) throw modelFailure('It is busy.', { kind: 'unavailable', ...failure });
    return 'yes';
  });
  work.catch(() => {});
  return { at, abort, work };
}

describe('what failed is tried again', () => {
  it('after waits that grow to eight seconds, half of each by chance', async () => {
    const { at, work } = tries([{}, {}, {}, {}, {}, {}, {}, {}, null], { attempts: 9, milliseconds: 600_000 }, 600_000);
    await vi.runAllTimersAsync();
    expect(await work).toBe('yes');
    const waits = at.slice(1).map((time, index) => time - at[index]!);
    for (const [index, wait] of waits.entries()) {
      const longest = Math.min(8000, 250 * 2 ** index);
      expect(wait).toBeGreaterThanOrEqual(longest / 2 - 1);
      expect(wait).toBeLessThanOrEqual(longest + 1);
    }
  });

  it('when the server said', async () => {
    const { at, work } = tries([{ retryAfter: 1500 }, null]);
    await vi.runAllTimersAsync();
    expect(await work).toBe('yes');
    expect(at[1]).toBeCloseTo(1500, -1);
  });

  it('not when it asks for more than the budget, and that is said at once', async () => {
    const { at, work } = tries([{ retryAfter: 6000 }, null], { attempts: 5, milliseconds: 5000 });
    await expect(work).rejects.toThrow('left alone for 6 s');
    expect(at).toHaveLength(1);
  });

  it('not when it asks for more than is left of the whole', async () => {
    const { at, work } = tries([{ retryAfter: 6000 }, null], undefined, 5000);
    await expect(work).rejects.toThrow('longer than there is time');
    expect(at).toHaveLength(1);
  });

  it('not once the caller has left', async () => {
    const { at, abort, work } = tries([{ retryAfter: 3000 }, null]);
    await vi.advanceTimersByTimeAsync(200);
    abort.abort(new Error('left'));
    await expect(work).rejects.toThrow('left');
    await vi.runAllTimersAsync();
    expect(at).toHaveLength(1);
  });

  it('not more often than allowed, and not what no attempt can mend', async () => {
    const often = tries([{}, {}, {}], { attempts: 3, milliseconds: 60_000 });
    await vi.runAllTimersAsync();
    await expect(often.work).rejects.toThrow('busy');
    expect(often.at).toHaveLength(3);
    const refused = tries([{ kind: 'rejected', status: 401 }, null]);
    await expect(refused.work).rejects.toThrow('busy');
    expect(refused.at).toHaveLength(1);
  });
});

it.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': ' 0.5 ' }, 500],
  [{ 'retry-after-ms': '120' }, 120],
  [{ 'retry-after': 'Mon, 30 Nov 2026 12:00:03 GMT' }, 3000],
  [{ 'retry-after': 'Mon, 30 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': '-1' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
] as [Record<string, string>, number | undefined][])('Retry-After is read from %j', (headers, milliseconds) => {
  expect(readRetryAfter(new Headers(headers), Date.parse('2026-11-30T12:00:00Z'))).toBe(milliseconds);
});
