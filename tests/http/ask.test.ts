import { expect, test } from 'vitest';
import { pilcrowError } from '../../src/core/errors.ts';
import { replySchemas } from '../../src/http/schemas.ts';
import { hold, never } from '../fixtures/held.ts';
import { limits, readEvents, tinyApp } from './helper.ts';

const question = 'How many harbours does the coast have?';

test('answers with what was asked for, in the documented shape', async () => {
  const { call, pilcrow } = tinyApp();
  const history = [
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Ask away.' },
  ];
  const response = await call('POST', '/v1/ask', {
    question,
    history,
    edition: '2019',
    briefings: ['harbours-2019'],
    limit: 3,
    unknown: true,
  });
  expect(response.status).toBe(200);
  const answer = await response.json();
  expect(answer.answer).toBe('The coast has seven harbours. [1]');
  expect(replySchemas.Answer.strict().safeParse(answer).error).toBeUndefined();
  expect(pilcrow.asked).toEqual([{ question, history, edition: '2019', briefings: ['harbours-2019'], limit: 3 }]);
});

test('not finding an answer is an answer', async () => {
  const response = await tinyApp().call('POST', '/v1/ask', { question: 'Where do penguins live?' });
  expect(response.status).toBe(200);
  const answer = await response.json();
  expect(answer.status).toBe('not_found');
  expect(answer.nearest).toHaveLength(1);
});

test('a stream brings the events in order and ends with the JSON reply', async () => {
  const { call } = tinyApp();
  const reply = await (await call('POST', '/v1/ask', { question })).json();
  const response = await call('POST', '/v1/ask', { question }, { accept: 'text/event-stream' });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = readEvents(await response.text());
  expect(events.map((one) => one.event)).toEqual(['passages', 'sentence', 'note', 'answer']);
  expect(events.at(-1)!.data).toEqual(reply);
  expect(events[1]!.data).toEqual({ sentence: reply.sentences[0], citations: [reply.citations[0]] });
  expect(events[2]!.data).toEqual({ note: reply.notes[0], citations: [reply.citations[1]] });
});

test('a silent stream is kept alive with comments', async () => {
  const answer = hold();
  const { call } = tinyApp({ until: answer.until }, { heartbeatMilliseconds: 20 });
  const { body } = await call('POST', '/v1/ask', { question }, { accept: 'text/event-stream' });
  // The answer comes once the stream was kept alive three times.
  let text = '';
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if ((text.match(/^: /gm)?.length ?? 0) > 2) answer.go();
  }
  expect(readEvents(text).at(-1)!.event).toBe('answer');
});

test('hanging up on a stream gives the question up', async () => {
  let aborted = false;
  const { call } = tinyApp({ until: never, onAbort: () => (aborted = true) });
  const response = await call('POST', '/v1/ask', { question }, { accept: 'text/event-stream' });
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(aborted).toBe(true);
});

test('a failure before the first event is an ordinary error, a later one an event', async () => {
  const error = pilcrowError('model_unavailable', 'The model does not answer.', { hint: 'Try later.', retryable: true });
  const early = await tinyApp({ failure: { error, late: false } }).call('POST', '/v1/ask', { question }, { accept: 'text/event-stream' });
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('10');
  const late = await tinyApp({ failure: { error, late: true } }).call('POST', '/v1/ask', { question }, { accept: 'text/event-stream' });
  expect(late.status).toBe(200);
  const events = readEvents(await late.text());
  expect(events.map((one) => one.event)).toEqual(['passages', 'error']);
  expect(events[1]!.data).toMatchObject({ status: 503, detail: 'The model does not answer.', error: { code: 'model_unavailable' } });
});

test('an unexpected failure is logged and tells nothing', async () => {
  const { call, logged } = tinyApp({ failure: { error: new Error('password=hunter2 at /srv/secret'), late: false } });
  const response = await call('POST', '/v1/ask', { question });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).not.toContain('hunter2');
  expect(JSON.parse(text).request_id).toBe(response.headers.get('x-request-id'));
  expect(logged.find((one) => one.level === 'error')!.details!.error).toHaveProperty('message', 'password=hunter2 at /srv/secret');
});

