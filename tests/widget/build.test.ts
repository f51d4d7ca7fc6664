import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const about = JSON.parse(readFileSync('dist/widget/integrity.json', 'utf8'));
const script = readFileSync(join('dist/widget', about.file));
const first = readFileSync('dist/widget/widget.js');
const answers = readFileSync(join('dist/widget', about.first.answers.file));

/** What a web editor asks a page to load, and what the first question brings, bytes over the wire. */
test.each([
  ['at first', first, about.first, 20_000],
  ['with the first question', answers, about.first.answers, 9_000],
  ['in one file', script, about, 27_000],
])('what the widget loads %s keeps to its measure', (_when, bytes, described, most) => {
  const size = gzipSync(bytes, { level: 9 }).length;
  expect(size).toBe(described.gzip);
  expect(size).toBeLessThanOrEqual(most);
});

test('what is loaded at first names what shows answers, by its content', () => {
  const { file } = about.first.answers;
  expect(first.toString()).toContain(file);
  expect(file).toContain(createHash('sha256').update(answers).digest('hex').slice(0, 12));
  // All in one file loads no other script to show an answer.
  expect(script.toString()).not.toContain('pilcrow-answers');
});

test('its name and its integrity are those of its bytes', () => {
  expect(about.integrity).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`);
  expect(about.file).toContain(createHash('sha256').update(script).digest('hex').slice(0, 12));
  expect(about.file).toContain(JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('it names no address of another host', () => {
  const known = ['http://www.w3.org/'];
  const addresses = `${script}${first}${answers}`.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z][a-z0-9.-]*\/?/gi) ?? [];
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
