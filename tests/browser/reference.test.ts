import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMcpHandler } from '../../src/mcp/index.ts';
import { type Visit, visit } from './browser.ts';
import { serve } from './serve.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let served: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  served = await serve({}, { mcp: createMcpHandler });
  browser = await visit(served.url, { bypassCSP: true });
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
});
afterEach(() => {
  expect(browser.complaints.splice(0)).toEqual([]);
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([320, 1280])('axe finds nothing at %i pixels', async (width) => {
    const { page } = browser;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${served.url}/reference`);
    if (width < 1000) await page.getByText('Contents', { exact: true }).click();
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { violations: found } = await (
        window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
        }
      ).axe.run();
      return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
    });
    expect(violations).toEqual([]);
  });
});

test.each([320, 390, 1280])('nothing sticks out at %i pixels', async (width) => {
  const { page } = browser;
  await page.setViewportSize({ width, height: 800 });
  await page.goto(`${served.url}/reference`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  // Text in the narrow column of names may break, not run into the next column.
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.fields dt, .fields dd, .call, .contents a')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .map((one) => one.textContent),
  );
  expect(wide).toEqual([]);
});

test('the contents lead to an operation, which is then marked', async () => {
  const { page } = browser;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${served.url}/reference`);
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'GET /v1/series/{id}/changes' }).click();
  const heading = page.getByRole('heading', { name: 'What changed from one edition to another' });
  expect(await heading.evaluate((element) => element.matches(':target'))).toBe(true);
  const box = (await heading.boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeLessThan(200);
});

test('everything is there without scripts', async () => {
  const plain = await visit(served.url, { javaScriptEnabled: false });
  try {
    await plain.page.goto(`${served.url}/reference`);
    expect(await plain.page.locator('.operation').count()).toBeGreaterThan(8);
    expect(await plain.page.locator('#ask').isVisible()).toBe(true);
    expect(plain.complaints).toEqual([]);
  } finally {
    await plain.close();
  }
});
