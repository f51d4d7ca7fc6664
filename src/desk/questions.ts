import { createHash } from 'node:crypto';
import type { OpinionGroup, QuestionGroup } from '../core/desk.ts';
import type { KeptQuestion } from '../core/question-log.ts';
import type { FeedbackRecord } from '../core/site.ts';
import { groupAlike } from './likeness.ts';

export type Embed = (texts: string[]) => Promise<number[][]>;

/**
 * Cosine from which questions stand together. On the 120 to 131 different questions about one document set of `evals/cases` it puts 12
 * and 15 of some 7,000 pairs together wrongly (.8: 8 and 4) and finds two of five rewordings (.8: none): every wording is shown, so a
 * stray one is seen, and one apart is only a line more.
 */
const ALIKE_QUESTIONS = 0.7;
/** Different wordings that are compared; a comparison costs about a microsecond, and a desk shows no more. */
const MOST_COMPARED = 3000;

/** How a wording is told from another. */
const folded = (question: string): string =>
  question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Names a wording for `settle`. */
const keyOf = (question: string): string => `q-${createHash('sha256').update(folded(question)).digest('hex').slice(0, 24)}`;

interface Wording {
  question: string;
  times: number;
  askers: Set<string>;
  last: string;
  closest: number;
  declined: number;
}

/** Kept questions that found nothing, by likeness, most frequent first. */
export async function unansweredOf(
  kept: readonly KeptQuestion[],
  embed: Embed,
  settled: ReadonlySet<string>,
): Promise<{ asked: number; groups: QuestionGroup[] }> {
  const wordings = new Map<string, Wording>();
  for (const { question, status, outcome, asker, time } of kept) {
    if (status !== 'not_found') continue;
    const known = wordings.get(folded(question));
    const one = known ?? { question, times: 0, askers: new Set(), last: time, closest: 0, declined: 0 };
    one.times++;
    one.askers.add(asker);
    if (time >= one.last) one.last = time;
    if (outcome === 'closest') one.closest++;
    else one.declined++;
    wordings.set(folded(question), one);
  }
  const list = [...wordings.values()].sort((a, b) => b.times - a.times || (a.last < b.last ? 1 : -1)).slice(0, MOST_COMPARED);
  const groups = groupAlike(await embed(list.map(({ question }) => question)), ALIKE_QUESTIONS).map((places): QuestionGroup => {
    const own = places.map((place) => list[place] as Wording);
    const keys = own.map(({ question }) => keyOf(question));
    const sum = (of: (one: Wording) => number) => own.reduce((total, one) => total + of(one), 0);
    return {
      keys,
      question: (own[0] as Wording).question,
      wordings: own.map(({ question, times }) => ({ question, times })),
      times: sum(({ times }) => times),
      askers: new Set(own.flatMap(({ askers }) => [...askers])).size,
      last: own
        .map(({ last }) => last)
        .sort()
        .at(-1) as string,
      closest: sum(({ closest }) => closest),
      declined: sum(({ declined }) => declined),
      settled: keys.every((key) => settled.has(key)),
    };
  });
  return { asked: kept.length, groups: groups.sort((a, b) => b.times - a.times || (a.last < b.last ? 1 : -1)) };
}

/** Opinions by likeness of what was asked, those with most complaints first. */
export async function opinionsOf(records: readonly FeedbackRecord[], embed: Embed, settled: ReadonlySet<string>): Promise<OpinionGroup[]> {
  const list = [...records].reverse().slice(0, MOST_COMPARED);
  const groups = groupAlike(await embed(list.map(({ question }) => question)), ALIKE_QUESTIONS).map((places): OpinionGroup => {
    const opinions = places.map((place) => {
      const one = list[place] as FeedbackRecord;
      return { ...one, settled: settled.has(one.id) };
    });
    const down = opinions.filter(({ verdict }) => verdict === 'down').length;
    return {
      question: (opinions[0] as FeedbackRecord).question,
      up: opinions.length - down,
      down,
      opinions,
      settled: opinions.every((one) => one.settled),
    };
  });
  return groups.sort((a, b) => b.down - a.down || b.up - a.up);
}
