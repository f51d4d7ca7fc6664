import { codePointLength } from '../core/text/codepoints.ts';
import { sentences } from '../core/text/sentences.ts';
import type { Block } from './blocks.ts';
import { type Piece, textOf, tidy } from './pieces.ts';

/** A paragraph longer than this names no place any more: about a page and a half of print. UTF-16 units. */
const LONGEST_PARAGRAPH = 4000;
/** What it is cut into, at ends of sentences; without any, at a space by this length at the latest. */
const TARGET_LENGTH = 1200;
const LONGEST_PART = 2500;

/** Cuts paragraphs that no reader would take for one, as texts without blank lines have them, at ends of sentences. */
export function cutLong(blocks: readonly Block[], language: string): Block[] {
  return blocks.flatMap((block) => {
    if (block.role || (block.kind !== 'body' && block.kind !== 'item')) return [block];
    const text = textOf(block.pieces);
    return text.length > LONGEST_PARAGRAPH ? cut(block, text, language) : [block];
  });
}

function cut(block: Block, text: string, language: string): Block[] {
  const ends: number[] = [];
  let units = 0;
  let points = 0;
  for (const { end } of sentences(text, language === 'und' ? 'en' : language)) {
    units = unitsAt(text, units, end - points);
    points = end;
    ends.push(units);
  }
  const cuts: number[] = [];
  let from = 0;
  for (const end of [...ends, text.length]) {
    while (end - from > LONGEST_PART) {
      const space = text.lastIndexOf(' ', from + LONGEST_PART);
      // One word longer than a paragraph stays whole.
      const at = space > from ? space : text.indexOf(' ', from + LONGEST_PART);
      if (at < 0 || at >= end) break;
      cuts.push(at);
      from = at;
    }
    if (end - from >= TARGET_LENGTH && text.length - end > TARGET_LENGTH / 2) {
      cuts.push(end);
      from = end;
    }
  }
  const { marker, ...others } = block;
  return splitAt(block.pieces, cuts)
    .map(tidy)
    .filter((pieces) => pieces.length > 0)
    .map((pieces, index) => (index === 0 ? { ...block, pieces } : { ...others, pieces }));
}

/** Pieces cut at ascending UTF-16 offsets of their text. */
function splitAt(pieces: readonly Piece[], cuts: readonly number[]): Piece[][] {
  const parts: Piece[][] = [[]];
  let offset = 0;
  let next = 0;
  for (const piece of pieces) {
    const end = offset + piece.text.length;
    let from = 0;
    for (; next < cuts.length && (cuts[next] as number) < end; next++) {
      const to = (cuts[next] as number) - offset;
      if (to > from) parts.at(-1)?.push({ text: piece.text.slice(from, to), at: piece.at < 0 ? -1 : piece.at + from });
      parts.push([]);
      from = to;
    }
    parts.at(-1)?.push(from === 0 ? piece : { text: piece.text.slice(from), at: piece.at < 0 ? -1 : piece.at + from });
    offset = end;
  }
  return parts;
}

/** The UTF-16 offset a number of code points after another. */
function unitsAt(text: string, from: number, count: number): number {
  let at = from + count;
  // Every code point beyond the first plane takes a second unit.
  for (let seen = codePointLength(text.slice(from, at)); seen < count; seen = codePointLength(text.slice(from, at))) at += count - seen;
  return at;
}
