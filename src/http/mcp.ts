import { isPilcrowError } from '../core/errors.ts';
import type { Access } from './access.ts';
import { readJson } from './body.ts';
import { type Call, reply } from './reply.ts';
import type { Route } from './routes.ts';

/** Answers one request of the Model Context Protocol; `parsedBody` is its body. */
export type McpHandler = (request: Request, options?: { parsedBody?: unknown }) => Promise<Response>;

/** Headers an MCP client may send besides those every script may. */
const HEADERS = 'content-type, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id, x-request-id';

/** Older clients may send several messages at once; the newer protocol has no batches. One body is not to hold hundreds of questions. */
const MOST_IN_A_BATCH = 10;

/**
 * `POST /mcp`. Programs may call it, and pages that run on this machine; pages of any other origin get 403, with a site token
 * too: a token opens asking and feedback, nothing else. Sessions do not exist, so GET and DELETE are 405.
 */
export function mcpRoutes(mcp: McpHandler | null, access: Access, limits: { bodyBytes: number }): Route[] {
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
        call.env?.outgoing?.once('close', () => gone.abort());
        const request = new Request(call.req.url, { method: 'POST', headers: call.req.raw.headers, signal: gone.signal });
        return send(call, await mcp(request, { parsedBody }));
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
