import type { Embedder, Hit } from '../../core/ports.ts';
import type { ChunkReader } from '../rank/index.ts';
import type { Candidate, Found, Question, Session } from '../records.ts';
import { round } from '../trace.ts';

/** Share of the pool one briefing may take while others matched as well: one that repeats the question crowds nobody out. */
const SHARE_OF_ONE_BRIEFING = 0.7;

/** The pool of chunks that may answer, best first: word search and vectors side by side, fused by score. */
export async function retrieve(
  { reader, library, settings, step }: Session,
  question: Question,
  embedder: Embedder | null,
  read: ChunkReader,
): Promise<Found> {
  const { depth, pool, vectorWeight, ablation } = settings;
  const { allowed } = question.scope;
  const filter = allowed.size === library.list.length ? undefined : { briefings: [...allowed] };
  const wordy = question.terms.length > 0;
  let hasVectors = embedder !== null;
  const vectorOf = async (): Promise<number[] | null> => {
    if (!embedder || ablation?.vector === false || !question.embedded || !wordy) return null;
    try {
      return await embedder.embedQuery(question.text);
    } catch {
      hasVectors = false;
      return null;
    }
  };
  const byWords = ablation?.lexical === false || !wordy ? null : question.search;
  async function searched(): Promise<{ lexical: Hit[]; semantic: Hit[] }> {
    // In a database both are one round trip; elsewhere words are looked for while the question is embedded.
    const [found, vector] = await Promise.all([byWords && !reader.both ? reader.matching(byWords, depth, filter) : null, vectorOf()]);
    if (byWords && vector && reader.both) return reader.both(byWords, vector, depth, filter);
    const lexical = found ?? (byWords ? await reader.matching(byWords, depth, filter) : []);
    const also = lexical.map(({ chunk }) => chunk);
    return { lexical, semantic: vector ? await reader.nearest(vector, depth, filter, also) : [] };
  }
  const { lexical, semantic } = await searched();
  const scores = new Map<string, { lexical: number; semantic: number; fused: number }>();
  const scoreOf = (id: string) => {
    let score = scores.get(id);
    if (!score) {
      score = { lexical: 0, semantic: 0, fused: 0 };
      scores.set(id, score);
    }
    return score;
  };
  for (const { chunk, score } of lexical) scoreOf(chunk).lexical = Math.min(MOST_LEXICAL, score / question.bound);
  for (const { chunk, score } of semantic) scoreOf(chunk).semantic = score;
  for (const score of scores.values()) score.fused = score.lexical + vectorWeight * score.semantic;
  const order = [...scores].sort(([a, x], [b, y]) => y.fused - x.fused || (a < b ? -1 : 1)).map(([chunk]) => chunk);
  const briefingOf = (id: string) => id.slice(0, id.lastIndexOf('#'));
  const best = shared(order, briefingOf, pool, Math.ceil(pool * SHARE_OF_ONE_BRIEFING));
  const candidates = (await read(reader, library.briefings, best)).map(
    (ready): Candidate => ({ ...ready, ...scoreIn(scores, ready.chunk.id) }),
  );
  step('retrieve', () => ({
    chunks: candidates.slice(0, 10).map(({ chunk, lexical: words, semantic: meaning, fused }) => ({
      chunk: chunk.id,
      lexical: round(words),
      semantic: round(meaning),
      fused: round(fused),
    })),
  }));
  return { candidates, hasVectors };
}

/** Bigrams can bring the score over the bound of its words. */
const MOST_LEXICAL = 1.2;
const scoreIn = (scores: ReadonlyMap<string, { lexical: number; semantic: number; fused: number }>, id: string) =>
  scores.get(id) as { lexical: number; semantic: number; fused: number };

/**
 * Takes `most` items in order, at first at most `perGroup` of one group; what is left is filled up in order. So no group crowds
 * out the others, and none is cut short when there are no others.
 */
function shared<T>(items: readonly T[], group: (item: T) => string, most: number, perGroup: number): T[] {
  const counts = new Map<string, number>();
  const first = new Set<T>();
  for (const item of items) {
    if (first.size === most) break;
    const count = counts.get(group(item)) ?? 0;
    if (count >= perGroup) continue;
    counts.set(group(item), count + 1);
    first.add(item);
  }
  for (const item of items) {
    if (first.size >= most) break;
    first.add(item);
  }
  return items.filter((item) => first.has(item));
}
