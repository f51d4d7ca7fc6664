import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSiteTokens, originOf } from '../../src/adapters/site-tokens.ts';
import { moveOn } from '../fixtures/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-tokens-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name, 'site-tokens.json');

test('a token is made, kept, listed and taken back', async () => {
  const tokens = createSiteTokens(file('a'));
  expect(tokens.all().size).toBe(0);
  const made = await tokens.create(['https://Intranet.example.org/', 'https://intranet.example.org', 'http://wiki.example.org:8080'], {
    label: ' intranet ',
    rate: 30,
  });
  expect(made).toMatchObject({ label: 'intranet', rate: 30, origins: ['https://intranet.example.org', 'http://wiki.example.org:8080'] });
  expect(made.token).toMatch(/^site_[0-9a-f]{32}$/);
  const elsewhere = createSiteTokens(file('a'));
  expect(elsewhere.all().get(made.token)).toEqual(made);
  await tokens.create(['https://b.example'], { label: 'intranet' });
  await expect(tokens.revoke('intranet')).rejects.toMatchObject({ code: 'bad_request' });
  expect(await tokens.revoke(made.token)).toEqual(made);
  expect(await tokens.revoke(made.token)).toBeNull();
  expect(createSiteTokens(file('a')).all().size).toBe(1);
});

test('a service that runs sees a change within a second, and the same map until then', async () => {
  const running = createSiteTokens(file('b'));
  const before = running.all();
  expect(running.all()).toBe(before);
  const made = await createSiteTokens(file('b')).create(['https://a.example']);
  moveOn(1100);
  expect(running.all().has(made.token)).toBe(true);
  await createSiteTokens(file('b')).revoke(made.token);
  moveOn(1100);
  expect(running.all().has(made.token)).toBe(false);
});

test('a damaged file is told at the start, and does not open or close anything later', async () => {
  const running = createSiteTokens(file('c'));
  const made = await running.create(['https://a.example']);
  const text = readFileSync(file('c'), 'utf8');
  for (const damaged of [text.slice(0, -20), text.replace('https://a.example', '*'), '[]', 'null', '']) {
    writeFileSync(file('c'), damaged);
    expect(() => createSiteTokens(file('c')).all()).toThrow('cannot be read');
  }
  moveOn(1100);
  expect(running.all().has(made.token)).toBe(true);
  expect(statSync(file('c')).size).toBe(0);
});

test.each([
  '*',
  'https://*.example.org',
  'https://example.org/path',
  'https://user@example.org',
  'ftp://example.org',
  'example.org',
  'null',
  '',
  'https://example.org?',
  'javascript:alert(1)',
])('%s is not an origin', (text) => {
  expect(() => originOf(text)).toThrow();
});
