import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Visit, visit } from './browser.ts';
import { pageOf, serve, servePage } from './serve.ts';

const QUESTION = 'How many harbours does the coast have?';
const about = JSON.parse(readFileSync('dist/widget/integrity.json', 'utf8'));
let served: Awaited<ReturnType<typeof serve>>;
let host: Awaited<ReturnType<typeof servePage>>;
let browser: Visit;
let body = '';
const scripts: string[] = [];
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async () => {}, list: async () => [] } });
  host = await servePage(() => body, {}, {});
  browser = await visit([host.url, served.url]);
  browser.context.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
  });
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await served?.server.close(0);
});
afterEach(async () => {
  await browser.page.evaluate(() => sessionStorage.clear()).catch(() => {});
});
const page = () => browser.page;
const ask = async () => {
  await page().locator('#field').fill(QUESTION);
  await page().keyboard.press('Enter');
};
const ANSWERS = `/widget/${about.first.answers.file}`;

test('a page loads the button and the box; what shows answers comes with the first look into the field, once', async () => {
  scripts.length = 0;
  body = pageOf(
    `<script src="${served.url}/widget.js"></script><pilcrow-chat mode="inline" lang="en" endpoint="${served.url}"></pilcrow-chat><pilcrow-chat id="two" lang="en" endpoint="${served.url}"></pilcrow-chat>`,
  );
  await page().goto(host.url);
  await page().locator('#field').first().waitFor();
  await page().waitForLoadState('networkidle');
  expect(scripts).toEqual(['/widget.js']);
  const inline = page().locator('pilcrow-chat').first();
  await inline.locator('#field').focus();
  await expect.poll(() => scripts).toEqual(['/widget.js', ANSWERS]);
  await inline.locator('#field').fill(QUESTION);
  await page().keyboard.press('Enter');
  await inline.locator('.tools').waitFor();
  // A second box on the page has it already, and looks the same.
  await page().locator('#two .launcher').click();
  await page().locator('#two #field').fill(QUESTION);
  await page().keyboard.press('Enter');
  await page().locator('#two .tools').waitFor();
  expect(
    await page()
      .locator('#two .status')
      .evaluate((line) => getComputedStyle(line).display),
  ).toBe('flex');
  expect(scripts).toEqual(['/widget.js', ANSWERS]);
  expect(browser.complaints).toEqual([]);
});

test('when what shows answers cannot be had, it is said, nothing is asked twice, and trying again shows the answer', async () => {
  const asked = served.pilcrow.asked.length;
  await page().route('**/widget/pilcrow-answers-*', (route) => route.abort());
  body = pageOf(`<script src="${served.url}/widget.js" data-lang="de" data-open async></script>`);
  await page().goto(host.url);
  await ask();
  const failure = page().locator('.failure');
  await failure.waitFor();
  expect(await failure.textContent()).toContain('Die Antwort ist da');
  expect(await page().locator('.question').textContent()).toContain(QUESTION);
  expect(await page().getByRole('status').textContent()).toContain('Die Antwort ist da');
  await page().unroute('**/widget/pilcrow-answers-*');
  await failure.getByRole('button').click();
  await page().locator('.tools').waitFor();
  expect(await page().locator('.text').textContent()).toContain('nine');
  expect(await page().locator('.status').textContent()).toContain('An den Briefings geprüft');
  expect(await page().locator('.failure').count()).toBe(0);
  expect(served.pilcrow.asked.length).toBe(asked + 1);
  browser.complaints.length = 0;
});

test('all in one file answers under a policy that allows that one file by its hash and no other', async () => {
  scripts.length = 0;
  const strict = await servePage(() => body, {
    'content-security-policy': `default-src 'none'; script-src '${about.integrity}'; style-src 'self'; connect-src ${served.url}`,
  });
  const own = await visit([strict.url, served.url]);
  try {
    body = pageOf(
      `<script src="${served.url}/widget/${about.file}" integrity="${about.integrity}" crossorigin="anonymous" data-lang="en" data-open></script>`,
    );
    await own.page.goto(strict.url);
    await own.page.locator('#field').fill(QUESTION);
    await own.page.keyboard.press('Enter');
    await own.page.locator('.tools').waitFor();
    expect(await own.page.locator('.text').textContent()).toContain('nine');
    expect(own.complaints).toEqual([]);
  } finally {
    await own.close();
    await strict.close();
  }
});

test('a copy of the first file on another server finds what shows answers at the service', async () => {
  const copy = await servePage(() => body, {}, { '/files/chat.js': readFileSync('dist/widget/widget.js', 'utf8') });
  const own = await visit([copy.url, served.url]);
  try {
    body = pageOf(`<script src="/files/chat.js" data-endpoint="${served.url}" data-lang="en" data-open></script>`);
    await own.page.goto(copy.url);
    await own.page.locator('#field').fill(QUESTION);
    await own.page.keyboard.press('Enter');
    await own.page.locator('.tools').waitFor();
  } finally {
    await own.close();
    await copy.close();
  }
});
