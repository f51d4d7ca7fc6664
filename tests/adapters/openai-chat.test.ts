import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ChatLimits } from '../../src/adapters/chat-limits.ts';
import { createOpenAIChat, type OpenAIChatOptions } from '../../src/adapters/openai/chat.ts';
import { isPilcrowError } from '../../src/core/errors.ts';
import { chatModelContract, expectFailure, readReply } from '../contracts/chat-model.ts';
import { eventually } from '../fixtures/held.ts';
import {
  type Behaviour,
  body,
  brokenJson,
  contentFilter,
  endless,
  errorEvent,
  finishLength,
  flood,
  hangAfterHeaders,
  hangBeforeHeaders,
  hangMidStream,
  htmlPage,
  jsonError200,
  type ModelServer,
  nobodyListens,
  noFinish,
  oneByteAt,
  refusal,
  reply,
  reset,
  type Script,
  startModelServer,
  status,
  strangeEvents,
  tooManyRequests,
} from '../fixtures/model-server.ts';

const KEY = 'sk-scripted-0123456789';
// From the start: the package keeps the function it finds first.
const printed = ['error', 'warn', 'log', 'info', 'debug'].map((name) => vi.spyOn(console, name as 'error'));
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

/** A model served by this script; retries without much waiting. */
function model(chat: Script, { limits, ...options }: Partial<OpenAIChatOptions> = {}) {
  server.requests.length = 0;
  server.script({ chat });
  return createOpenAIChat({
    apiKey: KEY,
    baseUrl: server.url,
    model: 'scripted-1',
    limits: { firstMilliseconds: 60_000, idleMilliseconds: 60_000, totalMilliseconds: 100_000, ...limits },
    ...options,
  });
}
const limited = (behaviour: Behaviour, limits: Partial<ChatLimits>) => model(behaviour, { limits });
const gone = () => eventually(() => expect(server.requests.at(-1)?.aborted).toBe(true));

chatModelContract('a model behind an OpenAI-compatible server', {
  replies: (text) => model(reply(text, { chunk: 7 })),
  hangs: (text, limits) => limited(text === '' ? hangBeforeHeaders() : hangMidStream(text), limits),
  crawls: (text, limits) => limited(reply(text, { chunk: 1, every: 20 }), limits),
  floods: (limits) => limited(endless('The harbour is open. ', { every: 0 }), limits),
  ends: (text, how) => model(how === 'length' ? finishLength(text) : contentFilter(text)),
  breaks: (text) => model(reset(text)),
  rejects: () => model(status(401)),
  received: () => server.requests.at(-1)?.messages ?? [],
  begun: () => eventually(() => expect(server.requests.length).toBeGreaterThan(0)),
  gone,
});

