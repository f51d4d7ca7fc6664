import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, start } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-access-'));
const others = { PILCROW_HOST: '0.0.0.0', PILCROW_PUBLIC_URL: 'https://ask.example.org' };
const doctor = async (env: Record<string, string>) => {
  const { stdout } = await run(['doctor', '--json'], { cwd: folder, env });
  return (JSON.parse(stdout) as { checks: { name: string; state: string; found: string }[] }).checks;
};
const portOf = async (server: ReturnType<typeof start>) =>
  JSON.parse((await server.printed(/^\{[\s\S]*\n\}/))[0]) as { url: string; warnings: string[] };

beforeAll(async () => {
  writeFileSync(join(folder, 'ferries.md'), '# Ferries\n\nThe harbour has three ferries.\n');
  expect((await run(['ingest', '.'], { cwd: folder })).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a service that others may reach', () => {
  it('does not start while nobody is known who may ask, and says what to do', async () => {
    const settings: Record<string, string>[] = [
      others,
      { PILCROW_HOST: '0.0.0.0' },
      { PILCROW_PUBLIC_URL: 'https://ask.example.org' },
      { PILCROW_ACCESS: 'keys' },
    ];
    for (const env of settings) {
      const { code, stderr } = await run(['serve', '--port', '0'], { cwd: folder, env });
      expect(code).toBe(2);
      expect(stderr).toContain('pilcrow key create');
      expect(stderr).toContain('PILCROW_ACCESS=open');
    }
    expect(await doctor(others)).toContainEqual(expect.objectContaining({ name: 'access', state: 'bad' }));
  });

  it('that is open to everybody says so at the start, in its state and to whoever examines it', async () => {
    const env = { ...others, PILCROW_HOST: '127.0.0.1', PILCROW_ACCESS: 'open', PILCROW_FROBNICATE: '1' };
    const server = start(['serve', '--port', '0', '--json'], { cwd: folder, env });
    const { url, warnings } = await portOf(server);
    const open = expect.stringContaining('Everybody who can reach https://ask.example.org reads every briefing');
    const odd = expect.stringContaining('PILCROW_FROBNICATE');
    expect(warnings).toEqual([open, odd]);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready', warnings: [open, odd] });
    expect((await fetch(`${url}/v1/briefings`)).status).toBe(200);
    // What only an operator may see is not open with the rest.
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const { key } = JSON.parse((await run(['key', 'create', '--name', 'watch', '--scope', 'admin', '--json'], { cwd: folder })).stdout);
    const watched = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })).text();
    expect(watched).toContain('pilcrow_index_ready 1');
    expect(watched).toContain('pilcrow_warnings ');
    expect((await run(['key', 'revoke', 'watch'], { cwd: folder })).code).toBe(0);
    server.stop();
    expect((await server.ended).code).toBe(0);
    const checks = await doctor(env);
    expect(checks).toContainEqual(expect.objectContaining({ name: 'access', state: 'poor', found: open }));
    expect(checks).toContainEqual(expect.objectContaining({ name: 'settings', state: 'poor', found: odd }));
  });

  it('asks for a key, which is shown once and refused from the moment it is taken back', async () => {
    const made = JSON.parse((await run(['key', 'create', '--name', 'tests', '--scope', 'read', '--json'], { cwd: folder })).stdout);
    expect(made.key).toMatch(/^pil_/);
    const listed = await run(['key', 'list'], { cwd: folder });
    expect(listed.stdout).toContain('tests');
    expect(listed.stdout).not.toContain(made.key.slice(-20));
    const server = start(['serve', '--port', '0', '--json'], { cwd: folder, env: { PILCROW_PUBLIC_URL: 'https://ask.example.org' } });
    const { url, warnings } = await portOf(server);
    expect(warnings).toEqual([]);
    const read = (key?: string) =>
      fetch(`${url}/v1/briefings`, key ? { headers: { authorization: `Bearer ${key}` } } : {}).then(({ status }) => status);
    expect([await read(), await read(made.key)]).toEqual([401, 200]);
    expect((await run(['key', 'revoke', 'tests'], { cwd: folder })).stdout).toContain(made.id);
    expect(await read(made.key)).toBe(401);
    server.stop();
    expect((await server.ended).code).toBe(0);
  });
});
