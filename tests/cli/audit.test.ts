import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createAuditFile } from '../../src/adapters/audit-file.ts';
import { run, start } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'data', 'audit.jsonl');
const events = (path = file) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('keys, tokens, what was published and who was refused are found later, without a secret or a question', async () => {
  const command = async (...args: string[]) => {
    const ended = await run(args, { cwd: folder, env: { PILCROW_CORPUS: 'corpus', PILCROW_ACCESS: 'keys' } });
    expect(ended).toMatchObject({ code: 0 });
    return ended.stdout;
  };
  const corpus = join(folder, 'corpus');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(corpus);
  writeFileSync(join(corpus, 'piers.md'), '# Piers\n\nThe harbour has nine piers.\n');
  writeFileSync(join(corpus, 'ferries.md'), '# Ferries\n\nThe harbour has three ferries.\n');
  await command('ingest');
  rmSync(join(corpus, 'ferries.md'));
  writeFileSync(join(corpus, 'quays.md'), '# Quays\n\nThe harbour has four quays.\n');
  await command('ingest');
  await command('ingest');
  const { key } = JSON.parse(await command('key', 'create', '--name', 'search', '--scope', 'read', '--json'));
  await command('token', 'create', '--origin', 'https://site.example');
  const server = start(['serve', '--port', '0', '--json'], { cwd: folder, env: { PILCROW_ACCESS: 'keys' } });
  const { url } = JSON.parse((await server.printed(/^\{[\s\S]*\n\}/))[0]);
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'seen-1', ...headers },
      body: JSON.stringify({ question: 'Where is the zanzibarium?' }),
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: `Bearer ${key}` })).status).toBe(403);
  server.stop();
  await server.ended;
  await command('key', 'revoke', 'search');
  const seen = events();
  expect(seen.map(({ event }) => event)).toEqual([
    'ingest.published',
    'ingest.published',
    'key.created',
    'site.created',
    'access.refused',
    'access.refused',
    'key.revoked',
  ]);
  expect(seen[1]).toMatchObject({ briefings: 2, added: ['quays.md'], changed: [], removed: ['ferries.md'] });
  expect(seen[4]).toMatchObject({ status: 401, code: 'key_required', route: '/v1/ask', address: '127.0.0.1', request: 'seen-1' });
  expect(seen[5]).toMatchObject({ status: 403, code: 'scope_missing' });
  expect(seen.every(({ time }) => new Date(time).toISOString() === time)).toBe(true);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(key.slice(-43));
  expect(text).not.toContain('zanzibarium');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

it('whoever knocks without end does not fill the disk, and it is said how often', () => {
  let now = 0;
  const path = join(folder, 'knocks.jsonl');
  const audit = createAuditFile(path, undefined, () => now);
  const refused = { event: 'access.refused' as const, status: 401, code: 'key_required', route: '/', address: '10.0.0.9', request: 'r' };
  for (let at = 0; at < 1000; at++) audit.note(refused);
  expect(events(path)).toHaveLength(60);
  audit.note({ event: 'key.revoked', key: 'k', name: 'n' });
  now = 61_000;
  audit.note(refused);
  expect(events(path).slice(60)).toMatchObject([{ event: 'key.revoked' }, { event: 'access.refused', more: 940 }, { status: 401 }]);
});

it('what cannot be written is told once and stops nothing', () => {
  const failures: Error[] = [];
  const blocked = join(folder, 'blocked');
  writeFileSync(blocked, '');
  chmodSync(blocked, 0o400);
  const audit = createAuditFile(join(blocked, 'audit.jsonl'), (error) => failures.push(error));
  for (let at = 0; at < 3; at++) audit.note({ event: 'key.revoked', key: 'k', name: 'n' });
  expect(failures).toHaveLength(1);
  expect(existsSync(join(blocked, 'audit.jsonl'))).toBe(false);
});
