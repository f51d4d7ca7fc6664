import { spawnSync } from 'node:child_process';

/** Declarations, for the tests that install the package; once for all of them, since two builds at a time would get in each other's way. */
export default function setup(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--types', '--quiet'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('The declarations could not be built: node scripts/build.mjs --types says why.');
}
