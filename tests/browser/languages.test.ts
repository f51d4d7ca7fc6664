import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { serve } from './serve.ts';

let served: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  served = await serve();
  browser = await visit(served.url, { bypassCSP: true });
  browser.context.setDefaultTimeout(25_000);
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
});

const PATHS = ['/', '/briefings/harbours-2019', '/series/harbours/changes'];
describe.each(['de', 'fr', 'es', 'ar', 'zh'])('pages in %s', (language) => {
  test.each(PATHS)('%s: axe finds nothing, and nothing is wider than the screen', async (path) => {
    const { page } = browser;
    await page.goto(`${served.url}${path}?lang=${language}`);
    if (path === '/') await page.locator('#field').waitFor();
    for (const size of [
      { width: 1280, height: 800 },
      { width: 320, height: 256 },
    ]) {
      await page.setViewportSize(size);
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(browser.complaints).toEqual([]);
  });
});

test('Arabic reads from right to left, and an English briefing within it from left to right', async () => {
  const { page } = browser;
  await page.goto(`${served.url}/briefings/harbours-2026?lang=ar`);
  const direction = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).direction);
  expect(await direction('html')).toBe('rtl');
  expect(await direction('article')).toBe('ltr');
  expect(await direction('article dl')).toBe('rtl');
  const [brand, bar] = await Promise.all([page.locator('.brand').boundingBox(), page.locator('.bar').boundingBox()]);
  expect((brand?.x ?? 0) + (brand?.width ?? 0)).toBeGreaterThan((bar?.width ?? 0) / 2);
});

test('texts of a language that come late take the place of the English', async () => {
  const { page } = browser;
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/widget/messages-de.json', async (route) => {
    await held;
    await route.continue();
  });
  try {
    await page.goto(`${served.url}/?lang=de`);
    await page.getByPlaceholder('Type your question').waitFor();
    release();
    await page.getByPlaceholder('Geben Sie Ihre Frage ein').waitFor();
  } finally {
    release();
    await page.unroute('**/widget/messages-de.json');
  }
});
