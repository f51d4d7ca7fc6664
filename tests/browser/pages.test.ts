import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskRequest } from '../../src/core/model.ts';
import { type Visit, visit } from './browser.ts';
import { serve } from './serve.ts';

let served: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async () => {}, list: async () => [] } });
  browser = await visit(served.url);
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
});
afterEach(async () => {
  await browser.page.evaluate(() => sessionStorage.clear()).catch(() => {});
  // Nothing may run that was not meant to, and nothing may be fetched from elsewhere.
  expect(browser.complaints.splice(0)).toEqual([]);
});

/** Asks and waits for what becomes of it. */
async function ask(question: string) {
  const { page } = browser;
  const before = await page.locator('.exchange').count();
  await page.locator('#field').fill(question);
  await page.keyboard.press('Enter');
  const exchange = page.locator('.exchange').nth(before);
  await exchange.locator('.tools, .failure').first().waitFor();
  return exchange;
}

describe('from question to source', () => {
  test('a citation opens its paragraph in place with the quote lit, and leads to it in the briefing', async () => {
    const { page } = browser;
    await page.goto(served.url);
    const exchange = await ask('How long does the slowest ferry take to the outer islands?');
    expect(await exchange.locator('.status').textContent()).toContain('Checked against the briefings');
    expect(await exchange.locator('[data-source]').count()).toBe(0);
    await exchange.locator('.mark').first().click();
    const source = exchange.locator('[data-source]');
    expect(await source.locator('mark').textContent()).toBe('The slowest ferry takes eleven hours to the outer islands.');
    expect(await source.textContent()).toContain('March 2026 edition');
    expect(await source.textContent()).toContain('Ferries');
    expect(await exchange.locator('.mark').first().getAttribute('aria-expanded')).toBe('true');

    await source.getByRole('link', { name: 'Open in the briefing' }).click();
    await page.waitForURL(/\/briefings\/harbours-2026\?quote=\d+-\d+#p38$/);
    const target = page.locator('#p38');
    expect(await target.evaluate((element) => element.matches(':target'))).toBe(true);
    expect(await target.locator('mark').textContent()).toBe('The slowest ferry takes eleven hours to the outer islands.');
    const box = (await target.boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(800);

    // The conversation is still there on the way back.
    await page.goBack();
    await page.locator('.exchange .tools').waitFor();
    expect(await page.locator('.exchange').count()).toBe(1);
  });

  test('the suggested questions come from the corpus, and are answered', async () => {
    const { page } = browser;
    await page.goto(served.url);
    const suggestions = await page.locator('.suggestion').allTextContents();
    expect(suggestions).toContain('How many harbours does the coast have?');
    await page.locator('.suggestion').first().click();
    await page.locator('.exchange .tools').waitFor();
    expect(await page.locator('.status').getAttribute('data-status')).toBe('answered');
  });

  test('an edition can be chosen', async () => {
    const { page } = browser;
    await page.goto(served.url);
    await page.locator('#edition').selectOption('2019');
    expect(await (await ask('How many harbours?')).locator('.text').textContent()).toContain('seven');
    expect((served.pilcrow.asked.at(-1) as AskRequest).edition).toBe('2019');
  });

  test('a link can bring the question, once', async () => {
    const { page } = browser;
    await page.goto(`${served.url}/?q=${encodeURIComponent('How many harbours?')}&edition=2019`);
    await page.locator('.tools').waitFor();
    expect(await page.locator('.text').textContent()).toContain('seven');
    const asked = served.pilcrow.asked.length;
    await page.reload();
    await page.locator('.tools').waitFor();
    expect(served.pilcrow.asked.length).toBe(asked);
  });
});

test('the home page lists briefings with their editions', async () => {
  const { page } = browser;
  await page.goto(served.url);
  const first = page.locator('.shelf li', { hasText: 'Harbours of the coast' });
  expect(await first.textContent()).toContain('March 2026 edition');
  expect(await first.getByRole('link', { name: '2019' }).getAttribute('href')).toBe('/briefings/harbours-2019');
  expect(await page.locator('#checked').textContent()).toBe('How answers are checked');
});

test.each([320, 390, 1280])('nothing sticks out at %i pixels, and what is pressed is large enough', async (width) => {
  const { page } = browser;
  await page.setViewportSize({ width, height: 800 });
  try {
    for (const path of ['/', '/briefings/harbours-2026', '/briefings/hostile', '/embed']) {
      await page.goto(served.url + path);
      if (path === '/' || path === '/embed') {
        await ask('How many harbours does the coast have?');
        await ask(`crocodiles ${'x'.repeat(300)}`);
        await page.locator('.mark').last().click();
      }
      const sticking = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(sticking, path).toBe(0);
    }
    await page.goto(served.url);
    await page.locator('.tools').first().waitFor();
    for (const selector of ['#field', '.send', '#edition', '.header .icon', '.tools .icon', '.brand']) {
      const box = (await page.locator(selector).first().boundingBox())!;
      expect(Math.min(box.height, selector === '#edition' ? 99 : box.width), selector).toBeGreaterThanOrEqual(44);
    }
    const reach = await page
      .locator('.mark')
      .first()
      .evaluate((element) => {
        const after = getComputedStyle(element, '::after');
        return Math.min(Number.parseFloat(after.width), Number.parseFloat(after.height));
      });
    expect(reach).toBeGreaterThanOrEqual(44);
  } finally {
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

test('on paper a briefing is text with its numbers, nothing else', async () => {
  const { page } = browser;
  await page.goto(`${served.url}/briefings/harbours-2026`);
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['.bar', '.contents', '.switch']) expect(await page.locator(selector).first().isVisible(), selector).toBe(false);
  expect(await page.locator('#p4 .number').isVisible()).toBe(true);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' });
});
