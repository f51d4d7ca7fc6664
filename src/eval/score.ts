import type { Answer, Citation } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { tokens } from '../core/text/tokens.ts';
import { countsNotes, type EvalCase, needsOf, rightStatuses } from './case.ts';
import { breaks, factText, nameFact, plain, proves, sameEdition, states } from './match.ts';
import type { MeasureName } from './measures.ts';
import { type CitedSentence, citationCoverage, citationPrecision, citationRecall } from './metrics/citations.ts';
import { type FactFound, partialFactRecall, strictFactRecall, weightedFactRecall } from './metrics/facts.ts';
import { gainsOf, hit, ndcg, recall, reciprocalRank } from './metrics/retrieval.ts';
import type { Ratio } from './metrics/statistics.ts';
import { nameNeed } from './missed.ts';
import type { Capabilities, Observation } from './observation.ts';
import { checkFigures, type Support, sourceText, support } from './support.ts';

type ShortfallKind = 'failed' | 'status' | 'declined' | 'answered' | 'fact' | 'forbidden' | 'evidence' | 'limit';

/** Why an answer is not right. */
export interface Shortfall {
  kind: ShortfallKind;
  text: string;
}

export interface ScoredSentence extends Support {
  text: string;
  citations: number[];
  verbatim: boolean;
}

/** One observation judged. */
export interface Score {
  id: string;
  phrasing: number;
  right: boolean;
  declined: boolean;
  reasons: Shortfall[];
  facts: (FactFound & { name: string })[];
  sentences: ScoredSentence[];
  /** Words of the sentences together. */
  words: number;
  /** Absent measures do not apply to the question, or the target cannot be measured by them. */
  ratios: Partial<Record<MeasureName, Ratio>>;
}

/** Judges one observation. Pure and deterministic. */
export function scoreCase(one: EvalCase, observation: Observation, can: Capabilities): Score {
  const { answer } = observation;
  const declined = answer !== null && isSilent(answer);
  const ratios: Score['ratios'] = { failures: [Number(answer === null), 1] };
  const facts = (one.facts ?? []).map((fact) => ({
    name: nameFact(fact),
    vital: fact.vital !== false,
    found: answer !== null && !declined && states(factText(one, answer), fact),
  }));
  const sentences = answer ? scoreSentences(answer) : [];
  const reasons = answer
    ? reasonsOf(one, answer, facts, can)
    : [{ kind: 'failed' as const, text: observation.error ?? 'the target failed' }];
  const right = reasons.length === 0;
  ratios.right = [Number(right), 1];
  if (one.answerable) ratios.right_answerable = ratios.right;
  if (answer) {
    // A question in another language may be declined without fault: it counts on neither side.
    const excused = declined && one.answerable && rightStatuses(one).includes('not_found');
    if (one.answerable && !excused) addFacts(ratios, facts);
    if (one.forbidden && !countsNotes(one)) ratios.forbidden_rate = [Number(reasons.some((reason) => reason.kind === 'forbidden')), 1];
    if (one.answerable) ratios.over_refusal = [Number(declined && !excused), 1];
    else ratios.abstention_recall = [Number(declined), 1];
    if (declined && !excused) ratios.abstention_precision = [Number(!one.answerable), 1];
    if (can.citations) addCitations(ratios, one, answer, observation, sentences, declined);
  }
  if (can.retrieval && observation.passages && one.answerable) addRetrieval(ratios, one, observation.passages);
  const words = tokens(sentences.map((sentence) => sentence.text).join(' ')).length;
  return { id: observation.id, phrasing: observation.phrasing, right, declined, reasons, facts, sentences, words, ratios };
}

function reasonsOf(one: EvalCase, answer: Answer, facts: Score['facts'], can: Capabilities): Shortfall[] {
  const statuses = rightStatuses(one);
  if (isSilent(answer)) {
    return statuses.includes('not_found') ? [] : [{ kind: 'declined', text: 'declined, though the briefings answer this' }];
  }
  if (!one.answerable && !statuses.includes(answer.status)) return [{ kind: 'answered', text: 'answered, though the briefings do not' }];
  const reasons: Shortfall[] = [];
  const add = (kind: ShortfallKind, text: string) => reasons.push({ kind, text });
  if (can.status && !statuses.includes(answer.status)) add('status', `the status is ${answer.status}, not ${statuses.join(' or ')}`);
  for (const fact of facts) if (fact.vital && !fact.found) add('fact', `does not state ${fact.name}`);
  if (!countsNotes(one)) {
    const text = answer.sentences.map((sentence) => sentence.text).join(' ');
    for (const entry of one.forbidden ?? [])
      if (breaks(text, entry)) add('forbidden', `states ${typeof entry === 'string' ? `“${entry}”` : `/${entry.matches}/`}`);
  }
  if (can.citations) {
    for (const need of needsOf(one)) {
      if (need.some((entry) => answer.citations.some((citation) => proves(citation, entry)))) continue;
      add('evidence', `does not cite ${nameNeed(need)}`);
    }
  }
  const { sentences: most, characters } = one.limits ?? {};
  if (most !== undefined && answer.sentences.length > most) add('limit', `has ${answer.sentences.length} sentences, more than ${most}`);
  const length = answer.sentences.reduce((sum, sentence) => sum + codePointLength(sentence.text), 0);
  if (characters !== undefined && length > characters) add('limit', `has ${length} characters, more than ${characters}`);
  return reasons;
}

