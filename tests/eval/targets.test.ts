import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPilcrow, ingestCorpus, type RunningPilcrow } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { EvalCase } from '../../src/eval/case.ts';
import { judge } from '../../src/eval/judge.ts';
import { observe } from '../../src/eval/run.ts';
import { summarise } from '../../src/eval/summary.ts';
import { askTarget } from '../../src/eval/targets/ask-http.ts';
import { inProcess } from '../../src/eval/targets/in-process.ts';
import { chatAnswer, chatTarget, complete, completionsUrl } from '../../src/eval/targets/openai.ts';
import { createApp, listen, type RunningServer } from '../../src/http/index.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { limits } from '../http/helper.ts';

const cases: EvalCase[] = [
  {
    id: 'harbours',
    question: 'How many harbours does Norland have?',
    answerable: true,
    facts: [{ any_of: ['9 harbours'] }],
    evidence: [{ edition: '2026-03', quote: 'has 9 harbours' }],
    tags: ['number'],
  },
  {
    id: 'ferries',
    question: 'How many ferries are there between the islands?',
    answerable: true,
    facts: [{ number: 15 }],
    evidence: [{ briefing: 'harbours-2026', quote: 'runs 15 ferries' }],
  },
  {
    id: 'older',
    question: 'How many harbours does Norland have?',
    edition: '2019',
    answerable: true,
    facts: [{ any_of: ['7'] }],
    evidence: [{ edition: '2019', quote: 'has 7 harbours' }],
  },
  {
    id: 'lighthouse',
    question: 'How high is the lighthouse at Cape Varde?',
    answerable: true,
    facts: [{ any_of: ['31 metres'] }],
    forbidden: ['1781'],
  },
  { id: 'anthem', question: 'Who composed the national anthem of Brazil?', answerable: false },
];

const folders = temporaryCorpus();
let pilcrow: RunningPilcrow;
let service: RunningServer;
let url: string;
const signal = new AbortController().signal;
beforeAll(async () => {
  const config = readConfig({ PILCROW_CORPUS: folders.corpus, PILCROW_INDEX: folders.index });
  await ingestCorpus(config);
  pilcrow = await createPilcrow(config);
  const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits }, log: () => {} });
  service = await listen(app, { host: '127.0.0.1', port: 0 });
  url = service.url;
});
afterAll(async () => {
  await service.close();
  await pilcrow.close();
  folders.remove();
});

