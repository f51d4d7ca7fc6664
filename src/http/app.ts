import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import type { Limits, SiteConfig } from '../config.ts';
import type { Asker, Audit } from '../core/access.ts';
import type { Asking } from '../core/asking.ts';
import { allowedHosts, type Reach } from '../core/hosts.ts';
import type { Log } from '../core/log.ts';
import type { Originals } from '../core/originals.ts';
import type { McpHandler } from '../core/ports.ts';
import type { Rates } from '../core/rates.ts';
import type { SiteTokens } from '../core/site.ts';
import type { BriefingFiles } from '../core/updates.ts';
import { createAdmission, noTokens } from './access.ts';
import { askRoutes } from './ask.ts';
import { basePathOf, below } from './below.ts';
import { briefingRoutes } from './briefings.ts';
import { changesRoutes } from './changes.ts';
import { type DeskOptions, deskRoutes } from './desk/index.ts';
import { feedbackRoutes } from './feedback.ts';
import { healthRoutes } from './health.ts';
import { createLimiter, noRates } from './limits.ts';
import { mcpRoutes } from './mcp.ts';
import { metricsRoutes, type RequestMetrics } from './metrics.ts';
import { openaiRoutes } from './openai/index.ts';
import { openapiRoutes } from './openapi.ts';
import { originalRoutes } from './originals.ts';
import { pageRoutes, problemPage } from './pages.ts';
import { type Kept, privacyRoutes } from './privacy.ts';
import { callerLeft, httpFailure, problemOf } from './problem.ts';
import { referenceRoutes } from './reference.ts';
import { type Bindings, type Call, json, nodeOf, page, reply, requestIdOf, wantsPage } from './reply.ts';
import type { HttpService } from './routes.ts';
import { seenByAsker } from './seen.ts';
import { accountOf, type SignIn, signInRoutes } from './sign-in.ts';
import { PLAIN_SITE, siteRoutes } from './site.ts';
import { uiStreamRoutes } from './ui-stream.ts';
import { uploadRoutes } from './uploads.ts';
import { createWho, SIGN_IN, type Who } from './who.ts';
import { widgetRoutes } from './widget.ts';
import { namedLanguage, wordsFor } from './words/words.ts';

export interface AppOptions {
  pilcrow: HttpService['pilcrow'];
  config: Reach & { limits: Limits; site?: SiteConfig };
  /** Which pages of other origins may ask; default: none, while there are none those on this machine. */
  tokens?: SiteTokens;
  /** Who may do what, see `createWho`; default: whoever reaches the service may read and ask. */
  who?: Who;
  /** Signing in with a browser, where `who` knows the same sessions; default: nobody does. */
  signIn?: SignIn | null;
  /** What readers of `/readyz` are told besides what the index says, e.g. that the service is open to everybody. */
  warnings?: readonly string[];
  /** Whether the service is about to stop: then it says that it is not ready, so that nobody sends it more. */
  isStopping?: () => boolean;
  /** Counts requests and feedback, and is read at `/metrics` by whoever may do everything; without it there is none. */
  metrics?: RequestMetrics | null;
  /** Told when somebody is refused for who they are, or are not. */
  audit?: Audit | null;
  /** What one asker and all together may take; default: as much as they like. */
  rates?: Rates;
  /** Where feedback is kept; without it there is none. */
  feedback?: HttpService['feedback'];
  /** The files briefings were read from, when readers may have them; default: they may not. */
  originals?: Originals | null;
  /** The folder of briefings, when it may be changed over HTTP; default: it may not. */
  files?: BriefingFiles | null;
  /** What whoever looks after the briefings sees and does, where `who` knows the same sessions; default: there is no desk. */
  desk?: Omit<DeskOptions, 'provider' | 'publicUrl'> | null;
  /** For how many days it and questions are kept, for those who ask; default: questions are not. */
  kept?: Kept;
  /** Told who asks while a question is answered. */
  asking?: Asking | null;
  /** Makes what serves `POST /mcp`, see `createMcpHandler`, of the service as whoever asks sees it; without it there is none. */
  mcp?: ((pilcrow: HttpService['pilcrow']) => McpHandler) | null;
  log?: Log;
  /** Told what a request asks of which route as it begins; method, route and request id, nothing of its content. */
  onRequest?: (what: string) => void;
  /** Default 15 s: proxies commonly cut a connection that is silent for 30 or 60. */
  heartbeatMilliseconds?: number;
}

/** A proxy may hand a path on as it is or without what it serves the service below. */
const withoutBase = (path: string, base: string): string =>
  base !== '' && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || '/' : path;

/** How long whoever is refused may go on sending a file before the connection is cut. */
const LINGER_MILLISECONDS = 5000;

