#!/usr/bin/env node
// Mutation testing of one room: faults are planted one at a time, and each should make a test of that room fail.
//   npm install --no-save @stryker-mutator/core@9.6.1 @stryker-mutator/vitest-runner@9.6.1
//   node scripts/mutate.mjs src/editions tests/editions [--share 8]   (a file of each will do)
// --share 8 takes every eighth stretch of twenty lines, always the same ones; without it everything is mutated. Prints the score and each
// fault no test noticed, and writes all of it to reports/mutation.json. Stryker is not among the development packages: it brings 122 of its
// own, is run by hand once in a while, and 9.6 is the last that runs on Node.js 20.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const STRETCH = 20;
const { positionals, values } = parseArgs({ allowPositionals: true, options: { share: { type: 'string', default: '1' } } });
const [room, tests] = positionals;
const share = Number(values.share);
if (!room || !tests || !(share >= 1)) {
  console.error('Name what is mutated and where its tests are: node scripts/mutate.mjs src/editions tests/editions [--share 8]');
  process.exit(2);
}

const files = statSync(room).isFile() ? [room] : readdirSync(room, { recursive: true }).map((file) => join(room, file));
let stretch = 0;
const mutate = files
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file) => {
    if (share === 1) return [file];
    const lines = readFileSync(file, 'utf8').split('\n').length;
    const chosen = [];
    for (let from = 1; from <= lines; from += STRETCH)
      if (stretch++ % share === 0) chosen.push(`${file}:${from}-${Math.min(lines, from + STRETCH - 1)}`);
    return chosen;
  });

const oneFile = statSync(tests).isFile();
// What runs the tests is a process that Stryker starts.
if (oneFile) process.env.PILCROW_MUTATION_TESTS = basename(tests);

let Stryker;
try {
  ({ Stryker } = await import('@stryker-mutator/core'));
} catch {
  console.error('Stryker is not installed: npm install --no-save @stryker-mutator/core@9.6.1 @stryker-mutator/vitest-runner@9.6.1');
  process.exit(2);
}
const results = await new Stryker({
  mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'tests/mutation.config.ts', dir: oneFile ? dirname(tests) : tests, related: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // There is none: Stryker would read it by an interface that TypeScript 7 no longer has.
  tsconfigFile: 'none.json',
  // Tables of words are read when a file is loaded: each would need all tests in a process of its own.
  ignoreStatic: true,
  // A message or a word of a list that is another one is no fault of the code.
  mutator: { excludedMutations: ['StringLiteral'] },
  // Against what never ends; a busy machine may take ten times as long.
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 60,
  reporters: ['json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  allowEmpty: true,
  logLevel: 'warn',
}).runMutationTest();

if (results.length === 0) throw new Error(`Nothing was mutated in ${room}, or no test was found in ${tests}.`);
const counts = {};
for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
const found = (counts.Killed ?? 0) + (counts.Timeout ?? 0);
const missed = (counts.Survived ?? 0) + (counts.NoCoverage ?? 0);
console.log(`${room}: ${found} of ${found + missed} faults noticed (${((100 * found) / (found + missed)).toFixed(1)} %)`, counts);
for (const { status, fileName, location, mutatorName, replacement } of results)
  if (status === 'Survived' || status === 'NoCoverage')
    console.log(`${status} ${fileName}:${location.start.line}:${location.start.column} ${mutatorName} -> ${replacement.split('\n')[0]}`);
