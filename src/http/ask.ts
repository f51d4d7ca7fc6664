import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { AskRequest, SearchRequest } from '../core/model.ts';
import type { Pilcrow } from '../core/ports.ts';
import { spellDate } from '../core/time/dates.ts';
import { readJson } from './body.ts';
import { callerLeft } from './problem.ts';
import { type Call, json, nodeOf } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { check, requestSchemas } from './schemas.ts';
import { streamAnswer } from './stream.ts';

/** `POST /v1/ask` and `POST /v1/search`. */
export function askRoutes(service: HttpService): Route[] {
  const { pilcrow, limits } = service;
  const schemas = requestSchemas(limits);
  return [
    {
      method: 'POST',
      path: '/v1/ask',
      needs: 'ask',
      public: true,
      handle: async (call) => {
        const request = await parsed<AskRequest>(call, schemas.ask, service);
        if ((call.req.header('accept') ?? '').includes('text/event-stream')) return streamAnswer(call, service, request);
        return json(call, await whilePresent(call, (signal) => pilcrow.ask(request, { signal })));
      },
    },
    {
      method: 'POST',
      path: '/v1/search',
      needs: 'read',
      handle: async (call) => {
        const request = await parsed<SearchRequest>(call, schemas.search, service);
        return json(call, await whilePresent(call, (signal) => pilcrow.search(request, { signal })));
      },
    },
  ];
}

async function parsed<T>(call: Call, schema: Parameters<typeof check<T>>[0], service: HttpService): Promise<T> {
  const body = await readJson(call, service.limits.bodyBytes);
  try {
    return check(schema, body);
  } catch (error) {
    throw await withEditions(error, service.pilcrow);
  }
}

/** Adds the editions there are to a complaint about the one asked for. */
async function withEditions(error: unknown, pilcrow: Pilcrow): Promise<unknown> {
  if (!isPilcrowError(error) || !(error.details as { pointer: string }[] | undefined)?.some((one) => one.pointer === '/edition'))
    return error;
  const reader = await pilcrow.index().catch(() => null);
  const dates = new Set<string>();
  for (const briefing of (await reader?.briefings()) ?? []) if (briefing.edition.date) dates.add(briefing.edition.date);
  const shown = [...dates].sort().reverse().slice(0, 20);
  if (shown.length === 0) return error;
  return pilcrowError('bad_request', error.message, {
    hint: `Editions there are: ${shown.map((date) => (spellDate(date) === date ? date : `${date} (${spellDate(date)})`)).join(', ')}.`,
    details: error.details,
  });
}

/** Does work under a signal that aborts when the caller hangs up before the reply is complete. */
export async function whilePresent<T>(call: Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const outgoing = nodeOf(call).outgoing;
  if (!outgoing) return work(call.req.raw.signal);
  const controller = new AbortController();
  const gone = () => controller.abort();
  outgoing.once('close', gone);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? callerLeft() : error;
  } finally {
    outgoing.off('close', gone);
  }
}
