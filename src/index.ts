// Begin: settings, an index of briefings, a Pilcrow that answers from it.

export {
  createPilcrow,
  type IngestOptions,
  type IngestSummary,
  ingestCorpus,
  type PilcrowOptions,
  type RunningPilcrow,
} from './compose.ts';
export { type Config, type Limits, readConfig } from './config.ts';

// Ask: what goes in, what comes out, and failures on purpose.

export { type ErrorCode, isPilcrowError, type PilcrowError } from './core/errors.ts';
export type {
  Answer,
  AnswerSentence,
  AnswerStatus,
  AskEvent,
  AskRequest,
  Citation,
  NearestPassage,
  Note,
  SearchRequest,
  SearchResult,
  Trace,
  Turn,
} from './core/model.ts';
export type { AskOptions, Pilcrow } from './core/ports.ts';

// Read what was indexed, and what changed between editions.

export type { Briefing, Changes, ChangesRequest, Edition, Paragraph, Series, SnapshotInfo } from './core/model.ts';
export type { IndexReader } from './core/ports.ts';

// Serve it: HTTP and MCP around a Pilcrow.

export type { McpHandler } from './core/ports.ts';
export { type AppOptions, createApp, listen, type RunningServer } from './http/index.ts';
export { createMcpHandler, type McpOptions } from './mcp/index.ts';

// Models: of a server that speaks OpenAI's API, or LangChain's. `createPilcrow` takes LangChain's as they are.

export type { ChatLimits } from './adapters/chat-limits.ts';
export {
  fromLangChainChat,
  fromLangChainEmbeddings,
  type LangChainChat,
  type LangChainChatOptions,
  type LangChainEmbeddings,
} from './adapters/langchain.ts';
export {
  createOpenAIChat,
  createOpenAIEmbedder,
  type OpenAIChatOptions,
  type OpenAIEmbedderOptions,
  type RemoteEmbedder,
} from './adapters/openai/index.ts';

// Put something of your own behind a seam.

export type { ChatFailure, ChatMessage, ChatModel, ChatOptions, Embedder, IndexStore, IndexWriter } from './core/ports.ts';
