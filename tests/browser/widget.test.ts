import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskRequest } from '../../src/core/model.ts';
import type { FeedbackRecord, SiteToken } from '../../src/core/site.ts';
import { type Visit, visit } from './browser.ts';
import { createGated, pageOf, serve, servePage } from './serve.ts';

const feedback: FeedbackRecord[] = [];
let served: Awaited<ReturnType<typeof serve>>;
let gated: Awaited<ReturnType<typeof serve>>;
let release: () => void;
let host: Awaited<ReturnType<typeof servePage>>;
let browser: Visit;
let body = '';
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async (record) => void feedback.push(record), list: async () => feedback } });
  const gate = createGated();
  release = gate.release;
  gated = await serve({ pilcrow: gate.pilcrow });
  host = await servePage(() => body, {
    'content-security-policy': `default-src 'none'; script-src 'self' ${served.url} ${gated.url}; style-src 'self'; connect-src ${served.url} ${gated.url}; require-trusted-types-for 'script'`,
  });
  browser = await visit([host.url, served.url, gated.url]);
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await served?.server.close(0);
  await gated?.server.close(0);
});
afterEach(async () => {
  release();
  await browser.page.evaluate(() => sessionStorage.clear()).catch(() => {});
  // Every page here forbids inline styles and scripts and demands trusted types: a violation would be a message.
  expect(browser.complaints.splice(0)).toEqual([]);
});

/** A page of another site with the one tag a web editor pastes. */
async function open(tag: string, { opened = true } = {}) {
  body = pageOf(tag);
  await browser.page.goto(host.url);
  if (opened) await browser.page.locator('.launcher').click();
  return browser.page;
}
const script = (attributes = 'data-lang="en"', of = served) => `<script src="${of.url}/widget.js" ${attributes} async></script>`;
async function ask(question: string, done = '.tools, .failure') {
  const { page } = browser;
  const before = await page.locator('.exchange').count();
  await page.locator('#field').fill(question);
  await page.keyboard.press('Enter');
  const exchange = page.locator('.exchange').nth(before);
  await exchange.locator(done).first().waitFor();
  return exchange;
}

test('one tag on a page of another site with a strict policy: ask, read, open the source, follow up', async () => {
  const page = await open(script());
  expect(await page.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(false);
  const exchange = await ask('How many harbours does the coast have?');
  expect(await exchange.locator('.text').textContent()).toContain('The coast has nine harbours.');
  expect(await exchange.locator('.note').textContent()).toContain('The 2019 edition said seven.');
  await exchange.locator('.note .mark').click();
  const source = exchange.locator('[data-source]');
  expect(await source.textContent()).toContain('A newer edition of this briefing exists.');
  expect(await source.textContent()).toContain('2019 edition (date inferred)');
  const link = source.getByRole('link');
  expect(await link.getAttribute('href')).toMatch(new RegExp(`^${served.url}/briefings/harbours-2019\\?quote=\\d+-\\d+#p2$`));
  expect(await link.getAttribute('rel')).toContain('noopener');
  const [popup] = await Promise.all([browser.context.waitForEvent('page'), link.click()]);
  await popup.waitForLoadState();
  expect(await popup.locator('#p2 mark').textContent()).toBe('The coast has seven harbours.');
  await popup.close();

  await ask('Which lighthouse is a museum?');
  expect((served.pilcrow.asked.at(-1) as AskRequest).history).toEqual([
    { role: 'user', content: 'How many harbours does the coast have?' },
    { role: 'assistant', content: 'The coast has nine harbours. [1]' },
  ]);
  await page.getByRole('button', { name: 'New conversation' }).click();
  expect(await page.locator('.exchange').count()).toBe(0);
  await ask('Which lighthouse is a museum?');
  expect(served.pilcrow.asked.at(-1)).not.toHaveProperty('history');
});

test('sentences arrive one by one; the finished answer is said once, whole', async () => {
  const page = await open(script('data-lang="en"', gated));
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const status = document.querySelector('pilcrow-chat')!.shadowRoot!.querySelector('[role=status]')!;
    new MutationObserver(() => said.push(status.textContent ?? '')).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const exchange = await ask('How many harbours does the coast have?', '.sentence');
  expect(await exchange.locator('.sentence').count()).toBe(1);
  expect(await exchange.getAttribute('aria-busy')).toBe('true');
  // What has come can be checked while the rest is on its way.
  await exchange.locator('.mark').click();
  expect(await exchange.locator('[data-source] mark').textContent()).toBe('The coast has nine harbours.');
  await exchange.locator('.mark').click();
  release();
  await exchange.locator('.tools').waitFor();
  expect(await exchange.locator('.sentence').count()).toBe(2);
  expect(await exchange.locator('.status').textContent()).toContain('Answered in part');
  expect(await exchange.locator('.withheld summary').textContent()).toBe('1 sentence was left out because it could not be proved');
  await exchange.locator('.withheld summary').click();
  expect(await exchange.locator('.withheld').textContent()).toContain('The figure 12 is not in the paragraph.');
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said).toHaveLength(2);
  expect(said[0]).toBe('Reading the briefings…');
  expect(said[1]).toMatch(
    /^Answered in part.*The coast has nine harbours\. Two of them freeze in winter\. Note: The 2019 edition said seven\..*2 sources\.$/,
  );
  expect(await page.locator('[role=log]').getAttribute('aria-live')).toBe('off');
});

