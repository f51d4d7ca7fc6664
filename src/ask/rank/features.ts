import type { Candidate, Question } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { FACT_SIGNS } from './features/facts.ts';
import { ASKED_FORM, FORM_SIGNS } from './features/form.ts';
import { PLACE_SIGNS } from './features/place.ts';
import { type FeatureGroup, poolOf, viewOf } from './features/view.ts';
import { WORD_SIGNS } from './features/words.ts';
import { askedOf, type Match, match } from './match.ts';

const GROUPS: readonly FeatureGroup[] = [...WORD_SIGNS, ...FORM_SIGNS, ...PLACE_SIGNS, ...FACT_SIGNS, ASKED_FORM];

/** Names of all features, in the order of the rows. */
export const FEATURES: readonly string[] = GROUPS.flatMap(({ features }) => features);
/** Names of the groups and where their features stand, from and up to. */
export const FEATURE_GROUPS: readonly { name: string; from: number; to: number }[] = GROUPS.reduce<
  { name: string; from: number; to: number }[]
>((list, { name, features }) => {
  const from = list.at(-1)?.to ?? 0;
  list.push({ name, from, to: from + features.length });
  return list;
}, []);
/** Features made of vectors: not known (NaN) for a language the vectors do not know. */
const OF_VECTORS = ['cosine', 'cosine-path', 'cosine-best-part', 'answering-cosine', 'neighbours-cosine'].map((name) =>
  FEATURES.indexOf(name),
);

interface FeatureRow {
  candidate: Candidate;
  features: Float32Array;
  /** How well each part answers by itself: covered share plus half the cosine, a little for the form asked for. */
  parts: readonly number[];
}

/** One row a candidate, in the order given. Values are finite, or NaN where they cannot be known. */
export function featureRows(question: Question, candidates: readonly Candidate[], vectors: LocalVectors | null): FeatureRow[] {
  const asked = askedOf(question, vectors);
  const matches = candidates.map((candidate) => match(asked, candidate));
  const pool = poolOf(asked, candidates, matches);
  // One list for all rows: hundreds of small ones a question keep the collector busy.
  const values = new Float32Array(candidates.length * FEATURES.length);
  return candidates.map((candidate, at) => {
    const view = viewOf(candidate, matches[at] as Match, pool);
    const features = values.subarray(at * FEATURES.length, (at + 1) * FEATURES.length);
    let column = 0;
    for (const group of GROUPS) for (const value of group.of(view)) features[column++] = value;
    if (!asked.usable) for (const one of OF_VECTORS) features[one] = Number.NaN;
    return { candidate, features, parts: view.parts };
  });
}
