import { pilcrowError } from '../core/errors.ts';
import type { Embedder } from '../core/ports.ts';

export interface GuardedEmbedder extends Embedder {
  /** Why questions have no vectors at the moment, or null. */
  problem(): string | null;
}

export interface GuardOptions {
  /** Longest wait for the vector of a question, milliseconds. */
  queryMilliseconds?: number;
  /** After a failure, how long nothing is asked of the service, milliseconds. */
  restMilliseconds?: number;
}

/** A quarter of what an asker waits by default: chosen, not measured. Words alone find most passages, so more is not worth it. */
export const QUERY_MILLISECONDS = 5000;
/** So that a service that is down costs one asker the wait in ten seconds and nobody else. */
const REST_MILLISECONDS = 10_000;

/**
 * An embedder for questions over a service that may be down: every wait is bounded, and after a failure the next questions are
 * told at once instead of waiting in vain.
 */
export function guardedEmbedder(embedder: Embedder, options: GuardOptions = {}): GuardedEmbedder {
  const { queryMilliseconds = QUERY_MILLISECONDS, restMilliseconds = REST_MILLISECONDS } = options;
  const query: (text: string, options: { signal: AbortSignal }) => Promise<number[]> = embedder.embedQuery.bind(embedder);
  let failure: { error: Error; at: number } | null = null;

  async function embedQuery(text: string): Promise<number[]> {
    if (failure && performance.now() - failure.at < restMilliseconds) throw failure.error;
    const late = new AbortController();
    const timer = setTimeout(
      () =>
        late.abort(
          pilcrowError('model_unavailable', `The embedder ${embedder.id} took longer than ${queryMilliseconds / 1000} s.`, {
            retryable: true,
            details: { kind: 'timeout' },
          }),
        ),
      queryMilliseconds,
    );
    const aborted = new Promise<never>((_, reject) => {
      late.signal.addEventListener('abort', () => reject(late.signal.reason), { once: true });
    });
    try {
      const work = query(text, { signal: late.signal });
      work.catch(() => {});
      const vector = await Promise.race([work, aborted]);
      failure = null;
      return vector;
    } catch (error) {
      // A question that is too long says nothing about the service.
      if ((error as { code?: string }).code !== 'too_large') failure = { error: error as Error, at: performance.now() };
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    embedQuery,
    embedDocuments: (texts) => embedder.embedDocuments(texts),
    problem: () => failure && `Questions are matched by words alone for the moment: ${failure.error.message}`,
  };
}
