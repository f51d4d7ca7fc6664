import type { Span } from '../../core/model.ts';
import type { WordVectors } from '../features.ts';
import { type Reason, reason } from '../reasons.ts';
import { misplacedName, misplacedValue, oppositeWord } from './attachment.ts';
import { unbound } from './binding.ts';
import { causeProblem, comparisonProblem, superlativeProblem } from './comparisons.ts';
import { type ClaimSource, piecesOf, shortForms } from './evidence.ts';
import { dateProblem, figureProblem, nameProblem, sourceWords, unitProblem } from './facts.ts';
import { LIMITS, type Limits } from './limits.ts';
import { planProblem } from './plans.ts';
import { modalityProblem, negationProblem, quantifierProblem } from './polarity.ts';
import { forgedQuotation } from './quotations.ts';
import { read } from './reading.ts';
import { swappedRoles } from './roles.ts';
import { replacedWord } from './substitution.ts';
import { coverageOf, spansBySource } from './support.ts';

export type { ClaimSource } from './evidence.ts';

export interface Support {
  /** Index into the sources. */
  source: number;
  /** Sentences of the paragraph that carry the claim, ascending; code points relative to the paragraph. */
  spans: Span[];
  /** Share of the claim's words that this source carries, 0..1. */
  score: number;
}

export type ClaimProblem =
  | 'figure'
  | 'date'
  | 'name'
  | 'unit'
  | 'quotation'
  | 'negation'
  | 'modality'
  | 'quantifier'
  | 'opposite'
  | 'swapped'
  | 'support';

export type ClaimCheck =
  | { supported: true; score: number; support: Support[] }
  | { supported: false; score: number; problem: ClaimProblem; reason: Reason };

export interface ClaimOptions {
  /** Language of the sentence and of its sources, BCP 47 primary tag. What denies, plans and excludes is read in English only. */
  language: string;
  /** Inverse document frequency of a term of the corpus; without it all words weigh alike. */
  idf?: (term: string) => number;
  wordVectors?: WordVectors | null;
  /** Abbreviations the briefings introduce. */
  abbreviations?: readonly { short: string; long: string }[];
  limits?: Limits;
}

const LOOSE = {
  role: (verb: string) => reason('actor', verb),
  apart: () => reason('apart'),
  verb: (verb: string) => reason('verb', verb),
  subject: () => reason('apart'),
};
const NONE: readonly never[] = [];
/** Longer sentences are none; UTF-16 units. */
const LONGEST = 2000;

/**
 * Whether sources support a sentence: its figures, dates, names and quotations are theirs and stand around the same
 * words there, it denies and plans what they deny and plan, and enough of its words are carried by a few sentences of
 * theirs. Deterministic; total for any string.
 */
export function checkClaim(sentence: string, sources: readonly ClaimSource[], options: ClaimOptions): ClaimCheck {
  const limits = options.limits ?? LIMITS;
  const refuse = (problem: ClaimProblem, why: Reason, score = 0): ClaimCheck => ({ supported: false, score, problem, reason: why });
  if (sources.length === 0) return refuse('support', reason('unsupported'));
  if (sentence.length > LONGEST) return refuse('support', reason('long'));
  const { language } = options;
  const claim = read(sentence, language);
  const texts = sources.flatMap(({ paragraph, title, lead }) => [paragraph.text, title, ...paragraph.headings, lead ?? '']);
  const forms = shortForms(options.abbreviations ?? NONE, texts);
  const vectors = options.wordVectors ?? null;
  const pieces = piecesOf(claim, sources, vectors, forms, language);
  const coverage = coverageOf(claim, pieces, options.idf);
  const { score } = coverage;

  const forged = forgedQuotation(sentence, texts);
  if (forged !== null) return refuse('quotation', reason('quotation', forged), score);
  const figure = figureProblem(claim, pieces);
  if (figure) return refuse(figure.problem, figure.reason, score);
  const date = dateProblem(claim, pieces);
  if (date) return refuse('date', date, score);
  const name = nameProblem(claim, pieces, sourceWords(pieces, texts), forms);
  if (name) return refuse('name', name, score);
  const negation = negationProblem(claim, pieces, coverage.pieces);
  if (negation) return refuse('negation', negation, score);
  const quantifier = quantifierProblem(claim, pieces, coverage.pieces);
  if (quantifier) return refuse('quantifier', quantifier, score);
  if (language === 'en') {
    const superlative = superlativeProblem(claim, pieces);
    if (superlative) return refuse('quantifier', superlative, score);
    const added = comparisonProblem(claim, coverage.pieces) ?? causeProblem(claim, pieces);
    if (added) return refuse('support', added, score);
  }
  const modality = modalityProblem(claim, coverage.pieces) ?? (language === 'en' ? planProblem(claim, pieces) : null);
  if (modality) return refuse('modality', modality, score);
  const unit = unitProblem(claim, pieces, vectors);
  if (unit) return refuse('unit', unit, score);
  if (score < limits.floor) return refuse('support', reason('few'), score);
  if (coverage.gap > limits.gap) return refuse('support', reason('part'), score);
  const opposite = oppositeWord(claim, pieces, coverage.pieces, coverage.weights, limits);
  if (opposite) return refuse('opposite', reason('other', opposite.rival, opposite.text), score);
  const replaced = replacedWord(claim, coverage.pieces, coverage.carried);
  if (replaced) return refuse('support', reason('other', replaced.instead, replaced.text), score);
  const swapped = misplacedValue(claim, pieces, coverage.weights, limits) ?? misplacedName(claim, pieces, coverage.weights, forms, limits);
  if (swapped) return refuse('swapped', reason('place', swapped.rival, swapped.text), score);
  const roles = swappedRoles(claim, pieces, forms);
  if (roles) return refuse('swapped', reason('swapped', roles.a, roles.b), score);
  const loose = language === 'en' ? unbound(claim, pieces, coverage.weights, limits) : null;
  if (loose) return refuse(loose.kind === 'role' || loose.kind === 'subject' ? 'swapped' : 'support', LOOSE[loose.kind](loose.text), score);

  const spans = spansBySource(coverage.pieces);
  const support = [...spans].sort((a, b) => a[0] - b[0]).map(([source, list]) => ({ source, spans: list, score: shareOf(source) }));
  if (support.length === 0) return refuse('support', reason('unsupported'), score);
  return { supported: true, score, support };

  function shareOf(source: number): number {
    let sum = 0;
    let all = 0;
    claim.items.forEach((_, i) => {
      const weight = coverage.weights[i] as number;
      all += weight;
      let best = 0;
      for (const piece of pieces) {
        if (piece.source !== source) continue;
        for (const link of piece.links[i] as { match: number }[]) best = Math.max(best, link.match);
      }
      sum += weight * best;
    });
    return all === 0 ? 1 : sum / all;
  }
}

/** The source that supports a sentence best when it came without a citation; null when none does. */
export function findSupport(
  sentence: string,
  sources: readonly ClaimSource[],
  options: ClaimOptions,
): { source: number; check: ClaimCheck & { supported: true } } | null {
  let best: { source: number; check: ClaimCheck & { supported: true } } | null = null;
  sources.forEach((one, source) => {
    const check = checkClaim(sentence, [one], options);
    if (check.supported && (!best || check.score > best.check.score)) best = { source, check };
  });
  return best;
}
