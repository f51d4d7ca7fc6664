import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { Embeddings } from '@langchain/core/embeddings';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { FakeListChatModel, SyntheticEmbeddings } from '@langchain/core/utils/testing';
import { describe, expect, test } from 'vitest';
import { fromLangChainChat, fromLangChainEmbeddings } from '../../src/adapters/langchain.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { chatModelContract, expectFailure, readReply } from '../contracts/chat-model.ts';
import { embedderContract } from '../contracts/embedder.ts';
import { eventually, never } from '../fixtures/held.ts';

type Step = { content: AIMessageChunk['content']; metadata?: Record<string, unknown>; more?: Record<string, unknown> };
type Play = (signal: AbortSignal | undefined) => AsyncGenerator<Step>;

/** A LangChain chat model that plays a generator, and remembers what it was given and whether it was told to stop. */
class PlayedChatModel extends BaseChatModel {
  received: BaseMessage[] = [];
  running = 0;
  constructor(readonly play: Play) {
    super({});
  }
  _llmType() {
    return 'played';
  }
  async _generate(): Promise<ChatResult> {
    throw new Error('It streams.');
  }
  override async *_streamResponseChunks(messages: BaseMessage[], options: this['ParsedCallOptions'], _manager?: CallbackManagerForLLMRun) {
    this.received = messages;
    this.running++;
    try {
      for await (const { content, metadata = {}, more = {} } of this.play(options.signal)) {
        const message = new AIMessageChunk({ content, response_metadata: metadata, additional_kwargs: more });
        yield new ChatGenerationChunk({ message, text: typeof content === 'string' ? content : '' });
      }
    } finally {
      this.running--;
    }
  }
}

const wait = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
const steps = (...list: Step[]): Play =>
  async function* () {
    yield* list;
  };
const failing = (error: unknown): Play =>
  async function* () {
    yield* await Promise.reject<Step[]>(error);
  };
const pieces = (text: string, size: number) => Array.from(text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [], (content) => ({ content }));
const httpError = (status: number) => Object.assign(new Error(`${status} with the key sk-secret`), { status });

let last: PlayedChatModel;
const played = (play: Play, limits: object = {}) => {
  last = new PlayedChatModel(play);
  return fromLangChainChat(last, {
    limits: { firstMilliseconds: 60_000, idleMilliseconds: 60_000, totalMilliseconds: 100_000, ...limits },
  });
};

chatModelContract('a LangChain chat model', {
  replies: (text) => played(steps(...pieces(text, 7), { content: '', metadata: { finish_reason: 'stop' } })),
  hangs: (text, limits) =>
    played(async function* (signal) {
      if (text !== '') yield { content: text };
      await wait(60_000, signal);
    }, limits),
  crawls: (text, limits) =>
    played(async function* (signal) {
      for (const content of text) {
        await wait(20, signal);
        yield { content };
      }
    }, limits),
  floods: (limits) =>
    played(async function* () {
      for (;;) {
        yield { content: 'The harbour is open. ' };
        await wait(0);
      }
    }, limits),
  ends: (text, how) => played(steps({ content: text, metadata: { finish_reason: how === 'length' ? 'length' : 'content_filter' } })),
  breaks: (text) =>
    played(async function* () {
      yield { content: text };
      throw Object.assign(new TypeError('terminated'), { cause: 'other side closed' });
    }),
  rejects: () => played(failing(httpError(401))),
  received: () => last.received.map((message) => ({ role: ROLES[message.getType()] ?? '', content: message.content as string })),
  begun: () => eventually(() => expect(last.received.length).toBeGreaterThan(0)),
  gone: () => eventually(() => expect(last.running).toBe(0)),
});
const ROLES: Record<string, string> = { system: 'system', human: 'user', ai: 'assistant' };

