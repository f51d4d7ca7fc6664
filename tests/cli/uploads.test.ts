import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replySchemas } from '../../src/http/schemas.ts';
import { docx, p, pdf } from '../fixtures/documents/make.ts';
import { eventually } from '../fixtures/held.ts';
import { readEvents } from '../http/helper.ts';
import { run, start } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-uploads-'));
const corpus = join(folder, 'corpus');
const env = { PILCROW_UPLOAD_MEGABYTES: '1' };
let url = '';
let key = '';
let server: ReturnType<typeof start>;

const serve = async (more: Record<string, string>) => {
  const started = start(['serve', '--port', '0', '--json'], { cwd: folder, env: { ...env, ...more } });
  return { started, url: (JSON.parse((await started.printed(/^\{[\s\S]*\n\}/))[0]) as { url: string }).url };
};
const makeKey = async (scope: string) =>
  JSON.parse((await run(['key', 'create', '--name', scope, '--scope', scope, '--json'], { cwd: folder })).stdout).key as string;
const send = (method: string, name: string, body: RequestInit['body'] | null, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/briefings/${encodeURIComponent(name)}`, { method, body, headers: { authorization: `Bearer ${key}`, ...headers } });
const put = (name: string, body: RequestInit['body'], headers?: Record<string, string>) => send('PUT', name, body, headers);
const remove = (name: string, headers?: Record<string, string>) => send('DELETE', name, null, headers);
const ask = async (question: string) =>
  (
    await fetch(`${url}/v1/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question }) })
  ).json() as Promise<{ status: string; answer: string; snapshot: string }>;
const files = () => readdirSync(corpus).sort();

const quays = '# Quays of Norhaven\n\nThe harbour of Norhaven has four quays.\n';

