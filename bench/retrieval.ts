/**
 * How well the right paragraph is found: `npx tsx bench/retrieval.ts --data <folder> [--sets squad2,clapnq,pool] [--json file]`.
 *
 * Every set is ingested as briefings and asked through the same steps as `/v1/ask`, without its refusals: words alone,
 * vectors alone, both fused, and the fused order after the sentence ranker (over the first ten paragraphs, the paragraph
 * of the best sentence first). `pool` puts the paragraphs of all sets into one index and asks every question that needs
 * no history. Results and what was learned from them: docs/retrieval.md.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { candidatesOf } from '../src/ask/candidates.ts';
import { readQuestion } from '../src/ask/question.ts';
import { rank } from '../src/ask/rank.ts';
import { retrieve, VECTOR_WEIGHT } from '../src/ask/retrieve.ts';
import { expand } from '../src/ask/units.ts';
import { withoutEditionWords } from '../src/ask/when.ts';
import { detectLanguage } from '../src/core/text/language.ts';
import { hit, reciprocalRank } from '../src/eval/metrics/retrieval.ts';
import { argument, indexSets, needDataFolder, readSet, type SetIndex, type SetQuestion } from './data.ts';

/** Sets whose paragraphs make up `pool`. */
export const ALL_SETS = 'squad2 clapnq covidqa pubmedqa covidfaq mtrag abgcoqa timeqa ramdocs xquad-es xquad-de xquad-zh cmrc2018'.split(
  ' ',
);
const DEFAULT_SETS = 'squad2 clapnq covidqa timeqa xquad-es xquad-de xquad-zh cmrc2018 pool'.split(' ');
/** As in src/ask/settings.ts and src/ask/ask.ts. */
const DEPTH = 50;
const RANKED = 10;
const EMBEDDED_LANGUAGES = new Set(['en', 'und']);

export interface Scores {
  questions: number;
  hit1: number;
  hit5: number;
  mrr10: number;
}

export type Stage = 'lexical' | 'vector' | 'fused' | 'ranked';
export const STAGES: readonly Stage[] = ['lexical', 'vector', 'fused', 'ranked'];

/** Paragraph ids of the index, best first, by each stage asked for. */
export async function orders(index: SetIndex, asked: string, stages: readonly Stage[], weight = VECTOR_WEIGHT) {
  const { reader, briefings, embedder, wordVectors } = index;
  const found: Partial<Record<Stage, string[]>> = {};
  const text = asked.trim();
  const question = readQuestion(withoutEditionWords(text));
  const expansion = await expand(question, reader);
  const ids = (list: readonly { paragraph: { id: string } }[]) => list.map(({ paragraph }) => paragraph.id);
  const search = (vectorWeight: number) =>
    retrieve(reader, vectorWeight > 0 ? embedder : null, text, expansion, briefings, { depth: DEPTH, vectorWeight });
  if (stages.includes('lexical')) found.lexical = ids(await search(0));
  if (stages.includes('vector')) {
    const near = await reader.nearest(await embedder.embedQuery(text), DEPTH);
    found.vector = near.map(({ paragraph }) => paragraph);
  }
  if (stages.includes('fused') || stages.includes('ranked')) {
    const passages = await search(EMBEDDED_LANGUAGES.has(detectLanguage(text)) ? weight : 0);
    found.fused = ids(passages);
    if (stages.includes('ranked')) {
      const candidates = await candidatesOf(question, passages.slice(0, RANKED), reader);
      const first = rank(question, expansion, candidates, wordVectors).map(({ candidate }) => candidate.passage.paragraph.id);
      found.ranked = [...new Set([...first, ...found.fused])];
    }
  }
  return found;
}

/** Mean scores of each stage over the questions that some paragraph answers. */
export async function measure(
  index: SetIndex,
  questions: readonly SetQuestion[],
  stages: readonly Stage[] = STAGES,
  weight = VECTOR_WEIGHT,
): Promise<Partial<Record<Stage, Scores>>> {
  const sums: Partial<Record<Stage, Scores>> = {};
  for (const { question, gold_paragraphs } of questions) {
    const gold = new Set(gold_paragraphs);
    const found = await orders(index, question, stages, weight);
    for (const stage of stages) {
      const gains = (found[stage] ?? []).slice(0, 10).map((id) => (gold.has(index.goldOf.get(id) ?? '') ? 1 : 0));
      sums[stage] ??= { questions: 0, hit1: 0, hit5: 0, mrr10: 0 };
      const sum = sums[stage];
      sum.questions++;
      sum.hit1 += hit(gains, 1);
      sum.hit5 += hit(gains, 5);
      sum.mrr10 += reciprocalRank(gains);
    }
  }
  for (const sum of Object.values(sums)) {
    sum.hit1 /= sum.questions;
    sum.hit5 /= sum.questions;
    sum.mrr10 /= sum.questions;
  }
  return sums;
}

/** The index of one set or of all, with the questions to ask it. */
export async function openSet(folder: string, name: string): Promise<{ index: SetIndex; questions: SetQuestion[] }> {
  const names = name === 'pool' ? ALL_SETS.filter((set) => existsSync(join(folder, set))) : [name];
  const sets = names.map((set) => readSet(folder, set));
  const index = await indexSets(sets);
  const questions = sets
    .flatMap((set) => set.questions)
    .filter((question) => question.gold_paragraphs.length > 0 && (name !== 'pool' || !question.history?.length));
  return { index, questions };
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const folder = needDataFolder();
  const wanted = argument('sets')?.split(',') ?? DEFAULT_SETS;
  const cell = (scores: Scores | undefined) =>
    scores ? [scores.hit1, scores.hit5, scores.mrr10].map((value) => value.toFixed(3).slice(1)).join(' / ') : '–';
  const results: Record<string, unknown> = {};
  console.log('hit@1 / hit@5 / MRR@10\n');
  console.log('| set | paragraphs | questions | words alone | vectors alone | fused | fused + ranker |');
  console.log('|---|---:|---:|---|---|---|---|');
  for (const name of wanted) {
    const { index, questions } = await openSet(folder, name);
    const scores = await measure(index, questions);
    const cells = STAGES.map((stage) => cell(scores[stage])).join(' | ');
    console.log(`| ${name} | ${index.paragraphs} | ${questions.length} | ${cells} |`);
    if (index.mismatches.length > 0)
      console.log(`${index.mismatches.length} documents were read differently: ${index.mismatches.join(' ')}`);
    results[name] = { paragraphs: index.paragraphs, ...scores };
    await index.close();
  }
  const file = argument('json');
  if (file) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
