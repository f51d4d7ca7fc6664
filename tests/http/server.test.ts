import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
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
  const url = await start({ milliseconds: 20_000, onAbort: () => told() });
  const abort = new AbortController();
  const request = post(url, { question: 'How many harbours?' }, { signal: abort.signal, headers: { accept } }).then((response) =>
    response.text(),
  );
  setTimeout(() => abort.abort(), 100);
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
  const url = await start({ milliseconds: 300 });
  const asked = post(url, { question: 'How many harbours?' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const [server] = servers;
  const closing = server!.close(5000);
  expect((await (await asked).json()).status).toBe('answered');
  await closing;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});
