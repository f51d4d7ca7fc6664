import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tinyApp } from './helper.ts';

const get = async (path: string, headers: Record<string, string> = {}) => tinyApp().call('GET', path, undefined, headers);

test('the script is served to any page, by a stable and by an unchanging address', async () => {
  const about = await (await get('/widget/integrity.json')).json();
  const stable = await get('/widget.js');
  const fixed = await get(`/widget/${about.file}`);
  const answers = await get(`/widget/${about.first.answers.file}`);
  for (const [response, { integrity }] of [
    [fixed, about],
    [stable, about.first],
    [answers, about.first.answers],
  ] as const)
    expect(
      `sha384-${createHash('sha384')
        .update(Buffer.from(await response.arrayBuffer()))
        .digest('base64')}`,
    ).toBe(integrity);
  expect(answers.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(fixed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(stable.headers.get('cache-control')).toContain('max-age=300');
  for (const { headers } of [stable, fixed, answers]) {
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const again = await get('/widget.js', { 'if-none-match': stable.headers.get('etag')! });
  expect(again.status).toBe(304);
});

test('a page from before the service was renewed gets what shows answers, where it understands it', async () => {
  const { file } = (await (await get('/widget/integrity.json')).json()).first.answers;
  const older = await get(`/widget/${file.replace(/[0-9a-f]{12}/, '0'.repeat(12))}`);
  expect(await older.text()).toBe(await (await get(`/widget/${file}`)).text());
  expect(older.headers.get('cache-control')).toBe('public, max-age=300');
  expect((await get(`/widget/${file.replace(/answers-\d+/, 'answers-0')}`)).status).toBe(404);
});

test('it goes over the wire compressed', async () => {
  const response = await get('/widget.js', { 'accept-encoding': 'br, gzip' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const wire = Buffer.from(await response.arrayBuffer());
  expect(wire.length).toBeLessThanOrEqual(20_000);
  expect(gunzipSync(wire).toString()).toContain('pilcrow-chat');
});

test.each(['/widget/pilcrow-chat-0.0.0-000000000000.js', '/widget/..%2f..%2fpackage.json', '/widget/constructor'])(
  'there is nothing at %s',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);

test('the page for frames takes settings that look like settings', async () => {
  const html = await (
    await get(`/embed?lang=ar&theme=dark&heading=${encodeURIComponent('"><script>alert(1)</script>')}&token=x&onload=alert(1)`)
  ).text();
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('theme="dark"');
  expect(html).toContain('heading="&quot;&gt;&lt;script&gt;');
  expect(html).not.toContain('token=');
  expect(html).not.toContain('onload');
  expect(html.match(/<script/g)).toHaveLength(1);
});
