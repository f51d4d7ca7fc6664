import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOidc } from '../../src/adapters/oidc.ts';
import { createEndedSessions, createSeal } from '../../src/adapters/seal.ts';
import type { Asker, AuditEvent } from '../../src/core/access.ts';
import type { Pilcrow } from '../../src/core/ports.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { createSessions } from '../../src/http/sessions.ts';
import { createWho } from '../../src/http/who.ts';
import { AUDIENCE, CLIENT, createVisitor, type IdentityServer, startIdentityServer } from '../fixtures/identity-provider.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';

/** A Pilcrow that notes for which groups it is asked. */
function noting() {
  const groups: (readonly string[] | null)[] = [];
  const tiny = createTiny();
  const pilcrow: Pilcrow = {
    ...tiny,
    seenBy(this: Pilcrow, given) {
      groups.push(given);
      return this;
    },
  };
  return { pilcrow, last: () => groups.at(-1) };
}

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-oidc-'));
let identity: IdentityServer;
let clock = 0;
const now = () => new Date(Date.now() + clock);
const running: RunningServer[] = [];

/** The service over the provider; each has its own key of sessions unless told otherwise. */
async function serve({ key = 'session.key', minutes = 60, required = true, cooldown = 0 } = {}) {
  const provider = createOidc({
    issuer: identity.issuer,
    ...CLIENT,
    audience: AUDIENCE,
    groupsClaim: 'groups',
    scopes: 'openid profile',
    cooldownMilliseconds: cooldown,
    now,
  });
  const sessions = createSessions({
    seal: createSeal(join(folder, key), now),
    ended: createEndedSessions(join(folder, 'ended-sessions.json'), () => now().getTime()),
    minutes,
    publicUrl: null,
    now: () => now().getTime(),
  });
  const { pilcrow, last } = noting();
  const audited: AuditEvent[] = [];
  const app = createApp({
    pilcrow,
    config: { host: '127.0.0.1', publicUrl: null, limits },
    who: createWho({ keys: null, required, provider, sessions }),
    signIn: { provider, sessions },
    audit: { note: (event) => audited.push(event) },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  running.push(server);
  return { url: server.url, app, provider, last, audited };
}
type Served = Awaited<ReturnType<typeof serve>>;

let served: Served;
beforeAll(async () => {
  identity = await startIdentityServer();
  served = await serve();
  identity.groups.alice = ['staff', 'board'];
  identity.groups['staff-bot'] = ['staff'];
  await identity.start([`${served.url}/sign-in/callback`]);
});
afterAll(async () => {
  for (const server of running) await server.close(0);
  await identity?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a bearer token', () => {
  const read = (token: string, of: Served = served) => fetch(`${of.url}/v1/briefings`, { headers: { authorization: `Bearer ${token}` } });

  it('of the provider lets a program in, with its groups', async () => {
    const response = await read(await identity.token('staff-bot'));
    expect(response.status).toBe(200);
    expect(served.last()).toEqual(['staff']);
    identity.groups['staff-bot'] = ['staff', 'night shift'];
    expect((await read(await identity.token('staff-bot'))).status).toBe(200);
    expect(served.last()).toEqual(['staff', 'night shift']);
    identity.groups['staff-bot'] = ['staff'];
  });

  it('opens neither metrics nor the bringing in of briefings', async () => {
    const authorization = `Bearer ${await identity.token('staff-bot')}`;
    expect((await fetch(`${served.url}/metrics`, { headers: { authorization } })).status).toBe(404);
    expect((await fetch(`${served.url}/v1/briefings/x.md`, { method: 'DELETE', headers: { authorization } })).status).toBe(401);
  });

  it('is refused when it is expired, and not before, give or take what clocks may be apart', async () => {
    const token = await identity.token('staff-bot');
    try {
      clock = 3_600_000 - 60_000;
      expect((await read(token)).status).toBe(200);
      clock = 3_600_000 + 1000;
      expect((await read(token)).status).toBe(200);
      clock = 3_600_000 + 60_000;
      const late = await read(token);
      expect([late.status, ((await late.json()) as { error: { code: string } }).error.code]).toEqual([401, 'token_refused']);
    } finally {
      clock = 0;
    }
  });

  it('is refused for another service, from another provider, and when anybody could have made it', async () => {
    expect((await read(await identity.token('staff-bot', 'https://payroll.example.org'))).status).toBe(401);
    const other = await startIdentityServer();
    await other.start(['http://127.0.0.1:9/sign-in/callback']);
    expect((await read(await other.token('staff-bot'))).status).toBe(401);
    await other.stop();

    const claims = { groups: ['board'] };
    const signed = async (alg: string, key: Parameters<SignJWT['sign']>[0], kid?: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, ...(kid ? { kid } : {}) })
        .setIssuer(identity.issuer)
        .setAudience(AUDIENCE)
        .setSubject('mallory')
        .setExpirationTime('1h')
        .sign(key);
    const [known] = await identity.keys();
    const { privateKey } = await generateKeyPair('RS256');
    expect((await read(await signed('RS256', privateKey, known?.kid))).status).toBe(401);
    expect((await read(await signed('RS256', privateKey, 'another'))).status).toBe(401);
    expect((await read(await signed('HS256', new TextEncoder().encode(CLIENT.clientSecret()), known?.kid))).status).toBe(401);
    expect((await read(await signed('HS256', new TextEncoder().encode(JSON.stringify(known)), known?.kid))).status).toBe(401);
    const none = [{ alg: 'none' }, { ...claims, iss: identity.issuer, aud: AUDIENCE, sub: 'mallory', exp: 4_000_000_000 }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    expect((await read(`${none}.`)).status).toBe(401);
    expect((await read(`${none}.AA`)).status).toBe(401);
    const [head, body, signature] = (await identity.token('staff-bot')).split('.') as [string, string, string];
    const more = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), groups: ['board'] })).toString(
      'base64url',
    );
    expect((await read(`${head}.${more}.${signature}`)).status).toBe(401);
    expect(await createLocalJWKSet({ keys: await identity.keys() })).toBeTruthy();
  });

  it('without an end is refused, though the provider signed it', async () => {
    // A provider whose private key the test holds, with its documents served as a real one does.
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const own = await startIdentityServer();
    await own.start(['http://127.0.0.1:9/sign-in/callback']);
    const key = await importJWK({ ...(await exportJWK(privateKey)), alg: 'ES256' });
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(own.issuer)
      .setAudience(AUDIENCE)
      .setSubject('x')
      .sign(key);
    expect(publicKey).toBeTruthy();
    const provider = createOidc({ issuer: own.issuer, ...CLIENT, audience: AUDIENCE, groupsClaim: 'groups', scopes: 'openid' });
    expect(await provider.bearer(token)).toBeNull();
    await own.stop();
  });

  it('of keys that were changed is refused, and of the new ones taken', async () => {
    const before = await identity.token('staff-bot');
    await identity.start([`${served.url}/sign-in/callback`]);
    const after = await identity.token('staff-bot');
    expect((await read(after)).status).toBe(200);
    expect((await read(before)).status).toBe(401);
    expect((await read(after)).status).toBe(200);
  });

  it('cannot be looked at while the provider is away: that is said, and nobody is let in', async () => {
    const own = await startIdentityServer();
    await own.start(['http://127.0.0.1:9/sign-in/callback']);
    const token = await own.token('staff-bot');
    await own.stop();
    const provider = createOidc({ issuer: own.issuer, ...CLIENT, audience: AUDIENCE, groupsClaim: 'groups', scopes: 'openid' });
    await expect(provider.bearer(token)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(provider.begin('http://127.0.0.1/sign-in/callback')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('signing in with a browser', () => {
  it('leads a page to the provider and back to it, and out again', async () => {
    const visitor = createVisitor();
    const steps: string[] = [];
    const page = await visitor.open(`${served.url}/briefings/harbours-2026?quote=1-5`, 'alice', (url) => steps.push(url));
    expect([page.url, page.status]).toEqual([`${served.url}/briefings/harbours-2026?quote=1-5`, 200]);
    expect(page.text).toContain('alice of the office');
    expect(served.last()).toEqual(['staff', 'board']);
    const request = new URL(steps.find((url) => url.startsWith(`${identity.issuer}/auth?`)) as string).searchParams;
    expect([request.get('response_type'), request.get('code_challenge_method')]).toEqual(['code', 'S256']);
    expect(request.get('state')).toBeTruthy();
    expect(request.get('nonce')).toBeTruthy();

    const asked = await visitor.call(`${served.url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: served.url },
      body: JSON.stringify({ question: 'How many harbours does the coast have?' }),
    });
    expect(asked.status).toBe(200);

    const kept = new Map(visitor.jars.get(new URL(served.url).host));
    const out = await visitor.call(`${served.url}/sign-out`, { method: 'POST', headers: { origin: served.url } });
    expect(await out.text()).toContain('You are signed out here');
    const read = (cookies: Map<string, string>) =>
      fetch(`${served.url}/v1/briefings`, { headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    expect((await read(visitor.jars.get(new URL(served.url).host) as Map<string, string>)).status).toBe(401);
    // Whoever copied the cookie before is out as well.
    expect((await read(kept)).status).toBe(401);
    expect(served.audited.filter(({ event }) => event.startsWith('signed'))).toMatchObject([
      { event: 'signed.in', user: 'alice' },
      { event: 'signed.out', user: 'alice' },
    ]);
  });

  it('lasts for as long as it may; then the provider is asked again, and its groups hold', async () => {
    const visitor = createVisitor();
    await visitor.open(`${served.url}/`, 'alice');
    identity.groups.alice = ['chess'];
    const read = async () => (await visitor.call(`${served.url}/v1/briefings`, { headers: { accept: 'application/json' } })).status;
    try {
      clock = 59 * 60_000;
      expect([await read(), served.last()]).toEqual([200, ['staff', 'board']]);
      clock = 61 * 60_000;
      expect(await read()).toBe(401);
    } finally {
      clock = 0;
    }
    // The sealed cookie is looked at by the clock of the service: what was sealed a while ago is sealed anew on the way.
    visitor.jars.delete(new URL(served.url).host);
    const steps: string[] = [];
    const page = await visitor.open(`${served.url}/`, 'nobody fills in a form', (url) => steps.push(url));
    expect(page.status).toBe(200);
    expect(page.text).toContain('alice of the office');
    expect(steps.some((url) => url.includes('/interaction/'))).toBe(false);
    expect(served.last()).toEqual(['chess']);
    identity.groups.alice = ['staff', 'board'];
  });

  it('is nobody’s who did not begin it, and of no cookie that was changed or sealed elsewhere', async () => {
    const visitor = createVisitor();
    await visitor.open(`${served.url}/`, 'alice');
    const { host } = new URL(served.url);
    const sealed = visitor.jars.get(host)?.get('pilcrow') as string;
    const status = async (cookie: string) =>
      (await fetch(`${served.url}/v1/briefings`, { headers: { cookie: `pilcrow=${cookie}` } })).status;
    expect(await status(sealed)).toBe(200);
    expect(await status(`${sealed.slice(0, -2)}AA`)).toBe(401);
    expect(await status('')).toBe(401);
    // A cookie of the way there is no session.
    expect(await status(visitor.jars.get(host)?.get('pilcrow-sign-in') as string)).toBe(401);
    const elsewhere = await serve({ key: 'another.key' });
    expect((await fetch(`${elsewhere.url}/v1/briefings`, { headers: { cookie: `pilcrow=${sealed}` } })).status).toBe(401);
    // A return nobody here went out for, and one with a code that was used.
    expect((await fetch(`${served.url}/sign-in/callback?code=x&state=y`)).status).toBe(403);
    const other = createVisitor();
    await other.call(`${served.url}/sign-in`);
    expect((await other.call(`${served.url}/sign-in/callback?code=x&state=y`)).status).toBe(403);
    // The key is its owner's alone, and is the same for the next start.
    const file = join(folder, 'session.key');
    const key = readFileSync(file, 'utf8');
    createSeal(file);
    expect(readFileSync(file, 'utf8')).toBe(key);
    writeFileSync(join(folder, 'short.key'), 'abc');
    expect(() => createSeal(join(folder, 'short.key'))).toThrow('holds no key');
  });

  it('counts for pages of this service, and not for what other sites make a browser send', async () => {
    const visitor = createVisitor();
    await visitor.open(`${served.url}/`, 'alice');
    const search = async (headers: Record<string, string>) =>
      (
        await visitor.call(`${served.url}/v1/search`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: 'harbours' }),
        })
      ).status;
    expect(await search({ origin: served.url })).toBe(200);
    expect(await search({ origin: 'https://evil.example' })).toBe(401);
    expect(await search({ origin: 'http://127.0.0.1:1' })).toBe(401);
    expect(await search({ origin: 'null' })).toBe(401);
    expect(await search({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await search({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(200);
    // Node's own fetch says of itself what a browser would say of the page.
    const cookie = [...(visitor.jars.get(new URL(served.url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const get = async (headers: Record<string, string>) =>
      (await served.app.request('/v1/briefings', { headers: { host: new URL(served.url).host, cookie, ...headers } })).status;
    expect(await get({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
    expect(await get({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' })).toBe(401);
    // Nobody is signed out by another site.
    await visitor.call(`${served.url}/sign-out`, { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect((await fetch(served.url)).status).toBe(401);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/%2f/evil.example',
    'javascript:alert(1)',
    '/../..//evil.example',
    '',
  ])('leads to no other site: %j', async (to) => {
    const page = await createVisitor().open(`${served.url}/sign-in?to=${encodeURIComponent(to)}`, 'alice');
    expect(new URL(page.url).origin).toBe(served.url);
  });

  it('cookies are for this service alone, and for no script', async () => {
    const begun = await fetch(`${served.url}/sign-in`, { redirect: 'manual' });
    expect(begun.headers.getSetCookie()[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const sessions = createSessions({
      seal: createSeal(join(folder, 'session.key')),
      ended: { has: () => false, add: async () => {} },
      minutes: 60,
      publicUrl: 'https://ask.example.org',
    });
    const cookie = await sessions.begin({} as never, { id: 'a', name: 'A', groups: [] });
    expect(cookie).toMatch(/^__Host-pilcrow=[^;]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('keeps groups that briefings name when somebody is in very many', async () => {
    const sessions = createSessions({
      seal: createSeal(join(folder, 'session.key')),
      ended: { has: () => false, add: async () => {} },
      minutes: 60,
      publicUrl: null,
      labels: async () => new Set(['board']),
    });
    const many = Array.from({ length: 400 }, (_, at) => `group-with-a-long-name-${at}`);
    const cookie = await sessions.begin({} as never, { id: 'a', name: 'A', groups: [...many, 'board'] });
    expect(cookie.length).toBeLessThan(4096);
    const value = /^pilcrow=([^;]+)/.exec(cookie)?.[1];
    const seen: Asker[] = [];
    const provider = served.provider;
    const app = createApp({
      pilcrow: createTiny(),
      config: { host: '127.0.0.1', publicUrl: null, limits },
      who: {
        addressOf: () => '',
        identify: async (call, need, site) => {
          const asker = await createWho({ keys: null, required: true, provider, sessions }).identify(call, need, site);
          seen.push(asker);
          return asker;
        },
      },
    });
    expect((await app.request('/v1/briefings', { headers: { host: '127.0.0.1', cookie: `pilcrow=${value}` } })).status).toBe(200);
    expect(seen[0]?.groups).toEqual(['board']);
  });

  it('is offered where it is not required', async () => {
    const open = await serve({ required: false });
    const page = await (await fetch(open.url, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('href="/sign-in"');
    expect(open.last()).toEqual([]);
  });
});
