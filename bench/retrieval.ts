/**
 * How well the right paragraph is found: `npx tsx bench/retrieval.ts --data <folder> [--sets squad2,clapnq,pool] [--weights file] [--json file]`.
 *
 * Every set is ingested as briefings and asked through the same stages as `/v1/ask`, without its decision: words alone, vectors
 * alone, both fused, and what the trained ranker makes of the fused pool. What is found are chunks; each stands for its
 * paragraphs, for the ranker the one whose part fits best first. `pool` puts the paragraphs of all sets into one index and
 * asks every question that needs no history. The shipped weights have seen questions of seven of the sets: `--weights` takes others,
 * made by `bench/train.ts --without …`. Last, the share of questions answered among those that something answers, and among those that nothing does.
 * Results: docs/retrieval.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAsk, type Weights } from '../src/ask/ask.ts';
import { library } from '../src/ask/library.ts';
import { type ChunkReader, createChunkReader } from '../src/ask/rank/chunk-reader.ts';
import { checkRanker, rank } from '../src/ask/rank/rank.ts';
import type { Candidate, Session } from '../src/ask/records.ts';
import { retrieve } from '../src/ask/retrieve/retrieve.ts';
import { type AskSettings, DEFAULT_SETTINGS } from '../src/ask/settings.ts';
import { understand } from '../src/ask/understand/understand.ts';
import shipped from '../src/ask/weights.json' with { type: 'json' };
import { hit, reciprocalRank } from '../src/eval/metrics/retrieval.ts';
import { argument, indexSets, needDataFolder, readSet, type SetIndex, type SetQuestion } from './data.ts';

/** Sets whose paragraphs make up `pool`. */
const ALL_SETS = 'squad2 clapnq covidqa pubmedqa covidfaq mtrag abgcoqa timeqa ramdocs xquad-es xquad-de xquad-zh cmrc2018'.split(' ');
const DEFAULT_SETS = 'squad2 clapnq covidqa timeqa xquad-es xquad-de xquad-zh cmrc2018 pool'.split(' ');
/** Languages the shipped vectors know, as in src/ask/ask.ts. */
const EMBEDDED = new Set(['en', 'und']);
const given = argument('weights');
const weights: Weights = given ? (JSON.parse(readFileSync(given, 'utf8')) as Weights) : shipped;
const ranker = checkRanker(weights.ranker);

interface Scores {
  questions: number;
  hit1: number;
  hit5: number;
  mrr10: number;
}

type Stage = 'lexical' | 'vector' | 'fused' | 'ranked';
const STAGES: readonly Stage[] = ['lexical', 'vector', 'fused', 'ranked'];

/** Paragraph ids of the index, best first, by each stage. */
async function orders(index: SetIndex, asked: string, read: ChunkReader): Promise<Record<Stage, string[]>> {
  const { reader, embedder, vectors } = index;
  const session = async (ablation: AskSettings['ablation']): Promise<Session> => ({
    request: { question: asked },
    reader,
    library: await library(reader),
    settings: { ...DEFAULT_SETTINGS, ablation },
    step: () => {},
    emit: () => {},
    signal: undefined,
  });
  const whole = await session({});
  const question = await understand(whole, vectors, (language) => EMBEDDED.has(language));
  const found = async (own: Session) => retrieve(own, question, embedder, read);
  const ids = (list: readonly Candidate[]) => list.flatMap(({ chunk }) => chunk.paragraphs.map((number) => `${chunk.briefing}#p${number}`));
  const fused = await found(whole);
  const ranked = rank(whole, question, fused, vectors, ranker).flatMap(({ candidate, parts }) => {
    const best = candidate.read.parts[parts.indexOf(Math.max(...parts))]?.paragraph;
    const first = best === undefined ? [] : [`${candidate.chunk.briefing}#p${best}`];
    return [...first, ...ids([candidate])];
  });
  return {
    lexical: ids((await found(await session({ vector: false }))).candidates),
    vector: ids((await found(await session({ lexical: false }))).candidates),
    fused: ids(fused.candidates),
    ranked: [...new Set(ranked)],
  };
}

