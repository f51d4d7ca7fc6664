import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { DocumentInterface } from '@langchain/core/documents';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { FakeChatModel, FakeListChatModel } from '@langchain/core/utils/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { type PilcrowMetadata, PilcrowRetriever } from '../../src/adapters/retriever.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { eventually } from '../fixtures/held.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from '../http/helper.ts';

const servers: { close(): unknown }[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function serve(): Promise<string> {
  const app = createApp({ pilcrow: createTiny(), config: { host: '127.0.0.1', publicUrl: null, limits } });
  const server: RunningServer = await listen(app, { host: '127.0.0.1', port: 0 });
  servers.push({ close: () => server.close(0) });
  return server.url;
}

/** A server of any kind on this machine. */
async function other(handle: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handle!);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(['in this process', 'at an address'])('a Pilcrow %s', (where) => {
  const source = async () => (where === 'at an address' ? await serve() : createTiny());

  test('gives paragraphs as documents that can be cited', async () => {
    const pilcrow = await source();
    const documents = await new PilcrowRetriever({ pilcrow, limit: 1, publicUrl: 'https://ask.example.org' }).invoke(
      'slowest ferry to the outer islands',
    );
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      id: 'harbours-2026#p38',
      pageContent: 'The slowest ferry takes eleven hours to the outer islands.',
      metadata: {
        id: 'harbours-2026#p38',
        briefing: 'harbours-2026',
        title: 'Harbours of the coast',
        edition: '2026-03',
        newest: true,
        headings: ['Harbours of the coast', 'Ferries'],
        url: 'https://ask.example.org/briefings/harbours-2026#p38',
      },
    });
    expect(documents[0]!.metadata.score).toBeGreaterThan(0);
    const [plain] = await new PilcrowRetriever({ pilcrow }).invoke('slowest ferry');
    expect(plain!.metadata.url).toBe(`${typeof pilcrow === 'string' ? pilcrow : ''}/briefings/harbours-2026#p38`);
  });

  test('keeps to an edition, to briefings and to a number', async () => {
    const pilcrow = await source();
    const ids = async (more: object) =>
      (await new PilcrowRetriever({ pilcrow, ...more }).invoke('How many harbours does the coast have?')).map((one) => one.id);
    expect(await ids({ edition: '2019' })).toEqual(['harbours-2019#p2']);
    expect(await ids({ edition: 'all', briefings: ['harbours-2019'] })).toEqual(['harbours-2019#p2']);
    expect(await ids({ edition: 'all', limit: 1 })).toHaveLength(1);
  });

  test('tells the callbacks it is given', async () => {
    const heard: string[] = [];
    const callbacks = [
      {
        handleRetrieverStart: (_self: unknown, query: string) => void heard.push(query),
        handleRetrieverEnd: (documents: DocumentInterface[]) => void heard.push(documents[0]!.id!),
      },
    ];
    const retriever = new PilcrowRetriever({ pilcrow: await source() });
    await retriever.invoke('slowest ferry', { callbacks });
    expect(heard).toEqual(['slowest ferry', 'harbours-2026#p38']);
  });
});

/** Documents as numbered context, as a prompt wants them. */
const numbered = (documents: DocumentInterface<PilcrowMetadata>[]) =>
  documents.map(({ pageContent, metadata }, index) => `[${index + 1}] ${pageContent} (${metadata.title}, ${metadata.edition})`).join('\n');
const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'Answer from the numbered paragraphs and cite them as [n].\n{context}'],
  ['human', '{question}'],
]);

test('a chain of prompt, model and parser answers from it and cites', async () => {
  const retriever = new PilcrowRetriever({ pilcrow: createTiny(), limit: 2 });
  const given = RunnablePassthrough.assign({ documents: (input: { question: string }) => retriever.invoke(input.question) });
  const model = new FakeListChatModel({ responses: ['It takes eleven hours. [1]'] });
  const chain = RunnableSequence.from([
    given,
    RunnablePassthrough.assign({
      answer: RunnableSequence.from([
        (input: { question: string; documents: DocumentInterface<PilcrowMetadata>[] }) => ({
          ...input,
          context: numbered(input.documents),
        }),
        prompt,
        model,
        new StringOutputParser(),
      ]),
    }),
  ]);
  const { answer, documents } = (await chain.invoke({ question: 'How long does the slowest ferry take?' })) as unknown as {
    answer: string;
    documents: DocumentInterface<PilcrowMetadata>[];
  };
  expect(answer).toBe('It takes eleven hours. [1]');
  const cited = documents[Number(/\[(\d+)\]/.exec(answer)![1]) - 1]!;
  expect(cited.metadata).toMatchObject({ id: 'harbours-2026#p38', url: '/briefings/harbours-2026#p38' });
  expect(cited.pageContent).toContain('eleven hours');
});

