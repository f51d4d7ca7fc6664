import { pilcrowError } from '../../core/errors.ts';
import type { Embedder } from '../../core/ports.ts';
import { type CallWatch, modelFailure, watch } from '../chat-limits.ts';
import { checkedVector } from '../unit-vector.ts';
import { type ModelServer, serverOf } from './client.ts';
import { failureOf } from './failure.ts';
import { type RetryBudget, withRetries } from './retry.ts';

export interface OpenAIEmbedderOptions extends ModelServer {
  model: string;
  /** Sent as `dimensions`, for models that can shorten their vectors; not sent when absent. */
  dimensions?: number;
  /** Length the vectors are known to have. Not sent. Without it and `dimensions` one word is embedded to learn it. */
  length?: number;
  /** Texts a request, and requests at a time. */
  batch?: { texts?: number; characters?: number; requests?: number };
  /** Longest text, UTF-16 units. */
  characters?: number;
  /** Longest wait for one request; a question and documents each have their own retries. Milliseconds. */
  requestMilliseconds?: number;
  queryRetries?: Partial<RetryBudget>;
  documentRetries?: Partial<RetryBudget>;
}

/** An embedder whose calls can be given up. */
export interface RemoteEmbedder extends Embedder {
  embedQuery(text: string, options?: { signal?: AbortSignal }): Promise<number[]>;
  embedDocuments(texts: string[], options?: { signal?: AbortSignal }): Promise<number[][]>;
}

/** Ingest hands over 64 texts at a time: four requests of 16. Small servers, which embed one text after the other, are not held up. */
const BATCH = { texts: 16, characters: 60_000, requests: 4 };
/** OpenAI's models read 8,191 tokens a text: some 30,000 letters of English. Ingest makes chunks far shorter. */
const LONGEST_TEXT = 30_000;
const REQUEST_MILLISECONDS = 30_000;
/** An asker waits for the one, nobody for the other. */
const QUERY_RETRIES: RetryBudget = { attempts: 2, milliseconds: 2000 };
const DOCUMENT_RETRIES: RetryBudget = { attempts: 6, milliseconds: 90_000 };
/** 16 vectors of 4,096 values with 20 digits each are 1.4 MB of JSON. */
const MOST_BYTES = { body: 64 * 1024 * 1024, event: 64 * 1024 * 1024 };

/** Half a character: many servers refuse the JSON it makes. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The id of an embedder by this name: vectors of another model, or cut to another length, are never compared with its own. */
export const openAIEmbedderId = (model: string, dimensions: number): string => `openai:${model}@${dimensions}`;

/**
 * Embeddings of any server that speaks OpenAI's API. Every reply is checked: one vector a text, by index, all of the
 * same length, finite; they are scaled to unit length. A blank text is a zero vector and is not sent. Rejects with `bad_vector`,
 * `too_large` (naming the text) or `model_unavailable` with `details.kind` as chat models do.
 */
