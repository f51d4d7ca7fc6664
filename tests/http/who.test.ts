import { afterAll, describe, expect, it } from 'vitest';
import type { ApiKey, KeyScope } from '../../src/core/access.ts';
import { createWho } from '../../src/http/who.ts';
import { tinyDesk } from './desk-helper.ts';
import { limits, tinyApp } from './helper.ts';

/** One key of each scope; `gone` was one. */
const keys = {
  find: (text: string): ApiKey | null => {
    const scope = (['read', 'ask', 'ingest', 'admin'] as KeyScope[]).find((one) => text === `pil_${one}`);
    return scope ? { id: scope, name: scope, scope, created: '2026-01-01', expires: null } : null;
  },
};
const question = { question: 'How many harbours does the coast have?' };
const messages = { model: 'pilcrow', messages: [{ role: 'user', content: question.question }] };

/**
 * Every route with a request it takes, and what it needs. A route that is not listed fails the first test; `nothing` shows
 * nothing of the briefings and is open to all.
 */
const ROUTES: Record<
  string,
  { path?: string; body?: unknown; needs: KeyScope | 'nothing'; headers?: Record<string, string>; accepted?: number[] }
> = {
  'POST /v1/ask': { body: question, needs: 'ask' },
  'POST /v1/search': { body: { query: 'harbours' }, needs: 'read' },
  'POST /v1/chat/completions': { body: messages, needs: 'ask' },
  'POST /v1/responses': { body: { model: 'pilcrow', input: question.question }, needs: 'ask' },
  'GET /v1/responses/:id': { path: '/v1/responses/resp_1', needs: 'ask', accepted: [404] },
  'GET /v1/site': { needs: 'read' },
  'GET /logo': { needs: 'nothing', accepted: [404] },
  'GET /v1/privacy': { needs: 'nothing' },
  'GET /v1/models': { needs: 'read' },
  'GET /v1/models/:id': { path: '/v1/models/pilcrow', needs: 'read' },
  'POST /v1/ui-messages': {
    body: { messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: question.question }] }] },
    needs: 'ask',
  },
  'GET /v1/briefings': { needs: 'read' },
  'GET /v1/briefings/:id/original': { path: '/v1/briefings/harbours-2026/original', needs: 'read', accepted: [403] },
  'GET /assets/pdf/:folder/:file': { path: '/assets/pdf/cmaps/UniGB-UCS2-H.bcmap', needs: 'nothing' },
  'PUT /v1/briefings/:id': { path: '/v1/briefings/a.md', needs: 'ingest', accepted: [403] },
  'DELETE /v1/briefings/:id': { path: '/v1/briefings/a.md', needs: 'ingest', accepted: [403] },
  'GET /v1/briefings/:id': { path: '/v1/briefings/harbours-2026', needs: 'read' },
  'GET /v1/briefings/:id/paragraphs/:number': { path: '/v1/briefings/harbours-2026/paragraphs/2', needs: 'read' },
  'GET /v1/series': { needs: 'read' },
  'GET /v1/series/:id/changes': { path: '/v1/series/harbours/changes', needs: 'read' },
  'GET /series/:id/changes': { path: '/series/harbours/changes', needs: 'read' },
  'POST /v1/feedback': { body: {}, needs: 'ask', accepted: [503] },
  'GET /': { needs: 'read' },
  'GET /embed': { needs: 'nothing' },
  'GET /briefings/:id': { path: '/briefings/harbours-2026', needs: 'read' },
  'GET /assets/:file': { path: '/assets/style.css', needs: 'nothing', accepted: [200, 404] },
  'GET /widget.js': { needs: 'nothing', accepted: [200, 302] },
  'GET /widget/:file': { path: '/widget/none.js', needs: 'nothing', accepted: [404] },
  'POST /mcp': {
    body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    needs: 'ask',
    headers: { accept: 'application/json, text/event-stream' },
  },
  'OPTIONS /mcp': { needs: 'nothing', accepted: [204] },
  'GET /reference': { needs: 'read' },
  'GET /healthz': { needs: 'nothing' },
  'GET /readyz': { needs: 'nothing' },
  'GET /openapi.json': { needs: 'read' },
  'GET /metrics': { needs: 'admin' },
  'GET /desk': { needs: 'admin' },
  'GET /desk/sign-in': { needs: 'nothing' },
  'POST /desk/sign-in': { needs: 'nothing', accepted: [415] },
  'POST /desk/sign-out': { needs: 'nothing', accepted: [303] },
  'GET /desk/evaluation': { needs: 'admin', accepted: [404] },
  'GET /v1/desk': { needs: 'admin' },
  'POST /v1/desk/ingest': { needs: 'admin' },
  'PUT /v1/desk/editions': { body: { source: 'harbours-2026.md', edition: '2026-04' }, needs: 'admin' },
  'GET /v1/desk/questions': { needs: 'admin' },
  'GET /v1/desk/opinions': { needs: 'admin' },
  'POST /v1/desk/settled': { body: { keys: ['a'], settled: true }, needs: 'admin' },
  'POST /v1/desk/cases': { body: { questions: [{ question: 'What?', rightly: true }] }, needs: 'admin' },
  'GET /v1/desk/evaluation': { needs: 'admin' },
  'POST /v1/desk/evaluation': { body: {}, needs: 'admin', accepted: [400] },
};
const INCLUDES: Record<KeyScope, KeyScope[]> = {
  read: ['read'],
  ask: ['read', 'ask'],
  ingest: ['read', 'ingest'],
  admin: ['read', 'ask', 'ingest', 'admin'],
};

