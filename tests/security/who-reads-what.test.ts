import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOidc } from '../../src/adapters/oidc.ts';
import { openOriginals } from '../../src/compose.ts';
import type { ApiKey } from '../../src/core/access.ts';
import { createApp } from '../../src/http/app.ts';
import { createSessions } from '../../src/http/sessions.ts';
import { createWho } from '../../src/http/who.ts';
import { createMcpHandler } from '../../src/mcp/index.ts';
import { tinyDesk } from '../http/desk-helper.ts';
import { limits } from '../http/helper.ts';
import { FILES, LEVELS, type Level, type Library, libraryOf, MARKS } from './readers.ts';

/** Who asks, and what they may read. */
const ROLES: Record<string, { headers: Record<string, string>; reads: Level[]; asksOnly?: true }> = {
  nobody: { headers: {}, reads: ['open'] },
  'a visitor of a site': {
    headers: { origin: 'https://site.example', 'pilcrow-token': `site_${'0a'.repeat(16)}` },
    reads: ['open'],
    asksOnly: true,
  },
  'a key without groups': { headers: { 'x-api-key': 'pil_plain' }, reads: ['open'] },
  'a key of other groups': { headers: { 'x-api-key': 'pil_others' }, reads: ['open'] },
  'a key of the staff': { headers: { 'x-api-key': 'pil_staff' }, reads: ['open', 'staff'] },
  'a key of the board': { headers: { 'x-api-key': 'pil_board' }, reads: ['open', 'staff', 'board'] },
  'a key that may do everything': { headers: { 'x-api-key': 'pil_admin' }, reads: ['open', 'staff', 'board'] },
};
const KEYS: Record<string, Partial<ApiKey>> = {
  plain: { scope: 'ask' },
  others: { scope: 'ask', groups: ['Staff', 'boards', 'everyone'] },
  staff: { scope: 'ask', groups: ['staff'] },
  board: { scope: 'ask', groups: ['chess', 'board'] },
  admin: { scope: 'admin' },
};

interface Row {
  path?: (level: string) => string;
  body?: (level: string) => unknown;
  /** How what is shown shows: one briefing by its id, all of them, or nothing of any. */
  shows: 'one' | 'all' | 'none';
  headers?: Record<string, string>;
  /** Only whoever may do everything is shown anything at all. */
  operator?: true;
  /** A visitor of a site may use it. */
  site?: true;
  /** Words are compared by their meaning: what is hidden is like a corpus without it, not like another word that is not there. */
  asks?: true;
}
const id = (mark: string) => `${mark}-2025`;
const question = (mark: string) => `How much is the ${mark} tariff?`;
const rpc = (method: string, params: object) => ({ jsonrpc: '2.0', id: 1, method, params });
const BOTH = { accept: 'application/json, text/event-stream' };
const mcp = (method: string, params: (mark: string) => object, shows: Row['shows'] = 'one'): Row => ({
  path: () => '/mcp',
  body: (mark) => rpc(method, params(mark)),
  shows,
  headers: BOTH,
});
const tool = (name: string, given: (mark: string) => object): Row => mcp('tools/call', (mark) => ({ name, arguments: given(mark) }));

