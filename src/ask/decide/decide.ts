import type { Briefing, Strictness } from '../../core/model.ts';
import { FEATURES } from '../rank/index.ts';
import type { Candidate, Decision, Form, Question, Ranked, Session } from '../records.ts';
import { round } from '../trace.ts';
import { bySeries } from '../understand/index.ts';
import { type Judge, probability } from './judge.ts';

/**
 * Probability from which on an answer is given. On the risk–coverage curve over unseen document sets (docs/evaluation.md) these
 * decline .67, .81 and .94 of the questions that the documents do not answer.
 */
export const ENOUGH: Readonly<Record<Strictness, number>> = { lenient: 0.4, balanced: 0.54, strict: 0.7 };
/**
 * Below it not even the closest passages are worth a look: one or two in a hundred questions that the documents answer are there, and a quarter
 * of those about other documents (sets left out of training). At .1 it was one in twenty, and more than half; but people minded a flat "no"
 * above the right passage more than passages that claim nothing.
 */
export const CLOSE = 0.05;
/** Minutes and yearly reports go on speaking beside the newest; a document has few editions. */
const MOST_EDITIONS = 3;
/** An edition's counterpart in "how has … changed" may be less sure than an answer of its own. */
const COUNTERPART = 0.5;

/** Ranked passages of what may speak now, and of editions that a newer one replaces; each list best first, ranked for itself. */
export interface RankedEditions {
  front: readonly Ranked[];
  back: readonly Ranked[];
}

/**
 * Which candidates are of an edition that is not to speak first: one that a newer edition replaces, or, of a time asked about, one that was
 * not in force then and does not name it. None where an edition was asked for, or all of them.
 */
export function replacedFor(
  { library }: Pick<Session, 'library'>,
  { scope: { allowed, chosen, when, inForce }, years }: Question,
): (candidate: Candidate) => boolean {
  if (chosen || when.kind === 'changed' || when.kind === 'all') return () => false;
  // What was not asked replaces nothing: a briefing asked by its name speaks, also where a newer edition exists.
  const replaced = replacedBriefings(allowed.size < library.list.length ? library.list.filter(({ id }) => allowed.has(id)) : library.list);
  const ofTime = new Set(inForce ? library.list.filter(({ id }) => inForce.has(id)).map(({ series }) => series) : []);
  return ({ briefing: { id, series, newest }, read }) =>
    (newest ? ofTime.has(series) : replaced.has(id)) && !inForce?.has(id) && !years.some((year) => read.years.has(year));
}

/** What becomes of a question, by one probability; see `Decision`. Unless an edition is asked for, the newest that answers speaks. */
export function decide(
  { settings, step }: Pick<Session, 'settings' | 'step'>,
  question: Question,
  { front, back }: RankedEditions,
  judge: Judge,
): Decision {
  const enough = ENOUGH[settings.strictness];
  const { when } = question.scope;
  const ranked = [...front, ...back].sort((a, b) => b.score - a.score);
  const certainty = probability(front, judge);
  // What the newest edition replaces is no longer so.
  const left = back.filter(({ candidate }) => !candidate.chunk.superseded);
  const leftCertainty = probability(left, judge);
  const decided = ((): Omit<Decision, 'ranked'> => {
    if (when.kind === 'changed' || when.kind === 'all') {
      const each = perEdition(ranked, judge, enough * COUNTERPART);
      if (each.length > 1) return { outcome: 'answer', confidence: certainty, chosen: each, older: false, between: true };
    }
    const more = tellsMore(left[0], front[0]);
    // Where both speak of the same and the older is sure, the newest is not silent: it speaks.
    const answers = certainty >= enough || (leftCertainty >= enough && !more && certainty >= enough * COUNTERPART);
    const older = leftCertainty >= enough && (!answers || (more && when.kind !== 'newest' && leftCertainty > certainty));
    if (older)
      return { outcome: 'answer', confidence: leftCertainty, chosen: together(left, question, settings), older: true, between: false };
    if (answers)
      return { outcome: 'answer', confidence: certainty, chosen: together(front, question, settings), older: false, between: false };
    const confidence = Math.max(certainty, leftCertainty);
    return { outcome: confidence >= CLOSE ? 'closest' : 'declined', confidence, chosen: [], older: false, between: false };
  })();
  step('decide', () => ({
    outcome: decided.outcome,
    confidence: round(decided.confidence),
    newest: round(certainty),
    older: round(leftCertainty),
    enough,
  }));
  return { ...decided, ranked };
}

