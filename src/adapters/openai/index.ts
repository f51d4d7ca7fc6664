/** Models of a server that speaks the API of OpenAI. */
export { createOpenAIChat, type OpenAIChatOptions } from './chat.ts';
export { createOpenAIEmbedder, type OpenAIEmbedderOptions, openAIEmbedderId, type RemoteEmbedder } from './embedder.ts';
export { createReranker } from './rerank.ts';