/** Every route, with what it takes to make it show a briefing. Several ways of calling one are several rows: `POST /mcp (…)`. */
const ROUTES: Record<string, Row> = {
  'POST /v1/ask': { body: (mark) => ({ question: question(mark) }), asks: true, shows: 'one', site: true },
  'POST /v1/ask (a stream)': {
    body: (mark) => ({ question: question(mark) }),
    asks: true,
    shows: 'one',
    site: true,
    headers: { accept: 'text/event-stream' },
  },
  'POST /v1/ask (one briefing)': {
    body: (mark) => ({ question: 'How much is the tariff?', briefings: [id(mark)] }),
    shows: 'one',
    site: true,
  },
  'POST /v1/ask (what changed)': {
    body: (mark) => ({ question: `What changed in the ${mark} tariffs since 2023?` }),
    asks: true,
    shows: 'one',
    site: true,
  },
  'POST /v1/search': { body: (mark) => ({ query: question(mark) }), asks: true, shows: 'one' },
  'POST /v1/search (one briefing)': { body: (mark) => ({ query: 'tariff', briefings: [id(mark)] }), shows: 'one' },
  'POST /v1/chat/completions': {
    body: (mark) => ({ model: 'pilcrow', messages: [{ role: 'user', content: question(mark) }] }),
    asks: true,
    shows: 'one',
  },
  'POST /v1/chat/completions (a stream)': {
    body: (mark) => ({ model: 'pilcrow', stream: true, messages: [{ role: 'user', content: question(mark) }] }),
    asks: true,
    shows: 'one',
  },
  'POST /v1/responses': { body: (mark) => ({ model: 'pilcrow', input: question(mark) }), asks: true, shows: 'one' },
  'GET /v1/responses/:id': { path: () => '/v1/responses/resp_1', shows: 'none' },
  'GET /v1/models': { shows: 'none' },
  'GET /v1/models/:id': { path: () => '/v1/models/pilcrow', shows: 'none' },
  'POST /v1/ui-messages': {
    body: (mark) => ({ messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: question(mark) }] }] }),
    asks: true,
    shows: 'one',
    site: true,
  },
  'GET /v1/briefings': { shows: 'all' },
  'GET /v1/briefings/:id': { path: (mark) => `/v1/briefings/${id(mark)}`, shows: 'one' },
  'GET /v1/briefings/:id/paragraphs/:number': { path: (mark) => `/v1/briefings/${id(mark)}/paragraphs/1`, shows: 'one' },
  'GET /v1/briefings/:id/original': { path: (mark) => `/v1/briefings/${id(mark)}/original`, shows: 'one' },
  // What is kept of a folder is for whoever brings briefings in; here it is switched off, for all alike.
  'PUT /v1/briefings/:id': { path: (mark) => `/v1/briefings/${mark}-2025.md`, body: () => '# Text', shows: 'none' },
  'DELETE /v1/briefings/:id': { path: (mark) => `/v1/briefings/${mark}-2025.md`, shows: 'none' },
  'GET /v1/series': { shows: 'all' },
  'GET /v1/series/:id/changes': { path: (mark) => `/v1/series/${seriesOf(mark)}/changes`, shows: 'one' },
  'GET /v1/series/:id/changes (of two briefings)': {
    path: (mark) => `/v1/series/${seriesOf(mark)}/changes?from=${mark}-2023&to=${mark}-2025`,
    shows: 'one',
  },
  'GET /series/:id/changes': { path: (mark) => `/series/${seriesOf(mark)}/changes`, shows: 'one', headers: { accept: 'text/html' } },
  'POST /v1/feedback': {
    body: (mark) => ({
      id: '0b9c7a7e-6a53-4c9b-8a55-5e0f3f1f2a10',
      verdict: 'up',
      question: 'What?',
      answer: 'That.',
      status: 'answered',
      mode: 'extractive',
      snapshot: '1',
      citations: [`${id(mark)}#p1`],
    }),
    shows: 'none',
    site: true,
  },
  'GET /': { shows: 'all', headers: { accept: 'text/html' } },
  'GET /embed': { shows: 'none', headers: { accept: 'text/html' } },
  'GET /briefings/:id': { path: (mark) => `/briefings/${id(mark)}`, shows: 'one', headers: { accept: 'text/html' } },
  'GET /assets/:file': { path: () => '/assets/none.css', shows: 'none' },
  'GET /assets/pdf/:folder/:file': { path: () => '/assets/pdf/cmaps/none.bcmap', shows: 'none' },
  'GET /v1/site': { shows: 'all', site: true },
  'GET /logo': { shows: 'none' },
  'GET /v1/privacy': { shows: 'none' },
  'GET /widget.js': { shows: 'none' },
  'GET /widget/:file': { path: () => '/widget/none.js', shows: 'none' },
  'POST /mcp': mcp('resources/list', () => ({}), 'all'),
  'POST /mcp (ask)': { ...tool('ask', (mark) => ({ question: question(mark) })), asks: true },
  'POST /mcp (search)': { ...tool('search', (mark) => ({ query: question(mark) })), asks: true },
  'POST /mcp (get_paragraph)': tool('get_paragraph', (mark) => ({ id: `${id(mark)}#p1`, neighbours: 1 })),
  'POST /mcp (compare_editions)': tool('compare_editions', (mark) => ({ series: seriesOf(mark) })),
  'POST /mcp (resources/read)': mcp('resources/read', (mark) => ({ uri: `pilcrow://briefings/${id(mark)}` })),
  'POST /mcp (a paragraph)': mcp('resources/read', (mark) => ({ uri: `pilcrow://briefings/${id(mark)}/paragraphs/1` })),
  'POST /mcp (completion)': mcp('completion/complete', (mark) => ({
    ref: { type: 'ref/resource', uri: 'pilcrow://briefings/{id}' },
    argument: { name: 'id', value: mark.slice(0, 4) },
  })),
  'OPTIONS /mcp': { shows: 'none' },
  // The provider is away: none is needed to see that nothing is told on the way to it.
  'GET /sign-in': { path: (mark) => `/sign-in?to=/briefings/${id(mark)}`, shows: 'none' },
  'GET /sign-in/callback': { path: () => '/sign-in/callback?code=x&state=y', shows: 'none' },
  'POST /sign-out': { shows: 'none' },
  'GET /reference': { shows: 'none' },
  'GET /healthz': { shows: 'none' },
  'GET /readyz': { shows: 'none' },
  'GET /openapi.json': { shows: 'none' },
  'GET /metrics': { shows: 'none' },
  // To whoever is no operator none of it says anything; to an operator all of it does, which the tests of the desk look at.
  ...Object.fromEntries(
    [
      ...['GET /desk', 'GET /desk/sign-in', 'POST /desk/sign-in', 'POST /desk/sign-out', 'GET /desk/evaluation', 'POST /v1/desk/ingest'],
      ...['PUT /v1/desk/editions', 'GET /v1/desk/questions', 'GET /v1/desk/opinions', 'POST /v1/desk/settled', 'POST /v1/desk/cases'],
      ...['GET /v1/desk/evaluation', 'POST /v1/desk/evaluation'],
    ].map((route): [string, Row] => [route, { shows: 'none' }]),
  ),
  'GET /v1/desk': { shows: 'all', operator: true },
};
const seriesOf = (mark: string) => `${LEVELS.find((level) => MARKS[level].toLowerCase() === mark) ?? 'absent'}-tariffs`;

