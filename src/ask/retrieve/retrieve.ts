import type { Chunk, Paragraph } from '../../core/model.ts';
import type { Embedder, Hit } from '../../core/ports.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { paragraphGivesOrders, titleGivesOrders } from '../../core/text/orders.ts';
import type { ReadChunk } from '../rank/read-chunk.ts';
import type { Candidate, Found, Question, Session } from '../records.ts';
import { round } from '../trace.ts';
import { shared } from './shared.ts';

/** Reads chunks; remembers those read lately. */
export type ChunkReader = (chunk: Chunk, briefing: Candidate['briefing'], paragraphs: ReadonlyMap<number, Paragraph>) => ReadChunk;

/** Share of the pool one briefing may take while others matched as well: one that repeats the question crowds nobody out. */
const SHARE_OF_ONE_BRIEFING = 0.7;

/**
 * The pool of chunks that may answer, best first: word search and vectors side by side, fused by score. Text that gives orders to
 * whoever answers is no evidence and is left out, with what stands below it.
 */
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
  const [lexical, vector] = await Promise.all([
    ablation?.lexical === false || !wordy ? [] : reader.matching(question.search, depth, filter),
    vectorOf(),
  ]);
  const semantic = vector
    ? await reader.nearest(
        vector,
        depth,
        filter,
        lexical.map(({ chunk }) => chunk),
      )
    : [];
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
  const best = shared(order, briefingOf, pool.fused, Math.ceil(pool.fused * SHARE_OF_ONE_BRIEFING));
  const first = (hits: readonly Hit[], count: number) => hits.slice(0, count).map(({ chunk }) => chunk);
  const wanted = new Set([...best, ...first(lexical, pool.lexical), ...first(semantic, pool.semantic)]);
  const candidates = await candidatesOf(
    order.filter((id) => wanted.has(id)),
    scores,
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

  async function candidatesOf(ids: readonly string[], found: typeof scores): Promise<Candidate[]> {
    const chunks = await reader.chunks(ids);
    const numbers = new Set(chunks.flatMap((chunk) => chunk.parts.map(({ paragraph }) => `${chunk.briefing}#p${paragraph}`)));
    const paragraphs = new Map<string, Map<number, Paragraph>>();
    for (const paragraph of await reader.paragraphs([...numbers])) {
      const list = paragraphs.get(paragraph.briefing);
      if (list) list.set(paragraph.number, paragraph);
      else paragraphs.set(paragraph.briefing, new Map([[paragraph.number, paragraph]]));
    }
    const candidates: Candidate[] = [];
    for (const chunk of chunks) {
      const briefing = library.briefings.get(chunk.briefing);
      const own = paragraphs.get(chunk.briefing);
      if (!briefing || !own || titleGivesOrders(briefing)) continue;
      const sound = withoutOrders(chunk, own);
      if (sound)
        candidates.push({ chunk: sound, briefing, paragraphs: own, read: read(sound, briefing, own), ...scoreIn(found, chunk.id) });
    }
    return candidates;
  }
}

/** A chunk without the items that give orders; null when nothing else is in it, or what leads in to the rest gives one. */
function withoutOrders(chunk: Chunk, paragraphs: ReadonlyMap<number, Paragraph>): Chunk | null {
  const ordering = new Set(
    chunk.parts.map(({ paragraph }) => paragraph).filter((number) => paragraphGivesOrders(paragraphs.get(number) as Paragraph)),
  );
  // What an order leads in to is part of the order.
  const orders = ({ paragraph }: Chunk['parts'][number]) => ordering.has(paragraph) || ordering.has(paragraphs.get(paragraph)?.lead ?? 0);
  const parts = chunk.parts.filter((part) => !orders(part));
  if (parts.length === chunk.parts.length) return chunk;
  const numbers = new Set(parts.filter(({ lead }) => !lead).map(({ paragraph }) => paragraph));
  if (numbers.size === 0 || chunk.parts.some((part) => part.lead && orders(part))) return null;
  const text = parts.map(({ paragraph, start, end }) => sliceCodePoints(paragraphs.get(paragraph)?.text ?? '', start, end)).join('\n');
  return { ...chunk, parts, paragraphs: chunk.paragraphs.filter((number) => numbers.has(number)), text };
}

/** Bigrams can bring the score over the bound of its words. */
const MOST_LEXICAL = 1.2;
const scoreIn = (scores: ReadonlyMap<string, { lexical: number; semantic: number; fused: number }>, id: string) =>
  scores.get(id) as { lexical: number; semantic: number; fused: number };
