import {
  DefaultChatTransport,
  parseJsonEventStream,
  readUIMessageStream,
  type UIMessage,
  type UIMessageChunk,
  uiMessageChunkSchema,
} from 'ai';
import { expect, test } from 'vitest';
import { pilcrowError } from '../../src/core/errors.ts';
import type { Answer } from '../../src/core/model.ts';
import { never } from '../fixtures/held.ts';
import { HOSTILE } from '../fixtures/tiny.ts';
import { limits } from './helper.ts';
import { served } from './openai/served.ts';

type Message = UIMessage<unknown, { pilcrow: Answer }>;
const question = 'How many harbours does the coast have?';
const said = (role: 'user' | 'assistant', text: string, id = role): Message => ({ id, role, parts: [{ type: 'text', text }] });

async function sent(
  url: string,
  messages: Message[],
  options: { body?: object; headers?: Record<string, string>; signal?: AbortSignal } = {},
) {
  const transport = new DefaultChatTransport<Message>({
    api: `${url}/v1/ui-messages`,
    body: options.body ?? {},
    headers: options.headers ?? {},
  });
  return transport.sendMessages({ trigger: 'submit-message', chatId: 'chat', messageId: undefined, messages, abortSignal: options.signal });
}

/** The message as a page would show it after each chunk. */
async function shown(stream: ReadableStream<UIMessageChunk>): Promise<Message[]> {
  const states: Message[] = [];
  for await (const message of readUIMessageStream<Message>({ stream, terminateOnError: true })) states.push(structuredClone(message));
  return states;
}
const textOf = (message: Message) => message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

test('the transport reads text, sources and the whole answer', async () => {
  const { url, call } = await served();
  const states = await shown(await sent(url, [said('user', question)]));
  expect(states.map(textOf)).toContain('The coast has nine harbours. [1]');
  const message = states.at(-1)!;
  expect(textOf(message)).toBe('The coast has nine harbours. [1]\n\nThe 2019 edition said seven. [2]');
  expect(message.parts.filter((part) => part.type === 'source-url')).toMatchObject([
    {
      sourceId: '1',
      title: 'Harbours of the coast, March 2026, p. 1',
      url: expect.stringMatching(new RegExp(`^${url}/briefings/harbours-2026\\?quote=\\d+-\\d+#p2$`)),
      providerMetadata: {
        pilcrow: { paragraph: 'harbours-2026#p2', quote: 'The coast has nine harbours.', edition: '2026-03', newest: true },
      },
    },
    { sourceId: '2', title: 'Harbours of the coast, 2019, p. 1' },
  ]);
  const data = message.parts.find((part) => part.type === 'data-pilcrow');
  expect(data?.data).toEqual(await (await call('POST', '/v1/ask', { question })).json());
});

test('every chunk is one the protocol knows', async () => {
  const { call } = await served();
  const response = await call('POST', '/v1/ui-messages', { id: 'chat', trigger: 'submit-message', messages: [said('user', question)] });
  expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const types: string[] = [];
  for await (const part of parseJsonEventStream({ stream: response.body!, schema: uiMessageChunkSchema })) {
    expect(part.success).toBe(true);
    if (part.success) types.push(part.value.type);
  }
  expect(types).toEqual([
    'start',
    'text-start',
    'text-delta',
    'source-url',
    'text-delta',
    'source-url',
    'text-end',
    'data-pilcrow',
    'finish',
  ]);
});

test('a conversation with its sources and records is sent back and understood', async () => {
  const { url, pilcrow } = await served();
  const answer = (await shown(await sent(url, [said('user', question)]))).at(-1)!;
  const messages = Array.from({ length: 20 }, () => [said('user', question), answer]).flat();
  expect(JSON.stringify(messages).length).toBeGreaterThan(limits.bodyBytes / 2);
  await shown(await sent(url, [...messages, said('user', 'And lighthouses?')], { body: { pilcrow: { edition: 'all', limit: 4 } } }));
  expect(pilcrow.asked.at(-1)).toMatchObject({ question: 'And lighthouses?', edition: 'all', limit: 4 });
  const { history } = pilcrow.asked.at(-1) as { history: unknown[] };
  expect(history.slice(0, 2)).toEqual([
    { role: 'user', content: question },
    { role: 'assistant', content: 'The coast has nine harbours. [1]\n\nThe 2019 edition said seven. [2]' },
  ]);
});

test('what is not found says so and names the nearest passages, which are no sources', async () => {
  const { url } = await served();
  const message = (await shown(await sent(url, [said('user', 'Where do penguins live?')]))).at(-1)!;
  expect(textOf(message)).toMatch(
    /^The briefings do not answer this\.\n\nNearest passages:\n- Harbours of the coast, March 2026, p\. 1, ¶2: http/,
  );
  expect(message.parts.some((part) => part.type === 'source-url')).toBe(false);
});

test('failures reach the page: refused, early and late', async () => {
  const { url } = await served();
  const refused = await sent(url, [said('user', ' ')]).then(
    () => null,
    (error: Error) => JSON.parse(error.message),
  );
  expect(refused).toMatchObject({ status: 400, error: { param: 'messages', message: expect.stringContaining('is empty') } });
  const file: Message = {
    id: 'x',
    role: 'user',
    parts: [
      { type: 'text', text: 'What is this?' },
      { type: 'file', mediaType: 'image/png', url: 'data:,' },
    ],
  };
  await expect(sent(url, [file])).rejects.toThrow('only text can be read');

  const error = pilcrowError('model_unavailable', 'The model does not answer.', { retryable: true });
  const early = await served({ failure: { error, late: false } });
  await expect(sent(early.url, [said('user', question)])).rejects.toThrow('The model does not answer.');
  const late = await served({ failure: { error, late: true } });
  await expect(shown(await sent(late.url, [said('user', question)]))).rejects.toThrow('The model does not answer.');
});

test('stopping gives the question up', async () => {
  let aborted: () => void = () => {};
  const gone = new Promise<void>((resolve) => (aborted = resolve));
  const { url } = await served({ until: never, onAbort: () => aborted() });
  const controller = new AbortController();
  const stream = await sent(url, [said('user', question)], { signal: controller.signal });
  const reader = stream.getReader();
  expect((await reader.read()).value?.type).toBe('start');
  controller.abort();
  await gone;
});

test('pages of other sites may use it with their token, as they may ask', async () => {
  const token = `site_${'a'.repeat(32)}`;
  const site = { token, origins: ['https://intranet.example.org'], rate: 2, label: null, created: '2026-01-01T00:00:00.000Z' };
  const { call } = await served({}, { tokens: { all: () => new Map([[token, site]]) } });
  const ask = (headers: Record<string, string>) =>
    call('POST', '/v1/ui-messages', { messages: [said('user', question)] }, { host: 'localhost', ...headers });
  const mine = { origin: 'https://intranet.example.org', 'pilcrow-token': token };
  const admitted = await ask(mine);
  expect(admitted.status).toBe(200);
  expect(admitted.headers.get('access-control-allow-origin')).toBe('https://intranet.example.org');
  await admitted.text();
  expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask({ origin: 'https://intranet.example.org' })).status).toBe(401);
  await (await ask(mine)).text();
  expect((await ask(mine)).status).toBe(429);
});

test('a hostile title stays a title', async () => {
  const { url } = await served();
  const message = (await shown(await sent(url, [said('user', 'What do crocodiles say?')]))).at(-1)!;
  expect(message.parts.find((part) => part.type === 'source-url')).toMatchObject({ title: `${HOSTILE}, p. 1` });
});
