import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
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

/** A browser of its own, with nothing remembered, that only ever talks to the origins given. Fails, and says why, without Chromium. */
export async function visit(
  origin: string | string[],
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<Visit> {
  const executablePath: string | null = findChromium();
  if (!executablePath) throw new Error(MISSING);
  const profile = mkdtempSync(join(tmpdir(), 'pilcrow-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = context.pages()[0] ?? (await context.newPage());
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
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
