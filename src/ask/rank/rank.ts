import type { Found, Question, Ranked, Session } from '../records.ts';
import { round } from '../trace.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { FEATURES, featureRows } from './features.ts';
import { type Network, score, standardise } from './network.ts';

/** Networks that were trained alike, on one scale, from different beginnings; their mean counts. */
export interface Ranker {
  features: readonly string[];
  networks: readonly Network[];
}

/** Throws when a ranker was trained on other features than are read here. */
export function checkRanker(ranker: Ranker): Ranker {
  if (ranker.features.join() !== FEATURES.join()) throw new Error('The ranker was trained on other features: run bench/train.ts.');
  return ranker;
}

/** The pool by how well each chunk answers, best first. */
export function rank(
  { settings, step }: Pick<Session, 'settings' | 'step'>,
  question: Question,
  { candidates }: Found,
  vectors: LocalVectors | null,
  ranker: Ranker,
): Ranked[] {
  const rows = featureRows(question, candidates, vectors);
  const into = new Float64Array(FEATURES.length);
  const scores = rows.map(({ candidate, features }) => {
    if (settings.ablation?.ranker === false) return 10 * candidate.fused;
    const { networks } = ranker;
    const scaled = standardise(features, networks[0] as Network, into);
    return networks.reduce((sum, network) => sum + score(scaled, network), 0) / networks.length;
  });
  const most = Math.max(...scores);
  const weights = scores.map((one) => Math.exp(one - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ranked = rows
    .map((row, at): Ranked => ({ ...row, score: scores[at] as number, share: (weights[at] as number) / total }))
    .sort((a, b) => b.score - a.score);
  step('rank', () => ({
    best: ranked
      .slice(0, 8)
      .map(({ candidate, score: value, share }) => ({ chunk: candidate.chunk.id, score: round(value), share: round(share) })),
  }));
  return ranked;
}

/** A service that says how well texts answer a question; null when it does not answer at the moment. */
export interface Rerank {
  readonly name: string;
  rerank(query: string, texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[] | null>;
}

/** The ranked list as a rerank service orders it; as it is without one, or while it does not answer. */
export async function rerank(
  { step, signal }: Pick<Session, 'step' | 'signal'>,
  question: Question,
  ranked: readonly Ranked[],
  service: Rerank | null,
): Promise<readonly Ranked[]> {
  if (!service || ranked.length < 2) return ranked;
  const texts = ranked.map(({ candidate: { chunk, briefing } }) => [briefing.title, ...chunk.headings, chunk.text].join('\n'));
  const scores = await service.rerank(question.standalone, texts, { signal });
  step('rerank', () => ({ service: service.name, scores: scores?.slice(0, 8).map(round) ?? null }));
  if (!scores) return ranked;
  const order = ranked.map((one, at) => ({ one, score: scores[at] as number })).sort((a, b) => b.score - a.score);
  return order.map(({ one }) => one);
}
