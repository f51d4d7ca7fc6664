import { expect, test } from 'vitest';
import type { SiteToken } from '../../src/core/site.ts';
import { createMcpHandler } from '../../src/index.ts';
import { hold } from '../fixtures/held.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits, tinyApp } from '../http/helper.ts';
import { serve } from './helper.ts';

const SITE = 'https://intranet.example.org';
const TOKEN = `site_${'0a'.repeat(16)}`;
const tokens = (() => {
  const token: SiteToken = { token: TOKEN, label: null, origins: [SITE], rate: 1000, created: '2026-01-01T00:00:00.000Z' };
  const map = new Map([[TOKEN, token]]);
  return { all: () => map };
})();
const ask = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'ask', arguments: { question: 'How many harbours does the coast have?' } },
};
const ACCEPT = { accept: 'application/json, text/event-stream' };

function app(more: Parameters<typeof tinyApp>[1] = {}) {
  const pilcrow = createTiny();
  const { call } = tinyApp({}, { mcp: () => createMcpHandler(pilcrow), ...more });
  return {
    pilcrow,
    post: (headers: Record<string, string> = {}, body: unknown = ask) =>
      call('POST', '/mcp', body, { host: '127.0.0.1:8787', ...ACCEPT, ...headers }),
    call,
  };
}

test('a program is answered, and the reply carries what every reply does', async () => {
  const { post } = app();
  const response = await post();
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('nine harbours');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-request-id')).toBeTruthy();
  expect(response.headers.get('cache-control')).toContain('no-store');
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['any page', 'https://evil.example', '127.0.0.1:8787'],
  ['a page without an origin', 'null', '127.0.0.1:8787'],
  ['a page whose name looks like ours', 'http://localhost.evil.example', '127.0.0.1:8787'],
  ['another scheme', 'file://', '127.0.0.1:8787'],
])('%s is refused', async (_what, origin, host) => {
  const { post, call, pilcrow } = app();
  const response = await post({ origin, host });
  expect(response.status).toBe(403);
  expect((await response.json()).error.code).toBe('origin_refused');
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  const preflight = await call('OPTIONS', '/mcp', undefined, { origin, host, 'access-control-request-method': 'POST' });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  expect(pilcrow.asked).toEqual([]);
});

test('a page whose name was made to resolve to this service is refused, on this machine and on the network', async () => {
  const rebound = { host: 'rebound.example:8787', origin: 'http://rebound.example:8787' };
  expect((await app().post(rebound)).status).toBe(421);
  expect((await app({ config: { host: '0.0.0.0', publicUrl: null, limits } }).post(rebound)).status).toBe(421);
  const behindProxy = app({ config: { host: '0.0.0.0', publicUrl: 'https://ask.example.org', limits } });
  expect((await behindProxy.post(rebound)).status).toBe(421);
  expect((await behindProxy.post({ host: 'ask.example.org', origin: 'https://ask.example.org' })).status).toBe(200);
  expect((await behindProxy.post({ host: 'ask.example.org' })).status).toBe(200);
});

test('pages on this machine may call a service on this machine, while no site has a token', async () => {
  const { post, call } = app();
  const response = await post({ origin: 'http://localhost:6274' });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:6274');
  const preflight = await call('OPTIONS', '/mcp', undefined, { host: '127.0.0.1:8787', origin: 'http://localhost:6274' });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  const strict = app({ tokens });
  expect((await strict.post({ origin: 'http://localhost:6274' })).status).toBe(403);
  expect((await strict.post({ origin: 'http://127.0.0.1:8787' })).status).toBe(200);
});

test('a site token opens asking and feedback, not this', async () => {
  const { post, call } = app({ tokens, config: { host: '0.0.0.0', publicUrl: 'https://ask.example.org', limits } });
  expect((await post({ host: 'ask.example.org', origin: SITE, 'pilcrow-token': TOKEN })).status).toBe(403);
  const preflight = await call('OPTIONS', '/mcp', undefined, { host: 'ask.example.org', origin: SITE });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
});

test('a body that is too large, no JSON, or of another type is refused', async () => {
  const { post, pilcrow } = app();
  const large = { ...ask, params: { ...ask.params, arguments: { question: 'x'.repeat(limits.bodyBytes) } } };
  const refused = await post({}, large);
  expect(refused.status).toBe(413);
  expect(refused.headers.get('connection')).toBe('close');
  const broken = await post({}, '{"jsonrpc":');
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32700 } });
  expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
  for (const odd of ['null', '[]', '7', '{}', '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"2.0","id":1,"method":"nothing"}']) {
    const response = await post({}, odd);
    expect(response.status, odd).toBeLessThan(500);
  }
  expect(pilcrow.asked).toEqual([]);
});

