import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
// @ts-expect-error: a script without types, shared with npm
import { findChromium, MISSING } from '../../scripts/chromium.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What went wrong or abroad: script errors, messages of the console (violations of the policy among them), requests elsewhere. */
  complaints: string[];
  close(): Promise<void>;
}

/** Once what the page has begun to do is on the screen: two frames, so that whatever waits for one has had it. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** One Chromium for all files that run in this process, one after the other; it ends with the process. */
let launched: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const executablePath: string | null = findChromium();
  if (!executablePath) throw new Error(MISSING);
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A window of its own, with nothing remembered, that only ever talks to the origins given. Fails, and says why, without Chromium. */
export async function visit(origin: string | string[], options: BrowserContextOptions = {}): Promise<Visit> {
  launched ??= launch();
  const browser = await launched;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  // Against what never comes; a busy machine takes its time.
  context.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const known = [origin].flat().some((one) => request.url().startsWith(`${one}/`));
    if (!known && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
  });
  return {
    page,
    context,
    complaints,
    close: () => context.close(),
  };
}
