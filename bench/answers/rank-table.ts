/** Quick look at ranker and judge, each set left out in turn: `npx tsx bench/answers/rank-table.ts --desk <folder> --data <folder>`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { probability } from '../../src/ask/decide/judge.ts';
import { argument } from '../data.ts';
import { deskSamples, publicSamples } from './collect.ts';
import { fitJudge, fitRanker, scoreAll } from './fit.ts';
import type { Sample } from './samples.ts';
import { deskSetsIn, readDeskSet } from './sets.ts';

const desk = argument('desk')!;
const data = argument('data');
const cache = argument('cache');
let samples: Sample[] = [];
if (cache && existsSync(cache)) samples = deserialize(readFileSync(cache)) as Sample[];
else {
  const names = deskSetsIn(desk);
  const sets = names.map((name) => readDeskSet(desk, name));
  for (const name of names) samples.push(...(await deskSamples(desk, name, sets)));
  const most = { squad2: 400, clapnq: 300, mtrag: 332, covidfaq: 122, timeqa: 150, covidqa: 200 };
  if (data) for (const [name, count] of Object.entries(most)) samples.push(...(await publicSamples(data, name, count)));
  if (cache) writeFileSync(cache, serialize(samples));
}
const only = argument('only')?.split(',');
const sets = [...new Set(samples.filter(({ kind }) => kind === 'elsewhere').map(({ set }) => set))].filter(
  (set) => !only || only.includes(set),
);
const pooled: { p: number; right: boolean; kind: string }[] = [];
let [n, one, three, inPool, fused1, fused3] = [0, 0, 0, 0, 0, 0];
for (const set of sets) {
  const train = samples.filter((sample) => sample.set !== set);
  const mine = samples.filter((sample) => sample.set === set);
  const ranker = fitRanker(train);
  const judge = argument('judge') === 'no' ? null : fitJudge(train);
  const counts = { n: 0, one: 0, three: 0, pool: 0, f1: 0, f3: 0 };
  for (const { sample, order } of scoreAll(mine, ranker)) {
    const label = (at: number) => sample.labels[order[at]?.at ?? -1] === 1;
    if (sample.kind === 'answerable') {
      counts.n++;
      counts.one += Number(label(0));
      counts.three += Number(label(0) || label(1) || label(2));
      counts.pool += Number(sample.labels.includes(1));
      counts.f1 += Number(sample.labels[0] === 1);
      counts.f3 += Number([0, 1, 2].some((at) => sample.labels[at] === 1));
    }
    if (judge) pooled.push({ p: probability(order, judge), right: sample.kind === 'answerable' && label(0), kind: sample.kind });
  }
  const share = (value: number) => (value / counts.n).toFixed(2);
  console.log(
    set.padEnd(30),
    counts.n,
    'fused',
    share(counts.f1),
    share(counts.f3),
    'ranker',
    share(counts.one),
    share(counts.three),
    'pool',
    share(counts.pool),
  );
  n += counts.n;
  one += counts.one;
  three += counts.three;
  inPool += counts.pool;
  fused1 += counts.f1;
  fused3 += counts.f3;
}
console.log(
  'all',
  n,
  'fused',
  (fused1 / n).toFixed(3),
  (fused3 / n).toFixed(3),
  'hit@1',
  (one / n).toFixed(3),
  'hit@3',
  (three / n).toFixed(3),
  'pool',
  (inPool / n).toFixed(3),
);
const cannot = pooled.filter(({ kind }) => kind === 'unanswerable').sort((a, b) => a.p - b.p);
const can = pooled.filter(({ kind }) => kind === 'answerable');
const elsewhere = pooled.filter(({ kind }) => kind === 'elsewhere');
for (const declined of [0.5, 0.7, 0.8, 0.85, 0.9]) {
  const threshold = cannot[Math.floor(declined * cannot.length)]?.p ?? 1;
  const shown = can.filter(({ p }) => p > threshold);
  const right = shown.filter(({ right: good }) => good).length;
  const wrong = cannot.filter(({ p }) => p > threshold).length;
  console.log(
    `declined ${declined} T ${threshold.toFixed(2)} right ${(right / can.length).toFixed(3)} precision ${(right / (shown.length + wrong)).toFixed(3)} elsewhere ${(elsewhere.filter(({ p }) => p > threshold).length / elsewhere.length).toFixed(3)}`,
  );
}