test('an answer can be stopped, keeps what was checked, and can be asked again', async () => {
  const page = await open(script('data-lang="en"', gated));
  const exchange = await ask('How many harbours does the coast have?', '.sentence');
  await page.locator('#field').fill('Half a thought');
  await page.getByRole('button', { name: 'Stop' }).click();
  await exchange.locator('.failure').waitFor();
  expect(await exchange.textContent()).toContain('Stopped.');
  expect(await exchange.locator('.sentence').count()).toBe(1);
  expect(await page.locator('#field').inputValue()).toBe('Half a thought');
  await exchange.getByRole('button', { name: 'Try again' }).click();
  await exchange.locator('.sentence').waitFor();
  release();
  await exchange.locator('.tools').waitFor();
  expect(await page.locator('.exchange').count()).toBe(1);
});

test('not found shows the nearest passages', async () => {
  await open(script());
  const exchange = await ask('Where do penguins live?');
  // No flat "no" stands above passages that may answer.
  expect(await exchange.locator('.status').count()).toBe(0);
  expect(await exchange.locator('.nearest li').first().locator('blockquote').isVisible()).toBe(true);
  expect(await exchange.locator('.nearest li').first().textContent()).toContain('The coast has nine harbours.');
  expect(await exchange.locator('.nearest a').first().getAttribute('href')).toBe(`${served.url}/briefings/harbours-2026#p2`);
});

describe('the keyboard is enough', () => {
  const focused = () =>
    browser.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.getAttribute('aria-label') || at?.id || at?.textContent || null;
    });

  test('open, ask, open a source, close it, close all; the focus returns each time', async () => {
    const page = await open(script(), { opened: false });
    await page.locator('.launcher').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('field');
    await page.keyboard.type('How many harbours does the coast have?');
    await page.keyboard.press('Enter');
    await page.locator('.tools').waitFor();
    expect(await focused()).toBe('field');
    for (let count = 0; count < 12 && !(await focused())?.startsWith('Source 1'); count++) await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Source 1: Harbours of the coast, March 2026 edition');
    await page.keyboard.press('Enter');
    await page.locator('[data-source]').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Close source 1');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Open in the briefing');
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-source]').count()).toBe(0);
    expect(await focused()).toBe('Source 1: Harbours of the coast, March 2026 edition');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.querySelector('pilcrow-chat')?.shadowRoot?.activeElement?.className)).toBe('launcher');
  });

  test('the panel is no trap: Tab goes on to the page', async () => {
    body = pageOf(`${script()}<a href="#after" id="after">After</a>`);
    const { page } = browser;
    await page.goto(host.url);
    await page.locator('.launcher').click();
    const seen = new Set<string | null>();
    for (let count = 0; count < 8; count++) {
      await page.keyboard.press('Shift+Tab');
      seen.add(await focused());
    }
    expect([...seen]).toContain('after');
  });

  test('on a small screen it fills the screen and is modal', async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 390, height: 700 });
    await open(script());
    expect(await page.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
    expect(await page.locator('dialog').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 700 });
    // Turned, or zoomed out, it is a panel again, and open.
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => page.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(false);
    expect(await page.locator('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').isVisible()).toBe(false);
  });
});

