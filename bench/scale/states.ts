/**
 * Two or more built states of the service, each over its own index, asked in turns in one process: CPU time of a question.
 * `npx tsx bench/scale/states.ts --questions <file.jsonl> [--count 100] [--rounds 4] <root=index> <root=index> …`
 *
 * A root is a folder with `dist/`; make the index with its own `pilcrow ingest`. With rounds, every question was asked before and the least of
 * the rounds counts; with `--rounds 0` each is asked once, after a hundred others: most of its chunks were never met. A line of the file
 * is `{"question": …}`. Compare lines of one run only.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quantile } from '../../src/eval/metrics/statistics.ts';
import type * as Package from '../../src/index.ts';
import { argument } from '../data.ts';

const WARM_UP = 100;
const file = argument('questions');
const roots = process.argv.filter((one) => /^[^-].*=/.test(one)).map((one) => one.split('=') as [string, string]);
if (!file || roots.length === 0) {
  console.error('Say which questions and which states: --questions <file.jsonl> <root=index> …');
  process.exit(1);
}
const [count, rounds] = [Number(argument('count') ?? 100), Number(argument('rounds') ?? 4)];
const all = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { question: string }).question);
const wanted = count + (rounds === 0 ? WARM_UP : 0);
const step = Math.max(1, Math.floor(all.length / wanted));
const spread = all.filter((_, at) => at % step === 0).slice(0, wanted);
const [before, asked] = rounds === 0 ? [spread.slice(0, WARM_UP), spread.slice(WARM_UP)] : [spread, spread];

const states: { name: string; ask(question: string): Promise<unknown>; least: number[] }[] = [];
for (const [root, index] of roots) {
  const { createPilcrow, readConfig } = (await import(pathToFileURL(join(resolve(root), 'dist', 'index.js')).href)) as typeof Package;
  const pilcrow = await createPilcrow(readConfig({ PILCROW_INDEX: index, PILCROW_CORPUS: index }));
  states.push({ name: root, ask: (question) => pilcrow.ask({ question }), least: asked.map(() => Number.POSITIVE_INFINITY) });
}
/** Blanks make it another question to whatever keeps answers, and the same to everything else. */
const varied = (question: string, round: number) => question + ' '.repeat(round);
for (let round = 1; round <= (rounds === 0 ? 1 : 3); round++)
  for (const question of before) for (const { ask } of states) await ask(varied(question, round));
for (let round = 0; round < Math.max(1, rounds); round++) {
  for (const [at, question] of asked.entries()) {
    for (let turn = 0; turn < states.length; turn++) {
      const state = states[(at + turn) % states.length] as (typeof states)[number];
      const begun = process.cpuUsage();
      await state.ask(varied(question, round + 4));
      const { user, system } = process.cpuUsage(begun);
      state.least[at] = Math.min(state.least[at] as number, (user + system) / 1000);
    }
  }
}
console.log('| state | questions | CPU ms, p50 | p95 | mean |\n|---|---:|---:|---:|---:|');
for (const { name, least } of states) {
  const row = [quantile(least, 0.5), quantile(least, 0.95), least.reduce((sum, one) => sum + one, 0) / least.length];
  console.log(`| ${name} | ${least.length} | ${row.map((value) => (value ?? 0).toFixed(2)).join(' | ')} |`);
}
process.exit(0);
