import type { ChatModel, Embedder } from '../../core/ports.ts';
import type { ModelCall, ModelNames } from './messages.ts';
import type { Served } from './service-calls.ts';

/** Calls the serving thread. Rejects with what it failed with. */
export interface ServiceLine {
  /** Resolves to what came. `call`: the number of a call that goes on, from `number`. */
  send(call: number, service: ModelCall): Promise<{ value?: unknown; end?: boolean }>;
  number(): number;
  leave(call: number, aborted: boolean): void;
}

/** The models of the serving thread, for a worker: the same ports, every call of which goes there. */
export function lentModels(names: ModelNames, line: ServiceLine): Served {
  /** One call with one result; an abort is told, and throws the signal's reason at once. */
  async function once(service: ModelCall, signal?: AbortSignal): Promise<unknown> {
    const call = line.number();
    return (await abortable(line.send(call, service), signal, () => line.leave(call, true))).value;
  }

  const chatOf = (model: 'chat' | 'check', name: string): ChatModel => ({
    name,
    async *stream(messages, { signal, ...options } = {}) {
      signal?.throwIfAborted();
      const call = line.number();
      let over = false;
      let aborted = false;
      const leave = (): void => {
        if (over) return;
        over = true;
        line.leave(call, aborted);
      };
      const gaveUp = (): void => {
        aborted = true;
        leave();
      };
      try {
        for (let service: ModelCall = { of: 'stream', model, messages, options }; ; service = { of: 'next' }) {
          const { value, end } = await abortable(line.send(call, service), signal, gaveUp).catch((error) => {
            over = true;
            throw error;
          });
          if (end) {
            over = true;
            return;
          }
          yield value as string;
        }
      } finally {
        leave();
      }
    },
  });

  const chat = names.chat === null ? null : chatOf('chat', names.chat);
  return {
    chat,
    check: names.check === null ? null : names.check === 'same' ? chat : chatOf('check', names.check),
    reranker:
      names.reranker === null ? null : { name: names.reranker, rerank: (query, texts, options) => rerank(query, texts, options?.signal) },
    embedder: names.embedder === null ? null : { name: names.embedder, of: embedderOf },
  };

  async function rerank(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[] | null> {
    return (await once({ of: 'rerank', query, texts }, signal)) as number[] | null;
  }

  async function embedderOf(made: { embedder: string; dimensions: number }): Promise<Embedder | null> {
    const { embedder: id, dimensions } = made;
    if (!(await once({ of: 'knows', made: { embedder: id, dimensions } }))) return null;
    const embed = async (texts: readonly string[], question: boolean) =>
      (await once({ of: 'embed', made: { embedder: id, dimensions }, texts, question })) as number[][];
    return {
      id,
      dimensions,
      embedQuery: async (text) => (await embed([text], true))[0] as number[],
      embedDocuments: (texts) => embed(texts, false),
    };
  }
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined, told: () => void): Promise<T> {
  if (!signal) return work;
  work.catch(() => {});
  let stop: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const gaveUp = (): void => {
      told();
      reject(signal.reason);
    };
    if (signal.aborted) gaveUp();
    signal.addEventListener('abort', gaveUp, { once: true });
    stop = () => signal.removeEventListener('abort', gaveUp);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop();
  }
}
