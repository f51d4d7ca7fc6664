import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenAIEmbedder, type OpenAIEmbedderOptions } from '../../src/adapters/openai/embedder.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { embedderContract } from '../contracts/embedder.ts';
import { eventually } from '../fixtures/held.ts';
import {
  backwards,
  body,
  hangBeforeHeaders,
  hashVector,
  htmlPage,
  type ModelServer,
  type ModelServerOptions,
  nobodyListens,
  notNumbers,
  reset,
  startModelServer,
  status,
  tooManyRequests,
  vectors,
  wrongCount,
  wrongLength,
} from '../fixtures/model-server.ts';

const KEY = 'sk-scripted-0123456789';
let server: ModelServer;
let meaningful: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
  // The contract asks for meaning, so a real model stands behind the HTTP here.
  const { embedQuery } = await createStaticEmbedder();
  meaningful = await startModelServer({ embeddings: vectors(embedQuery) });
});
afterAll(() => Promise.all([server.close(), meaningful.close()]));

embedderContract(
  'embeddings behind an OpenAI-compatible server',
  () => createOpenAIEmbedder({ apiKey: KEY, baseUrl: meaningful.url, model: 'org/static-en:latest' }),
  { longest: 30_000 },
);

/** An embedder of eight values served by this script, from its first real request on. */
function embedder(embeddings: NonNullable<ModelServerOptions['embeddings']> = vectors(), options: Partial<OpenAIEmbedderOptions> = {}) {
  server.requests.length = 0;
  server.script({ embeddings });
  const quick = { attempts: 3, milliseconds: 5000 };
  return createOpenAIEmbedder({
    apiKey: KEY,
    baseUrl: server.url,
    model: 'hash-1',
    length: 8,
    queryRetries: quick,
    documentRetries: quick,
    ...options,
  });
}
const unit = (text: string, dimensions = 8) => {
  const vector = hashVector(text, dimensions);
  return vector.map((value) => value / Math.hypot(...vector));
};
const near = (found: number[][], texts: string[]) => {
  expect(found.length).toBe(texts.length);
  for (const [at, text] of texts.entries())
    for (const [column, value] of unit(text).entries()) expect(found[at]![column]).toBeCloseTo(value, 12);
};
const words = (count: number) => Array.from({ length: count }, (_, at) => `harbour ${at}`);

