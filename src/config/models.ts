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
  const isShared = (url: string | undefined) => url === undefined || sameOrigin(url, setting('OPENAI_BASE_URL') ?? OPENAI_URL);
  const sharedBy = { embedding: isShared(setting('PILCROW_EMBEDDING_BASE_URL')), rerank: isShared(setting('PILCROW_RERANK_BASE_URL')) };
  const usesServer = chatModel !== null || (embeddingModel !== null && sharedBy.embedding) || (rerankModel !== null && sharedBy.rerank);
  const unused = [
    ...(chatModel === null ? CHAT_SETTINGS : []),
    ...(usesServer ? [] : SERVER_SETTINGS),
    ...(embeddingModel === null ? EMBEDDING_SETTINGS : []),
    ...(rerankModel === null ? RERANK_SETTINGS : []),
  ].filter((name) => (setting(name) ?? variables[name].fallback) !== variables[name].fallback);
  /** Null as well for what could not be read, which is told already. */
  const used = <T>(name: VariableName): T | null => (unused.includes(name) ? null : (get<T | null | undefined>(name) ?? null));
  const tell = (variable: VariableName, problem: SettingProblem) => {
    if (!problems.some((one) => one.variable === variable)) problems.push({ variable, ...problem });
  };

  const common: Server = {
    url: used<string>('OPENAI_BASE_URL') ?? OPENAI_URL,
    urlFrom: 'OPENAI_BASE_URL',
    apiKey: used<() => string>('OPENAI_API_KEY'),
    keyFrom: 'OPENAI_API_KEY',
  };
  /** A server of its own, or the common one; its own key, or the common one where that is the same server. */
  const ownServer = (urlFrom: VariableName, keyFrom: VariableName, shared: boolean): Server => {
    const url = used<string>(urlFrom);
    const apiKey = used<() => string>(keyFrom);
    const where = url === null ? common : { url, urlFrom };
    return { ...common, ...where, ...(apiKey !== null || !shared ? { apiKey, keyFrom } : {}) };
  };
  const asked = (model: string, { url, urlFrom, apiKey, keyFrom }: Server): ModelConfig => {
    if (!apiKey && isOpenai(url))
      tell(keyFrom, {
        wrong: `is not set, and ${model} is asked for at ${new URL(url).host}`,
        fix: `Set it, or ${urlFrom} to a server that wants no key.`,
      });
    return Object.freeze({ model, baseUrl: url, baseUrlFrom: urlFrom, apiKey, apiKeyFrom: keyFrom });
  };

  if (embeddingModel && setting('PILCROW_EMBEDDINGS') !== undefined)
    problems.push({
      variable: 'PILCROW_EMBEDDINGS',
      wrong: 'names a local model while PILCROW_EMBEDDING_MODEL names another',
      fix: 'Leave one of them out.',
    });
  const rerankServer = ownServer('PILCROW_RERANK_BASE_URL', 'PILCROW_RERANK_API_KEY', sharedBy.rerank);
  if (rerankModel && isOpenai(rerankServer.url))
    tell('PILCROW_RERANK_BASE_URL', {
      wrong: `is not set, and ${new URL(OPENAI_URL).host} has no /rerank`,
      fix: 'Set it to a server that has, e.g. https://api.jina.ai/v1.',
    });
  return {
    chat: chatModel ? asked(chatModel, common) : null,
    check: chatModel && checkModel?.toLowerCase() !== 'off' ? asked(checkModel ?? chatModel, common) : null,
    embedding: embeddingModel
      ? Object.freeze({
          ...asked(embeddingModel, ownServer('PILCROW_EMBEDDING_BASE_URL', 'PILCROW_EMBEDDING_API_KEY', sharedBy.embedding)),
          dimensions: used<number>('PILCROW_EMBEDDING_DIMENSIONS'),
        })
      : null,
    rerank: rerankModel
      ? Object.freeze({
          model: rerankModel,
          baseUrl: rerankServer.url,
          baseUrlFrom: rerankServer.urlFrom,
          apiKey: rerankServer.apiKey,
          apiKeyFrom: rerankServer.keyFrom,
        })
      : null,
    unused: Object.freeze(unused),
  };
}

/** Where a model is asked, with what key, and which variables said so. */
interface Server {
  url: string;
  urlFrom: VariableName;
  apiKey: (() => string) | null;
  keyFrom: VariableName;
}

/** What is of no use without a model of its kind. */
const CHAT_SETTINGS: readonly VariableName[] = ['PILCROW_CHECK_MODEL'];
const SERVER_SETTINGS: readonly VariableName[] = ['OPENAI_API_KEY', 'OPENAI_BASE_URL'];
const EMBEDDING_SETTINGS: readonly VariableName[] = [
  'PILCROW_EMBEDDING_DIMENSIONS',
  'PILCROW_EMBEDDING_BASE_URL',
  'PILCROW_EMBEDDING_API_KEY',
];
const RERANK_SETTINGS: readonly VariableName[] = ['PILCROW_RERANK_BASE_URL', 'PILCROW_RERANK_API_KEY'];

const isOpenai = (url: string): boolean => new URL(url).host === new URL(OPENAI_URL).host;
const sameOrigin = (a: string, b: string) => URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
