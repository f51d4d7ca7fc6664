import { codePointLength } from '../core/text/codepoints.ts';
import type { Normalised, Run } from './normalise.ts';

/** Text of a block: either a slice of the normalised source (`at` >= 0, UTF-16) or words put in by the reader (`at` -1). */
export interface Piece {
  text: string;
  at: number;
}

export const literal = (text: string): Piece => ({ text, at: -1 });
export const slice = (source: string, start: number, end: number): Piece => ({ text: source.slice(start, end), at: start });
export const textOf = (pieces: readonly Piece[]): string =>
  pieces.length === 1 ? (pieces[0] as Piece).text : pieces.map((p) => p.text).join('');

/** The pieces without their first `count` UTF-16 units. */
export function dropStart(pieces: readonly Piece[], count: number): Piece[] {
  const out: Piece[] = [];
  let left = count;
  for (const piece of pieces) {
    if (left >= piece.text.length) {
      left -= piece.text.length;
      continue;
    }
    out.push(left === 0 ? piece : { text: piece.text.slice(left), at: piece.at < 0 ? -1 : piece.at + left });
    left = 0;
  }
  return out;
}

/** The pieces without their last `count` UTF-16 units. */
export function dropEnd(pieces: readonly Piece[], count: number): Piece[] {
  const out = [...pieces];
  let left = count;
  while (left > 0 && out.length > 0) {
    const piece = out.pop() as Piece;
    if (piece.text.length > left) out.push({ text: piece.text.slice(0, piece.text.length - left), at: piece.at });
    left -= Math.min(left, piece.text.length);
  }
  return out;
}

/** Runs of spaces, tabs and form feeds become one space; none at either end; at most one line break in a row. */
export function tidy(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let gap = '';
  /** Where the gap stands, when it is one ordinary space of the source. */
  let spaceAt = -1;
  let any = false;
  for (const piece of pieces) {
    for (const match of piece.text.matchAll(/\s+|\S+/g)) {
      if (/^\s/.test(match[0])) {
        spaceAt = gap === '' && match[0] === ' ' && piece.at >= 0 ? piece.at + match.index : -1;
        gap = gap === '\n' || match[0].includes('\n') ? '\n' : ' ';
        continue;
      }
      const at = piece.at < 0 ? -1 : piece.at + match.index;
      const last = out.at(-1);
      const lastEnd = last && last.at >= 0 ? last.at + last.text.length : -2;
      // White space that is the same in the source stays part of its run.
      if (last && gap === ' ' && spaceAt === lastEnd && at === lastEnd + 1) last.text += ` ${match[0]}`;
      else if (last && gap === '' && at === lastEnd) last.text += match[0];
      else {
        if (any && gap !== '') out.push(literal(gap));
        out.push({ text: match[0], at });
      }
      any = true;
      gap = '';
    }
  }
  return out;
}

/**
 * Writes pieces one after the other and keeps the way back to the source.
 * `map` gives ascending runs `[text offset, source offset, length]`, all in code points.
 */
export function pieceWriter(normalised: Normalised, source: string) {
  const parts: string[] = [];
  const runs: Run[] = [];
  let length = 0;
  let next = 0;
  const push = (run: Run) => {
    const last = runs.at(-1);
    if (last && last[0] + last[2] === run[0] && last[1] + last[2] === run[1]) last[2] += run[2];
    else runs.push(run);
  };
  const write = (pieces: readonly Piece[]) => {
    for (const piece of pieces) {
      if (piece.at >= 0) {
        const end = piece.at + piece.text.length;
        while (next > 0 && (normalised.runs[next]?.[0] ?? Infinity) > piece.at) next--;
        for (; next < normalised.runs.length; next++) {
          const [out, from, size] = normalised.runs[next] as Run;
          if (out >= end) break;
          const first = Math.max(out, piece.at);
          const last = Math.min(out + size, end);
          if (last > first) push([length + first - piece.at, from + first - out, last - first]);
          if (out + size > end) break;
        }
      }
      parts.push(piece.text);
      length += piece.text.length;
    }
  };
  const finish = (): { text: string; map: [number, number, number][] } => {
    const text = parts.join('');
    const inText = counter(text);
    const inSource = counter(source);
    const map = runs.map(([out, from, size]): [number, number, number] => [
      inText(out),
      inSource(from),
      codePointLength(text.slice(out, out + size)),
    ]);
    return { text, map };
  };
  return { write, finish, length: () => length };
}

/** Code points before a UTF-16 offset; cheap for offsets near the one before. */
export function counter(text: string): (utf16: number) => number {
  let at = 0;
  let count = 0;
  return (utf16) => {
    if (utf16 < at) count -= codePointLength(text.slice(utf16, at));
    else count += codePointLength(text.slice(at, utf16));
    at = utf16;
    return count;
  };
}
