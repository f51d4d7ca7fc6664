import { askedOf, match, standardise } from '../rank/index.ts';
import type { Candidate, Question } from '../records.ts';
import { markOf } from '../understand/index.ts';
import type { LocalVectors } from '../word-vectors.ts';

/** A logistic regression over the parts of a chunk: which of them decides. */
export interface PartScorer {
  features: readonly string[];
  mean: readonly number[];
  deviation: readonly number[];
  weights: readonly number[];
  bias: number;
}

/** What a part of a chunk is scored by. */
export const PART_FEATURES = [
  'soft',
  'soft-of-best',
  'exact',
  'beyond',
  'beyond-of-best',
  'cosine',
  'cosine-of-best',
  'form',
  'unit',
  'new-names',
  'new-figures',
  'new-times',
  'after-best-match',
  'first',
  'last',
  'item',
  'words',
  'lead',
  'asks-or-links',
] as const;

const EMPTY = /[?？؟]\s*$|^\S{0,20}\s?https?:\S+$/u;

/** One row a part, in order. */
export function partRows(question: Question, candidate: Candidate, vectors: LocalVectors | null): Float32Array[] {
  const asked = askedOf(question, vectors);
  const { partSoft, partExact, partCosine, inParts, inHeadings, inTitle } = match(asked, candidate);
  const { read } = candidate;
  const { parts } = read;
  const mark = markOf(question.form, question.language);
  const said = question.text.toLowerCase();
  const mostSoft = Math.max(...partSoft);
  const mostCosine = Math.max(...partCosine);
  // Which part of the right section: only words that neither title nor headings hold.
  const terms = question.terms.map(({ weight }, t) => ({
    t,
    weight,
    beyond: !inHeadings[t] && !inTitle[t],
  }));
  const all = terms.reduce((sum, term) => sum + (term.beyond ? term.weight : 0), 0);
  const beyond = parts.map((_, at) => {
    const met = terms.filter((term) => term.beyond && inParts[at * terms.length + term.t] === 1);
    return all > 0 ? met.reduce((sum, { weight }) => sum + weight, 0) / all : 0.5;
  });
  const mostBeyond = Math.max(...beyond);
  const top = partSoft.indexOf(mostSoft);
  return parts.map(({ text, item, lead, words, names, figures, times }, at) =>
    Float32Array.from([
      partSoft[at] as number,
      (partSoft[at] as number) - mostSoft,
      partExact[at] as number,
      beyond[at] as number,
      (beyond[at] as number) - mostBeyond,
      partCosine[at] as number,
      (partCosine[at] as number) - mostCosine,
      Number(mark ? read.matches(at, mark) : true),
      question.unit ? Number(read.matches(at, question.unit)) : 0.5,
      Math.log(1 + names.filter((name) => !asked.known.has(name)).length),
      Math.log(1 + figures.filter((figure) => !said.includes(figure)).length),
      Number(times.some((time) => !said.includes(time))),
      Number(at === top + 1),
      Number(at === 0),
      Number(at === parts.length - 1),
      Number(item),
      Math.log(1 + words.length),
      Number(lead),
      Number(EMPTY.test(text)),
    ]),
  );
}

export function checkParts(scorer: PartScorer): PartScorer {
  if (scorer.features.join() !== PART_FEATURES.join())
    throw new Error('The scorer of parts was trained on other features: run bench/train.ts.');
  return scorer;
}

/** How well each part of a chunk answers by itself, as a logit. */
export function partScores(question: Question, candidate: Candidate, vectors: LocalVectors | null, scorer: PartScorer): number[] {
  return partRows(question, candidate, vectors).map((row) =>
    standardise(row, scorer).reduce((sum, value, at) => sum + value * (scorer.weights[at] as number), scorer.bias),
  );
}
