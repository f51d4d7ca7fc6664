import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * The example project, with the package installed from the file that npm would publish. The packages it needs lie there already, as copies of
 * those here, so that npm asks no registry.
 */
const root = mkdtempSync(join(tmpdir(), 'pilcrow-example-'));
const project = join(root, 'project');
const installed = join(project, 'node_modules', 'pilcrow');
const env = { PATH: process.env.PATH, HOME: root, NO_COLOR: '1' };
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeAll(() => {
  // What `files` and package.json say goes into the package; the build was made before the tests, so no script has to run.
  const quietly: { encoding: 'utf8'; stdio: ['ignore', 'pipe', 'ignore'] } = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', root], quietly)) as {
    filename: string;
  }[];
  cpSync('examples/vitest', project, { recursive: true });
  const linked = spawnSync('cp', ['-al', resolve('node_modules'), join(project, 'node_modules')]);
  if (linked.status !== 0) cpSync('node_modules', join(project, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  // What npm noted of this folder is not true of that one.
  rmSync(join(project, 'node_modules', '.package-lock.json'), { force: true });
  // What is compiled was compiled here: scripts would do it anew.
  const npm = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(root, packed!.filename)];
  execFileSync('npm', npm, { ...quietly, cwd: project, env });
});

/** Vitest in the example, its report as JSON. Nothing of this run's own environment reaches it. */
function runExample() {
  const report = join(root, 'report.json');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`],
    {
      cwd: project,
      encoding: 'utf8',
      env,
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
  });

  test('its types hold against those of the package', () => {
    const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(spawnSync(process.execPath, [compiler, '--noEmit'], { cwd: project, encoding: 'utf8', env })).toMatchObject({
      stdout: '',
      status: 0,
    });
  });

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
  });
});

describe('the installed package', () => {
  test('brings the command', () => {
    const command = join(project, 'node_modules', '.bin', 'pilcrow');
    const asked = spawnSync(command, ['start', '--help'], { cwd: project, encoding: 'utf8', env });
    expect([asked.status, asked.stdout]).toEqual([0, expect.stringContaining('--corpus')]);
  });

  test('brings its documentation, and every link in it leads somewhere', () => {
    const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', ...readdirSync('docs').map((file) => join('docs', file))]));
    const lost: string[] = [];
    let followed = 0;
    for (const page of pages) {
      for (const [, target] of prose(readFileSync(join(installed, page), 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const [path, fragment] = target!.split('#') as [string, string?];
        const file = path === '' ? join(installed, page) : join(installed, dirname(page), path);
        followed++;
        if (!existsSync(file) || (fragment && !anchors(readFileSync(file, 'utf8')).has(fragment))) lost.push(`${page}: ${target}`);
      }
    }
    expect(lost).toEqual([]);
    expect(followed).toBeGreaterThan(60);
  });

  const blocks = [...readFileSync('docs/library.md', 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  test('the page about the library has examples to run', () => expect(blocks.length).toBeGreaterThanOrEqual(6));
  // In their order: the first makes the index that the others read.
  test.each(blocks.map((code, at) => [at + 1, code] as const))('example %i of the page prints what it says', (_, code) => {
    const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]);
    const program = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: project, encoding: 'utf8', env });
    expect([program.stderr, program.stdout.trimEnd().split('\n')]).toEqual(['', expected]);
    expect(expected.length).toBeGreaterThan(0);
  });
});

/** A page without its code, in which brackets are no links. */
const prose = (page: string): string => page.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

/** Names of the headings of a page, as forges make them. */
const anchors = (page: string): Set<string> =>
  new Set(
    [...page.matchAll(/^#{1,6} (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
