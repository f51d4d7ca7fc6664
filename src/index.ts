// Run a service: settings from the environment, then a Pilcrow, then HTTP around it.
export { createPilcrow, type IngestOptions, type IngestSummary, ingestCorpus, type RunningPilcrow } from './compose.ts';
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
  Citation,
  Edition,
  NearestPassage,
  Note,
  Paragraph,
  SearchRequest,
  SearchResult,
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
  Pilcrow,
} from './core/ports.ts';
export { type AppOptions, createApp, listen, type RunningServer } from './http/index.ts';
