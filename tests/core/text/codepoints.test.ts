import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLength, fromUtf16, sliceCodePoints, slicer, toUtf16 } from '../../../src/core/text/codepoints.ts';

/** Long texts take another way than short ones, and the same ones come again. */
const anyText = fc
  .tuple(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom(0, 0, 0, 1900, 2300, 5000), fc.constantFrom('a', '🗼', 'é🗼'))
  .map(([text, length, fill]) => text + fill.repeat(length / fill.length));

describe('code points', () => {
  it('count and slice like an array of characters', () => {
    fc.assert(
      fc.property(anyText, fc.nat(90), fc.nat(90), (text, a, b) => {
        const points = [...text];
        const far = text.length > 2000 ? points.length - 90 : 0;
        const [start, end] = [Math.min(far + a, far + b, points.length), Math.min(far + Math.max(a, b), points.length)];
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
        for (const point of [Math.min(at, [...text].length), Math.max(0, [...text].length - at)]) {
          expect(fromUtf16(text, toUtf16(text, point))).toBe(point);
        }
      }),
    );
    expect(toUtf16('a🗼b', 2)).toBe(3);
    expect(fromUtf16('a🗼b', 3)).toBe(2);
  });
});