describe('LangChain chat models', () => {
  test.each([
    [{ stop_reason: 'max_tokens' }, 'cut_off'],
    [{ finishReason: 'MAX_TOKENS' }, 'cut_off'],
    [{ done_reason: 'length' }, 'cut_off'],
    [{ stop_reason: 'refusal' }, 'refused'],
    [{ finishReason: 'SAFETY' }, 'refused'],
    [{ stopReason: 'guardrail_intervened' }, 'refused'],
    [{ finish_reason: 'tool_calls' }, 'nonsense'],
  ] as const)('%j of a provider is understood', async (metadata, kind) => {
    expectFailure(await readReply(played(steps({ content: 'The harbour' }, { content: '', metadata }))), kind, 'The harbour');
  });

  test.each([{ stop_reason: 'end_turn' }, { finishReason: 'STOP' }, { done_reason: 'stop' }, {}])(
    '%j is a complete reply',
    async (metadata) => {
      expect(await readReply(played(steps({ content: 'Yes.', metadata })))).toMatchObject({ text: 'Yes.', error: null });
    },
  );

  test('text blocks are text, thoughts are not', async () => {
    const chat = played(
      steps(
        { content: [{ type: 'thinking', thinking: 'Is it?' }] as never },
        {
          content: [
            { type: 'text', text: 'The ' },
            { type: 'text_delta', text: 'harbour ' },
          ] as never,
        },
        { content: 'is open.' },
      ),
    );
    expect((await readReply(chat)).deltas).toEqual(['The harbour ', 'is open.']);
  });

  test('a refusal in a field of its own is one', async () => {
    expectFailure(await readReply(played(steps({ content: '', more: { refusal: 'No.' } }))), 'refused');
  });

  test.each([
    [httpError(429), 'unavailable'],
    [httpError(503), 'unavailable'],
    [httpError(404), 'rejected'],
    [new SyntaxError('Unexpected token'), 'nonsense'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'timeout'],
    ['no error at all', 'unavailable'],
  ] as const)('%s becomes %s, and its text is not repeated', async (thrown, kind) => {
    const read = await readReply(played(failing(thrown)));
    expectFailure(read, kind);
    expect(JSON.stringify([(read.error as Error).message, read.error])).not.toContain('sk-secret');
  });

  test('a model that ignores an abort is left behind', async () => {
    const deaf = played(
      async function* () {
        yield await never();
      },
      { firstMilliseconds: 60 },
    );
    const read = await readReply(deaf);
    expectFailure(read, 'timeout');
  });

  test("LangChain's own fake works, and one that cannot stream", async () => {
    expect((await readReply(fromLangChainChat(new FakeListChatModel({ responses: ['The harbour is open.'] })))).text).toBe(
      'The harbour is open.',
    );
    class Whole extends BaseChatModel {
      readonly model = 'whole-1';
      _llmType() {
        return 'whole';
      }
      async _generate(): Promise<ChatResult> {
        return { generations: [{ text: 'Yes.', message: new AIMessage('Yes.') }] };
      }
    }
    const whole = fromLangChainChat(new Whole({}));
    expect([whole.name, (await readReply(whole)).text]).toEqual(['whole-1', 'Yes.']);
    expect(fromLangChainChat(new Whole({}), { name: 'ours' }).name).toBe('ours');
  });
});

/** LangChain embeddings around a function; three times too long, since nobody promises unit length. */
class Long extends Embeddings {
  calls = 0;
  constructor(readonly of: (text: string) => unknown) {
    super({});
  }
  async embedQuery(text: string) {
    this.calls++;
    return this.of(text) as number[];
  }
  async embedDocuments(texts: string[]) {
    this.calls++;
    return texts.map((text) => this.of(text) as number[]);
  }
}

embedderContract('LangChain embeddings', async () => {
  const { embed } = await createStaticEmbedder();
  return fromLangChainEmbeddings(new Long((text) => Array.from(embed(text), (value) => value * 3)), { id: 'static-long-1' });
});

describe('LangChain embeddings', () => {
  test('are asked once for the dimensions that are not given', async () => {
    const embeddings = new Long(() => [3, 4]);
    expect((await fromLangChainEmbeddings(embeddings, { id: 'two' })).dimensions).toBe(2);
    expect(embeddings.calls).toBe(1);
    const known = await fromLangChainEmbeddings(embeddings, { id: 'two', dimensions: 2 });
    expect(embeddings.calls).toBe(1);
    expect(await known.embedQuery('port')).toEqual([0.6000000000000001, 0.8]);
    expect(await known.embedDocuments(['', 'port'])).toEqual([
      [0, 0],
      [0.6000000000000001, 0.8],
    ]);
  });

  test.each([
    ['another length', [1], /1 values, not of 2/],
    ['no number', [1, Number.NaN], /no finite number/],
    ['no vector', 'x', /else than a vector/],
  ])('%s is refused', async (_, vector, message) => {
    const made = await fromLangChainEmbeddings(new Long(() => vector), { id: 'two', dimensions: 2 });
    await expect(made.embedQuery('port')).rejects.toMatchObject({ code: 'bad_vector', message: expect.stringMatching(message) });
    await expect(made.embedDocuments(['port'])).rejects.toMatchObject({ code: 'bad_vector' });
  });

  test('that fail or give too few are told, without the text of the error', async () => {
    const failing = new Long(() => {
      throw httpError(401);
    });
    const error = await fromLangChainEmbeddings(failing, { id: 'two' }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable', details: { kind: 'rejected', status: 401 } });
    expect(JSON.stringify([error.message, error.hint])).not.toContain('sk-secret');
    const few = Object.assign(new Long(() => [1, 0]), { embedDocuments: async () => [[1, 0]] });
    const made = await fromLangChainEmbeddings(few, { id: 'two', dimensions: 2 });
    await expect(made.embedDocuments(['a', 'b'])).rejects.toThrow('gave 1 vectors for 2 texts');
  });

  test("LangChain's synthetic ones work", async () => {
    const made = await fromLangChainEmbeddings(new SyntheticEmbeddings({ vectorSize: 6 }), { id: 'synthetic-6' });
    expect(Math.hypot(...(await made.embedQuery('port')))).toBeCloseTo(1, 12);
  });
});