let app: ReturnType<typeof createApp>;
/** The same service over corpora that hold nothing but what somebody reads, by what that is. */
const twins = new Map<string, typeof app>();
const libraries: Library[] = [];
function serve({ pilcrow, config }: Library) {
  const keys = {
    find: (text: string): ApiKey | null => {
      const known = KEYS[text.replace(/^pil_/, '')];
      return known ? ({ id: text, name: text, created: '2026', expires: null, ...known } as ApiKey) : null;
    },
  };
  const token = ROLES['a visitor of a site']?.headers['pilcrow-token'] as string;
  const tokens = new Map([[token, { token, label: null, origins: ['https://site.example'], rate: 10_000, created: '2026' }]]);
  const provider = createOidc({
    issuer: 'http://127.0.0.1:9',
    clientId: 'pilcrow',
    clientSecret: null,
    audience: null,
    groupsClaim: 'groups',
    scopes: 'openid',
  });
  const sealed = { close: async () => '', open: async () => null };
  const sessions = createSessions({ seal: sealed, ended: { has: () => false, add: async () => {} }, minutes: 60, publicUrl: null });
  return createApp({
    pilcrow,
    config: { host: '127.0.0.1', publicUrl: null, limits },
    who: createWho({ keys, required: false, provider, sessions }),
    signIn: { provider, sessions },
    desk: desk.desk,
    tokens: { all: () => tokens },
    originals: openOriginals(config),
    feedback: { add: async () => {}, list: async () => [] },
    metrics: { request: () => {}, feedback: () => {}, text: async () => ({ type: 'text/plain', body: '' }) },
    mcp: (seen) => createMcpHandler(seen, { limits }),
  });
}
const desk = tinyDesk({ keys: { find: () => null } });
beforeAll(async () => {
  const made = async (kept: (name: string) => boolean) => {
    const library = await libraryOf(Object.fromEntries(Object.entries(FILES).filter(([name]) => kept(name))));
    libraries.push(library);
    return serve(library);
  };
  app = await made(() => true);
  twins.set('open', await made((name) => name.startsWith('open/')));
  twins.set('open,staff', await made((name) => !name.startsWith('board/')));
}, 400_000);
afterAll(async () => {
  for (const library of libraries) await library.close();
  desk.remove();
});