test('what the model is shown are the paragraphs with their editions', async () => {
  const retriever = new PilcrowRetriever({ pilcrow: createTiny(), limit: 1 });
  // This model says what it was told.
  const chain = RunnableSequence.from([
    { context: retriever.pipe(numbered), question: new RunnablePassthrough<string>() },
    prompt,
    new FakeChatModel({}),
    new StringOutputParser(),
  ]);
  expect(await chain.invoke('How long does the slowest ferry take?')).toContain(
    '[1] The slowest ferry takes eleven hours to the outer islands. (Harbours of the coast, 2026-03)',
  );
});

describe('a service that fails', () => {
  const at = (pilcrow: string, more: object = {}) => new PilcrowRetriever({ pilcrow, ...more }).invoke('slowest ferry');

  test('what it says is wrong is passed on', async () => {
    await expect(at(await serve(), { limit: 99 })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('at most 20'),
    });
  });

  test.each([
    ['no JSON', 200, '<html>', 'unavailable'],
    ['another JSON', 200, '{"ok":true}', 'unavailable'],
    ['an empty error', 502, '', 'unavailable'],
    ['an error in JSON', 503, '{"detail":"Not now.","hint":"Later."}', 'unavailable'],
  ])('%s', async (_what, status, body, code) => {
    await expect(at(await other((_request, response) => response.writeHead(status).end(body)))).rejects.toMatchObject({
      name: 'PilcrowError',
      code,
    });
  });

  test('silence ends with the time allowed, or when the caller gives up', async () => {
    const abort = new AbortController();
    const silent = await other(() => {});
    await expect(at(silent, { timeoutMilliseconds: 50 })).rejects.toMatchObject({ message: expect.stringContaining('50 ms') });
    const left = await other(() => abort.abort(new Error('given up')));
    await expect(new PilcrowRetriever({ pilcrow: left }).invoke('slowest ferry', { signal: abort.signal })).rejects.toThrow('given up');
    await expect(at('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'unavailable', hint: expect.stringContaining('pilcrow serve') });
  });

  test('an address that is none is refused at once', () => {
    expect(() => new PilcrowRetriever({ pilcrow: 'localhost:8787' })).toThrow(/not the address of a service/);
    expect(() => new PilcrowRetriever({ pilcrow: 'file:///etc/passwd' })).toThrow(/not the address of a service/);
  });
});

describe('tracing that the environment asks for', () => {
  const names = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_TRACING'];

  test('is not begun by the retriever; a chain around it, which is not ours, is traced', async () => {
    let told = '';
    const endpoint = await other(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      told += (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const before = { ...process.env };
    for (const name of names) process.env[name] = 'true';
    for (const name of ['LANGSMITH_ENDPOINT', 'LANGCHAIN_ENDPOINT']) process.env[name] = endpoint;
    for (const name of ['LANGSMITH_API_KEY', 'LANGCHAIN_API_KEY']) process.env[name] = 'none';
    try {
      const retriever = new PilcrowRetriever({ pilcrow: createTiny() });
      expect(await retriever.invoke('slowest ferry')).not.toEqual([]);
      expect(await retriever.batch(['harbours', 'lighthouse'])).toHaveLength(2);
      for await (const documents of await retriever.stream('southern lighthouse museum')) expect(documents).not.toEqual([]);
      const chain = RunnableLambda.from((question: string) => question).pipe(retriever);
      await chain.invoke('islands in the evening');
      // Traces are sent in the background, in order: what was begun before would have come by now.
      await eventually(() => expect(told).toContain('islands in the evening'));
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(told).not.toMatch(/slowest ferry|southern lighthouse museum/);
  });
});
