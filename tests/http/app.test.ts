import { expect, test } from 'vitest';
import { replySchemas } from '../../src/http/schemas.ts';
import { HOSTILE } from '../fixtures/tiny.ts';
import { tinyApp } from './helper.ts';

test('lists the briefings', async () => {
  const list = await (await tinyApp().call('GET', '/v1/briefings')).json();
  expect(replySchemas.BriefingList.strict().safeParse(list).error).toBeUndefined();
  expect(list.briefings.map((one: { id: string }) => one.id)).toEqual(['harbours-2026', 'harbours-2019', 'hostile']);
});

test('gives a briefing whose offsets address its text', async () => {
  const record = await (await tinyApp().call('GET', '/v1/briefings/harbours-2026')).json();
  expect(replySchemas.BriefingRecord.strict().safeParse(record).error).toBeUndefined();
  const characters = [...record.text];
  for (const { start, end, text } of record.paragraphs) expect(characters.slice(start, end).join('')).toBe(text);
});

test('gives one paragraph', async () => {
  const { call } = tinyApp();
  const record = await (await call('GET', '/v1/briefings/harbours-2026/paragraphs/5')).json();
  expect(replySchemas.ParagraphRecord.strict().safeParse(record).error).toBeUndefined();
  expect(record.paragraph.text).toBe('The northern lighthouse shines for 40 kilometres.');
  for (const number of ['0', '999', '-1', '5x', '1e1', '%00']) {
    expect((await call('GET', `/v1/briefings/harbours-2026/paragraphs/${number}`)).status).toBe(404);
  }
});

test.each([
  '/v1/briefings/none',
  '/v1/briefings/__proto__',
  '/v1/nothing',
  '/nothing',
  '/assets/../../package.json',
  '/assets/constructor',
])('there is nothing at %s', async (path) => {
  const response = await tinyApp().call('GET', path);
  expect(response.status).toBe(404);
  expect(replySchemas.Problem.strict().safeParse(await response.json()).error).toBeUndefined();
});

test('a browser is told in a page, a program in JSON', async () => {
  const { call } = tinyApp();
  const page = await call('GET', '/briefings/none', undefined, { accept: 'text/html,*/*' });
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('There is no such briefing.');
  const api = await call('GET', '/v1/briefings/none', undefined, { accept: 'text/html,*/*' });
  expect(api.headers.get('content-type')).toBe('application/problem+json');
});

