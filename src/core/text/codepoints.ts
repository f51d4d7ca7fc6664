const SURROGATE = /[\ud800-\udfff]/;

/** Length in code points. */
export function codePointLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The code points `start..end` of a text; `end` defaults to its length. */
export function sliceCodePoints(text: string, start: number, end?: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end);
  const from = toUtf16(text, start);
  return end === undefined ? text.slice(from) : text.slice(from, from + toUtf16(text.slice(from), end - start));
}

/** UTF-16 offset of a code point offset. */
export function toUtf16(text: string, codePoints: number): number {
  if (!SURROGATE.test(text)) return codePoints;
  let at = 0;
  for (let n = 0; n < codePoints && at < text.length; n++) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return at;
}

/** Code point offset of a UTF-16 offset; an offset inside a surrogate pair counts the pair. */
export function fromUtf16(text: string, utf16: number): number {
  return codePointLength(text.slice(0, utf16));
}

/**
 * `sliceCodePoints` of one text again and again: each slice costs what lies between it and the one before, not the whole text.
 */
export function slicer(text: string): (start: number, end: number) => string {
  if (!SURROGATE.test(text)) return (start, end) => text.slice(start, end);
  let points = 0;
  let units = 0;
  const seek = (to: number): number => {
    for (; points < to && units < text.length; points++) units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1;
    for (; points > to && units > 0; points--) units -= units > 1 && (text.codePointAt(units - 2) as number) > 0xffff ? 2 : 1;
    return units;
  };
  return (start, end) => text.slice(seek(Math.max(0, start)), seek(Math.max(0, start, end)));
}
