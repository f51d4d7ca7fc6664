import type { Briefing, Passage, Period } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { candidatesOf } from '../candidates.ts';
import type { Decision } from '../decide.ts';
import type { Candidate, WordVectors } from '../features.ts';
import { ageOf, type GuardContext, refuse } from '../guards.ts';
import { withoutOrders } from '../orders.ts';
import type { Question } from '../question.ts';
import { type Ranked, rank } from '../rank.ts';
import type { Scope } from '../scope.ts';
import type { AskSettings } from '../settings.ts';
import { round, type Step } from '../trace.ts';
import type { Expansion } from '../units.ts';
import { bySeries, inForce } from '../when.ts';
import type { BroadQuestion } from './shape.ts';
import { coverage, headingCoverage, opening, sentenceCoverage, type TopicUnit, tellsOfNothing } from './topic.ts';

/** A decision on a whole topic, with the sentences to quote when no model writes. */
export interface BroadDecision extends Decision {
  broad: { whole: boolean; quotes: Candidate[] };
}

export const isBroad = (decision: Decision): decision is BroadDecision => 'broad' in decision;

export interface BroadEvidence {
  asked: BroadQuestion;
  topic: readonly TopicUnit[];
  question: Question;
  expansion: Expansion;
  passages: readonly Passage[];
  scope: Scope;
  briefings: readonly Briefing[];
  reader: IndexReader;
  vectors: WordVectors | null;
  settings: AskSettings;
  step: Step;
  /** What the rules for single facts decided. */
  single: Decision | null;
}

/**
 * Share of the topic's weight that one paragraph, with its headings, must speak of. Over the half `look` of
 * evals/cases/tune-broad.yaml all is the same from 0.7 to 0.85; of 24 further questions that cannot be answered, written to be
 * hard, two more were answered at 0.75.
 */
const ENOUGH = 0.8;
/** How far below the best paragraph another may lie and still be quoted beside it; at 0.8 more strays are quoted, 0.9 is the same over `look`. */
const NEARLY = 0.85;
/** What a heading on the topic adds to the paragraphs below it. Chosen, not measured, like the next ones. */
const HEADING = 0.5;
/** How much more of the topic an older edition must speak of to speak instead of the newest. */
const OLDER_MARGIN = 0.15;
/** The same where one sentence has enough evidence by the rules for single facts; at 0.6 another false one is answered. */
const ENOUGH_WITH_SENTENCE = 0.7;
const MOST_PARAGRAPHS = 8;
const MOST_SENTENCES = 3;
/** Paragraphs looked at. */
const LOOKED_AT = 50;

interface Found {
  passage: Passage;
  coverage: number;
  /** How much the paragraph is about the topic, rather than naming it. */
  aboutness: number;
  sentences: Ranked[];
}

/**
 * Whether the briefings plainly speak of the topic of a broad question, and where: names and countries asked for must stand
 * there as for any question, and one paragraph must carry most of the topic's weight. Null when none does.
 */
export async function decideBroad(evidence: BroadEvidence): Promise<Decision | null> {
  const { asked, topic, scope, briefings, reader, step } = evidence;
  const found = await paragraphsOn(evidence, reader);
  const ages = ageOf(bySeries(briefings.filter((briefing) => scope.allowed.has(briefing.id))));
  const isFront = ({ passage }: Found) => scope.chosen || (ages.get(passage.briefing.id) ?? 0) === 0;
  const front = found.filter(isFront);
  const back = found.filter((one) => !isFront(one));
  const best = (list: readonly Found[]) => Math.max(0, ...list.map(({ coverage }) => coverage));
  const older = best(back) >= ENOUGH && best(back) >= best(front) + OLDER_MARGIN;
  const speaking = older ? back : front;
  step('topic', () => ({
    topic: topic.map(({ unit, weight }) => `${unit.words.join(' ')} ${round(weight)}`),
    newest: round(best(front)),
    older: round(best(back)),
    paragraphs: speaking.slice(0, MOST_PARAGRAPHS).map(({ passage }) => passage.paragraph.id),
    decision: speaking.length === 0 ? 'not in the briefings' : older ? 'older edition' : 'answer',
  }));
  const [first] = speaking;
  if (!first) {
    const sentence = evidence.single?.ranked[0]?.candidate;
    return sentence && coverage(topic, sentence.passage) >= ENOUGH_WITH_SENTENCE ? evidence.single : null;
  }
  const told = speaking.filter(({ passage }) => passage.briefing.id === first.passage.briefing.id).slice(0, MOST_PARAGRAPHS);
  const pool = speaking
    .slice(0, MOST_PARAGRAPHS)
    .map(({ sentences, coverage }) => ({ ...(sentences[0] as Ranked), probability: coverage }));
  const decision: BroadDecision = {
    ranked: pool,
    older: older && !scope.chosen,
    pool,
    broad: { whole: asked.whole, quotes: quotesOf(told, topic) },
  };
  return decision;
}