test('a batch of an older client is answered, one of hundreds is not', async () => {
  const { post, pilcrow } = app();
  const batch = (size: number) => Array.from({ length: size }, (_, id) => ({ ...ask, id }));
  const refused = await post({}, batch(11));
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32600, message: expect.stringContaining('at most 10') } });
  expect(pilcrow.asked).toEqual([]);
  expect((await (await post({}, batch(2))).text()).match(/"status":"answered"/g)).toHaveLength(2);
});

test('there are no sessions: nothing to get, nothing to delete', async () => {
  const { call } = app();
  for (const method of ['GET', 'DELETE', 'PUT']) {
    const response = await call(method, '/mcp', undefined, { host: '127.0.0.1:8787', accept: 'text/event-stream' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  }
});

test('without a handler there is nothing at this address', async () => {
  expect((await tinyApp().call('POST', '/mcp', ask, ACCEPT)).status).toBe(404);
});

test('what was withheld does not go out, nor do characters nobody sees', async () => {
  const tiny = createTiny();
  const hidden = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  const pilcrow: typeof tiny = {
    ...tiny,
    ask: async (...given) => {
      const answer = await tiny.ask(...given);
      const [sentence] = answer.sentences;
      return {
        ...answer,
        status: 'partial',
        answer: `${sentence!.text}${hidden} [1]`,
        sentences: [{ ...sentence!, text: sentence!.text + hidden }],
        withheld: [{ text: 'The coast has 4711 harbours.', reason: 'The figure 4711 is not in the paragraph.' }],
      };
    },
  };
  const reply = await (await app({ mcp: () => createMcpHandler(pilcrow) }).post()).text();
  expect(reply).toContain('1 further sentence was left out: not verified.');
  expect(reply).toContain('"withheld":1');
  expect(reply).not.toContain('4711');
  expect(reply).not.toMatch(/[\u{e0000}-\u{e007f}]/u);
});

test('a caller who hangs up gives the question up', async () => {
  let told: () => void = () => {};
  const abandoned = new Promise<void>((resolve) => {
    told = resolve;
  });
  const logged: string[] = [];
  const log = (level: string) => void logged.push(level);
  const answer = hold();
  const { url } = await serve(createTiny(undefined, { until: answer.until, onAbort: () => told() }), {}, { log });
  const abort = new AbortController();
  const asked = fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ACCEPT },
    body: JSON.stringify(ask),
    signal: abort.signal,
  }).then((response) => response.text());
  void answer.begun.then(() => abort.abort());
  await expect(asked).rejects.toThrow();
  await abandoned;
  // Whatever is told of it is told before another call is answered.
  answer.go();
  const next = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ACCEPT },
    body: JSON.stringify(ask),
  });
  expect(await next.text()).toContain('nine harbours');
  expect(logged).not.toContain('error');
});

const tool = (name: string, given: object) => ({ jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name, arguments: given } });
/** The one message of a reply, as JSON or as a stream. */
const messageOf = async (response: Response) => {
  const text = await response.text();
  return JSON.parse(text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? ''));
};

test.each([undefined, 'application/json', '*/*', 'application/json;q=0.9'])('a client that accepts %s gets JSON', async (accept) => {
  const { call } = app();
  const headers = { host: '127.0.0.1:8787', ...(accept ? { accept } : {}) };
  for (const body of [
    { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    tool('ask', { question: 'How many harbours does the coast have?' }),
  ]) {
    const response = await call('POST', '/mcp', body, headers);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)]);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: body.id, result: expect.any(Object) });
  }
});

test.each([
  ['null', 'ask', { question: 'How many harbours does the coast have?', edition: null, briefings: null, history: null }],
  ['empty', 'ask', { question: 'How many harbours does the coast have?', edition: '', briefings: [], history: [] }],
  ['a number as text', 'search', { query: 'harbours', limit: '3', edition: '' }],
  ['nothing but what is needed', 'compare_editions', { series: 'harbours', from: null, to: '', limit: ' 7 ' }],
])('%s for an optional argument of %s is understood', async (_what, name, given) => {
  const { result } = await messageOf(await app().post({}, tool(name, given)));
  expect(result.isError ?? false).toBe(false);
  expect(result.structuredContent).toBeDefined();
  if (name === 'search') expect(result.structuredContent.passages.length).toBeLessThanOrEqual(3);
});

test.each([
  ['ask', { question: '' }],
  ['ask', { question: null }],
  ['search', { query: 'harbours', limit: '3.5' }],
  ['search', { query: 'harbours', limit: 'three' }],
  ['search', { query: 'harbours', limit: '999' }],
])('what is wrong all the same is told: %s %j', async (name, given) => {
  const { result, error } = await messageOf(await app().post({}, tool(name, given)));
  expect(result?.isError === true || error !== undefined).toBe(true);
});
