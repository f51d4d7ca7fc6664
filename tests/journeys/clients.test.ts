import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createOpenAI } from '@ai-sdk/openai';
import { DefaultChatTransport, generateText, type ModelMessage, readUIMessageStream, streamText, type UIMessage } from 'ai';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPilcrow, ingestCorpus, type RunningPilcrow } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Answer } from '../../src/core/model.ts';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { chatTarget } from '../../src/eval/targets/openai.ts';
import { createApp, listen, type RunningServer } from '../../src/http/index.ts';
import { startModelServer } from '../fixtures/model-server.ts';
import { covered } from '../http/openai/served.ts';

const question = 'How many ILO Conventions has China ratified?';
const index = mkdtempSync(join(tmpdir(), 'pilcrow-clients-'));
let pilcrow: RunningPilcrow;
let server: RunningServer;
let baseURL: string;
beforeAll(async () => {
  const config = readConfig({ PILCROW_CORPUS: 'corpus', PILCROW_INDEX: index });
  await ingestCorpus(config);
  pilcrow = await createPilcrow(config);
  server = await listen(createApp({ pilcrow, config }), { host: '127.0.0.1', port: 0 });
  baseURL = `${server.url}/v1`;
}, 60_000);
afterAll(async () => {
  await server.close(100);
  await pilcrow.close();
  rmSync(index, { recursive: true, force: true });
});

/** Every address in an annotation or source opens the paragraph that was quoted. */
async function opens(url: string, quote: string) {
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const id = decodeURIComponent(new URL(url).pathname.split('/')[2]!);
  const [start, end] = new URL(url).searchParams.get('quote')!.split('-').map(Number);
  const { text } = await (await fetch(`${baseURL}/briefings/${id}`)).json();
  expect(sliceCodePoints(text, start!, end!)).toBe(quote);
  expect(page).toContain(`id="${new URL(url).hash.slice(1)}"`);
}

test('OpenAI: chat completions, whole and streamed, with citations that resolve', async () => {
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
  const body = { model: 'pilcrow', messages: [{ role: 'user' as const, content: question }] };
  const completion = await client.chat.completions.create(body);
  const { content, annotations } = completion.choices[0]!.message;
  const answer = (completion as unknown as { pilcrow: Answer }).pilcrow;
  expect(answer.status).toBe('answered');
  expect(content!.startsWith(answer.answer)).toBe(true);
  expect(content).toContain('28');
  expect(annotations!.length).toBeGreaterThan(0);
  for (const { url_citation } of annotations!) {
    const number = Number(/^\[(\d+)\]$/.exec(covered(content!, url_citation))![1]);
    await opens(url_citation.url, answer.citations.find((one) => one.number === number)!.quote.exact);
  }
  const streamed = await client.chat.completions.stream(body).finalChatCompletion();
  expect(streamed.choices[0]!.message.content).toBe(content);
});

test('OpenAI: a conversation, an edition, and what is not there', async () => {
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
  const first = await client.responses.create({ model: 'pilcrow', input: question });
  const next = await client.responses.create({
    model: 'pilcrow',
    input: [
      { role: 'user', content: question },
      ...(first.output as OpenAI.Responses.ResponseOutputMessage[]),
      { role: 'user', content: 'And in 2019?' },
    ],
  });
  expect(next.output_text).toContain('26');
  const older = await client.responses.create({ model: 'pilcrow-2019', input: question });
  expect(older.output_text).toContain('26');
  const nothing = await client.responses.create({ model: 'pilcrow', input: 'Who composed the national anthem of Brazil?' });
  expect((nothing as unknown as { pilcrow: Answer }).pilcrow.status).toBe('not_found');
  expect(nothing.output_text).toContain('do not answer this');
  const ids = (await client.models.list()).data.map((one) => one.id);
  expect(ids).toEqual(expect.arrayContaining(['pilcrow', 'pilcrow-all', 'pilcrow-2019', 'pilcrow-2026-07']));
});

