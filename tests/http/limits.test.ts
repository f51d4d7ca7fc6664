import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiKey } from '../../src/core/access.ts';
import { createApp } from '../../src/http/app.ts';
import { noRates } from '../../src/http/limits.ts';
import { listen } from '../../src/http/server.ts';
import { createWho } from '../../src/http/who.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits, tinyApp } from './helper.ts';

const keys = {
  find: (text: string): ApiKey => ({ id: text.slice(4), name: text, scope: 'ask', created: '2026', expires: null }),
};
const who = createWho({ keys, required: true });
const question = { question: 'How many harbours does the coast have?' };
const by = (name: string) => ({ 'x-api-key': `pil_${name}` });

describe('requests within a minute', () => {
  it('are counted by who asks, and every reply says how many are left', async () => {
    const { call } = tinyApp({}, { who, rates: { ...noRates, requestsPerMinute: 3 } });
    const left: (string | null)[] = [];
    for (let at = 0; at < 3; at++) {
      const response = await call('GET', '/v1/briefings', undefined, by('ann'));
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60');
      left.push(response.headers.get('ratelimit'));
    }
    expect(left.map((text) => text?.split(';')[1])).toEqual(['r=2', 'r=1', 'r=0']);
    const over = await call('POST', '/v1/ask', question, by('ann'));
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThanOrEqual(19);
    expect(over.headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d+$/);
    expect((await over.json()).error.code).toBe('rate_limited');
    expect((await call('POST', '/v1/ask', question, by('bob'))).status).toBe(200);
    // Who watches whether it runs is not refused.
    for (let at = 0; at < 10; at++) expect((await call('GET', '/healthz', undefined, by('ann'))).status).toBe(200);
  });

  it('are as many as anybody likes unless it is set', async () => {
    const { call } = tinyApp();
    for (let at = 0; at < 50; at++) {
      const response = await call('GET', '/v1/models');
      expect([response.status, response.headers.get('ratelimit')]).toEqual([200, null]);
    }
  });
});

describe('questions at once', () => {
  /** A Pilcrow whose answers come when they are let. */
  async function slow(rates: Partial<typeof noRates>) {
    const tiny = createTiny();
    const held: (() => void)[] = [];
    let began = 0;
    const pilcrow = {
      ...tiny,
      ask: async (...given: Parameters<typeof tiny.ask>) => {
        began++;
        await new Promise<void>((resolve) => held.push(resolve));
        return tiny.ask(...given);
      },
    };
    const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits }, who, rates: { ...noRates, ...rates } });
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    servers.push(server);
    const ask = (name: string, signal?: AbortSignal) =>
      fetch(`${server.url}/v1/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...by(name) },
        body: JSON.stringify(question),
        signal,
      }).then(async (response) => ({
        status: response.status,
        retry: response.headers.get('retry-after'),
        code: (await response.json()).error?.code,
      }));
    const until = async (count: number) => {
      while (began < count) await new Promise((resolve) => setImmediate(resolve));
    };
    return { ask, until, release: () => held.splice(0).forEach((one) => void one()), began: () => began, url: server.url };
  }
  const servers: { close(milliseconds?: number): Promise<void> }[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close(0))));

  it('of one asker are bounded, and do not keep others from asking', async () => {
    const service = await slow({ questionsAtOnce: 2 });
    const first = [service.ask('ann'), service.ask('ann')];
    await service.until(2);
    expect(await service.ask('ann')).toEqual({ status: 429, retry: '5', code: 'too_many_at_once' });
    const other = service.ask('bob');
    await service.until(3);
    service.release();
    expect((await Promise.all([...first, other])).map(({ status }) => status)).toEqual([200, 200, 200]);
    const again = service.ask('ann');
    await service.until(4);
    service.release();
    expect((await again).status).toBe(200);
  });

  it('of all wait for one another in a queue of bounded length', async () => {
    const service = await slow({ questionsRunning: 1, questionsWaiting: 1 });
    const running = service.ask('ann');
    await service.until(1);
    // One of the two waits, the other finds the queue full.
    const signals = [new AbortController(), new AbortController()];
    const two = signals.map(({ signal }, at) => service.ask(at === 0 ? 'bob' : 'cid', signal).then((reply) => ({ ...reply, at })));
    const full = await Promise.race(two);
    expect(full).toMatchObject({ status: 503, retry: '5', code: 'overloaded' });
    expect(service.began()).toBe(1);
    expect((await fetch(`${service.url}/v1/briefings`, { headers: by('cid') })).status).toBe(200);
    // Whoever hangs up gives the place in the queue back.
    const waits = 1 - full.at;
    signals[waits]?.abort();
    await expect(two[waits]).rejects.toThrow();
    // Until the service has noticed that one hung up, the queue is still full.
    const again = async () => {
      for (;;) {
        const reply = await service.ask('dan');
        if (reply.status !== 503) return reply;
      }
    };
    // From here on answers come as they are asked for.
    const letting = setInterval(service.release, 5);
    onTestFinished(() => clearInterval(letting));
    expect((await running).status).toBe(200);
    expect((await again()).status).toBe(200);
  });

  it('connections above their number are closed', async () => {
    const server = await listen(tinyApp().app, { host: '127.0.0.1', port: 0, connections: 2 });
    servers.push(server);
    const { connect } = await import('node:net');
    const sockets = Array.from({ length: 3 }, () => connect(server.port, '127.0.0.1'));
    const closed = await Promise.race(
      sockets.map((socket, at) => new Promise<number>((resolve) => socket.once('close', () => resolve(at)))),
    );
    expect(sockets.filter((socket) => !socket.closed)).toHaveLength(2);
    expect(closed).toBeGreaterThanOrEqual(0);
    for (const socket of sockets) socket.destroy();
  });
});
