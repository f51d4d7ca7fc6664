import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, AskEvent } from '../../src/core/model.ts';
import type { Pilcrow } from '../../src/core/ports.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { createTiny, type TinyBriefing, type TinyOptions } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';

/** The real HTTP service over a small Pilcrow, on a port of its own. */
export async function serve(options: TinyOptions & { briefings?: TinyBriefing[]; pilcrow?: Pilcrow } = {}, more: Partial<AppOptions> = {}) {
  const pilcrow = options.pilcrow ?? createTiny(options.briefings, options);
  const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits }, ...more });
  const server: RunningServer = await listen(app, { host: '127.0.0.1', port: 0 });
  return { pilcrow: pilcrow as ReturnType<typeof createTiny>, server, url: server.url };
}

/** A page of some other site. */
export async function servePage(html: string | (() => string), headers: Record<string, string> = {}, files: Record<string, string> = {}) {
  const server: Server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file !== undefined)
      response.writeHead(200, { 'content-type': request.url?.endsWith('.css') ? 'text/css' : 'text/javascript' }).end(file);
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(typeof html === 'string' ? html : html());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page around some markup; it has a title, a language and a heading, as pages should. */
export const pageOf = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Some site</title>${head}</head><body><main><h1>Some site</h1><p>Text of the page.</p></main>${body}</body></html>`;

/** A Pilcrow that says one sentence, then waits to be let on: what an answer looks like on the way. */
export function createGated() {
  const tiny = createTiny();
  const gates: (() => void)[] = [];
  const pilcrow: Pilcrow = {
    ...tiny,
    ask: async (request, { signal, onEvent } = {}) => {
      let whole: Answer | null = null;
      const events: AskEvent[] = [];
      whole = await tiny.ask(request, { onEvent: (event) => events.push(event) });
      const [citation] = whole.citations;
      const second = { text: 'Two of them freeze in winter.', citations: [1], verdict: 'checked' as const, highlight: null, under: null };
      const answer: Answer = {
        ...whole,
        status: 'partial',
        sentences: [...whole.sentences, second],
        withheld: [{ text: 'A claim.', reason: 'The figure 12 is not in the paragraph.' }],
      };
      for (const event of events) if (event.type === 'passages' || event.type === 'sentence') onEvent?.(event);
      await new Promise<void>((resolve, reject) => {
        gates.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
      onEvent?.({ type: 'sentence', sentence: second, citations: citation ? [citation] : [] });
      onEvent?.({ type: 'withheld', withheld: answer.withheld[0]! });
      for (const event of events) if (event.type === 'note') onEvent?.(event);
      return answer;
    },
  };
  const release = () => {
    for (const open of gates.splice(0)) open();
  };
  return { pilcrow, release };
}
