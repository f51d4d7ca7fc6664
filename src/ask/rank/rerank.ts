import type { Question, Ranked, Session } from '../records.ts';
import { round } from '../trace.ts';

/** A service that says how well texts answer a question; null when it does not answer at the moment. */
export interface Rerank {
  readonly name: string;
  rerank(query: string, texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[] | null>;
}

/** Chunks that are put in order by the service; the others follow as they were. */
const MOST_RERANKED = 30;

/** The ranked list as a rerank service orders it; as it is without one, or while it does not answer. */
export async function rerank(
  { step, signal }: Pick<Session, 'step' | 'signal'>,
  question: Question,
  ranked: readonly Ranked[],
  service: Rerank | null,
): Promise<readonly Ranked[]> {
  if (!service || ranked.length < 2) return ranked;
  const head = ranked.slice(0, MOST_RERANKED);
  const texts = head.map(({ candidate: { chunk, briefing } }) => [briefing.title, ...chunk.headings, chunk.text].join('\n'));
  const scores = await service.rerank(question.standalone, texts, { signal });
  step('rerank', () => ({ service: service.name, scores: scores?.slice(0, 8).map(round) ?? null }));
  if (!scores) return ranked;
  const order = head.map((one, at) => ({ one, score: scores[at] as number })).sort((a, b) => b.score - a.score);
  return [...order.map(({ one }) => one), ...ranked.slice(MOST_RERANKED)];
}
