import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Pilcrow } from '../../src/core/ports.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { createMcpHandler } from '../../src/mcp/index.ts';
import type { McpOptions } from '../../src/mcp/options.ts';
import { closeAfterFile } from '../fixtures/closing.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';

export interface ToolResult {
  content: { type: string; text: string }[];
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into it
  structuredContent?: any;
  isError?: boolean;
}

/** What both generations of the official client have in common. */
export interface AnyClient {
  listTools(): Promise<{
    tools: { name: string; description?: string; inputSchema: object; outputSchema?: object; annotations?: object }[];
  }>;
  callTool(call: { name: string; arguments?: Record<string, unknown> }, ...more: unknown[]): Promise<ToolResult>;
  listResources(): Promise<{ resources: { uri: string; name: string; title?: string; description?: string; mimeType?: string }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  readResource(request: { uri: string }): Promise<{ contents: { uri: string; mimeType?: string; text: string }[] }>;
  complete(request: object): Promise<{ completion: { values: string[] } }>;
  getInstructions(): string | undefined;
  close(): Promise<void>;
}

export const GENERATIONS = ['2026-07-28', 'the handshake before'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** A client that speaks only its generation of the protocol, over a transport of the same package. */
export async function connect(generation: Generation, transports: { newer(): unknown; older(): unknown }): Promise<AnyClient> {
  const about = { name: 'a test', version: '1' };
  const client =
    generation === '2026-07-28' ? new Client(about, { versionNegotiation: { mode: { pin: '2026-07-28' } } }) : new OlderClient(about);
  await (client as OlderClient).connect((generation === '2026-07-28' ? transports.newer() : transports.older()) as OlderTransport);
  closeAfterFile(() => client.close());
  return client as unknown as AnyClient;
}

export const connectHttp = (generation: Generation, url: string): Promise<AnyClient> =>
  connect(generation, {
    newer: () => new StreamableHTTPClientTransport(new URL('/mcp', url)),
    older: () => new OlderTransport(new URL('/mcp', url)),
  });

/** The real service with MCP, on a port of its own. */
export async function serve(pilcrow: Pilcrow = createTiny(), more: Partial<AppOptions> = {}, options: McpOptions = {}) {
  const mcp = (seen: Pilcrow) => createMcpHandler(seen, { limits, ...options });
  const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits }, mcp, ...more });
  const server: RunningServer = await listen(app, { host: '127.0.0.1', port: 0 });
  closeAfterFile(() => server.close(0));
  return { url: server.url, server };
}