test('the log has one line a request and never the question', async () => {
  const { call, logged } = tinyApp();
  await call('POST', '/v1/ask', { question });
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ level: 'info', details: { method: 'POST', path: '/v1/ask', status: 200 } });
  expect(JSON.stringify(logged)).not.toContain('harbours');
});

test('search returns passages, best first', async () => {
  const response = await tinyApp().call('POST', '/v1/search', { query: 'southern lighthouse museum', limit: 2 });
  const result = await response.json();
  expect(replySchemas.SearchResult.strict().safeParse(result).error).toBeUndefined();
  expect(result.passages.map((one: { paragraph: string }) => one.paragraph)).toEqual(['harbours-2026#p6', 'harbours-2026#p4']);
});

test('everything wrong with a request is said at once, with pointers', async () => {
  const response = await tinyApp().call('POST', '/v1/ask', {
    question: '   ',
    history: [{ role: 'robot', content: 7 }],
    limit: 100,
    briefings: 'all',
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(replySchemas.Problem.strict().safeParse(problem).error).toBeUndefined();
  expect(problem.errors.map((one: { pointer: string }) => one.pointer)).toEqual([
    '/question',
    '/history/0/role',
    '/history/0/content',
    '/briefings',
    '/limit',
  ]);
  expect(problem.error).toMatchObject({ type: 'invalid_request_error', code: 'bad_request', param: 'question' });
});

const long = 'ä'.repeat(limits.questionCharacters + 1);
test.each([
  ['an empty question', { question: '' }, 'question is empty'],
  ['a question that is too long', { question: long }, 'longer than 2000 characters'],
  ['no question', {}, 'question must be text'],
  ['a list', [], 'the body must be an object'],
  ['a long history', { question, history: Array.from({ length: 51 }, () => ({ role: 'user', content: 'x' })) }, 'more than 50 turns'],
  ['a long turn', { question, history: [{ role: 'user', content: 'x'.repeat(4001) }] }, 'longer than 4000 characters'],
  ['a wrong edition', { question, edition: 'newest' }, 'Editions there are: 2026-03 (March 2026), 2019.'],
])('refuses %s and says why', async (_, body, words) => {
  const response = await tinyApp().call('POST', '/v1/ask', body);
  expect(response.status).toBe(400);
  expect((await response.json()).error.message).toContain(words);
});

test('counts characters, not UTF-16 units', async () => {
  const { call } = tinyApp();
  expect((await call('POST', '/v1/ask', { question: '🗼'.repeat(limits.questionCharacters) })).status).toBe(200);
  expect((await call('POST', '/v1/ask', { question: '🗼'.repeat(limits.questionCharacters + 1) })).status).toBe(400);
});

test.each([
  ['what is not JSON', '{"question":', {}, 400],
  ['an empty body', '', {}, 400],
  ['another content type', 'question=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['a body that says it is too large', '{}', { 'content-length': '70000' }, 413],
  ['a body that is too large', JSON.stringify({ question, padding: 'x'.repeat(70_000) }), {}, 413],
])('refuses %s', async (_, body, headers, status) => {
  const response = await tinyApp().call('POST', '/v1/ask', body, headers);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect((await response.json()).status).toBe(status);
});

test('refuses bytes that are not UTF-8', async () => {
  const { app } = tinyApp();
  const body = Buffer.concat([Buffer.from('{"question":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const response = await app.request('/v1/ask', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(response.status).toBe(400);
});

test('a charset or a +json type is fine', async () => {
  const { call } = tinyApp();
  expect((await call('POST', '/v1/ask', { question }, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  expect((await call('POST', '/v1/ask', { question }, { 'content-type': 'application/vnd.api+json' })).status).toBe(200);
});

test('null for what may be left out counts as left out, and for what may not is told', async () => {
  const { call } = tinyApp();
  const question = 'How many harbours does the coast have?';
  const plain = await (await call('POST', '/v1/ask', { question })).json();
  const nulls = await call('POST', '/v1/ask', { question, edition: null, briefings: null, history: null, limit: null });
  expect([nulls.status, await nulls.json()]).toEqual([200, plain]);
  expect((await call('POST', '/v1/search', { query: 'harbours', edition: null, limit: null })).status).toBe(200);
  const missing = await call('POST', '/v1/ask', { question: null });
  expect([missing.status, (await missing.json()).detail]).toEqual([400, expect.stringContaining('question must be text')]);
});