/** Paragraphs that may speak on a topic, those that carry most of it first. */
async function paragraphsOn(evidence: BroadEvidence, reader: IndexReader): Promise<Found[]> {
  const { topic, question, expansion, scope, briefings, settings } = evidence;
  const passages = (await withoutOrders(evidence.passages.slice(0, LOOKED_AT), reader)).filter(
    ({ paragraph }) => !tellsOfNothing(paragraph),
  );
  const covered = new Map(passages.map((passage) => [passage.paragraph.id, coverage(topic, passage)]));
  const carrying = passages.filter(({ paragraph }) => (covered.get(paragraph.id) as number) >= ENOUGH);
  const period: Period | null = scope.when.kind === 'period' ? scope.when.period : null;
  const series = bySeries(briefings.filter((briefing) => scope.allowed.has(briefing.id)));
  const context: GuardContext = {
    question,
    expansion,
    period,
    inForce: period ? inForce(series, period) : null,
    questionTerms: new Set(expansion.units.flatMap((unit) => unit.alternatives.flat())),
    vectors: evidence.vectors,
    settings,
    retrieved: new Map(passages.map(({ paragraph }) => [paragraph.id, paragraph])),
  };
  const ranked = rank(question, expansion, await candidatesOf(question, carrying, reader), evidence.vectors).filter(({ candidate }) => {
    const why = refuse(candidate, context);
    // What form the answer has is no matter here.
    return why === null || why === 'no-such-figure' || (why === 'not-asked' && !question.ordinal);
  });
  return carrying
    .map((passage) => ({
      passage,
      coverage: covered.get(passage.paragraph.id) as number,
      aboutness:
        (covered.get(passage.paragraph.id) as number) + HEADING * headingCoverage(topic, passage) + opening(topic, passage) + passage.score,
      sentences: ranked.filter(({ candidate }) => candidate.passage.paragraph.id === passage.paragraph.id),
    }))
    .filter(({ sentences }) => sentences.length > 0)
    .sort((a, b) => b.aboutness - a.aboutness);
}

/** Two or three sentences to quote: of the one paragraph on the topic, or the best of each of several. */
function quotesOf(told: readonly Found[], topic: readonly TopicUnit[]): Candidate[] {
  const least = (told[0]?.aboutness ?? 0) * NEARLY;
  const from = told.filter(({ aboutness }) => aboutness >= least).slice(0, MOST_SENTENCES);
  const share = Math.max(1, Math.floor(MOST_SENTENCES / from.length));
  const chosen: Candidate[] = [];
  for (const { sentences } of from) {
    const candidates = sentences.map(({ candidate }) => candidate).sort((a, b) => a.index - b.index);
    const best = share > 1 ? (candidates[0] as Candidate) : mostOf(topic, candidates);
    const { sentences: all } = best.analysis;
    const start = antecedentOf(best);
    const end = Math.min(all.length, Math.max(best.index + 1, start + share));
    for (let index = start; index < end; index++) chosen.push({ ...best, index, sentence: all[index] as Candidate['sentence'] });
  }
  return chosen.slice(0, MOST_SENTENCES);
}

/** The first of the sentences that say most of the topic. */
function mostOf(topic: readonly TopicUnit[], candidates: readonly Candidate[]): Candidate {
  const said = candidates.map((candidate) => sentenceCoverage(topic, candidate.sentence));
  return candidates[said.indexOf(Math.max(...said))] as Candidate;
}

/** The sentence a candidate points back to ("It …"), or itself. */
function antecedentOf({ analysis, index }: Candidate): number {
  let at = index;
  while (at > 0 && analysis.sentences[at]?.pointsBack) at--;
  return at;
}
