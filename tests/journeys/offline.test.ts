import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { complaints, runProcess, startProcess } from '../cli/helper.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';

const folders = temporaryCorpus();
afterAll(() => folders.remove());
const preload = resolve('tests/journeys/record-connections.mjs');
const record = join(folders.root, 'connections.txt');
const recorded = () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []);
// NODE_OPTIONS rather than an argument: processes that the app starts are watched too. Variables that make LangChain
// report to a service are set, so that a report would show.
const env = {
  PILCROW_TEST_CONNECTIONS: record,
  NODE_OPTIONS: `--import=${preload}`,
  LANGSMITH_TRACING: 'true',
  LANGCHAIN_TRACING_V2: 'true',
  LANGSMITH_API_KEY: 'none',
  LANGCHAIN_API_KEY: 'none',
};

test('from files to answers, nothing reaches beyond this machine', async () => {
  const here = { cwd: folders.root, env };
  const ingested = await runProcess(['ingest'], here);
  expect(complaints(ingested.stderr)).toBe('');
  expect(ingested.code).toBe(0);
  expect((await runProcess(['ask', 'How many ferries does the Ministry of Transport of Norland run?'], here)).stdout).toContain(
    '15 ferries',
  );

  const service = startProcess(['start', '--port', '0'], here);
  const [, url] = await service.printed(/Pilcrow answers at (\S+)/);
  const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
    (
      await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    ).text();
  expect(await post('/v1/ask', { question: 'How high is the lighthouse at Cape Varde?' })).toContain('31 metres');
  expect(
    await post('/v1/ask', { question: 'How many harbours does Norland have?', edition: '2019' }, { accept: 'text/event-stream' }),
  ).toContain('7 harbours');
  expect(JSON.parse(await post('/v1/search', { query: 'fastest ferry' })).passages.length).toBeGreaterThan(0);
  for (const path of ['/', '/v1/briefings', '/openapi.json', '/readyz']) expect((await fetch(url + path)).status).toBe(200);
  service.stop();
  expect((await service.ended).code).toBe(0);
  expect(recorded()).toEqual([]);
});

test('the recorder would have seen it', () => {
  const attempts = [
    "fetch('http://192.0.2.1/')",
    "import('node:net').then(({ connect }) => connect(443, '192.0.2.2'))",
    "import('node:dns/promises').then(({ lookup }) => lookup('example.org'))",
    "import('node:https').then(({ get }) => get('https://example.com'))",
    "import('node:dgram').then(({ createSocket }) => createSocket('udp4').send('x', 53, '192.0.2.3'))",
  ];
  for (const attempt of attempts) {
    const script = `process.on('uncaughtException', () => process.exit()); process.on('unhandledRejection', () => process.exit()); ${attempt}`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
  }
  const seen = recorded().join('\n');
  for (const host of ['192.0.2.1', '192.0.2.2', 'example.org', 'example.com', '192.0.2.3']) expect(seen).toContain(host);
});
