import type { Audit, IdentityProvider } from '../core/access.ts';
import { html } from '../core/html.ts';
import { layout } from './pages.ts';
import { httpFailure } from './problem.ts';
import { type Call, page, reply, requestIdOf } from './reply.ts';
import type { Route } from './routes.ts';
import type { Sessions } from './sessions.ts';
import { type PageWords, wordsFor } from './words/words.ts';

export interface SignIn {
  provider: IdentityProvider;
  sessions: Sessions;
}

/** Where somebody who was sent away to sign in comes back to. */
const CALLBACK = '/sign-in/callback';

/**
 * Signing in and out with a browser: the authorisation code with PKCE, a state and a nonce, which the browser keeps sealed until it
 * comes back. Every address led back to is a path of this service.
 */
export function signInRoutes(signIn: SignIn | null, audit: Audit | null): Route[] {
  if (!signIn?.provider.signsIn) return [];
  const { provider, sessions } = signIn;
  const away = (call: Call, location: string, ...cookies: string[]): Response => {
    const response = reply(call, null, 303, { location, 'cache-control': 'no-store' });
    for (const cookie of cookies) response.headers.append('set-cookie', cookie);
    return response;
  };
  return [
    {
      method: 'GET',
      path: '/sign-in',
      needs: 'nothing',
      handle: async (call) => {
        const address = sessions.addressOf(call);
        const { url, pending } = await provider.begin(address + CALLBACK);
        return away(call, url, await sessions.keep(call, { ...pending, to: pathWithin(call.req.query('to'), address) }));
      },
    },
    {
      method: 'GET',
      path: CALLBACK,
      needs: 'nothing',
      handle: async (call) => {
        const pending = await sessions.pending(call);
        const address = sessions.addressOf(call);
        const person = pending && (await provider.finish(new URL(address + CALLBACK + new URL(call.req.url).search), pending));
        if (!pending || !person) {
          throw httpFailure(403, 'sign_in_failed', 'That did not sign you in.', {
            hint: 'Open the page you came from again; a sign-in has to be finished in the browser it was begun in, within ten minutes.',
          });
        }
        audit?.note({ event: 'signed.in', user: person.id, request: requestIdOf(call) });
        return away(call, address + pending.to, await sessions.begin(call, person));
      },
    },
    {
      method: 'POST',
      path: '/sign-out',
      needs: 'nothing',
      handle: async (call) => {
        const { cookie, person } = await sessions.end(call);
        if (person) audit?.note({ event: 'signed.out', user: person.id, request: requestIdOf(call) });
        const address = sessions.addressOf(call);
        const end = await provider.endUrl(`${address}/`).catch(() => null);
        const words = wordsFor(call);
        const main = html`<main id="main" class="message">
          <h1>${words.say('signedOutHere')}</h1>
          <p>${words.say('signedOutHow', { provider: provider.name })}</p>
          ${end !== null && html`<p><a class="button" href="${end}">${words.say('signOutOf', { provider: provider.name })}</a></p>`}
          <p><a href="/">${words.say('ask')}</a></p>
        </main>`;
        // Answers that this browser kept are not for whoever signs in next.
        const clear = { 'cache-control': 'no-store', 'clear-site-data': '"storage"' };
        const response = page(call, layout(words.say('signedOut'), main, null, undefined, words), 200, clear);
        response.headers.append('set-cookie', cookie);
        return response;
      },
    },
  ];
}

/** A path of this service as it was asked for, below its base; `/` for anything that leads elsewhere. */
function pathWithin(given: string | undefined, address: string): string {
  const root = new URL(`${address}/`);
  const asked = given !== undefined && /^\/(?![/\\])/.test(given) && URL.canParse(given, root) ? new URL(given, root) : null;
  return asked?.origin === root.origin && !asked.pathname.startsWith('//') ? asked.pathname + asked.search : '/';
}

/** What the bar of a page says about who reads it. */
export function accountOf(name: string | null, words: PageWords): string {
  return name === null
    ? html`<nav class="account" aria-label="${words.say('account')}"><a href="/sign-in">${words.say('signIn')}</a></nav>`.markup
    : html`<form class="account" method="post" action="/sign-out"><span dir="auto">${name}</span> <button type="submit">${words.say('signOut')}</button></form>`
        .markup;
}
