import { isPilcrowError } from '../../core/errors.ts';
import type { Reranker } from '../../core/ports.ts';
import { type CallWatch, type FailureDetails, modelFailure, watch } from '../chat-limits.ts';
import { type ModelServer, serverOf } from './client.ts';
import { failureOf } from './failure.ts';
import { type RetryBudget, withRetries } from './retry.ts';

export interface RerankOptions extends ModelServer {
  model: string;
  /** Longest text sent, UTF-16 units; longer ones are cut. */
  characters?: number;
  /** Longest wait for one request, milliseconds. */
  requestMilliseconds?: number;
  retries?: Partial<RetryBudget>;
}

/** Cross-encoders read 512 tokens or more of question and text together; what they cannot read they cut themselves. */
const LONGEST_TEXT = 4000;
const LONGEST_QUERY = 2000;
/** An asker waits, and the order is good without it: chosen, not measured. */
const REQUEST_MILLISECONDS = 3000;
const RETRIES: RetryBudget = { attempts: 2, milliseconds: 1000 };
/** Some servers repeat the texts in their reply. */
const MOST_BYTES = { body: 8 * 1024 * 1024, event: 8 * 1024 * 1024 };
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** How the texts are called: `documents` by Cohere, Jina, vLLM and llama.cpp, `texts` by TEI. */
type Dialect = 'documents' | 'texts';

/**
 * A reranker behind `POST …/rerank`. `documents` is tried first; a server that refuses the request for lack of `texts` is asked as TEI
 * wants it, from then on. Both replies are understood: `{results: [{index, relevance_score}]}` and `[{index, score}]`. A text the
 * server leaves out scores below all others. Errors as `Reranker` says.
 */
export function createReranker(options: RerankOptions): Reranker {
  const { model, characters = LONGEST_TEXT, requestMilliseconds = REQUEST_MILLISECONDS } = options;
  const server = serverOf(options, model, 'PILCROW_RERANK_MODEL', MOST_BYTES);
  const name = `The reranking model ${model}`;
  const retries = { ...RETRIES, ...options.retries };
  let dialect: Dialect = 'documents';

  async function request(query: string, texts: readonly string[], how: Dialect, call: CallWatch): Promise<unknown> {
    const loaded = await server.load();
    const one = watch(name, requestMilliseconds, call.signal);
    try {
      const body =
        how === 'documents' ? { model, query, documents: texts, top_n: texts.length } : { query, texts, raw_scores: false, truncate: true };
      return await one.within(loaded.client.post('/rerank', { body, signal: one.signal }), requestMilliseconds, 'no scores');
    } catch (error) {
      throw one.signal.aborted ? one.signal.reason : failureOf(error, server, loaded);
    } finally {
      one.end();
    }
  }

  return {
    name: model,
    async rerank(query, texts, { signal } = {}) {
      signal?.throwIfAborted();
      if (texts.length === 0) return [];
      const clean = (text: string, most: number) => text.replace(LONE_SURROGATE, '\ufffd').slice(0, most);
      const cut = texts.map((text) => clean(text, characters));
      const asked = clean(query, LONGEST_QUERY);
      const call = watch(name, requestMilliseconds + retries.milliseconds, signal);
      try {
        const reply = await withRetries(call, retries, async () => {
          try {
            return await request(asked, cut, dialect, call);
          } catch (error) {
            const { status } = (isPilcrowError(error) ? (error.details as FailureDetails | undefined) : undefined) ?? {};
            if (dialect !== 'documents' || (status !== 422 && status !== 400)) throw error;
            const other = await request(asked, cut, 'texts', call).catch(() => {
              throw error;
            });
            dialect = 'texts';
            return other;
          }
        });
        return scoresOf(reply, texts.length, () =>
          modelFailure(
            `The model server at ${server.host} sent something else instead of scores.`,
            { kind: 'nonsense' },
            `See whether ${server.names.baseUrl} is the address below which /rerank is.`,
          ),
        );
      } finally {
        call.end();
      }
    },
  };
}

/** Scores by place; throws what `wrong` makes for anything that is no list of them. */
function scoresOf(reply: unknown, count: number, wrong: () => Error): number[] {
  const list = Array.isArray(reply) ? reply : (reply as { results?: unknown } | null)?.results;
  if (!Array.isArray(list) || list.length === 0 || list.length > count) throw wrong();
  const scores: (number | null)[] = new Array(count).fill(null);
  for (const item of list as unknown[]) {
    const {
      index,
      relevance_score: relevance,
      score = relevance,
    } = (item ?? {}) as { index?: unknown; relevance_score?: unknown; score?: unknown };
    if (!Number.isInteger(index) || (index as number) < 0 || (index as number) >= count || scores[index as number] !== null) throw wrong();
    if (typeof score !== 'number' || !Number.isFinite(score)) throw wrong();
    scores[index as number] = score;
  }
  const least = Math.min(...(scores.filter((score) => score !== null) as number[]));
  return scores.map((score) => score ?? least - 1);
}
