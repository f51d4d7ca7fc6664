import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { type Visit, visit } from './browser.ts';
import { pageOf, serve, servePage } from './serve.ts';

const QUESTION = 'How many harbours does the coast have?';
const FERRY = 'Which ferry is the slowest?';
let served: Awaited<ReturnType<typeof serve>>;
let silent: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async () => {}, list: async () => [] } });
  silent = await serve(
    {},
    {
      config: {
        host: '127.0.0.1',
        publicUrl: null,
        limits: { questionCharacters: 2000, historyTurns: 50, turnCharacters: 4000, bodyBytes: 65_536 },
        site: { name: 'Pilcrow', logo: null, introduction: null, suggestions: null, contact: null, history: false },
      },
    },
  );
  browser = await visit([served.url, silent.url], {
    bypassCSP: true,
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  browser.context.setDefaultTimeout(25_000);
  browser.context.on('request', (request) => {
    if (request.url().endsWith('/v1/ask')) sent.push(request.postDataJSON());
  });
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
  await silent?.server.close(0);
});
beforeEach(async () => {
  for (const { url } of [served, silent]) {
    await browser.page.goto(`${url}/assets/icon.svg`);
    await browser.page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }
  sent.length = 0;
  browser.complaints.length = 0;
});
const page = () => browser.page;
async function ask(question: string) {
  const before = await page().locator('.exchange').count();
  await page().locator('#field').fill(question);
  await page().keyboard.press('Enter');
  await page().locator('.exchange').nth(before).locator('.tools').waitFor();
}
const share = async (what: string) => {
  const open = page().locator('.exchange').last().locator('.share');
  if ((await open.getAttribute('open')) === null) await open.locator('summary').click();
  await open.getByRole('button', { name: what }).click();
};
/** What browsers asked; the service asks as well, to prove what it suggests. */
const sent: { question: string; edition?: string; briefings?: string[] }[] = [];
const asked = () => sent.map(({ question }) => question);

test('the address says what was asked, of which edition and series; reloading and coming back ask nothing again', async () => {
  await page().goto(served.url);
  await page().locator('#series').selectOption('harbours');
  await ask(QUESTION);
  const address = new URL(page().url());
  expect(Object.fromEntries(address.searchParams)).toEqual({ q: QUESTION, about: 'harbours' });
  await page().reload();
  await page().locator('.exchange .tools').waitFor();
  expect(await page().locator('.exchange').count()).toBe(1);
  expect(await page().locator('.earlier').textContent()).toContain('An answer from before');
  expect(await page().locator('#series').inputValue()).toBe('harbours');
  await ask(FERRY);
  expect(new URL(page().url()).searchParams.get('q')).toBe(FERRY);
  await page().goto(address.href);
  await page().locator('.exchange .tools').first().waitFor();
  expect(await page().locator('.exchange').count()).toBe(2);
  expect(asked()).toEqual([QUESTION, FERRY]);
  // In another tab the answer that is kept is shown.
  const other = await browser.context.newPage();
  await other.goto(address.href);
  await other.locator('.exchange .earlier').waitFor();
  expect(asked()).toEqual([QUESTION, FERRY]);
  // Only on demand it is asked again.
  await other.getByRole('button', { name: 'Ask again' }).click();
  await other.locator('.exchange .tools').waitFor();
  expect(await other.locator('.earlier').count()).toBe(0);
  expect(asked()).toEqual([QUESTION, FERRY, QUESTION]);
  await other.close();
});

test('a link asks in a browser that has not asked, of the series it names', async () => {
  await page().goto(`${served.url}/?q=${encodeURIComponent(QUESTION)}&about=harbours&edition=2019`);
  await page().locator('.exchange .tools').waitFor();
  expect(sent.at(-1)).toMatchObject({ question: QUESTION, edition: '2019', briefings: ['harbours-2026', 'harbours-2019'] });
});

test('the link is copied, and leads to the same', async () => {
  await page().goto(served.url);
  await page().locator('#series').selectOption('harbours');
  await ask(QUESTION);
  await share('Copy the link');
  await page().getByRole('status').getByText('Copied').waitFor();
  expect(await page().evaluate(() => navigator.clipboard.readText())).toBe(page().url());
  expect(await findings(page())).toEqual([]);
});

test('an answer is taken along as Markdown and as a Word document', async () => {
  await page().goto(served.url);
  await ask(QUESTION);
  const download = async (what: string) => {
    const [file] = await Promise.all([page().waitForEvent('download'), share(what)]);
    return { name: file.suggestedFilename(), bytes: readFileSync((await file.path()) as string) };
  };
  const markdown = await download('Markdown');
  expect(markdown.name).toBe('How-many-harbours-does-the-coast-have.md');
  expect(markdown.bytes.toString()).toContain('The coast has nine harbours.[^1]');
  expect(markdown.bytes.toString()).toContain(`<${served.url}/briefings/harbours-2026?quote=`);
  const word = await download('Word document');
  expect(word.name).toBe('How-many-harbours-does-the-coast-have.docx');
  expect(strFromU8(unzipSync(new Uint8Array(word.bytes))['word/footnotes.xml'] as Uint8Array)).toContain('The coast has nine harbours.');
  expect(browser.complaints).toEqual([]);
});

