/**
 * Where a measure is shown besides the table of all: `terminal`, on a `card` of a report, in the table of what each `stage` brings. `kept`: by
 * case in a baseline, so that a gate can hold it; the others follow from those or are not compared.
 */
type MeasurePlace = 'terminal' | 'card' | 'stage' | 'kept';

/** A measure that is a ratio of sums over questions, as it stands in reports, gates and baselines. */
export interface Measure {
  label: string;
  /** One sentence on what is counted over what. */
  about: string;
  better: 'higher' | 'lower';
  places: readonly MeasurePlace[];
}

const higher = (label: string, about: string, places: readonly MeasurePlace[] = []): Measure => ({
  label,
  about,
  better: 'higher',
  places,
});
const lower = (label: string, about: string, places: readonly MeasurePlace[] = []): Measure => ({ label, about, better: 'lower', places });

/** Every ratio measure, in the order reports show them. The formulas are in metrics/ and score.ts. */
export const MEASURES = {
  right: higher('Right', 'questions with the right outcome, every vital fact, the right evidence and nothing forbidden / questions', [
    'terminal',
    'card',
    'stage',
    'kept',
  ]),
  right_answerable: higher('Right, answerable', 'answerable questions that came out right / answerable questions', [
    'terminal',
    'card',
    'stage',
    'kept',
  ]),
  fact_recall_strict: higher('Fact recall, strict', 'answerable questions with every vital fact stated / answerable questions with facts'),
  fact_recall_partial: higher('Fact recall, partial', 'mean share of vital facts stated', ['terminal', 'card', 'kept']),
  fact_recall_weighted: higher('Fact recall, weighted', 'mean share of facts stated, vital 1 and others 0.5'),
  forbidden_rate: lower('Forbidden statements', 'questions whose answer states something forbidden / questions that forbid something'),
  abstention_recall: higher('Declined when it should', 'unanswerable questions declined / unanswerable questions', [
    'terminal',
    'card',
    'stage',
    'kept',
  ]),
  abstention_precision: higher('Right to decline', 'declined questions that are unanswerable / declined questions'),
  over_refusal: lower('Needless refusals', 'answerable questions declined / answerable questions', ['terminal', 'card', 'stage', 'kept']),
  right_edition: higher('Right edition', 'answers that cite the edition the evidence is from / answered answerable questions', [
    'terminal',
    'card',
    'kept',
  ]),
  citation_validity: higher('Citation validity', 'citations that resolve to the words they quote / citations', [
    'terminal',
    'card',
    'kept',
  ]),
  citation_coverage: higher('Sentences cited', 'mean share of sentences with a citation'),
  citation_recall: higher('Sentences supported', 'mean share of sentences their citations support (ALCE citation recall)', ['kept']),
  citation_precision: higher('Citations needed', 'mean share of citations that are relevant (ALCE citation precision)'),
  gold_citation_recall: higher('Evidence cited', 'mean share of the evidence needed that is cited', ['terminal', 'card', 'kept']),
  gold_citation_precision: higher('Citations on evidence', 'mean share of the citations in sentences that are evidence', ['kept']),
  number_fidelity: higher('Figures from the source', 'figures of sentences that stand in the paragraphs cited / figures', [
    'terminal',
    'card',
    'kept',
  ]),
  date_fidelity: higher('Dates from the source', 'dates of sentences that stand in the paragraphs cited / dates', ['kept']),
  verbatim: higher('Quoted word for word', 'sentences of extractive answers that stand word for word in a paragraph cited / sentences'),
  hit_at_1: higher('Hit@1', 'questions whose first passage is evidence / questions with evidence', ['terminal', 'stage']),
  hit_at_5: higher('Hit@5', 'questions with evidence among the first 5 passages / questions with evidence'),
  recall_at_5: higher('Recall@5', 'mean share of the evidence needed among the first 5 passages'),
  recall_at_10: higher('Recall@10', 'mean share of the evidence needed among the first 10 passages', ['terminal', 'stage', 'kept']),
  ndcg_at_10: higher('nDCG@10', 'mean nDCG of the first 10 passages', ['terminal', 'card', 'stage', 'kept']),
  mrr: higher('MRR@10', 'mean reciprocal rank of the first passage that is evidence, among the first 10'),
  agreement: higher('Agreement of paraphrases', 'mean share of pairs of phrasings of a case with the same outcome', ['terminal']),
  failures: lower('Failed requests', 'questions the target failed on / questions', ['terminal']),
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

/** The measures of a place, in the order of the table. */
export const measuresOf = (place: MeasurePlace): readonly MeasureName[] =>
  MEASURE_NAMES.filter((name) => (MEASURES[name].places as readonly MeasurePlace[]).includes(place));

export function isMeasure(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name);
}

/** Passages a target is asked for: no measure looks further. `POST /v1/search` gives 20 at most. */
export const PASSAGES_MEASURED = 10;
