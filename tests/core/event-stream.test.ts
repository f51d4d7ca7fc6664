import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventReader } from '../../src/core/event-stream.ts';

const read = (...pieces: string[]): [string, string][] => {
  const found: [string, string][] = [];
  const reader = createEventReader((name, data) => found.push([name, data]));
  for (const piece of pieces) reader(piece);
  return found;
};

test('reads events as the standard says', () => {
  expect(read('event: a\ndata: 1\n\n')).toEqual([['a', '1']]);
  expect(read('\ufeffevent:a\r\ndata:1\r\ndata:  2\r\n\r\n')).toEqual([['a', '1\n 2']]);
  expect(read('event: a\rdata: x: y\r\r', 'event: b\n')).toEqual([['a', 'x: y']]);
  expect(read(': comment\n\nevent: a\n: in between\nid: 7\nretry: 5\nunknown\ndata\n\n')).toEqual([['a', '']]);
  expect(read('data: nameless\n\nevent: empty\n\n')).toEqual([]);
  expect(read('event: unfinished\ndata: 1\n')).toEqual([]);
});

test('a line end cut in two is one line end', () => {
  expect(read('event: a\r', '\ndata: 1\r', '\n\r', '\n')).toEqual([['a', '1']]);
});

test('however the text is cut, the events are the same', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ' ').trim());
  const events = fc.array(fc.tuple(fc.constantFrom('passages', 'sentence', 'answer'), fc.array(line, { minLength: 1, maxLength: 3 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(events, fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(400), { maxLength: 20 }), (made, end, cuts) => {
      const text = made.map(([name, data]) => `event: ${name}${end}${data.map((one) => `data: ${one}${end}`).join('')}${end}`).join('');
      const at = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].sort((a, b) => a - b);
      const pieces = at.slice(1).map((to, index) => text.slice(at[index], to));
      // With lone CRs the very last one may still be half of a CRLF.
      expect(read(...pieces, '\n')).toEqual(made.map(([name, data]) => [name, data.join('\n')]));
    }),
  );
});

test('a line that never ends is given up, and a long one may come in small pieces', () => {
  expect(() => read(...Array.from({ length: 50 }, () => 'x'.repeat(100_000)))).toThrow('too long');
  const long = `data: ${'y'.repeat(1_500_000)}`;
  const pieces = Array.from({ length: Math.ceil(long.length / 100) }, (_, index) => long.slice(index * 100, index * 100 + 100));
  expect(read('event: a\n', ...pieces, '\n\n')[0]?.[1].length).toBe(1_500_000);
});
