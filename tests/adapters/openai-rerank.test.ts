import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedReranker } from '../../src/adapters/guarded-reranker.ts';
import { createReranker, type RerankOptions } from '../../src/adapters/openai/rerank.ts';
import {
  hangBeforeHeaders,
  htmlPage,
  type ModelServer,
  type ModelServerOptions,
  nobodyListens,
  ranks,
  startModelServer,
  status,
  teiRanks,
} from '../fixtures/model-server.ts';

const KEY = 'sk-scripted-0123456789';
const TEXTS = ['An orchard in spring.', 'The harbour master opens the harbour.', 'A harbour.'];
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

function reranker(rerank: NonNullable<ModelServerOptions['rerank']> = ranks(), options: Partial<RerankOptions> = {}) {
  server.requests.length = 0;
  server.script({ rerank });
  return createReranker({ apiKey: KEY, baseUrl: server.url, model: 'rank-1', retries: { attempts: 1 }, ...options });
}
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; details?: { kind?: string } }) => `${error.code} ${error.details?.kind}`,
  );

test('scores come back in the order of the texts, whatever order the server sends', async () => {
  const scores = await reranker().rerank('harbour master', TEXTS);
  expect(scores).toEqual([0, 0.2, 0.1]);
  expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
    ['/rerank', { model: 'rank-1', query: 'harbour master', documents: TEXTS, top_n: 3 }],
  ]);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
});

test('a server that wants `texts` is asked so, and remembered', async () => {
  const ranker = reranker(teiRanks());
  expect(await ranker.rerank('harbour master', TEXTS)).toEqual([0, 0.2, 0.1]);
  expect(await ranker.rerank('orchard', TEXTS)).toEqual([0.1, 0, 0]);
  expect(server.requests.map(({ body }) => Object.keys(body).includes('texts'))).toEqual([false, true, true]);
});

test('nothing to rank asks nothing; long texts are cut; a text left out comes last', async () => {
  const ranker = reranker(
    ranks((results) => ({ results: results.slice(0, 2) })),
    { characters: 10 },
  );
  expect(await ranker.rerank('harbour', [])).toEqual([]);
  expect(server.requests.length).toBe(0);
  expect(await ranker.rerank('harbour', ['harbour', 'a harbour', 'orchards and more orchards'])).toEqual([0.1, 0.1, -0.9]);
  expect(server.requests[0]?.body.documents[2]).toBe('orchards a');
});

test.each([
  ['no results', ranks(() => ({ data: [] }))],
  ['an index that is no place', ranks((results) => ({ results: results.map((one) => ({ ...one, index: 7 })) }))],
  ['one place twice', ranks((results) => ({ results: results.map((one) => ({ ...one, index: 0 })) }))],
  ['a score that is no number', ranks((results) => ({ results: results.map((one) => ({ ...one, relevance_score: null })) }))],
  ['a page', htmlPage()],
])('%s is nonsense', async (_, behaviour) => {
  expect(await kindOf(reranker(behaviour).rerank('harbour', TEXTS))).toBe('model_unavailable nonsense');
});

test('errors have their kinds; a refused request is not tried in another way than the two', async () => {
  expect(await kindOf(reranker(status(401, 'No.')).rerank('harbour', TEXTS))).toBe('model_unavailable rejected');
  expect(await kindOf(reranker(status(500, 'Down.')).rerank('harbour', TEXTS))).toBe('model_unavailable unavailable');
  expect(await kindOf(reranker(status(422, 'Too many.')).rerank('harbour', TEXTS))).toBe('model_unavailable rejected');
  expect(server.requests.length).toBe(2);
  expect(await kindOf(createReranker({ baseUrl: await nobodyListens(), model: 'm', retries: { attempts: 1 } }).rerank('a', ['b']))).toBe(
    'model_unavailable unavailable',
  );
});

test('a server that hangs costs its own limit; an asker who leaves ends it', async () => {
  expect(await kindOf(reranker(hangBeforeHeaders(), { requestMilliseconds: 60 }).rerank('harbour', TEXTS))).toBe(
    'model_unavailable timeout',
  );
  const leaving = new AbortController();
  const work = reranker(hangBeforeHeaders()).rerank('harbour', TEXTS, { signal: leaving.signal });
  leaving.abort(new Error('gone'));
  await expect(work).rejects.toThrow('gone');
});

test('guarded, a failure is no scores, and nothing is asked for a while', async () => {
  const guarded = guardedReranker(reranker([status(500, 'Down.'), ranks()]));
  expect(await guarded.rerank('harbour', TEXTS)).toBeNull();
  expect(guarded.problem()).toContain('own order');
  expect(await guarded.rerank('harbour', TEXTS)).toBeNull();
  expect(server.requests.length).toBe(1);
  const rested = guardedReranker(reranker([status(500, 'Down.'), ranks()]), { restMilliseconds: 0 });
  expect(await rested.rerank('harbour', TEXTS)).toBeNull();
  expect(await rested.rerank('harbour', TEXTS)).toEqual([0, 0.1, 0.1]);
  expect(rested.problem()).toBeNull();
});
