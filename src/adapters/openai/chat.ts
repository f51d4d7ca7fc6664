import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { PilcrowError } from '../../core/errors.ts';
import type { ChatFailure, ChatMessage, ChatModel, ChatOptions } from '../../core/ports.ts';
import { boundedText, type CallWatch, CHAT_LIMITS, type ChatLimits, contentText, modelFailure, watch } from '../chat-limits.ts';
import { type Loaded, type ModelServer, type Server, serverOf } from './client.ts';
import { failureOf } from './failure.ts';
import { type RetryBudget, withRetries } from './retry.ts';

export interface OpenAIChatOptions extends ModelServer {
  /** Model or, at Azure, deployment. */
  model: string;
  limits?: Partial<ChatLimits>;
  retries?: Partial<RetryBudget>;
}

/** Somebody waits for the answer: two further attempts within 8 s, then the quoted answer is worth more. */
const RETRIES: RetryBudget = { attempts: 3, milliseconds: 8000 };
/**
 * A reply of 100,000 characters is some 25,000 events of 300 bytes, 8 MB; thoughts double that. The package looks through all
 * it has of an event at every piece that arrives, so one without an end costs time in the square of its length.
 */
const MOST_BYTES = { body: 16 * 1024 * 1024, event: 512 * 1024 };
/** How long the last bytes after the reply may take: read to the end, the connection can be used again. */
const REST_MILLISECONDS = 1000;

/** How servers say that a reply is complete. */
const COMPLETE = new Set(['stop', 'eos', 'eos_token', 'end_turn', 'stop_sequence']);
const ENDINGS: Record<string, [ChatFailure, string]> = {
  length: ['cut_off', 'reached the most tokens allowed'],
  content_filter: ['refused', 'was stopped by a content filter'],
  tool_calls: ['nonsense', 'called a tool nobody offered'],
  function_call: ['nonsense', 'called a tool nobody offered'],
};

/**
 * A chat model behind any server that speaks OpenAI's chat completions. Contacts nothing before the first `stream`.
 * Throws `bad_config` for a connection that cannot work.
 */
export function createOpenAIChat(options: OpenAIChatOptions): ChatModel {
  const { model } = options;
  const server = serverOf(options, model, 'PILCROW_CHAT_MODEL', MOST_BYTES);
  const limits = { ...CHAT_LIMITS, ...options.limits };
  const retries = { ...RETRIES, ...options.retries };
  const name = `The model ${model}`;
  // OpenAI's newer models know only the one name for the limit, other servers often only the other.
  let limitedBy: TokenLimit = /(?:^|\.)openai(?:\.azure)?\.com$/.test(server.host) ? 'max_completion_tokens' : 'max_tokens';

  async function begin(call: CallWatch, body: ChatCompletionCreateParamsStreaming, maxTokens: number | undefined): Promise<Begun> {
    const loaded = await server.load();
    const started = performance.now();
    const send = async (limit: TokenLimit, again = false): Promise<Begun> => {
      const given = maxTokens === undefined ? body : { ...body, [limit]: maxTokens };
      const request = loaded.client.chat.completions.create(given, { signal: call.signal }).withResponse();
      try {
        const { data, response } = await call.within(request, limits.firstMilliseconds, 'no answer');
        return { parts: partsOf(data, response, server), started, loaded };
      } catch (error) {
        // A limit or an abort is told as it is.
        if (call.signal.aborted) throw call.signal.reason;
        const other = limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
        if (maxTokens === undefined || again || !mentions(error, limit)) throw failureOf(error, server, loaded);
        const begun = await send(other, true);
        limitedBy = other;
        return begun;
      }
    };
    return send(limitedBy);
  }

  /** One attempt up to its first text, so that what fails before may be tried again. */
  async function attempt(call: CallWatch, body: ChatCompletionCreateParamsStreaming, maxTokens: number | undefined) {
    const { parts, started, loaded } = await begin(call, body, maxTokens);
    const ending: Ending = { reason: null };
    const texts = boundedText(name, limits, call, untilEnd(parts, ending, call), (part) => textOf(part, ending, name, server), started);
    const mend = (error: unknown) => (call.signal.aborted ? call.signal.reason : failureOf(error, server, loaded));
    const next = () =>
      texts.next().catch((error: unknown) => {
        throw mend(error);
      });
    return { first: await next(), next, ending };
  }

  return {
    name: model,
    async *stream(messages: readonly ChatMessage[], { signal, maxTokens, mayBeEmpty = false }: ChatOptions = {}) {
      signal?.throwIfAborted();
      const call = watch(name, limits.totalMilliseconds, signal);
      const body: ChatCompletionCreateParamsStreaming = {
        model,
        messages: messages.map(({ role, content }) => ({ role, content })),
        stream: true,
      };
      let complete = false;
      try {
        const reply = await withRetries(call, retries, () => attempt(call, body, maxTokens));
        let any = false;
        for (let step = reply.first; !step.done; step = await reply.next()) {
          any = true;
          yield step.value;
        }
        const failure = endFailure(name, reply.ending.reason, any || mayBeEmpty);
        if (failure) throw failure;
        complete = true;
      } finally {
        if (complete) setTimeout(call.end, REST_MILLISECONDS).unref();
        else call.end();
      }
    },
  };
}