describe('what is sent', () => {
  test('the model, the messages and nothing that some servers refuse', async () => {
    await readReply(model('Yes.'));
    const [request] = server.requests;
    expect(request?.body).toEqual({ model: 'scripted-1', messages: expect.any(Array), stream: true });
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('no key where none is set, and nothing the environment holds for other programs', async () => {
    const set = {
      OPENAI_API_KEY: 'sk-other',
      OPENAI_ORG_ID: 'org-other',
      OPENAI_PROJECT_ID: 'proj-other',
      OPENAI_ADMIN_KEY: 'admin-other',
    };
    for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
    try {
      expect((await readReply(model('Yes.', { apiKey: null }))).text).toBe('Yes.');
    } finally {
      vi.unstubAllEnvs();
    }
    expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/other|authorization/);
    expect(Object.keys(server.requests[0]!.headers).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  test('the limit of tokens by the name the server knows, once it has said so', async () => {
    const chat = model((({ body: sent }: { body: Record<string, unknown> }) =>
      'max_tokens' in sent ? status(400, "Unsupported parameter: 'max_tokens' is not supported with this model.") : 'Yes.') as never);
    const both = await Promise.all([readReply(chat, { maxTokens: 50 }), readReply(chat, { maxTokens: 50 })]);
    expect(both.map(({ text }) => text)).toEqual(['Yes.', 'Yes.']);
    server.requests.length = 0;
    expect((await readReply(chat, { maxTokens: 50 })).text).toBe('Yes.');
    expect(server.requests.map(({ body: sent }) => [sent.max_tokens, sent.max_completion_tokens])).toEqual([[undefined, 50]]);
  });

  test('nothing, before somebody asks', async () => {
    model('Yes.');
    expect(server.requests).toEqual([]);
  });
});

describe('replies that are none', () => {
  test.each<[string, () => Behaviour, string, string]>([
    ['no finish reason', () => noFinish('The harbour'), 'cut_off', 'The harbour'],
    ['a refusal', () => refusal(), 'refused', ''],
    ['a filter before the first word', () => contentFilter(), 'refused', ''],
    ['a web page', () => htmlPage(200), 'nonsense', ''],
    ['an error with status 200', () => jsonError200(), 'nonsense', ''],
    ['JSON of something else', () => body('[1, 2]'), 'nonsense', ''],
    ['broken JSON at once', () => brokenJson(), 'nonsense', ''],
    ['broken JSON in the middle', () => brokenJson('The harbour is'), 'nonsense', 'The harbour is'],
    ['events that are none', () => strangeEvents(), 'nonsense', ''],
    ['plain text', () => body('Welcome!', { type: 'text/plain' }), 'nonsense', ''],
    ['an empty body', () => body('', { type: 'text/event-stream' }), 'cut_off', ''],
    ['an error in the middle', () => errorEvent('The harbour is'), 'unavailable', 'The harbour is'],
    ['only thoughts', () => reply('', { reasoning: 'Let me think.' }), 'nonsense', ''],
  ])('%s', async (_, behaviour, kind, after) => {
    expectFailure(await readReply(model(behaviour())), kind as 'nonsense', after);
    expect(server.requests.length).toBe(1);
  });

  test('one byte at a time is ended by the limit of the whole', async () => {
    const read = await readReply(limited(oneByteAt('The harbour is open.', { every: 25 }), { totalMilliseconds: 300 }));
    expectFailure(read, 'timeout');
    await gone();
  });

  test('headers alone, and comments that keep the connection open, are no sign of life', async () => {
    expectFailure(await readReply(limited(hangAfterHeaders(), { firstMilliseconds: 150 })), 'timeout');
    const read = await readReply(limited(hangMidStream('The harbour is', { comments: 10 }), { idleMilliseconds: 120 }));
    expectFailure(read, 'timeout', 'The harbour is');
  });

  test.each(['deltas', 'one-event', 'comments', 'thoughts'] as const)('100 MB of %s end early', { timeout: 60_000 }, async (shape) => {
    const read = await readReply(model(flood({ shape })));
    expectFailure(read, 'nonsense', read.text);
    expect(read.text.length).toBeLessThanOrEqual(100_000);
    // The server had not sent all of it: the connection was closed on it.
    await gone();
  });

  test('thoughts are left out and keep a slow model alive', async () => {
    const read = await readReply(limited(reply('Yes.', { reasoning: 'Is it open? It is.' }), { firstMilliseconds: 1500 }));
    expect([read.text, read.error]).toEqual(['Yes.', null]);
  });

  test('content in blocks is read, thoughts among them are not', async () => {
    const blocks = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
      { type: 'text', text: 'Yes.' },
    ];
    const events = [{ delta: { content: blocks } }, { delta: {}, finish_reason: 'stop' }].map((choice) =>
      JSON.stringify({ choices: [choice] }),
    );
    const streamed = body(events.map((event) => `data: ${event}\n\n`).join(''), { type: 'text/event-stream' });
    expect(await readReply(model(streamed))).toMatchObject({ text: 'Yes.', error: null });
  });

  test('a server that does not stream is understood', async () => {
    const message = { role: 'assistant', content: 'Yes.' };
    const whole = (finish_reason: string) => body(JSON.stringify({ choices: [{ index: 0, message, finish_reason }] }));
    expect(await readReply(model(whole('stop')))).toMatchObject({ text: 'Yes.', error: null });
    expectFailure(await readReply(model(whole('length'))), 'cut_off', 'Yes.');
  });
});

describe('trying again', () => {
  test.each([429, 500, 502, 503, 529])('%i is tried again', async (code) => {
    expect(await readReply(model([status(code, 'Busy.', { 'retry-after': '0' }), 'Yes.']))).toMatchObject({ text: 'Yes.', error: null });
    expect(server.requests.length).toBe(2);
  });

  test('a page with an error status and a connection that is reset are tried again', async () => {
    expect((await readReply(model([htmlPage(502), reset(), 'Yes.']))).text).toBe('Yes.');
    expect(server.requests.length).toBe(3);
  });

  test.each([
    [400, 'PILCROW_CHAT_MODEL'],
    [401, 'OPENAI_API_KEY'],
    [403, 'OPENAI_API_KEY'],
    [404, 'PILCROW_CHAT_MODEL'],
    [302, 'OPENAI_BASE_URL'],
  ])('%i is not, and names the setting to look at', async (code, setting) => {
    const { error, ...read } = await readReply(model(status(code, 'No.', { location: 'http://192.0.2.1/' })));
    expectFailure({ error, ...read }, 'rejected');
    expect(error).toMatchObject({ hint: expect.stringContaining(setting), details: { status: code } });
    expect(server.requests.length).toBe(1);
  });

  test('credit that is used up is not', async () => {
    const spent = body(JSON.stringify({ error: { message: 'Quota.', code: 'insufficient_quota' } }), { code: 429 });
    expectFailure(await readReply(model(spent)), 'rejected');
    expect(server.requests.length).toBe(1);
  });

  test("a prompt that a server's filter stops is refused, not rejected", async () => {
    const filtered = body(JSON.stringify({ error: { message: 'Filtered.', code: 'content_filter' } }), { code: 400 });
    expectFailure(await readReply(model(filtered)), 'refused');
    expect(server.requests.length).toBe(1);
  });

  test('nothing is tried again once a word has come', async () => {
    expectFailure(await readReply(model([reset('The harbour'), 'Yes.'])), 'unavailable', 'The harbour');
    expect(server.requests.length).toBe(1);
  });

  test('no more often than allowed', async () => {
    expectFailure(await readReply(model(status(503, 'Busy.', { 'retry-after': '0' }), { retries: { attempts: 3 } })), 'unavailable');
    expect(server.requests.length).toBe(3);
  });

  test.each([3600, '120.0', new Date(Date.now() + 3_600_000)])('a Retry-After beyond the budget (%s) is not waited for', async (after) => {
    const read = await readReply(model([tooManyRequests(after), 'Yes.']));
    expectFailure(read, 'unavailable');
    expect(server.requests.length).toBe(1);
    expect((read.error as Error).message).toContain('left alone');
  });

  test('a server that is not there is told, with what to look at', async () => {
    const { error, ...read } = await readReply(model('', { baseUrl: await nobodyListens(), retries: { attempts: 2 } }));
    expectFailure({ error, ...read }, 'unavailable');
    expect(error).toMatchObject({ message: expect.stringContaining('ECONNREFUSED'), hint: expect.stringContaining('OPENAI_BASE_URL') });
  });
});

describe('the key', () => {
  const everything = (error: unknown) =>
    isPilcrowError(error) ? [error.message, error.hint, error.stack, JSON.stringify(error), String(error.cause)].join('\n') : String(error);

  test('never shows, whatever the server says', async () => {
    const repeat = `You sent ${KEY}, which is wrong.`;
    const said = [status(400, repeat), status(401, repeat), status(404, repeat), jsonError200(repeat), errorEvent('', repeat)];
    for (const behaviour of [...said, brokenJson(KEY)]) {
      const { error } = await readReply(model(behaviour, { retries: { attempts: 1 } }));
      expect(isPilcrowError(error)).toBe(true);
      expect(everything(error)).not.toContain(KEY);
    }
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  test.each(['sk-with space', 'sk-\n', 'sk-ü'])('that cannot be one (%j) is refused without showing it', (apiKey) => {
    let error: unknown;
    try {
      createOpenAIChat({ apiKey, model: 'scripted-1' });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'bad_config', hint: expect.stringContaining('OPENAI_API_KEY') });
    expect(everything(error)).not.toContain(apiKey);
  });

  test('in the address is refused', () => {
    expect(() => createOpenAIChat({ baseUrl: 'https://user:secret@example.org/v1', model: 'm' })).toThrow(/base URL/);
  });

  test('text of a server is one short line', async () => {
    const { error } = await readReply(model(status(400, `a\u001b[31m\n${'b'.repeat(9000)}\u202e`)));
    expect((error as Error).message).toMatch(/^[\x20-\x7e]{1,400}$/);
  });
});
