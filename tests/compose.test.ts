import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createPilcrow, ingestCorpus } from '../src/compose.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { ChatModel, Pilcrow } from '../src/core/ports.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { moveOn } from './fixtures/clock.ts';
import { temporaryCorpus } from './fixtures/corpus.ts';
import {
  hangBeforeHeaders,
  hashVector,
  type ModelRequest,
  type ModelServer,
  nobodyListens,
  startModelServer,
  status,
  vectors,
} from './fixtures/model-server.ts';

const folders = temporaryCorpus();
let config: Config;
beforeAll(async () => {
  config = readConfig({ PILCROW_CORPUS: folders.corpus, PILCROW_INDEX: folders.index });
  await ingestCorpus(config);
});
afterAll(() => folders.remove());
const question = 'How many harbours does Norland have?';
/** What is found, after a question was answered without an error; whether words alone suffice to assert it is for the ranker. */
const found = async (pilcrow: Pilcrow) => {
  await pilcrow.ask({ question });
  return (await pilcrow.search({ query: question })).passages.map((one) => one.text).join('\n');
};

test('nothing indexed is told, and taken up as soon as there is something', async () => {
  const empty = { ...config, index: join(folders.root, 'later') };
  const pilcrow = await createPilcrow(empty);
  await expect(pilcrow.ask({ question })).rejects.toMatchObject({ code: 'index_missing', retryable: true });
  await ingestCorpus(empty);
  expect((await pilcrow.ask({ question })).answer).toContain('9 harbours');
  await pilcrow.close();
  await expect(pilcrow.ask({ question })).rejects.toMatchObject({ code: 'unavailable' });
});

test('without its embedding model words still find the passage, and it says so', async () => {
  const pilcrow = await createPilcrow({ ...config, embeddings: join(folders.root, 'missing.pse') });
  expect(await found(pilcrow)).toContain('9 harbours');
  expect(pilcrow.warnings()).toEqual([expect.stringContaining('could not be opened')]);
  await pilcrow.close();
});

test('with an index made by another embedder words still find the passage, and it says so', async () => {
  const index = join(folders.root, 'foreign');
  // The direction of a text is its number of vowels: a model of another id and size.
  const vector = (text: string) => [text.match(/[aeiou]/g)?.length ?? 0, 1].map((value, _, all) => value / Math.hypot(...all));
  const embedder = {
    id: 'vowels-1',
    dimensions: 2,
    embedQuery: async (text: string) => vector(text),
    embedDocuments: async (texts: string[]) => texts.map(vector),
  };
  await ingest({ folder: folders.corpus, store: createHnswStore({ directory: index }), embedder });
  const pilcrow = await createPilcrow({ ...config, index });
  expect(await found(pilcrow)).toContain('9 harbours');
  expect(pilcrow.warnings()).toEqual([expect.stringContaining('vowels-1')]);
  const { passages } = await pilcrow.search({ query: question });
  expect(passages.every((passage) => passage.semantic === 0)).toBe(true);
  await pilcrow.close();
});

test('vectors that were lost are made again as ingest makes them', async () => {
  const index = join(folders.root, 'lossy');
  await ingestCorpus({ ...config, index });
  const semantic = async () => {
    const pilcrow = await createPilcrow({ ...config, index });
    const { passages } = await pilcrow.search({ query: 'speedy boats across the sound' });
    await pilcrow.close();
    return passages.map(({ paragraph, semantic: score }) => [paragraph, score]);
  };
  const before = await semantic();
  expect(before.some(([, score]) => score !== 0)).toBe(true);
  const vectors = readdirSync(index, { recursive: true, encoding: 'utf8' }).filter((file) => /vector|hnsw/i.test(file));
  expect(vectors.length).toBeGreaterThan(0);
  for (const file of vectors) rmSync(join(index, file));
  expect(await semantic()).toEqual(before);
});

