import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ModelServer, startModelServer } from '../fixtures/model-server.ts';
import { run, start } from './helper.ts';

// Processes of their own, which on a busy machine take seconds to start.
vi.setConfig({ testTimeout: 90_000 });
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const QUESTION = 'How many piers does the harbour have?';
const keys: string[] = [];
const command = async (...args: string[]) => {
  const ended = await run(args, { cwd: folder });
  expect(ended).toMatchObject({ code: 0 });
  return ended.stdout;
};
beforeAll(async () => {
  writeFileSync(join(folder, 'piers.md'), '# Piers\n\nThe harbour has nine piers. Two of them are of stone.\n');
  await command('ingest', '.', '--index', 'index');
  for (const [name, scope] of [
    ['one', 'ask'],
    ['two', 'ask'],
    ['operator', 'admin'],
  ] as const)
    keys.push(JSON.parse(await command('key', 'create', '--name', name, '--scope', scope, '--json')).key);
});

async function serve(env: Record<string, string>) {
  const server = start(['serve', '--port', '0', '--json'], { cwd: folder, env: { PILCROW_ACCESS: 'keys', ...env } });
  const { url } = JSON.parse((await server.printed(/^\{[\s\S]*\n\}/))[0]);
  const send = async (path: string, body?: unknown, headers: Record<string, string> = {}, key = keys[0] as string) => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.status, `${path} ${text}`).toBe(200);
    return text;
  };
  const stop = async () => {
    server.stop();
    expect((await server.ended).code).toBe(0);
  };
  return { send, stop };
}
const kept = async () =>
  (await command('log', 'export'))
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('the question log', () => {
  it('is off unless it is wanted, and says so', async () => {
    const { send, stop } = await serve({});
    await send('/v1/ask', { question: QUESTION });
    expect(JSON.parse(await send('/v1/privacy')).questions).toBeNull();
    await stop();
    expect(existsSync(join(folder, 'data', 'questions'))).toBe(false);
    expect(await command('log', 'list')).toContain('No questions are kept.');
  });

  it('keeps every question once, whichever protocol it came by, under a name of who asked; not what the pages try out', async () => {
    const { send, stop } = await serve({ PILCROW_QUESTION_LOG_DAYS: '30' });
    expect(JSON.parse(await send('/v1/privacy'))).toEqual({ questions: { days: 30 }, feedback: { days: 365 } });
    const said = (protocol: string) => `${QUESTION} (${protocol})`;
    const user = (protocol: string) => [{ role: 'user', content: said(protocol) }];
    await send('/', undefined, { accept: 'text/html' });
    await send('/v1/ask', { question: said('json') });
    await send('/v1/ask', { question: said('events') }, { accept: 'text/event-stream' });
    await send('/v1/chat/completions', { model: 'pilcrow', messages: user('chat') });
    await send('/v1/chat/completions', { model: 'pilcrow', stream: true, messages: user('chat stream') });
    await send('/v1/responses', { model: 'pilcrow', input: said('responses') });
    await send('/v1/ui-messages', { messages: [{ role: 'user', parts: [{ type: 'text', text: said('ui') }] }] });
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ask', arguments: { question: said('mcp') } } };
    await send('/mcp', call, { accept: 'application/json', 'mcp-protocol-version': '2025-06-18' });
    await send('/v1/search', { query: 'a search is no question' });
    await send('/v1/ask', { question: said('another key') }, {}, keys[1]);
    await send('/', undefined, { accept: 'text/html' });
    await stop();
    const records = await kept();
    expect(records.map(({ question }) => question).sort()).toEqual(
      ['another key', 'chat', 'chat stream', 'events', 'json', 'mcp', 'responses', 'ui'].map(said).sort(),
    );
    const names = new Map(records.map((one) => [one.question, one.asker]));
    const other = names.get(said('another key'));
    names.delete(said('another key'));
    expect(new Set(names.values()).size).toBe(1);
    expect([...names.values()]).not.toContain(other);
    for (const one of records) {
      expect(Object.keys(one).sort()).toEqual(['asker', 'citations', 'outcome', 'question', 'status', 'time']);
      expect(one.citations).toContain('piers#p2');
    }
    // Nothing that is kept anywhere names the key.
    const files = readdirSync(join(folder, 'data', 'questions')).map((name) =>
      readFileSync(join(folder, 'data', 'questions', name), 'utf8'),
    );
    for (const key of keys) expect(files.join()).not.toContain(key.split('_')[1]);
  });

  it('is shown newest first, and goes when it is told to', async () => {
    const listed = await command('log', 'list', '--limit', '1');
    expect(listed).toContain('(another key)');
    expect(listed).toContain('1 of 8.');
    const doctor = JSON.parse((await run(['doctor', '--json', '--corpus', '.'], { cwd: folder })).stdout);
    expect(doctor.checks).toContainEqual(
      expect.objectContaining({ name: 'questions', state: 'poor', found: expect.stringContaining('8') }),
    );
    expect((await run(['log', 'purge'], { cwd: folder })).code).toBe(2);
    expect(await command('log', 'purge', '--keep-days', '1')).toContain('Removed 0 records.');
    expect(await command('log', 'purge', '--all')).toContain('Removed 8 records.');
    expect(await kept()).toEqual([]);
    expect(readFileSync(join(folder, 'data', 'audit.jsonl'), 'utf8')).toContain('"event":"questions.purged","removed":8');
  });

  it('forgets what is older than the settings say when the service starts', async () => {
    const old = { time: '2020-01-01T10:00:00.000Z', asker: 'a', question: 'q', status: 'answered', outcome: 'answer', citations: [] };
    writeFileSync(join(folder, 'data', 'questions', 'questions-2020-01-01.jsonl'), `${JSON.stringify(old)}\n`);
    writeFileSync(join(folder, 'data', 'questions', 'key-2020-01-01'), 'old');
    const { send, stop } = await serve({ PILCROW_QUESTION_LOG_DAYS: '30' });
    await send('/v1/ask', { question: QUESTION });
    await stop();
    const names = readdirSync(join(folder, 'data', 'questions'));
    expect(names.filter((name) => name.includes('2020'))).toEqual([]);
    expect(names).toHaveLength(2);
  });
});

