#!/usr/bin/env node
// Pictures of every page and of the widget's states, desktop and phone, light and dark, from the corpus as it is.
//   node scripts/screenshots.mjs [folder, default screenshots] [--only part-of-a-name]
// Starts Pilcrow and the example intranet page on ports of their own and stops both again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium, MISSING } from './chromium.mjs';

const { values, positionals } = parseArgs({ options: { only: { type: 'string', default: '' } }, allowPositionals: true });
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(positionals[0] ?? 'screenshots');
const executablePath = findChromium();
if (!executablePath) throw new Error(MISSING);
mkdirSync(folder, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'pilcrow-pictures-'));
const children = [];

const env = {
  ...process.env,
  PILCROW_DATA: join(work, 'data'),
  PILCROW_INDEX: join(work, 'index'),
  PILCROW_CASES: join(work, 'cases.yaml'),
  PILCROW_QUESTION_LOG_DAYS: '30',
  PILCROW_UPLOAD_MEGABYTES: '20',
};

function start(args, ready, cwd = root) {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  children.push(child);
  return new Promise((found, failed) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const match = ready.exec(text);
      if (match) found(match[1]);
    });
    child.on('exit', (code) => failed(new Error(`${args.join(' ')} ended with ${code}: ${text}`)));
  });
}

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
const QUESTION = 'How many Conventions has China ratified?';
const NOTHING = 'What is the population of Mongolia?';
const CLOSEST = 'Who won the football cup?';
const LIST = 'Which memoranda were signed with China in 2019?';
const MANY = 'What do the briefings say about the Global Development Initiative?';

