import { randomUUID } from 'node:crypto';
import { getCookie } from 'hono/cookie';
import { serialize } from 'hono/utils/cookie';
import type { EndedSessions, PendingSignIn, Person, Seal } from '../core/access.ts';
import { basePathOf } from './below.ts';
import type { Call } from './reply.ts';

/** How long somebody may take to sign in with the provider. */
const SIGN_IN_SECONDS = 600;
/** Browsers keep cookies of 4,096 bytes; what is sealed grows by a third. */
const LONGEST_GROUPS = 1800;

export interface SessionOptions {
  seal: Seal;
  ended: EndedSessions;
  minutes: number;
  publicUrl: string | null;
  /** Groups any briefing names: of somebody in very many groups the others are not kept. */
  labels?: () => Promise<ReadonlySet<string>>;
  now?: () => number;
}

/** Sessions of browsers. All that is known of one is in its cookie, sealed; what ended before its time is remembered here. */
export interface Sessions {
  /** Who a request's cookie is for; null without one, and for a request another site's page makes. */
  person(call: Call): Promise<Person | null>;
  /** The cookie of a new session. */
  begin(call: Call, person: Person): Promise<string>;
  /** Ends the session of a request for good; the cookie that takes its place. */
  end(call: Call): Promise<{ cookie: string; person: Person | null }>;
  /** The cookie of somebody who was sent to the provider. */
  keep(call: Call, pending: PendingSignIn & { to: string }): Promise<string>;
  pending(call: Call): Promise<(PendingSignIn & { to: string }) | null>;
  /** Scheme and host this service has for whoever calls it, with the path it lives below. */
  addressOf(call: Call): string;
}

interface Kept extends Person {
  session: string;
  until: number;
}

const addressFor = (call: Call, publicUrl: string | null): string => publicUrl ?? `http://${call.req.header('host') ?? 'localhost'}`;

/** A page of another site, a neighbouring one as well, may make a browser send a cookie along; it is then nobody's. */
export function isForeign(call: Call, publicUrl: string | null): boolean {
  const origin = call.req.header('origin');
  const site = call.req.header('sec-fetch-site');
  // Forms of our own pages, which send no referrer, have no origin to tell either; what the browser adds says whose they are.
  if (origin === 'null' && site === 'same-origin') return false;
  if (origin !== undefined && origin !== new URL(addressFor(call, publicUrl)).origin) return true;
  const reads = call.req.method === 'GET' || call.req.method === 'HEAD';
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(reads && call.req.header('sec-fetch-mode') === 'navigate');
}

export function createSessions({ seal, ended, minutes, publicUrl, labels, now = Date.now }: SessionOptions): Sessions {
  const base = basePathOf(publicUrl);
  const secure = publicUrl?.startsWith('https:') ?? false;
  const path = base === '' ? '/' : base;
  // The prefix keeps pages of neighbouring hosts from setting it; it can only be had with encryption.
  const prefix = secure ? (base === '' ? '__Host-' : '__Secure-') : '';
  const SESSION = `${prefix}pilcrow`;
  const PENDING = `${prefix}pilcrow-sign-in`;
  const cookie = (name: string, value: string, seconds: number) =>
    // Lax: a link in a mail finds its reader signed in, and a form or script of another site finds nobody.
    serialize(name, value, { path, httpOnly: true, secure, sameSite: 'Lax', maxAge: seconds });
  const addressOf = (call: Call) => addressFor(call, publicUrl);

  const kept = async (call: Call): Promise<Kept | null> => {
    const text = getCookie(call, SESSION);
    const found = text === undefined || isForeign(call, publicUrl) ? null : ((await seal.open('session', text)) as Kept | null);
    return found && !ended.has(found.session) ? found : null;
  };

  return {
    addressOf,
    async person(call) {
      const found = await kept(call);
      return found && { id: found.id, name: found.name, groups: found.groups };
    },
    async begin(_call, { id, name, groups }) {
      const known = JSON.stringify(groups).length > LONGEST_GROUPS ? await labels?.() : null;
      const fitting = known ? groups.filter((group) => known.has(group)) : [...groups];
      while (JSON.stringify(fitting).length > LONGEST_GROUPS) fitting.pop();
      const seconds = minutes * 60;
      const session: Kept = { id, name, groups: fitting, session: randomUUID(), until: now() + seconds * 1000 };
      return cookie(SESSION, await seal.close('session', session, seconds), seconds);
    },
    async end(call) {
      const found = await kept(call);
      if (found) await ended.add(found.session, found.until);
      return { cookie: cookie(SESSION, '', 0), person: found };
    },
    keep: async (_call, pending) => cookie(PENDING, await seal.close('sign-in', pending, SIGN_IN_SECONDS), SIGN_IN_SECONDS),
    async pending(call) {
      const text = getCookie(call, PENDING);
      return text === undefined ? null : ((await seal.open('sign-in', text)) as (PendingSignIn & { to: string }) | null);
    },
  };
}
