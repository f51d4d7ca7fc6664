import { isPilcrowError } from '../core/errors.ts';
import type { McpHandler } from '../core/ports.ts';
import type { Admission } from './access.ts';
import { readJson } from './body.ts';
import { type Call, nodeOf, reply } from './reply.ts';
import type { Route } from './routes.ts';

/** Headers an MCP client may send besides those every script may. */
const HEADERS = 'content-type, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id, x-request-id';

/** Older clients may send several messages at once; the newer protocol has no batches. One body is not to hold hundreds of questions. */
const MOST_IN_A_BATCH = 10;

/**
 * `POST /mcp`. Programs may call it, and pages that run on this machine; pages of any other origin get 403, with a site token
 * too: a token opens asking and feedback, nothing else. Sessions do not exist, so GET and DELETE are 405.
 */
export function mcpRoutes(mcp: McpHandler | null, access: Admission, limits: { bodyBytes: number }): Route[] {
  if (!mcp) return [];
  return [
    {
      method: 'POST',
      path: '/mcp',
      needs: 'ask',
      handle: async (call) => {
        access.admitProgram(call);
        let parsedBody: unknown;
        try {
          parsedBody = await readJson(call, limits.bodyBytes);
        } catch (error) {
          if (isPilcrowError(error) && error.code === 'bad_request') return send(call, refused(-32700, `Parse error: ${error.message}`));
          throw error;
        }
        if (Array.isArray(parsedBody) && parsedBody.length > MOST_IN_A_BATCH)
          return send(call, refused(-32600, `A batch may hold at most ${MOST_IN_A_BATCH} messages.`));
        // The body is read; what is handed on is the request without it, and aborts when the caller hangs up.
        const gone = new AbortController();
        nodeOf(call).outgoing?.once('close', () => gone.abort());
        const headers = new Headers(call.req.raw.headers);
        const accept = headers.get('accept') ?? '';
        // The protocol wants both; a client that names one of them, or neither, is understood as well.
        headers.set('accept', BOTH);
        const request = new Request(call.req.url, { method: 'POST', headers, signal: gone.signal });
        const response = await mcp(request, { parsedBody });
        return send(call, accept.includes('text/event-stream') || !isStream(response) ? response : await asJson(response));
      },
    },
    {
      method: 'OPTIONS',
      path: '/mcp',
      needs: 'nothing',
      handle: (call) => reply(call, null, 204, { allow: 'POST, OPTIONS', ...access.preflightProgram(call, HEADERS) }),
    },
  ];
}

const BOTH = 'application/json, text/event-stream';
const isStream = (response: Response): boolean => (response.headers.get('content-type') ?? '').startsWith('text/event-stream');

/** A stream as the reply it ends with: one message, or a list where several were answered; what was said on the way is left out. */
async function asJson(response: Response): Promise<Response> {
  const messages = (await response.text()).split(/\r?\n\r?\n/).flatMap((event): { id?: unknown; method?: unknown }[] => {
    const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
    return data.length === 0 ? [] : [JSON.parse(data.map((line) => line.slice(5)).join('\n'))];
  });
  const replies = messages.filter((message) => message.method === undefined);
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(replies.length === 1 ? replies[0] : replies), { status: response.status, headers });
}

/** What the protocol says about a body it does not take. */
function refused(code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status: 400 });
}

/** The handler's reply with the headers every reply of the service carries. */
function send(call: Call, response: Response): Response {
  return reply(call, response.body, response.status, {
    ...Object.fromEntries(response.headers),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
}