describe('a daily budget of model calls', () => {
  let model: ModelServer;
  beforeAll(async () => {
    model = await startModelServer({
      chat: ({ messages }) => (messages[0]?.content.startsWith('You check sentences') ? '1: yes' : 'The harbour has nine piers. [1]'),
    });
  });
  afterAll(() => model.close());

  it('gives quotations with the reason to whoever has used it up, and goes on for others', async () => {
    const { send, stop } = await serve({
      OPENAI_BASE_URL: model.url,
      PILCROW_CHAT_MODEL: 'scripted',
      PILCROW_CHECK_MODEL: 'off',
      PILCROW_MODEL_CALLS_PER_DAY: '1',
    });
    const ask = async (key: string | undefined, question = QUESTION) => JSON.parse(await send('/v1/ask', { question }, {}, key));
    const [first, second] = keys;
    expect((await ask(first)).mode).toBe('generative');
    const over = await ask(first);
    expect(over).toMatchObject({ mode: 'extractive', status: 'answered' });
    expect(over.answer).toContain('nine piers');
    expect(over.notes).toContainEqual(
      expect.objectContaining({ kind: 'fallback', text: 'The model was called as often as is allowed for now; these are quotations.' }),
    );
    expect((await ask(second)).mode).toBe('generative');
    // The budget of the one is no trouble of the service.
    expect(JSON.parse(await send('/readyz')).warnings).toEqual([]);
    const metrics = await send('/metrics', undefined, {}, keys[2]);
    expect(metrics).toContain('pilcrow_model_calls_over_budget_total 1');
    expect(metrics).toContain('pilcrow_model_calls_total{outcome="ok"} 2');
    expect(model.requests).toHaveLength(2);
    await stop();
  });
});