test('another page of the site in the same tab goes on where the last one ended', async () => {
  const page = await open(script());
  await ask('How many harbours does the coast have?');
  await page.locator('#field').fill('Half a thought');
  await page.goto(`${host.url}/elsewhere`);
  await page.locator('.tools').waitFor();
  expect(await page.locator('dialog').isVisible()).toBe(true);
  expect(await page.locator('#field').inputValue()).toBe('Half a thought');
  // A panel that opens by itself leaves the focus to the page.
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  await page.locator('.mark').first().click();
  expect(await page.locator('[data-source] mark').textContent()).toBe('The coast has nine harbours.');
});

test('what is kept in the tab is not trusted', async () => {
  const page = await open(script());
  await ask('How many harbours does the coast have?');
  const keys = await page.evaluate(() => Object.keys(sessionStorage));
  for (const value of [
    '',
    '7',
    'null',
    '{"exchanges":7}',
    '{"exchanges":[null,7,{"question":"Q","id":"x","answer":{"sentences":[7]}}],"draft":7}',
    '{"exchanges":[{"question":"Q","id":"\\"><img src=x>","answer":null}]}',
  ]) {
    await page.evaluate(([key, text]) => sessionStorage.setItem(key!, text!), [keys[0], value]);
    await page.reload();
    await page.locator('.launcher, dialog').first().waitFor({ state: 'attached' });
  }
  await page.locator('.launcher').click();
  await page.getByText('Stopped.').waitFor();
});

test('two on one page keep two conversations', async () => {
  const { page } = browser;
  body = pageOf(
    `<pilcrow-chat id="one" mode="inline"></pilcrow-chat><pilcrow-chat id="two" mode="inline" lang="fr"></pilcrow-chat><script src="${served.url}/widget.js"></script>`,
  );
  await page.goto(host.url);
  const [one, two] = [page.locator('#one'), page.locator('#two')];
  await one.locator('#field').fill('How many harbours does the coast have?');
  await one.locator('#field').press('Enter');
  await one.locator('.tools').waitFor();
  expect(await two.locator('.exchange').count()).toBe(0);
  await two.locator('#field').fill('Which lighthouse is a museum?');
  await two.locator('#field').press('Enter');
  await two.locator('.tools').waitFor();
  expect(await two.locator('.status').textContent()).toContain('Vérifié dans les notes');
  await one.locator('.mark').first().click();
  await two.locator('.mark').first().click();
  expect(await page.locator('[data-source]').count()).toBe(2);
  await page.reload();
  await two.locator('.tools').waitFor();
  expect(await one.locator('.question').textContent()).toContain('harbours');
  expect(await two.locator('.question').textContent()).toContain('museum');
});

