import type { Paragraph } from '../../src/core/model.ts';
import { tokens } from '../../src/core/text/tokens.ts';
import type { Idf } from '../../src/editions/weights.ts';

/** BM25's idf over some paragraphs. */
export function idfOver(paragraphs: readonly Paragraph[]): Idf {
  const counts = new Map<string, number>();
  for (const { text } of paragraphs)
    for (const term of new Set(tokens(text).map((token) => token.term))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = (count: number) => Math.log(1 + (paragraphs.length - count + 0.5) / (count + 0.5));
  const weights = new Map([...counts].map(([term, count]) => [term, weight(count)]));
  const rare = weight(0);
  return (term) => weights.get(term) ?? rare;
}
