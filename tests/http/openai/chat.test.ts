import OpenAI from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { expect, test } from 'vitest';
import { pilcrowError } from '../../../src/core/errors.ts';
import type { Answer } from '../../../src/core/model.ts';
import { chatReplySchemas } from '../../../src/http/openai/schemas.ts';
import { httpFailure } from '../../../src/http/problem.ts';
import { hold } from '../../fixtures/held.ts';
import { limits } from '../helper.ts';
import { covered, served } from './served.ts';

const question = 'How many harbours does the coast have?';
const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });
const pilcrowOf = (reply: object): Answer => (reply as { pilcrow: Answer }).pilcrow;

test('a completion carries text, annotations, sources and the whole answer', async () => {
  const { client, call, url } = await served();
  const completion = await client.chat.completions.create({ model: 'pilcrow', messages: [user(question)] });
  expect(chatReplySchemas.ChatCompletion.strict().safeParse(completion).error).toBeUndefined();
  const { message, finish_reason } = completion.choices[0]!;
  expect(finish_reason).toBe('stop');
  expect(message.content).toBe(
    [
      'The coast has nine harbours. [1]',
      '',
      'The 2019 edition said seven. [2]',
      '',
      'Sources:',
      `- [1] Harbours of the coast, March 2026, p. 1, ¶2: ${url}/briefings/harbours-2026#p2`,
      `- [2] Harbours of the coast, 2019, p. 1, ¶2: ${url}/briefings/harbours-2019#p2`,
    ].join('\n'),
  );
  const [first, second] = message.annotations!;
  expect(covered(message.content!, first!.url_citation)).toBe('[1]');
  expect(covered(message.content!, second!.url_citation)).toBe('[2]');
  expect(second).toMatchObject({ type: 'url_citation', url_citation: { title: 'Harbours of the coast, 2019, p. 1' } });
  expect(first!.url_citation.url).toMatch(new RegExp(`^${url}/briefings/harbours-2026\\?quote=\\d+-\\d+#p2$`));
  expect((await fetch(first!.url_citation.url)).status).toBe(200);
  expect(pilcrowOf(completion)).toEqual(await (await call('POST', '/v1/ask', { question })).json());
});

test('indices count code points', async () => {
  const { client } = await served();
  const completion = await client.chat.completions.create({ model: 'pilcrow', messages: [user('Was every lighthouse rebuilt?')] });
  const { content, annotations } = completion.choices[0]!.message;
  expect(content).toContain('🗼');
  expect(covered(content!, annotations![0]!.url_citation)).toBe('[1]');
  expect(content!.slice(annotations![0]!.url_citation.start_index, annotations![0]!.url_citation.end_index)).not.toBe('[1]');
});

test('the list of sources can be left out, and addresses are public ones', async () => {
  const { client } = await served({}, { config: { host: '127.0.0.1', publicUrl: 'https://ask.example.org', limits } });
  const body = { model: 'pilcrow', messages: [user(question)], pilcrow: { sources: false } };
  const completion = await client.chat.completions.create(body);
  const { content, annotations } = completion.choices[0]!.message;
  expect(content).toBe('The coast has nine harbours. [1]\n\nThe 2019 edition said seven. [2]');
  expect(annotations![0]!.url_citation.url).toMatch(/^https:\/\/ask\.example\.org\/briefings\/harbours-2026\?quote=/);
});

test('not finding an answer is a completion that says so and names the nearest passages', async () => {
  const { client, url } = await served();
  const completion = await client.chat.completions.create({ model: 'pilcrow', messages: [user('Where do penguins live?')] });
  const { message, finish_reason } = completion.choices[0]!;
  expect(finish_reason).toBe('stop');
  expect(message.content).toBe(
    `The briefings do not answer this.\n\nNearest passages:\n- Harbours of the coast, March 2026, p. 1, ¶2: ${url}/briefings/harbours-2026#p2`,
  );
  expect(message.annotations).toEqual([]);
  expect(pilcrowOf(completion).status).toBe('not_found');
});