beforeAll(async () => {
  mkdirSync(corpus);
  writeFileSync(join(corpus, 'ferries.md'), '# Ferries of Norhaven\n\nThe harbour of Norhaven has three ferries.\n');
  expect((await run(['ingest'], { cwd: folder })).code).toBe(0);
  key = await makeKey('ingest');
  ({ started: server, url } = await serve({}));
});
afterAll(async () => {
  server.stop();
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

describe('briefings over HTTP', { timeout: 180_000 }, () => {
  it('are answered from as soon as they are in, replaced when they are sent again, and gone when they are removed', async () => {
    const added = await put('quays.md', quays, { 'if-none-match': '*', 'x-request-id': 'up-1' });
    const report = await added.json();
    expect(added.status).toBe(201);
    expect(() => replySchemas.BriefingChange.parse(report)).not.toThrow();
    expect(report).toMatchObject({
      file: 'quays.md',
      action: 'added',
      briefings: 2,
      briefing: { title: 'Quays of Norhaven' },
      problems: [],
    });
    expect(added.headers.get('etag')).toBe(`"${report.sha256}"`);
    expect(added.headers.get('location')).toBe(`/v1/briefings/${report.briefing.id}`);
    expect(readFileSync(join(corpus, 'quays.md'), 'utf8')).toBe(quays);
    const first = await ask('How many quays has the harbour of Norhaven?');
    expect(first).toMatchObject({ status: 'answered', snapshot: report.snapshot });
    expect(first.answer).toContain('four quays');

    expect(await (await put('quays.md', quays)).json()).toMatchObject({ action: 'unchanged', snapshot: report.snapshot });
    const replaced = await put('quays.md', quays.replace('four', 'six'), { 'if-match': `"${report.sha256}"` });
    expect([replaced.status, (await replaced.json()).action]).toEqual([200, 'replaced']);
    expect((await ask('How many quays has the harbour of Norhaven?')).answer).toContain('six quays');

    const gone = await remove('quays.md');
    expect(await gone.json()).toMatchObject({ action: 'removed', sha256: null, briefing: null, briefings: 1 });
    expect((await ask('How many quays has the harbour of Norhaven?')).answer).not.toContain('six quays');
    expect(files()).toEqual(['ferries.md']);

    const audit = readFileSync(join(folder, 'data', 'audit.jsonl'), 'utf8');
    const events = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event.startsWith('briefing.'));
    expect(events.map(({ event, file }) => [event, file])).toEqual([
      ['briefing.added', 'quays.md'],
      ['briefing.replaced', 'quays.md'],
      ['briefing.removed', 'quays.md'],
    ]);
    expect(events[0]).toMatchObject({
      sha256: report.sha256,
      snapshot: report.snapshot,
      request: 'up-1',
      by: expect.stringMatching(/^key /),
    });
    expect(audit).not.toContain(key);
  });

  it('of another format go through its reader, and tell how far they are', async () => {
    const word = docx(p('Piers', { style: 'H1' }) + p('The harbour of Norhaven has nine piers.'));
    const response = await put('Piers 2026.docx', Buffer.from(word), { accept: 'text/event-stream' });
    const events = readEvents(await response.text());
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(events.at(-1)).toMatchObject({ event: 'published', data: { file: 'Piers 2026.docx', action: 'added' } });
    const stages = events.filter(({ event }) => event === 'progress').map(({ data }) => (data as { stage: string }).stage);
    expect([...new Set(stages)]).toEqual(['read', 'embed', 'write']);
    expect((await ask('How many piers has the harbour of Norhaven?')).answer).toContain('nine piers');
    const removed = readEvents(await (await remove('Piers 2026.docx', { accept: 'text/event-stream' })).text());
    expect(removed.at(-1)).toMatchObject({ event: 'published', data: { action: 'removed' } });
  });

  it('are refused with what to do about it, and nothing changes', async () => {
    await put('quays.md', quays);
    const { snapshot } = await (await fetch(`${url}/v1/briefings`)).json();
    const refusals: [() => Promise<Response>, number, string][] = [
      [() => put('quays.md', 'x', { 'if-none-match': '*' }), 412, 'Send it without If-None-Match'],
      [() => put('quays.md', 'x', { 'if-match': `"${'0'.repeat(64)}"` }), 412, '`sha256` is its ETag'],
      [() => put('none.md', 'x', { 'if-match': '*' }), 412, 'without If-Match'],
      [() => put('quays.md', 'x', { 'if-match': '"abc"' }), 400, 'SHA-256'],
      [() => put('quays.md', ''), 400, 'Send the bytes of the file'],
      [() => put('quays.md', 'x'.repeat(1_100_000)), 413, 'Split the document'],
      [() => put('copy.md', quays), 409, 'Remove that one first'],
      [() => put('Quays.MD', quays), 409, 'Use that name'],
      [() => put('quays.pdf', 'no pdf at all'), 422, 'print it to PDF again'],
      [() => put('empty.md', '   \n\n'), 422, 'text recognition'],
      [() => put('quays.md', new URLSearchParams({ a: 'b' })), 415, '--upload-file'],
      [() => put('quays.md', quays, { 'content-encoding': 'gzip' }), 415, 'as it is'],
      [() => put('../quays.md', quays), 400, 'without folders'],
      [() => put('deep/quays.md', quays), 400, 'without folders'],
      [() => put('.hidden.md', quays), 400, 'without folders'],
      [() => put('a\u0007b.md', quays), 400, 'Rename'],
      [() => put('con.md', quays), 400, 'without folders'],
      [() => put('quays', quays), 400, '.docx'],
      [() => put('quays.doc', quays), 400, 'Save it as .docx'],
      [() => put('pilcrow.editions.json', '{}'), 400, '.docx'],
      [() => put(`${'long'.repeat(60)}.md`, quays), 400, 'Shorten'],
      [() => remove('none.md'), 404, 'GET /v1/briefings'],
      [() => remove('quays.md', { 'if-match': `"${'0'.repeat(64)}"` }), 412, 'ETag'],
    ];
    for (const [call, status, hint] of refusals) {
      const reply = await call();
      const problem = await reply.json();
      expect([reply.status, problem.hint]).toEqual([status, expect.stringContaining(hint)]);
    }
    expect(files()).toEqual(['ferries.md', 'quays.md']);
    expect((await (await fetch(`${url}/v1/briefings`)).json()).snapshot).toBe(snapshot);
  });

  it('that is longer than it says it is, or never ends, is cut, and whoever hangs up leaves nothing', async () => {
    const endless = await raw('endless.md', { 'transfer-encoding': 'chunked' }, (sending) => {
      const more = () => {
        while (!sending.destroyed && sending.write('x'.repeat(60_000)));
      };
      sending.on('drain', more);
      more();
    });
    expect(endless).toBe(413);
    const left = raw('left.md', { 'content-length': '5000' }, (sending) => {
      sending.write('# Half of it\n');
      void eventually(() => expect(readdirSync(corpus).some((name) => name.startsWith('.pilcrow-new-'))).toBe(true)).then(() =>
        sending.destroy(),
      );
    });
    await expect(left).rejects.toThrow();
    await expect.poll(files).toEqual(['ferries.md', 'quays.md']);
    expect((await put('quays.md', quays)).status).toBe(200);
  });

  it('come one at a time', async () => {
    let go: () => void = () => {};
    const slow = raw('slow.md', { 'transfer-encoding': 'chunked' }, (sending) => {
      sending.write('# Slow\n\n');
      go = () => sending.end('The harbour of Norhaven has a slow lift.\n');
    });
    await expect.poll(() => readdirSync(corpus).some((name) => name.startsWith('.pilcrow-new-'))).toBe(true);
    const second = await put('quick.md', '# Quick\n\nThe harbour has a quick lift.\n');
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '10']);
    expect((await second.json()).error.code).toBe('index_locked');
    go();
    expect(await slow).toBe(201);
    expect((await remove('slow.md')).status).toBe(200);
    expect(files()).toEqual(['ferries.md', 'quays.md']);
  });

  it('that cannot be published leave the old file and the old answers', async () => {
    const { takeLock } = await import('../../src/adapters/lock.ts');
    const lock = await takeLock(join(folder, 'index'));
    try {
      const refused = [
        await put('quays.md', quays.replace('four', 'eleven')),
        await remove('quays.md'),
        await put('new.md', '# New\n\nIt is new.\n'),
      ];
      for (const response of refused) {
        expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
        expect((await response.json()).detail).toContain('Another writer');
      }
    } finally {
      await lock.release();
    }
    expect(files()).toEqual(['ferries.md', 'quays.md']);
    expect(readFileSync(join(corpus, 'quays.md'), 'utf8')).toBe(quays);
    expect((await ask('How many quays has the harbour of Norhaven?')).answer).toContain('four quays');
  });

  it('are taken of holders of the right key alone, from no page of another site, and only where it is allowed', async () => {
    const other = await makeKey('ask');
    const statuses = [
      await send('PUT', 'a.md', quays, { authorization: '' }),
      await send('PUT', 'a.md', quays, { authorization: `Bearer ${other}` }),
      await send('DELETE', 'quays.md', null, { authorization: `Bearer ${other}` }),
      await put('a.md', quays, { origin: 'https://elsewhere.example' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 403, 403, 403]);
    const off = await serve({ PILCROW_UPLOAD_MEGABYTES: '' });
    const refused = await fetch(`${off.url}/v1/briefings/a.md`, {
      method: 'PUT',
      body: quays,
      headers: { authorization: `Bearer ${key}` },
    });
    expect([refused.status, (await refused.json()).hint]).toEqual([403, expect.stringContaining('PILCROW_UPLOAD_MEGABYTES')]);
    off.started.stop();
    expect((await off.started.ended).code).toBe(0);
    expect(files()).toEqual(['ferries.md', 'quays.md']);
  });

  it('can be the first one, and the last one', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'pilcrow-first-'));
    const own = start(['serve', '--port', '0', '--json'], {
      cwd: fresh,
      env: { ...env, PILCROW_DATA: join(folder, 'data') },
    });
    const { url: there } = JSON.parse((await own.printed(/^\{[\s\S]*\n\}/))[0]);
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${there}/readyz`)).status).toBe(503);
    expect((await fetch(`${there}/v1/briefings/quays.md`, { method: 'PUT', body: quays, headers })).status).toBe(201);
    expect((await fetch(`${there}/readyz`)).status).toBe(200);
    const last = await fetch(`${there}/v1/briefings/quays.md`, { method: 'DELETE', headers });
    expect(await last.json()).toMatchObject({ action: 'removed', briefings: 0 });
    expect((await (await fetch(`${there}/v1/briefings`)).json()).briefings).toEqual([]);
    own.stop();
    expect((await own.ended).code).toBe(0);
    rmSync(fresh, { recursive: true, force: true });
  });

  it('do not make an index of one file out of that of another folder', async () => {
    const elsewhere = await serve({ PILCROW_CORPUS: join(folder, 'elsewhere') });
    const refused = await fetch(`${elsewhere.url}/v1/briefings/a.md`, {
      method: 'PUT',
      body: '# A\n\nIt is alone.\n',
      headers: { authorization: `Bearer ${key}` },
    });
    expect([refused.status, (await refused.json()).hint]).toEqual([409, expect.stringContaining('PILCROW_CORPUS')]);
    elsewhere.started.stop();
    await elsewhere.started.ended;
  });
});

describe('what the documentation shows of it', () => {
  const shown = (page: string, language: string, word: string) =>
    [...readFileSync(page, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))]
      .map(([, block = '']) => block)
      .find((block) => block.includes(word)) as string;
  /** Run where the file is that it sends; resolves to what it printed. */
  const printed = async (program: string, args: string[]) => {
    const desk = mkdtempSync(join(tmpdir(), 'pilcrow-sends-'));
    writeFileSync(join(desk, 'report-2026.pdf'), pdf([[{ text: 'The harbour of Norhaven has two slipways.', x: 40, y: 60 }]]));
    const { stdout } = await promisify(execFile)(program, args, {
      cwd: desk,
      env: { PATH: process.env.PATH, HOME: desk, PILCROW_INGEST_KEY: key },
    });
    rmSync(desk, { recursive: true });
    return stdout;
  };

  it('in JavaScript brings a briefing in as it stands', async () => {
    const program = shown('docs/clients.md', 'ts', 'report-2026.pdf').replace('http://localhost:8787', url);
    expect(await printed(process.execPath, ['--input-type=module', '--eval', program])).toMatch(/^added: /);
    expect((await ask('How many slipways has the harbour of Norhaven?')).answer).toContain('two slipways');
    expect((await remove('report-2026.pdf')).status).toBe(200);
  });

  it.runIf(spawnSync('curl', ['--version']).status === 0)('with curl brings one in and takes it out as it stands', async () => {
    const lines = shown('docs/documents.md', 'sh', 'curl')
      .replaceAll('https://ask.example.org', url)
      .replaceAll('pil_…', key)
      .replaceAll('curl ', 'curl -s ');
    const out = await printed('sh', ['-c', lines]);
    expect([...out.matchAll(/"action":\s*"(\w+)"/g)].map(([, action]) => action)).toEqual(['added', 'removed']);
    expect(files()).not.toContain('report-2026.pdf');
  });
});

/** A request whose body is written piece by piece; resolves to the status of the reply. */
function raw(name: string, headers: Record<string, string>, write: (sending: ReturnType<typeof request>) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      `${url}/v1/briefings/${name}`,
      { method: 'PUT', headers: { authorization: `Bearer ${key}`, ...headers } },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      },
    );
    sending.on('error', reject);
    write(sending);
  });
}