test('attributes, properties, methods, events, parts, slots and custom properties do what they say', async () => {
  const { page } = browser;
  body = pageOf(
    `<pilcrow-chat heading="Ask the desk" placeholder="Your turn" suggestions="How many harbours?|Which lighthouse?" theme="dark" lang="en"><p slot="footer">Answers come from briefings.</p></pilcrow-chat><script src="${served.url}/widget.js"></script>`,
  );
  await page.goto(host.url);
  await page.evaluate(() => {
    const events: string[] = [];
    Object.assign(window, { events });
    for (const name of ['pilcrow-answer', 'pilcrow-citation', 'pilcrow-error'])
      document.addEventListener(name, (event) => {
        events.push(`${name} ${Object.keys((event as CustomEvent).detail).join()}`);
        if (name === 'pilcrow-citation') event.preventDefault();
      });
    const chat = document.querySelector('pilcrow-chat')!;
    (chat as unknown as { show(): void }).show();
    chat.style.setProperty('--pilcrow-accent', 'rgb(200, 0, 90)');
  });
  expect(await page.locator('dialog').getAttribute('open')).not.toBeNull();
  expect(await page.locator('#heading').textContent()).toBe('Ask the desk');
  expect(await page.locator('#field').getAttribute('placeholder')).toBe('Your turn');
  expect(await page.locator('.questions .suggestion').allTextContents()).toEqual(['How many harbours?', 'Which lighthouse?']);
  expect(await page.getByText('Answers come from briefings.').isVisible()).toBe(true);
  expect(await page.locator('.send').evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(200, 0, 90)');
  await page.evaluate(() =>
    (document.querySelector('pilcrow-chat') as unknown as { ask(text: string): Promise<void> }).ask('How many harbours?'),
  );
  // The page shows the source itself: the widget leaves it alone.
  await page.locator('.mark').first().click();
  expect(await page.locator('[data-source]').count()).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual([
    'pilcrow-answer answer',
    'pilcrow-citation citation,question',
  ]);
  const parts = await page.evaluate(() =>
    [...document.querySelector('pilcrow-chat')!.shadowRoot!.querySelectorAll('[part]')].map((one) => one.getAttribute('part')),
  );
  for (const part of [
    'launcher',
    'panel',
    'header',
    'heading',
    'transcript',
    'question',
    'answer',
    'status',
    'sentence',
    'mark',
    'composer',
    'input',
    'send',
    'footer',
    'tools',
  ])
    expect(parts).toContain(part);
});

test('a button of the page opens it and gets the focus back, and the corner is chosen', async () => {
  body = pageOf(`<button id="help" type="button">Help</button>${script('data-lang="en" data-opener="#help" data-position="start"')}`);
  const { page } = browser;
  await page.goto(host.url);
  const panel = page.locator('pilcrow-chat dialog');
  await page.locator('pilcrow-chat .frame').waitFor({ state: 'attached' });
  expect(await page.locator('pilcrow-chat .launcher').isVisible()).toBe(false);
  const help = page.locator('#help');
  await help.click();
  await panel.waitFor();
  expect(await help.getAttribute('aria-expanded')).toBe('true');
  const box = (await panel.boundingBox())!;
  expect([box.x, box.x + box.width < 640]).toEqual([20, true]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('pilcrow-chat');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('help');
  expect(await help.getAttribute('aria-expanded')).toBe('false');
});

test('rows of one table stand in one table, with the names of its columns once', async () => {
  const row = (number: number, ...texts: [string, string]) => ({
    text: `Route: ${texts[0]}; Fare: ${texts[1]}`,
    citations: [1],
    verdict: 'quoted',
    highlight: null,
    under: number === 2 ? 'Fares' : null,
    shape: {
      kind: 'row',
      paragraph: number,
      cells: [
        { name: 'Route', text: texts[0] },
        { name: 'Fare', text: texts[1] },
      ],
    },
  });
  const { page } = browser;
  await page.route('**/v1/ask', async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), accept: 'application/json' } });
    const answer = { ...(await response.json()), sentences: [row(2, 'Selby', '4 crowns'), row(3, 'Marn', '<b>6</b> crowns')] };
    await route.fulfill({
      contentType: 'text/event-stream',
      headers: { 'access-control-allow-origin': '*' },
      body: `event: answer\ndata: ${JSON.stringify(answer)}\n\n`,
    });
  });
  try {
    await open(script());
    const exchange = await ask('How many harbours does the coast have?');
    expect(await exchange.locator('.under').textContent()).toBe('Fares');
    expect(await exchange.locator('th').allTextContents()).toEqual(['Route', 'Fare']);
    expect((await exchange.locator('td').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Selby',
      '4 crowns1',
      'Marn',
      '<b>6</b> crowns1',
    ]);
    await exchange.locator('td .mark').last().click();
    expect(await exchange.locator('tr [data-source]').count()).toBe(1);
  } finally {
    await page.unroute('**/v1/ask');
  }
});

test('feedback: a thumb, then a comment; both arrive, and say nothing of who it was', async () => {
  feedback.length = 0;
  const page = await open(script());
  const exchange = await ask('How many harbours does the coast have?');
  await exchange.getByRole('button', { name: 'Not useful' }).click();
  await expect.poll(() => feedback.length).toBe(1);
  expect(feedback[0]).toMatchObject({
    verdict: 'down',
    comment: null,
    question: 'How many harbours does the coast have?',
    snapshot: 'tiny-1',
  });
  expect(await exchange.getByRole('button', { name: 'Not useful' }).getAttribute('aria-pressed')).toBe('true');
  await exchange.locator('.comment textarea').fill('The <b>number</b> is old');
  await exchange.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => feedback.length).toBe(2);
  expect(feedback[1]).toMatchObject({ id: feedback[0]!.id, verdict: 'down', comment: 'The <b>number</b> is old' });
  expect(await exchange.getByText('Thank you.').isVisible()).toBe(true);
  expect(Object.keys(feedback[1]!).sort()).toEqual([
    'answer',
    'citations',
    'comment',
    'id',
    'mode',
    'question',
    'site',
    'snapshot',
    'status',
    'time',
    'verdict',
  ]);
  await page.reload();
  expect(await page.getByRole('button', { name: 'Not useful' }).getAttribute('aria-pressed')).toBe('true');
});

