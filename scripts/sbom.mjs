#!/usr/bin/env node
// Writes what a release is made of as CycloneDX: the packages it installs, by the lock file, and the embedding model it ships.
//   node scripts/sbom.mjs [file]        default: standard output
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const made = spawnSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
  cwd: root,
  // What an npm that runs this script sets would change what is listed.
  env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$/i.test(name))),
  encoding: 'utf8',
  maxBuffer: 64_000_000,
  shell: process.platform === 'win32',
});
if (made.status !== 0) {
  process.stderr.write(made.stderr);
  process.exit(made.status ?? 1);
}
const document = JSON.parse(made.stdout);
// npm calls it by the folder it happens to lie in.
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { component } = document.metadata;
const own = `${name}@${version}`;
for (const one of document.dependencies) if (one.ref === component['bom-ref']) one.ref = own;
Object.assign(component, { 'bom-ref': own, name, version, purl: `pkg:npm/${own}` });
// `npm sbom --omit dev` leaves out what development needs as well, such as hono; the lock file knows what it needs alone.
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const installed = new Set(
  Object.entries(packages).flatMap(([path, { dev, version }]) => {
    const name = path.split('node_modules/').at(-1);
    return name === '' || dev ? [] : [`${name}@${version}`];
  }),
);
document.components = document.components.filter(({ name, version }) => installed.has(`${name}@${version}`));
const kept = new Set([own, ...document.components.map((one) => one['bom-ref'])]);
document.dependencies = document.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
for (const model of readdirSync(join(root, 'models')).sort()) {
  const folder = join(root, 'models', model);
  if (!statSync(folder).isDirectory()) continue;
  for (const file of readdirSync(folder).sort()) {
    if (/^(?:NOTICE|LICENSE|README)/i.test(file)) continue;
    const content = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    document.components.push({
      type: 'machine-learning-model',
      'bom-ref': `models/${model}/${file}`,
      name: `${model}/${file}`,
      version,
      description: `Shipped in the package; its sources are credited in models/${model}/NOTICE.`,
      hashes: [{ alg: 'SHA-256', content }],
    });
  }
}
const text = `${JSON.stringify(document, null, 2)}\n`;
const [, , file] = process.argv;
if (file) writeFileSync(file, text);
else process.stdout.write(text);
