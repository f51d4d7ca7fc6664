/**
 * Trains what the answer stage goes by: `npx tsx bench/train.ts --desk <folder> --data <folder> --briefs corpus,… [--cache <file>] [--without set,…] --out src/ask/weights.json`.
 * The same input gives the same weights, to the last digit. docs/evaluation.md says what the sets are and what they gave.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { allSamples } from './answers/collect.ts';
import { fitJudges, fitRanker } from './answers/fit.ts';
import { fitParts, type PartSample, partSamples } from './answers/parts.ts';
import type { Sample } from './answers/samples.ts';
import { deskSetsIn } from './answers/sets.ts';
import { argument } from './data.ts';

const out = argument('out');
if (!out) {
  console.error('Say where the weights go: --out <file>. src/ask/weights.json are the ones in use.');
  process.exit(1);
}
const cache = argument('cache');
const samples: Sample[] =
  cache && existsSync(cache)
    ? (deserialize(readFileSync(cache)) as Sample[])
    : await allSamples({ desk: argument('desk'), data: argument('data'), briefs: argument('briefs')?.split(',') });
if (cache && !existsSync(cache)) writeFileSync(cache, serialize(samples));
const without = new Set((argument('without') ?? '').split(',').filter(Boolean));
const desk = argument('desk');
const parts: PartSample[] = [];
const partCache = cache && `${cache}.parts`;
if (partCache && existsSync(partCache))
  parts.push(...(deserialize(readFileSync(partCache)) as PartSample[]).filter(({ set }) => !without.has(set)));
else for (const name of desk ? deskSetsIn(desk) : []) if (!without.has(name)) parts.push(...(await partSamples(desk as string, name)));
const used = samples.filter(({ set }) => !without.has(set));
const sets = [...new Set(used.map(({ set }) => set))];
writeFileSync(
  out,
  `${JSON.stringify({ trained: { sets, questions: used.length }, ranker: fitRanker(used), judges: fitJudges(used), parts: fitParts(parts) })}\n`,
);
console.log(`${out}: ${used.length} questions of ${sets.length} sets`);
