import { expect, test } from 'vitest';
import type { SiteToken } from '../../src/core/site.ts';
import { createAdmission } from '../../src/http/access.ts';
import { limits, tinyApp } from './helper.ts';

const SITE = 'https://intranet.example.org';
const TOKEN = `site_${'0a'.repeat(16)}`;
const OTHER = `site_${'0b'.repeat(16)}`;
const token = (text: string, origins: string[], rate = 1000): SiteToken => ({
  token: text,
  label: null,
  origins,
  rate,
  created: '2026-01-01T00:00:00.000Z',
});
const tokensOf = (...all: SiteToken[]) => {
  const map = new Map(all.map((one) => [one.token, one]));
  return { all: () => map };
};
const HOST = { host: 'ask.example.org' };
const question = { question: 'How many harbours does the coast have?' };
const config = { host: '0.0.0.0', publicUrl: 'https://ask.example.org', limits };
const withTokens = () => tinyApp({}, { config, tokens: tokensOf(token(TOKEN, [SITE]), token(OTHER, ['https://other.example.org'])) });

test('a page of a listed origin asks with its token, and may read the reply', async () => {
  const { call } = withTokens();
  const response = await call('POST', '/v1/ask', question, { ...HOST, origin: SITE, 'pilcrow-token': TOKEN });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  expect(response.headers.get('vary')).toContain('Origin');
  expect(response.headers.get('access-control-expose-headers')).toContain('retry-after');
});

test.each([
  ['no token', { origin: SITE }, 401, 'token_required', SITE],
  ['an unknown token', { origin: SITE, 'pilcrow-token': `site_${'f'.repeat(32)}` }, 401, 'token_unknown', SITE],
  ["another site's token", { origin: SITE, 'pilcrow-token': OTHER }, 403, 'origin_refused', SITE],
  ['an origin that is not listed', { origin: 'https://evil.example' }, 403, 'origin_refused', null],
  ['a stolen token', { origin: 'https://evil.example', 'pilcrow-token': TOKEN }, 403, 'origin_refused', null],
  ['the same host by http', { origin: 'http://intranet.example.org', 'pilcrow-token': TOKEN }, 403, 'origin_refused', null],
  ['a frame without an origin', { origin: 'null', 'pilcrow-token': TOKEN }, 403, 'origin_refused', null],
  ['a name like its own', { origin: 'https://ask.example.org.evil.example' }, 403, 'origin_refused', null],
  ['a token without a page', { 'pilcrow-token': TOKEN }, 403, 'origin_refused', null],
  ['a page on this machine', { origin: 'http://localhost:3000' }, 403, 'origin_refused', null],
])('%s is refused', async (_what, headers, status, code, readable) => {
  const { call, pilcrow } = withTokens();
  for (const path of ['/v1/ask', '/v1/feedback']) {
    const response = await call('POST', path, question, { ...HOST, ...headers } as Record<string, string>);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(readable);
    expect((await response.json()).error.code).toBe(code);
  }
  expect(pilcrow.asked).toEqual([]);
});

test('its own pages and programs need no token', async () => {
  const { call } = withTokens();
  expect((await call('POST', '/v1/ask', question, { ...HOST, origin: 'https://ask.example.org' })).status).toBe(200);
  expect((await call('POST', '/v1/ask', question, HOST)).status).toBe(200);
  // A name that is not its own, however the browser got here.
  expect((await call('POST', '/v1/ask', question, { host: 'rebound.example', origin: 'http://rebound.example' })).status).toBe(421);
});

test('a preflight is answered by the list of origins', async () => {
  const { call } = withTokens();
  const ask = (origin: string, path = '/v1/ask') =>
    call('OPTIONS', path, undefined, {
      ...HOST,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,pilcrow-token',
    });
  const yes = await ask(SITE);
  expect(yes.status).toBe(204);
  expect(yes.headers.get('access-control-allow-origin')).toBe(SITE);
  expect(yes.headers.get('access-control-allow-headers')).toContain('pilcrow-token');
  expect(yes.headers.get('access-control-allow-methods')).toBe('POST');
  expect(yes.headers.get('access-control-allow-credentials')).toBeNull();
  expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  // A token opens asking and feedback, nothing else.
  for (const path of ['/v1/search', '/v1/briefings', '/openapi.json', '/readyz', '/v1/series']) {
    expect((await ask(SITE, path)).headers.get('access-control-allow-origin'), path).toBeNull();
    expect(
      (await call('GET', path, undefined, { ...HOST, origin: SITE, 'pilcrow-token': TOKEN })).headers.get('access-control-allow-origin'),
      path,
    ).toBeNull();
  }
});

test('without tokens pages on this machine may ask a service on this machine, and no others', async () => {
  const { call } = tinyApp();
  const status = async (origin: string, host = '127.0.0.1:8787') => (await call('POST', '/v1/ask', question, { host, origin })).status;
  expect(await status('http://127.0.0.1:8787')).toBe(200);
  expect(await status('http://localhost:3000')).toBe(200);
  expect(await status('http://[::1]:3000')).toBe(200);
  expect(await status('https://evil.example')).toBe(403);
  expect(await status('http://localhost.evil.example')).toBe(403);
  expect(await status('http://127.0.0.1.evil.example:80')).toBe(403);
  expect(await status('null')).toBe(403);
  const open = tinyApp({}, { config: { host: '0.0.0.0', publicUrl: null, hostNames: ['intranet'], limits } });
  expect((await open.call('POST', '/v1/ask', question, { host: 'intranet:8787', origin: 'http://localhost:3000' })).status).toBe(403);
});

test('above its rate a token waits, and others do not', () => {
  let now = 0;
  const access = createAdmission(tokensOf(token(TOKEN, [SITE], 2), token(OTHER, [SITE], 2)), null, () => now);
  const ask = (text: string) => {
    const headers: Record<string, string> = { origin: SITE, host: 'ask.example.org', 'pilcrow-token': text };
    const call = { req: { header: (name: string) => headers[name] }, set: () => {} } as unknown as Parameters<typeof access.admit>[0];
    try {
      return access.admit(call)?.token;
    } catch (error) {
      return (error as { status: number; headers: Record<string, string> }).headers['retry-after'];
    }
  };
  expect([ask(TOKEN), ask(TOKEN), ask(TOKEN), ask(OTHER)]).toEqual([TOKEN, TOKEN, '30', OTHER]);
  now = 29_000;
  expect(ask(TOKEN)).toBe('1');
  now = 30_000;
  expect([ask(TOKEN), ask(TOKEN)]).toEqual([TOKEN, '30']);
  now = 10_000_000;
  expect([ask(TOKEN), ask(TOKEN), ask(TOKEN)]).toEqual([TOKEN, TOKEN, '30']);
});

test('only the origins of its token may show /embed in a frame', async () => {
  const policy = async (path: string, { call } = withTokens()) => {
    const { headers } = await call('GET', path, undefined, HOST);
    return [/frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy')!)?.[1], headers.get('x-frame-options')];
  };
  expect(await policy(`/embed?token=${TOKEN}`)).toEqual([`'self' ${SITE}`, null]);
  expect(await policy('/embed')).toEqual(["'self'", null]);
  expect(await policy('/embed?token=site_unknown')).toEqual(["'self'", null]);
  expect(await policy('/')).toEqual(["'none'", 'DENY']);
  expect(await policy('/briefings/harbours-2026')).toEqual(["'none'", 'DENY']);
  const local = tinyApp();
  expect((await policy('/embed', { call: (method, path) => local.call(method, path) } as ReturnType<typeof withTokens>))[0]).toContain(
    'http://localhost:*',
  );
});