test('a copy has the answer with its footnotes', async () => {
  const page = await open(script());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
  const exchange = await ask('How many harbours does the coast have?');
  await exchange.getByRole('button', { name: 'Copy with sources' }).click();
  await exchange.getByText('Copied').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('The coast has nine harbours. [1]');
  expect(text).toContain('[1] Harbours of the coast, March 2026 edition, Paragraph 2: “The coast has nine harbours.” http');
  // Where there is no clipboard (http on a network), the text is selected and copied the old way.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    Object.assign(window, { copied: '' });
    document.addEventListener('copy', () => Object.assign(window, { copied: 'yes' }));
  });
  await exchange.getByRole('button', { name: 'Copy with sources' }).click();
  await page.waitForFunction(() => (window as unknown as { copied: string }).copied === 'yes');
  await exchange.getByText('Copied').waitFor();
});

describe('when it goes wrong it is said kindly, and nothing typed is lost', () => {
  test.each([
    [429, 'Many people are asking just now.'],
    [500, 'Something went wrong on our side.'],
    [503, 'The briefings are not ready yet.'],
    [403, 'This page is not allowed to ask.'],
  ])('%i', async (status, words) => {
    const page = await open(script());
    await page.route('**/v1/ask', (route) =>
      route.fulfill({ status, headers: { 'access-control-allow-origin': host.url, 'retry-after': '7' }, json: {} }),
    );
    const exchange = await ask('How many harbours does the coast have?');
    expect(await exchange.locator('.failure').textContent()).toContain(words);
    expect(await exchange.locator('.question').textContent()).toContain('How many harbours does the coast have?');
    await page.unroute('**/v1/ask');
    await exchange.getByRole('button', { name: 'Try again' }).click();
    await exchange.locator('.tools').waitFor();
    expect(await exchange.locator('.text').textContent()).toContain('nine');
    browser.complaints.splice(0); // the browser reports the status itself
  });

  test('the network is gone', async () => {
    const page = await open(script());
    await browser.context.setOffline(true);
    const exchange = await ask('How many harbours does the coast have?');
    expect(await exchange.textContent()).toContain('The service cannot be reached. Your question is still here');
    await browser.context.setOffline(false);
    await exchange.getByRole('button', { name: 'Try again' }).click();
    await exchange.locator('.tools').waitFor();
    expect(await page.locator('.exchange').count()).toBe(1);
    browser.complaints.splice(0);
  });

  test.each(['<html>', '{}', '{"sentences":[],"citations":[{}]}', 'null', '[]'])('a reply that is no answer: %s', async (data) => {
    const page = await open(script());
    await page.route('**/v1/ask', (route) =>
      route.fulfill({
        status: 200,
        headers: { 'access-control-allow-origin': host.url, 'content-type': 'text/event-stream' },
        body: `event: answer\ndata: ${data}\n\n`,
      }),
    );
    const exchange = await ask('How many harbours does the coast have?');
    expect(await exchange.locator('.failure').textContent()).toContain('Something went wrong on our side.');
    await page.unroute('**/v1/ask');
  });

  test('the server dies in the middle of an answer', async () => {
    const gate = createGated();
    const dying = await serve({ pilcrow: gate.pilcrow });
    const own = await visit([dying.url]);
    try {
      await own.page.goto(dying.url);
      await own.page.locator('#field').fill('How many harbours does the coast have?');
      await own.page.keyboard.press('Enter');
      await own.page.locator('.sentence').waitFor();
      await own.page.locator('#field').fill('A second question');
      await dying.server.close(0);
      await own.page.locator('.failure', { hasText: 'The connection broke before the answer was complete.' }).waitFor();
      expect(await own.page.locator('.sentence').count()).toBe(1);
      expect(await own.page.locator('#field').inputValue()).toBe('A second question');
      await own.page.getByRole('button', { name: 'Try again' }).click();
      await own.page.locator('.failure', { hasText: 'The service cannot be reached.' }).waitFor();
    } finally {
      await own.close();
      await dying.server.close(0);
    }
  });
});

