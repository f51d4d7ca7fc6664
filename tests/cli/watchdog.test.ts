import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run, startProcess } from './helper.ts';

// What the process waits for a core does not count, so on a busy machine the end takes longer to come.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-watchdog-'));
/** Loaded before the command: on a signal the event loop never goes on, as after a loop without end. */
const BLOCKS = `process.on('SIGUSR2', () => { for (;;); });`;

beforeAll(async () => {
  writeFileSync(join(folder, 'blocks.mjs'), BLOCKS);
  writeFileSync(join(folder, 'ferries.md'), '# Ferries\n\nThe harbour has three ferries.\n');
  expect((await run(['ingest', '.'], { cwd: folder })).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serve = (env: Record<string, string>) =>
  startProcess(['serve', '--port', '0'], { cwd: folder, env, node: ['--import', join(folder, 'blocks.mjs')] });
const addressOf = async (server: ReturnType<typeof serve>) => (await server.printed(/http:\/\/\S+/))[0];

describe('a service whose event loop is blocked', () => {
  it('says what it did last and ends, so that it can be started anew', async () => {
    const server = serve({ PILCROW_WATCHDOG_SECONDS: '3' });
    const url = await addressOf(server);
    const asked = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'How many ferries are there?' }),
    });
    expect(asked.status).toBe(200);
    server.kill('SIGUSR2');
    const { code, stderr } = await server.ended;
    expect(code).toBeNull();
    expect(server.endedBy()).toBe('SIGKILL');
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'the event loop is blocked'],
      ['error', expect.stringContaining('the process ends')],
    ]);
    expect(lines[1]).toMatchObject({ seconds: expect.closeTo(3, 0), last: `POST /v1/ask ${asked.headers.get('x-request-id')}` });
    expect(stderr).not.toContain('ferries');
  });

  it('is not ended while it runs', async () => {
    const server = serve({ PILCROW_WATCHDOG_SECONDS: '1' });
    const url = await addressOf(server);
    // As many rounds as the watching thread needs to end a blocked service twice over.
    for (let round = 0; round < 10; round++) {
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    server.stop();
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
