import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { type ModelServer, nobodyListens, startModelServer, status, vectors } from '../fixtures/model-server.ts';
import { run, start } from './helper.ts';

const KEY = 'sk-scripted-0123456789';
const folders = temporaryCorpus();
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ key: KEY });
});
afterAll(async () => {
  await server.close();
  folders.remove();
});
const service = () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, PILCROW_EMBEDDING_MODEL: 'hash-1' });
const ready = async (url: string) =>
  (await (await fetch(`${url}/readyz`)).json()) as { snapshot: { embedder: string }; warnings: string[] };

/** Starts the service with these settings, looks at what it says of its index, and stops it. */
async function startWith(env: Record<string, string>) {
  const one = start(['start', '--port', '0'], { cwd: folders.root, env });
  const [, url] = await one.printed(/Pilcrow answers at (\S+)/);
  const state = await ready(url as string);
  one.stop();
  return { ...state, ...(await one.ended) };
}

test('start makes the index anew when the embedder has changed', async () => {
  expect((await run(['ingest'], { cwd: folders.root })).code).toBe(0);
  const changed = await startWith(service());
  expect(changed.stdout).toContain('Indexed');
  expect(changed.snapshot.embedder).toBe('openai:hash-1@8');
  expect(changed.warnings).toEqual([]);
  expect([changed.stderr, changed.code]).toEqual([expect.not.stringContaining('not brought up to date'), 0]);
  expect((await run(['ingest'], { cwd: folders.root, env: service() })).stdout).toContain('Nothing has changed');
});

test('start serves the index there is when the embedding service fails, and says what to do', async () => {
  server.script({ embeddings: status(401, `Wrong key: ${KEY}`) });
  const refused = await startWith({ ...service(), PILCROW_EMBEDDING_MODEL: 'hash-2' });
  server.script({ embeddings: vectors() });
  expect(refused.snapshot.embedder).toBe('openai:hash-1@8');
  expect(refused.warnings).toEqual([expect.stringMatching(/openai:hash-1@8.*openai:hash-2.*pilcrow ingest/)]);
  expect(refused.stderr).toMatch(/not brought up to date.*did not accept the key.*\n.*OPENAI_API_KEY/);
  expect(refused.stdout + refused.stderr).not.toContain(KEY);
});

test('ask answers by words when the embedding service is down, without a stack', async () => {
  const env = { ...service(), OPENAI_BASE_URL: await nobodyListens() };
  const { stdout, stderr, code } = await run(['ask', 'How many harbours does Norland have?'], { cwd: folders.root, env });
  expect([stdout, code]).toEqual([expect.stringContaining('9 harbours'), 0]);
  expect(stdout + stderr).not.toMatch(/\n\s+at |sk-scripted/);
});

test('doctor contacts nobody unless asked to', async () => {
  server.requests.length = 0;
  const env = { ...service(), PILCROW_CHAT_MODEL: 'scripted-1' };
  const quiet = await run(['doctor'], { cwd: folders.root, env });
  expect([quiet.code, server.requests.length]).toEqual([0, 0]);
  expect(quiet.stdout).toContain('scripted-1');
  const online = await run(['doctor', '--online'], { cwd: folders.root, env });
  expect(online.stdout).toContain('it answers');
  expect(online.stdout.replace(/\s+/g, ' ')).toContain('8 dimensions, after');
  expect(quiet.stdout + online.stdout + online.stderr).not.toContain(KEY);
});
