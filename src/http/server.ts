import type { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { pilcrowError } from '../core/errors.ts';
import type { Bindings } from './reply.ts';

export interface RunningServer {
  /** Address to open, e.g. `http://127.0.0.1:8787`. */
  url: string;
  port: number;
  /**
   * Ends in order. From now on replies say that the connection closes, so that clients which keep theirs do not send another
   * request into it; after a pause no connection is taken any more; running requests have up to `graceMilliseconds` to
   * end, then they are cut. The pause is left out when nobody is connected.
   */
  close(graceMilliseconds?: number, pauseMilliseconds?: number): Promise<void>;
}

/** How often connections that became idle are closed while the service ends. */
const SWEEP_MILLISECONDS = 50;

/** Listens. `bodySeconds`: how long a request may take to arrive. Rejects with `unavailable` when the port is taken or may not be used, with what to do. */
export async function listen(
  app: Hono<{ Bindings: Bindings }>,
  { host, port, connections, bodySeconds = 60 }: { host: string; port: number; connections?: number; bodySeconds?: number },
): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  let closing = false;
  server.prependListener('request', (_request, response) => {
    if (closing) response.setHeader('connection', 'close');
  });
  // A body of 64 kB takes less than a second even on a slow line; whoever needs a minute is holding the connection.
  server.requestTimeout = bodySeconds * 1000;
  server.headersTimeout = 15_000;
  if (connections !== undefined) server.maxConnections = connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${/^(?:0\.0\.0\.0|\[::\])$/.test(shown) ? 'localhost' : shown}:${address.port}`,
    port: address.port,
    close: async (graceMilliseconds = 5000, pauseMilliseconds = 0) => {
      closing = true;
      const connected = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0)));
      if (connected > 0) await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      // What has connected by now is taken before the door closes.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise<void>((resolve) => {
        // Connections that were busy become idle one by one; without this they would wait for their keep-alive to end. One
        // that has just been made looks idle until its request is read, so the first look comes a moment later.
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
        const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
        // Not the close of the HTTP server, which begins by closing what looks idle.
        NetServer.prototype.close.call(server, () => {
          clearInterval(sweep);
          clearTimeout(cut);
          resolve();
        });
      });
    },
  };
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const options = { retryable: true, cause: error };
  if (error.code === 'EADDRINUSE') {
    return pilcrowError('unavailable', `Port ${port} on ${host} is already in use.`, {
      ...options,
      hint: `Stop what uses it, or choose another port: --port ${port === 65535 ? 8788 : port + 1}, or PILCROW_PORT in .env.`,
    });
  }
  if (error.code === 'EACCES') {
    return pilcrowError('unavailable', `Port ${port} may not be used by this account.`, {
      ...options,
      hint: 'Choose a port from 1024 up: --port 8787.',
    });
  }
  return pilcrowError('unavailable', `Could not listen on ${host}:${port}: ${error.message}.`, {
    ...options,
    hint: 'Check PILCROW_HOST: 127.0.0.1 for this machine only, 0.0.0.0 for the network.',
  });
}