const mcp = () => async () => Response.json({ jsonrpc: '2.0', id: 1, result: {} });
const metrics = { request: () => {}, feedback: () => {}, text: async () => ({ type: 'text/plain', body: '' }) };
const { desk, remove } = tinyDesk({ keys });
afterAll(remove);
const closed = tinyApp({}, { who: createWho({ keys, required: true }), mcp, metrics, desk });
const open = tinyApp({}, { who: createWho({ keys, required: false }), mcp, metrics, desk });

async function statusOf(app: typeof closed, route: string, headers: Record<string, string>): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const { path: real = path, body, headers: own } = ROUTES[route] as (typeof ROUTES)[string];
  const response = await app.call(method, real, body, { ...own, ...headers });
  await response.text();
  return response.status;
}

describe('who may call what', () => {
  it('every route has a row', () => {
    const routes = closed.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routes)].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  describe.each(Object.keys(ROUTES))('%s', (route) => {
    const { needs, accepted = [200] } = ROUTES[route] as (typeof ROUTES)[string];

    it('without a key', async () => {
      const status = await statusOf(closed, route, {});
      if (needs === 'nothing') expect(accepted).toContain(status);
      else expect(status).toBe(401);
      // What only an operator may do, and what changes the briefings, needs a key in any case.
      if (needs === 'admin' || needs === 'ingest') expect(await statusOf(open, route, {})).toBe(401);
      else expect(accepted).toContain(await statusOf(open, route, {}));
    });

    it('with a key that is none, or was one', async () => {
      for (const key of ['pil_gone', 'sk-of-another-service', '']) {
        const status = await statusOf(closed, route, { authorization: `Bearer ${key}` });
        if (needs === 'nothing') expect(accepted).toContain(status);
        else expect(status).toBe(401);
      }
    });

    it.each(Object.keys(INCLUDES) as KeyScope[])('with a key of scope %s', async (scope) => {
      const status = await statusOf(closed, route, { 'x-api-key': `pil_${scope}` });
      if (needs === 'nothing' || INCLUDES[scope].includes(needs)) expect(accepted).toContain(status);
      else expect(status).toBe(403);
    });
  });

  it('a key comes as bearer, as header, or as the password of a browser', async () => {
    const basic = Buffer.from('anybody:pil_read').toString('base64');
    const ways: Record<string, string>[] = [
      { authorization: 'Bearer pil_read' },
      { authorization: `Basic ${basic}` },
      { 'x-api-key': 'pil_read' },
    ];
    for (const headers of ways) expect((await closed.call('GET', '/v1/briefings', undefined, headers)).status).toBe(200);
    const asked = await closed.call('GET', '/', undefined, { accept: 'text/html' });
    expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Pilcrow", charset="UTF-8"']);
    expect(await asked.text()).not.toContain('harbour');
    expect((await closed.call('GET', '/v1/briefings')).headers.get('www-authenticate')).toBe('Bearer realm="Pilcrow"');
  });

  it('an open service does not mind keys of others, but refuses one of its own that was taken back', async () => {
    expect((await open.call('GET', '/v1/models', undefined, { authorization: 'Bearer sk-anything' })).status).toBe(200);
    expect((await open.call('GET', '/v1/models', undefined, { authorization: 'Bearer pil_gone' })).status).toBe(401);
  });

  it('visitors of a site ask with its token, and read nothing else', async () => {
    const token = 'site_0123456789abcdef0123456789abcdef';
    const tokens = { all: () => new Map([[token, { token, label: null, origins: ['https://site.example'], rate: 10, created: '2026' }]]) };
    const app = tinyApp({}, { who: createWho({ keys, required: true }), tokens });
    const headers = { origin: 'https://site.example', 'pilcrow-token': token };
    expect((await app.call('POST', '/v1/ask', question, headers)).status).toBe(200);
    expect((await app.call('GET', '/v1/briefings', undefined, headers)).status).toBe(401);
    expect((await app.call('POST', '/v1/ask', question, { ...headers, origin: 'https://other.example' })).status).toBe(403);
  });
});

describe('host names', () => {
  const reached = { host: '0.0.0.0', publicUrl: 'https://ask.example.org', limits };
  const routes = [
    '/',
    '/v1/briefings',
    '/v1/briefings/harbours-2026',
    '/v1/series',
    '/briefings/harbours-2026',
    '/openapi.json',
    '/healthz',
    '/readyz',
  ];
  it.each(routes)('with a public address %s answers to it and to this machine alone', async (path) => {
    const { call } = tinyApp({}, { config: reached, mcp });
    for (const host of ['ask.example.org', 'ASK.example.org', 'localhost:8787', '127.0.0.1:8787', '[::1]:8787'])
      expect((await call('GET', path, undefined, { host })).status).toBe(200);
    for (const host of [
      'rebind.example:8787',
      'ask.example.org.evil.example',
      'ask.example.org:81',
      '10.0.0.7:8787',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
    ])
      expect((await call('GET', path, undefined, { host })).status).toBe(421);
  });

  it('without one a service on the network answers to addresses and to names it is told, no other', async () => {
    const { call } = tinyApp({}, { config: { host: '0.0.0.0', publicUrl: null, hostNames: ['pilcrow', 'ask.local'], limits }, mcp });
    for (const host of ['10.0.0.7:8787', '[fd00::7]:8787', 'pilcrow:8787', 'ask.local', 'localhost:8787'])
      expect((await call('POST', '/v1/ask', question, { host })).status).toBe(200);
    for (const host of ['rebind.example:8787', '10.0.0.7.evil.example', '0x7f000001.example']) {
      const headers = { host, origin: `http://${host}` };
      expect((await call('POST', '/v1/ask', question, headers)).status).toBe(421);
      expect((await call('POST', '/mcp', {}, headers)).status).toBe(421);
    }
  });
});