/**
 * Throws away what is left of a file that is not wanted: were the connection closed at once, whoever is still sending would
 * see that it broke, and not why.
 */
function linger(call: Call): void {
  const incoming = nodeOf(call).incoming;
  if (!incoming || incoming.readableEnded || incoming.destroyed) return;
  const cut = setTimeout(() => incoming.destroy(), LINGER_MILLISECONDS);
  cut.unref();
  incoming.once('close', () => clearTimeout(cut));
  incoming.once('end', () => clearTimeout(cut));
  incoming.resume();
}

/** Routes that do not count as requests. */
const UNCOUNTED = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * The HTTP service. In order, for every request: is the host name ours (421), the route (404, 405), may this origin and
 * whoever asks call it (401, 403), its handler, and one
 * place where a failure becomes a problem. There is no middleware: what every reply carries is written by `reply`.
 */
export function createApp({
  pilcrow,
  config,
  tokens = noTokens,
  who = createWho({ keys: null, required: false }),
  signIn = null,
  warnings = [],
  rates = noRates,
  audit = null,
  metrics = null,
  isStopping = () => false,
  feedback = null,
  files = null,
  kept = { questions: null, feedback: feedback && { days: null } },
  desk = null,
  asking = null,
  originals = null,
  mcp = null,
  log = () => {},
  onRequest = () => {},
  heartbeatMilliseconds = 15_000,
}: AppOptions): Hono<{ Bindings: Bindings }> {
  const base = basePathOf(config.publicUrl);
  // What names whole addresses begins with the host; their paths have the base already.
  const origin = config.publicUrl === null ? null : new URL(config.publicUrl).origin;
  const access = createAdmission(tokens, origin);
  const limiter = createLimiter(rates);
  const seen = seenByAsker(pilcrow);
  const service: HttpService = {
    pilcrow: below(seen.pilcrow, base),
    limits: config.limits,
    site: config.site ?? PLAIN_SITE,
    feedback,
    originals,
    framers: access.framers,
    log,
    heartbeatMilliseconds,
  };
  const app = new Hono<{
    Bindings: Bindings;
    Variables: { requestId: string; reader: string; limits: Record<string, string>; base: string; account: string; language: string };
  }>({ getPath: (request) => withoutBase(getPath(request), base) });
  const isOurs = allowedHosts(config);

  /** What the address of a call says of every page that answers it: the path it lies below, and its language. */
  const placed = (call: Call): void => {
    if (base !== '') call.set('base', base);
    const language = namedLanguage(call);
    if (language !== undefined) call.set('language', language);
  };

  const fail = (call: Call, error: unknown): Response => {
    placed(call);
    const requestId = requestIdOf(call);
    const { problem, headers, unexpected } = problemOf(error, requestId);
    if (unexpected) log('error', 'a request failed', { requestId, method: call.req.method, path: call.req.path, error });
    if (wantsPage(call) && !call.req.path.startsWith('/v1/'))
      return page(call, problemPage(problem, wordsFor(call)), problem.status, headers);
    // What is left of a body that is too large or too slow is not read: the connection ends with this reply.
    const unread = call.req.method !== 'PUT' && (problem.status === 413 || problem.status === 408);
    const closing: Record<string, string> = unread ? { connection: 'close' } : {};
    if (call.req.method === 'PUT') linger(call);
    return json(call, problem, problem.status, { 'content-type': 'application/problem+json', ...headers, ...closing });
  };

  /** Does work while it holds a place for a question: until the reply is sent, where it is known when that is. */
  const withPlace = async (call: Call, asker: Asker, work: () => Response | Promise<Response>): Promise<Response> => {
    const giveBack = await limiter.question(call, asker);
    const { outgoing } = nodeOf(call);
    // Whoever hung up while waiting left no event to come.
    if (outgoing?.destroyed) {
      giveBack();
      throw callerLeft();
    }
    outgoing?.once('close', giveBack);
    try {
      return await work();
    } catch (error) {
      giveBack();
      throw error;
    } finally {
      if (!outgoing) giveBack();
    }
  };

  const signsIn = signIn?.provider.signsIn ?? false;
  /** A browser that opens a page is sent to sign in, and comes back to it; one that opens the desk, to the form for keys. */
  const toSignIn = (call: Call, path: string, error: unknown): Response | null => {
    const { code, status } = error as { code?: string; status?: number };
    const atDesk = desk !== null && path === '/desk' && (status === 401 || code === 'scope_missing');
    if (atDesk && call.req.method === 'GET' && wantsPage(call))
      return reply(call, null, 303, { location: `${base}/desk/sign-in`, 'cache-control': 'no-store' });
    if (!signsIn || code !== SIGN_IN || call.req.method !== 'GET' || !wantsPage(call)) return null;
    const to = encodeURIComponent(call.req.path + new URL(call.req.url).search);
    return reply(call, null, 303, { location: `${base}/sign-in?to=${to}`, 'cache-control': 'no-store' });
  };

  const checkHost = (call: Call) => {
    if (isOurs(call.req.header('host'))) return;
    throw httpFailure(421, 'misdirected_request', 'This service does not answer to that host name.', {
      hint: 'Set PILCROW_PUBLIC_URL to the address people use.',
    });
  };
  /** The reply where no route answers; to a host name that is not ours it says no more than any other. */
  const refuse = (call: Call, failure: Error) => {
    try {
      checkHost(call);
    } catch (error) {
      return fail(call, error);
    }
    return fail(call, failure);
  };
  const methods = new Map<string, string[]>();
  const shared = new Set<string>();
  for (const { method, path, needs, public: forSites, handle } of [
    ...askRoutes(service),
    ...openaiRoutes(service, access, origin),
    ...uiStreamRoutes(service, origin),
    ...briefingRoutes(service),
    ...originalRoutes(service),
    ...uploadRoutes(service, access, files, audit),
    ...changesRoutes(service),
    ...feedbackRoutes(service, (verdict) => metrics?.feedback(verdict)),
    ...privacyRoutes(kept),
    ...siteRoutes(service),
    ...pageRoutes(service),
    ...widgetRoutes(),
    ...mcpRoutes(mcp?.(seen.pilcrow) ?? null, access, config.limits),
    ...referenceRoutes(service, config.publicUrl, mcp !== null),
    ...signInRoutes(signIn, audit),
    ...healthRoutes(service, warnings, isStopping),
    ...deskRoutes(
      service,
      access,
      desk && { ...desk, provider: signsIn && signIn ? signIn.provider.name : null, publicUrl: config.publicUrl },
      { warnings, uploads: files !== null, kept: { questions: kept.questions?.days ?? null, feedback: kept.feedback?.days ?? null } },
      audit,
    ),
    ...metricsRoutes(metrics),
    ...openapiRoutes(service),
  ]) {
    if (forSites) shared.add(path);
    methods.set(path, [...(methods.get(path) ?? []), method, ...(method === 'GET' ? ['HEAD'] : [])]);
    app.on(method, path, async (call: Call) => {
      const began = performance.now();
      placed(call);
      onRequest(`${call.req.method} ${path} ${requestIdOf(call)}`);
      let response: Response;
      try {
        checkHost(call);
        // Only questions and feedback count against what a site may ask.
        const site = forSites ? access.admit(call, method === 'POST') : null;
        const asker = await who.identify(call, needs, site);
        if (signsIn && (asker.name !== undefined || asker.kind === 'anyone'))
          call.set('account', accountOf(asker.name ?? null, wordsFor(call)));
        // What shows that the service runs is not refused to whoever looks often.
        if (!UNCOUNTED.has(path)) limiter.request(call, asker);
        const read = () => seen.as(asker, () => handle(call, site, asker));
        const work = () => (asking ? asking.run(asker, read) : read());
        response = needs === 'ask' ? await withPlace(call, asker, work) : await work();
      } catch (error) {
        response = toSignIn(call, path, error) ?? fail(call, error);
        if (response.status === 401 || response.status === 403) {
          const { code } = error as { code: string };
          audit?.note({
            event: 'access.refused',
            status: response.status,
            code,
            route: path,
            address: who.addressOf(call),
            request: requestIdOf(call),
          });
        }
      }
      metrics?.request(call.req.method, path, response.status, (performance.now() - began) / 1000);
      log('info', 'request', {
        requestId: requestIdOf(call),
        method: call.req.method,
        path,
        status: response.status,
        milliseconds: Math.round((performance.now() - began) * 10) / 10,
      });
      return response;
    });
  }
  for (const [path, allowed] of methods) {
    const allow = [...new Set([...allowed, 'OPTIONS'])].join(', ');
    app.all(path, (call: Call) =>
      call.req.method === 'OPTIONS'
        ? reply(call, null, 204, { allow, ...(shared.has(path) ? access.preflight(call) : null) })
        : refuse(
            call,
            httpFailure(405, 'method_not_allowed', `${call.req.method} is not possible here.`, {
              hint: `Use ${allow}.`,
              headers: { allow },
            }),
          ),
    );
  }
  app.notFound((call) =>
    refuse(
      call as Call,
      httpFailure(404, 'not_found', 'There is nothing at this address.', { hint: 'GET /openapi.json lists what there is.' }),
    ),
  );
  app.onError((error, call) => fail(call as Call, error));
  return app as unknown as Hono<{ Bindings: Bindings }>;
}
