import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { pageBelow } from './below.ts';
import { inLanguage, withLanguages } from './languages.ts';

/** What Node's server hands through (`nodeOf`); absent when a test calls the app directly. Types of Node are not asked of who embeds the app. */
export interface Bindings {
  incoming?: object;
  outgoing?: object;
}
export type Call = Context<{
  Bindings: Bindings;
  Variables: { requestId: string; reader: string; limits: Record<string, string>; base: string; account: string; language: string };
}>;

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
/** What a page of another origin that may ask is told besides its own origin; credentials are never allowed. */
const SHARED = {
  'access-control-expose-headers': 'ratelimit, ratelimit-policy, retry-after, x-request-id',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Origin',
};
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; " +
  "require-trusted-types-for 'script'; ";

/** Request and response of Node's server, where it is one that calls. */
export const nodeOf = (call: { env?: Bindings }) => (call.env ?? {}) as { incoming?: IncomingMessage; outgoing?: ServerResponse };

/** The id a request goes by: the caller's when it is a plain short token, otherwise a new one. */
export function requestIdOf(call: Call): string {
  let id = call.get('requestId');
  if (id === undefined) {
    const given = call.req.header('x-request-id');
    id = given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
    call.set('requestId', id);
  }
  return id;
}

/**
 * A response with everything every response carries. Headers are given once, as a plain record: adding them later, in
 * middleware, would make Node's adapter build a `Headers` object for each response.
 */
export function reply(
  call: Call,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream | null,
  status: number,
  headers: Record<string, string>,
): Response {
  const reader = call.get('reader');
  const shared = reader === undefined ? null : { ...SHARED, 'access-control-allow-origin': reader };
  return new Response(body, {
    status,
    headers: { ...COMMON, 'x-request-id': requestIdOf(call), ...shared, ...call.get('limits'), ...headers },
  });
}

export function json(call: Call, value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return reply(call, JSON.stringify(value), status, {
    'content-type': 'application/json; charset=utf-8',
    'content-security-policy': DATA_POLICY,
    'cache-control': 'no-store',
    ...headers,
  });
}

export function eventStream(call: Call, body: ReadableStream, headers: Record<string, string> = {}): Response {
  return reply(call, body, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'content-security-policy': DATA_POLICY,
    'cache-control': 'no-store, no-transform',
    // Proxies such as nginx hold a reply back until it is complete unless told.
    'x-accel-buffering': 'no',
    ...headers,
  });
}

/** Where the bar of a page says who reads it. Nothing of a document can look like it: text in pages is escaped. */
const ACCOUNT = '<!--account-->';

/**
 * `framers`: who may show the page in a frame, as `frame-ancestors` lists them. `scripts`: the one policy of Trusted Types its
 * scripts may make.
 */
export function page(
  call: Call,
  html: string,
  status = 200,
  headers: Record<string, string> = {},
  framers = "'none'",
  scripts = 'lit-html',
): Response {
  const address = call.req.method === 'GET' ? new URL(call.req.url) : null;
  const shown = inLanguage(
    withLanguages(html, address).replace(ACCOUNT, () => call.get('account') ?? ''),
    call.get('language'),
  );
  return reply(call, pageBelow(shown, call.get('base') ?? ''), status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${PAGE_POLICY}trusted-types ${scripts}; frame-ancestors ${framers}`,
    // What one reader sees another may not.
    'cache-control': 'private, no-cache',
    vary: 'Accept, Accept-Language',
    ...(framers === "'none'" ? { 'x-frame-options': 'DENY' } : {}),
    ...headers,
  });
}

/** Whether the caller is a browser that navigates rather than a program. */
export function wantsPage(call: Call): boolean {
  return (call.req.header('accept') ?? '').includes('text/html');
}
