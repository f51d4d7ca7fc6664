import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskTexts } from '../../src/http/words/desk/index.ts';
import { run, type Started, start } from '../cli/helper.ts';
import { findings } from './axe.ts';
import { type Visit, visit } from './browser.ts';

/** The real command over a folder of two briefings and a file that cannot be read. */
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-desk-'));
const env = { PILCROW_QUESTION_LOG_DAYS: '30', PILCROW_UPLOAD_MEGABYTES: '5', PILCROW_CASES: 'cases.yaml' };
let service: Started;
let url = '';
let key = '';
let browser: Visit;
const HARBOUR = 'The harbour of Osk has nine berths. A berth costs 40 crowns a night. The harbour master is Ada Lund.';
beforeAll(async () => {
  mkdirSync(join(folder, 'corpus'));
  writeFileSync(
    join(folder, 'corpus', 'harbour-2026.md'),
    `---\nedition: 2026-03\nseries: harbour\n---\n# The harbour of Osk\n\n${HARBOUR}\n`,
  );
  writeFileSync(
    join(folder, 'corpus', 'harbour-old.md'),
    '# The harbour of Osk\n\nThe harbour of Osk had seven berths. It was built of wood.\n',
  );
  writeFileSync(join(folder, 'corpus', 'broken.pdf'), 'This is no PDF.');
  const ingested = await run(['ingest'], { cwd: folder, env });
  expect(ingested.code).toBe(0);
  const made = await run(['key', 'create', '--name', 'desk', '--scope', 'admin', '--json'], { cwd: folder, env });
  key = /pil_[\w-]+/.exec(made.stdout)?.[0] ?? '';
  service = start(['serve', '--port', '0', '--json'], { cwd: folder, env });
  url = (await service.printed(/"url": "([^"]+)"/))[1] as string;
  const post = async (path: string, body: object) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
    return response.json();
  };
  for (const question of ['Who won the football cup?', 'Who won the football cup?', 'How deep is the moon?'])
    await post('/v1/ask', { question });
  const answer = await post('/v1/ask', { question: 'What does a berth cost?' });
  const citations = answer.citations.map((one: { paragraph: string; quote: { exact: string } }) => ({
    paragraph: one.paragraph,
    edition: '2026-03',
    quote: one.quote.exact,
  }));
  const { status, mode, snapshot } = answer;
  const opinion = { question: 'What does a berth cost?', answer: answer.answer, status, mode, snapshot, citations };
  await post('/v1/feedback', { id: 'a'.repeat(32), verdict: 'up', ...opinion });
  await post('/v1/feedback', { id: 'b'.repeat(32), verdict: 'down', comment: 'In summer it costs more.', ...opinion });
  browser = await visit(url, { bypassCSP: true });
  // What takes long is the ingest and the index behind a click.
  browser.context.setDefaultTimeout(60_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  service?.stop();
  await service?.ended;
  rmSync(folder, { recursive: true, force: true });
});

const page = () => browser.page;
const section = async (name: string) => {
  await page().getByRole('navigation', { name: 'Sections' }).getByRole('link', { name }).click();
  await page().getByRole('heading', { level: 2, name }).waitFor();
};

test('a key opens the desk, by the keyboard alone', async () => {
  await page().goto(`${url}/desk`);
  expect(page().url()).toBe(`${url}/desk/sign-in`);
  await page().keyboard.press('Tab'); // skip
  await page().keyboard.press('Tab'); // brand
  await page().keyboard.press('Tab');
  await page().keyboard.type('pil_nonsense');
  await page().keyboard.press('Enter');
  await page().getByRole('alert').waitFor();
  await page().locator('#key').focus();
  await page().keyboard.type(key);
  await page().keyboard.press('Tab');
  await page().keyboard.press('Enter');
  await page().waitForURL(`${url}/desk`);
  await page().locator('.figures').waitFor();
  expect(await page().evaluate(() => document.cookie)).toBe('');
  expect(await page().getByText('broken.pdf').first().isVisible()).toBe(true);
  expect(browser.complaints.filter((one) => !one.includes('401'))).toEqual([]);
});

describe.each(['light', 'dark'] as const)('axe finds nothing, and nothing is wider than the screen, in %s:', (colorScheme) => {
  test.each(['Overview', 'Briefings', 'Not found', 'Opinions', 'Evaluation'])('%s', async (name) => {
    await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await section(name);
    await page().locator('.section > :nth-child(3):not(.wait)').waitFor();
    if (name === 'Briefings')
      await page()
        .getByRole('button', { name: /^Correct/ })
        .first()
        .click();
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
      { width: 320, height: 256 },
    ]) {
      await page().setViewportSize(size);
      expect(await findings(page())).toEqual([]);
      expect(await page().evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const small = await page()
        .locator('.desk :is(a, button, summary, input):visible')
        .evaluateAll((all) =>
          all.flatMap((one) => {
            const { width, height } = one.getBoundingClientRect();
            return width < 24 || height < 24 ? [one.outerHTML.slice(0, 100)] : [];
          }),
        );
      expect(small).toEqual([]);
    }
    if (name === 'Briefings')
      await page()
        .getByRole('button', { name: /^Correct/ })
        .first()
        .click();
    await page().setViewportSize({ width: 1280, height: 800 });
  });
});

