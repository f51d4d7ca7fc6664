/**
 * Trains the sentence ranker and the judge of whether the best sentence answers:
 * `npx tsx bench/train-ranker.ts --data <folder> --out weights.json [--cases evals/cases/tune.yaml,…] [--also folder] [--folds]`.
 *
 * Every set is ingested and asked as in bench/retrieval.ts; the cases over corpus/ and, with `--also`, over a second folder
 * that holds the same editions in other words. `--folds` prints a table of four-fold cross-validation (by document or case)
 * first. The same input gives the same weights. docs/retrieval.md describes groups, losses and results.
 */
import { writeFileSync } from 'node:fs';
import { FEATURES } from '../src/ask/features.ts';
import { argument, needDataFolder } from './data.ts';
import { caseSamples } from './ranker/case-samples.ts';
import { type Fold, foldOf, report } from './ranker/folds.ts';
import { type Group, logit, type Trained, toJson, trainNetwork } from './ranker/network.ts';
import { type Sample, setSamples } from './ranker/samples.ts';

const SETS = ['squad2', 'clapnq', 'covidqa', 'timeqa'];
/** SQuAD has six times the questions of the others together and is the farthest from what briefings are asked. */
const WEIGHTS = { squad2: 0.7, squad2Near: 0.4, cases: 6, casesJudge: 8 };
/** Hidden units, passes over the data and decay; wider, longer and weaker ones were worse in cross-validation. */
const RANKER = { hidden: 24, epochs: 5, decay: 1e-2, seed: 7 };
const JUDGE = { hidden: 8, epochs: 8, decay: 3e-3, seed: 8 };

/** Listwise: one group a question that has a right sentence; the right ones share the probability. */
const rankGroups = (samples: readonly Sample[]): Group[] =>
  samples
    .filter((sample) => sample.kind === 'answerable' && sample.gold.length > 0)
    .map((sample) => ({
      rows: sample.rows,
      right: sample.gold,
      weight: sample.set === 'squad2' ? WEIGHTS.squad2 : sample.set === 'cases' ? WEIGHTS.cases : 1,
      none: false,
    }));

/** One group a question: the sentence the ranker puts first of those no rule refuses, right or not. */
const judgeGroups = (samples: readonly Sample[], ranker: Trained): Group[] =>
  samples.flatMap((sample) => {
    const top = best(ranker, sample);
    if (top < 0) return [];
    const right = sample.kind === 'answerable' && (sample.set === 'cases' ? sample.gold : sample.inParagraph).includes(top);
    const near = sample.set === 'squad2' && sample.kind === 'near';
    return [
      {
        rows: [sample.rows[top] as Float32Array],
        right: right ? [0] : [],
        weight: sample.set === 'cases' ? WEIGHTS.casesJudge : near ? WEIGHTS.squad2Near : 1,
        none: true,
      },
    ];
  });

/** Position of the best sentence that no rule refuses, or -1. */
function best(ranker: Trained, { rows, refused }: Sample): number {
  const scores = rows.map((row, at) => (refused[at] ? Number.NEGATIVE_INFINITY : logit(ranker, row)));
  const highest = Math.max(...scores);
  return highest === Number.NEGATIVE_INFINITY ? -1 : scores.indexOf(highest);
}

function train(samples: readonly Sample[]): { ranker: Trained; judge: Trained } {
  const ranker = trainNetwork(rankGroups(samples), RANKER);
  return { ranker, judge: trainNetwork(judgeGroups(samples, ranker), JUDGE) };
}

const folder = needDataFolder();
const out = argument('out');
if (!out) {
  console.error('Say where the weights go: --out <file>. src/ask/ranker-weights.json is the one in use.');
  process.exit(1);
}
const samples: Sample[] = [];
for (const set of SETS) samples.push(...(await setSamples(folder, set)));
const cases = (argument('cases') ?? 'evals/cases/tune.yaml').split(',');
const also = argument('also');
for (const corpus of ['corpus', ...(also ? [also] : [])]) {
  samples.push(...(await caseSamples(cases, corpus)));
}
if (process.argv.includes('--folds')) {
  const folds: Fold[] = [0, 1, 2, 3].map((fold) => train(samples.filter((sample) => foldOf(sample) !== fold)));
  report(samples, folds);
}
const { ranker, judge } = train(samples);
writeFileSync(out, JSON.stringify({ features: FEATURES, ranker: toJson(ranker), answerable: toJson(judge) }));
console.log(`${samples.length} groups, ${FEATURES.length} features: ${out}`);
