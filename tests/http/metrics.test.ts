import { expect, it } from 'vitest';
import { createMetrics } from '../../src/adapters/metrics.ts';
import { observed } from '../../src/adapters/observed.ts';
import { createApp } from '../../src/http/app.ts';
import { createWho } from '../../src/http/who.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from './helper.ts';

const keys = {
  find: (text: string) => (text === 'pil_admin' ? { id: 'a', name: 'a', scope: 'admin' as const, created: '', expires: null } : null),
};
const admin = { 'x-api-key': 'pil_admin' };
const secret = 'zanzibarium';

function service() {
  const tiny = createTiny();
  const metrics = createMetrics(async () => ({ snapshot: (await tiny.index()).info, warnings: 2 }));
  const feedback = { add: async () => {}, list: async () => [] };
  const app = createApp({
    pilcrow: observed(tiny, metrics),
    config: { host: '127.0.0.1', publicUrl: null, limits },
    who: createWho({ keys, required: false }),
    metrics,
    feedback,
  });
  const post = (path: string, body: object) =>
    app.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const read = async () => (await app.request('/metrics', { headers: admin })).text();
  return { app, post, read };
}

it('counts answers by outcome, requests by route and feedback, and holds nothing of what was asked', async () => {
  const { app, post, read } = service();
  await post('/v1/ask', { question: 'How many harbours does the coast have?' });
  await post('/v1/ask', { question: `What is the ${secret}?` });
  await post('/v1/ask', { question: '' });
  await app.request(`/v1/briefings/${secret}`);
  await app.request(`/${secret}`);
  const record = {
    id: 'a'.repeat(32),
    verdict: 'up',
    question: secret,
    answer: 'x',
    status: 'answered',
    mode: 'extractive',
    snapshot: 's',
    citations: [],
  };
  expect((await post('/v1/feedback', record)).status).toBe(201);
  const text = await read();
  expect(text).toContain('pilcrow_answers_total{status="answered",mode="extractive"} 1');
  expect(text).toContain('pilcrow_answers_total{status="not_found",mode="extractive"} 1');
  expect(text).toContain('pilcrow_feedback_total{verdict="up"} 1');
  expect(text).toContain('pilcrow_http_request_duration_seconds_count{method="POST",route="/v1/ask",status="400"} 1');
  expect(text).toContain('route="/v1/briefings/:id",status="404"} 1');
  expect(text).toMatch(/^pilcrow_index_paragraphs \d+$/m);
  expect(text).toContain('pilcrow_warnings 2');
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(text).toMatch(/^nodejs_heap_size_used_bytes /m);
  expect(text).not.toContain(secret);
});

it('is for whoever may do everything', async () => {
  const { app } = service();
  expect((await app.request('/metrics')).status).toBe(401);
  expect((await app.request('/metrics', { headers: admin })).headers.get('content-type')).toContain('text/plain');
});
