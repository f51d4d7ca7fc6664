import { BlockList, isIP } from 'node:net';
import { type ApiKeys, type Asker, covers, type IdentityProvider, KEY_PREFIX, type KeyScope, type Person } from '../core/access.ts';
import type { SiteToken } from '../core/site.ts';
import type { DeskSessions } from './desk/session.ts';
import { httpFailure } from './problem.ts';
import { type Call, nodeOf, wantsPage } from './reply.ts';
import type { Sessions } from './sessions.ts';

/** What a route needs of whoever calls it. `nothing`: it shows nothing of the briefings. */
export type Need = KeyScope | 'nothing';

/** What is open to nobody but holders of a key that says so, and members of the groups that look after the briefings. */
const KEYS_ALONE: ReadonlySet<Need> = new Set(['ingest', 'admin']);

/** The code of a refusal that signing in mends. */
export const SIGN_IN = 'sign_in_required';
/** How a signed token looks; keys of other services have no two dots in them. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export interface Who {
  /** Where a request comes from, as far as the connection and a believed proxy tell. */
  addressOf(call: Call): string;
  /**
   * Who asks; throws 401 when nobody says so and it matters, 403 when it is somebody who may not. `site`: the token the
   * request was admitted with, which lets its visitors ask.
   */
  identify(call: Call, need: Need, site: SiteToken | null): Promise<Asker>;
}

export interface WhoOptions {
  keys: ApiKeys | null;
  /** A proxy that is believed; default: none is. Whoever it names may ask. */
  proxy?: TrustedProxy;
  /** Who signs people in, and what is known of their browsers; default: nobody signs in. */
  provider?: IdentityProvider | null;
  sessions?: Sessions | null;
  /** Browsers that brought an admin key to the desk; default: none did. */
  desk?: DeskSessions | null;
  /** Groups whose members may do everything; default: none. */
  adminGroups?: readonly string[];
  /** Whether everybody has to say who they are; otherwise only keys of ours that are sent are looked at, not those of others. */
  required: boolean;
}

/**
 * Keys come as `Authorization: Bearer …`, as `x-api-key`, or as the password of HTTP Basic, which lets a browser ask for one
 * and send it with every page and script of the service. A bearer token of the provider that signs people in is taken as well,
 * and the cookie of a browser that signed in. Whoever brings something that is not in force is told so, and not taken for somebody else.
 */
export function createWho(options: WhoOptions): Who {
  const { keys, required, proxy = noProxy, provider = null, sessions = null, desk = null, adminGroups = [] } = options;
  const looksAfter = ({ groups }: Pick<Person, 'groups'>): boolean => groups.some((group) => adminGroups.includes(group));
  /** Whoever looks after the briefings does what that takes, and for the rest is a reader like others. */
  const as = (person: Omit<Person, 'name'> & { name?: string }, need: Need): Asker | null => {
    const { id, name, groups } = person;
    const named = name === undefined ? {} : { name };
    if (!KEYS_ALONE.has(need)) return { kind: 'user', id, ...named, scope: 'ask', groups };
    return looksAfter(person) ? { kind: 'user', id, ...named, scope: 'admin' } : null;
  };
  const isToken = (given: string | null): boolean => given !== null && provider?.takesTokens === true && TOKEN.test(given);

  const byToken: Way = async (call, need) => {
    const given = keyOf(call);
    if (!provider || given === null || !isToken(given)) return null;
    const person = await provider.bearer(given);
    if (!person && need !== 'nothing')
      throw asked(
        call,
        'token_refused',
        'This token is not in force here.',
        `It has to be one of ${provider.name}, for this service, and not expired.`,
      );
    return person && as(person, need);
  };
  const byKey: Way = (call, need) => {
    const given = keyOf(call);
    if (given === null || isToken(given) || !(required || given.startsWith(KEY_PREFIX))) return null;
    const key = keys?.find(given) ?? null;
    if (!key) {
      if (need === 'nothing') return null;
      throw asked(call, 'key_unknown', 'This key is not known, was revoked, or has expired.', '`pilcrow key list` shows those in force.');
    }
    if (need !== 'nothing' && !covers(key.scope, need))
      throw httpFailure(403, 'scope_missing', `This key may not do that: it needs the scope ${need}.`, {
        hint: 'Create one with `pilcrow key create --scope …`.',
      });
    return { kind: 'key', id: key.id, scope: key.scope, ...(key.groups ? { groups: key.groups } : {}) };
  };
  const byProxy: Way = (call, need) => {
    const person = proxied(call, proxy);
    return person && as({ id: person.user, groups: person.groups }, need);
  };
  const byDesk: Way = async (call) => {
    const key = await desk?.keyOf(call);
    return key ? { kind: 'key', id: key.id, scope: key.scope } : null;
  };
  const bySession: Way = async (call, need) => {
    const signedIn = (await sessions?.person(call)) ?? null;
    return signedIn && as(signedIn, need);
  };
  // A site token opens asking and feedback, as those routes let it in.
  const bySite: Way = (_call, _need, site) => (site ? { kind: 'site', id: site.token.slice(0, SITE_ID_UNITS), scope: 'ask' } : null);
  /** In the order in which they are believed. */
  const ways = [byToken, byKey, byProxy, byDesk, bySession, bySite];

  /** Throws where somebody who said nothing may not go on. */
  const refuse = (call: Call, need: Need): void => {
    if (need === 'nothing' || !(required || KEYS_ALONE.has(need))) return;
    if (required && provider?.signsIn && !KEYS_ALONE.has(need))
      throw httpFailure(401, SIGN_IN, 'This needs somebody who is signed in, or a key.', {
        hint: 'Open the page anew to sign in; programs send a key as `Authorization: Bearer …`.',
        headers: { 'www-authenticate': 'Bearer realm="Pilcrow"' },
      });
    throw asked(call, 'key_required', 'This needs a key.', 'Send it as `Authorization: Bearer …`, or as the password when a browser asks.');
  };

  return {
    addressOf: (call) => addressOf(call, proxy),
    async identify(call, need, site) {
      for (const way of ways) {
        const known = await way(call, need, site);
        if (known) return known;
      }
      refuse(call, need);
      return { kind: 'anyone', id: addressOf(call, proxy), scope: 'ask' };
    },
  };
}

