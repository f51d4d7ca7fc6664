import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createPool, type Pool, type PoolOptions } from '../../src/adapters/pool/pool.ts';
import type { Ordered } from '../../src/adapters/pool/work.ts';
import { createAsking } from '../../src/core/asking.ts';
import { eventually, hold } from '../fixtures/held.ts';

// Ending and starting threads on a busy machine takes a while.
vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-pool-'));
const pools: Pool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function poolOf(options: Partial<PoolOptions> = {}) {
  const file = join(folder, `${++files}`);
  const publish = (id: string) => writeFileSync(file, id);
  publish('1');
  let published = '1';
  const lines: string[] = [];
  const pool = createPool({
    workers: 2,
    module: resolve('tests/fixtures/pool-worker.mjs'),
    data: { file },
    served: { chat: null, check: null, reranker: null, embedder: null },
    current: async () => (published === 'none' ? null : published),
    computing: 300,
    waiting: 100,
    log: (level, message) => lines.push(`${level} ${message}`),
    ...options,
  });
  pools.push(pool);
  const ask = async (question: string, how: Partial<Ordered> = {}) =>
    (await pool.run('ask', { request: { question }, told: how.onEvent !== undefined }, { groups: null, ...how })) as unknown as {
      said: string;
      thread: number;
      snapshot: string;
    };
  return {
    pool,
    ask,
    lines,
    publish: (id: string) => {
      publish(id);
      published = id;
    },
  };
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error) => error.code ?? error.message,
  );

describe('a question that never ends', () => {
  it('ends with an error, and nobody else notices', async () => {
    const { ask, lines } = poolOf();
    await ask('say first');
    const spinning = codeOf(ask('spin'));
    const others = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`say ${at}`)));
    expect(others.map(({ said }) => said)).toEqual(Array.from({ length: 20 }, (_, at) => String(at)));
    expect(await spinning).toBe('too_slow');
    expect(lines).toEqual([expect.stringContaining('warn a question took more computing')]);
    // Both threads answer again.
    await eventually(async () => {
      const threads = await Promise.all([ask('slowly'), ask('slowly')]);
      expect(new Set(threads.map(({ thread }) => thread)).size).toBe(2);
    });
  });

  it('does not stop a service with one thread, and waiting questions are answered', async () => {
    const { ask } = poolOf({ workers: 1 });
    await ask('say first');
    const spinning = codeOf(ask('spin'));
    const after = ask('say after');
    expect([await spinning, (await after).said]).toEqual(['too_slow', 'after']);
  });

  it('is ended though whoever asked has left', async () => {
    const { ask, lines } = poolOf({ workers: 1 });
    await ask('say first');
    const leaving = new AbortController();
    const spinning = codeOf(ask('spin', { signal: leaving.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(new Error('left'));
    expect(await spinning).toBe('left');
    expect((await ask('say after')).said).toBe('after');
    expect(lines).toHaveLength(1);
  });
});

describe('a question that ends its thread', () => {
  it('is tried once more by itself, then fails; what ran beside it is answered', async () => {
    const model = hold<number[]>();
    const reranker = { name: 'held', rerank: model.until };
    const { ask, lines } = poolOf({ workers: 1, served: { chat: null, check: null, reranker, embedder: null } });
    await ask('say first');
    // Waits for a model while the other runs in the same thread.
    const waiting = ask('chat');
    await model.begun;
    const dying = codeOf(ask('die'));
    // What waits is begun again elsewhere, and the other once more by itself.
    await eventually(() => expect(lines.some((line) => line.includes('ended by itself'))).toBe(true));
    model.go([1]);
    expect(await dying).toBe('internal');
    expect((await waiting).said).toEqual([1]);
    expect(lines.filter((line) => line.includes('ended by itself'))).toHaveLength(2);
  });

  it('after something was told of an answer, that answer is not begun anew', async () => {
    const { ask } = poolOf();
    const events: string[] = [];
    expect(await codeOf(ask('told then die', { onEvent: ({ type }) => events.push(type) }))).toBe('unavailable');
    expect(events).toEqual(['passages', 'sentence']);
  });
});

describe('a snapshot', () => {
  it('is taken up by all at once; work on the one before ends on it', async () => {
    const { ask, pool, publish } = poolOf();
    expect((await ask('say')).snapshot).toBe('1');
    const running = ask('slowly');
    publish('2');
    await pool.refresh();
    expect((await running).snapshot).toBe('1');
    const after = await Promise.all(Array.from({ length: 10 }, () => ask('say')));
    expect(new Set(after.map(({ snapshot }) => snapshot))).toEqual(new Set(['2']));
    expect((await pool.live()).info.id).toBe('2');
  });

  it('that is not there yet is told, and taken up when it is', async () => {
    const { ask, publish } = poolOf();
    publish('none');
    expect(await codeOf(ask('say'))).toBe('index_missing');
    publish('3');
    await eventually(async () => expect((await ask('say')).snapshot).toBe('3'));
  });

  it('is given to a thread that takes the place of another', async () => {
    const { ask, pool, publish } = poolOf({ workers: 1 });
    await ask('say');
    publish('2');
    await pool.refresh();
    await codeOf(ask('spin'));
    expect((await ask('say')).snapshot).toBe('2');
  });
});

it('refuses what would wait too long', async () => {
  const { ask } = poolOf({ workers: 1, waiting: 2 });
  await ask('say first');
  const all = await Promise.all(['slowly', 'say a', 'say b', 'say c'].map((question) => codeOf(ask(question))));
  expect(all).toEqual(['answered', 'answered', 'answered', 'unavailable']);
});

it('answers others while one waits for a model, and calls the model as whoever asked', async () => {
  const asking = createAsking();
  const callers: (string | undefined)[] = [];
  let answer: (scores: number[]) => void = () => {};
  const reranker = {
    name: 'held',
    rerank: () => {
      callers.push(asking.current()?.id);
      return new Promise<number[]>((resolve) => {
        answer = resolve;
      });
    },
  };
  const { ask } = poolOf({ workers: 1, served: { chat: null, check: null, reranker, embedder: null } });
  const held = asking.run({ kind: 'key', id: 'ada', scope: 'ask' }, () => ask('chat'));
  expect((await ask('say meanwhile')).said).toBe('meanwhile');
  answer([0.5]);
  expect((await held).said).toEqual([0.5]);
  expect(callers).toEqual(['ada']);
});

it('what a model fails with reaches the thread that asked', async () => {
  const reranker = { name: 'down', rerank: () => Promise.reject(new Error('it is down')) };
  const { ask } = poolOf({ served: { chat: null, check: null, reranker, embedder: null } });
  expect((await ask('chat')).said).toContain('it is down');
});

it('what is closed answers nothing more', async () => {
  const { ask, pool } = poolOf();
  await ask('say first');
  const running = codeOf(ask('slowly'));
  await pool.close();
  expect([await running, await codeOf(ask('say more'))]).toEqual(['unavailable', 'unavailable']);
});
