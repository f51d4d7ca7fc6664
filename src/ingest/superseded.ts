import type { Chunk } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { tokens } from '../core/text/tokens.ts';
import { compareEditions } from '../core/time/editions.ts';
import { MOST_REPLACING } from '../core/visible.ts';

/**
 * Share of content words two chunks have in common (Jaccard) from which on the newer one replaces the older. Taken over
 * from the prototype of the answer stage; other values were not measured.
 */
const ALIKE_BRIEFINGS = 0.45;

/**
 * Marks the chunks of older editions that the newest edition of their series replaces: it says much the same, or, in a short
 * series, has a section of the same titles.
 */
export function markSuperseded(entries: readonly IngestedBriefing[]): void {
  const series = new Map<string, IngestedBriefing[]>();
  for (const entry of entries) series.set(entry.briefing.series, [...(series.get(entry.briefing.series) ?? []), entry]);
  for (const editions of series.values()) {
    if (editions.some(({ briefing }) => briefing.access !== undefined)) markReplacing(editions);
    const newest = editions.filter(({ briefing }) => briefing.newest);
    if (newest.length === editions.length || newest.length === 0) continue;
    const today = newest.flatMap(({ chunks }) => chunks);
    const sections = editions.length <= MOST_REPLACING ? new Set(today.map(pathOf).filter((path) => path !== '')) : new Set<string>();
    const alike = likeness(today);
    for (const { briefing, chunks } of editions) {
      if (briefing.newest) continue;
      for (const chunk of chunks) chunk.superseded = sections.has(pathOf(chunk)) || alike(chunk) >= ALIKE_BRIEFINGS;
    }
  }
}

/** Who reads only some of the editions has another newest one. */
function markReplacing(editions: readonly IngestedBriefing[]): void {
  for (const { chunks } of editions) for (const chunk of chunks) chunk.replacedBy = [];
  for (const newer of editions) {
    const sections = new Set(newer.chunks.map(pathOf).filter((path) => path !== ''));
    const alike = likeness(newer.chunks);
    for (const { briefing, chunks } of editions) {
      if (compareEditions(newer.briefing.edition, briefing.edition) <= 0) continue;
      for (const chunk of chunks) {
        const says = alike(chunk) >= ALIKE_BRIEFINGS;
        if (says || sections.has(pathOf(chunk))) chunk.replacedBy?.push({ briefing: newer.briefing.id, alike: says });
      }
    }
  }
}

const pathOf = ({ headings }: Chunk): string => headings.join('\n').toLowerCase();
const wordsOf = ({ text }: Chunk): Set<string> => new Set(tokens(text).flatMap(({ term, stop }) => (stop ? [] : [term])));

/** The largest share of words in common with one of some chunks; only those that share a word are compared. */
function likeness(chunks: readonly Chunk[]): (chunk: Chunk) => number {
  const sizes: number[] = [];
  const places = new Map<string, number[]>();
  for (const [at, chunk] of chunks.entries()) {
    const words = wordsOf(chunk);
    sizes.push(words.size);
    for (const word of words) {
      const list = places.get(word);
      if (list) list.push(at);
      else places.set(word, [at]);
    }
  }
  return (chunk) => {
    const words = wordsOf(chunk);
    const shared = new Map<number, number>();
    for (const word of words) for (const at of places.get(word) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    let best = 0;
    for (const [at, both] of shared) best = Math.max(best, both / (words.size + (sizes[at] as number) - both));
    return best;
  };
}
