/**
 * Texts that mean about the same, as lists of places, each list beginning with the text it was gathered around. A text joins the
 * gathering whose first text is nearest to it, when their cosine is at least `least`; one without a vector (all zero) stays alone.
 * What comes first gathers first, so texts are given in order of weight. Compares each text with every gathering.
 */
export function groupAlike(vectors: readonly (readonly number[])[], least: number): number[][] {
  const found: number[][] = [];
  for (const [place, vector] of vectors.entries()) {
    let best: number[] | null = null;
    let nearest = least;
    for (const group of found) {
      const cosine = dot(vectors[group[0] as number] as readonly number[], vector);
      if (cosine < nearest) continue;
      nearest = cosine;
      best = group;
    }
    if (best) best.push(place);
    else found.push([place]);
  }
  return found;
}

/** Cosine of vectors of unit length. */
function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
