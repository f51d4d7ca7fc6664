import type { ApiKeys, Asker, Audit } from '../../core/access.ts';
import type { Desk } from '../../core/desk.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { Admission } from '../access.ts';
import { readForm, readJson } from '../body.ts';
import { httpFailure } from '../problem.ts';
import { type Call, json, page, reply, requestIdOf } from '../reply.ts';
import type { HttpService, Route } from '../routes.ts';
import { check } from '../schemas.ts';
import { isForeign } from '../sessions.ts';
import { frame, streamed } from '../stream.ts';
import { wordsFor } from '../words/words.ts';
import { deskPage, signInPage } from './page.ts';
import { deskRequests } from './schemas.ts';
import type { DeskSessions } from './session.ts';

export interface DeskOptions {
  desk: Desk;
  sessions: DeskSessions;
  keys: ApiKeys;
  /** Whether people may sign in with a provider, who then come back to the desk. */
  provider: string | null;
  publicUrl: string | null;
}

/** Bodies of the desk: a few thousand keys of questions. */
const BODY_BYTES = 1_000_000;
/** The report is a page by itself, with an own script and style: it is shown where it reaches nothing. */
const REPORT_POLICY =
  "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * The desk of whoever looks after the briefings: `/desk`, and what its page calls below `/v1/desk`, which programs with an admin key call
 * as well. A browser brings the key once, by a form.
 */
