import type { McpHandler, Pilcrow } from '../core/ports.ts';
import type { McpOptions } from './options.ts';

export type { McpOptions } from './options.ts';

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
