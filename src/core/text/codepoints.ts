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
