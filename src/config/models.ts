import { OPENAI_URL } from '../core/openai.ts';
import type { Config, ModelConfig } from './settings.ts';
import { type SettingProblem, type VariableName, variables } from './variables.ts';

/**
 * The models. Other programs read OPENAI_* too, so without a model of ours nothing about them is wrong; they are only noted as
 * unused. A key goes to the server it was set for and to no other.
 */
export function readModels(
  get: <T>(name: VariableName) => T,
  setting: (name: VariableName) => string | undefined,
  problems: ({ variable: string } & SettingProblem)[],
): Pick<Config, 'chat' | 'check' | 'embedding' | 'rerank' | 'unused'> {
  const chatModel = get<string | null>('PILCROW_CHAT_MODEL');
  const checkModel = get<string | null>('PILCROW_CHECK_MODEL');
  const embeddingModel = get<string | null>('PILCROW_EMBEDDING_MODEL');
  const rerankModel = get<string | null>('PILCROW_RERANK_MODEL');
  const own = setting('PILCROW_EMBEDDING_BASE_URL');
  const ownRerank = setting('PILCROW_RERANK_BASE_URL');
  const isShared = (url: string | undefined) => url === undefined || sameOrigin(url, setting('OPENAI_BASE_URL') ?? OPENAI_URL);
  const sameServer = isShared(own);
  const sameRerank = isShared(ownRerank);
  const usesServer = chatModel !== null || (embeddingModel !== null && sameServer) || (rerankModel !== null && sameRerank);
  const ofServer: VariableName[] = usesServer ? [] : ['OPENAI_API_KEY', 'OPENAI_BASE_URL'];
  const ofRerank: VariableName[] = rerankModel === null ? ['PILCROW_RERANK_BASE_URL', 'PILCROW_RERANK_API_KEY'] : [];
  const ofEmbedding: VariableName[] =
    embeddingModel === null ? ['PILCROW_EMBEDDING_DIMENSIONS', 'PILCROW_EMBEDDING_BASE_URL', 'PILCROW_EMBEDDING_API_KEY'] : [];
  const ofChat: VariableName[] = chatModel === null ? ['PILCROW_CHECK_MODEL'] : [];
  const unused = [...ofChat, ...ofServer, ...ofEmbedding, ...ofRerank].filter(
    (name) => (setting(name) ?? variables[name].fallback) !== variables[name].fallback,
  );
  const used = <T>(name: VariableName): T | null => (unused.includes(name) ? null : get<T | null>(name));
  const common = { apiKey: used<() => string>('OPENAI_API_KEY'), url: used<string>('OPENAI_BASE_URL') ?? OPENAI_URL };
  const ownKey = used<() => string>('PILCROW_EMBEDDING_API_KEY');
  const ownUrl = used<string>('PILCROW_EMBEDDING_BASE_URL');
  const dimensions = used<number>('PILCROW_EMBEDDING_DIMENSIONS');
  const rerankKey = used<() => string>('PILCROW_RERANK_API_KEY');
  const rerankUrl = used<string>('PILCROW_RERANK_BASE_URL') ?? common.url;
  const server = (model: string, url: string, urlFrom: VariableName, apiKey: (() => string) | null, keyFrom: VariableName): ModelConfig => {
    if (!apiKey && new URL(url).host === new URL(OPENAI_URL).host && !problems.some((one) => one.variable === keyFrom)) {
      problems.push({
        variable: keyFrom,
        wrong: `is not set, and ${model} is asked for at ${new URL(url).host}`,
        fix: `Set it, or ${urlFrom} to a server that wants no key.`,
      });
    }
    return Object.freeze({ model, baseUrl: url, baseUrlFrom: urlFrom, apiKey: apiKey ?? null, apiKeyFrom: keyFrom });
  };
  if (embeddingModel && setting('PILCROW_EMBEDDINGS') !== undefined) {
    problems.push({
      variable: 'PILCROW_EMBEDDINGS',
      wrong: 'names a local model while PILCROW_EMBEDDING_MODEL names another',
      fix: 'Leave one of them out.',
    });
  }
  if (
    rerankModel &&
    new URL(rerankUrl).host === new URL(OPENAI_URL).host &&
    !problems.some((one) => one.variable === 'PILCROW_RERANK_BASE_URL')
  ) {
    problems.push({
      variable: 'PILCROW_RERANK_BASE_URL',
      wrong: `is not set, and ${new URL(OPENAI_URL).host} has no /rerank`,
      fix: 'Set it to a server that has, e.g. https://api.jina.ai/v1.',
    });
  }
  const withOwnKey = ownKey !== null || !sameServer;
  const withRerankKey = rerankKey !== null || !sameRerank;
  const ofOwn = (model: string) => server(model, common.url, 'OPENAI_BASE_URL', common.apiKey, 'OPENAI_API_KEY');
  return {
    chat: chatModel ? ofOwn(chatModel) : null,
    check: chatModel && checkModel?.toLowerCase() !== 'off' ? ofOwn(checkModel ?? chatModel) : null,
    embedding: embeddingModel
      ? Object.freeze({
          ...server(
            embeddingModel,
            ownUrl ?? common.url,
            own ? 'PILCROW_EMBEDDING_BASE_URL' : 'OPENAI_BASE_URL',
            withOwnKey ? ownKey : common.apiKey,
            withOwnKey ? 'PILCROW_EMBEDDING_API_KEY' : 'OPENAI_API_KEY',
          ),
          dimensions: dimensions ?? null,
        })
      : null,
    rerank: rerankModel
      ? Object.freeze({
          model: rerankModel,
          baseUrl: rerankUrl,
          baseUrlFrom: ownRerank ? ('PILCROW_RERANK_BASE_URL' as const) : ('OPENAI_BASE_URL' as const),
          apiKey: withRerankKey ? rerankKey : common.apiKey,
          apiKeyFrom: withRerankKey ? ('PILCROW_RERANK_API_KEY' as const) : ('OPENAI_API_KEY' as const),
        })
      : null,
    unused: Object.freeze(unused),
  };
}

const sameOrigin = (a: string, b: string) => URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
