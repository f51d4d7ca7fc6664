import { isPilcrowError, type PilcrowError, pilcrowError } from '../core/errors.ts';
import type { ChatFailure, ChatModel, Embedder, Embeddings } from '../core/ports.ts';
import { boundedText, CHAT_LIMITS, type ChatLimits, contentText, modelFailure, watch } from './chat-limits.ts';
import { checkedVector } from './unit-vector.ts';

export interface LangChainEmbeddings {
  /** Any LangChain embeddings. */
  embeddings: Embeddings;
  /** Names model and version; the index is rebuilt when it changes. LangChain's objects do not tell. */
  id: string;
  /** Asked of the model once when absent. */
  dimensions?: number;
}

/** Any LangChain embeddings as an Embedder: vectors checked and scaled to unit length. A blank text is a zero vector. */
export async function fromLangChainEmbeddings(
  embeddings: Embeddings,
  { id, dimensions }: Omit<LangChainEmbeddings, 'embeddings'>,
): Promise<Embedder> {
  if (!id) throw pilcrowError('bad_config', 'LangChain embeddings need an id.', { hint: 'Name model and version, e.g. `e5-small-v2`.' });
  const name = `The embedder ${id}`;
  const hint = 'Look at the LangChain embeddings it is made from.';
  const called = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw isPilcrowError(error) ? error : modelFailure(`${name} failed${statusText(error)}.`, failureOf(error), hint);
    }
  };
  const query = async (text: string, length?: number) => checkedVector(await called(embeddings.embedQuery(text)), length, name, hint);
  const length = dimensions ?? (await query('length')).length;
  const zero = () => new Array<number>(length).fill(0);
  return {
    id,
    dimensions: length,
    embedQuery: async (text) => (text.trim() === '' ? zero() : query(text, length)),
    embedDocuments: async (texts) => {
      const filled = texts.filter((text) => text.trim() !== '');
      const made = filled.length === 0 ? [] : await called(embeddings.embedDocuments(filled));
      if (!Array.isArray(made) || made.length !== filled.length) {
        throw pilcrowError('bad_vector', `${name} gave ${made?.length ?? 'no'} vectors for ${filled.length} texts.`, { hint });
      }
      const rest = made.values();
      return texts.map((text) => (text.trim() === '' ? zero() : checkedVector(rest.next().value, length, name, hint)));
    },
  };
}

/** What is read of one part of a reply; any `BaseMessageChunk` is one. */
export interface LangChainChunk {
  content: unknown;
  response_metadata?: Record<string, unknown>;
  additional_kwargs?: Record<string, unknown>;
}

/** What is used of a LangChain chat model; any `BaseChatModel` is one. LangChain itself is not needed here, nor its types. */
export interface LangChainChat {
  stream(messages: [role: string, content: string][], options?: { signal?: AbortSignal }): Promise<AsyncIterable<LangChainChunk>>;
  /** Not called: it tells LangChain's models from our own kind. */
  invoke(...given: never[]): unknown;
  _llmType(): string;
}

export interface LangChainChatOptions {
  /** Shown as the model of an answer; default the model's own name. */
  name?: string;
  limits?: Partial<ChatLimits>;
}

/** What providers call the end of a reply that is not one, in lower case without separators. */
const ENDINGS: Record<string, ChatFailure> = {
  length: 'cut_off',
  maxtokens: 'cut_off',
  modellength: 'cut_off',
  modelcontextwindowexceeded: 'cut_off',
  incomplete: 'cut_off',
  contentfilter: 'refused',
  contentfiltered: 'refused',
  guardrailintervened: 'refused',
  refusal: 'refused',
  safety: 'refused',
  recitation: 'refused',
  blocklist: 'refused',
  prohibitedcontent: 'refused',
  spii: 'refused',
  toolcalls: 'nonsense',
  tooluse: 'nonsense',
  functioncall: 'nonsense',
};
/** Where they say it: OpenAI and Mistral, Anthropic, Google, Bedrock, Ollama. */
const PLACES = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason', 'done_reason'];

/**
 * Any LangChain chat model. Retries and keys are the model's own affair; time and size are bounded here as for every model. A
 * model that does not say why its reply ended is taken to be done when its stream ends without an error. `maxTokens` is not
 * passed on, since LangChain has no common name for it: set it on the model.
 */
