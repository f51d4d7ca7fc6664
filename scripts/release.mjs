#!/usr/bin/env node
// Makes a release of what is committed: the changelog's "Unreleased" becomes the version, the version goes wherever it stands, and
// that is committed and tagged. Nothing is pushed or published.
//   node scripts/release.mjs 1.2.0 [--dry-run]
// With --dry-run it says what it would do and changes nothing. Fails, and changes nothing, when anything is amiss.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const [version, ...options] = process.argv.slice(2);
const dry = options.includes('--dry-run');
const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const git = (...given) => {
  const { status, stdout, stderr } = spawnSync('git', given, { encoding: 'utf8' });
  if (status !== 0) stop(`git ${given[0]}: ${stderr.trim()}`);
  return stdout.trim();
};
const parts = (text) => /^(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
if (!parts(version ?? '')) stop('Say which version: node scripts/release.mjs 1.2.0 [--dry-run]');
if (options.some((one) => one !== '--dry-run')) stop(`There is no option ${options.find((one) => one !== '--dry-run')}.`);
const [from, to] = [parts(manifest.version), parts(version)];
const first = to.findIndex((part, index) => part !== from[index]);
// The version of the manifest may be released as it is, once: before its first tag.
const tagged = git('tag', '--list', `v${version}`) !== '';
if (tagged) stop(`v${version} is tagged already.`);
if (first >= 0 && to[first] < from[first]) stop(`${version} is older than ${manifest.version}.`);
if (git('status', '--porcelain') !== '') stop('There are changes that are not committed.');

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const heading = /^## Unreleased$/m.exec(changelog);
const notes = heading
  ? changelog
      .slice(heading.index + heading[0].length)
      .split(/^## /m)[0]
      .trim()
  : '';
if (notes === '') stop('CHANGELOG.md has nothing under "## Unreleased".');
const today = new Date().toISOString().slice(0, 10);

/** Every file that says the version, and what it says afterwards. */
const written = new Map([['CHANGELOG.md', changelog.replace(heading[0], `## Unreleased\n\n## ${version} - ${today}`)]]);
for (const file of ['package.json', 'package-lock.json']) {
  const text = readFileSync(file, 'utf8');
  const content = JSON.parse(text);
  content.version = version;
  if (content.packages?.['']) content.packages[''].version = version;
  written.set(file, `${JSON.stringify(content, null, 2)}\n`);
}
const folder = 'deploy/kubernetes';
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const text = readFileSync(join(folder, name), 'utf8');
  const changed = text.replaceAll(`pilcrow:${manifest.version}`, `pilcrow:${version}`);
  if (changed !== text) written.set(join(folder, name), changed);
}

for (const file of written.keys()) console.log(`${dry ? 'would write' : 'writes'} ${file}`);
console.log(`${dry ? 'would commit' : 'commits'} "Version ${version}" and ${dry ? 'tag' : 'tags'} v${version}`);
if (!dry) {
  for (const [file, text] of written) writeFileSync(file, text);
  git('add', ...written.keys());
  git('commit', '--quiet', '--message', `Version ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', notes);
}
