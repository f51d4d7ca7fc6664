/** Inverse document frequency of a stem, > 0; unknown stems count as rare. */
export type Idf = (term: string) => number;

/** Share of two weighted sets that both have, 0..1: twice the common weight over the sum of both (Dice). */
export function dice(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>, idf: Idf): number {
  let both = 0;
  let sum = 0;
  for (const [key, term] of a) {
    const weight = idf(term);
    sum += weight;
    if (b.has(key)) both += weight;
  }
  for (const [key, term] of b) {
    const weight = idf(term);
    sum += weight;
    if (a.has(key)) both += weight;
  }
  return sum === 0 ? 0 : both / sum;
}

/** Members of `a` that `b` lacks. */
export function missing(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...a.keys()].filter((key) => !b.has(key));
}
