/**
 * Agreement over paraphrases: pairs of phrasings of one case with the same outcome / all pairs. An outcome is any string;
 * here "declined", or which facts were stated and whether the answer was right. Null with fewer than two phrasings.
 */
export function agreement(outcomes: readonly string[]): number | null {
  const pairs = (outcomes.length * (outcomes.length - 1)) / 2;
  if (pairs === 0) return null;
  let same = 0;
  for (let i = 0; i < outcomes.length; i++) for (let j = 0; j < i; j++) if (outcomes[i] === outcomes[j]) same++;
  return same / pairs;
}

/**
 * Cohen's kappa of two judges over the same items: (observed − expected agreement) / (1 − expected agreement) (Cohen 1960).
 * Null without items, or when chance alone makes them agree always.
 */
export function kappa(pairs: readonly (readonly [boolean, boolean])[]): number | null {
  if (pairs.length === 0) return null;
  const share = (holds: (pair: readonly [boolean, boolean]) => boolean) => pairs.filter(holds).length / pairs.length;
  const a = share(([first]) => first);
  const b = share(([, second]) => second);
  const expected = a * b + (1 - a) * (1 - b);
  return expected === 1 ? null : (share(([first, second]) => first === second) - expected) / (1 - expected);
}
