import type { ChatModel, Embedder } from '../../core/ports.ts';
import type { MadeWith } from '../embedder-source.ts';
import { type ModelCall, type ModelNames, type ToldError, toldError } from './messages.ts';

/** The models as the serving thread has them, within their limits. */
export interface Served {
  chat: ChatModel | null;
  check: ChatModel | null;
  reranker: {
    readonly name: string;
    rerank(query: string, texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[] | null>;
  } | null;
  embedder: { readonly name: string; of(made: MadeWith): Promise<Embedder | null> } | null;
}

export const namesOf = ({ chat, check, reranker, embedder }: Served): ModelNames => ({
  chat: chat?.name ?? null,
  check: check && check === chat ? 'same' : (check?.name ?? null),
  reranker: reranker?.name ?? null,
  embedder: embedder?.name ?? null,
});

/** What came of a call; see `served` of `ToWorker`. */
export interface CallOutcome {
  value?: unknown;
  end?: boolean;
  error?: ToldError;
}

interface Call {
  abort: AbortController;
  reply: AsyncIterator<string> | null;
}

/** Calls of one worker, by its numbers for them. */
export function createServiceCalls(served: Served) {
  const calls = new Map<number, Call>();

  async function work({ abort: { signal }, ...call }: Call, service: ModelCall): Promise<CallOutcome> {
    switch (service.of) {
      case 'stream':
      case 'next': {
        const next = await (call.reply as AsyncIterator<string>).next();
        return next.done ? { end: true } : { value: next.value };
      }
      case 'rerank':
        return { value: (await served.reranker?.rerank(service.query, service.texts, { signal })) ?? null };
      case 'knows':
        return { value: ((await served.embedder?.of(service.made)) ?? null) !== null };
      case 'embed': {
        const embedder = (await served.embedder?.of(service.made)) as Embedder;
        const [question = ''] = service.texts;
        return { value: service.question ? [await embedder.embedQuery(question)] : await embedder.embedDocuments([...service.texts]) };
      }
    }
  }

  return {
    /** Never rejects: a failure is an outcome. */
    async call(number: number, service: ModelCall): Promise<CallOutcome> {
      let call = calls.get(number);
      if (!call) {
        const abort = new AbortController();
        const { signal } = abort;
        const model = service.of === 'stream' ? served[service.model] : null;
        const reply =
          model && service.of === 'stream' ? model.stream(service.messages, { ...service.options, signal })[Symbol.asyncIterator]() : null;
        call = { abort, reply };
        calls.set(number, call);
      }
      try {
        const outcome = await work(call, service);
        if (outcome.end || !call.reply) calls.delete(number);
        return outcome;
      } catch (error) {
        calls.delete(number);
        return { error: toldError(error) };
      }
    },
    /** Nobody waits for it any more. */
    leave(number: number, aborted: boolean): void {
      const call = calls.get(number);
      if (!call) return;
      calls.delete(number);
      if (aborted) call.abort.abort(new Error('Whoever asked gave up.'));
      void call.reply?.return?.().catch(() => {});
    },
    /** The worker has ended. */
    end(): void {
      for (const { abort, reply } of calls.values()) {
        abort.abort(new Error('The worker that asked has ended.'));
        void reply?.return?.().catch(() => {});
      }
      calls.clear();
    },
  };
}