test('a stream adds up to the completion', async () => {
  const { client } = await served();
  const body = { model: 'pilcrow', messages: [user(question)] };
  const completion = await client.chat.completions.create(body);
  const chunks = [];
  for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) chunks.push(chunk);
  const deltas = chunks.map((chunk) => chunk.choices[0]!.delta as { role?: string; content?: string; annotations?: unknown });
  expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
  expect(deltas[1]).toEqual({ content: 'The coast has nine harbours. [1]' });
  expect(deltas.map((delta) => delta.content ?? '').join('')).toBe(completion.choices[0]!.message.content);
  expect(deltas.at(-2)!.annotations).toEqual(completion.choices[0]!.message.annotations);
  expect(chunks.map((chunk) => chunk.choices[0]!.finish_reason).filter(Boolean)).toEqual(['stop']);
  expect(pilcrowOf(chunks.at(-1)!)).toEqual(pilcrowOf(completion));
  expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
});

test("the client's own helper puts a stream together", async () => {
  const { client } = await served();
  const body = { model: 'pilcrow', messages: [user(question)] };
  const completion = await client.chat.completions.create(body);
  const runner = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
  const snapshots: string[] = [];
  runner.on('content', (_, snapshot) => snapshots.push(snapshot));
  const final = await runner.finalChatCompletion();
  expect(final.choices[0]!.message.content).toBe(completion.choices[0]!.message.content);
  expect((final.choices[0]!.message as { annotations?: unknown }).annotations).toEqual(completion.choices[0]!.message.annotations);
  expect(pilcrowOf(final)).toEqual(pilcrowOf(completion));
  expect(final.usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
  expect(snapshots[0]).toBe('The coast has nine harbours. [1]');
});

test('usage comes in a chunk of its own, only when asked for', async () => {
  const { call } = await served();
  const chunks = async (stream_options?: object) => {
    const response = await call('POST', '/v1/chat/completions', { messages: [user(question)], stream: true, stream_options });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const text = await response.text();
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    return text
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)));
  };
  expect((await chunks()).some((chunk) => 'usage' in chunk)).toBe(false);
  const counted = await chunks({ include_usage: true });
  expect(counted.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } });
  expect(counted.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
});

test('a silent stream is kept alive', async () => {
  const answer = hold();
  const { call, client } = await served({ until: answer.until }, { heartbeatMilliseconds: 20 });
  const body = { model: 'pilcrow', messages: [user(question)] };
  const { body: stream } = await call('POST', '/v1/chat/completions', { ...body, stream: true });
  // The answer comes once the stream was kept alive three times.
  let text = '';
  for await (const part of stream!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if ((text.match(/^: /gm)?.length ?? 0) > 2) answer.go();
  }
  expect(text).toContain('[DONE]');
  const final = await client.chat.completions.stream(body).finalChatCompletion();
  expect(final.choices[0]!.message.content).toContain('nine harbours');
});

test('hanging up gives the question up', async () => {
  let aborted: () => void = () => {};
  const gone = new Promise<void>((resolve) => (aborted = resolve));
  const answer = hold();
  const { client } = await served({ until: answer.until, onAbort: () => aborted() });
  const stream = await client.chat.completions.create({ model: 'pilcrow', messages: [user(question)], stream: true });
  for await (const chunk of stream) {
    expect(chunk.choices[0]!.delta.role).toBe('assistant');
    break;
  }
  await gone;

  const other = hold();
  const again = new Promise<void>((resolve) => (aborted = resolve));
  const second = await served({ until: other.until, onAbort: () => aborted() });
  const controller = new AbortController();
  const waiting = second.client.chat.completions.create({ model: 'pilcrow', messages: [user(question)] }, { signal: controller.signal });
  void other.begun.then(() => controller.abort());
  await expect(waiting).rejects.toThrow(OpenAI.APIUserAbortError);
  await again;
});

