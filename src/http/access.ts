import { isLoopback } from '../core/hosts.ts';
import type { SiteToken, SiteTokens } from '../core/site.ts';
import { httpFailure } from './problem.ts';
import type { Call } from './reply.ts';

/** Header a site token comes in. Not `Authorization`: that is for keys, which are secret. */
const TOKEN_HEADER = 'pilcrow-token';

export interface Admission {
  /**
   * Lets a request through or throws: 401 for a token that is missing or not known, 403 for one that is not for this
   * origin, 429 above its rate, where the request `counts` (default). A page of the service itself and a program that is no browser need none. From then on
   * the replies to this request tell the browser that the page may read them.
   */
  admit(call: Call, counts?: boolean): SiteToken | null;
  /**
   * Lets programs through, which send no origin, pages of the address people use, and pages on this machine when the service
   * is called on this machine; 403 for any other page, whatever token it brings. Unlike `admit` it does not believe that a
   * name is the service's own because a browser says so: that is how a page whose name resolves to this host would look.
   */
  admitProgram(call: Call): void;
  /** Headers of a preflight for a page that may ask; null for any other. */
  preflight(call: Call): Record<string, string> | null;
  /** The same for what `admitProgram` guards; `headers`: which a page on this machine may send. */
  preflightProgram(call: Call, headers: string): Record<string, string> | null;
  /** Who may show a page in a frame, as a list for `frame-ancestors`. */
  framers(token: string | undefined): string;
}

/** Nobody has to ask. */
export const noTokens: SiteTokens = { all: () => new Map() };

/**
 * Who may ask from a browser: pages of the service's own origin; pages of the origins a site token lists, with that token; and, as
 * long as there are no tokens, pages on this machine when the service is called on this machine. Each check is a
 * comparison of strings and one or two look-ups.
 */
export function createAdmission(tokens: SiteTokens, publicUrl: string | null, now: () => number = () => performance.now()): Admission {
  let table: ReadonlyMap<string, SiteToken> | null = null;
  let origins = new Set<string>();
  const levels = new Map<string, { level: number; at: number }>();

  const current = (): ReadonlyMap<string, SiteToken> => {
    const all = tokens.all();
    if (all !== table) {
      table = all;
      origins = new Set([...all.values()].flatMap((one) => one.origins));
      for (const known of levels.keys()) if (!all.has(known)) levels.delete(known);
    }
    return all;
  };
  const isOwn = (origin: string, host: string | undefined): boolean => {
    if (publicUrl !== null && origin === publicUrl) return true;
    // Behind a proxy with a known address, other names are only believed on this machine.
    if (publicUrl !== null && !isLoopback(host ?? '')) return false;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  };
  const isNeighbour = (origin: string, host: string | undefined): boolean =>
    current().size === 0 && isLoopback(origin.replace(/^https?:\/\//, '')) && isLoopback(host ?? '');

  /** A bucket that holds one minute's questions and fills evenly. */
  const take = ({ token, rate }: SiteToken): void => {
    const at = now();
    const bucket = levels.get(token) ?? { level: rate, at };
    bucket.level = Math.min(rate, bucket.level + ((at - bucket.at) / 60_000) * rate);
    bucket.at = at;
    levels.set(token, bucket);
    if (bucket.level < 1) {
      const seconds = Math.max(1, Math.ceil(((1 - bucket.level) / rate) * 60));
      throw httpFailure(429, 'rate_limited', 'This site asks more than it may.', {
        hint: `Try again in ${seconds} s.`,
        headers: { 'retry-after': String(seconds) },
      });
    }
    bucket.level -= 1;
  };

  const preflightFor = (call: Call, listed: (origin: string) => boolean, headers: string): Record<string, string> | null => {
    const origin = call.req.header('origin');
    if (origin === undefined || (!listed(origin) && !isNeighbour(origin, call.req.header('host')))) return null;
    call.set('reader', origin);
    return {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': headers,
      // Ten minutes: how long a revoked origin may still send requests, which are then refused.
      'access-control-max-age': '600',
      ...(call.req.header('access-control-request-private-network') === 'true' ? { 'access-control-allow-private-network': 'true' } : {}),
    };
  };

  return {
    admit(call, counts = true) {
      const origin = call.req.header('origin');
      const given = call.req.header(TOKEN_HEADER);
      if (origin === undefined && given === undefined) return null;
      const host = call.req.header('host');
      const own = origin !== undefined && isOwn(origin, host);
      const all = current();
      const token = given === undefined ? undefined : all.get(given);
      if (origin !== undefined && !own && (origins.has(origin) || isNeighbour(origin, host))) call.set('reader', origin);
      if (given !== undefined && !token) {
        throw httpFailure(401, 'token_unknown', 'This site token is not known.', { hint: '`pilcrow token list` shows those that are.' });
      }
      if (token) {
        if (origin === undefined || (!own && !token.origins.includes(origin))) {
          throw httpFailure(403, 'origin_refused', 'This site token is not for this origin.', {
            hint: 'Create one with `pilcrow token create --origin …`.',
          });
        }
        if (counts) take(token);
        return token;
      }
      if (own || isNeighbour(origin as string, host)) return null;
      throw origins.has(origin as string)
        ? httpFailure(401, 'token_required', 'Pages of this origin need their site token.', { hint: `Send it as ${TOKEN_HEADER}.` })
        : httpFailure(403, 'origin_refused', 'Pages of this origin may not ask.', {
            hint: 'Create a token with `pilcrow token create --origin …`.',
          });
    },
    admitProgram(call) {
      const origin = call.req.header('origin');
      if (origin === undefined || origin === publicUrl) return;
      const host = call.req.header('host');
      if (isNeighbour(origin, host)) call.set('reader', origin);
      else if (!isLoopback(host ?? '') || origin !== `http://${host}`)
        throw httpFailure(403, 'origin_refused', 'Pages of this origin may not call this.', {
          hint: 'Programs may, without an Origin header.',
        });
    },
    preflight(call) {
      current();
      return preflightFor(call, (origin) => origins.has(origin), `content-type, ${TOKEN_HEADER}, x-request-id`);
    },
    preflightProgram: (call, headers) => preflightFor(call, () => false, headers),
    framers(given) {
      const all = current();
      const token = given === undefined ? undefined : all.get(given);
      if (token) return `'self' ${token.origins.join(' ')}`;
      return all.size === 0 ? "'self' http://localhost:* http://127.0.0.1:*" : "'self'";
    },
  };
}
