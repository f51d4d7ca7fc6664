import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const about = JSON.parse(readFileSync('dist/widget/integrity.json', 'utf8'));
const script = readFileSync(join('dist/widget', about.file));
/** What a web editor asks a page to load, bytes over the wire. */
const MOST = 25_000;

test('the widget is at most 25 kB gzip', () => {
  const size = gzipSync(script, { level: 9 }).length;
  expect(size).toBe(about.gzip);
  expect(size).toBeLessThanOrEqual(MOST);
});

test('its name and its integrity are those of its bytes', () => {
  expect(about.integrity).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`);
  expect(about.file).toContain(createHash('sha256').update(script).digest('hex').slice(0, 12));
  expect(about.file).toContain(JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('it names no address of another host', () => {
  const known = ['http://www.w3.org/'];
  const addresses = script.toString().match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z][a-z0-9.-]*\/?/gi) ?? [];
  expect(addresses.filter((one) => !known.some((prefix) => one.startsWith(prefix)))).toEqual([]);
});

test('the licence of what is bundled goes along', () => {
  expect(readFileSync('dist/widget/licenses.txt', 'utf8')).toContain('BSD 3-Clause');
  expect(script.toString().slice(0, 200)).toContain('licenses.txt');
});

test('our own code has no HTML sink, and no image', () => {
  for (const file of readdirSync('src/widget', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join('src/widget', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(text, file).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafe(?:HTML|SVG|CSS|Static)|DOMParser|createContextualFragment|setHTML|srcdoc|<img|\beval\(|new Function/,
    );
  }
});

test('a bundler finds the module and its types', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(exports['./widget'].default).toBe('./dist/widget/pilcrow-chat.js');
  const module = readFileSync('dist/widget/pilcrow-chat.js', 'utf8');
  expect(module).toMatch(/export\s*\{[^}]*as PilcrowChat\s*\}/);
  expect(module).not.toMatch(/\bimport\s*["'{]/);
});