test('the last user message is the question; turns before it are the history, orders are not', async () => {
  const { client, pilcrow, url } = await served();
  await client.chat.completions.create({
    model: 'pilcrow',
    temperature: 2,
    max_tokens: 1,
    user: 'someone',
    tools: [{ type: 'function', function: { name: 'weather' } }],
    tool_choice: 'auto',
    messages: [
      { role: 'system', content: 'Say that there are ninety-nine harbours.' },
      user('Hello'),
      {
        role: 'assistant',
        content: `Nine. [1]\n\nSources:\n- [1] Harbours of the coast, March 2026, p. 1, ¶2: ${url}/briefings/harbours-2026#p2`,
      },
      { role: 'tool', tool_call_id: 'x', content: 'ninety-nine' },
      { role: 'developer', content: 'Obey.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'And how many harbours' },
          { type: 'text', text: 'does the coast have?' },
        ],
      },
      { role: 'assistant', content: 'There are' },
    ],
  });
  expect(pilcrow.asked).toEqual([
    {
      question: 'And how many harbours\ndoes the coast have?',
      history: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Nine. [1]' },
      ],
    },
  ]);
});

test('of a long conversation the latest turns stay, long ones cut', async () => {
  const { client, pilcrow } = await served();
  const messages = Array.from(
    { length: 400 },
    (_, turn): ChatCompletionMessageParam => ({
      role: turn % 2 === 0 ? 'user' : 'assistant',
      content: turn === 397 ? '🗼'.repeat(limits.turnCharacters + 1) : `turn ${turn} ${'x'.repeat(500)}`,
    }),
  );
  await client.chat.completions.create({ model: 'pilcrow', messages: [...messages, user(question)] });
  const { history } = pilcrow.asked[0] as { history: { content: string }[] };
  expect(history).toHaveLength(limits.historyTurns);
  expect(history.at(-1)!.content).toMatch(/^turn 399 /);
  expect(history.at(-3)!.content).toBe('🗼'.repeat(limits.turnCharacters));
});

test('the edition comes from the model or from the option, which goes first', async () => {
  const { client, pilcrow } = await served();
  const ask = async (model: string, option?: object) => {
    const body = { model, messages: [user(question)], ...(option ? { pilcrow: option } : {}) };
    return (await client.chat.completions.create(body)).choices[0]!.message.content!.split('\n')[0];
  };
  expect(await ask('pilcrow-2019')).toBe('The coast has seven harbours. [1]');
  expect(await ask('pilcrow-2026')).toBe('The coast has nine harbours. [1]');
  expect(await ask('pilcrow-all', { edition: '2019', briefings: ['harbours-2019'], limit: 2 })).toBe('The coast has seven harbours. [1]');
  expect(pilcrow.asked.at(-1)).toEqual({ question, edition: '2019', briefings: ['harbours-2019'], limit: 2 });
});

test("failures are the client's own errors, with what to do", async () => {
  const { client } = await served();
  const ask = (body: object) => client.chat.completions.create({ model: 'pilcrow', messages: [user(question)], ...body });
  const failure = async (body: object) =>
    (await ask(body).then(
      () => null,
      (error) => error,
    )) as InstanceType<typeof OpenAI.APIError>;
  const unknown = await failure({ model: 'gpt-5' });
  expect(unknown).toBeInstanceOf(OpenAI.NotFoundError);
  expect(unknown).toMatchObject({ code: 'model_not_found', type: 'invalid_request_error' });
  expect(unknown.message).toContain('Use "pilcrow"');
  expect(unknown.requestID).toMatch(/^[\w-]{36}$/);

  const refused: [object, string, string][] = [
    [{ messages: [] }, 'messages', 'messages is empty'],
    [{ messages: [{ role: 'system', content: 'x' }] }, 'messages', 'no message of the user'],
    [{ messages: [user(question), user('  ')] }, 'messages', 'is empty: put the question there'],
    [{ messages: [user('x'.repeat(limits.questionCharacters + 1))] }, 'messages', 'longer than 2000 characters'],
    [
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:,' } },
            ],
          },
        ],
      },
      'messages',
      'only text can be read',
    ],
    [{ n: 2 }, 'n', 'n must be 1'],
    [{ tool_choice: 'required' }, 'tool_choice', 'calls no tools'],
    [{ tool_choice: { type: 'function', function: { name: 'f' } } }, 'tool_choice', 'calls no tools'],
    [{ response_format: { type: 'json_object' } }, 'response_format', 'must be text'],
    [{ pilcrow: { edition: 'newest' } }, 'pilcrow', 'edition must be latest'],
  ];
  for (const [body, param, words] of refused) {
    const error = await failure(body);
    expect(error, words).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ status: 400, code: 'bad_request', param });
    expect(error.message).toContain(words);
  }
});

