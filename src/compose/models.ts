import { createChatBudget } from '../adapters/chat-budget.ts';
import { type EmbedderSource, langChainSource, openAISource, sourceOf } from '../adapters/embedder-source.ts';
import { type GuardedChat, guardedChat, SILENT_MILLISECONDS } from '../adapters/guarded-chat.ts';
import { type GuardedEmbedder, guardedEmbedder, QUERY_MILLISECONDS } from '../adapters/guarded-embedder.ts';
import { guardedReranker } from '../adapters/guarded-reranker.ts';
import { fromLangChainChat, isLangChainChat } from '../adapters/langchain.ts';
import { countedChat } from '../adapters/observed.ts';
import type { Config } from '../config.ts';
import { pilcrowError } from '../core/errors.ts';
import type { ChatModel, Reranker } from '../core/ports.ts';
import type { PilcrowOptions } from './options.ts';

/** What is asked of other services, each within its limits: budgets, rests after failures, patience. */
export interface Models {
  /** Writes the answers; null: they are quotations. */
  chat: ChatModel | null;
  /** Reads again what was written; null: nobody does. The same object where the same model does. */
  check: ChatModel | null;
  /** Puts passages in order, or says null when it cannot at the moment. */
  reranker: { readonly name: string; rerank(...given: Parameters<Reranker['rerank']>): Promise<number[] | null> } | null;
  /** The service that embeds questions; null: the local model does. */
  embedder: Pick<EmbedderSource, 'name' | 'of'> | null;
  /** What does not work at the moment, in plain sentences. */
  problems(): string[];
  /** Calls no chat model from now on: those who wait for one get the quoted answer. */
  stop(): void;
}

/** Share of an asker's time that the vector of the question may take. */
const VECTOR_SHARE = 1 / 4;

type ModelOptions = Pick<PilcrowOptions, 'chat' | 'check' | 'reranker' | 'embedder' | 'onModelCall' | 'asker' | 'onOverBudget'>;
type ModelSettings = Pick<Config, 'chat' | 'check' | 'rerank' | 'embedding' | 'answer'>;

/** The service that embeds: what is given in code, else that of the settings, else none. */
export function remoteSource({ embedding }: Pick<Config, 'embedding'>, given: PilcrowOptions['embedder']): EmbedderSource | null {
  if (given && !given.id) {
    throw pilcrowError('bad_config', 'The embedder that was given has no id.', {
      hint: 'Give LangChain embeddings as { embeddings, id }; the id names model and version.',
    });
  }
  if (given) return 'embeddings' in given ? langChainSource(given) : sourceOf(given, true);
  return embedding && openAISource(embedding);
}

/** What writes answers: what is given in code, else the model of the settings, else nothing. */
export async function chatFrom(config: Pick<Config, 'chat' | 'answer'>, given: PilcrowOptions['chat']): Promise<ChatModel | null> {
  // A slow model of one's own may need most of the time before its first word.
  const limits = { firstMilliseconds: config.answer.milliseconds, totalMilliseconds: config.answer.milliseconds };
  if (given !== undefined) return given && isLangChainChat(given) ? fromLangChainChat(given, { limits }) : given;
  if (!config.chat) return null;
  const { createOpenAIChat } = await import('../adapters/openai/index.ts');
  const { model, baseUrl, baseUrlFrom, apiKey, apiKeyFrom } = config.chat;
  return createOpenAIChat({ model, baseUrl, apiKey: apiKey?.() ?? null, settings: { apiKey: apiKeyFrom, baseUrl: baseUrlFrom }, limits });
}

async function rerankService({ model, baseUrl, baseUrlFrom, apiKey, apiKeyFrom }: NonNullable<Config['rerank']>): Promise<Reranker> {
  const { createReranker } = await import('../adapters/openai/index.ts');
  return createReranker({ model, baseUrl, apiKey: apiKey?.() ?? null, settings: { apiKey: apiKeyFrom, baseUrl: baseUrlFrom } });
}

/** Who reads again what the model writes. */
async function readerFrom(config: ModelSettings, given: ModelOptions): Promise<ChatModel | 'same' | null> {
  if (given.check !== undefined) return given.check;
  if (given.chat !== undefined) return 'same';
  if (!config.check) return null;
  if (config.check.model === config.chat?.model) return 'same';
  return chatFrom({ ...config, chat: config.check }, undefined);
}

/** Opens nothing that is not set: where the service is alone, there are no models. */
export async function openModels(config: ModelSettings, options: ModelOptions = {}): Promise<Models> {
  const source = remoteSource(config, options.embedder);
  const { callsPerDay, callsPerHour, milliseconds } = config.answer;
  // Where askers wait for less than the guard's own patience, silence would never count.
  const silentMilliseconds = Math.min(SILENT_MILLISECONDS, milliseconds / 2);
  const counted = (one: ChatModel) => (options.onModelCall ? countedChat(one, options.onModelCall) : one);
  const budget =
    callsPerDay !== null && options.asker ? createChatBudget({ callsPerDay, asker: options.asker, refused: options.onOverBudget }) : null;
  const withinLimits = (one: ChatModel): GuardedChat => {
    const under = guardedChat(counted(one), { callsPerHour, silentMilliseconds });
    return budget?.of(under) ?? under;
  };
  const model = await chatFrom(config, options.chat);
  const chat = model && withinLimits(model);
  // The same model under the same guard, unless another reads again.
  const second = await readerFrom(config, options);
  const reading = second === 'same' ? chat : second && withinLimits(second);
  const rerankFrom = options.reranker ?? (config.rerank && (await rerankService(config.rerank)));
  const reranker = rerankFrom && guardedReranker(rerankFrom);
  /** By the embedder of the snapshot: the next one of the same embedder rests when it does. */
  const guarded = new Map<string, GuardedEmbedder>();
  const queryMilliseconds = Math.min(QUERY_MILLISECONDS, milliseconds * VECTOR_SHARE);
  let latest: GuardedEmbedder | null = null;

  return {
    chat,
    check: reading,
    reranker,
    embedder: source && {
      name: source.name,
      of: async (made) => {
        const key = `${made.embedder} ${made.dimensions}`;
        const found = guarded.has(key) ? null : await source.of(made);
        if (found) guarded.set(key, guardedEmbedder(found, { queryMilliseconds }));
        latest = guarded.get(key) ?? null;
        return latest;
      },
    },
    problems: () => [latest?.problem() ?? null, chat?.problem() ?? null, reranker?.problem() ?? null].filter((problem) => problem !== null),
    stop() {
      chat?.stop();
      reading?.stop();
    },
  };
}