export async function createOpenAIEmbedder(options: OpenAIEmbedderOptions): Promise<RemoteEmbedder> {
  const { model, dimensions, requestMilliseconds = REQUEST_MILLISECONDS, characters = LONGEST_TEXT } = options;
  const server = serverOf(options, model, 'PILCROW_EMBEDDING_MODEL', MOST_BYTES);
  const batch = { ...BATCH, ...options.batch };
  const name = `The embedding model ${model}`;

  async function request(input: string[], call: CallWatch): Promise<unknown[]> {
    const loaded = await server.load();
    const one = watch(name, requestMilliseconds, call.signal);
    try {
      const body = { model, input, ...(dimensions === undefined ? {} : { dimensions }), encoding_format: 'float' as const };
      const sent = loaded.client.embeddings.create(body, { signal: one.signal });
      const reply = (await one.within(sent, requestMilliseconds, 'no vectors')) as { data?: unknown; error?: { message?: unknown } } | null;
      if (Array.isArray(reply?.data)) return reply.data;
      const said = typeof reply?.error?.message === 'string' ? `: ${server.quote(reply.error.message)}` : '';
      throw modelFailure(
        `The model server at ${server.host} sent something else instead of vectors${said}.`,
        { kind: 'nonsense' },
        `See whether ${server.names.baseUrl} is the address of its API; it mostly ends with /v1.`,
      );
    } catch (error) {
      throw one.signal.aborted ? one.signal.reason : failureOf(error, server, loaded);
    } finally {
      one.end();
    }
  }

  async function embed(input: string[], call: CallWatch, retries: RetryBudget, length: number | undefined): Promise<number[][]> {
    const items = await withRetries(call, retries, () => request(input, call));
    const vectors: (number[] | undefined)[] = new Array(input.length);
    for (const [at, item] of items.entries()) {
      const { index = at, embedding } = (item ?? {}) as { index?: unknown; embedding?: unknown };
      if (Number.isInteger(index))
        vectors[index as number] = checkedVector(embedding, length, name, `Check ${server.names.model}.`, server.names.dimensions);
    }
    if (items.length !== input.length || vectors.length !== input.length || vectors.includes(undefined)) {
      throw pilcrowError('bad_vector', `${name} gave ${items.length} vectors for ${input.length} texts, or not one for each.`, {
        hint: `See whether the server at ${server.host} embeds several texts in one request.`,
      });
    }
    return vectors as number[][];
  }

  const probe = async (): Promise<number> => {
    const call = watch(name, requestMilliseconds);
    try {
      const [vector] = await embed(['length'], call, { ...DOCUMENT_RETRIES, ...options.documentRetries, attempts: 2 }, undefined);
      return (vector as number[]).length;
    } finally {
      call.end();
    }
  };
  const length = dimensions ?? options.length ?? (await probe());

  async function embedAll(texts: readonly string[], retries: RetryBudget, milliseconds: number, signal?: AbortSignal): Promise<number[][]> {
    const clean = texts.map((text, at) => {
      if (text.length <= characters) return text.replace(LONE_SURROGATE, '\ufffd');
      const which = texts.length === 1 ? 'A text' : `Text ${at + 1} of ${texts.length}`;
      const size = `${text.length.toLocaleString('en')} characters, ${characters.toLocaleString('en')} can be embedded`;
      throw pilcrowError('too_large', `${which} has ${size}: "${server.quote(text.slice(0, 60))}…".`, { hint: 'Cut it into paragraphs.' });
    });
    const vectors: number[][] = texts.map(() => []);
    const batches = batchesOf(clean, batch);
    signal?.throwIfAborted();
    const call = watch(name, milliseconds, signal);
    const work = async () => {
      for (let next = batches.shift(); next; next = batches.shift()) {
        const made = await embed(
          next.map((at) => clean[at] as string),
          call,
          retries,
          length,
        );
        for (const [place, at] of next.entries()) vectors[at] = made[place] as number[];
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(batch.requests, batches.length) }, work));
    } finally {
      // One failure ends the others.
      call.end();
    }
    return vectors.map((vector) => (vector.length === 0 ? new Array<number>(length).fill(0) : vector));
  }

  const query = { ...QUERY_RETRIES, ...options.queryRetries };
  const documents = { ...DOCUMENT_RETRIES, ...options.documentRetries };
  return {
    id: openAIEmbedderId(model, length),
    dimensions: length,
    embedQuery: async (text, { signal } = {}) =>
      (await embedAll([text], query, requestMilliseconds + query.milliseconds, signal))[0] as number[],
    // No total for documents: however many there are, every request and every batch's retries have their own.
    embedDocuments: (texts, { signal } = {}) => embedAll(texts, documents, 2 ** 31 - 1, signal),
  };
}

/** Places of the texts that are not blank, in runs of so many texts and characters at most. */
function batchesOf(texts: readonly string[], most: { texts: number; characters: number }): number[][] {
  const batches: number[][] = [];
  let characters = 0;
  for (const [at, text] of texts.entries()) {
    if (text.trim() === '') continue;
    const current = batches.at(-1);
    if (current && current.length < most.texts && characters + text.length <= most.characters) {
      current.push(at);
      characters += text.length;
    } else {
      batches.push([at]);
      characters = text.length;
    }
  }
  return batches;
}
