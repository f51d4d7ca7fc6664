import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, start } from '../cli/helper.ts';
import { closeAfterFile } from '../fixtures/closing.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { readEvents } from '../http/helper.ts';

const [, block = ''] = /^```nginx\n([\s\S]*?)^```$/m.exec(readFileSync('docs/operate.md', 'utf8')) ?? [];

/** A port nobody listens at. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** nginx with the block of the documentation in a server of its own; writes into its folder alone. */
async function startNginx(port: number, service: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-nginx-'));
  mkdirSync(join(folder, 'temp'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temp/${name};`).join(' ');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid nginx.pid; error_log stderr; events {}
http { access_log off; ${temporary} server { listen 127.0.0.1:${port};\n${block.replace('http://127.0.0.1:8787', service)} } }`,
  );
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => nginx.on('close', resolve));
  closeAfterFile(async () => {
    nginx.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  });
}

test.runIf(spawnSync('nginx', ['-v']).status === 0)('the block for nginx serves pages, answers and streams below its path', async () => {
  expect(block).toContain('location /pilcrow/');
  const folders = temporaryCorpus();
  closeAfterFile(folders.remove);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/pilcrow`;
  const env = { PILCROW_PUBLIC_URL: address, PILCROW_TRUSTED_PROXIES: '127.0.0.1', PILCROW_ACCESS: 'open' };
  expect((await run(['ingest'], { cwd: folders.root, env })).code).toBe(0);
  const service = start(['serve', '--port', '0', '--json'], { cwd: folders.root, env });
  const { url } = JSON.parse((await service.printed(/^\{[\s\S]*\n\}/))[0]) as { url: string };
  await startNginx(port, url);
  await expect
    .poll(() =>
      fetch(`${address}/readyz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);

  const page = await (await fetch(`${address}/`, { headers: { accept: 'text/html' } })).text();
  const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
  expect(new URL(style, `${address}/`).pathname).toMatch(/^\/pilcrow\//);
  expect((await fetch(new URL(style, `${address}/`))).status).toBe(200);
  const ask = (accept: string) =>
    fetch(`${address}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ question: 'How many harbours does Norland have?' }),
    });
  const answer = await (await ask('application/json')).json();
  expect(answer.answer).toContain('9 harbours');
  expect(readEvents(await (await ask('text/event-stream')).text()).at(-1)?.event).toBe('answer');
  service.stop();
  expect((await service.ended).code).toBe(0);
});
