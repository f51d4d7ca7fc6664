import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Check, inspect } from '../../src/cli/checks.ts';
import { ingestCorpus } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { type ModelServer, nobodyListens, startModelServer, status } from '../fixtures/model-server.ts';

const KEY = 'sk-scripted-0123456789';
const folders = temporaryCorpus();
const base = { PILCROW_CORPUS: folders.corpus, PILCROW_INDEX: folders.index };
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ key: KEY });
  await ingestCorpus(readConfig(base));
});
afterAll(async () => {
  await server.close();
  folders.remove();
});
const find = (checks: Check[], name: string) => checks.find((check) => check.name === name);
const models = () => ({
  ...base,
  OPENAI_BASE_URL: server.url,
  OPENAI_API_KEY: KEY,
  PILCROW_CHAT_MODEL: 'c-1',
  PILCROW_EMBEDDING_MODEL: 'e-1',
});

test('without models it says so, and that a key is not used', async () => {
  const checks = await inspect(readConfig({ ...base, OPENAI_API_KEY: KEY }), { online: true });
  expect(find(checks, 'chat model')).toMatchObject({ state: 'good', found: expect.stringContaining('quotations') });
  expect(find(checks, 'unused')).toMatchObject({ state: 'poor', found: expect.stringContaining('OPENAI_API_KEY') });
  expect(checks.some((check) => check.name.endsWith('reached'))).toBe(false);
  expect(JSON.stringify(checks)).not.toContain(KEY);
});

test('models are named with their server; nothing is contacted and no key shown', async () => {
  server.requests.length = 0;
  const checks = await inspect(readConfig(models()));
  const host = new URL(server.url).host;
  expect(find(checks, 'chat model')?.found).toContain(`c-1 at ${host}, with a key`);
  expect(find(checks, 'embeddings')?.found).toContain(`openai:e-1 at ${host}`);
  expect(find(checks, 'match')).toMatchObject({ state: 'poor', found: expect.stringContaining('static-en') });
  expect(server.requests).toEqual([]);
  expect(JSON.stringify(checks)).not.toContain(KEY);
});

test('with --online it tells what answers and what does not', async () => {
  const works = await inspect(readConfig(models()), { online: true });
  expect(find(works, 'chat reached')).toMatchObject({ state: 'good', found: expect.stringContaining('it answers') });
  expect(find(works, 'embeds reached')).toMatchObject({ state: 'good', found: expect.stringContaining('8 dimensions') });

  server.script({ chat: status(404), embeddings: status(401, `Bad key ${KEY}`) });
  const fails = await inspect(readConfig(models()), { online: true });
  expect(find(fails, 'chat reached')).toMatchObject({ state: 'poor', hint: expect.stringContaining('PILCROW_CHAT_MODEL') });
  expect(find(fails, 'embeds reached')).toMatchObject({ state: 'poor', hint: expect.stringContaining('OPENAI_API_KEY') });
  expect(JSON.stringify(fails)).not.toContain(KEY);
  expect(fails.every((check) => check.state !== 'bad')).toBe(true);

  const down = readConfig({ ...base, PILCROW_CHAT_MODEL: 'c-1', OPENAI_BASE_URL: await nobodyListens(), PILCROW_ANSWER_SECONDS: '1' });
  expect(find(await inspect(down, { online: true }), 'chat reached')?.found).toContain('cannot be reached');
});

test('a server reached without encryption is noted, unless it is this machine', async () => {
  const plain = await inspect(readConfig({ ...base, PILCROW_CHAT_MODEL: 'c', OPENAI_BASE_URL: 'http://models.example.org/v1' }));
  expect(plain.filter((check) => check.name === 'chat model').map((check) => check.state)).toEqual(['good', 'poor']);
  for (const url of ['http://localhost:1/v1', 'http://127.0.0.1:1/v1', 'http://[::1]:1/v1', 'https://models.example.org/v1']) {
    const checks = await inspect(readConfig({ ...base, PILCROW_CHAT_MODEL: 'c', OPENAI_BASE_URL: url }));
    expect(checks.filter((check) => check.name === 'chat model').length).toBe(1);
  }
});