/** By how much more of the question's weight an older edition has to be met to speak where the newest would do. Chosen on the cases of the briefs. */
const MORE = 0.15;
const EXACT = FEATURES.indexOf('exact');

/** Whether the older passage speaks of something that the newest does not mention. */
const tellsMore = (older: Ranked | undefined, newest: Ranked | undefined): boolean =>
  older !== undefined && (newest === undefined || (older.features[EXACT] as number) - (newest.features[EXACT] as number) >= MORE);

const replacedOf = new WeakMap<readonly Briefing[], ReadonlySet<string>>();

/** Editions that a newer one of their series replaces. Kept for as long as the list lives. */
export function replacedBriefings(briefings: readonly Briefing[]): ReadonlySet<string> {
  const known = replacedOf.get(briefings);
  if (known) return known;
  const found = new Set<string>();
  for (const series of bySeries(briefings).values()) {
    if (series.length < 2 || series.length > MOST_EDITIONS) continue;
    for (const { id, newest } of series) if (!newest) found.add(id);
  }
  replacedOf.set(briefings, found);
  return found;
}

/** Forms whose answer often goes on in the next chunk of the section. */
const SPREAD: ReadonlySet<Form> = new Set(['how', 'list', 'why', 'definition', 'other']);

/** The first, and with it what goes on from it, or what it goes on from, where the form wants more than a figure or a name, or the second when it is nearly as likely and both are short. */
function together(ranked: readonly Ranked[], { form }: Question, { second, secondWords, continuedWords }: Session['settings']): Ranked[] {
  const [first, next] = ranked;
  if (!first) return [];
  const wordsOf = ({ candidate }: Ranked) => candidate.read.length;
  if (SPREAD.has(form)) {
    const shown = [first];
    const fits = (one: Ranked) => [...shown, one].reduce((sum, each) => sum + wordsOf(each), 0) <= continuedWords;
    for (let grows = true; grows; ) {
      const [head, tail] = [shown[0] as Ranked, shown.at(-1) as Ranked];
      const after = ranked.find((one) => goesOn(tail.candidate, one.candidate) && fits(one));
      const before = after ? undefined : ranked.find((one) => goesOn(one.candidate, head.candidate) && fits(one));
      if (after) shown.push(after);
      if (before) shown.unshift(before);
      grows = Boolean(after ?? before);
    }
    if (shown.length > 1) return shown;
  }
  const short = (one: Ranked) => wordsOf(one) <= secondWords;
  return next && next.share > second * first.share && short(first) && short(next) ? [first, next] : [first];
}

/** Whether a chunk is the next of the same section. */
const goesOn = (first: Candidate, next: Candidate): boolean =>
  next.briefing.id === first.briefing.id &&
  next.read.number === first.read.number + 1 &&
  next.chunk.headings.join('\n') === first.chunk.headings.join('\n');

/** What each edition of the series that fits best says, newest first. */
function perEdition(ranked: readonly Ranked[], judge: Judge, enough: number): Ranked[] {
  const series = ranked[0]?.candidate.briefing.series;
  const editions = new Map<string, Ranked[]>();
  for (const one of ranked) {
    const { briefing } = one.candidate;
    if (briefing.series === series) editions.set(briefing.id, [...(editions.get(briefing.id) ?? []), one]);
  }
  return [...editions.values()]
    .filter((list) => probability(list, judge) >= enough)
    .map((list) => list[0] as Ranked)
    .sort((a, b) => (b.candidate.briefing.edition.date ?? '').localeCompare(a.candidate.briefing.edition.date ?? ''))
    .slice(0, 2);
}
