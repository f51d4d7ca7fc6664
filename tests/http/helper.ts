import type { Limits } from '../../src/config.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { createTiny, type TinyOptions } from '../fixtures/tiny.ts';

export const limits: Limits = { questionCharacters: 2000, historyTurns: 50, turnCharacters: 4000, bodyBytes: 65_536 };

/** The app over the tiny Pilcrow; `call` sends one request, JSON when a body is given. */
export function tinyApp(options: TinyOptions = {}, more: Partial<AppOptions> = {}) {
  const pilcrow = createTiny(undefined, options);
  const logged: { level: string; message: string; details?: Record<string, unknown> }[] = [];
  const app = createApp({
    pilcrow,
    config: { host: '127.0.0.1', publicUrl: null, limits },
    log: (level, message, details) => logged.push({ level, message, details }),
    ...more,
  });
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { app, call, pilcrow, logged };
}

export interface ServerEvent {
  event: string;
  data: unknown;
}

/** The events of a stream, as the specification of server-sent events reads them. */
export function readEvents(text: string): ServerEvent[] {
  return text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith(':')))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({
      event: lines.find((line) => line.startsWith('event: '))!.slice(7),
      data: JSON.parse(
        lines
          .filter((line) => line.startsWith('data: '))
          .map((line) => line.slice(6))
          .join('\n'),
      ),
    }));
}