test('a method that a path does not have names those it has', async () => {
  const { call } = tinyApp();
  const response = await call('GET', '/v1/ask');
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  expect((await call('DELETE', '/v1/briefings')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  expect((await call('OPTIONS', '/v1/ask')).status).toBe(204);
});

test('HEAD is GET without a body', async () => {
  const response = await tinyApp().call('HEAD', '/v1/briefings');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

test('readiness says why not', async () => {
  const ready = await (await tinyApp().call('GET', '/readyz')).json();
  expect(replySchemas.Readiness.strict().safeParse(ready).error).toBeUndefined();
  const { call } = tinyApp({ empty: true });
  const response = await call('GET', '/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ detail: 'No briefings have been indexed yet.', hint: 'Run `pilcrow ingest`.' });
  expect((await call('GET', '/healthz')).status).toBe(200);
  expect(await (await call('GET', '/')).text()).toContain('No briefings have been indexed yet.');
  expect((await call('POST', '/v1/ask', { question: 'Anything?' })).status).toBe(503);
});

test('every reply carries the security headers and a request id', async () => {
  const { call } = tinyApp();
  for (const [method, path, body] of [
    ['GET', '/'],
    ['GET', '/briefings/harbours-2026'],
    ['GET', '/assets/style.css'],
    ['GET', '/embed'],
    ['GET', '/assets/icon.svg'],
    ['GET', '/nothing'],
    ['GET', '/healthz'],
    ['GET', '/openapi.json'],
    ['PUT', '/v1/ask'],
    ['POST', '/v1/ask', { question: 'harbours?' }],
    ['POST', '/v1/ask', 'broken'],
  ] as const) {
    const { headers } = await call(method, path, body);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'/);
    expect(headers.get('referrer-policy'), path).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
    expect(headers.get('x-request-id'), path).toMatch(/^[\w-]{36}$/);
  }
});

test('a plain request id is kept, another replaced', async () => {
  const { call } = tinyApp();
  const id = async (given: string) => (await call('GET', '/healthz', undefined, { 'x-request-id': given })).headers.get('x-request-id');
  expect(await id('trace-7')).toBe('trace-7');
  expect(await id('<script>')).not.toBe('<script>');
  expect(await id('x'.repeat(65))).toHaveLength(36);
});

test('a page of another site cannot reach a local service by renaming it', async () => {
  const { call } = tinyApp();
  const status = async (host: string, app = call) => (await app('GET', '/healthz', undefined, { host })).status;
  expect(await status('evil.example')).toBe(421);
  expect(await status('127.0.0.1.evil.example')).toBe(421);
  // Nor does it learn which addresses there are.
  for (const [method, path] of [
    ['GET', '/nowhere'],
    ['DELETE', '/v1/ask'],
  ] as const)
    expect((await call(method, path, undefined, { host: 'evil.example' })).status).toBe(421);
  expect(await status('localhost:8787')).toBe(200);
  expect(await status('[::1]:8787')).toBe(200);
  const limits = { questionCharacters: 10, historyTurns: 1, turnCharacters: 10, bodyBytes: 1024 };
  const proxied = tinyApp({}, { config: { host: '127.0.0.1', publicUrl: 'https://ask.example.org', limits } });
  expect(await status('ask.example.org', proxied.call)).toBe(200);
  const open = tinyApp({}, { config: { host: '0.0.0.0', publicUrl: null, limits } });
  expect(await status('intranet', open.call)).toBe(421);
  expect(await status('10.1.2.3:8787', open.call)).toBe(200);
});

test('assets are revalidated by their contents', async () => {
  const { call } = tinyApp();
  const first = await call('GET', '/assets/style.css');
  expect(first.headers.get('content-type')).toBe('text/css; charset=utf-8');
  const again = await call('GET', '/assets/style.css', undefined, { 'if-none-match': first.headers.get('etag')! });
  expect(again.status).toBe(304);
});

test('the page of a briefing has every paragraph, its number and its link', async () => {
  const html = await (await tinyApp().call('GET', '/briefings/harbours-2026')).text();
  for (let number = 1; number <= 38; number++) expect(html).toContain(`id="p${number}"`);
  expect(html).toMatch(/<h1 id="p1"[^>]*>.*Harbours of the coast.*<\/h1>/);
  expect(html).toMatch(/<h2 id="p3"[^>]*>.*Lighthouses<\/h2>/);
  expect(html).toMatch(/<ul><li id="p5" dir="auto">.*museum\.<\/li><\/ul>/);
  expect(html).toContain('Page 2');
  expect(html).not.toContain('This is not the newest edition');
});

test('the page of an older edition says so and links to the newest', async () => {
  const html = await (await tinyApp().call('GET', '/briefings/harbours-2019')).text();
  expect(html).toContain('This is not the newest edition: <a href="/briefings/harbours-2026">');
  expect(html).toContain('2019 (date inferred from the text)');
});

test('the quote of a link is marked by code points', async () => {
  const { call } = tinyApp();
  const { text } = await (await call('GET', '/v1/briefings/harbours-2026')).json();
  const start = [...text.slice(0, text.indexOf('The keepers'))].length;
  const html = await (await call('GET', `/briefings/harbours-2026?quote=${start}-${start + 21}`)).text();
  expect(html).toContain('by 2024 🗼. <mark>The keepers moved out</mark>.');
  for (const quote of ['9-2', '999999999-9999999999', '-1-5', '<b>', '5']) {
    expect(await (await call('GET', `/briefings/harbours-2026?quote=${encodeURIComponent(quote)}`)).text()).not.toContain('<mark>');
  }
});

test('markup in documents and addresses stays text', async () => {
  const { call } = tinyApp();
  for (const path of ['/', '/briefings/hostile', `/${encodeURIComponent(HOSTILE)}`, `/briefings/${encodeURIComponent(HOSTILE)}`]) {
    const html = await (await call('GET', path, undefined, { accept: 'text/html' })).text();
    expect(html).not.toContain('<script>window');
    expect(html).not.toContain('<img');
  }
  expect(await (await call('GET', '/briefings/hostile')).text()).toContain('&lt;script&gt;window.hacked=1&lt;/script&gt;');
});
