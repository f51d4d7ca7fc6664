import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../src/widget/json.ts';

test('says what JSON.stringify says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(encode(value as Parameters<typeof encode>[0]))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(encode({ a: undefined, b: null, c: [] })).toBe('{"b":null,"c":[]}');
});

test('a page that gives arrays a toJSON of its own changes nothing', () => {
  Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'mine', configurable: true });
  try {
    expect(JSON.stringify([1])).toBe('"mine"');
    expect(encode({ history: [{ role: 'user' }] })).toBe('{"history":[{"role":"user"}]}');
  } finally {
    delete (Array.prototype as unknown as Record<string, unknown>).toJSON;
  }
});
