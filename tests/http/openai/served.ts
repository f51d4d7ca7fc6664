import OpenAI from 'openai';
import type { AppOptions } from '../../../src/http/app.ts';
import { listen } from '../../../src/http/server.ts';
import { closeAfterFile } from '../../fixtures/closing.ts';
import type { TinyOptions } from '../../fixtures/tiny.ts';
import { tinyApp } from '../helper.ts';

/** The tiny Pilcrow on a port of its own, and OpenAI's client for it. */
export async function served(options: TinyOptions = {}, more: Partial<AppOptions> = {}) {
  const made = tinyApp(options, more);
  const server = await listen(made.app, { host: '127.0.0.1', port: 0 });
  closeAfterFile(() => server.close(100));
  const client = new OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1`, maxRetries: 0, timeout: 5000 });
  return { ...made, url: server.url, client };
}

/** The stretch of a text an annotation covers; indices count code points. */
export const covered = (text: string, { start_index, end_index }: { start_index: number; end_index: number }): string =>
  [...text].slice(start_index, end_index).join('');