/** A service of one's own on loopback; `reply` gets the parsed body. */
async function standIn(
  reply: (
    body: { messages: { role: string; content: string }[]; model: string },
    request: IncomingMessage,
    response: ServerResponse,
  ) => unknown,
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const body = await reply(JSON.parse(Buffer.concat(parts).toString() || '{}'), request, response);
      if (body !== undefined)
        response
          .writeHead(response.statusCode, { 'content-type': 'application/json' })
          .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

const said = (content: string) => ({ choices: [{ message: { role: 'assistant', content } }] });

describe('POST /v1/ask', () => {
  test('the same cases score the same over HTTP as in process', async () => {
    const reader = await pilcrow.index();
    const engine = inProcess({ ask: pilcrow.ask, search: pilcrow.search, text: (id) => reader.text(id) });
    const here = summarise('s', cases, await observe({ cases, target: engine }), engine);
    const remote = await askTarget(url, {}, signal);
    const there = summarise('s', cases, await observe({ cases, target: remote }), remote);
    expect(there.capabilities).toEqual({ citations: true, status: true, retrieval: true, confidence: false });
    expect(there.scores).toEqual(here.scores);
    expect(there.digest).toBe(here.digest);
    expect(there.values.citation_validity?.value).toBe(1);
    expect(there.values.ndcg_at_10?.n).toBe(3);
  });

  test('the address may be the base, /v1 or /v1/ask', async () => {
    for (const ending of ['/', '/v1', '/v1/ask']) expect((await askTarget(`${url}${ending}`, {}, signal)).name).toBe(url);
  });

  test('nobody there is told as such', async () => {
    const closed = await standIn(() => ({}));
    closed.close();
    await expect(askTarget(closed.url, {}, signal)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a service without search and briefings is measured by what it has', async () => {
    const lone = await standIn(async (body, request, response) => {
      if (request.url === '/v1/ask') return pilcrow.ask(body as unknown as { question: string });
      response.statusCode = 404;
      return '<html>';
    });
    const target = await askTarget(lone.url, {}, signal);
    const result = summarise('s', cases, await observe({ cases, target }), target);
    expect(target.capabilities.retrieval).toBe(false);
    expect(result.values.hit_at_1).toBeUndefined();
    expect(result.values.citation_validity?.value).toBe(1);
    lone.close();
  });

  test('what is no answer is a failed question, with the reason', async () => {
    const odd = await standIn((body, request) => (request.url === '/v1/ask' ? { text: 'hello' } : body));
    const [first] = await observe({ cases: cases.slice(0, 1), target: await askTarget(odd.url, {}, signal) });
    expect(first).toMatchObject({ answer: null, error: expect.stringContaining('no answer') });
    odd.close();
  });

  test('what passes is tried again, what takes too long is not waited for', async () => {
    let tries = 0;
    const busy = await standIn((_body, request, response) => {
      if (request.url !== '/v1/ask') return {};
      tries++;
      if (tries > 2) return undefined;
      response.statusCode = 503;
      response.setHeader('retry-after', '0');
      return { title: 'busy' };
    });
    const target = await askTarget(busy.url, { timeoutMilliseconds: 150 }, signal);
    const [first] = await observe({ cases: cases.slice(0, 1), target });
    expect(tries).toBe(3);
    expect(first?.error).toBe('No reply within 150 ms.');
    busy.close();
  });
});

describe('chat completions', () => {
  test('the same cases run against a stand-in for an OpenAI-compatible service', async () => {
    const seen: { messages: { role: string; content: string }[]; model: string; headers: IncomingMessage['headers'] }[] = [];
    const chat = await standIn(async (body, request) => {
      seen.push({ ...body, headers: request.headers });
      return said((await pilcrow.ask({ question: body.messages.at(-1)!.content })).answer);
    });
    const target = chatTarget(`${chat.url}/v1`, { model: 'some-model', headers: { authorization: 'Bearer x' } });
    const newest = cases.filter((one) => one.id !== 'older');
    const result = summarise('s', newest, await observe({ cases: newest, target }), target);
    expect(result.values.right?.value).toBe(1);
    expect(result.values.abstention_recall?.value).toBe(1);
    // What needs citations is not measured, rather than wrong.
    expect(Object.keys(result.values)).not.toContain('citation_validity');
    expect(seen[0]).toMatchObject({
      model: 'some-model',
      messages: [{ role: 'user', content: newest[0]!.question }],
      headers: { authorization: 'Bearer x' },
    });
    chat.close();
  });

  test('history goes before the question', async () => {
    const seen: string[][] = [];
    const chat = await standIn(({ messages }) => {
      seen.push(messages.map(({ role, content }) => `${role}: ${content}`));
      return said('I do not know.');
    });
    const one: EvalCase = {
      id: 'x',
      question: 'And then?',
      history: [
        { role: 'user', content: 'First?' },
        { role: 'assistant', content: 'Yes.' },
      ],
      answerable: false,
    };
    const [observation] = await observe({ cases: [one], target: chatTarget(chat.url, { model: 'm', system: 'Be brief.' }) });
    expect(seen).toEqual([['system: Be brief.', 'user: First?', 'assistant: Yes.', 'user: And then?']]);
    expect(observation?.answer?.status).toBe('not_found');
    chat.close();
  });

  test('a refusal is told from an answer by its first two sentences', () => {
    const status = (text: string) => chatAnswer(text, 'q', 'm').status;
    expect(status('Sorry. I couldn’t find that in the documents.')).toBe('not_found');
    expect(status('')).toBe('not_found');
    expect(status('Norland has 9 harbours. [1] It has 15 ferries. [2] The text does not mention trains.')).toBe('answered');
    expect(chatAnswer('It has 9 harbours [1]. It has ferries.[2]', 'q', 'm').sentences.map((one) => one.text)).toEqual([
      'It has 9 harbours.',
      'It has ferries.',
    ]);
  });

  test('a list of sources at the end is not what was said, a list that answers is', () => {
    const said = (text: string) => chatAnswer(text, 'q', 'm').sentences.map((one) => one.text);
    for (const list of [
      'Sources:\n- [1] Harbours, March 2026: http://h/1\n- [2] Harbours, 2019: http://h/2',
      '**References**\n1. Harbours 2026 https://h/1\n',
      '### Sources\n\n[1] https://h/1',
    ])
      expect(said(`It has 9 harbours. [1]\n\n${list}`)).toEqual(['It has 9 harbours.']);
    expect(said('Apply at:\n- http://h/a\n- http://h/b')).toHaveLength(3);
    expect(said('Sources:')).toEqual(['Sources:']);
  });

  test('addresses of every usual form lead to the same place', () => {
    for (const address of ['http://h', 'http://h/v1', 'http://h/v1/', 'http://h/v1/chat/completions'])
      expect(completionsUrl(address)).toBe('http://h/v1/chat/completions');
    expect(completionsUrl('http://h/api/v1')).toBe('http://h/api/v1/chat/completions');
  });

  test('an error of the service is a failed question', async () => {
    const chat = await standIn((_body, _request, response) => {
      response.statusCode = 400;
      return { error: { message: 'no such model' } };
    });
    const [first] = await observe({ cases: cases.slice(0, 1), target: chatTarget(chat.url, { model: 'm' }) });
    expect(first?.error).toBe('The target answered with status 400: no such model.');
    chat.close();
  });
});

describe('the judge', () => {
  test('is asked once, remembered, and told as an opinion', async () => {
    let asked = 0;
    const chat = await standIn(({ messages }) => {
      asked++;
      const right = messages.at(-1)!.content.includes('9 harbours');
      return said(`Here you are: {"right": ${right}, "why": "because"}`);
    });
    const engine = inProcess({ ask: pilcrow.ask });
    const observations = await observe({ cases, target: engine });
    const { scores } = summarise('s', cases, observations, engine);
    const options = {
      chat: (messages: { role: string; content: string }[]) => complete(completionsUrl(chat.url), 'm', messages, {}, signal),
      model: 'm',
      cache: `${folders.root}/judge.jsonl`,
      signal,
    };
    const first = await judge(cases, observations, scores, options);
    expect(first).toMatchObject({ judged: 4, right: 1, unreadable: 0 });
    expect(asked).toBe(4);
    expect(await judge(cases, observations, scores, options)).toEqual(first);
    expect(asked).toBe(4);
    chat.close();
  });
});
