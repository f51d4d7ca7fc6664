import type { Briefing, Passage } from '../core/model.ts';
import type { Embedder, Filter, IndexReader } from '../core/ports.ts';
import type { Expansion } from './units.ts';

/**
 * Weight of the cosine beside `BM25 / bound`, for English. The curve is flat: over eight English sets the mean reciprocal
 * rank (bench/retrieval-sweep.ts) is .749 without vectors, .756 at 0.2, .761 at 0.3, .763 at 0.4, .765 at 0.5 and 0.6.
 */
export const VECTOR_WEIGHT = 0.5;

export interface RetrieveOptions {
  /** How many paragraphs each search returns before fusion, 1..1000. */
  depth: number;
  filter?: Filter;
  /** 0 leaves the vector out, e.g. for a language the embedder does not know. */
  vectorWeight: number;
  /** `false` leaves the word search out. */
  lexical?: boolean;
  /** Told when there is no vector for the question, and why. */
  onVectorFailure?: (error: unknown) => void;
}

/**
 * Share of the paragraphs found, and of those read, that one briefing may take while others matched as well: one that repeats
 * the question over and over does not crowd out the rest.
 */
export const SHARE_OF_ONE_BRIEFING = 0.7;

/** `retrieve`, with a second look beside a briefing that filled nearly all there was room for. */
export async function retrieveFromSeveral(...given: Parameters<typeof retrieve>): Promise<Passage[]> {
  const [reader, embedder, text, expansion, briefings, options] = given;
  const passages = await retrieve(...given);
  if (passages.length < options.depth) return passages;
  const counts = new Map<string, number>();
  for (const { briefing } of passages) counts.set(briefing.id, (counts.get(briefing.id) ?? 0) + 1);
  const crowded = [...counts].find(([, count]) => count > passages.length * SHARE_OF_ONE_BRIEFING)?.[0];
  const others = (options.filter?.briefings ?? [...briefings.keys()]).filter((id) => id !== crowded);
  if (crowded === undefined || others.length === 0) return passages;
  const known = new Set(passages.map(({ paragraph }) => paragraph.id));
  const beside = await retrieve(reader, embedder, text, expansion, briefings, { ...options, filter: { briefings: others } });
  const more = beside.filter(({ paragraph }) => !known.has(paragraph.id)).slice(0, Math.ceil(options.depth * (1 - SHARE_OF_ONE_BRIEFING)));
  return [...passages, ...more].sort((a, b) => b.score - a.score || (a.paragraph.id < b.paragraph.id ? -1 : 1));
}

/**
 * Lexical and vector search, fused by score: `BM25 / bound + weight * cosine`, best first. BM25 over its largest
 * possible value is comparable between questions; plain rank fusion with a weaker vector would cost four points.
 */
export async function retrieve(
  reader: IndexReader,
  embedder: Embedder | null,
  text: string,
  expansion: Expansion,
  briefings: ReadonlyMap<string, Briefing>,
  options: RetrieveOptions,
): Promise<Passage[]> {
  const { depth, filter, vectorWeight } = options;
  const [lexical, vector] = await Promise.all([
    options.lexical === false ? [] : reader.matching(expansion.terms, depth, filter),
    embedder && vectorWeight > 0 ? vectorOf(embedder, text, options) : null,
  ]);
  const semantic = vector
    ? await reader.nearest(
        vector,
        depth,
        filter,
        lexical.map((hit) => hit.paragraph),
      )
    : [];
  const scores = new Map<string, { lexical: number; semantic: number }>();
  for (const hit of lexical) scores.set(hit.paragraph, { lexical: hit.score, semantic: 0 });
  for (const hit of semantic) {
    const found = scores.get(hit.paragraph);
    if (found) found.semantic = hit.score;
    else scores.set(hit.paragraph, { lexical: 0, semantic: hit.score });
  }
  const bound = Math.max(expansion.bound, 1e-9);
  const fused = Array.from(scores, ([id, { lexical, semantic }]) => ({
    id,
    lexical,
    semantic,
    score: lexical / bound + vectorWeight * semantic,
  }));
  fused.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const paragraphs = new Map((await reader.paragraphs(fused.map((hit) => hit.id))).map((paragraph) => [paragraph.id, paragraph]));
  const passages: Passage[] = [];
  for (const hit of fused) {
    const paragraph = paragraphs.get(hit.id);
    const briefing = paragraph && briefings.get(paragraph.briefing);
    if (paragraph && briefing) passages.push({ paragraph, briefing, lexical: hit.lexical, semantic: hit.semantic, score: hit.score });
  }
  return passages;
}

/** The question's vector, or null when the embedder fails: then words alone find passages. It bounds its own time. */
async function vectorOf(embedder: Embedder, text: string, { onVectorFailure }: RetrieveOptions): Promise<number[] | null> {
  try {
    return await embedder.embedQuery(text);
  } catch (error) {
    onVectorFailure?.(error);
    return null;
  }
}
