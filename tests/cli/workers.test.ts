import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ModelServer, reply, startModelServer } from '../fixtures/model-server.ts';
import { run, startProcess } from './helper.ts';

// A question may compute for two seconds, which take longer where others compute too.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-workers-'));
/** Loaded by every thread before anything else: in those that answer, reading one word never ends, and another ends the thread. */
const TRAPS = `import { isMainThread } from 'node:worker_threads';
if (!isMainThread) {
  const normalize = String.prototype.normalize;
  String.prototype.normalize = function (...given) {
    if (this.includes('zyzzyva')) for (;;);
    if (this.includes('xyster')) process.exit(3);
    return normalize.apply(this, given);
  };
}`;
const traps = ['--import', join(folder, 'traps.mjs')];

let model: ModelServer;
beforeAll(async () => {
  writeFileSync(join(folder, 'traps.mjs'), TRAPS);
  writeFileSync(join(folder, 'ferries.md'), '# Ferries\n\nThe harbour has three ferries.\n\nThe harbour has nine cranes.\n');
  expect((await run(['ingest', '.'], { cwd: folder })).code).toBe(0);
  model = await startModelServer();
});
afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(env: Record<string, string> = {}, node: string[] = []) {
  const service = startProcess(['serve', '--port', '0'], { cwd: folder, env: { PILCROW_WORKERS: '2', ...env }, node });
  const [url] = await service.printed(/http:\/\/\S+/);
  const ask = async (question: string, accept = 'application/json') => {
    const response = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ question }),
    });
    const text = await response.text();
    return { status: response.status, text, body: accept === 'application/json' ? JSON.parse(text) : null };
  };
  const stop = () => {
    service.stop();
    return service.ended;
  };
  return { url, ask, stop };
}

describe('threads that answer', () => {
  it('a question that never ends gets an error, everybody else their answer, and the thread is replaced', async () => {
    const { ask, stop } = await serve({ PILCROW_QUESTION_SECONDS: '1' }, traps);
    const hanging = ask('How many zyzzyva are there?');
    for (let round = 0; round < 10; round++)
      expect((await ask('How many ferries has the harbour?')).body.answer).toContain('three ferries');
    const { status, body } = await hanging;
    expect([status, body.error.code, body.detail]).toEqual([422, 'too_slow', expect.stringContaining('1 s of computing')]);
    // As often as there are threads: none is left that does not answer.
    expect((await ask('And the zyzzyva?')).status).toBe(422);
    expect((await ask('How many cranes has the harbour?')).body.answer).toContain('nine cranes');
    const { code, stderr } = await stop();
    expect(code).toBe(0);
    const lines = stderr.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(Array(2).fill(expect.stringContaining('its worker is replaced')));
    expect(stderr).not.toContain('zyzzyva');
  });

  it('a question that ends its thread is one error and no more', async () => {
    const { ask, stop } = await serve({ PILCROW_LOG: 'silent' }, traps);
    const dying = ask('Where is the xyster?');
    for (let round = 0; round < 10; round++)
      expect((await ask('How many ferries has the harbour?')).body.answer).toContain('three ferries');
    expect((await dying).status).toBe(500);
    expect((await ask('How many cranes has the harbour?')).body.answer).toContain('nine cranes');
    expect((await stop()).code).toBe(0);
  });

  it('answer alike in threads and in the one that serves, whole and in events', async () => {
    const replies: string[][] = [];
    for (const PILCROW_WORKERS of ['0', '2']) {
      const { ask, url, stop } = await serve({ PILCROW_WORKERS });
      const question = 'How many ferries has the harbour?';
      const pages = ['/v1/briefings', '/briefings/ferries', '/v1/series', '/v1/briefings/nothing'];
      const read = await Promise.all(pages.map(async (page) => (await fetch(url + page)).text()));
      replies.push([...read, (await ask(question)).text, (await ask(question, 'text/event-stream')).text].map(withoutRequest));
      expect(await stop()).toMatchObject({ code: 0, stderr: '' });
    }
    expect(replies[1]).toEqual(replies[0]);
  });

  it('a model is called by the one that serves: its limits are common to all of them', async () => {
    model.requests.length = 0;
    model.script({ chat: () => reply('The harbour has three ferries [1].') });
    const { ask, url, stop } = await serve({
      PILCROW_CHAT_MODEL: 'scripted',
      PILCROW_CHECK_MODEL: 'off',
      OPENAI_BASE_URL: model.url,
      PILCROW_MODEL_CALLS_PER_HOUR: '3',
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('How many ferries has the harbour?')));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.every(({ body }) => body.answer.includes('three ferries'))).toBe(true);
    expect(model.requests.length).toBe(3);
    expect(answers.some(({ body }) => body.mode === 'generative')).toBe(true);
    expect((await (await fetch(`${url}/readyz`)).json()).warnings).toEqual([expect.stringContaining('used up its 3 calls')]);
    expect((await stop()).code).toBe(0);
  });
});

/** Ids of requests differ, and questions that go on from an answer come when they are made. */
const withoutRequest = (text: string): string => text.replace(/"(?:request_id":"[^"]*"|suggestions":\[[^\]]*\])/g, '');
