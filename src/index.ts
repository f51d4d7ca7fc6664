// Run a service: settings from the environment, then a Pilcrow, then HTTP around it.

// Models: of a server that speaks OpenAI's API, or LangChain's. `createPilcrow` takes LangChain's as they are.
export type { ChatLimits } from './adapters/chat-limits.ts';
export {
  fromLangChainChat,
  fromLangChainEmbeddings,
  type LangChainChat,
  type LangChainChatOptions,
  type LangChainEmbeddings,
} from './adapters/langchain.ts';
export { createOpenAIChat, type OpenAIChatOptions } from './adapters/openai/chat.ts';
export { createOpenAIEmbedder, type OpenAIEmbedderOptions, type RemoteEmbedder } from './adapters/openai/embedder.ts';
export {
  createPilcrow,
  type IngestOptions,
  type IngestSummary,
  ingestCorpus,
  type PilcrowOptions,
  type RunningPilcrow,
} from './compose.ts';
export { type Config, type Limits, readConfig } from './config.ts';
// Failures on purpose.
export { type ErrorCode, isPilcrowError, type PilcrowError } from './core/errors.ts';
// Ask: what goes in and what comes out.
// Read what was indexed.
export type {
  Answer,
  AnswerSentence,
  AnswerStatus,
  AskEvent,
  AskRequest,
  Briefing,
  Changes,
  ChangesRequest,
  Citation,
  Edition,
  NearestPassage,
  Note,
  Paragraph,
  SearchRequest,
  SearchResult,
  Series,
  SnapshotInfo,
  Trace,
  Turn,
} from './core/model.ts';
// Put something of your own behind a seam.
export type {
  AskOptions,
  ChatFailure,
  ChatMessage,
  ChatModel,
  ChatOptions,
  Embedder,
  IndexReader,
  IndexStore,
  IndexWriter,
  McpHandler,
  Pilcrow,
} from './core/ports.ts';
export { type AppOptions, createApp, listen, type RunningServer } from './http/index.ts';
export { createMcpHandler, type McpOptions } from './mcp/index.ts';
