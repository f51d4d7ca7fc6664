import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Visit, visit } from './browser.ts';
import { createGated, pageOf, serve, servePage } from './serve.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let served: Awaited<ReturnType<typeof serve>>;
let gated: Awaited<ReturnType<typeof serve>>;
let release: () => void;
let host: Awaited<ReturnType<typeof servePage>>;
let browser: Visit;
let body = '';
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async () => {}, list: async () => [] } });
  const gate = createGated();
  release = gate.release;
  gated = await serve({ pilcrow: gate.pilcrow });
  const style =
    'main{color:#222;background:#fff}@media(prefers-color-scheme:dark){html{color-scheme:dark}main{color:#ddd;background:#111}body{background:#111}}';
  host = await servePage(() => body, {}, { '/page.css': style });
  browser = await visit([host.url, served.url, gated.url], { bypassCSP: true });
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await served?.server.close(0);
  await gated?.server.close(0);
});

/** What axe finds wrong, of any impact and with every rule that is on by default, best practices included. */
async function findings(): Promise<string[]> {
  const { page } = browser;
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      }
    ).axe.run();
    return violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id} (${one.impact}): ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
  });
}

async function open(tag: string) {
  body = pageOf(tag, '<link rel="stylesheet" href="/page.css">');
  await browser.page.goto(host.url);
  await browser.page.evaluate(() => sessionStorage.clear());
  await browser.page.goto(host.url);
}
const script = (attributes = 'data-lang="en"', of = served) => `<script src="${of.url}/widget.js" ${attributes} async></script>`;
async function ask(question: string, done = '.tools, .failure') {
  await browser.page.locator('#field').fill(question);
  await browser.page.keyboard.press('Enter');
  await browser.page.locator('.exchange').last().locator(done).first().waitFor();
}

const states: Record<string, () => Promise<void>> = {
  closed: async () => {
    await open(script());
    await browser.page.locator('.launcher').waitFor();
  },
  open: async () => {
    await open(script('data-open data-suggestions="How many harbours?|Which lighthouse?"'));
    await browser.page.locator('.suggestion').first().waitFor();
  },
  streaming: async () => {
    await open(script('data-open', gated));
    await ask('How many harbours does the coast have?', '.sentence');
  },
  answered: async () => {
    await open(script('data-open', gated));
    await ask('How many harbours does the coast have?', '.sentence');
    release();
    await browser.page.locator('.tools').waitFor();
    await browser.page.locator('.note .mark').click();
    await browser.page.locator('.withheld summary').click();
  },
  'not found': async () => {
    await open(script('data-open'));
    await ask('Where do penguins live?');
  },
  feedback: async () => {
    await open(script('data-open'));
    await ask('How many harbours does the coast have?');
    await browser.page.getByRole('button', { name: 'Not useful' }).click();
    await browser.page.locator('.comment').waitFor();
  },
  error: async () => {
    await open(script('data-open'));
    await browser.page.route('**/v1/ask', (route) => route.abort());
    await ask('How many harbours does the coast have?');
    await browser.page.unroute('**/v1/ask');
  },
  'right to left': async () => {
    await open(script('data-open data-lang="ar"'));
    await ask('How many harbours does the coast have?');
    await browser.page.locator('.mark').first().click();
  },
  'two widgets': async () => {
    await open(
      `<pilcrow-chat mode="inline" heading="One"></pilcrow-chat><pilcrow-chat mode="inline" heading="Two"></pilcrow-chat><script src="${served.url}/widget.js"></script>`,
    );
    await browser.page.locator('#field').first().waitFor();
  },
  phone: async () => {
    await browser.page.setViewportSize({ width: 320, height: 640 });
    await open(script('data-open'));
    await ask('How many harbours does the coast have?');
    await browser.page.locator('.mark').first().click();
  },
  'the home page': async () => {
    await browser.page.goto(served.url);
    await browser.page.locator('.suggestion').first().waitFor();
  },
  'the home page, answered': async () => {
    await browser.page.goto(served.url);
    await ask('How many harbours does the coast have?');
    await browser.page.locator('.mark').first().click();
  },
  'the page of a briefing': async () => {
    await browser.page.goto(`${served.url}/briefings/harbours-2026?quote=23-51#p2`);
  },
  'an older edition': async () => {
    await browser.page.goto(`${served.url}/briefings/harbours-2019`);
  },
  'the page for frames': async () => {
    await browser.page.goto(`${served.url}/embed?lang=fr`);
    await browser.page.locator('#field').waitFor();
  },
  'nothing here': async () => {
    await browser.page.goto(`${served.url}/nothing`);
  },
};

describe.each(['light', 'dark'] as const)('axe finds nothing in %s:', (colorScheme) => {
  test.each(Object.keys(states))('%s', async (name) => {
    const { page } = browser;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    try {
      await states[name]!();
      expect(await findings()).toEqual([]);
    } finally {
      release();
      await page.evaluate(() => sessionStorage.clear());
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });
});

test('colours forced by the system: what is quoted and what is pressed can still be told', async () => {
  const { page } = browser;
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light', reducedMotion: 'reduce' });
  await open(script('data-open'));
  await ask('How many harbours does the coast have?');
  await page.locator('.mark').first().click();
  const style = (selector: string, name: 'backgroundColor' | 'borderTopStyle') =>
    page
      .locator(selector)
      .first()
      .evaluate((element, property) => getComputedStyle(element)[property], name);
  expect(await style('[data-source] mark', 'backgroundColor')).not.toBe(await style('dialog', 'backgroundColor'));
  expect(await style('.mark span', 'borderTopStyle')).toBe('solid');
  await page.emulateMedia({ forcedColors: 'none' });
});

test('motion only for those who want it', async () => {
  const { page } = browser;
  const animations = async (reducedMotion: 'reduce' | 'no-preference') => {
    await page.emulateMedia({ reducedMotion });
    await open(script('data-open', gated));
    await page.locator('#field').fill('How many harbours does the coast have?');
    await page.keyboard.press('Enter');
    await page.locator('.sentence').waitFor();
    const count = await page.evaluate(() => document.querySelector('pilcrow-chat')!.shadowRoot!.getAnimations().length);
    release();
    return count;
  };
  expect(await animations('reduce')).toBe(0);
  expect(await animations('no-preference')).toBeGreaterThan(0);
});
