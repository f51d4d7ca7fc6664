import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { limits, tinyApp } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-logo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = (site: object) => ({
  config: {
    host: '127.0.0.1',
    publicUrl: null,
    limits,
    site: { name: 'Pilcrow', logo: null, introduction: null, suggestions: null, contact: null, history: true, ...site },
  },
});

test('says what pages show: name, questions that are answered, series to choose from', async () => {
  const { call, pilcrow } = tinyApp();
  const site = await (await call('GET', '/v1/site')).json();
  expect(site).toMatchObject({ name: 'Pilcrow', introduction: null, contact: null });
  expect(site.suggestions.length).toBeGreaterThan(0);
  for (const question of site.suggestions) expect((await pilcrow.ask({ question })).status, question).toBe('answered');
  const known = (await (await pilcrow.index()).briefings()).map(({ id }) => id);
  expect(site.series.flatMap((one: { briefings: string[] }) => one.briefings).sort()).toEqual(known.sort());
});

test('settings take the place of its own words, on the page too', async () => {
  const logo = join(folder, 'logo.svg');
  writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const { call } = tinyApp(
    {},
    config({ name: 'Harbour desk', logo, introduction: 'Ask <us>.', suggestions: ['How deep?'], contact: 'desk@example.org' }),
  );
  expect(await (await call('GET', '/v1/site')).json()).toMatchObject({
    name: 'Harbour desk',
    introduction: 'Ask <us>.',
    suggestions: ['How deep?'],
    contact: 'desk@example.org',
  });
  const page = await (await call('GET', '/', undefined, { accept: 'text/html' })).text();
  expect(page).toContain('Harbour desk');
  expect(page).toContain('Ask &lt;us&gt;.');
  expect(page).toContain('src="/logo"');
  const image = await call('GET', '/logo');
  expect(image.headers.get('content-type')).toBe('image/svg+xml');
  expect(image.headers.get('content-security-policy')).toContain('sandbox');
});

test('without a logo there is none', async () => {
  expect((await tinyApp().call('GET', '/logo')).status).toBe(404);
});