/** A reply as whoever asks sees it; what is different in every reply, and what was asked for, are made alike. */
async function seen(of: typeof app, route: string, mark: string, headers: Record<string, string>) {
  const row = ROUTES[route] as Row;
  const [method = '', pattern = ''] = route.split(' ');
  const body = row.body?.(mark);
  const response = await of.request(row.path?.(mark) ?? pattern, {
    method,
    headers: {
      host: '127.0.0.1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...row.headers,
      ...headers,
      'x-request-id': 'same',
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const alike = (text: string) =>
    text
      .replace(new RegExp(`${mark}`, 'gi'), 'ASKED')
      .replace(new RegExp(seriesOf(mark), 'g'), 'SERIES')
      .replace(/absent-tariffs/g, 'SERIES')
      .replace(/\d{8}-[0-9a-f]{8}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'SNAPSHOT')
      .replace(/(?:chatcmpl|resp|msg)[-_][0-9a-f-]{20,40}/g, 'ID')
      .replace(/"(created|created_at|completed_at)":\d+/g, '"$1":0')
      .replace(/"messageId":"[^"]*"/g, '"messageId":"ID"');
  const text = await response.text();
  return { status: response.status, headers: [...response.headers].sort(), text, alike: alike(text) };
}
const marksIn = (text: string) => LEVELS.filter((level) => new RegExp(MARKS[level], 'i').test(text));

describe('who reads what', () => {
  it('every route has a row', () => {
    const routes = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routes)].sort()).toEqual(
      Object.keys(ROUTES)
        .filter((row) => !row.includes('('))
        .sort(),
    );
  });

  describe.each(Object.keys(ROLES))('%s', (role) => {
    const { headers, reads, asksOnly } = ROLES[role] as (typeof ROLES)[string];
    const rows = Object.entries(ROUTES).filter(([, row]) => !asksOnly || row.site);

    it.each(rows)('%s', async (route, { shows, operator }) => {
      if (shows === 'all') {
        const { status, text } = await seen(app, route, 'absent', headers);
        if (operator && role !== 'a key that may do everything') {
          expect([401, 403]).toContain(status);
          expect(marksIn(text)).toEqual([]);
          return;
        }
        expect(status).toBe(200);
        expect(marksIn(text)).toEqual(reads);
        return;
      }
      const absent = await seen(app, route, 'zanthoxyl', headers);
      const twin = twins.get(reads.join()) ?? app;
      for (const level of LEVELS) {
        const reply = await seen(app, route, MARKS[level].toLowerCase(), headers);
        if (shows === 'one' && reads.includes(level)) {
          expect(reply.status).toBe(200);
          expect(reply.text.toLowerCase()).toContain(MARKS[level].toLowerCase());
        } else {
          // What is hidden is, to the letter, what is not there.
          const like = (ROUTES[route] as Row).asks ? await seen(twin, route, MARKS[level].toLowerCase(), headers) : absent;
          expect({ status: reply.status, headers: reply.headers, text: reply.alike }).toEqual({
            status: like.status,
            headers: like.headers,
            text: like.alike,
          });
        }
        const others = marksIn(reply.text).filter((one) => one !== level && !reads.includes(one));
        expect(others).toEqual([]);
      }
    });
  });

  it.each(Object.entries(ROUTES))('for nobody a corpus with hidden briefings is one without them: %s', async (route) => {
    for (const level of LEVELS) {
      const mark = MARKS[level].toLowerCase();
      const [one, other] = [await seen(app, route, mark, {}), await seen(twins.get('open') as typeof app, route, mark, {})];
      expect({ ...one, text: '' }).toEqual({ ...other, text: '' });
    }
  });

  it('the newest edition is the newest of those that are read, and says nothing of a later one', async () => {
    const ask = async (headers: Record<string, string>) => {
      const body = JSON.stringify({ question: 'When does the ferry to Norhaven leave?' });
      const response = await app.request('/v1/ask', {
        method: 'POST',
        headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
        body,
      });
      return (await response.json()) as {
        answer: string;
        citations: { briefing: { newest: boolean; id: string } }[];
        notes: { text: string }[];
      };
    };
    const open = await ask({});
    expect(open.answer).toContain('seven');
    expect(open.citations.map(({ briefing }) => [briefing.id, briefing.newest])).toEqual([['ferry-2022', true]]);
    expect(JSON.stringify(open)).not.toMatch(/2024|2026|eight|nine/);
    const staff = await ask({ 'x-api-key': 'pil_staff' });
    expect(staff.answer).toContain('eight');
    expect(JSON.stringify(staff)).not.toMatch(/2026|nine/);
    expect((await ask({ 'x-api-key': 'pil_board' })).answer).toContain('nine');
  });
});
