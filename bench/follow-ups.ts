/**
 * How well the right paragraph is found for follow-ups: `npx tsx bench/follow-ups.ts --data <folder> [--ablations] [--folds]`.
 *
 * MTRAG and Abg-CoQA, each with all its paragraphs in one index, asked the way of `/v1/ask` without its refusals: made to stand
 * alone, expanded with the carried terms, words and vectors fused. One configuration for both. Measures: nDCG@10 with gold
 * paragraphs as the relevant ones (MTRAG), and whether one stands among the first five (Abg-CoQA). Results: docs/conversation.md.
 */

import { type CarrySettings, DEFAULT_CARRY } from '../src/ask/follow-up/carry.ts';
import { readQuestion } from '../src/ask/question.ts';
import { retrieve, VECTOR_WEIGHT } from '../src/ask/retrieve.ts';
import { carriedTerms, mainPart, standalone } from '../src/ask/rewrite.ts';
import { DEFAULT_SETTINGS } from '../src/ask/settings.ts';
import { expand } from '../src/ask/units.ts';
import { withoutEditionWords } from '../src/ask/when.ts';
import type { Turn } from '../src/core/model.ts';
import { hit } from '../src/eval/metrics/retrieval.ts';
import { indexSets, needDataFolder, readSet, type SetIndex, type SetQuestion } from './data.ts';

const DEPTH = DEFAULT_SETTINGS.depth;

/** What is asked with. */
interface Way {
  /** Rewritten by rule; else the bare question. */
  rewrite?: boolean;
  /** Terms of the history with these settings; absent: none. */
  carry?: CarrySettings;
  /** Text before the question, and in what order, for comparison. */
  before?: (question: SetQuestion) => string;
}

const carry = (change: Partial<CarrySettings> = {}): CarrySettings => ({ ...DEFAULT_CARRY, ...change });
const lastTurns = (question: SetQuestion) => question.history?.at(-1);

const WAYS: Record<string, Way> = {
  'the question alone': {},
  'and the question before': { before: (question) => lastTurns(question)?.question ?? '' },
  'and the question and answer before': {
    before: (question) => `${lastTurns(question)?.question ?? ''} ${lastTurns(question)?.answer ?? ''}`,
  },
  'and the whole history': { before: (question) => (question.history ?? []).map((one) => `${one.question} ${one.answer}`).join(' ') },
  'rewritten by rule': { rewrite: true },
  'rewritten, weighted history': { rewrite: true, carry: DEFAULT_CARRY },
};

const ABLATIONS: Record<string, Way> = {
  'weighted history without rewriting': { carry: carry() },
  'no gate: every question leans fully': { rewrite: true, carry: carry({ leaning: { none: 1, light: 1, full: 1 } }) },
  'only full leaning': { rewrite: true, carry: carry({ leaning: { none: 0, light: 0, full: 1 } }) },
  'a little for all': { rewrite: true, carry: carry({ leaning: { none: 0.3, light: 0.3, full: 1 } }) },
  'no answers': { rewrite: true, carry: carry({ answer: 0 }) },
  'no questions': { rewrite: true, carry: carry({ question: 0 }) },
  'answers without a bound': { rewrite: true, carry: carry({ mostAnswer: 1000 }) },
  'last exchange only': { rewrite: true, carry: carry({ decay: 0 }) },
};
const TRIED: [keyof CarrySettings, number[]][] = [
  ['question', [0.15, 0.5, 0.7]],
  ['answer', [0.6, 1.2]],
  ['decay', [0.3, 0.7]],
  ['mostAnswer', [0.8, 2]],
  ['mostQuestion', [1, 4]],
];

const turnsOf = (question: SetQuestion): Turn[] =>
  (question.history ?? []).flatMap((one): Turn[] => [
    { role: 'user', content: one.question },
    { role: 'assistant', content: one.answer },
  ]);

/** Gains of the first ten paragraphs. */
async function gains(index: SetIndex, asked: SetQuestion, way: Way): Promise<number[]> {
  const { reader, embedder, briefings, goldOf } = index;
  const history = turnsOf(asked);
  const text = way.rewrite ? standalone(asked.question.trim(), history) : `${asked.question.trim()} ${way.before?.(asked) ?? ''}`.trim();
  const terms = way.carry ? await carriedTerms(asked.question, history, reader, way.carry) : [];
  const question = readQuestion(withoutEditionWords(text), withoutEditionWords(mainPart(text)));
  const expansion = await expand(question, reader, DEFAULT_SETTINGS, terms);
  const found = await retrieve(reader, embedder, text, expansion, briefings, { depth: DEPTH, vectorWeight: VECTOR_WEIGHT });
  const gold = new Set(asked.gold_paragraphs);
  return found.slice(0, 10).map(({ paragraph }) => (gold.has(goldOf.get(paragraph.id) ?? '') ? 1 : 0));
}

