import { randomUUID } from 'node:crypto';
import { getCookie } from 'hono/cookie';
import { serialize } from 'hono/utils/cookie';
import type { ApiKey, EndedSessions, Seal } from '../../core/access.ts';
import { basePathOf } from '../below.ts';
import type { Call } from '../reply.ts';
import { isForeign } from '../sessions.ts';

/** A working day: whoever comes back tomorrow brings the key again. */
const SESSION_HOURS = 10;

/**
 * Sessions of a browser that brought an admin key once. Its cookie holds the id of the key, sealed, and not the key: no script of a
 * page reads either, and with the key every session it opened is over. `Strict`: no other site's link, form or frame brings it along.
 */
export interface DeskSessions {
  /** The key whose session a request belongs to; null without one, for a key that was revoked, and for a request another site's page makes. */
  keyOf(call: Call): Promise<ApiKey | null>;
  /** The cookie of a new session. */
  begin(key: ApiKey): Promise<string>;
  /** Ends the session of a request for good; the cookie that takes its place. */
  end(call: Call): Promise<{ cookie: string; key: ApiKey | null }>;
}

interface Kept {
  key: string;
  session: string;
  until: number;
}

export function createDeskSessions(options: {
  seal: Seal;
  ended: EndedSessions;
  publicUrl: string | null;
  /** Keys in force and others. */
  keys: { list(): readonly ApiKey[] };
  now?: () => number;
}): DeskSessions {
  const { seal, ended, publicUrl, keys, now = Date.now } = options;
  const base = basePathOf(publicUrl);
  const secure = publicUrl?.startsWith('https:') ?? false;
  const path = base === '' ? '/' : base;
  const NAME = `${secure ? (base === '' ? '__Host-' : '__Secure-') : ''}pilcrow-desk`;
  const cookie = (value: string, seconds: number) =>
    serialize(NAME, value, { path, httpOnly: true, secure, sameSite: 'Strict', maxAge: seconds });
  const kept = async (call: Call): Promise<{ session: Kept; key: ApiKey } | null> => {
    const text = getCookie(call, NAME);
    if (text === undefined || isForeign(call, publicUrl)) return null;
    const session = (await seal.open('desk', text)) as Kept | null;
    if (!session || ended.has(session.session)) return null;
    const key = keys.list().find(({ id }) => id === session.key);
    const inForce = key?.scope === 'admin' && (key.expires === null || Date.parse(key.expires) > now());
    return inForce ? { session, key } : null;
  };
  return {
    keyOf: async (call) => (await kept(call))?.key ?? null,
    async begin({ id }) {
      const seconds = SESSION_HOURS * 3600;
      return cookie(await seal.close('desk', { key: id, session: randomUUID(), until: now() + seconds * 1000 }, seconds), seconds);
    },
    async end(call) {
      const found = await kept(call);
      if (found) await ended.add(found.session.session, found.session.until);
      return { cookie: cookie('', 0), key: found?.key ?? null };
    },
  };
}
