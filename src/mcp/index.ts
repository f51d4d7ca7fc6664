import type { Limits } from '../config.ts';
import type { Pilcrow } from '../core/ports.ts';

export type McpLog = (level: 'error' | 'warn' | 'info' | 'debug', message: string, details?: Record<string, unknown>) => void;

export interface McpOptions {
  /** What one call may ask for; default: what the settings of the service default to. */
  limits?: Pick<Limits, 'questionCharacters' | 'historyTurns' | 'turnCharacters'>;
  /** Where the pages of the service are reached, without a trailing slash. Over HTTP the default is the address that was called. */
  publicUrl?: string | null;
  /** Told of failures nobody foresaw; the client only learns that there was one. */
  log?: McpLog;
}

/**
 * Serves one HTTP request of an MCP client. It looks neither at `Host` nor at `Origin`: what calls it must (`createApp`
 * does). `parsedBody` is the body when it was read before.
 */
export type McpHandler = (request: Request, options?: { parsedBody?: unknown }) => Promise<Response>;

/**
 * A Pilcrow as a web-standard handler of the Model Context Protocol, for clients of the 2026-07-28 revision and of those
 * before it. Nothing is kept between requests, so any replica can answer. The protocol's package is loaded with the first one.
 */
export function createMcpHandler(pilcrow: Pilcrow, options: McpOptions = {}): McpHandler {
  let loading: Promise<McpHandler> | null = null;
  return async (request, more) => {
    loading ??= import('./server.ts').then(({ httpHandler }) => httpHandler(pilcrow, options));
    return (await loading)(request, more);
  };
}

/** Serves one client on standard input and output. `closed` resolves when the client has left or `close` was called. */
export async function serveMcp(pilcrow: Pilcrow, options: McpOptions = {}): Promise<{ closed: Promise<void>; close(): Promise<void> }> {
  const { serveStdio } = await import('./stdio.ts');
  return serveStdio(pilcrow, options);
}
