import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (script: string, ...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

test('the bill of materials lists what is installed and what is shipped, and nothing of development', () => {
  const made = run('scripts/sbom.mjs');
  expect(made).toMatchObject({ status: 0 });
  const document = JSON.parse(made.stdout);
  expect(document).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'pilcrow', version: manifest.version } } });
  const named = (name: string) => document.components.find((one: { name: string }) => one.name === name);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  for (const name of Object.keys(manifest.dependencies))
    expect(named(name), name).toMatchObject({ version: packages[`node_modules/${name}`].version });
  for (const name of ['vitest', 'esbuild', 'playwright-core']) expect(named(name)).toBeUndefined();
  const model = document.components.filter((one: { type: string }) => one.type === 'machine-learning-model');
  expect(model.length).toBeGreaterThan(0);
  for (const { name, hashes } of model)
    expect(hashes[0].content).toBe(
      createHash('sha256')
        .update(readFileSync(join('models', name)))
        .digest('hex'),
    );
  const refs = new Set(document.components.map((one: { 'bom-ref': string }) => one['bom-ref']));
  for (const { dependsOn } of document.dependencies) for (const ref of dependsOn) expect(refs.has(ref), ref).toBe(true);
});

test('release notes are the section of the version, with digests; without one nothing is printed', () => {
  mkdirSync(join(folder, 'scripts'));
  cpSync('scripts/release-notes.mjs', join(folder, 'scripts', 'release-notes.mjs'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.0', engines: { node: '>=20.19' } }));
  const changelog = (text: string) => writeFileSync(join(folder, 'CHANGELOG.md'), text);
  const notes = () => run(join(folder, 'scripts', 'release-notes.mjs'), join(folder, 'package.json'));
  changelog('# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.0 - 2026-11-30\n\n### Added\n- this\n\n## 1.1.0\n\n- before\n');
  const { stdout, status } = notes();
  expect(status).toBe(0);
  expect(stdout).toContain('### Added\n- this');
  expect(stdout).not.toMatch(/later|before/);
  expect(stdout).toContain(
    createHash('sha256')
      .update(readFileSync(join(folder, 'package.json')))
      .digest('hex'),
  );
  changelog('# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.01\n\n- another\n');
  expect(notes()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('1.2.0') });
});

test('a release writes changelog and versions, commits and tags; a dry run changes nothing, and what is amiss stops it', () => {
  const clone = join(folder, 'clone');
  const git = (...args: string[]) => spawnSync('git', args, { cwd: clone, encoding: 'utf8' });
  const file = (name: string) => readFileSync(join(clone, name), 'utf8');
  const release = (...args: string[]) => run(join(clone, 'scripts', 'release.mjs'), ...args);
  for (const name of ['scripts/release.mjs', 'package.json', 'package-lock.json', 'deploy/kubernetes'])
    cpSync(name, join(clone, name), { recursive: true });
  writeFileSync(join(clone, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n### Added\n- this\n\n## 0.0.9 - 2026-01-01\n\n- before\n');
  for (const args of [
    ['init', '--quiet'],
    ['config', 'user.name', 'somebody'],
    ['config', 'user.email', 'somebody@example.org'],
    ['add', '.'],
    ['commit', '--quiet', '--message', 'all'],
  ])
    expect(git(...args)).toMatchObject({ status: 0 });

  const dry = release('1.2.0', '--dry-run');
  expect(dry).toMatchObject({ status: 0, stdout: expect.stringContaining('would write CHANGELOG.md') });
  expect([git('status', '--porcelain').stdout, git('tag').stdout]).toEqual(['', '']);
  for (const [args, why] of [
    [['0.0.1'], 'older than'],
    [['next'], 'which version'],
    [['1.2.0', '--force'], 'no option --force'],
  ] as const)
    expect(release(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining(why) });

  expect(release('1.2.0')).toMatchObject({ status: 0 });
  expect(file('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 1\.2\.0 - \d{4}-\d\d-\d\d\n\n### Added\n- this\n\n## 0\.0\.9/m);
  expect([JSON.parse(file('package.json')).version, JSON.parse(file('package-lock.json')).packages[''].version]).toEqual([
    '1.2.0',
    '1.2.0',
  ]);
  expect(spawnSync('grep', ['-rl', 'pilcrow:1.2.0', join(clone, 'deploy')], { encoding: 'utf8' }).stdout).not.toBe('');
  expect([git('tag').stdout, git('status', '--porcelain').stdout, git('log', '-1', '--format=%s').stdout]).toEqual([
    'v1.2.0\n',
    '',
    'Version 1.2.0\n',
  ]);
  expect(git('tag', '--list', '--format=%(contents)').stdout).toContain('- this');

  expect(release('1.2.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('tagged already') });
  expect(release('1.3.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing under') });
  writeFileSync(join(clone, 'more.txt'), 'x');
  expect(release('1.3.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('not committed') });
});