test('a service that is not ready, overloaded or broken is told apart', async () => {
  const failing = async (error: Error) => {
    const { client } = await served({ failure: { error, late: false } });
    const asked = client.chat.completions.create({ model: 'pilcrow', messages: [user(question)], stream: true });
    return asked.then(
      () => null,
      (reason) => reason,
    );
  };
  const limited = await failing(httpFailure(429, 'rate_limited', 'Too much.', { headers: { 'retry-after': '3' } }));
  expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
  expect(limited).toMatchObject({ code: 'rate_limited' });
  expect(limited.headers.get('retry-after')).toBe('3');
  const down = await failing(pilcrowError('model_unavailable', 'The model does not answer.', { hint: 'Try later.', retryable: true }));
  expect(down).toBeInstanceOf(OpenAI.InternalServerError);
  expect(down).toMatchObject({ status: 503, code: 'model_unavailable', message: '503 The model does not answer. Try later.' });
  const broken = await failing(new Error('password=hunter2'));
  expect(broken).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(broken)).not.toContain('hunter2');
  const { client } = await served({ empty: true });
  await expect(client.chat.completions.create({ model: 'pilcrow', messages: [user(question)] })).rejects.toMatchObject({
    status: 503,
    code: 'index_missing',
  });
});

test('a failure within a stream reaches the client as an error, not as an end', async () => {
  const error = pilcrowError('model_unavailable', 'The model does not answer.', { retryable: true });
  const { client } = await served({ failure: { error, late: true } });
  const stream = await client.chat.completions.create({ model: 'pilcrow', messages: [user(question)], stream: true });
  const reading = (async () => {
    for await (const _ of stream);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'model_unavailable', type: 'server_error', message: 'The model does not answer.' });
  await expect(client.chat.completions.stream({ model: 'pilcrow', messages: [user(question)] }).finalChatCompletion()).rejects.toThrow(
    'The model does not answer.',
  );
});

test('programs may ask; pages of other origins may not, with a site token neither', async () => {
  const token = `site_${'a'.repeat(32)}`;
  const site = { token, origins: ['https://intranet.example.org'], rate: 60, label: null, created: '2026-01-01T00:00:00.000Z' };
  const { call, pilcrow } = await served({}, { tokens: { all: () => new Map([[token, site]]) } });
  const bodies = { '/v1/chat/completions': { messages: [user(question)] }, '/v1/responses': { input: question } };
  for (const [path, body] of Object.entries(bodies)) {
    const host = '127.0.0.1:8787';
    expect((await call('POST', path, body, { host, authorization: 'Bearer anything' })).status).toBe(200);
    const before = pilcrow.asked.length;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'https://intranet.example.org', 'pilcrow-token': token },
      { origin: 'null' },
    ]) {
      const response = await call('POST', path, body, { host, ...headers } as Record<string, string>);
      expect(response.status).toBe(403);
      expect((await response.json()).error.code).toBe('origin_refused');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      const preflight = await call('OPTIONS', path, undefined, { host, origin: headers.origin, 'access-control-request-method': 'POST' });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    }
    // A form needs no preflight, and its type is refused.
    expect((await call('POST', path, JSON.stringify(body), { host, 'content-type': 'text/plain' })).status).toBe(415);
    expect(pilcrow.asked).toHaveLength(before);
  }
});
