#!/usr/bin/env node
// Prints the notes of the version in package.json: its section of CHANGELOG.md, and the digest of each file given.
//   node scripts/release-notes.mjs [pilcrow-0.1.0.tgz sbom.cdx.json …]
// Fails when the changelog has no section for that version, or an empty one, so that nothing goes out unexplained.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sections = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
const section = sections.find((one) => new RegExp(`^\\[?${version.replaceAll('.', '\\.')}\\]?(?:\\s|$)`).test(one));
const notes = section?.slice(section.indexOf('\n')).trim();
if (!notes) {
  process.stderr.write(
    `CHANGELOG.md says nothing of ${version}. Give what stands under "Unreleased" the heading "## ${version} - ${new Date().toISOString().slice(0, 10)}".\n`,
  );
  process.exit(1);
}
const lines = [`# Pilcrow ${version}`, '', notes, '', `Needs Node.js ${engines.node}.`];
const files = process.argv.slice(2);
if (files.length > 0) lines.push('', '| file | SHA-256 |', '|---|---|');
for (const file of files) lines.push(`| ${basename(file)} | \`${createHash('sha256').update(readFileSync(file)).digest('hex')}\` |`);
process.stdout.write(`${lines.join('\n')}\n`);
