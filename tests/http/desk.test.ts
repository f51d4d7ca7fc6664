import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ApiKey, AuditEvent } from '../../src/core/access.ts';
import { createWho, noProxy, type TrustedProxy } from '../../src/http/who.ts';
import { tinyDesk } from './desk-helper.ts';
import { readEvents, tinyApp } from './helper.ts';

const key: ApiKey = { id: 'abcdef012345', name: 'desk', scope: 'admin', created: '2026-01-01', expires: null };
const list = [key];
const keys = {
  find: (text: string): ApiKey | null =>
    text === 'pil_admin' ? (list[0] ?? null) : text === 'pil_ask' ? { ...key, id: '1', scope: 'ask' as const } : null,
};
const opened: ReturnType<typeof tinyDesk>[] = [];
afterAll(() => {
  for (const one of opened) one.remove();
});
function made(options: { proxy?: TrustedProxy; adminGroups?: string[]; withCases?: boolean } = {}) {
  const tiny = tinyDesk({ keys, list, withCases: options.withCases });
  opened.push(tiny);
  const events: AuditEvent[] = [];
  const who = createWho({
    keys,
    required: true,
    desk: tiny.desk.sessions,
    proxy: options.proxy ?? noProxy,
    adminGroups: options.adminGroups,
  });
  const app = tinyApp({}, { who, desk: tiny.desk, feedback: tiny.feedback, audit: { note: (event) => events.push(event) } });
  return { ...tiny, ...app, events };
}
const ADMIN = { 'x-api-key': 'pil_admin' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', host: '127.0.0.1:8787' };
const HOST = { host: '127.0.0.1:8787' };

describe('signing in with a key', () => {
  it('a browser is sent to the form, brings the key once, and has a cookie that is not the key', async () => {
    const { call, events } = made();
    const away = await call('GET', '/desk', undefined, { ...HOST, accept: 'text/html' });
    expect([away.status, away.headers.get('location'), away.headers.get('www-authenticate')]).toEqual([303, '/desk/sign-in', null]);
    const signed = await call('POST', '/desk/sign-in', 'key=pil_admin', FORM);
    expect([signed.status, signed.headers.get('location')]).toEqual([303, '/desk']);
    const cookie = signed.headers.get('set-cookie') as string;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain('pil_admin');
    expect(cookie).not.toContain(key.id);
    const own = { ...HOST, cookie: cookie.split(';')[0] as string };
    expect((await call('GET', '/desk', undefined, { ...own, accept: 'text/html' })).status).toBe(200);
    expect((await call('GET', '/v1/desk', undefined, own)).status).toBe(200);
    // Another site's page that makes the browser send it along is nobody.
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    ];
    for (const headers of foreign) expect((await call('POST', '/v1/desk/ingest', {}, { ...own, ...headers })).status).toBe(401);
    expect(events.filter(({ event }) => event === 'desk.opened')).toMatchObject([{ key: key.id }]);
    const out = await call('POST', '/desk/sign-out', undefined, own);
    expect([out.status, out.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('Max-Age=0')]);
    expect((await call('GET', '/v1/desk', undefined, own)).status).toBe(401);
  });

  it('with the key its sessions are over', async () => {
    const { call } = made();
    const cookie = ((await call('POST', '/desk/sign-in', 'key=pil_admin', FORM)).headers.get('set-cookie') as string).split(
      ';',
    )[0] as string;
    expect((await call('GET', '/v1/desk', undefined, { ...HOST, cookie })).status).toBe(200);
    list.length = 0;
    expect((await call('GET', '/v1/desk', undefined, { ...HOST, cookie })).status).toBe(401);
    list.push({ ...key, expires: '2020-01-01T00:00:00.000Z' });
    expect((await call('GET', '/v1/desk', undefined, { ...HOST, cookie })).status).toBe(401);
    list.splice(0, 1, key);
  });

  it.each([
    ['a key that may less', 'key=pil_ask'],
    ['no key at all', 'key='],
    ['something else', 'key=%00%3Cscript%3E'],
  ])('%s opens nothing, and the form says so', async (_what, body) => {
    const { call } = made();
    const response = await call('POST', '/desk/sign-in', body, FORM);
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).toContain('role="alert"');
  });

  it('a form of another site is refused, whatever it brings', async () => {
    const { call } = made();
    const response = await call('POST', '/desk/sign-in', 'key=pil_admin', { ...FORM, origin: 'http://evil.example' });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });
});

