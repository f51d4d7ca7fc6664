import type { Briefing, Passage, Period } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { termsOfLine } from '../core/text/analysis.ts';
import { spellOut } from './acronyms.ts';
import { speaksOfHead } from './asked.ts';
import { candidatesOf } from './candidates.ts';
import { rankContacts } from './contact.ts';
import type { Candidate, WordVectors } from './features.ts';
import { formOf } from './form.ts';
import { ageOf, type GuardContext, hasForm, refuse, timeFit } from './guards.ts';
import { withoutOrders } from './orders.ts';
import type { Question } from './question.ts';
import { PROBABILITY_DEPTH, type Ranked, rank } from './rank.ts';
import { restated } from './restated.ts';
import { SHARE_OF_ONE_BRIEFING } from './retrieve.ts';
import type { Scope } from './scope.ts';
import type { AskSettings } from './settings.ts';
import { shared } from './shared.ts';
import { round, type Step } from './trace.ts';
import type { Expansion } from './units.ts';
import { onlyNew } from './whats-new.ts';
import { bySeries, inForce } from './when.ts';

/** Sentences quoted for "what is new about …". */
const MOST_NEW = 3;
/** Types whose answers can be told by their form. */
const answerForms: ReadonlySet<Question['answerType']> = new Set(['number', 'money', 'percent']);

/** What there is to decide upon. */
export interface Evidence {
  question: Question;
  expansion: Expansion;
  passages: readonly Passage[];
  scope: Scope;
  /** Asked for what the newest edition says that the one before did not. */
  wantsNew: boolean;
  briefings: readonly Briefing[];
  reader: IndexReader;
  vectors: WordVectors | null;
  settings: AskSettings;
  step: Step;
}

export interface Decision {
  ranked: Ranked[];
  older: boolean;
  /** For a question about several editions: what each of them says. */
  each?: Ranked[][];
  /** What the sentences a model writes may rest on: all of the editions that speak, refused ones left out, best first. */
  pool: Ranked[];
}

/** Sentences of the edition that is to speak, best first, or null when there is not enough evidence. */
export async function decide({
  question,
  expansion: asked,
  passages,
  scope,
  wantsNew,
  briefings,
  reader,
  vectors,
  settings,
  step,
}: Evidence): Promise<Decision | null> {
  if (passages.length === 0) return null;
  const expansion = spellOut(question, asked, passages);
  const series = bySeries(
    scope.allowed.size === briefings.length ? briefings : briefings.filter((briefing) => scope.allowed.has(briefing.id)),
  );
  const ages = ageOf(series);
  const period: Period | null = scope.when.kind === 'period' ? scope.when.period : null;
  const current = period ? inForce(series, period) : null;
  const context: GuardContext = {
    question,
    expansion,
    period,
    inForce: current,
    questionTerms: new Set(expansion.units.flatMap((unit) => unit.alternatives.flat())),
    vectors,
    settings,
    retrieved: new Map(passages.map(({ paragraph }) => [paragraph.id, paragraph])),
  };

  const perAge = new Map<number, Passage[]>();
  for (const passage of passages) {
    const age = Math.min(1, ages.get(passage.briefing.id) ?? 0);
    const list = perAge.get(age);
    if (list) list.push(passage);
    else perAge.set(age, [passage]);
  }
  const read = await withoutOrders(
    [...perAge.values()].flatMap((list) =>
      shared(list, (passage) => passage.briefing.id, settings.passages, Math.ceil(settings.passages * SHARE_OF_ONE_BRIEFING)),
    ),
    reader,
  );
  const candidates = await candidatesOf(
    question,
    read.sort((a, b) => b.score - a.score),
    reader,
  );
  const ranked =
    question.answerType === 'contact'
      ? await rankContacts(question, expansion, await withoutOrders(passages, reader), reader)
      : rank(question, expansion, candidates, vectors, settings.ablation?.ranker !== false);
  const refused: { text: string; why: string }[] = [];
  // What has no probability cannot answer.
  const allowed = ranked.slice(0, PROBABILITY_DEPTH).filter((entry) => {
    const why = refuse(entry.candidate, context);
    if (why && refused.length < 10) refused.push({ text: entry.candidate.sentence.text.slice(0, 80), why });
    return why === null;
  });
  // An edition asked for, or in force at the time asked, speaks like the newest.
  const isFront = ({ candidate }: Ranked) => {
    const { id } = candidate.passage.briefing;
    if (scope.chosen) return true;
    if (current?.has(id) && timeFit(candidate, context) < 1) return true;
    return (ages.get(id) ?? 0) === 0;
  };
  const newestDate =
    briefings.reduce((newest, { edition }) => ((edition.date ?? '') > newest ? (edition.date as string) : newest), '') || null;
  const front = formFirst(question, context, allowed.filter(isFront), newestDate);
  const back = formFirst(
    question,
    context,
    allowed.filter((entry) => !isFront(entry)),
    newestDate,
  );
  const hasFigure = (candidate: Candidate) => answerForms.has(question.answerType) && hasForm(candidate, question, context.questionTerms);
  const judge = (list: readonly Ranked[]) => list[0]?.probability ?? 0;
  if (wantsNew) {
    const fresh = await onlyNew(ranked.slice(0, PROBABILITY_DEPTH), expansion, briefings, reader);
    if (fresh.length > 0) {
      const each = fresh.slice(0, MOST_NEW);
      return { ranked: each, older: false, each: each.map((entry) => [entry]), pool: fresh };
    }
  }
  if (scope.when.kind === 'all' || scope.when.kind === 'changed') {
    const each = perEdition(allowed, series, ages, judge, settings.enough, scope.when.kind === 'changed');
    // One edition alone has not changed: it is asked like any other question.
    if (each.length > 1) return { ranked: each[0] as Ranked[], older: false, each, pool: each.flat() };
  }
  const best = front[0];
  const older = back[0];
  const bestEvidence = judge(front);
  const olderEvidence = judge(back);
  const isForm = formOf(question, expansion, context.questionTerms, newestDate);
  const about = { period, vectors, alike: settings.alike };
  const enough = ({ candidate }: Ranked) => {
    if (!speaksOfHead(question, candidate, about)) return settings.enoughWithoutHead;
    return (isForm ?? hasFigure)(candidate) ? settings.enoughOfForm : settings.enough;
  };
  const bestIsEnough = best !== undefined && bestEvidence >= enough(best);
  const olderIsEnough = older !== undefined && olderEvidence >= enough(older);
  // An older edition speaks over a newer one only about something the newer one does not mention.
  const newerIsSilent =
    older !== undefined &&
    (best === undefined ||
      (question.answerType !== 'contact' &&
        (!bestIsEnough || olderEvidence >= bestEvidence) &&
        tellsMore(expansion, older.candidate, best.candidate) >= settings.olderMargin));
  // Other words for the same thing are no silence.
  const same = olderIsEnough && newerIsSilent && !scope.chosen ? restated(older.candidate, front, vectors) : null;
  const takeOlder = olderIsEnough && newerIsSilent && same === null;
  const takeNewest =
    best !== undefined && !takeOlder && (same !== null || bestIsEnough || (olderIsEnough && bestEvidence >= enough(best) / 2));
  step('rank', () => ({
    candidates: candidates.length,
    best: ranked.slice(0, 8).map((entry) => ({
      paragraph: entry.candidate.passage.paragraph.id,
      sentence: entry.candidate.sentence.text.slice(0, 120),
      score: round(entry.score),
      probability: round(entry.probability),
      refused: refuse(entry.candidate, context),
    })),
    enough: best ? enough(best) : settings.enough,
    evidence: round(takeOlder ? olderEvidence : bestEvidence),
    refusedFirst: refused.slice(0, 3),
    decision: takeOlder ? 'older edition' : takeNewest ? 'answer' : 'not enough evidence',
  }));
  if (takeOlder) return { ranked: sameBriefing(back), older: !scope.chosen, pool: back };
  const speaking = same ? [same, ...front.filter((entry) => entry !== same)] : front;
  return takeNewest ? { ranked: sameBriefing(speaking), older: false, pool: speaking } : null;
}