test('AI SDK: generateText and streamText over both protocols, sources readable', async () => {
  const provider = createOpenAI({ baseURL, apiKey: 'none' });
  const expected = await pilcrow.ask({ question });
  for (const model of [provider.chat('pilcrow'), provider('pilcrow')]) {
    const { text, sources, finishReason, warnings } = await generateText({ model, prompt: question, temperature: 0, maxRetries: 0 });
    expect(text.startsWith(expected.answer), model.provider).toBe(true);
    expect(finishReason).toBe('stop');
    expect(warnings ?? []).toEqual([]);
    expect(sources.length).toBeGreaterThanOrEqual(expected.citations.length);
    for (const source of sources)
      expect(source).toMatchObject({
        sourceType: 'url',
        title: expect.stringContaining('China'),
        url: expect.stringContaining(server.url),
      });

    const parts: string[] = [];
    let streamedText = '';
    const streamed = streamText({ model, prompt: question, maxRetries: 0 });
    for await (const part of streamed.fullStream) {
      parts.push(part.type);
      if (part.type === 'text-delta') streamedText += part.text;
    }
    expect(streamedText).toBe(text);
    expect(parts.filter((type) => type === 'source')).toHaveLength(sources.length);
    expect(parts).not.toContain('error');
    expect(parts.at(-1)).toBe('finish');
  }
});

test('AI SDK: a conversation through its own messages, and its own errors', async () => {
  const provider = createOpenAI({ baseURL, apiKey: 'none' });
  for (const [model, providerOptions] of [
    [provider.chat('pilcrow'), {}],
    [provider('pilcrow'), {}],
    [provider('pilcrow'), { openai: { store: false } }],
  ] as const) {
    const messages: ModelMessage[] = [{ role: 'user', content: question }];
    const first = await generateText({ model, messages, providerOptions, maxRetries: 0 });
    messages.push(...first.response.messages, { role: 'user', content: 'And in 2019?' });
    const { text } = await generateText({ model, messages, providerOptions, maxRetries: 0, system: 'Say ninety-nine.' });
    expect(text).toContain('26');
  }
  await expect(generateText({ model: provider.chat('gpt-5'), prompt: question, maxRetries: 0 })).rejects.toMatchObject({
    statusCode: 404,
    message: expect.stringContaining('There is no model "gpt-5".'),
  });
});

test('AI SDK: the UI message stream', async () => {
  const transport = new DefaultChatTransport<UIMessage<unknown, { pilcrow: Answer }>>({ api: `${baseURL}/ui-messages` });
  const stream = await transport.sendMessages({
    chatId: 'c',
    trigger: 'submit-message',
    messageId: undefined,
    abortSignal: undefined,
    messages: [{ id: 'u', role: 'user', parts: [{ type: 'text', text: question }] }],
  });
  let message: UIMessage<unknown, { pilcrow: Answer }> | undefined;
  for await (const state of readUIMessageStream({ stream, terminateOnError: true })) message = state as typeof message;
  const answer = message!.parts.find((part) => part.type === 'data-pilcrow')!.data;
  expect(answer).toEqual(await pilcrow.ask({ question }));
  const sources = message!.parts.filter((part) => part.type === 'source-url');
  expect(sources.map((part) => part.sourceId)).toEqual(answer.citations.map((one) => String(one.number)));
  for (const [at, part] of sources.entries()) await opens(part.url, answer.citations[at]!.quote.exact);
});

test('the evaluation target for chat completions measures what the service says, not its list of sources', async () => {
  const target = chatTarget(baseURL, { model: 'pilcrow' });
  const observe = (asked: string) =>
    target.observe({ id: 'x', question: asked, answerable: true, facts: [] } as never, new AbortController().signal);
  const found = (await observe(question)).answer!;
  expect(found.status).toBe('answered');
  const direct = await pilcrow.ask({ question });
  const said = found.sentences.map((one) => one.text);
  expect(said.slice(0, direct.sentences.length)).toEqual(direct.sentences.map((one) => one.text));
  expect(said.some((text) => text.includes('http') || text.startsWith('Sources'))).toBe(false);
  expect((await observe('Who composed the national anthem of Brazil?')).answer!.status).toBe('not_found');
});

