import type { LangChainChat, LangChainEmbeddings } from '../adapters/langchain.ts';
import type { AskSettings } from '../ask/index.ts';
import type { Asker } from '../core/access.ts';
import type { ChatModel, Embedder, Pilcrow, Reranker } from '../core/ports.ts';

export interface PilcrowOptions {
  /** What the ask journey decides by, instead of the defaults; for measuring. */
  settings?: Partial<AskSettings>;
  /** Writes the answers, instead of the model of the settings; null: nobody does. LangChain's are taken as they are. */
  chat?: ChatModel | LangChainChat | null;
  /** Reads again what the model wrote; `same`: the model itself; null: nobody. Default: what the settings say, and `same` for a model given in code. */
  check?: ChatModel | 'same' | null;
  /** Puts passages in order, instead of the service of the settings. */
  reranker?: Reranker;
  /** Embeds, instead of what the settings name. The index has to be made with the same; see `ingestCorpus`. */
  embedder?: Embedder | LangChainEmbeddings;
  /** Whether answers bring questions that go on from them, each proved; they are made in the background for every briefing that is cited. */
  next?: boolean;
  /** Told of every call of the chat model: `ok`, or why it failed. */
  onModelCall?: (outcome: string) => void;
  /** Who asks, for their budget of model calls; without it there is none. */
  asker?: () => Asker | null;
  /** Told of every call of the chat model that such a budget did not allow. */
  onOverBudget?: () => void;
  /** Told of what an operator has to know at once, such as a damaged index. */
  log?: (level: 'error' | 'warn', message: string) => void;
}

/** A service with what its front ends show about its state. */
export interface RunningPilcrow extends Pilcrow {
  /** What works less well than it should, in plain sentences; empty when all is well. */
  warnings(): string[];
  /** Takes a snapshot that was just published up at once. */
  refresh(): Promise<void>;
  /** Calls no model from now on: those who wait for one get the quoted answer. For a service that is about to stop. */
  quiesce(): void;
}
