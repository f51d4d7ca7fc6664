const SURROGATE = /[\ud800-\udfff]/;
/** Texts of this length and more are measured once; shorter ones are quicker counted than remembered. */
const LONG = 2000;
/** Code points between two places that are noted of a long text. */
const NOTED_EVERY = 256;
/** Long texts whose places are remembered. A question reads a handful of them in turns. */
const TEXTS_REMEMBERED = 8;

/** Where code points stand in a text. */
interface Places {
  text: string;
  /** UTF-16 offsets of every 256th code point; null when every code point is one unit. */
  units: Uint32Array | null;
  /** Length in code points. */
  length: number;
}

/** Places of the long texts looked at last: without them cutting a text again and again would cost its length each time. */
const remembered: Places[] = [];

function placesOf(text: string): Places {
  // The same string is nearly always the same object, which is compared by its address.
  const at = remembered.findIndex((places) => places.text === text);
  if (at >= 0) return remembered[at] as Places;
  const places = measure(text);
  remembered.unshift(places);
  remembered.length = Math.min(remembered.length, TEXTS_REMEMBERED);
  return places;
}

function measure(text: string): Places {
  if (!SURROGATE.test(text)) return { text, units: null, length: text.length };
  const units = new Uint32Array(Math.ceil(text.length / NOTED_EVERY) + 1);
  let length = 0;
  for (let at = 0; at < text.length; length++) {
    if (length % NOTED_EVERY === 0) units[length / NOTED_EVERY] = at;
    at += unitsAt(text, at);
  }
  return { text, units, length };
}

/** Units of the code point that begins at an offset. */
const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);

/** Length in code points. */
export function codePointLength(text: string): number {
  if (text.length >= LONG) return placesOf(text).length;
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The code points `start..end` of a text; `end` defaults to its length. */
export function sliceCodePoints(text: string, start: number, end?: number): string {
  if (text.length < LONG && !SURROGATE.test(text)) return text.slice(start, end);
  const from = toUtf16(text, start);
  return end === undefined ? text.slice(from) : text.slice(from, Math.max(from, toUtf16(text, end)));
}

/** UTF-16 offset of a code point offset. */
export function toUtf16(text: string, codePoints: number): number {
  let at = 0;
  let left = codePoints;
  if (text.length >= LONG) {
    const { units, length } = placesOf(text);
    if (units === null) return codePoints;
    if (codePoints >= length) return text.length;
    const step = Math.floor(Math.max(0, codePoints) / NOTED_EVERY);
    at = units[step] as number;
    left = codePoints - step * NOTED_EVERY;
  } else if (!SURROGATE.test(text)) return codePoints;
  for (; left > 0 && at < text.length; left--) at += unitsAt(text, at);
  return at;
}

/** Code point offset of a UTF-16 offset; an offset inside a surrogate pair counts the pair. */
export function fromUtf16(text: string, utf16: number): number {
  if (text.length < LONG) return codePointLength(text.slice(0, utf16));
  const { units, length } = placesOf(text);
  if (units === null) return Math.max(0, Math.min(utf16, length));
  if (utf16 >= text.length) return length;
  let [low, high] = [0, Math.ceil(length / NOTED_EVERY) - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((units[middle] as number) <= utf16) low = middle;
    else high = middle - 1;
  }
  let count = low * NOTED_EVERY;
  for (let at = units[low] as number; at < utf16; count++) at += unitsAt(text, at);
  return count;
}

/** `sliceCodePoints` of one text; it is as quick. */
export const slicer =
  (text: string): ((start: number, end: number) => string) =>
  (start, end) =>
    sliceCodePoints(text, Math.max(0, start), Math.max(0, start, end));
