import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import type { Glyphs, PdfBlock } from './record.ts';
import { MARK_LEAST_RAISED, MARK_MOST_RAISED, MARK_SHARE, SMALL_APART } from './settings.ts';

/** Raised figures and signs stand between these while a page is read: characters of no script, which texts do not hold. */
const OPEN = '\ue000';
const CLOSE = '\ue001';
const MARK = /\ue000([^\ue001]{1,4})\ue001/g;
const LEADING = /^\ue000([^\ue001]{1,4})\ue001\s*/;
/** How many lines further down the line of a mark may come: columns side by side have lines of their own. */
const LOOK_AHEAD = 8;
const FORM = /^\s*(?:\[?\d{1,3}\]?|[*†‡§¶]{1,3})\s*$/u;

/** A glyph run that is smaller than the line and raised above it may be the mark of a note. */
export function isRaised(item: Glyphs, line: readonly Glyphs[]): boolean {
  if (!FORM.test(item.text)) return false;
  return line.some((one) => one !== item && isAbove(item, one) && /[\p{L}\p{N}]/u.test(one.text));
}

/** Whether one of two glyph runs is smaller and stands as much higher as a mark does. */
function isAbove(item: Glyphs, one: Glyphs): boolean {
  const raised = one.base - item.base;
  return item.size < one.size * MARK_SHARE && raised > one.size * MARK_LEAST_RAISED && raised < one.size * MARK_MOST_RAISED;
}

/**
 * Puts marks that stand by themselves to the line they belong to: seen from the top of the page they come before the words of their line.
 */
export function withMarks(lines: readonly Glyphs[][]): Glyphs[][] {
  const moved = new Set<Glyphs[]>();
  for (const [at, line] of lines.entries()) {
    const [mark] = line;
    if (!mark || line.length > 1 || !FORM.test(mark.text)) continue;
    const home = lines
      .slice(at + 1, at + 1 + LOOK_AHEAD)
      .find(
        (other) =>
          !moved.has(other) &&
          other.some(
            (one) => isAbove(mark, one) && Math.min(Math.abs(mark.x0 - one.x1), Math.abs(one.x0 - mark.x1)) < one.size * SMALL_APART,
          ),
      );
    if (!home) continue;
    home.push(mark);
    moved.add(line);
  }
  return lines.filter((line) => !moved.has(line));
}

export const withoutMarkers = (text: string): string => text.replace(/[\ue000\ue001]/g, '');
export const marked = (text: string): string => `${OPEN}${withoutMarkers(text).trim()}${CLOSE}`;
/** A line as its shape is judged: without marks of notes. */
export const bare = (text: string): string => (text.includes(OPEN) ? text.replace(MARK, '').trimEnd() : text);
export const beginsWithMark = (text: string): boolean => text.startsWith(OPEN);

/** Notes are set smaller than the text, by at least this share of it. */
const SMALLER = 0.95;

/**
 * Puts the notes at the foot of a page, or of its columns, where their marks stand: "… the pact (Of 2019.) holds". A mark without a note is
 * a raised figure of the text ("m2") and stays; a note without a mark stays a paragraph.
 */
export function placeNotes(blocks: readonly PdfBlock[], size: number): PdfBlock[] {
  const notes = new Map<string, PdfBlock>();
  const isNote = new Set<PdfBlock>();
  for (const block of blocks) {
    const [, sign] = LEADING.exec(textOf(block.pieces)) ?? [];
    if (sign === undefined || block.role || block.size > size * SMALLER || notes.has(sign)) continue;
    notes.set(sign, block);
    isNote.add(block);
  }
  const said = new Set<PdfBlock>();
  const put = (piece: Piece): Piece[] => {
    if (!piece.text.includes(OPEN)) return [piece];
    const text = piece.text.replace(MARK, (_, sign: string) => {
      const note = notes.get(sign);
      if (!note || said.has(note)) return sign;
      said.add(note);
      const words = withoutMarkers(textOf(note.pieces).replace(LEADING, '')).replace(/\s+/g, ' ').trim();
      return words === '' ? '' : ` (${words})`;
    });
    return [literal(text)];
  };
  // The offsets of cells are set already, and their text has no marks.
  const out = blocks.map((block) => (isNote.has(block) || block.cells ? block : { ...block, pieces: tidy(block.pieces.flatMap(put)) }));
  return out
    .filter((block) => !said.has(block))
    .map((block) => (isNote.has(block) ? { ...block, pieces: block.pieces.map((one) => literal(withoutMarkers(one.text))) } : block));
}
