import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Citation } from '../../src/core/model.ts';
import { start } from '../cli/helper.ts';
import { type Visit, visit } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-printed-'));
let server: ReturnType<typeof start>;
let url = '';
let citation: Citation;
let browser: Visit;

const filler = (number: number) =>
  `<p>Line ${number} leaves the harbour of Norhaven at noon and calls at ${number + 2} islands before it comes back in the evening, weather permitting; its crew of ${number + 5} is paid by the town.</p>`;

beforeAll(async () => {
  mkdirSync(join(folder, 'corpus'));
  browser = await visit([], { viewport: { width: 1280, height: 860 } });
  await browser.page.setContent(
    `<title>Ferries of Norhaven</title><h1>Ferries of Norhaven</h1><h2>Lines</h2>${Array.from({ length: 30 }, (_, at) => filler(at)).join('')}
    <p>The slowest ferry takes eleven hours to the outer islands.</p>`,
  );
  writeFileSync(
    join(folder, 'corpus', 'ferries-2026-03.pdf'),
    await browser.page.pdf({ format: 'A5', margin: { top: '15mm', bottom: '15mm' } }),
  );
  await browser.close();
  server = start(['start', '--port', '0', '--json'], { cwd: folder, env: { PILCROW_ORIGINALS: 'on' } });
  url = (JSON.parse((await server.printed(/^\{[\s\S]*\n\}/m))[0]) as { url: string }).url;
  const body = JSON.stringify({ question: 'How long does the slowest ferry take to the outer islands?' });
  const reply = await fetch(`${url}/v1/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  [citation] = (await reply.json()).citations;
  browser = await visit(url, { viewport: { width: 1280, height: 860 } });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.stop();
  await server?.ended;
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  // The policy was kept, and nothing came from elsewhere.
  expect(browser.complaints.splice(0)).toEqual([]);
});

const address = () => `${url}${citation.url.replace('#', `?quote=${citation.start}-${citation.end}#`)}`;
/** Opened anew, also where it is open already. */
const open = async () => {
  await browser.page.goto('about:blank');
  await browser.page.goto(address());
};
const drawn = (page: number) => browser.page.locator(`.printed[data-drawn="${page}"]`).waitFor({ timeout: 30_000 });
/** How much of the lit part of the page is ink: letters are there, and more than letters. */
const ink = () =>
  browser.page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.printed canvas')!;
    const lit = document.querySelector<HTMLElement>('.printed .lit')!;
    const scale = canvas.width / canvas.clientWidth;
    const area = [lit.offsetLeft, lit.offsetTop, lit.offsetWidth, lit.offsetHeight].map((one) => Math.round(one * scale)) as [
      number,
      number,
      number,
      number,
    ];
    const { data } = canvas.getContext('2d')!.getImageData(...area);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at]! < 128) dark++;
    return dark / (data.length / 4);
  });
async function findings(): Promise<string[]> {
  await browser.page.evaluate(axe);
  return browser.page.evaluate(async () => {
    const found = await (
      window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run();
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

describe('the printed page of a PDF', { timeout: 120_000 }, () => {
  test('stands beside the text with the cited paragraph lit, and follows the paragraph that is looked at', async () => {
    const { page } = browser;
    expect(citation.page).toBeGreaterThan(1);
    await open();
    await drawn(citation.page!);
    expect(await page.getByRole('status').textContent()).toMatch(new RegExp(`^Page ${citation.page} of \\d+$`));
    const lit = page.locator('.printed .lit');
    const [box, sheet] = [await lit.boundingBox(), await page.locator('.printed .sheet').boundingBox()];
    // It was scrolled to, and stands where the letters are.
    expect(box!.y).toBeGreaterThanOrEqual(sheet!.y);
    expect(box!.y + box!.height).toBeLessThanOrEqual(sheet!.y + sheet!.height);
    expect(box!.height).toBeLessThan(sheet!.height / 4);
    expect(await ink()).toBeGreaterThan(0.02);
    expect(sheet!.x).toBeGreaterThan((await page.locator('article').boundingBox())!.x + 300);

    await page.getByRole('link', { name: 'Link to paragraph 2', exact: true }).click();
    await drawn(1);
    expect(await lit.isVisible()).toBe(true);
    expect(await ink()).toBeGreaterThan(0.02);
  });

  test('pages are turned and enlarged from the keyboard, and the last one is the last', async () => {
    const { page } = browser;
    await open();
    await drawn(citation.page!);
    const back = page.getByRole('button', { name: 'Previous page' });
    await back.focus();
    await page.keyboard.press('Enter');
    await drawn(citation.page! - 1);
    expect(await page.locator('.printed .lit').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Next page' }).press('Space');
    await drawn(citation.page!);
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    const width = () => page.locator('.printed .paper').evaluate((element) => element.getBoundingClientRect().width);
    const before = await width();
    await page.getByRole('button', { name: 'Larger' }).press('Enter');
    await expect.poll(width).toBeGreaterThan(before * 1.4);
    expect(await page.getByRole('button', { name: 'Smaller' }).isEnabled()).toBe(true);
  });

  test('only the pieces that are needed are fetched, and nothing of it before it is to be seen on a phone', async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 390, height: 844 });
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await open();
    const show = page.getByRole('button', { name: 'Show the page as printed' });
    await show.waitFor();
    expect(fetched.filter((path) => /pdf|original/.test(path))).toEqual([]);
    await show.click();
    await drawn(citation.page!);
    expect(fetched).toContain('/assets/pdf.worker.mjs');
    // Text and page are seen at once.
    const target = (await page.locator('article :target').boundingBox())!;
    const panel = (await page.locator('.printed').boundingBox())!;
    expect(target.y + target.height).toBeLessThanOrEqual(panel.y);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    expect(await show.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.locator('.printed .sheet').count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  test.each(['light', 'dark'] as const)('has nothing axe finds wrong, %s, wide and narrow', async (colorScheme) => {
    const { page } = browser;
    await page.emulateMedia({ colorScheme });
    const plain = await visit(url, { bypassCSP: true, colorScheme, viewport: { width: 1280, height: 860 } });
    const own = browser;
    browser = plain;
    try {
      await open();
      await drawn(citation.page!);
      expect(await findings()).toEqual([]);
      await plain.page.setViewportSize({ width: 390, height: 844 });
      await open();
      await plain.page.getByRole('button', { name: 'Show the page as printed' }).click();
      await drawn(citation.page!);
      expect(await findings()).toEqual([]);
      expect(plain.complaints).toEqual([]);
    } finally {
      browser = own;
      await plain.close();
    }
  });

  test('is left out in print, and a file that was changed is told as such', async () => {
    const { page } = browser;
    await open();
    await drawn(citation.page!);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.printed').isVisible()).toBe(false);
    expect(await page.locator('article').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    writeFileSync(join(folder, 'corpus', 'ferries-2026-03.pdf'), 'another one');
    await page.reload();
    await page.locator('.printed .failed').waitFor({ timeout: 30_000 });
    expect(await page.getByRole('status').textContent()).toContain('The file was changed or removed since it was read');
    // The browser itself reports what it did not get.
    expect(browser.complaints.splice(0).every((one) => one.includes('404'))).toBe(true);
  });
});
