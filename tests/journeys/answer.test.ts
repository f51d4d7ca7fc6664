import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Briefing } from '../../src/core/model.ts';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { replySchemas } from '../../src/http/schemas.ts';
import { type Visit, visit } from '../browser/browser.ts';
import { type Started, start } from '../cli/helper.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { readEvents } from '../http/helper.ts';

const folders = temporaryCorpus();
let service: Started;
let url: string;
let browser: Visit;
beforeAll(async () => {
  service = start(['start', '--port', '0'], { cwd: folders.root });
  url = (await service.printed(/Pilcrow answers at (\S+)/))[1]!;
  browser = await visit(url);
});
afterAll(async () => {
  await browser?.close();
  service.stop();
  expect((await service.ended).code).toBe(0);
  folders.remove();
});

const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/ask`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const ask = async (body: object): Promise<Answer> => (await post(body)).json();

test('every citation resolves to the words it quotes', async () => {
  for (const question of [
    'How many harbours does Norland have?',
    'How many ferries are there between the islands?',
    'How many walruses were counted?',
  ]) {
    const answer = await ask({ question });
    expect(replySchemas.Answer.strict().safeParse(answer).error).toBeUndefined();
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const citation of answer.citations) {
      const record = await (await fetch(`${url}/v1/briefings/${citation.briefing.id}`)).json();
      expect(sliceCodePoints(record.text, citation.start, citation.end)).toBe(citation.quote.exact);
      const number = citation.paragraph.split('#p')[1];
      const { paragraph } = await (await fetch(`${url}/v1/briefings/${citation.briefing.id}/paragraphs/${number}`)).json();
      expect(paragraph.text).toBe(citation.text);
      expect(citation.text).toContain(citation.quote.prefix + citation.quote.exact + citation.quote.suffix);
      expect(citation.url).toBe(`/briefings/${citation.briefing.id}#p${number}`);
    }
  }
});

test('the stream ends with the reply', async () => {
  const body = { question: 'How many harbours does Norland have?' };
  const events = readEvents(await (await post(body, { accept: 'text/event-stream' })).text());
  expect(events[0]!.event).toBe('passages');
  expect(events.at(-1)).toEqual({ event: 'answer', data: await ask(body) });
});

test('the newest edition speaks unless another is asked for', async () => {
  expect((await ask({ question: 'How many harbours does Norland have?' })).answer).toContain('9 harbours');
  expect((await ask({ question: 'How many harbours does Norland have?', edition: '2019' })).answer).toContain('7 harbours');
});

test('what the briefings do not say is not found', async () => {
  const answer = await ask({ question: 'Who composed the national anthem of Brazil?' });
  expect(answer.status).toBe('not_found');
  expect(answer.sentences).toEqual([]);
});

test('on the page: a question, its citation, the quote, the paragraph in the briefing', async () => {
  const { page, complaints } = browser;
  await page.goto(url);
  await page.getByLabel('Your question').fill('How high is the lighthouse at Cape Varde?');
  await page.keyboard.press('Enter');
  await page.locator('.mark').first().click();
  const source = page.locator('[data-source]');
  const quote = await source.locator('mark').textContent();
  expect(quote).toContain('31 metres');
  await source.getByRole('link', { name: 'Open in the briefing' }).click();
  await page.waitForURL(/\/briefings\/.*#p\d+$/);
  const target = page.locator(':target');
  expect(await target.locator('mark').textContent()).toBe(quote);
  const box = (await target.boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(800);
  expect(complaints).toEqual([]);
});

test('the page of a briefing has one title and its sections below it', async () => {
  const { page } = browser;
  const { briefings } = await (await fetch(`${url}/v1/briefings`)).json();
  const newest = briefings.find((one: Briefing) => one.newest && one.series === 'harbours-of-norland');
  await page.goto(`${url}/briefings/${newest.id}`);
  expect(await page.locator('h1').count()).toBe(1);
  const headings = page.locator('h2');
  const text = (await headings.allTextContents()).map((one) => one.replace(/^\d+/, '').replace(/ ⇄ 2019$/, ''));
  expect(text).toEqual(['Overview', 'Ferries', 'Lighthouses']);
  expect(await page.locator('h3').count()).toBe(0);

  // What the older edition has too leads there.
  const counterpart = 'This paragraph in the 2019 edition';
  expect(await headings.filter({ hasText: 'Lighthouses' }).getByRole('link', { name: counterpart }).count()).toBe(0);
  await headings.filter({ hasText: 'Ferries' }).getByRole('link', { name: counterpart }).click();
  await page.waitForURL(/\/briefings\/.*2019#p\d+$/);
  expect(await page.locator(':target').textContent()).toContain('Ferries');
});

test('what a hostile briefing says stays text on every page', async () => {
  const { page, complaints } = browser;
  await page.goto(`${url}/?q=${encodeURIComponent('How many walruses did the Walrus Commission count?')}`);
  const exchange = page.locator('.exchange', { hasText: 'How many walruses' });
  await exchange.locator('.mark').first().click();
  const source = exchange.locator('[data-source]');
  expect(await source.locator('blockquote').textContent()).toContain('4,321');
  // The title and the paragraph were written to become elements; here they are letters.
  expect(await source.locator('.title').textContent()).toBe('<script>window.hacked=1</script>');
  expect(await exchange.locator('script, img').count()).toBe(0);
  await source.getByRole('link', { name: 'Open in the briefing' }).click();
  await page.waitForURL(/\/briefings\//);
  expect(await page.locator('article script, article img').count()).toBe(0);
  expect(await page.evaluate(() => (window as unknown as Record<string, unknown>).hacked)).toBeUndefined();
  expect(complaints).toEqual([]);
});
