import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio';
import type { Pilcrow } from '../core/ports.ts';
import type { McpOptions } from './options.ts';
import { serverFactory } from './server.ts';

/** One client on standard input and output; see `serveMcp`. */
export function serveStdio(pilcrow: Pilcrow, options: McpOptions): { closed: Promise<void>; close(): Promise<void> } {
  const factory = serverFactory(pilcrow, options);
  const transport = new StdioServerTransport();
  const connection = serve(() => factory({}), { transport, onerror: (error) => options.log?.('warn', 'MCP', { error }) });
  const closed = new Promise<void>((resolve) => {
    const ended = transport.onclose;
    transport.onclose = () => {
      ended?.();
      resolve();
    };
  });
  return { closed, close: () => connection.close() };
}
