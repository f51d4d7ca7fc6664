import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeJson } from '../../src/cli/output.ts';
import { columns, oneLine, palette, sanitise, terminalWidth, wrap } from '../../src/cli/terminal.ts';
import { FEW_PASSES, passesOver } from '../fixtures/characters-read.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const active = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

test.each([
  ['a colour', '\u001b[31mred\u001b[0m', 'red'],
  ['a window title', 'a\u001b]0;owned\u0007b', 'ab'],
  ['a hyperlink', '\u001b]8;;http://evil\u0007text\u001b]8;;\u0007', 'text'],
  ['a screen clear in C1', 'a\u009b2Jb', 'ab'],
  ['a bare escape', 'a\u001b', 'a\ufffd'],
  ['backspaces that overwrite', 'no\b\byes', 'no\ufffd\ufffdyes'],
  ['a carriage return that overwrites', 'safe\rEVIL', 'safe\nEVIL'],
  ['reordering', 'pay \u202e001\u202c now', 'pay \ufffd001\ufffd now'],
])('%s loses its power', (_, given, shown) => {
  expect(sanitise(given)).toBe(shown);
});

test('nothing a terminal acts on comes through, and ordinary text stays', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(sanitise(text)).not.toMatch(active);
      expect(oneLine(text)).not.toMatch(/[\n\t]/);
      expect(safeJson({ text })).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(JSON.parse(safeJson({ text }))).toEqual({ text });
    }),
  );
  expect(sanitise('Žluťoučký 日本語 👩‍👩‍👧 e\u0301 שלום\n\ttab')).toBe('Žluťoučký 日本語 👩‍👩‍👧 e\u0301 שלום\n\ttab');
});

test('wrapped lines fit and lose no word', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((word) => word.replace(/\s/g, 'x')),
        { maxLength: 40 },
      ),
      fc.integer({ min: 20, max: 100 }),
      (words, width) => {
        const text = words.join(' ');
        const wrapped = wrap(text, width, '    ');
        for (const line of wrapped.split('\n    ')) expect(columns(line)).toBeLessThanOrEqual(width - 4);
        expect(wrapped.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
      },
    ),
  );
});

test('wide characters count twice and marks not at all', () => {
  expect(columns('日本')).toBe(4);
  expect(columns('e\u0301')).toBe(1);
  expect(columns('🗼')).toBe(2);
});

test('a megabyte is wrapped in a few passes', async () => {
  expect(await passesOver('word \u001b[31m'.repeat(100_000), (text) => wrap(sanitise(text), 80))).toBeLessThan(FEW_PASSES);
  expect(await passesOver('x'.repeat(1_000_000), (text) => wrap(text, 80))).toBeLessThan(FEW_PASSES);
});

test('colours are left out where they are unwelcome', () => {
  expect(palette(false).bad('x')).toBe('x');
  expect(palette(true).bad('x')).toBe('\u001b[31mx\u001b[0m');
  expect(terminalWidth({})).toBe(80);
  expect(terminalWidth({ columns: 20 })).toBe(40);
  expect(terminalWidth({ columns: 300 })).toBe(100);
});
