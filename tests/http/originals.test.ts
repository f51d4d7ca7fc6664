import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createOriginals } from '../../src/adapters/originals.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Briefing } from '../../src/core/model.ts';
import { createApp } from '../../src/http/app.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from './helper.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-originals-'));
const folder = join(root, 'corpus');
mkdirSync(join(folder, 'deep'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));
const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));

/** The app over a briefing that says it was read from a file. */
function appOf(source: string, sum = sha256(bytes)) {
  const tiny = createTiny();
  const reader = async () => {
    const real = await tiny.index();
    const told = (one: Briefing): Briefing => (one.id === 'harbours-2026' ? { ...one, source, sha256: sum } : one);
    return {
      ...real,
      briefing: async (id: string) => {
        const found = await real.briefing(id);
        return found && told(found);
      },
      briefings: async () => (await real.briefings()).map(told),
    };
  };
  const app = createApp({
    pilcrow: { ...tiny, index: reader },
    config: { host: '127.0.0.1', publicUrl: null, limits },
    originals: createOriginals(folder),
  });
  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    app.request('/v1/briefings/harbours-2026/original', { method, headers });
  return { app, get };
}
const content = async (response: Response) => Buffer.from(await response.arrayBuffer());

beforeEach(() => {
  writeFileSync(join(folder, 'deep', 'Häfen (2026).pdf'), bytes);
});

describe('the file a briefing was read from', () => {
  it('is handed out as it is, to be saved', async () => {
    const { get } = appOf('deep/Häfen (2026).pdf');
    const response = await get();
    expect(response.status).toBe(200);
    expect((await content(response)).equals(bytes)).toBe(true);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''H%C3%A4fen%20%282026%29.pdf");
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('etag')).toBe(`"${sha256(bytes)}"`);
    expect((await get({ 'if-none-match': `"${sha256(bytes)}"` })).status).toBe(304);
    const head = await get({}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await content(head)).length]).toEqual([200, '200000', 0]);
  });

  it.each([
    ['bytes=0-99', 206, 0, 100],
    ['bytes=199990-', 206, 199_990, 200_000],
    ['bytes=-10', 206, 199_990, 200_000],
    ['bytes=65000-140000', 206, 65_000, 140_001],
    ['bytes=199999-999999999', 206, 199_999, 200_000],
    ['bytes=0-1,5-6', 200, 0, 200_000],
    ['bytes=9-3', 200, 0, 200_000],
    ['lines=1-2', 200, 0, 200_000],
  ])('a part of it: %s', async (range, status, start, end) => {
    const response = await appOf('deep/Häfen (2026).pdf').get({ range });
    expect(response.status).toBe(status);
    expect((await content(response)).equals(bytes.subarray(start, end))).toBe(true);
    expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${start}-${end - 1}/200000` : null);
  });

  it('a part that is not there, and a part of another version', async () => {
    const { get } = appOf('deep/Häfen (2026).pdf');
    const beyond = await get({ range: 'bytes=200000-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */200000']);
    expect((await content(await get({ range: 'bytes=0-9', 'if-range': '"other"' }))).length).toBe(200_000);
    expect((await content(await get({ range: 'bytes=0-9', 'if-range': `"${sha256(bytes)}"` }))).length).toBe(10);
  });

  it('is not handed out when it is another one by now, gone, or outside the folder', async () => {
    writeFileSync(join(root, 'outside.pdf'), bytes);
    symlinkSync(join(root, 'outside.pdf'), join(folder, 'link.pdf'));
    for (const source of ['gone.pdf', '../outside.pdf', 'link.pdf', 'deep', join(root, 'outside.pdf'), '']) {
      const response = await appOf(source).get();
      expect([source, response.status]).toEqual([source, 404]);
    }
    const { get } = appOf('deep/Häfen (2026).pdf');
    expect((await content(await get())).equals(bytes)).toBe(true);
    writeFileSync(join(folder, 'deep', 'Häfen (2026).pdf'), 'another one');
    expect((await get()).status).toBe(404);
  });

  it('is linked from its page, and only PDFs load what shows their pages', async () => {
    const page = async (source: string) =>
      await appOf(source).app.request('/briefings/harbours-2026', { headers: { accept: 'text/html' } });
    const pdf = await page('a.pdf');
    expect(pdf.headers.get('content-security-policy')).toContain('trusted-types pilcrow-pdf;');
    expect(await pdf.text()).toContain('/assets/printed.js');
    const word = await page('a.docx');
    expect(word.headers.get('content-security-policy')).toContain('trusted-types lit-html;');
    const html = await word.text();
    expect(html).not.toContain('printed.js');
    expect(html).toContain('<a href="/v1/briefings/harbours-2026/original" download="a.docx">a.docx</a>');
  });
});