it('members of an admin group look after the briefings, and read as others do elsewhere', async () => {
  const proxy: TrustedProxy = { has: () => true, userHeader: 'x-user', groupsHeader: 'x-groups' };
  const { call } = made({ proxy, adminGroups: ['librarians'] });
  const as = (groups: string) => ({ 'x-user': 'ann', 'x-groups': groups });
  expect((await call('GET', '/v1/desk', undefined, as('staff, librarians'))).status).toBe(200);
  expect((await call('GET', '/v1/desk', undefined, as('staff'))).status).toBe(401);
  expect((await call('GET', '/v1/briefings', undefined, as('staff'))).status).toBe(200);
  expect((await made({ proxy }).call('GET', '/v1/desk', undefined, as('librarians'))).status).toBe(401);
});

it('tells what is indexed, what was refused and why, and what to mind', async () => {
  const { call } = made();
  const overview = await (await call('GET', '/v1/desk', undefined, ADMIN)).json();
  expect(overview.briefings.map(({ id }: { id: string }) => id)).toContain('harbours-2026');
  expect(overview.lastIngest.problems).toEqual([{ file: 'broken.pdf', message: 'It is damaged.', hint: 'Print it again.' }]);
  expect(overview).toMatchObject({ uploads: false, cases: null, kept: { questions: null, feedback: null } });
});

it('an ingest tells how far it is', async () => {
  const { call, events } = made();
  const text = await (await call('POST', '/v1/desk/ingest', {}, { ...ADMIN, accept: 'text/event-stream' })).text();
  const [progress, published] = readEvents(text);
  expect(progress).toEqual({ event: 'progress', data: { stage: 'read', done: 1, total: 2, file: 'new.md' } });
  expect(published).toMatchObject({ event: 'published', data: { added: ['new.md'], briefings: 3 } });
  expect(events).toContainEqual(expect.objectContaining({ event: 'ingest.published', added: ['new.md'] }));
});

it('an edition is noted, changed and withdrawn', async () => {
  const { call } = made();
  const put = async (body: object) => (await call('PUT', '/v1/desk/editions', body, ADMIN)).status;
  const set = async () => (await (await call('GET', '/v1/desk', undefined, ADMIN)).json()).editionsSet;
  expect(await put({ source: 'harbours-2019.md', edition: '2020-05', series: 'coast' })).toBe(200);
  expect(await set()).toEqual({ 'harbours-2019.md': { edition: '2020-05', series: 'coast' } });
  expect(await put({ source: 'harbours-2019.md', edition: '2020' })).toBe(200);
  expect(await set()).toEqual({ 'harbours-2019.md': { edition: '2020' } });
  expect(await put({ source: 'harbours-2019.md', edition: 'May' })).toBe(400);
  expect(await put({ source: '../secrets.md', edition: '2020' })).toBe(404);
  expect(await put({ source: 'harbours-2019.md' })).toBe(200);
  expect(await set()).toEqual({});
});

describe('what people asked and did not find', () => {
  it('stands together by its meaning, the most frequent first, until it is dealt with', async () => {
    const { call, questions } = made();
    const ask = (question: string, times = 1, status: 'not_found' | 'answered' = 'not_found') =>
      Promise.all(
        Array.from({ length: times }, (_, index) =>
          questions.add({
            time: `2026-03-0${index + 1}T10:00:00.000Z`,
            asker: `a${index}`,
            question,
            status,
            outcome: 'closest',
            citations: [],
          }),
        ),
      );
    await ask('How long is the harbour wall?', 1);
    await ask('What does a berth cost?', 2);
    await ask('what does a berth cost', 1);
    await ask('How much does a berth cost?', 1);
    await ask('How many harbours are there?', 4, 'answered');
    const groups = async () => (await (await call('GET', '/v1/desk/questions', undefined, ADMIN)).json()).groups;
    const [first, second, ...more] = await groups();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ question: 'What does a berth cost?', times: 4, settled: false });
    expect(first.wordings.map(({ question, times }: { question: string; times: number }) => [question, times])).toEqual([
      ['What does a berth cost?', 3],
      ['How much does a berth cost?', 1],
    ]);
    expect(second.question).toBe('How long is the harbour wall?');
    await call('POST', '/v1/desk/settled', { keys: first.keys, settled: true }, ADMIN);
    expect((await groups()).map(({ settled }: { settled: boolean }) => settled)).toEqual([true, false]);
    // A wording nobody has dealt with opens the matter again.
    await ask('What does a berth cost for a night?');
    expect((await groups())[0]).toMatchObject({ times: 5, settled: false });
    await call('POST', '/v1/desk/settled', { keys: first.keys, settled: false }, ADMIN);
    expect((await groups())[0].settled).toBe(false);
  });

  it('where questions are not kept it says so', async () => {
    const { desk, call } = made();
    desk.desk.unanswered = async () => null;
    expect(await (await call('GET', '/v1/desk/questions', undefined, ADMIN)).json()).toEqual({ kept: false, asked: 0, groups: [] });
  });
});

