import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLength, fromUtf16, sliceCodePoints, slicer, toUtf16 } from '../../../src/core/text/codepoints.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('code points', () => {
  it('count and slice like an array of characters', () => {
    fc.assert(
      fc.property(anyText, fc.nat(90), fc.nat(90), (text, a, b) => {
        const points = [...text];
        const [start, end] = [Math.min(a, b, points.length), Math.min(Math.max(a, b), points.length)];
        expect(codePointLength(text)).toBe(points.length);
        expect(sliceCodePoints(text, start, end)).toBe(points.slice(start, end).join(''));
        expect(sliceCodePoints(text, start)).toBe(points.slice(start).join(''));
      }),
    );
  });

  it('slice one text again and again, in any order', () => {
    const spans = fc.array(fc.tuple(fc.nat(90), fc.nat(90)), { maxLength: 8 });
    fc.assert(
      fc.property(anyText, spans, (text, list) => {
        const points = [...text];
        const slice = slicer(text);
        for (const [a, b] of list) {
          const [start, end] = [Math.min(a, b, points.length), Math.min(Math.max(a, b), points.length)];
          expect(slice(start, end)).toBe(points.slice(start, end).join(''));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('convert offsets there and back', () => {
    fc.assert(
      fc.property(anyText, fc.nat(90), (text, at) => {
        const point = Math.min(at, [...text].length);
        expect(fromUtf16(text, toUtf16(text, point))).toBe(point);
      }),
    );
    expect(toUtf16('a🗼b', 2)).toBe(3);
    expect(fromUtf16('a🗼b', 3)).toBe(2);
  });
});