/** One way to say who one is: null where a request says nothing of its kind; throws where what it says is not in force. */
type Way = (call: Call, need: Need, site: SiteToken | null) => Asker | null | Promise<Asker | null>;
/** Of a site's token, what it is told by in logs and limits: enough to tell sites apart, too little to use. */
const SITE_ID_UNITS = 13;

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

/** A proxy that is believed: what it says about where a request comes from, and who sends it. */
export interface TrustedProxy {
  /** Whether an address is one of its own. */
  has(address: string): boolean;
  /** Lower-case names of the headers it sets; null: it does not say who asks. It must take them away from what comes in. */
  userHeader: string | null;
  groupsHeader: string | null;
}

export const noProxy: TrustedProxy = { has: () => false, userHeader: null, groupsHeader: null };

/** Addresses and networks, `10.0.0.5` or `10.0.0.0/8`, as a test. Throws for what is none. */
export function addressList(list: readonly string[]): (address: string) => boolean {
  const known = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);
const connectedFrom = (call: Call): string => plainAddress(nodeOf(call).incoming?.socket?.remoteAddress ?? '');

/**
 * Where a request comes from: who connected, or, where that is a proxy that is believed, the last address of
 * `X-Forwarded-For` that is not one of its own. What stands before it anybody may have written.
 */
function addressOf(call: Call, proxy: TrustedProxy): string {
  const from = connectedFrom(call);
  if (!proxy.has(from)) return from;
  const hops = (call.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => plainAddress(hop.trim()))
    .filter((hop) => isIP(hop) !== 0);
  return hops.findLast((hop) => !proxy.has(hop)) ?? from;
}

/** Longest name of a person that a proxy gives, UTF-16 units. */
const LONGEST_USER = 200;
/** Most groups of one person that are looked at. */
const MOST_GROUPS = 500;

/** Who a believed proxy says it is; null when it says nobody, or who connected is none. */
function proxied(call: Call, proxy: TrustedProxy): { user: string; groups: string[] } | null {
  if (proxy.userHeader === null || !proxy.has(connectedFrom(call))) return null;
  const user = (call.req.header(proxy.userHeader) ?? '').trim();
  if (user === '' || user.length > LONGEST_USER || /[\p{Cc}\p{Cs}]/u.test(user)) return null;
  const groups = proxy.groupsHeader === null ? '' : (call.req.header(proxy.groupsHeader) ?? '');
  return {
    user,
    groups: groups
      .split(/[,;]/)
      .map((group) => group.trim())
      .filter(Boolean)
      .slice(0, MOST_GROUPS),
  };
}
