import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import type { IdentityProvider, Person } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';

/** How long a request to the provider may take, seconds, and how long its keys are not asked for again, milliseconds. */
const REQUEST_SECONDS = 5;
const KEYS_MILLISECONDS = 30_000;
/** Longest name of a person or group that is taken, UTF-16 units. */
const LONGEST_NAME = 200;

export interface OidcOptions {
  issuer: string;
  clientId: string | null;
  clientSecret: (() => string) | null;
  audience: string | null;
  groupsClaim: string;
  scopes: string;
  /** How long the provider is waited for. */
  seconds?: number;
  /** How soon its keys are asked for again when one is not among them; less than that, and foreign tokens would make work. */
  cooldownMilliseconds?: number;
  now?: () => Date;
}

/** What clocks may be apart, seconds. */
const SKEW_SECONDS = 30;
/** Signatures that need a key of the provider's; none that anybody with the client's secret could make, and not `none`. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Longer ones are refused before they are decoded. */
const LONGEST_TOKEN = 16_384;
const MOST_GROUPS = 500;
/** After a failure the provider is asked again this much later, milliseconds. */
const PAUSE_MILLISECONDS = 5000;

/**
 * A provider of OpenID Connect. What it says of itself is read with the first sign-in or token, and again after a failure. Keys are
 * fetched as they are needed, so that a new one is taken up and an old one is not kept.
 */
export function createOidc(options: OidcOptions): IdentityProvider {
  const {
    issuer,
    clientId,
    clientSecret,
    audience,
    groupsClaim,
    scopes,
    seconds = REQUEST_SECONDS,
    cooldownMilliseconds = KEYS_MILLISECONDS,
  } = options;
  const now = options.now ?? (() => new Date());
  const name = new URL(issuer).host;
  let found: Promise<{ client: oidc.Configuration; keys: ReturnType<typeof createRemoteJWKSet> }> | null = null;
  let failed = Number.NEGATIVE_INFINITY;

  const away = (cause: unknown) =>
    pilcrowError('unavailable', `${name}, which signs people in, cannot be reached now.`, {
      hint: 'Try again in a moment.',
      retryable: true,
      cause,
    });

  async function discover() {
    const loopback = issuer.startsWith('http:');
    const client = await oidc.discovery(
      new URL(issuer),
      // Bearer tokens need none; the library wants a name.
      clientId ?? 'none',
      undefined,
      clientSecret ? oidc.ClientSecretPost(clientSecret()) : oidc.None(),
      { timeout: seconds, execute: loopback ? [oidc.allowInsecureRequests] : [] },
    );
    // The signature of what came straight from the provider counts as well.
    oidc.enableNonRepudiationChecks(client);
    const { jwks_uri: address } = client.serverMetadata();
    if (!address) throw new Error('It names no keys.');
    const keys = createRemoteJWKSet(new URL(address), { timeoutDuration: seconds * 1000, cooldownDuration: cooldownMilliseconds });
    return { client, keys };
  }
  const provider = () => {
    if (performance.now() - failed < PAUSE_MILLISECONDS) throw away(null);
    found ??= discover().catch((error) => {
      found = null;
      failed = performance.now();
      throw away(error);
    });
    return found;
  };

  const personOf = (claims: JWTPayload & Record<string, unknown>, more: Record<string, unknown> = {}): Person | null => {
    const { sub } = claims;
    if (typeof sub !== 'string' || !isPlain(sub)) return null;
    const named = [claims.preferred_username, claims.email, claims.name, more.preferred_username, more.email, more.name].find(isPlain);
    return { id: sub, name: named ?? sub, groups: groupsOf(claimOf(claims, groupsClaim) ?? claimOf(more, groupsClaim)) };
  };

  return {
    name,
    signsIn: clientId !== null,
    takesTokens: audience !== null,
    async bearer(token) {
      if (audience === null || token.length > LONGEST_TOKEN || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
      const { client, keys } = await provider();
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer: client.serverMetadata().issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: SKEW_SECONDS,
          requiredClaims: ['exp', 'sub'],
          currentDate: now(),
        });
        return personOf(payload);
      } catch (error) {
        if (isAboutToken(error)) return null;
        throw away(error);
      }
    },
    async begin(callback) {
      const { client } = await provider();
      const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(client, {
        redirect_uri: callback,
        scope: scopes,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },
    async finish(returned, { state, nonce, verifier }) {
      const { client } = await provider();
      try {
        const tokens = await oidc.authorizationCodeGrant(client, returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) return null;
        // Many providers tell groups only where they are asked for what else they know.
        const asks = claimOf(claims, groupsClaim) === undefined && client.serverMetadata().userinfo_endpoint !== undefined;
        const more = asks ? await oidc.fetchUserInfo(client, tokens.access_token, claims.sub) : {};
        return personOf(claims, more);
      } catch (error) {
        if (isNetwork(error)) throw away(error);
        return null;
      }
    },
    async endUrl(returnTo) {
      const { client } = await provider();
      if (client.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(client, { post_logout_redirect_uri: returnTo }).href;
    },
  };
}

/** Whether a token was refused for what it is, and not because its keys could not be had. */
function isAboutToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return !['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
}

/** Whether the provider could not be talked to, rather than said no. */
function isNetwork(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: unknown } };
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || (error instanceof TypeError && typeof cause?.code === 'string');
}

const isPlain = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}]/u.test(value);

/** A claim by its name, or by a path of names with dots between. */
function claimOf(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

function groupsOf(claim: unknown): string[] {
  const list = Array.isArray(claim) ? claim : [claim];
  return [...new Set(list.filter(isPlain).map((group) => group.trim().normalize('NFC')))].slice(0, MOST_GROUPS);
}
