import type { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { pilcrowError } from '../core/errors.ts';
import { type Bindings, nodeOf } from './reply.ts';

/** How long the body of a request may take, seconds, its head, milliseconds, and what is being answered when the service stops, milliseconds. */
const BODY_SECONDS = 60;
const HEADERS_MILLISECONDS = 15_000;
const GRACE_MILLISECONDS = 5000;

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
const SWEEP_MILLISECONDS = 100;
/** How long nobody is to have connected before the door closes, and how long that is waited for. */
const QUIET_MILLISECONDS = 50;
const MOST_MILLISECONDS = 2000;

/** Listens. `bodySeconds`: how long a request may take to arrive. Rejects with `unavailable` when the port is taken or may not be used, with what to do. */
export async function listen(
  app: Hono<{ Bindings: Bindings }>,
  { host, port, connections, bodySeconds = BODY_SECONDS }: { host: string; port: number; connections?: number; bodySeconds?: number },
): Promise<RunningServer> {
  let closing = false;
  /** While it is set, requests wait for it before they are looked at. */
  let held: Promise<void> | null = null;
  const fetch = async (request: Request, env: Bindings): Promise<Response> => {
    if (held) await held;
    const response = await app.fetch(request, env);
    // Said as late as can be: who asked before may be answered after.
    const { outgoing } = nodeOf({ env });
    if (closing && !outgoing?.headersSent) outgoing?.setHeader('connection', 'close');
    return response;
  };
  const server = createAdaptorServer({ fetch: fetch as typeof app.fetch }) as Server;
  /** When somebody connected or was given a reply. */
  let lastSeen = performance.now();
  const seen = () => {
    lastSeen = performance.now();
  };
  server.on('connection', seen);
  server.on('request', (_request, response) => response.once('close', seen));
  // A body of 64 kB takes less than a second even on a slow line; whoever needs a minute is holding the connection.
  server.requestTimeout = bodySeconds * 1000;
  server.headersTimeout = HEADERS_MILLISECONDS;
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
    close: async (graceMilliseconds = GRACE_MILLISECONDS, pauseMilliseconds = 0) => {
      closing = true;
      const connected = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0)));
      if (connected > 0) await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
      // Whoever asks again and again waits with the next request until the door is closed, and is not on the doorstep when it is.
      let release: () => void = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      await quietMoment(() => lastSeen);
      await new Promise<void>((resolve) => {
        // Not the close of the HTTP server, which begins by closing what looks idle: so does what has just connected.
        NetServer.prototype.close.call(server, () => resolve());
        release();
        // Busy connections end with their reply, which says so. Those that wait for nothing are closed.
        const sweep = setInterval(async () => {
          await turns(2);
          server.closeIdleConnections();
        }, SWEEP_MILLISECONDS);
        server.once('close', () => clearInterval(sweep));
      });
      clearTimeout(cut);
    },
  };
}

/** Turns of the event loop: after one what connected is taken, after two what it sent is read. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Resolves when for a moment nobody has connected and nobody was given a reply, after which they might: closing the door cuts off
 * whoever has connected and was not taken yet.
 */
async function quietMoment(lastSeen: () => number): Promise<void> {
  const began = performance.now();
  do {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS / 5));
    await turns(1);
  } while (performance.now() - lastSeen() < QUIET_MILLISECONDS && performance.now() - began < MOST_MILLISECONDS);
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