describe('pages of other origins', () => {
  test('a token opens its origins and no others', async () => {
    const tokens = new Map<string, SiteToken>();
    const guarded = await serve({}, { tokens: { all: () => tokens } });
    const token = `site_${'d'.repeat(32)}`;
    const tag = `<script src="${guarded.url}/widget.js" data-token="${token}" data-open async></script>`;
    const [friend, stranger] = await Promise.all([servePage(pageOf(tag)), servePage(pageOf(tag))]);
    tokens.set(token, { token, label: 'friend', origins: [friend.url], rate: 1000, created: '' });
    const own = await visit([friend.url, stranger.url, guarded.url]);
    try {
      const tell = async (url: string) => {
        await own.page.goto(url);
        await own.page.locator('#field').fill('How many harbours does the coast have?');
        await own.page.keyboard.press('Enter');
        await own.page.locator('.tools, .failure').first().waitFor();
        return own.page.locator('.exchange').textContent();
      };
      expect(await tell(friend.url)).toContain('nine harbours');
      expect(own.complaints.splice(0)).toEqual([]);
      const asked = guarded.pilcrow.asked.length;
      expect(await tell(stranger.url)).toContain('cannot be reached');
      expect(guarded.pilcrow.asked.length).toBe(asked);
      expect(own.complaints.splice(0).join()).toContain('CORS policy');
      // As a frame: shown where the token says so.
      const frame = `${guarded.url}/embed?token=${token}`;
      for (const [url, shown] of [
        [friend.url, true],
        [stranger.url, false],
      ] as const) {
        await own.page.goto(url);
        await own.page.evaluate((src) => {
          const made = document.createElement('iframe');
          made.src = src;
          made.title = 'Ask';
          made.style.height = '600px';
          document.body.append(made);
        }, frame);
        // What the browser refuses to frame becomes a page of its own, without the field.
        if (shown) await own.page.frameLocator('iframe').locator('#field').waitFor();
        else await expect.poll(() => own.complaints.join()).toContain('frame-ancestors');
        expect(await own.page.frameLocator('iframe').locator('#field').count()).toBe(shown ? 1 : 0);
      }
      expect(own.complaints.splice(0).join()).toContain('frame-ancestors');
    } finally {
      await own.close();
      await Promise.all([friend.close(), stranger.close(), guarded.server.close(0)]);
    }
  });
});

test('Arabic is written from right to left, sources in their own direction', async () => {
  const page = await open(script('data-lang="ar"'));
  const exchange = await ask('How many harbours does the coast have?');
  expect(await page.locator('.frame').getAttribute('dir')).toBe('rtl');
  expect(await exchange.locator('.status').textContent()).toContain('تم التحقق من الإحاطات');
  const dialog = (await page.locator('dialog').boundingBox())!;
  expect(dialog.x).toBeLessThan(100);
  expect(await exchange.locator('.text').evaluate((text) => getComputedStyle(text).direction)).toBe('ltr');
});

test('where questions are kept, whoever is about to ask is told, in their language; where they are not, nothing is said', async () => {
  const keeping = await serve({}, { kept: { questions: { days: 30 }, feedback: null } });
  try {
    const page = await visit([host.url, keeping.url]);
    body = pageOf(`<pilcrow-chat lang="fr" endpoint="${keeping.url}"></pilcrow-chat><script src="${served.url}/widget.js"></script>`);
    const other = await servePage(() => body);
    const reached = await visit([other.url, keeping.url, served.url]);
    try {
      await page.page.goto(`${keeping.url}/`);
      await page.page.getByText('Questions are kept for 30 days, without your name.').waitFor();
      await reached.page.goto(other.url);
      await reached.page.locator('.launcher').click();
      await reached.page.getByText('Les questions sont conservées 30 jours sans votre nom.').waitFor();
      expect([...page.complaints, ...reached.complaints]).toEqual([]);
    } finally {
      await page.close();
      await reached.close();
      await other.close();
    }
  } finally {
    await keeping.server.close(0);
  }
  await open(script());
  await ask('How many harbours does the coast have?');
  expect(await browser.page.locator('.footer').textContent()).toBe('');
});
