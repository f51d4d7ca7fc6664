/**
 * What each group of features earns: `npx tsx bench/answers/ablation.ts --cache <file of bench/train.ts>`.
 *
 * Desk sets in two halves, ranked and judged by weights trained on the other half and on the public sets; then the same with one
 * group of features unknown. Fewer seeds than the shipped weights, so only differences count (below .008 hit@1 or .02 right they
 * are noise). docs/evaluation.md has the table.
 */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { probability } from '../../src/ask/decide/judge.ts';
import { FEATURE_GROUPS } from '../../src/ask/rank/features.ts';
import { argument } from '../data.ts';
import { fitJudges, fitRanker, scoreAll } from './fit.ts';
import type { Sample } from './samples.ts';

const cache = argument('cache');
if (!cache) {
  console.error('Say where the samples are: --cache <file>, made by bench/train.ts.');
  process.exit(1);
}
// Those without vectors and of single documents serve the shipped weights; here they would only take time.
const all = (deserialize(readFileSync(cache)) as Sample[]).filter(({ vectors, category }) => vectors && category !== 'alone');
const desk = [...new Set(all.filter(({ kind }) => kind === 'elsewhere').map(({ set }) => set))];
const SEEDS = { ranker: 2, folds: 3, foldSeeds: 1 };
/** Share of unanswerable questions declined at which answers are counted. */
const DECLINED = 0.8;

console.log('| without | hit@1 | hit@3 | right at .80 declined | precision |\n|---|---|---|---|---|');
for (const group of [null, ...FEATURE_GROUPS]) {
  const samples = group ? all.map((sample) => without(sample, group.from, group.to)) : all;
  const rows: { p: number; right: boolean; answerable: boolean }[] = [];
  let [count, one, three] = [0, 0, 0];
  for (const half of [0, 1]) {
    const mine = new Set(desk.filter((_, at) => at % 2 === half));
    const train = samples.filter(({ set }) => !mine.has(set));
    const ranker = fitRanker(train, SEEDS.ranker);
    const judge = fitJudges(train, SEEDS).vectors;
    for (const { sample, order } of scoreAll(
      samples.filter(({ set, category }) => mine.has(set) && category !== 'altered' && category !== 'elsewhere'),
      ranker,
    )) {
      const right = (rank: number) => sample.labels[order[rank]?.at ?? -1] === 1;
      const answerable = sample.kind === 'answerable';
      if (answerable) {
        count++;
        one += Number(right(0));
        three += Number(right(0) || right(1) || right(2));
      }
      rows.push({ p: probability(order, judge), right: answerable && right(0), answerable });
    }
  }
  const cannot = rows.filter(({ answerable }) => !answerable).sort((a, b) => a.p - b.p);
  const threshold = cannot[Math.floor(DECLINED * cannot.length)]?.p ?? 1;
  const shown = rows.filter(({ p }) => p > threshold);
  const right = shown.filter((row) => row.right).length;
  const name = group?.name ?? '(all features)';
  console.log(
    `| ${name} | ${(one / count).toFixed(3)} | ${(three / count).toFixed(3)} | ${(right / count).toFixed(3)} | ${(right / shown.length).toFixed(3)} |`,
  );
}

/** The sample with some features unknown. */
function without(sample: Sample, from: number, to: number): Sample {
  return { ...sample, rows: sample.rows.map((row) => row.slice().fill(Number.NaN, from, to)) };
}