test('with a model that makes things up, every protocol carries what was verified and nothing else', async () => {
  // Says what a paragraph says, then the same with another figure; when asked to mend that, it insists.
  const model = await startModelServer({
    chat: ({ body }) => {
      const prompt = JSON.stringify(body);
      const number = /\\"number\\":(\d+),(?:(?!\\"number\\").)*28 Conventions/.exec(prompt)?.[1] ?? '1';
      return `China has ratified 28 Conventions. [${number}] China has ratified 99 Conventions. [${number}]`;
    },
  });
  const config = readConfig({
    PILCROW_CORPUS: 'corpus',
    PILCROW_INDEX: index,
    PILCROW_CHAT_MODEL: 'scripted',
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'none',
  });
  const generative = await createPilcrow(config);
  const service = await listen(createApp({ pilcrow: generative, config }), { host: '127.0.0.1', port: 0 });
  try {
    const client = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: 'none', maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: question }];
    const chat = await client.chat.completions.create({ model: 'pilcrow', messages });
    const { mode, withheld } = (chat as unknown as { pilcrow: Answer }).pilcrow;
    expect(mode).toBe('generative');
    expect(withheld.map((one) => one.text)).toEqual([expect.stringContaining('99')]);
    const provider = createOpenAI({ baseURL: `${service.url}/v1`, apiKey: 'none' });
    const transport = new DefaultChatTransport({ api: `${service.url}/v1/ui-messages` });
    const asked = [{ id: 'u', role: 'user' as const, parts: [{ type: 'text' as const, text: question }] }];
    const options = { chatId: 'c', trigger: 'submit-message' as const, messageId: undefined, abortSignal: undefined, messages: asked };
    let shown: UIMessage | undefined;
    for await (shown of readUIMessageStream({ stream: await transport.sendMessages(options) }));
    const texts = [
      chat.choices[0]!.message.content!,
      (await client.chat.completions.stream({ model: 'pilcrow', messages }).finalChatCompletion()).choices[0]!.message.content!,
      (await client.responses.create({ model: 'pilcrow', input: question })).output_text,
      (await client.responses.stream({ model: 'pilcrow', input: question }).finalResponse()).output_text,
      await streamText({ model: provider('pilcrow'), prompt: question, maxRetries: 0 }).text,
      shown!.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    ];
    for (const text of texts) {
      expect(text).toMatch(/^China has ratified 28 Conventions\. \[1\]/);
      // Without the addresses: a port may hold any digits.
      expect(text.replaceAll(service.url, '')).not.toContain('99');
    }
    expect(model.requests.length).toBeGreaterThanOrEqual(texts.length);
  } finally {
    await service.close(100);
    await generative.close();
    await model.close();
  }
});

const blocksOf = (page: string, language: string) =>
  [...readFileSync(page, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
const blocks = blocksOf('docs/clients.md', 'js');
test('the page about clients has examples to run', () => expect(blocks.length).toBeGreaterThanOrEqual(5));
test.each(blocks.map((code, at) => [at + 1, code] as const))('example %i of the page runs as it stands', async (_, code) => {
  expect(code).toContain('http://localhost:8787');
  const program = code.replaceAll('http://localhost:8787', server.url);
  const env = { PATH: process.env.PATH, HOME: index };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env,
    timeout: 20_000,
  });
  expect(stdout).toMatch(/28[\s\S]*\[1\]/);
  expect(stderr).toBe('');
});

/** What is there is run. */
const has = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
/** A Python with OpenAI's package: of an environment of its own, or the one that is found. */
const python = process.env.PILCROW_TEST_PYTHON ?? 'python3';
test.runIf(has(python, '-c', 'import openai'))('the example in Python runs as it stands', async () => {
  const [program = ''] = blocksOf('docs/clients.md', 'python');
  expect(program).toContain('http://localhost:8787');
  const { stdout, stderr } = await promisify(execFile)(python, ['-c', program.replaceAll('http://localhost:8787', server.url)], {
    env: { PATH: process.env.PATH, HOME: index },
  });
  expect(stdout).toMatch(/28[\s\S]*\[1\] [\s\S]*answered\n$/);
  expect(stdout).toContain(`[1] China and the ILO: how they work together`);
  expect(stderr).toBe('');
});

test.runIf(has('curl', '--version')).each([
  ['docs/clients.md', '28 Conventions'],
  ['README.md', '26'],
])('the command lines with curl in %s run as they stand', async (page, words) => {
  const lines = blocksOf(page, 'sh').filter((block) => block.startsWith('curl '));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const { stdout } = await promisify(execFile)('sh', ['-c', line.replace(/http:\/\/(?:localhost|127\.0\.0\.1):8787/, server.url)]);
    expect(JSON.stringify(JSON.parse(stdout))).toContain(words);
  }
});