/** Mean scores of each stage over the questions that some paragraph answers. */
async function measure(index: SetIndex, questions: readonly SetQuestion[]): Promise<Partial<Record<Stage, Scores>>> {
  const sums: Partial<Record<Stage, Scores>> = {};
  const read = createChunkReader(index.vectors);
  for (const { question, gold_paragraphs } of questions) {
    const gold = new Set(gold_paragraphs);
    const found = await orders(index, question, read);
    for (const stage of STAGES) {
      const gains = found[stage].slice(0, 10).map((id) => (gold.has(index.goldOf.get(id) ?? '') ? 1 : 0));
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

/** Share of questions that get an answer, of those that something answers and of those that nothing does; null where there are none. */
async function answered(
  { reader, embedder, vectors }: SetIndex,
  questions: readonly SetQuestion[],
): Promise<[number | null, number | null]> {
  const { ask } = createAsk({ index: async () => reader, embedder, vectors, weights });
  const counts = { can: [0, 0], cannot: [0, 0] } satisfies Record<string, [number, number]>;
  for (const { question, unanswerable } of questions) {
    const count = counts[unanswerable ? 'cannot' : 'can'];
    count[0]++;
    if ((await ask({ question })).status !== 'not_found') count[1]++;
  }
  const share = ([all, some]: readonly number[]) => (all ? (some as number) / all : null);
  return [share(counts.can), share(counts.cannot)];
}

/** The index of one set or of all, with the questions to ask it. */
async function openSet(folder: string, name: string): Promise<{ index: SetIndex; questions: SetQuestion[]; asked: SetQuestion[] }> {
  const names = name === 'pool' ? ALL_SETS.filter((set) => existsSync(join(folder, set))) : [name];
  const sets = names.map((set) => readSet(folder, set));
  const index = await indexSets(sets);
  const all = sets.flatMap((set) => set.questions).filter((question) => name !== 'pool' || !question.history?.length);
  const questions = all.filter(({ gold_paragraphs }) => gold_paragraphs.length > 0);
  // The pool asks what the sets were asked for one by one.
  return { index, questions, asked: name === 'pool' ? [] : all.filter((one) => one.unanswerable || one.gold_paragraphs.length > 0) };
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const folder = needDataFolder();
  const wanted = argument('sets')?.split(',') ?? DEFAULT_SETS;
  const cell = (scores: Scores | undefined) =>
    scores ? [scores.hit1, scores.hit5, scores.mrr10].map((value) => value.toFixed(3).slice(1)).join(' / ') : '–';
  const percent = (value: number | null) => (value === null ? '–' : value.toFixed(2).replace(/^0/, ''));
  const results: Record<string, unknown> = {};
  console.log('hit@1 / hit@5 / MRR@10\n');
  console.log('| set | paragraphs | questions | words alone | vectors alone | fused | ranked | answered | unanswerable answered |');
  console.log('|---|---:|---:|---|---|---|---|---:|---:|');
  for (const name of wanted) {
    const { index, questions, asked } = await openSet(folder, name);
    const scores = await measure(index, questions);
    const cells = STAGES.map((stage) => cell(scores[stage])).join(' | ');
    const [can, cannot] = await answered(index, asked);
    console.log(`| ${name} | ${index.paragraphs} | ${questions.length} | ${cells} | ${percent(can)} | ${percent(cannot)} |`);
    if (index.mismatches.length > 0)
      console.log(`${index.mismatches.length} documents were read differently: ${index.mismatches.join(' ')}`);
    results[name] = { paragraphs: index.paragraphs, ...scores, answered: can, unanswerableAnswered: cannot };
    await index.close();
  }
  const file = argument('json');
  if (file) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