/**
 * The sentences that hold what is asked for come first, if the best of them is not far less probable than the best of
 * all: a person for "who", a country for "which country", a date still to come for "when will".
 */
function formFirst(question: Question, context: GuardContext, ranked: Ranked[], editionDate: string | null): Ranked[] {
  const first = ranked[0];
  const has = formOf(question, context.expansion, context.questionTerms, editionDate);
  const named = has && ranked.find(({ candidate }) => has(candidate));
  if (!first || !named || named === first || named.probability < first.probability * context.settings.formShare) return ranked;
  return [named, ...ranked.filter((entry) => entry !== named)];
}

/** Share of the question's weight that stands in one sentence or above it but nowhere around another. */
function tellsMore(expansion: Expansion, sentence: Candidate, other: Candidate): number {
  const total = expansion.units.reduce((sum, unit) => sum + unit.idf, 0) || 1;
  const near = (candidate: Candidate, terms: readonly string[]) =>
    terms.every((term) => candidate.analysis.terms.has(term) || candidate.context.some((line) => termsOfLine(line).has(term)));
  const more = expansion.units.filter(
    (unit) =>
      !unit.light && unit.alternatives.some((terms) => near(sentence, terms)) && !unit.alternatives.some((terms) => near(other, terms)),
  );
  return more.reduce((sum, unit) => sum + unit.idf, 0) / total;
}

/**
 * What each edition of the series of the best sentence says, the older first when a change is asked for. An edition
 * needs half the evidence when another one has enough: they answer the same question.
 */
function perEdition(
  allowed: readonly Ranked[],
  series: ReadonlyMap<string, Briefing[]>,
  ages: ReadonlyMap<string, number>,
  judge: (list: readonly Ranked[]) => number,
  enough: number,
  oldestFirst: boolean,
): Ranked[][] {
  const best = [...allowed].sort((a, b) => b.probability - a.probability)[0];
  if (!best) return [];
  const ids = (series.get(best.candidate.passage.briefing.series) ?? []).map((briefing) => briefing.id);
  const lists = ids.map((id) => allowed.filter((entry) => entry.candidate.passage.briefing.id === id));
  const judged = lists.map((list) => ({ list, probability: judge(list) }));
  if (!judged.some(({ probability }) => probability >= enough)) return [];
  const age = (list: readonly Ranked[]) => ages.get(list[0]?.candidate.passage.briefing.id ?? '') ?? 0;
  return judged
    .filter(({ probability }) => probability >= enough / 2)
    .map(({ list }) => list)
    .sort((a, b) => (oldestFirst ? age(b) - age(a) : age(a) - age(b)));
}

function sameBriefing(ranked: Ranked[]): Ranked[] {
  const id = ranked[0]?.candidate.passage.briefing.id;
  return ranked.filter((entry) => entry.candidate.passage.briefing.id === id);
}
