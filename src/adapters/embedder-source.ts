import type { EmbeddingConfig } from '../config.ts';
import type { Embedder } from '../core/ports.ts';
import type { LangChainEmbeddings } from './langchain.ts';

/** What a snapshot says of the embedder that made it. */
export interface MadeWith {
  embedder: string;
  dimensions: number;
}

/** Where an embedder comes from. Services do not tell the length of their vectors without being asked, an index does. */
export interface EmbedderSource {
  /** For messages, where its id is not known yet. */
  readonly name: string;
  /** Whether it is a service, which can be down and reads more than English. */
  readonly remote: boolean;
  /** The embedder that made a snapshot, without contacting anything; null when it was another one. */
  of(made: MadeWith): Promise<Embedder | null>;
  /** The embedder for a new snapshot; may ask the service for the length of its vectors. */
  open(): Promise<Embedder>;
}

/** An embedder that is there already. */
export function sourceOf(embedder: Embedder, remote: boolean): EmbedderSource {
  return {
    name: embedder.id,
    remote,
    of: async ({ embedder: id, dimensions }) => (embedder.id === id && embedder.dimensions === dimensions ? embedder : null),
    open: async () => embedder,
  };
}

/** The embedding model of a server that speaks OpenAI's API. */
export function openAISource({ model, baseUrl, apiKey, dimensions, baseUrlFrom, apiKeyFrom }: EmbeddingConfig): EmbedderSource {
  const make = async (length?: number) => {
    const { createOpenAIEmbedder } = await import('./openai/index.ts');
    return createOpenAIEmbedder({
      model,
      baseUrl,
      apiKey: apiKey?.() ?? null,
      settings: { apiKey: apiKeyFrom, baseUrl: baseUrlFrom, dimensions: 'PILCROW_EMBEDDING_DIMENSIONS' },
      ...(dimensions === null ? {} : { dimensions }),
      ...(length === undefined ? {} : { length }),
    });
  };
  return {
    name: `openai:${model}${dimensions === null ? '' : `@${dimensions}`}`,
    remote: true,
    of: async (made) => {
      const { openAIEmbedderId } = await import('./openai/index.ts');
      const fits = made.embedder === openAIEmbedderId(model, made.dimensions) && (dimensions === null || dimensions === made.dimensions);
      return fits ? make(made.dimensions) : null;
    },
    open: () => make(),
  };
}

/** LangChain embeddings, given in code. */
export function langChainSource({ embeddings, id, dimensions }: LangChainEmbeddings): EmbedderSource {
  const make = async (length?: number) => {
    const { fromLangChainEmbeddings } = await import('./langchain.ts');
    return fromLangChainEmbeddings(embeddings, { id, dimensions: length });
  };
  return {
    name: id,
    remote: true,
    of: async (made) => {
      const fits = made.embedder === id && (dimensions === undefined || dimensions === made.dimensions);
      return fits ? make(made.dimensions) : null;
    },
    open: () => make(dimensions),
  };
}