test('where the page loads no further script, it says so and the rest works', async () => {
  const host = await servePage(
    pageOf(`<pilcrow-chat endpoint="${served.url}" mode="inline"></pilcrow-chat><script src="${served.url}/widget.js"></script>`),
  );
  try {
    await page().route('**/widget/docx.js', (route) => route.abort());
    await page().goto(host.url);
    await ask(QUESTION);
    await share('Word document');
    await page().getByRole('status').getByText('It could not be saved here').waitFor();
  } finally {
    await page().unroute('**/widget/docx.js');
    await host.close();
    browser.complaints.length = 0;
  }
});

test('on paper: question, answer and sources written out, dark or light, and no controls', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page().emulateMedia({ colorScheme, media: 'screen', reducedMotion: 'reduce' });
    await page().goto(served.url);
    await ask(QUESTION);
    expect(await page().locator('.sources').isVisible()).toBe(false);
    await page().locator('.mark').first().click();
    await page().locator('[data-source]').waitFor();
    await page().emulateMedia({ media: 'print', colorScheme });
    expect(await page().locator('.sources').first().innerText()).toContain('“The coast has nine harbours.”');
    for (const hidden of ['.composer', '.tools', '.bar', '.shelf', '.next', '[data-source]'])
      expect(await page().locator(hidden).first().isVisible(), hidden).toBe(false);
    // The number of an open source is a plain one, small enough to leave the lines where they are.
    const mark = page().locator('.mark[aria-expanded=true] span').first();
    expect(await mark.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
    expect((await mark.boundingBox())?.height).toBeLessThan(20);
    const colours = await page()
      .locator('.sentence')
      .first()
      .evaluate((element) => [getComputedStyle(element).color, getComputedStyle(document.documentElement).backgroundColor]);
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await page().emulateMedia({ media: 'screen', colorScheme: 'light' });
    await page().evaluate(() => sessionStorage.clear());
  }
});

test('what was asked in this browser is found again, and forgotten when that is wanted', async () => {
  await page().goto(served.url);
  await ask(QUESTION);
  await ask(FERRY);
  await page().getByRole('button', { name: 'New conversation' }).click();
  expect(new URL(page().url()).search).toBe('');
  const history = page().locator('.history');
  await history.locator('summary').click();
  expect(await history.locator('.suggestion').allTextContents()).toEqual([FERRY, QUESTION]);
  expect(await findings(page())).toEqual([]);
  await history.getByRole('button', { name: QUESTION, exact: true }).click();
  await page().locator('.exchange .earlier').waitFor();
  expect(asked()).toEqual([QUESTION, FERRY]);
  await page().getByRole('button', { name: 'New conversation' }).click();
  await history.locator('summary').click();
  await history.getByRole('button', { name: `Forget “${FERRY}”` }).click();
  expect(await history.locator('.suggestion').allTextContents()).toEqual([QUESTION]);
  await history.getByRole('button', { name: 'Forget all' }).click();
  expect(await history.count()).toBe(0);
  expect(await page().evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('where the service allows none, nothing is kept and what was is gone', async () => {
  await page().goto(`${silent.url}/`);
  await page().locator('#field').waitFor();
  await ask(QUESTION);
  expect(await page().evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('on a low screen nothing stands over the answer, or over what has the focus', async () => {
  await page().setViewportSize({ width: 320, height: 256 });
  try {
    await page().goto(served.url);
    await ask(QUESTION);
    const sentence = page().locator('.sentence').first();
    await sentence.scrollIntoViewIfNeeded();
    const covered = () =>
      page().evaluate(() => {
        const root = document.querySelector('pilcrow-chat')?.shadowRoot as ShadowRoot;
        const focused = root.activeElement;
        if (!focused || focused === root.querySelector('.log')) return null;
        const { left, top, width, height } = focused.getBoundingClientRect();
        const found = root.elementFromPoint(left + width / 2, top + Math.min(height, 20) / 2);
        return found === focused || focused.contains(found) || found?.contains(focused) ? null : focused.outerHTML.slice(0, 120);
      });
    await page().locator('.log').focus();
    for (let step = 0; step < 8; step++) {
      await page().keyboard.press('Tab');
      expect(await covered()).toBeNull();
    }
    await page().setViewportSize({ width: 1280, height: 420 + 1 });
    await page().locator('.log').focus();
    for (let step = 0; step < 8; step++) {
      await page().keyboard.press('Tab');
      expect(await covered()).toBeNull();
    }
  } finally {
    await page().setViewportSize({ width: 1280, height: 800 });
  }
});

test('in a low frame the answer stands whole above the field', async () => {
  await page().setViewportSize({ width: 320, height: 256 });
  try {
    await page().goto(`${served.url}/embed`);
    await ask(QUESTION);
    const { log, answer } = await page().evaluate(() => {
      const root = document.querySelector('pilcrow-chat')?.shadowRoot as ShadowRoot;
      const height = (selector: string) => root.querySelector(selector)?.getBoundingClientRect().height ?? 0;
      return { log: height('.log'), answer: height('.answer') };
    });
    expect(answer).toBeGreaterThan(20);
    expect(log).toBeGreaterThanOrEqual(answer);
  } finally {
    await page().setViewportSize({ width: 1280, height: 800 });
  }
});
