import { type ApiKeys, type Asker, covers, KEY_PREFIX, type Scope } from '../core/access.ts';
import type { SiteToken } from '../core/site.ts';
import { httpFailure } from './problem.ts';
import { type Call, wantsPage } from './reply.ts';

/** What a route needs of whoever calls it. `nothing`: it shows nothing of the briefings. */
export type Need = Scope | 'nothing';

export interface Who {
  /**
   * Who asks; throws 401 when nobody says so and it matters, 403 when it is somebody who may not. `site`: the token the
   * request was admitted with, which lets its visitors ask.
   */
  identify(call: Call, need: Need, site: SiteToken | null): Asker;
}

export interface WhoOptions {
  keys: ApiKeys | null;
  /** Whether everybody has to say who they are; otherwise only keys of ours that are sent are looked at, not those of others. */
  required: boolean;
}

/**
 * Keys come as `Authorization: Bearer …`, as `x-api-key`, or as the password of HTTP Basic, which lets a browser ask for one
 * and send it with every page and script of the service.
 */
export function createWho({ keys, required }: WhoOptions): Who {
  return {
    identify(call, need, site) {
      const given = keyOf(call);
      const claimed = given !== null && (required || given.startsWith(KEY_PREFIX));
      if (claimed) {
        const key = keys?.find(given) ?? null;
        if (!key && need !== 'nothing')
          throw asked(
            call,
            'key_unknown',
            'This key is not known, was revoked, or has expired.',
            '`pilcrow key list` shows those in force.',
          );
        if (key) {
          if (need !== 'nothing' && !covers(key.scope, need))
            throw httpFailure(403, 'scope_missing', `This key may not do that: it needs the scope ${need}.`, {
              hint: 'Create one with `pilcrow key create --scope …`.',
            });
          return { kind: 'key', id: key.id, scope: key.scope };
        }
      }
      // A site token opens asking and feedback, as those routes let it in.
      if (site) return { kind: 'site', id: site.token.slice(0, 13), scope: 'ask' };
      if (need === 'admin' || (required && need !== 'nothing'))
        throw asked(
          call,
          'key_required',
          'This needs a key.',
          'Send it as `Authorization: Bearer …`, or as the password when a browser asks.',
        );
      return { kind: 'anyone', id: addressOf(call), scope: 'ask' };
    },
  };
}

function asked(call: Call, code: string, message: string, hint: string) {
  const scheme = wantsPage(call) && !call.req.path.startsWith('/v1/') ? 'Basic realm="Pilcrow", charset="UTF-8"' : 'Bearer realm="Pilcrow"';
  return httpFailure(401, code, message, { hint, headers: { 'www-authenticate': scheme } });
}

function keyOf(call: Call): string | null {
  const own = call.req.header('x-api-key');
  if (own !== undefined) return own.trim();
  const header = call.req.header('authorization') ?? '';
  const space = header.indexOf(' ');
  const scheme = header.slice(0, space).toLowerCase();
  const value = header.slice(space + 1).trim();
  if (scheme === 'bearer') return value;
  if (scheme !== 'basic') return null;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1).trim();
}

/** Where a request comes from, as far as the connection tells. */
export function addressOf(call: Call): string {
  const address = call.env?.incoming?.socket?.remoteAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
