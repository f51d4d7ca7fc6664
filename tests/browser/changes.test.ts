import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';
import { type Visit, visit } from './browser.ts';

let server: RunningServer;
let browser: Visit;
beforeAll(async () => {
  server = await listen(createApp({ pilcrow: createTiny(), config: { host: '127.0.0.1', publicUrl: null, limits } }), {
    host: '127.0.0.1',
    port: 0,
  });
  browser = await visit(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close(0);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

test('from a briefing to what changed, one kind of it, and on to the paragraph', async () => {
  const { page } = browser;
  await page.goto(`${server.url}/briefings/harbours-2026`);
  await page.getByRole('link', { name: 'What changed' }).click();
  await page.waitForURL(/\/series\/harbours\/changes/);
  expect(await page.locator('.change[data-kind="changed"] .fact').textContent()).toMatch(/seven\s*→\s*nine/);
  await page.getByRole('link', { name: /^Changed/ }).click();
  await page.waitForURL(/show=changed/);
  expect(await page.locator('.change').count()).toBe(1);
  expect(await page.locator('.kinds [aria-current]').textContent()).toMatch(/^Changed\s+1/);
  await page.getByRole('link', { name: 'Paragraph 2 of the 2019 edition' }).click();
  await page.waitForURL(/\/briefings\/harbours-2019#p2$/);
  expect(await page.locator('#p2').evaluate((element) => element.matches(':target'))).toBe(true);
  await page.getByRole('link', { name: 'This paragraph in the March 2026 edition' }).last().click();
  await page.waitForURL(/\/briefings\/harbours-2026#p2$/);
});

test.each([
  [1280, true],
  [390, false],
  [320, false],
])('at %i pixels both editions are beside each other: %s', async (width, beside) => {
  const { page } = browser;
  await page.setViewportSize({ width, height: 800 });
  await page.goto(`${server.url}/series/harbours/changes?show=changed`);
  const [old, fresh] = [(await page.locator('.side.old').boundingBox())!, (await page.locator('.side.new').boundingBox())!];
  if (beside) expect(fresh.x).toBeGreaterThanOrEqual(old.x + old.width);
  else expect(fresh.y).toBeGreaterThanOrEqual(old.y + old.height);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  for (const link of await page.locator('.kinds a, .where a').all()) expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(24);
});