/** Discounted gain of ten places over the best possible one. */
function ndcg(list: readonly number[], relevant: number): number {
  const gain = (values: readonly number[]) => values.reduce((sum, value, i) => sum + value / Math.log2(i + 2), 0);
  return gain(list) / gain(Array.from({ length: Math.min(10, relevant) }, () => 1));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const cell = (value: number) => value.toFixed(3).slice(value < 1 ? 1 : 0);

/** One value for each question: nDCG@10 for MTRAG, hit@5 for Abg-CoQA. */
async function measure(open: Opened, way: Way): Promise<number[]> {
  const values: number[] = [];
  for (const question of open.questions) {
    const list = await gains(open.index, question, way);
    values.push(open.name === 'mtrag' ? ndcg(list, question.gold_paragraphs.length) : hit(list, 5));
  }
  return values;
}

interface Opened {
  name: string;
  index: SetIndex;
  questions: SetQuestion[];
  /** Conversation or document of each question: what is never split between tuning and reporting. */
  groups: string[];
}

async function openSet(folder: string, name: string): Promise<Opened> {
  const set = readSet(folder, name);
  const index = await indexSets([set]);
  const questions = set.questions.filter((question) => question.gold_paragraphs.length > 0);
  const groups = questions.map(({ id, gold_paragraphs: [gold] }) =>
    name === 'mtrag' ? id.replace(/-t\d+$/, '') : (index.documentOf.get(gold as string) ?? ''),
  );
  return { name, index, questions, groups };
}

/** 0 or 1 by the name of the group. */
const halfOf = (group: string) => [...group].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % 2;

async function folds(sets: readonly Opened[]): Promise<void> {
  const settings: CarrySettings[] = [];
  for (const question of [0.3, 0.5, 0.7])
    for (const answer of [0.6, 0.9, 1.2])
      for (const decay of [0.3, 0.5])
        for (const light of [0, 0.3]) settings.push(carry({ question, answer, decay, leaning: { none: 0, light, full: 1 } }));
  const values: number[][][] = [];
  for (const one of settings) values.push(await Promise.all(sets.map((set) => measure(set, { rewrite: true, carry: one }))));
  const held: number[][] = sets.map(() => []);
  for (const half of [0, 1]) {
    const score = (i: number) =>
      mean(sets.map((set, s) => mean((values[i]?.[s] ?? []).filter((_, q) => halfOf(set.groups[q] as string) === half))));
    const best = settings.map((_, i) => i).sort((a, b) => score(b) - score(a))[0] as number;
    const { question, answer, decay, leaning } = settings[best] as CarrySettings;
    console.log(`tuned on half ${half}: question ${question}, answer ${answer}, decay ${decay}, light ${leaning.light}`);
    sets.forEach((set, s) => {
      held[s]?.push(...(values[best]?.[s] ?? []).filter((_, q) => halfOf(set.groups[q] as string) !== half));
    });
  }
  console.log(`held-out: ${sets.map((set, s) => `${set.name} ${cell(mean(held[s] ?? []))}`).join(', ')}`);
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const folder = needDataFolder();
  const sets = [await openSet(folder, 'mtrag'), await openSet(folder, 'abgcoqa')];
  const ways = { ...WAYS };
  if (process.argv.includes('--ablations')) {
    Object.assign(ways, ABLATIONS);
    for (const [name, list] of TRIED)
      for (const value of list) ways[`${name} ${value}`] = { rewrite: true, carry: carry({ [name]: value }) };
  }
  console.log('| way | mtrag nDCG@10 | its follow-ups only | abgcoqa hit@5 |\n|---|---|---|---|');
  for (const [label, way] of Object.entries(ways)) {
    const [mtrag, abgcoqa] = (await Promise.all(sets.map((set) => measure(set, way)))) as [number[], number[]];
    const follow = mtrag.filter((_, q) => (sets[0]?.questions[q]?.history?.length ?? 0) > 0);
    console.log(`| ${label} | ${cell(mean(mtrag))} | ${cell(mean(follow))} | ${cell(mean(abgcoqa))} |`);
  }
  if (process.argv.includes('--folds')) await folds(sets);
  for (const set of sets) await set.index.close();
}