test.each(['ar', 'de'])('in %s all of it is in that language, and links keep it', async (language) => {
  const texts = deskTexts[language]!;
  for (const name of ['overview', 'briefings', 'questions', 'opinions', 'evaluation'] as const) {
    await page().goto(`${url}/desk?lang=${language}#${name}`);
    await page().locator('.section > :nth-child(3):not(.wait)').waitFor();
    expect(await page().locator('#section').textContent()).toBe(texts[name]);
    expect(await page().locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : null);
    const shown = await page().locator('.desk').innerText();
    const english = Object.values(deskTexts.en!).filter((own) => typeof own === 'string' && own.length > 9 && !own.includes('{'));
    expect(english.filter((own) => shown.includes(own as string))).toEqual([]);
    expect(await findings(page())).toEqual([]);
    expect(await page().evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await page().goto(`${url}/desk?lang=${language}#briefings`);
  expect(await page().locator('.rows a').first().getAttribute('href')).toContain(`lang=${language}`);
  await page().goto(`${url}/desk`);
});

test('the edition of a file is corrected, and the newest speaks', async () => {
  await section('Briefings');
  const row = page().locator('.rows > li', { hasText: 'harbour-old.md' });
  await row.getByRole('button', { name: /^Correct/ }).click();
  await page().getByRole('textbox', { name: 'Edition' }).fill('2019-05');
  await page().getByRole('textbox', { name: 'Series' }).fill('harbour');
  await page().getByRole('button', { name: 'Set and read the folder' }).click();
  await row.getByText('May 2019').waitFor({ timeout: 60_000 });
  expect(await row.textContent()).toContain('set here');
  expect(JSON.parse(readFileSync(join(folder, 'corpus', 'pilcrow.editions.json'), 'utf8'))).toEqual({
    briefings: { 'harbour-old.md': { edition: '2019-05', series: 'harbour' } },
  });
  const answer = await page().evaluate(async () => {
    const body = JSON.stringify({ question: 'How many berths does the harbour of Osk have?' });
    return (await fetch('/v1/ask', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
  });
  expect(answer.answer).toContain('nine');
}, 150_000);

test('a briefing is brought in, and one that cannot be read is refused with the reason; then it is removed', async () => {
  await section('Briefings');
  await page()
    .locator('#files')
    .setInputFiles([
      {
        name: 'lighthouse.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('# The lighthouse\n\nThe lighthouse of Osk shines for 40 kilometres.\n'),
      },
      { name: 'torn.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('no archive') },
    ]);
  const told = page().locator('.upload .told');
  await told.getByText('torn.docx', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await told.locator('li', { hasText: 'lighthouse.md' }).textContent()).toContain('Brought in.');
  expect(await told.locator('li.bad').textContent()).toContain('torn.docx');
  const row = page().locator('.rows > li', { hasText: 'lighthouse.md' });
  await row.waitFor();
  await row.getByRole('button', { name: /^Remove/ }).click();
  const dialog = page().getByRole('dialog', { name: 'Remove this briefing?' });
  await dialog.waitFor();
  // Enter on what has the focus keeps it: nothing is lost by a slip.
  await page().keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(await row.count()).toBe(1);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await row.waitFor({ state: 'detached', timeout: 60_000 });
  expect(await page().getByRole('status').textContent()).toContain('lighthouse.md is removed');
}, 150_000);

test('what was not found is dealt with, and becomes a case', async () => {
  await section('Not found');
  const card = page().locator('.cards > li', { hasText: 'Who won the football cup?' });
  expect(await card.textContent()).toContain('Asked 2 times');
  await card.getByRole('button', { name: 'Case: rightly declined' }).click();
  const dialog = page().getByRole('dialog', { name: 'Added to the evaluation' });
  await dialog.waitFor();
  expect(await findings(page())).toEqual([]);
  await page().keyboard.press('Escape');
  await card.getByRole('button', { name: /^Dealt with/ }).click();
  await card.waitFor({ state: 'detached' });
  expect(await page().locator(':focus').textContent()).toBe('Not found');
  await page().getByLabel('Also what was dealt with').check();
  await card.getByRole('button', { name: /^Open again/ }).waitFor();
  await page().getByLabel('Also what was dealt with').uncheck();
});

test('an opinion becomes a case, and the evaluation asks both and reports', async () => {
  await section('Opinions');
  const card = page().locator('.cards > li', { hasText: 'What does a berth cost?' });
  expect(await card.textContent()).toContain('In summer it costs more.');
  await card.getByRole('button', { name: /^Make a case/ }).click();
  await page().getByRole('dialog', { name: 'Added to the evaluation' }).waitFor();
  await page().getByRole('button', { name: 'Close' }).click();
  await section('Evaluation');
  await page().getByRole('button', { name: 'Run the evaluation' }).click();
  await page().locator('#verdict').waitFor({ timeout: 120_000 });
  expect(await page().locator('.section').textContent()).toMatch(/\d of \d questions? came out right/);
  expect(await findings(page())).toEqual([]);
  const [report] = await Promise.all([browser.context.waitForEvent('page'), page().getByRole('link', { name: 'Read the report' }).click()]);
  await report.waitForLoadState();
  expect(await report.textContent('body')).toContain('Who won the football cup?');
  await report.close();
}, 150_000);

test('signing out closes it', async () => {
  await page().getByRole('button', { name: 'Sign out' }).click();
  await page().waitForURL(`${url}/desk/sign-in`);
  expect((await page().context().cookies()).filter(({ name }) => name === 'pilcrow-desk')).toEqual([]);
  await page().goto(`${url}/desk`);
  expect(page().url()).toBe(`${url}/desk/sign-in`);
  expect(browser.complaints.filter((one) => !/40[19]|422/.test(one))).toEqual([]);
});
