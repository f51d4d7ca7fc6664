import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOidc } from '../../src/adapters/oidc.ts';
import { createEndedSessions, createSeal } from '../../src/adapters/seal.ts';
import { createSessions } from '../../src/http/sessions.ts';
import { createWho } from '../../src/http/who.ts';
import { CLIENT, type IdentityServer, startIdentityServer } from '../fixtures/identity-provider.ts';
import { type Visit, visit } from './browser.ts';
import { serve } from './serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-sign-in-'));
let identity: IdentityServer;
let served: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  identity = await startIdentityServer();
  const provider = createOidc({ issuer: identity.issuer, ...CLIENT, audience: null, groupsClaim: 'groups', scopes: 'openid profile' });
  const sessions = createSessions({
    seal: createSeal(join(folder, 'session.key')),
    ended: createEndedSessions(join(folder, 'ended-sessions.json')),
    minutes: 60,
    publicUrl: null,
  });
  served = await serve({}, { who: createWho({ keys: null, required: true, provider, sessions }), signIn: { provider, sessions } });
  await identity.start([`${served.url}/sign-in/callback`]);
  browser = await visit([served.url, identity.issuer]);
  // The forms of the provider want a font from afar.
  await browser.context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
  await identity?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a reader opens a page, signs in, asks, and signs out', async () => {
  const { page, context, complaints } = browser;
  await page.goto(`${served.url}/briefings/harbours-2026#p5`);
  expect(page.url()).toContain(identity.issuer);
  await page.locator('input[name=login]').fill('alice');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
  await page.waitForURL(`${served.url}/briefings/harbours-2026**`);
  expect(await page.locator('.account').textContent()).toContain('alice of the office');
  complaints.splice(0);

  const [cookie] = (await context.cookies(served.url)).filter(({ name }) => name === 'pilcrow');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');

  await page.goto(served.url);
  await page.locator('#field').fill('How many harbours does the coast have?');
  await page.keyboard.press('Enter');
  await page.locator('.exchange .tools').first().waitFor();
  expect(await page.locator('.exchange').first().textContent()).toContain('nine harbours');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out here' }).waitFor();
  expect((await context.cookies(served.url)).some(({ name }) => name === 'pilcrow')).toBe(false);
  await context.addCookies([cookie as NonNullable<typeof cookie>]);
  expect(await page.evaluate(async () => (await fetch('/v1/briefings')).status)).toBe(401);
  await page.evaluate(() => sessionStorage.clear());

  await page.getByRole('link', { name: /^Sign out of / }).click();
  expect(page.url()).toContain(`${identity.issuer}/session/end`);
  // Violations of the policy of a page of ours would be told here.
  expect(complaints.filter((one) => !/fonts\.googleapis|ERR_FAILED|401|Cleared data types/.test(one))).toEqual([]);
});
