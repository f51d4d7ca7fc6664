import { describe, expect, it } from 'vitest';
import type { Pilcrow } from '../../src/core/ports.ts';
import { createMcpHandler } from '../../src/mcp/index.ts';
import { limits, readEvents, tinyApp } from './helper.ts';

const publicUrl = 'https://intranet.example.org/pilcrow';
const mcp = (pilcrow: Pilcrow) => createMcpHandler(pilcrow, { publicUrl });
const { call } = tinyApp({}, { config: { host: '127.0.0.1', publicUrl, limits }, mcp });
const question = { question: 'How many harbours does the coast have?' };
/** Addresses of a page: what it links to, loads and sends forms to. */
const addresses = (html: string) => [...html.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map((match) => match[1] as string);

describe('below a path of a host', () => {
  it.each(['/', '/briefings/harbours-2026', '/series/harbours/changes', '/embed', '/reference', '/nowhere'])(
    'the page %s links, loads and sends forms below it',
    async (path) => {
      const html = await (await call('GET', path, undefined, { accept: 'text/html' })).text();
      const rooted = addresses(html).filter((address) => address.startsWith('/'));
      expect(rooted.length).toBeGreaterThan(0);
      expect(rooted.filter((address) => !address.startsWith('/pilcrow/'))).toEqual([]);
      expect(rooted.filter((address) => address.startsWith('/pilcrow/pilcrow'))).toEqual([]);
    },
  );

  it('every address of a page leads somewhere, whether the proxy hands the path on whole or without it', async () => {
    for (const page of ['/', '/briefings/harbours-2026', '/series/harbours/changes']) {
      const html = await (await call('GET', page)).text();
      for (const address of new Set(addresses(html).filter((one) => one.startsWith('/pilcrow/')))) {
        const path = address.replaceAll('&amp;', '&').split('#')[0] as string;
        for (const asked of [path, path.slice('/pilcrow'.length)]) {
          // The built files are not there where only the source is tested.
          if (/\/(?:assets|widget)/.test(asked)) continue;
          expect([asked, (await call('GET', asked)).status]).toEqual([asked, 200]);
        }
      }
    }
    expect((await call('GET', '/pilcrow')).status).toBe(200);
    expect((await call('POST', '/pilcrow/v1/ask', question)).status).toBe(200);
    expect((await call('GET', '/pilcrowish/v1/briefings')).status).toBe(404);
  });

  it('citations carry it in every reply', async () => {
    const answer = await (await call('POST', '/v1/ask', question)).json();
    expect(answer.citations[0].url).toMatch(/^\/pilcrow\/briefings\/harbours-2026#p\d+$/);
    const events = readEvents(await (await call('POST', '/v1/ask', question, { accept: 'text/event-stream' })).text());
    expect(JSON.stringify(events)).not.toMatch(/"url":"\/(?!pilcrow\/briefings)/);
    const { passages } = await (await call('POST', '/v1/search', { query: 'harbours' })).json();
    expect(passages[0].url).toMatch(/^\/pilcrow\/briefings\//);
    const changes = await (await call('GET', '/v1/series/harbours/changes')).json();
    expect(changes.to.url).toMatch(/^\/pilcrow\/briefings\//);
    const chat = await (
      await call('POST', '/v1/chat/completions', { model: 'pilcrow', messages: [{ role: 'user', content: question.question }] })
    ).text();
    expect(chat).toContain('https://intranet.example.org/pilcrow/briefings/harbours-2026');
    expect(chat).not.toContain('pilcrow/pilcrow/');
    const tool = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ask', arguments: question } };
    const told = await (await call('POST', '/mcp', tool, { accept: 'application/json' })).text();
    expect(told).toContain('https://intranet.example.org/pilcrow/briefings/harbours-2026');
  });

  it('its pages may ask, those of other hosts may not', async () => {
    const headers = { host: 'intranet.example.org' };
    expect((await call('POST', '/v1/ask', question, { ...headers, origin: 'https://intranet.example.org' })).status).toBe(200);
    expect((await call('POST', '/v1/ask', question, { ...headers, origin: 'https://other.example.org' })).status).toBe(403);
  });

  it('nothing changes without one', async () => {
    const plain = tinyApp();
    const answer = await (await plain.call('POST', '/v1/ask', question)).json();
    expect(answer.citations[0].url).toMatch(/^\/briefings\//);
    expect(await (await plain.call('GET', '/')).text()).toContain(' href="/assets/style.css"');
  });
});
