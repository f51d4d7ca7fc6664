import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { hold } from '../fixtures/held.ts';
import { createTiny, type TinyOptions } from '../fixtures/tiny.ts';
import { limits, readEvents } from './helper.ts';

const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

async function start(options: TinyOptions = {}): Promise<string> {
  const app = createApp({ pilcrow: createTiny(undefined, options), config: { host: '127.0.0.1', publicUrl: null, limits } });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  servers.push(server);
  return server.url;
}
const post = (url: string, body: unknown, more: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${url}/v1/ask`, {
    method: 'POST',
    body: JSON.stringify(body),
    ...more,
    headers: { 'content-type': 'application/json', ...more.headers },
  });

test('answers over a socket, in JSON and as a stream', async () => {
  const url = await start();
  const question = 'How many harbours?';
  const reply = await (await post(url, { question })).json();
  const stream = await (await post(url, { question }, { headers: { accept: 'text/event-stream' } })).text();
  expect(readEvents(stream).at(-1)!.data).toEqual(reply);
});

test.each(['application/json', 'text/event-stream'])('a caller of %s who hangs up gives the question up', async (accept) => {
  let told: () => void = () => {};
  const abandoned = new Promise<void>((resolve) => {
    told = resolve;
  });
  const answer = hold();
  const url = await start({ until: answer.until, onAbort: () => told() });
  const abort = new AbortController();
  const request = post(url, { question: 'How many harbours?' }, { signal: abort.signal, headers: { accept } }).then((response) =>
    response.text(),
  );
  void answer.begun.then(() => abort.abort());
  await expect(request).rejects.toThrow();
  await abandoned;
});

test('a body without a declared length is cut at the limit', async () => {
  const url = new URL(await start());
  const reply = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    let text = '';
    socket.on('data', (part) => (text += part));
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) => (text ? resolve(text) : reject(error)));
    socket.write('POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = 'x'.repeat(10_000);
    for (let sent = 0; sent < 10; sent++) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  });
  expect(reply).toMatch(/^HTTP\/1\.1 413 /);
  expect(reply).toMatch(/connection: close/i);
});

test('a port in use is named, with what to do', async () => {
  const port = Number(new URL(await start()).port);
  const app = createApp({ pilcrow: createTiny(), config: { host: '127.0.0.1', publicUrl: null, limits } });
  await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
    message: `Port ${port} on 127.0.0.1 is already in use.`,
    hint: expect.stringContaining('PILCROW_PORT'),
  });
});

test('closing lets a running question end', async () => {
  const answer = hold();
  const url = await start({ until: answer.until });
  const asked = post(url, { question: 'How many harbours?' });
  await answer.begun;
  const [server] = servers;
  const closing = server!.close(60_000);
  answer.go();
  expect((await (await asked).json()).status).toBe('answered');
  await closing;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('while it stops, clients are told before anything is closed, and whoever goes then is never cut off', async () => {
  let stopping = false;
  const app = createApp({
    pilcrow: createTiny(),
    config: { host: '127.0.0.1', publicUrl: null, limits },
    isStopping: () => stopping,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const body = JSON.stringify({ question: 'How many harbours?' });
  const ask = (agent: Agent) =>
    new Promise<{ status?: number; connection?: string; error?: string }>((resolve) => {
      const sent = request(
        {
          port: server.port,
          path: '/v1/ask',
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'content-length': body.length },
        },
        (reply) => {
          reply.resume();
          reply.on('end', () => resolve({ status: reply.statusCode, connection: reply.headers.connection }));
          reply.on('error', () => resolve({ error: 'cut off' }));
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code }));
      sent.end(body);
    });
  const seen: Awaited<ReturnType<typeof ask>>[] = [];
  // Six keep their connection, of which four go when they are told; two make a new one each time.
  const clients = Array.from({ length: 8 }, async (_, at) => {
    const agent = new Agent({ keepAlive: at < 6, maxSockets: 1 });
    for (;;) {
      const reply = await ask(agent);
      seen.push(reply);
      // Half of them go when they are told that the connection closes; the others try until there is nothing to connect to.
      if (reply.error || (at < 4 && reply.connection === 'close')) break;
    }
    agent.destroy();
  });
  while (seen.length < 40) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.every(({ status }) => status === 200)).toBe(true);
  stopping = true;
  const closing = server.close(25_000, 1500);
  const ready = await fetch(`${server.url}/readyz`);
  expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
  const told = seen.length;
  let open = true;
  void closing.then(() => {
    open = false;
  });
  // In the pause new connections are still answered.
  while (seen.length < told + 40 && open) await new Promise((resolve) => setImmediate(resolve));
  // A machine too busy for forty answers in the pause shows nothing here.
  if (open) expect(seen.filter(({ error }) => error)).toEqual([]);
  await closing;
  await Promise.all(clients);
  const failed = seen.filter(({ error }) => error);
  // One try each of those who went on: nobody whose connection was taken is cut off.
  expect(failed).toHaveLength(4);
  // Refused, or reset before it was taken where this process had to wait for its turn; no reply that had begun.
  for (const { error } of failed) expect(['ECONNREFUSED', 'ECONNRESET']).toContain(error);
  expect(seen.slice(told + 8).every(({ connection, error }) => error !== undefined || connection === 'close')).toBe(true);
});
