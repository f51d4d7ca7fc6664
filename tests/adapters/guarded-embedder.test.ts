import { expect, test } from 'vitest';
import { guardedEmbedder } from '../../src/adapters/guarded-embedder.ts';
import { pilcrowError } from '../../src/core/errors.ts';
import { moveOn } from '../fixtures/clock.ts';

/** A service that does what it is told next; `asked` counts. */
function service() {
  const state = { asked: 0, next: async (_signal?: AbortSignal): Promise<number[]> => [1, 0] };
  const embedQuery = async (_: string, options?: { signal?: AbortSignal }) => {
    state.asked++;
    return state.next(options?.signal);
  };
  return {
    state,
    embedder: { id: 'two-1', dimensions: 2, embedQuery, embedDocuments: async (texts: string[]) => texts.map(() => [0, 1]) },
  };
}
const down = async (): Promise<number[]> => {
  throw pilcrowError('model_unavailable', 'It is down.', { retryable: true });
};

test('what works is passed on', async () => {
  const guarded = guardedEmbedder(service().embedder);
  expect([guarded.id, guarded.dimensions, await guarded.embedQuery('a'), await guarded.embedDocuments(['a', 'b'])]).toEqual([
    'two-1',
    2,
    [1, 0],
    [
      [0, 1],
      [0, 1],
    ],
  ]);
  expect(guarded.problem()).toBeNull();
});

test('after a failure nothing is asked for a while, then it is tried again', async () => {
  const { state, embedder } = service();
  const guarded = guardedEmbedder(embedder, { restMilliseconds: 60_000 });
  state.next = down;
  for (const _ of [1, 2, 3]) await expect(guarded.embedQuery('a')).rejects.toThrow('It is down.');
  expect(state.asked).toBe(1);
  expect(guarded.problem()).toContain('It is down.');
  state.next = async () => [0, 1];
  moveOn(60_001);
  expect(await guarded.embedQuery('a')).toEqual([0, 1]);
  expect(guarded.problem()).toBeNull();
});

test('a wait is bounded, and given up at the service too', async () => {
  const { state, embedder } = service();
  const guarded = guardedEmbedder(embedder, { queryMilliseconds: 40 });
  let given: AbortSignal | undefined;
  state.next = (signal) => {
    given = signal;
    return new Promise(() => {});
  };
  await expect(guarded.embedQuery('a')).rejects.toMatchObject({ code: 'model_unavailable', details: { kind: 'timeout' } });
  expect(given?.aborted).toBe(true);
});

test('a question that is too long is no failure of the service', async () => {
  const { state, embedder } = service();
  const guarded = guardedEmbedder(embedder);
  state.next = async () => {
    throw pilcrowError('too_large', 'Too long.');
  };
  await expect(guarded.embedQuery('a')).rejects.toThrow('Too long.');
  state.next = async () => [1, 0];
  expect(await guarded.embedQuery('b')).toEqual([1, 0]);
});