describe('an embedding service', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());
  const withService = (index: string, more: Record<string, string> = {}) =>
    readConfig({
      PILCROW_CORPUS: folders.corpus,
      PILCROW_INDEX: join(folders.root, index),
      PILCROW_EMBEDDING_MODEL: 'hash-1',
      OPENAI_BASE_URL: server.url,
      ...more,
    });
  const semantic = async (pilcrow: Pilcrow) =>
    (await pilcrow.search({ query: question })).passages.some((passage) => passage.semantic !== 0);
  const requests = () => server.requests.splice(0).length;

  test('takes over by an ingest: words alone serve and say so until the new index is there', async () => {
    const before = { ...config, index: join(folders.root, 'switched') };
    await ingestCorpus(before);
    const now = withService('switched');
    requests();
    const pilcrow = await createPilcrow(now);
    expect(await found(pilcrow)).toContain('9 harbours');
    expect(pilcrow.warnings()).toEqual([expect.stringMatching(/static-en.*openai:hash-1.*pilcrow ingest/)]);
    expect([await semantic(pilcrow), requests()]).toEqual([false, 0]);

    const summary = await ingestCorpus(now);
    expect(summary).toMatchObject({ unchanged: false, reused: 0, embedded: summary.chunks });
    moveOn(260);
    expect(await semantic(pilcrow)).toBe(true);
    expect([(await pilcrow.index()).info.embedder, pilcrow.warnings()]).toEqual(['openai:hash-1@8', []]);
    await pilcrow.close();
  });

  test('is not asked when nothing has changed, and rebuilds when dimensions or model do', async () => {
    const first = await ingestCorpus(withService('again'));
    requests();
    expect(await ingestCorpus(withService('again'))).toMatchObject({ unchanged: true, snapshot: first.snapshot });
    const pilcrow = await createPilcrow(withService('again'));
    await pilcrow.index();
    expect(requests()).toBe(0);
    expect(await semantic(pilcrow)).toBe(true);
    await pilcrow.close();
    const shorter = await ingestCorpus(withService('again', { PILCROW_EMBEDDING_DIMENSIONS: '4' }));
    expect(shorter).toMatchObject({ unchanged: false, embedded: shorter.chunks });
    expect(await ingestCorpus(withService('again', { PILCROW_EMBEDDING_MODEL: 'hash-2' }))).toMatchObject({ unchanged: false, reused: 0 });
    expect(await ingestCorpus({ ...config, index: join(folders.root, 'again') })).toMatchObject({ unchanged: false, reused: 0 });
  });

  test('whose model changed its length under the same name is embedded anew', async () => {
    const index = join(folders.root, 'changed-length');
    const few = temporaryCorpus({ 'one.md': '# Ports\n\nNorland has 9 harbours.' });
    const ports = withService('', { PILCROW_CORPUS: few.corpus, PILCROW_INDEX: index });
    await ingestCorpus(ports);
    server.script({ embeddings: vectors((text) => hashVector(text, 6)) });
    try {
      const more = { ...ports, corpus: folders.corpus };
      expect(await ingestCorpus(more)).toMatchObject({ reused: 0 });
      const pilcrow = await createPilcrow(more);
      expect((await pilcrow.index()).info).toMatchObject({ embedder: 'openai:hash-1@6', dimensions: 6 });
      await pilcrow.close();
    } finally {
      server.script({ embeddings: vectors() });
      few.remove();
    }
  });

  test('that fails during an ingest leaves the index that serves, with a clear error', async () => {
    const index = 'kept';
    const { snapshot } = await ingestCorpus({ ...config, index: join(folders.root, index) });
    const broken: [Record<string, string>, Parameters<ModelServer['script']>[0], RegExp][] = [
      [{ OPENAI_BASE_URL: await nobodyListens() }, {}, /cannot be reached/],
      [{}, { embeddings: status(401) }, /did not accept the key/],
      [{}, { embeddings: [vectors(), status(400, 'Bad input.')] }, /error 400: Bad input/],
      [{ PILCROW_EMBEDDING_DIMENSIONS: '16' }, { embeddings: vectors((text) => hashVector(text)) }, /8 values, not of 16/],
    ];
    for (const [settings, script, message] of broken) {
      server.script(script);
      const error = await ingestCorpus(withService(index, settings)).catch((thrown) => thrown);
      expect(error).toMatchObject({ name: 'PilcrowError', message: expect.stringMatching(message), hint: expect.stringMatching(/\w/) });
    }
    server.script({ embeddings: vectors() });
    const pilcrow = await createPilcrow({ ...config, index: join(folders.root, index) });
    expect((await pilcrow.index()).info.id).toBe(snapshot);
    expect(await semantic(pilcrow)).toBe(true);
    await pilcrow.close();
  });

  test('that hangs stops an ingest no longer than its abort', async () => {
    const abort = new AbortController();
    server.script({
      embeddings: [vectors(), { serve: () => abort.abort(new Error('enough')) }],
    });
    await expect(ingestCorpus(withService('hanging'), { signal: abort.signal })).rejects.toThrow('enough');
    server.script({ embeddings: vectors() });
  });

  test('that is down lets the service start and answer by words, and says so', async () => {
    await ingestCorpus(withService('down'));
    const pilcrow = await createPilcrow(withService('down', { OPENAI_BASE_URL: await nobodyListens() }));
    expect(pilcrow.warnings()).toEqual([]);
    const answer = await pilcrow.ask({ question });
    expect(answer.notes.map((note) => note.kind)).toContain('rebuilding');
    expect((await pilcrow.search({ query: question })).passages.map((one) => one.text).join()).toContain('9 harbours');
    expect(pilcrow.warnings()).toEqual([expect.stringMatching(/words alone.*cannot be reached/)]);
    await pilcrow.close();
  });

  test('makes lost vectors again; when it cannot, the error says what to do', async () => {
    const lossy = withService('lossy-service');
    await ingestCorpus(lossy);
    const lose = () => {
      const files = readdirSync(lossy.index, { recursive: true, encoding: 'utf8' }).filter((file) => /vector|hnsw/i.test(file));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) rmSync(join(lossy.index, file));
    };
    lose();
    server.script({ embeddings: status(401) });
    const failing = await createPilcrow(lossy);
    await expect(failing.ask({ question })).rejects.toMatchObject({
      code: 'index_damaged',
      hint: expect.stringContaining('pilcrow ingest'),
    });
    server.script({ embeddings: vectors() });
    expect(await semantic(failing)).toBe(true);
    await failing.close();
  });

  test('given in code without an id is refused, since changes could not be noticed', async () => {
    const embeddings = { embedQuery: async () => [1], embedDocuments: async () => [[1]] };
    await expect(createPilcrow(config, { embedder: embeddings as never })).rejects.toMatchObject({ code: 'bad_config' });
    await expect(ingestCorpus(config, { embedder: { embeddings, id: '' } })).rejects.toMatchObject({ code: 'bad_config' });
  });

  test('given in code wins: an embedder or LangChain embeddings', async () => {
    const { embed } = await createStaticEmbedder();
    const embeddings = {
      embedQuery: async (text: string) => Array.from(embed(text)),
      embedDocuments: async (texts: string[]) => texts.map((text) => Array.from(embed(text))),
    };
    const index = join(folders.root, 'in-code');
    const embedder = { embeddings, id: 'ours-1' };
    requests();
    await ingestCorpus({ ...withService(''), index }, { embedder });
    const pilcrow = await createPilcrow({ ...withService(''), index }, { embedder });
    expect((await pilcrow.index()).info).toMatchObject({ embedder: 'ours-1', dimensions: 512 });
    expect([await semantic(pilcrow), pilcrow.warnings(), requests()]).toEqual([true, [], 0]);
    await pilcrow.close();
    const another = await createPilcrow({ ...config, index }, { embedder: { ...embeddings, id: 'ours-2', dimensions: 512 } });
    expect(await semantic(another)).toBe(false);
    expect(another.warnings()).toEqual([expect.stringMatching(/ours-1.*ours-2/)]);
    await another.close();
  });
});

