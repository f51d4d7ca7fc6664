#!/usr/bin/env node
// What tests cost: seconds of CPU a file of them took, in its own process and in those it started and saw end, the dearest first. The load
// of the machine does not change it much, so that it can be compared where time on the clock cannot.
//   node scripts/cost.mjs [files and options of vitest run …]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-cost-'));
const record = join(folder, 'cost.jsonl');
const { status } = spawnSync('npx', ['vitest', 'run', '--reporter=dot', ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PILCROW_TEST_COST: record },
});
const before = new Map();
const rows = readFileSync(record, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const { pid, file, own, started } = JSON.parse(line);
    const last = before.get(pid) ?? { own: 0, started: 0 };
    before.set(pid, { own, started });
    return { file, own: own - last.own, started: started - last.started };
  })
  .sort((left, right) => right.own + right.started - left.own - left.started);
rmSync(folder, { recursive: true });

const show = ({ file, own, started }) => console.log(`${own.toFixed(1).padStart(7)} ${started.toFixed(1).padStart(8)}  ${file}`);
const sum = (files) =>
  files.reduce((all, { own, started }) => ({ own: all.own + own, started: all.started + started }), { own: 0, started: 0 });
console.log('    own  started');
for (const row of rows) show(row);
console.log('\nby folder');
const folders = new Map();
for (const row of rows) folders.set(folderOf(row.file), [...(folders.get(folderOf(row.file)) ?? []), row]);
for (const [name, files] of folders) show({ file: `${name} (${files.length} files)`, ...sum(files) });
show({ file: 'all', ...sum(rows) });
process.exit(status ?? 1);

function folderOf(file) {
  return file
    .split('/')
    .slice(0, 2)
    .join('/')
    .replace(/\.test\.ts$/, '');
}