const opinion = (id: string, verdict: 'up' | 'down', question: string, comment: string | null = null) => ({
  id: id.repeat(32),
  verdict,
  comment,
  question,
  answer: 'The coast has nine harbours. [1]',
  status: 'answered',
  mode: 'extractive',
  snapshot: 'tiny-1',
  citations: [{ paragraph: 'harbours-2026#p2', edition: '2026-03', quote: 'The coast has nine harbours.' }],
});

describe('opinions', () => {
  it('stand together by what was asked, those with complaints first', async () => {
    const { call } = made();
    for (const one of [
      opinion('1', 'up', 'How many harbours are there?'),
      opinion('2', 'down', 'Which lighthouse shines furthest?', 'It is another one.'),
      opinion('3', 'up', 'How many harbours are there then?'),
    ])
      expect((await call('POST', '/v1/feedback', one, ADMIN)).status).toBe(201);
    const { groups } = await (await call('GET', '/v1/desk/opinions', undefined, ADMIN)).json();
    expect(groups.map(({ up, down }: { up: number; down: number }) => [up, down])).toEqual([
      [0, 1],
      [2, 0],
    ]);
    expect(groups[0].opinions[0].comment).toBe('It is another one.');
  });

  it('become cases: whole ones are added as they are, the others as comments, and none twice', async () => {
    const { call, file } = made({ withCases: true });
    await call('POST', '/v1/feedback', opinion('1', 'up', 'How many harbours are there?'), ADMIN);
    await call('POST', '/v1/feedback', opinion('2', 'down', 'Which lighthouse: "north"?', 'Line one\n- id: evil\nline two'), ADMIN);
    const of = { opinions: ['1'.repeat(32), '2'.repeat(32)], questions: [{ question: 'What is the tide?', rightly: true }] };
    const shown = await (await call('POST', '/v1/desk/cases', of, ADMIN)).json();
    expect(shown).toMatchObject({ file: null, open: 1 });
    expect(parse(shown.yaml)).toMatchObject([
      { answerable: true, status: ['answered'], evidence: [{ briefing: 'harbours-2026', quote: 'The coast has nine harbours.' }] },
      { answerable: true, tags: ['feedback', 'not-useful'] },
      { question: 'What is the tide?', answerable: false, status: ['not_found'] },
    ]);
    for (let time = 0; time < 2; time++) {
      const response = await call('POST', '/v1/desk/cases', { ...of, keep: true }, ADMIN);
      expect([response.status, (await response.json()).file]).toEqual([201, file]);
    }
    expect(parse(readFileSync(file, 'utf8')).map(({ question }: { question: string }) => question)).toEqual([
      'How many harbours are there?',
      'What is the tide?',
    ]);
    expect(readFileSync(file, 'utf8')).toContain('# - id: feedback-222222222222');
  });

  it('an opinion that is gone, or a file that is not set, is said to be', async () => {
    const { call } = made();
    expect((await call('POST', '/v1/desk/cases', { opinions: ['9'.repeat(32)] }, ADMIN)).status).toBe(400);
    const nowhere = await call('POST', '/v1/desk/cases', { questions: [{ question: 'What?', rightly: true }], keep: true }, ADMIN);
    expect([nowhere.status, (await nowhere.json()).hint]).toEqual([400, expect.stringContaining('PILCROW_CASES')]);
  });
});
