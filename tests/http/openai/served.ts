import OpenAI from 'openai';
import { afterAll } from 'vitest';
import type { AppOptions } from '../../../src/http/app.ts';
import { listen, type RunningServer } from '../../../src/http/server.ts';
import type { TinyOptions } from '../../fixtures/tiny.ts';
import { tinyApp } from '../helper.ts';

const running: RunningServer[] = [];
afterAll(async () => {
  for (const server of running) await server.close(100);
});

/** The tiny Pilcrow on a port of its own, and OpenAI's client for it. */
export async function served(options: TinyOptions = {}, more: Partial<AppOptions> = {}) {
  const made = tinyApp(options, more);
  const server = await listen(made.app, { host: '127.0.0.1', port: 0 });
  running.push(server);
  const client = new OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1`, maxRetries: 0, timeout: 5000 });
  return { ...made, url: server.url, client };
}

/** The stretch of a text an annotation covers; indices count code points. */
export const covered = (text: string, { start_index, end_index }: { start_index: number; end_index: number }): string =>
  [...text].slice(start_index, end_index).join('');