type TokenLimit = 'max_tokens' | 'max_completion_tokens';
interface Begun {
  parts: AsyncIterable<unknown>;
  started: number;
  loaded: Loaded;
}
interface Delta {
  content?: unknown;
  refusal?: unknown;
  /** vLLM and llama.cpp; OpenRouter and newer vLLM. */
  reasoning_content?: unknown;
  reasoning?: unknown;
}
interface Ending {
  reason: string | null;
}

const mentions = (error: unknown, parameter: string) =>
  (error as { status?: number }).status === 400 &&
  ((error as { param?: unknown }).param === parameter || String((error as Error).message).includes(parameter));

/** The events of a reply. Servers that do not stream give one, made of the whole; anything else is no reply. */
async function* partsOf(events: AsyncIterable<ChatCompletionChunk>, response: Response, server: Server): AsyncGenerator<unknown> {
  const type = response.headers.get('content-type') ?? '';
  const noReply = (what: string, said = '') =>
    modelFailure(
      `The model server at ${server.host} sent ${what} instead of a reply${said === '' ? '' : `: ${server.quote(said)}`}`,
      { kind: 'nonsense' },
      `See whether ${server.names.baseUrl} is the address of its API; it mostly ends with /v1.`,
    );
  if (!/json|html/.test(type)) {
    let any = false;
    for await (const event of events) {
      any = true;
      yield event;
    }
    if (!any && !type.includes('event-stream')) throw noReply('something else');
    return;
  }
  const text = await response.text();
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    throw noReply(type.includes('html') ? 'a web page' : 'broken JSON');
  }
  const { choices, error } = (whole ?? {}) as { choices?: { message?: unknown; finish_reason?: unknown }[]; error?: { message?: unknown } };
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  if (!choice?.message) throw noReply('something else', typeof error?.message === 'string' ? error.message : '');
  yield { choices: [{ index: 0, delta: choice.message, finish_reason: choice.finish_reason }] };
}

/** Passes parts on until one says why the reply ended; the rest is read in the background, for the connection's sake. */
async function* untilEnd(parts: AsyncIterable<unknown>, ending: Ending, call: CallWatch): AsyncGenerator<unknown> {
  const iterator = parts[Symbol.asyncIterator]();
  let drained = false;
  try {
    while (ending.reason === null) {
      const next = await iterator.next();
      if (next.done) {
        drained = true;
        return;
      }
      yield next.value;
    }
    drained = true;
    void (async () => {
      while (!call.signal.aborted && !(await iterator.next()).done);
    })().catch(() => {});
  } finally {
    if (!drained) void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

/** The text of one event; notes the reason when it ends the reply. Reasoning is no part of the reply. */
function textOf(part: unknown, ending: Ending, name: string, server: Server): string | null {
  const nonsense = () =>
    modelFailure(
      `The model server at ${server.host} sent something that is no part of a reply.`,
      { kind: 'nonsense' },
      `Check ${server.names.baseUrl}.`,
    );
  const { choices } = (part ?? {}) as { choices?: unknown };
  if (!Array.isArray(choices)) throw nonsense();
  // Usage and the results of filters come in events without a choice.
  const choice = choices[0] as { delta?: Delta | null; finish_reason?: unknown } | undefined;
  if (choice === undefined) return null;
  if (typeof choice !== 'object' || choice === null) throw nonsense();
  const { content, refusal, reasoning_content: reasoning, reasoning: thought } = choice.delta ?? {};
  const text = contentText(content);
  if (text === undefined) throw nonsense();
  if (typeof refusal === 'string' && refusal !== '') throw modelFailure(`${name} refused to answer.`, { kind: 'refused' });
  if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') ending.reason = choice.finish_reason;
  // An opening event with the role alone is no sign of life yet; a thought is.
  return text ?? (reasoning || thought ? '' : null);
}

/** Why a reply that ended is none, or null. */
function endFailure(name: string, reason: string | null, any: boolean): PilcrowError | null {
  if (reason === null) return modelFailure(`${name} stopped without saying that it was done.`, { kind: 'cut_off' });
  if (COMPLETE.has(reason)) return any ? null : modelFailure(`${name} gave an empty reply.`, { kind: 'nonsense' });
  const [kind, what] = ENDINGS[reason] ?? ['cut_off', 'ended for an unknown reason'];
  return modelFailure(`${name} ${what}.`, { kind });
}
