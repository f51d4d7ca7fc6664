#!/usr/bin/env node
// Packs the package as it would be published and has it looked at by publint (is every file where the exports say?) and by "are the
// types wrong?" (does every kind of import find its types?). The package is of ECMAScript modules alone.
//   node scripts/check-package.mjs
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-package-'));
const run = (command, ...given) => {
  const { status, stdout } = spawnSync(command, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) process.stdout.write(stdout);
  return { good: status === 0, stdout };
};
try {
  if (!run(process.execPath, 'scripts/build.mjs', '--types', '--quiet').good) process.exit(1);
  const packed = run('npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  if (!packed.good) process.exit(1);
  const [{ filename, entryCount, size }] = JSON.parse(packed.stdout);
  const file = join(folder, filename);
  const looked = [
    run(process.execPath, 'node_modules/publint/src/cli.js', 'run', file, '--strict'),
    run(process.execPath, 'node_modules/@arethetypeswrong/cli/dist/index.js', file, '--profile', 'esm-only', '--no-emoji', '--no-color'),
  ];
  if (looked.some(({ good }) => !good)) process.exitCode = 1;
  else console.log(`${filename}: ${entryCount} files, ${(size / 1e6).toFixed(1)} MB, nothing amiss`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