export function fromLangChainChat(model: LangChainChat, options: LangChainChatOptions = {}): ChatModel {
  const limits = { ...CHAT_LIMITS, ...options.limits };
  const shown = options.name ?? nameOf(model);
  const name = `The model ${shown}`;
  return {
    name: shown,
    async *stream(messages, { signal, mayBeEmpty = false } = {}) {
      signal?.throwIfAborted();
      const call = watch(name, limits.totalMilliseconds, signal);
      let reason: string | null = null;
      let any = false;
      const read = (chunk: LangChainChunk): string | null => {
        reason = endOf(chunk) ?? reason;
        return textOf(chunk.content, name);
      };
      try {
        const opened = model.stream(
          messages.map(({ role, content }) => [role, content] as [string, string]),
          { signal: call.signal },
        );
        const started = performance.now();
        const chunks = await call.within(opened, limits.firstMilliseconds, 'no answer');
        for await (const text of boundedText(name, limits, call, chunks, read, started)) {
          any = true;
          yield text;
        }
      } catch (error) {
        if (call.signal.aborted) throw call.signal.reason;
        throw isPilcrowError(error) ? error : modelFailure(`${name} failed${statusText(error)}.`, failureOf(error));
      } finally {
        call.end();
      }
      const failure = endFailure(name, reason, any || mayBeEmpty);
      if (failure) throw failure;
    },
  };
}

/** Whether this is LangChain's and not a model of our own kind. */
export const isLangChainChat = (model: ChatModel | LangChainChat): model is LangChainChat =>
  typeof (model as LangChainChat).invoke === 'function';

function nameOf(model: LangChainChat): string {
  const { model: one, modelName, deploymentName } = model as { model?: unknown; modelName?: unknown; deploymentName?: unknown };
  return [one, modelName, deploymentName].find((name): name is string => typeof name === 'string' && name !== '') ?? model._llmType();
}

function textOf(content: unknown, name: string): string | null {
  if (Array.isArray(content) && content.some((block) => (block as { type?: unknown } | null)?.type === 'refusal')) {
    throw modelFailure(`${name} refused to answer.`, { kind: 'refused' });
  }
  const text = contentText(content);
  if (text === undefined) throw modelFailure(`${name} sent something that is no text.`, { kind: 'nonsense' });
  return text;
}

function endOf(chunk: LangChainChunk): string | null {
  const places: Record<string, unknown>[] = [chunk.response_metadata ?? {}, chunk.additional_kwargs ?? {}];
  for (const from of places) {
    if (typeof from.refusal === 'string' && from.refusal !== '') return 'refusal';
    for (const place of PLACES) if (typeof from[place] === 'string' && from[place] !== '') return from[place];
  }
  return null;
}

function endFailure(name: string, reason: string | null, any: boolean): PilcrowError | null {
  const kind = ENDINGS[(reason ?? '').toLowerCase().replace(/[^a-z]/g, '')];
  if (kind === 'cut_off') return modelFailure(`${name} was cut off.`, { kind });
  if (kind === 'refused') return modelFailure(`${name} refused to answer, or a filter did.`, { kind });
  if (kind === 'nonsense') return modelFailure(`${name} called a tool nobody offered.`, { kind });
  return any ? null : modelFailure(`${name} gave an empty reply.`, { kind: 'nonsense' });
}

/** Providers' errors have little in common but a status. Their texts are left out: some repeat keys and prompts. */
function failureOf(error: unknown): { kind: ChatFailure; status?: number } {
  if (error instanceof SyntaxError) return { kind: 'nonsense' };
  const status = statusOf(error);
  if (status === undefined) return { kind: /timeout/i.test((error as Error | null)?.name ?? '') ? 'timeout' : 'unavailable' };
  return { kind: status === 408 || status === 409 || status === 429 || status >= 500 ? 'unavailable' : 'rejected', status };
}

function statusOf(error: unknown): number | undefined {
  const { status, statusCode, response } = (error ?? {}) as { status?: unknown; statusCode?: unknown; response?: { status?: unknown } };
  return [status, statusCode, response?.status].find((one): one is number => Number.isInteger(one) && (one as number) >= 300);
}

const statusText = (error: unknown): string => {
  const status = statusOf(error);
  return status === undefined ? ` (${(error as Error | null)?.name ?? 'no error object'})` : ` with status ${status}`;
};