function scoreSentences(answer: Answer): ScoredSentence[] {
  return answer.sentences.map(({ text, citations }) => {
    const cited = citedBy(citations, answer);
    const result = cited.length === 0 ? { supported: false, words: 0, missing: [] } : support(text, cited.map(sourceText).join('\n'));
    return { text, citations, ...result, verbatim: cited.some((citation) => plain(citation.text).includes(plain(text))) };
  });
}

function citedBy(numbers: readonly number[], answer: Answer): Citation[] {
  return answer.citations.filter((citation) => numbers.includes(citation.number));
}

function addFacts(ratios: Score['ratios'], facts: readonly FactFound[]): void {
  const strict = strictFactRecall(facts);
  const partial = partialFactRecall(facts);
  const weighted = weightedFactRecall(facts);
  if (strict !== null) ratios.fact_recall_strict = [strict, 1];
  if (partial !== null) ratios.fact_recall_partial = [partial, 1];
  if (weighted !== null) ratios.fact_recall_weighted = [weighted, 1];
}

function addCitations(
  ratios: Score['ratios'],
  one: EvalCase,
  answer: Answer,
  observation: Observation,
  sentences: readonly ScoredSentence[],
  declined: boolean,
): void {
  const known = new Set(answer.citations.map((citation) => citation.number));
  const invalid = new Set(observation.validity.map((problem) => problem.number));
  // What is wrong with the answer as a whole, or cited and not there, counts as one more citation, an invalid one.
  const extra = [...invalid].filter((number) => !known.has(number)).length;
  const total = answer.citations.length + extra;
  if (total > 0) ratios.citation_validity = [total - invalid.size, total];

  const cited: CitedSentence[] = answer.sentences.map(({ text, citations }) => ({
    text,
    sources: citedBy(citations, answer).map(sourceText),
  }));
  const supports = (text: string, sources: readonly string[]) => support(text, sources.join('\n')).supported;
  for (const [name, value] of [
    ['citation_coverage', citationCoverage(cited)],
    ['citation_recall', citationRecall(cited, supports)],
    ['citation_precision', citationPrecision(cited, supports)],
  ] as const)
    if (value !== null) ratios[name] = [value, 1];

  const figures = cited.flatMap(({ text, sources }) => checkFigures(text, sources.join('\n')));
  for (const [name, kind] of [
    ['number_fidelity', 'figure'],
    ['date_fidelity', 'date'],
  ] as const) {
    const list = figures.filter((figure) => figure.kind === kind);
    if (list.length > 0) ratios[name] = [list.filter((figure) => figure.found).length, list.length];
  }
  if (answer.mode === 'extractive' && sentences.length > 0)
    ratios.verbatim = [sentences.filter((sentence) => sentence.verbatim).length, sentences.length];

  const needs = needsOf(one);
  if (!one.answerable || declined || needs.length === 0) return;
  const meets = (citation: Citation) => needs.some((need) => need.some((entry) => proves(citation, entry)));
  const met = needs.filter((need) => need.some((entry) => answer.citations.some((citation) => proves(citation, entry))));
  ratios.gold_citation_recall = [met.length / needs.length, 1];
  const inSentences = citedBy(
    answer.sentences.flatMap((sentence) => sentence.citations),
    answer,
  );
  if (inSentences.length > 0) ratios.gold_citation_precision = [inSentences.filter(meets).length / inSentences.length, 1];
  const dated = needs.filter((need) => need.every((entry) => entry.edition !== undefined));
  if (dated.length === needs.length) ratios.right_edition = [Number(rightEdition(dated, answer)), 1];
}

/** One need: the first citation is of an edition it allows. Several: every need has a citation of its edition. */
function rightEdition(needs: ReturnType<typeof needsOf>, answer: Answer): boolean {
  const fits = (citation: Citation | undefined, need: (typeof needs)[number]) =>
    citation !== undefined && need.some((entry) => sameEdition(citation.briefing.edition.date, entry.edition as string));
  if (needs.length === 1) return fits(answer.citations[0], needs[0]!);
  return needs.every((need) => answer.citations.some((citation) => fits(citation, need)));
}

function addRetrieval(ratios: Score['ratios'], one: EvalCase, passages: NonNullable<Observation['passages']>): void {
  const needs = needsOf(one);
  if (needs.length === 0) return;
  const meets = passages.map((passage) => needs.flatMap((need, index) => (need.some((entry) => proves(passage, entry)) ? [index] : [])));
  const { gains, ideal } = gainsOf(meets, needs.length);
  ratios.hit_at_1 = [hit(gains, 1), 1];
  ratios.hit_at_5 = [hit(gains, 5), 1];
  ratios.recall_at_5 = [recall(gains, ideal.length, 5), 1];
  ratios.recall_at_10 = [recall(gains, ideal.length, 10), 1];
  ratios.ndcg_at_10 = [ndcg(gains, ideal, 10), 1];
  ratios.mrr = [reciprocalRank(gains), 1];
}

/** Whether an answer asserts nothing of the briefings: it declines, or is talk of the service itself. */
export const isSilent = ({ status }: Answer): boolean => status === 'not_found' || status === 'talk';