describe('a chat model', () => {
  /** Answers from the paragraph that has the figure, wherever it stands among those it was sent. */
  const fluent = ({ messages }: Pick<ModelRequest, 'messages'>) => {
    const number = /"number":\s*(\d+)[^\n]*has 9 harbours/.exec(messages.map((message) => message.content).join('\n'))?.[1];
    return number ? `Norland has 9 harbours [${number}].` : 'NOT_IN_BRIEFINGS';
  };
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer({ chat: fluent });
  });
  afterAll(() => server.close());
  const withChat = (more: Record<string, string> = {}) =>
    readConfig({
      PILCROW_CORPUS: folders.corpus,
      PILCROW_INDEX: folders.index,
      PILCROW_CHAT_MODEL: 'scripted-1',
      OPENAI_BASE_URL: server.url,
      OPENAI_API_KEY: 'sk-scripted',
      ...more,
    });
  const asked = async (given: Config, options: Parameters<typeof createPilcrow>[1] = {}) => {
    const pilcrow = await createPilcrow(given, options);
    const { mode, model, answer } = await pilcrow.ask({ question });
    await pilcrow.close();
    return { mode, model, answer };
  };

  test('of the settings writes the answer', async () => {
    expect(await asked(withChat())).toEqual({
      mode: 'generative',
      model: 'scripted-1',
      answer: expect.stringContaining('Norland has 9 harbours'),
    });
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sk-scripted');
  });

  test('is never called without a model named, key or not', async () => {
    server.requests.length = 0;
    expect(await asked(withChat({ PILCROW_CHAT_MODEL: '' }))).toMatchObject({ mode: 'extractive', model: null });
    expect(await asked(withChat(), { chat: null })).toMatchObject({ mode: 'extractive', model: null });
    expect(server.requests).toEqual([]);
  });

  test('given in code wins: our own kind or a LangChain one', async () => {
    server.requests.length = 0;
    const own: ChatModel = {
      name: 'own-1',
      async *stream(messages) {
        yield fluent({ messages: [...messages] });
      },
    };
    expect(await asked(withChat(), { chat: own })).toMatchObject({ mode: 'generative', model: 'own-1' });
    const chain = new FakeListChatModel({ responses: ['Norland has 9 harbours [1].'] });
    expect((await asked(withChat(), { chat: chain })).answer).toContain('9 harbours');
    expect(server.requests).toEqual([]);
  });

  test('that is down or never answers is not waited for', async () => {
    for (const given of [withChat({ OPENAI_BASE_URL: await nobodyListens() }), withChat({ PILCROW_ANSWER_SECONDS: '1' })]) {
      server.script({ chat: hangBeforeHeaders() });
      expect(await asked(given)).toMatchObject({ mode: 'extractive', answer: expect.stringContaining('9 harbours') });
    }
    server.script({ chat: fluent });
  });
});