export function deskRoutes(
  service: HttpService,
  access: Admission,
  options: DeskOptions | null,
  state: { warnings: readonly string[]; uploads: boolean; kept: { questions: number | null; feedback: number | null } },
  audit: Audit | null,
): Route[] {
  const { pilcrow, site } = service;
  const opened = (): DeskOptions => {
    if (options) return options;
    throw httpFailure(403, 'desk_off', 'This service has no desk.', { hint: 'Start it with `pilcrow serve`.' });
  };
  /** A page of another origin changes nothing, whatever its browser sends along. */
  const changing = (call: Call): Desk => {
    access.admitProgram(call);
    return opened().desk;
  };
  const by = (asker: Asker): string => `${asker.kind} ${asker.id}`;
  const away = (call: Call, to: string, cookie: string): Response => {
    const language = call.get('language');
    const location = `${call.get('base') ?? ''}${to}${language === undefined ? '' : `?lang=${language}`}`;
    const response = reply(call, null, 303, { location, 'cache-control': 'no-store' });
    response.headers.append('set-cookie', cookie);
    return response;
  };
  const done = (call: Call) => json(call, { done: true });

  return [
    {
      method: 'GET',
      path: '/desk',
      needs: 'admin',
      handle: (call) => {
        opened();
        return page(call, deskPage(site, wordsFor(call)), 200, { 'cache-control': 'no-store' });
      },
    },
    {
      method: 'GET',
      path: '/desk/sign-in',
      needs: 'nothing',
      handle: (call) => page(call, signInPage(site, opened().provider, false, wordsFor(call)), 200, { 'cache-control': 'no-store' }),
    },
    {
      method: 'POST',
      path: '/desk/sign-in',
      needs: 'nothing',
      handle: async (call) => {
        const { keys, sessions, provider, publicUrl } = opened();
        if (isForeign(call, publicUrl)) throw httpFailure(403, 'origin_refused', 'This form belongs to another site.');
        const given = (await readForm(call, 10_000)).get('key')?.trim() ?? '';
        const key = keys.find(given);
        if (key?.scope !== 'admin')
          return page(call, signInPage(site, provider, true, wordsFor(call)), 401, { 'cache-control': 'no-store' });
        audit?.note({ event: 'desk.opened', key: key.id, request: requestIdOf(call) });
        return away(call, '/desk', await sessions.begin(key));
      },
    },
    {
      method: 'POST',
      path: '/desk/sign-out',
      needs: 'nothing',
      handle: async (call) => {
        const { sessions } = opened();
        const { cookie, key } = await sessions.end(call);
        if (key) audit?.note({ event: 'desk.closed', key: key.id, request: requestIdOf(call) });
        return away(call, '/desk/sign-in', cookie);
      },
    },
    {
      method: 'GET',
      path: '/desk/evaluation',
      needs: 'admin',
      handle: async (call) => {
        const report = await opened().desk.report();
        if (report === null) throw pilcrowError('not_found', 'The evaluation has not been run yet.', { hint: 'Run it at the desk.' });
        return reply(call, report, 200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': REPORT_POLICY,
          'x-frame-options': 'DENY',
          'cache-control': 'no-store',
        });
      },
    },
    {
      method: 'GET',
      path: '/v1/desk',
      needs: 'admin',
      handle: async (call) => {
        const { desk } = opened();
        const reader = await pilcrow.index().catch(() => null);
        const briefings = (await reader?.briefings()) ?? [];
        return json(call, {
          name: site.name,
          snapshot: reader && { id: reader.info.id, created: reader.info.created },
          briefings: briefings.map(({ id, title, source, series, edition, newest, paragraphs, sha256, access: groups }) => ({
            ...{ id, title, source, series, edition, newest, paragraphs, sha256 },
            ...(groups === undefined ? {} : { access: groups }),
          })),
          editionsSet: await desk.editionsSet(),
          lastIngest: await desk.lastIngest(),
          warnings: [...state.warnings, ...(pilcrow.warnings?.() ?? [])],
          uploads: state.uploads,
          cases: desk.casesFile,
          kept: state.kept,
        });
      },
    },
    {
      method: 'POST',
      path: '/v1/desk/ingest',
      needs: 'admin',
      handle: (call) => {
        const desk = changing(call);
        const told = async (onProgress?: (progress: object) => void) => {
          const { editions: _, newEditions: __, ...outcome } = await desk.ingest(onProgress);
          if (!outcome.unchanged) {
            const { snapshot, briefings, added, changed, removed, renamed } = outcome;
            audit?.note({ event: 'ingest.published', snapshot, briefings, added, changed, removed, renamed });
          }
          return outcome;
        };
        if (!(call.req.header('accept') ?? '').includes('text/event-stream')) return told().then((outcome) => json(call, outcome));
        return streamed(call, service, {
          work: async (write) => write(frame(await told((progress) => write(frame(progress, 'progress'))), 'published')),
          failed: (write, problem) => write(frame(problem, 'error')),
        });
      },
    },
    {
      method: 'PUT',
      path: '/v1/desk/editions',
      needs: 'admin',
      handle: async (call, _site, asker) => {
        const desk = changing(call);
        const { source, edition, series } = check(deskRequests.DeskEdition, await readJson(call, BODY_BYTES));
        const set = { ...(edition === undefined ? {} : { edition }), ...(series === undefined ? {} : { series }) };
        // Withdrawn first, so that what is left out now does not stay from before.
        await desk.setEdition(source, null);
        if (Object.keys(set).length > 0) await desk.setEdition(source, set);
        const request = requestIdOf(call);
        audit?.note({ event: 'edition.set', file: source, edition: edition ?? null, series: series ?? null, by: by(asker), request });
        return done(call);
      },
    },
    {
      method: 'GET',
      path: '/v1/desk/questions',
      needs: 'admin',
      handle: async (call) => {
        const found = await opened().desk.unanswered();
        return json(call, { kept: found !== null, asked: found?.asked ?? 0, groups: found?.groups ?? [] });
      },
    },
    {
      method: 'GET',
      path: '/v1/desk/opinions',
      needs: 'admin',
      handle: async (call) => json(call, { groups: await opened().desk.opinions() }),
    },
    {
      method: 'POST',
      path: '/v1/desk/settled',
      needs: 'admin',
      handle: async (call) => {
        const desk = changing(call);
        const { keys, settled } = check(deskRequests.DeskSettle, await readJson(call, BODY_BYTES));
        await desk.settle(keys, settled);
        return done(call);
      },
    },
    {
      method: 'POST',
      path: '/v1/desk/cases',
      needs: 'admin',
      handle: async (call) => {
        const desk = changing(call);
        const { opinions = [], questions = [], keep = false } = check(deskRequests.DeskCases, await readJson(call, BODY_BYTES));
        return json(call, await desk.cases({ opinions, questions }, keep), keep ? 201 : 200);
      },
    },
    {
      method: 'GET',
      path: '/v1/desk/evaluation',
      needs: 'admin',
      handle: async (call) => json(call, await opened().desk.evaluation()),
    },
    {
      method: 'POST',
      path: '/v1/desk/evaluation',
      needs: 'admin',
      handle: async (call) => {
        const desk = changing(call);
        await desk.evaluate();
        return json(call, await desk.evaluation(), 202);
      },
    },
  ];
}
