import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskRequest } from '../../src/core/model.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { createTiny, HOSTILE, type TinyOptions } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';
import { type Visit, visit } from './browser.ts';

async function serve(options: TinyOptions = {}) {
  const pilcrow = createTiny(undefined, options);
  const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits } });
  return { pilcrow, server: await listen(app, { host: '127.0.0.1', port: 0 }) };
}

let server: RunningServer;
let asked: unknown[];
let browser: Visit;
beforeAll(async () => {
  const served = await serve();
  server = served.server;
  asked = served.pilcrow.asked;
  browser = await visit(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close(0);
});
afterEach(() => {
  // Nothing may run that was not meant to, and nothing may be fetched from elsewhere.
  expect(browser.complaints.splice(0)).toEqual([]);
});

const ask = async (question: string, to: Visit = browser) => {
  const before = await to.page.locator('.turn').count();
  await to.page.fill('#question', question);
  await to.page.keyboard.press('Enter');
  await to.page.locator('.turn').nth(before).locator('.answer, .failure').waitFor();
  return to.page.locator('.turn').nth(before);
};

describe('from question to source', () => {
  test('a citation opens its paragraph with the quote marked, and leads to it in the briefing', async () => {
    const { page } = browser;
    await page.goto(server.url);
    const turn = await ask('How long does the slowest ferry take to the outer islands?');
    expect(await turn.locator('.status').textContent()).toBe('Answered from the briefings');
    expect(await turn.locator('.evidence').isVisible()).toBe(false);
    await turn.locator('.mark').first().click();
    expect(await turn.locator('.evidence').isVisible()).toBe(true);
    expect(await turn.locator('.evidence mark').textContent()).toBe('The slowest ferry takes eleven hours to the outer islands.');
    expect(await turn.locator('.row').getAttribute('aria-expanded')).toBe('true');

    await turn.getByRole('link', { name: 'Open in the briefing' }).click();
    await page.waitForURL(/\/briefings\/harbours-2026\?quote=\d+-\d+#p38$/);
    const target = page.locator('#p38');
    expect(await target.evaluate((element) => element.matches(':target'))).toBe(true);
    expect(await target.locator('mark').textContent()).toBe('The slowest ferry takes eleven hours to the outer islands.');
    const box = (await target.boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(800);
    const background = (selector: string) => page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await background('#p38')).not.toBe(await background('#p37'));
  });

  test('the keyboard is enough', async () => {
    const { page } = browser;
    await page.goto(server.url);
    await page.keyboard.type('How many harbours does the coast have?');
    await page.keyboard.press('Enter');
    await page.locator('.mark').first().waitFor();
    await page.locator('.mark').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.evidence').first().isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('row');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Open in the briefing');
    await page.keyboard.press('Escape');
    expect(await page.locator('.evidence').first().isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('mark');
  });

  test('an older edition is shown as one', async () => {
    const { page } = browser;
    await page.goto(server.url);
    const turn = await ask('How many harbours does the coast have?');
    expect(await turn.locator('.notes').textContent()).toContain('The 2019 edition said seven.');
    expect(await turn.locator('.sources li').nth(1).textContent()).toContain('2019 edition (date inferred)older edition');
    await page.selectOption('#edition', '2019');
    expect(await (await ask('How many harbours?')).locator('.sentences').textContent()).toContain('seven');
  });

  test('a follow-up brings the conversation, starting over forgets it', async () => {
    const { page } = browser;
    await page.goto(server.url);
    await ask('How many harbours does the coast have?');
    await ask('Which lighthouse is a museum?');
    expect((asked.at(-1) as AskRequest).history).toEqual([
      { role: 'user', content: 'How many harbours does the coast have?' },
      { role: 'assistant', content: 'The coast has nine harbours. [1]' },
    ]);
    await page.click('#again');
    expect(await page.locator('.turn').count()).toBe(0);
    await ask('Which lighthouse is a museum?');
    expect(asked.at(-1)).not.toHaveProperty('history');
  });

  test('nothing found shows the nearest passages', async () => {
    await browser.page.goto(server.url);
    const turn = await ask('Where do penguins live?');
    expect(await turn.locator('.status').textContent()).toBe('Not in the briefings');
    expect(await turn.locator('.nearest a').getAttribute('href')).toBe('/briefings/harbours-2026#p2');
  });

  test('a link can bring the question', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/?q=${encodeURIComponent('How many harbours?')}&edition=2019`);
    await page.locator('.answer').waitFor();
    expect(await page.locator('.sentences').textContent()).toContain('seven');
  });
});

test('markup in titles, headings, paragraphs and questions does nothing', async () => {
  const { page } = browser;
  await page.goto(`${server.url}/?q=${encodeURIComponent(`crocodiles ${HOSTILE}`)}`);
  await page.locator('.answer').waitFor();
  await page.locator('.mark').first().click();
  expect(await page.locator('.turn h2').textContent()).toBe(`crocodiles ${HOSTILE}`);
  expect(await page.locator('.evidence blockquote').textContent()).toContain(HOSTILE);
  expect(await page.locator('.row').textContent()).toContain(HOSTILE);
  await page.getByRole('link', { name: 'Open in the briefing' }).click();
  await page.locator('#p2').waitFor();
  expect(await page.locator('h1').textContent()).toContain(HOSTILE);
  expect(await page.title()).toContain(HOSTILE);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.evaluate(() => (window as unknown as Record<string, unknown>).hacked)).toBeUndefined();
});

test.each([320, 390, 1280])('nothing sticks out at %i pixels, and what is pressed is large enough', async (width) => {
  const { page } = browser;
  await page.setViewportSize({ width, height: 800 });
  try {
    for (const path of ['/', '/briefings/harbours-2026', '/briefings/hostile', '/nothing']) {
      await page.goto(server.url + path);
      if (path === '/') {
        await ask('How many harbours does the coast have?');
        await ask(`crocodiles ${'x'.repeat(300)}`);
        for (const row of await page.locator('.row').all()) await row.click();
      }
      const sticking = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(sticking, path).toBe(0);
    }
    browser.complaints.splice(0, 1); // the page that is not there is reported to the console
    await page.goto(server.url);
    await ask('How many harbours?');
    for (const selector of ['#question', '#send', '#edition', '#again', '.row', '.brand']) {
      const box = (await page.locator(selector).first().boundingBox())!;
      expect(box.height, selector).toBeGreaterThanOrEqual(44);
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

test.each(['light', 'dark'] as const)('text stands out enough in %s', async (colorScheme) => {
  const { page } = browser;
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.goto(server.url);
  const faint = async () => page.evaluate(contrasts);
  expect(await faint()).toEqual([]);
  await ask('How many harbours does the coast have?');
  await ask('Where do penguins live?');
  for (const row of await page.locator('.row').all()) await row.click();
  expect(await faint()).toEqual([]);
  await page.goto(`${server.url}/briefings/harbours-2019?quote=0-40#p2`);
  expect(await faint()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
});

/** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2 AA). Runs in the page. */
function contrasts(): string[] {
  const parse = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red = 0, green = 0, blue = 0]: number[]) => {
    const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const behind = (element: Element): number[] => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || (colour[3] ?? 0) > 0) return colour;
    }
    return [255, 255, 255];
  };
  const out: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement!;
    if (!walker.currentNode.textContent?.trim() || !element.checkVisibility() || element.closest('script, style, noscript')) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5)
      out.push(`${ratio.toFixed(2)} ${element.className || element.tagName}: ${walker.currentNode.textContent.slice(0, 40)}`);
  }
  return out;
}

test('while an answer is made it can be stopped; a failure says so and can be tried again', async () => {
  const slow = await serve({ milliseconds: 20_000 });
  const own = await visit(slow.server.url);
  try {
    await own.page.goto(slow.server.url);
    await own.page.fill('#question', 'How many harbours?');
    await own.page.keyboard.press('Enter');
    await own.page.getByText(/Checking \d+ passages/).waitFor();
    expect(await own.page.locator('#send').textContent()).toBe('Stop');
    await own.page.click('#send');
    expect(await own.page.locator('.failure').textContent()).toContain('Stopped.');
    expect(await own.page.locator('#send').textContent()).toBe('Ask');
    await slow.server.close(0);
    await own.page.getByRole('button', { name: 'Try again' }).click();
    await own.page.getByText('The service cannot be reached.').waitFor();
    expect(await own.page.locator('.turn').count()).toBe(1);
  } finally {
    await own.close();
    await slow.server.close(0);
  }
});
