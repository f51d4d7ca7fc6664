import { spawnSync } from 'node:child_process';

/**
 * Brings dist/ up to date before any test runs; takes some milliseconds when it is. A build that fails is reported and
 * fails the tests that need it (pages, commands, journeys); the others still run.
 */
export default function setup(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--quiet'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) console.error('The build failed: tests of pages, commands and journeys run an older one or none.');
}
