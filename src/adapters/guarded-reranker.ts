import type { Reranker } from '../core/ports.ts';

export interface GuardedReranker {
  readonly name: string;
  /** One score for each text, or null when the service has none at the moment: the own order serves. Rejects only when the asker left. */
  rerank(query: string, texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[] | null>;
  /** Why there are no scores at the moment, or null. */
  problem(): string | null;
}

/** So that a service that is down costs one asker the wait in ten seconds and nobody else. */
const REST_MILLISECONDS = 10_000;

/** A reranker that may be down: after a failure the next questions are answered without it at once. */
export function guardedReranker(
  reranker: Reranker,
  { restMilliseconds = REST_MILLISECONDS }: { restMilliseconds?: number } = {},
): GuardedReranker {
  let failure: { error: Error; at: number } | null = null;
  return {
    name: reranker.name,
    async rerank(query, texts, options = {}) {
      if (failure && performance.now() - failure.at < restMilliseconds) return null;
      try {
        const scores = await reranker.rerank(query, texts, options);
        failure = null;
        return scores;
      } catch (error) {
        if (options.signal?.aborted) throw options.signal.reason;
        failure = { error: error as Error, at: performance.now() };
        return null;
      }
    },
    problem: () => failure && `Passages are in the own order for the moment: ${failure.error.message}`,
  };
}