describe('what is sent', () => {
  test('the model, the texts and the plain format; dimensions only when set', async () => {
    await (await embedder()).embedQuery('a harbour');
    expect(server.requests[0]?.body).toEqual({ model: 'hash-1', input: ['a harbour'], encoding_format: 'float' });
    const short = await embedder(vectors(), { dimensions: 4 });
    expect((await short.embedQuery('a harbour')).length).toBe(4);
    expect(server.requests[0]?.body.dimensions).toBe(4);
    expect([short.id, short.dimensions]).toEqual(['openai:hash-1@4', 4]);
  });

  test('nothing at all while the length is known, one word to learn it otherwise', async () => {
    await embedder();
    expect(server.requests.length).toBe(0);
    const { id, dimensions } = await embedder(vectors(), { length: undefined });
    expect(server.requests.map((request) => request.body.input)).toEqual([['length']]);
    expect([id, dimensions]).toEqual(['openai:hash-1@8', 8]);
  });

  test('no blank text, and no half characters', async () => {
    const found = await (await embedder()).embedDocuments(['', 'a \ud800 b', ' \n', 'port']);
    expect(server.requests.flatMap((request) => request.body.input)).toEqual(['a \ufffd b', 'port']);
    expect(found.map((vector) => Math.round(Math.hypot(...vector)))).toEqual([0, 1, 0, 1]);
  });

  test('batches by number and by characters, some at a time, each text in its place', async () => {
    let running = 0;
    let most = 0;
    const slow = vectors(async (text) => {
      most = Math.max(most, ++running);
      // The first wait until others have come beside them.
      await eventually(() => expect(most).toBeGreaterThan(4));
      running--;
      return hashVector(text);
    });
    const texts = [...words(11), 'x'.repeat(90), ...words(3)];
    near(await (await embedder(slow, { batch: { texts: 4, characters: 100, requests: 2 } })).embedDocuments(texts), texts);
    const sizes = server.requests.map((request) => request.body.input.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(15);
    expect(Math.max(...sizes)).toBe(4);
    expect(server.requests.every(({ body: sent }) => sent.input.join('').length <= 100)).toBe(true);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('what is believed', () => {
  test('vectors are put in order by their index', async () => near(await (await embedder(backwards())).embedDocuments(words(5)), words(5)));

  test.each([
    ['one too few', wrongCount(), /gave 2 vectors for 3 texts/],
    ['one twice', vectors(undefined, ([a, b]) => [a, b, b]), /not one for each/],
    ['an index out of range', vectors(undefined, (items) => items.map((item) => ({ ...item, index: item.index + 1 }))), /not one for each/],
    ['another length', wrongLength(), /7 values, not of 8/],
    ['no numbers', notNumbers(null), /no finite number/],
    ['text', notNumbers('0.5'), /no finite number/],
    ['infinite numbers', vectors(() => [1e308, 1e308, 1, 1, 1, 1, 1, 1]), /too long/],
    ['base64 nobody asked for', vectors(undefined, (items) => items.map((item) => ({ ...item, embedding: 'AAAA' }))), /else than a vector/],
    ['nothing', vectors(undefined, (items) => items.map((item) => ({ index: item.index }))), /else than a vector/],
    ['null', vectors(undefined, (items) => items.map(() => null)), /else than a vector/],
  ])('%s is refused', async (_, behaviour, message) => {
    const error = await (await embedder(behaviour)).embedDocuments(words(3)).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'bad_vector', message: expect.stringMatching(message), hint: expect.stringMatching(/\w/) });
  });

  test('a server that ignores the dimensions asked for is told', async () => {
    const ignoring = await embedder(
      vectors((text) => hashVector(text)),
      { dimensions: 4 },
    );
    await expect(ignoring.embedQuery('port')).rejects.toMatchObject({ code: 'bad_vector', hint: expect.stringContaining('dimensions') });
  });

  test.each([
    ['a web page', htmlPage(200)],
    ['an error with status 200', body('{"error":{"message":"Loading."}}')],
    ['broken JSON', body('{"data":[{"index":0,"embedding":[0.1')],
    ['JSON of something else', body('7')],
  ])('%s is nonsense', async (_, behaviour) => {
    const error = await (await embedder(behaviour)).embedQuery('port').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable', details: { kind: 'nonsense' } });
    expect(server.requests.length).toBe(1);
  });

  test('a text that is too long is named and not sent', async () => {
    const error = await (await embedder()).embedDocuments(['short', 'The long one '.repeat(3000), 'short']).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'too_large', message: expect.stringMatching(/Text 2 of 3 has 39,000 characters.*"The long one/) });
    expect(server.requests.length).toBe(0);
  });
});

describe('when it does not work', () => {
  test('busy servers are tried again, batch by batch', async () => {
    const texts = words(40);
    const busy = await embedder([tooManyRequests(0), vectors(), reset(), vectors()]);
    near(await busy.embedDocuments(texts), texts);
    expect(server.requests.length).toBe(5);
  });

  test('what stays wrong is not tried again and ends the other batches', async () => {
    const refusing = await embedder(status(401), { batch: { texts: 1, requests: 2 } });
    const error = await refusing.embedDocuments(words(30)).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable', retryable: false, details: { kind: 'rejected', status: 401 } });
    expect(error.hint).toContain('OPENAI_API_KEY');
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  test('a server that is down or hangs is told', async () => {
    const down = await embedder(vectors(), { baseUrl: await nobodyListens(), queryRetries: { attempts: 2 } });
    await expect(down.embedQuery('port')).rejects.toMatchObject({
      details: { kind: 'unavailable' },
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const hanging = await embedder(hangBeforeHeaders(), { requestMilliseconds: 300 });
    await expect(hanging.embedDocuments(words(3))).rejects.toMatchObject({ details: { kind: 'timeout' }, retryable: true });
    await eventually(() => expect(server.requests[0]?.aborted).toBe(true));
  });

  test('an abort throws its reason and hangs up', async () => {
    const hanging = await embedder(hangBeforeHeaders());
    const abort = new AbortController();
    const made = hanging.embedDocuments(words(40), { signal: abort.signal });
    made.catch(() => {});
    await eventually(() => expect(server.requests.length).toBe(3));
    abort.abort(new Error('left'));
    await expect(made).rejects.toThrow('left');
    await eventually(() => expect(server.requests.map(({ aborted }) => aborted)).toEqual([true, true, true]));
    await expect(hanging.embedQuery('port', { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    expect(server.requests.length).toBe(3);
  });

  test('the key never shows', async () => {
    for (const code of [400, 401, 404]) {
      const error = await (await embedder(status(code, `You sent ${KEY}.`))).embedQuery('port').catch((thrown) => thrown);
      expect(JSON.stringify([error.message, error.hint, error.stack, error])).not.toContain(KEY);
    }
  });
});
