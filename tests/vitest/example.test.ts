import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * The example project, with the package as npm would publish it. Its other packages are linked from here rather than
 * installed, so that the test needs no registry.
 */
const root = mkdtempSync(join(tmpdir(), 'pilcrow-example-'));
const project = join(root, 'project');
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeAll(() => {
  // What `files` and package.json say goes into the package; the build was made before the tests, so no script has to run.
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', root], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as { filename: string }[];
  cpSync('examples/vitest', project, { recursive: true });
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  execFileSync('tar', ['-xzf', join(root, packed!.filename), '-C', modules]);
  cpSync(join(modules, 'package'), join(modules, 'pilcrow'), { recursive: true });
  rmSync(join(modules, 'package'), { recursive: true });
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.') && name !== 'pilcrow') symlinkSync(resolve('node_modules', name), join(modules, name));
}, 60_000);

/** Vitest in the example, its report as JSON. Nothing of this run's own environment reaches it. */
function runExample() {
  const report = join(root, 'report.json');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`],
    {
      cwd: project,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: root, NO_COLOR: '1' },
    },
  );
  const tests = existsSync(report)
    ? (
        JSON.parse(readFileSync(report, 'utf8')).testResults as {
          assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
        }[]
      ).flatMap((file) => file.assertionResults)
    : [];
  return { status, stderr, tests };
}

describe('the example project', () => {
  test('runs against the packed package, one test a case and one a floor', () => {
    const { status, stderr, tests } = runExample();
    expect(tests.filter((one) => one.status !== 'passed').map((one) => [one.fullName, one.failureMessages])).toEqual([]);
    expect([status, tests.length, stderr]).toEqual([0, 4 + 5 + 4, '']);
    expect(tests.map((one) => one.fullName)).toContain('cases how-many: How many lighthouses does the Northern Light Office run?');
    expect(tests.map((one) => one.fullName)).toContain('cases gate Needless refusals at most 20.0%');
  }, 60_000);

  test('fails when a case is not met, with the sentence, its quote and the passage', () => {
    const file = join(project, 'cases.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replace('any_of: ["14"]', 'any_of: ["15"]')
        .replace('quote: runs 14 lighthouses', 'quote: visited by a keeper twice'),
    );
    const { status, tests } = runExample();
    expect(status).toBe(1);
    const failed = tests.filter((one) => one.status === 'failed');
    expect(failed.map((one) => one.fullName)).toEqual(['cases gate Right at least 90.0%']);
    const message = failed[0]!.failureMessages.join('\n');
    expect(message).toContain('does not state “15”');
    expect(message).toContain('14 lighthouses');
    // The evidence named is of the edition that says nothing of the kind.
    expect(message).toContain('No passage was found for “visited by a keeper twice” (2025)');
    expect(message).toContain('[1] lighthouses-2025#p3 (2025 edition): “The Northern Light Office runs 14 lighthouses on the Outer Isles.');
  }, 60_000);
});