try {
  const main = join(root, 'dist/cli/main.js');
  const service = await start([main, 'start', '--port', '0', '--json'], /"url": "([^"]+)"/);
  const intranet = await start([join(root, 'examples/intranet/serve.mjs'), '--endpoint', service, '--port', '0'], /at (http\S+)/);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-features=LocalNetworkAccessChecks'],
  });
  const briefings = (await (await fetch(`${service}/v1/briefings`)).json()).briefings;
  const newest = briefings.find((one) => one.newest) ?? briefings[0];
  const older = briefings.find((one) => !one.newest) ?? newest;

  const shot = async (name, { url, size = DESKTOP, dark = false, full = false, locale = 'en', print = false, steps = async () => {} }) => {
    if (!name.includes(values.only)) return;
    const context = await browser.newContext({
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      deviceScaleFactor: 1,
      locale,
      hasTouch: size === PHONE,
    });
    const page = await context.newPage();
    page.on('console', (message) => console.error(`${name}: ${message.text()}`));
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(url);
    await steps(page);
    if (print) await page.emulateMedia({ media: 'print' });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: full });
    await context.close();
    console.log(`${name}.png`);
  };
  const ask =
    (question, open = true) =>
    async (page) => {
      if (open) await page.locator('pilcrow-chat .launcher').click();
      await page.locator('#field').fill(question);
      await page.locator('#field').press('Enter');
      await page.locator('.tools').first().waitFor();
    };
  const cite =
    (question, open = true) =>
    async (page) => {
      await ask(question, open)(page);
      await page.locator('.mark').first().click();
      await page.locator('[data-source]').waitFor();
    };
  const say =
    (message, open = true) =>
    async (page) => {
      if (open) await page.locator('pilcrow-chat .launcher').click();
      await page.locator('#field').fill(message);
      await page.locator('#field').press('Enter');
      await page.locator('.exchange[aria-busy=false]').first().waitFor();
    };
  const suggestions = encodeURIComponent(`${QUESTION}|What changed since the 2019 edition?`);
  const site = (query = '') => `${intranet}/?suggestions=${suggestions}${query}`;

  for (const [size, label] of [
    [DESKTOP, 'desktop'],
    [PHONE, 'phone'],
  ]) {
    for (const dark of [false, true]) {
      const look = `${label}-${dark ? 'dark' : 'light'}`;
      await shot(`home-${look}`, { url: service, size, dark, full: true });
      await shot(`home-answer-${look}`, { url: service, size, dark, full: true, steps: cite(QUESTION, false) });
      await shot(`source-${look}`, { url: `${service}/briefings/${newest.id}?quote=${0}-${0}`, size, dark });
      await shot(`widget-launcher-${look}`, { url: site(), size, dark });
      await shot(`widget-welcome-${look}`, { url: site(), size, dark, steps: (page) => page.locator('pilcrow-chat .launcher').click() });
      await shot(`widget-answer-${look}`, { url: site(), size, dark, steps: ask(QUESTION) });
      await shot(`widget-citation-${look}`, { url: site(), size, dark, steps: cite(QUESTION) });
      await shot(`widget-talk-${look}`, { url: site(), size, dark, steps: say('Hello, what can you do?') });
      await shot(`widget-briefings-${look}`, { url: site(), size, dark, steps: say('Which documents do you have?') });
      await shot(`home-summary-${look}`, { url: service, size, dark, full: true, steps: say('What are the main points?', false) });
      await shot(`widget-list-${look}`, { url: site(), size, dark, steps: ask(LIST) });
      await shot(`widget-not-found-${look}`, { url: site(), size, dark, steps: ask(NOTHING) });
    }
  }
  await shot('widget-long-answer', { url: site(), steps: ask(MANY) });
  await shot('widget-feedback', {
    url: site(),
    steps: async (page) => {
      await ask(QUESTION)(page);
      await page.locator('.tools [aria-pressed]').nth(1).click();
    },
  });
  await shot('widget-failed', {
    url: site(),
    steps: async (page) => {
      await page.locator('pilcrow-chat .launcher').click();
      await page.context().setOffline(true);
      await page.locator('#field').fill(QUESTION);
      await page.locator('#field').press('Enter');
      await page.locator('.failure').waitFor();
    },
  });
  for (const [size, label] of [
    [DESKTOP, 'desktop'],
    [PHONE, 'phone'],
  ]) {
    await shot(`widget-arabic-${label}`, { url: site('&lang=ar'), size, steps: cite(QUESTION) });
  }
  const series = encodeURIComponent(newest.series);
  const LOW = { width: 320, height: 256 };
  const WAYS = [
    [DESKTOP, 'desktop', false],
    [PHONE, 'phone', true],
    // 400 % of 1280 × 1024.
    [LOW, 'low', false],
  ];
  for (const locale of ['en', 'de', 'ar']) {
    for (const [size, label, dark] of WAYS) {
      const tour = (name, path, steps) =>
        shot(`tour-${locale}-${label}-${name}`, {
          url: `${service}${path}`,
          size,
          dark,
          locale,
          full: size !== LOW && name !== 'reference',
          steps,
        });
      await tour('home', '/');
      await tour('answer', '/', cite(QUESTION, false));
      await tour('list', '/', ask(LIST, false));
      await tour('new', '/', ask('What is new?', false));
      await tour('closest', '/', ask(NOTHING, false));
      await tour('talk', '/', say('Hello, what can you do?', false));
      await tour('source', `/briefings/${older.id}`);
      await tour('changes', `/series/${series}/changes`);
      await tour('reference', '/reference');
      await tour('missing', '/nothing');
      await tour('desk', '/desk');
    }
  }
  await shot('changes', { url: `${service}/series/${series}/changes` });
  await shot('changes-dark-phone', { url: `${service}/series/${series}/changes`, size: PHONE, dark: true });
  await shot('reference', { url: `${service}/reference` });
  await shot('nothing-here', { url: `${service}/nothing` });
  // What a policy or a sandbox forbids, said by the widget; the frame allows neither forms nor an origin.
  await shot('widget-sandboxed', {
    url: service,
    steps: async (page) => {
      const inner = `<script src='${service}/widget.js' data-mode='inline' data-lang='en'></script>`;
      await page.route(`${service}/framed`, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><iframe sandbox="allow-scripts" width="700" height="600" srcdoc="${inner}"></iframe>`,
        }),
      );
      await page.goto(`${service}/framed`);
      const frame = page.frameLocator('iframe');
      await frame.locator('#field').fill(QUESTION);
      await frame.locator('#field').press('Enter');
      await frame.locator('.failure').waitFor();
    },
  });
  // On paper, as Chromium prints it, from either theme.
  const paper = async (name, { url, dark = false, steps = async () => {} }) => {
    if (!name.includes(values.only)) return;
    const context = await browser.newContext({ colorScheme: dark ? 'dark' : 'light' });
    const page = await context.newPage();
    await page.goto(url);
    await steps(page);
    await page.pdf({ path: join(folder, `${name}.pdf`), format: 'A4', printBackground: true });
    await context.close();
    console.log(`${name}.pdf`);
  };
  for (const dark of [false, true]) {
    const look = dark ? 'dark' : 'light';
    await paper(`paper-answer-${look}`, { url: service, dark, steps: cite(QUESTION, false) });
    await paper(`paper-closest-${look}`, { url: service, dark, steps: ask(CLOSEST, false) });
    await paper(`paper-source-${look}`, { url: `${service}/briefings/${newest.id}`, dark });
    await paper(`paper-changes-${look}`, { url: `${service}/series/${series}/changes`, dark });
    await paper(`paper-widget-${look}`, { url: site(), dark, steps: cite(QUESTION) });
  }
  await shot('home-print', { url: service, print: true, full: true, steps: ask(QUESTION, false) });
  await shot('home-share', {
    url: service,
    full: true,
    steps: async (page) => {
      await ask(QUESTION, false)(page);
      await page.locator('.share summary').click();
    },
  });
  await shot('home-earlier', {
    url: service,
    full: true,
    steps: async (page) => {
      await ask(QUESTION, false)(page);
      await page.reload();
      await page.locator('.earlier').waitFor();
    },
  });
  await shot('home-history', {
    url: service,
    full: true,
    steps: async (page) => {
      await ask(QUESTION, false)(page);
      await page.locator('.header button').click();
      await page.locator('.history summary').click();
    },
  });
  await shot('widget-low', { url: site(), size: LOW, steps: ask(QUESTION) });
  await shot('home-low', { url: service, size: LOW, steps: ask(QUESTION, false) });
  if ('desk'.includes(values.only) || values.only.startsWith('desk')) {
    const made = spawnSync(process.execPath, [main, 'key', 'create', '--name', 'pictures', '--scope', 'admin'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    const key = /pil_[\w-]+/.exec(made.stdout)?.[0] ?? '';
    const open = (section) => async (page) => {
      await page.locator('#key').fill(key);
      await page.locator('.desk-sign-in .button').click();
      await page.locator('.figures').waitFor();
      await page.locator(`.sections a[href="#${section}"]`).click();
      await page.locator('.section > :nth-child(3):not(.wait)').waitFor();
      await page.waitForTimeout(300);
    };
    for (const locale of ['de', 'ar'])
      for (const [size, label, dark] of WAYS)
        for (const section of ['overview', 'briefings', 'questions', 'evaluation'])
          await shot(`desk-${section}-${locale}-${label}`, {
            url: `${service}/desk`,
            size,
            dark,
            locale,
            full: size !== LOW,
            steps: open(section),
          });
    for (const [size, label] of WAYS) {
      for (const dark of [false, true]) {
        const look = `${label}-${dark ? 'dark' : 'light'}`;
        const full = size !== LOW;
        await shot(`desk-sign-in-${look}`, { url: `${service}/desk`, size, dark, full });
        for (const section of ['overview', 'briefings', 'questions', 'opinions', 'evaluation'])
          await shot(`desk-${section}-${look}`, { url: `${service}/desk`, size, dark, full, steps: open(section) });
      }
    }
  }
  await shot('widget-german', { url: site('&lang=de'), steps: say('Was kannst du?') });
  await shot('widget-chinese', { url: site('&lang=zh'), steps: cite(QUESTION) });
  await shot('embed', { url: `${service}/embed`, size: { width: 480, height: 720 }, steps: cite(QUESTION, false) });
  await shot('source-quote', {
    url: service,
    steps: async (page) => {
      await cite('When did the ILO open its Beijing office?', false)(page);
      await page.locator('[data-source] a').click();
      await page.locator('article mark').waitFor();
    },
  });
  await shot('source-older', { url: `${service}/briefings/${older.id}` });
  await shot('source-320', { url: `${service}/briefings/${newest.id}`, size: { width: 320, height: 700 } });
  await shot('home-320', { url: service, size: { width: 320, height: 700 }, full: true });
  if ('source-print'.includes(values.only)) {
    const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
    await page.goto(`${service}/briefings/${newest.id}`);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(folder, 'source-print.png') });
    await page.close();
  }
  await browser.close();
} finally {
  for (const child of children) child.kill();
  rmSync(work, { recursive: true, force: true });
}
process.exit(0);
