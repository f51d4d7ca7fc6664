import { isRaised, marked, withMarks, withoutMarkers } from './notes.ts';
import type { Band, Column, Glyphs, LineSegment } from './record.ts';
import {
  ALIKE_EDGES,
  APART,
  AROUND,
  ASCENT,
  DESCENT,
  FAR,
  GUTTER,
  GUTTER_LINES,
  ITEM_MARK_APART,
  JUSTIFIED_SPREAD,
  JUSTIFIED_SPREAD_OF_TWO,
  MAY_BE_APART,
  NEAR_POINTS,
  ON_ONE_LINE,
  SMALL_APART,
  SMALL_SHARE,
  SPACE,
  TOUCHING,
} from './settings.ts';

/** Puts what a page draws into segments. `known`: gutters that other pages have. */
export function segmentsOf(items: readonly Glyphs[], known: readonly number[] = []): LineSegment[] {
  const found: Glyphs[][] = [];
  // Drawn order is kept for what stands on the same line; lines are found by their base.
  for (const item of [...items].sort((a, b) => a.base - b.base || a.x0 - b.x0)) {
    const line = found.slice(-LOOK_BACK).findLast((one) => onLine(one, item));
    if (line) line.push(item);
    else found.push([item]);
  }
  const lines = withMarks(found);
  const gutters = guttersOf(lines, known);
  const edges = edgesOf(lines);
  return lines.flatMap((line) => cutLine(line, gutters, edges)).sort((a, b) => a.top - b.top || a.x0 - b.x0);
}

/** How many lines above are looked at for one to stand on: columns side by side have lines of their own. */
const LOOK_BACK = 12;

function onLine(line: readonly Glyphs[], item: Glyphs): boolean {
  return line.some((one) => {
    const size = Math.max(one.size, item.size);
    const apart = Math.abs(one.base - item.base);
    if (apart < size * ON_ONE_LINE) return true;
    // A raised or lowered figure stands close to what it belongs to.
    const small = Math.min(one.size, item.size) < size * SMALL_SHARE;
    return small && apart < size * SMALL_APART && item.x0 - one.x1 < size * SMALL_APART && one.x0 - item.x1 < size * SMALL_APART;
  });
}

/** Places across the page that line after line leaves open: between columns set so close that a gap alone tells nothing. */
function guttersOf(lines: readonly Glyphs[][], known: readonly number[]): number[] {
  const gaps: [from: number, to: number][] = [];
  for (const line of lines) {
    line.sort((a, b) => a.x0 - b.x0);
    let end = Number.POSITIVE_INFINITY;
    let mark = false;
    for (const { x0, x1, size, text } of line) {
      // What follows the mark of a list item is its text.
      if (!mark && x0 - end > size * GUTTER) gaps.push([end, x0]);
      mark = x0 - end > size * GUTTER || !Number.isFinite(end) ? MARK.test(text.trim()) : false;
      end = Number.isFinite(end) ? Math.max(end, x1) : x1;
    }
  }
  const found: number[] = [];
  for (const [from, to] of gaps) {
    const middle = (from + to) / 2;
    if (found.some((one) => one > from && one < to)) continue;
    const open = gaps.filter(([start, stop]) => start < middle && stop > middle).length;
    if (open < (known.some((one) => one > from && one < to) ? 2 : GUTTER_LINES)) continue;
    const crossed = lines.filter((line) => line.some(({ x0, x1 }) => x0 < middle && x1 > middle)).length;
    if (crossed * 2 <= open) found.push(middle);
    if (found.length > 8) break;
  }
  return found;
}

const MARK = /^(?:[•‣◦▪▫●○∙·➢➤✓–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])$/u;

/** Where text begins or ends after a gap: cells of a column stand under each other, words of justified lines do not. */
interface Edge {
  base: number;
  x0: number;
  x1: number;
}

function edgesOf(lines: readonly Glyphs[][]): Edge[] {
  const edges: Edge[] = [];
  for (const line of lines) {
    for (let at = 1; at < line.length; at++) {
      const [before, item] = [line[at - 1] as Glyphs, line[at] as Glyphs];
      if (item.x0 - before.x1 > item.size * APART * MAY_BE_APART) edges.push({ base: item.base, x0: item.x0, x1: item.x1 });
    }
  }
  return edges.sort((a, b) => a.base - b.base);
}

function isAligned({ base, x0, x1, size }: Glyphs, edges: readonly Edge[]): boolean {
  let low = 0;
  for (let high = edges.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as Edge).base < base - size * AROUND) low = middle + 1;
    else high = middle;
  }
  let alike = 0;
  for (let at = low; at < edges.length && alike < ALIKE_EDGES; at++) {
    const edge = edges[at] as Edge;
    if (edge.base > base + size * AROUND) break;
    const middle = Math.abs(edge.x0 + edge.x1 - x0 - x1) / 2;
    if (
      Math.abs(edge.base - base) > size * SMALL_APART &&
      (Math.abs(edge.x0 - x0) < NEAR_POINTS || Math.abs(edge.x1 - x1) < NEAR_POINTS || middle < NEAR_POINTS)
    )
      alike++;
  }
  return alike >= ALIKE_EDGES;
}

/** Whether the words of a line stand apart evenly, as justified ones do: three gaps, none much wider than another, or two that are the same. */
function isJustified(line: readonly Glyphs[], gutters: readonly number[]): boolean {
  const gaps: number[] = [];
  for (let at = 1; at < line.length; at++) {
    const [before, item] = [line[at - 1] as Glyphs, line[at] as Glyphs];
    const gap = item.x0 - before.x1;
    if (gap > item.size * SPACE && !gutters.some((one) => one > before.x1 && one < item.x0)) gaps.push(gap);
  }
  const spread = Math.max(...gaps) / Math.min(...gaps);
  return (gaps.length >= 3 && spread < JUSTIFIED_SPREAD) || (gaps.length === 2 && spread < JUSTIFIED_SPREAD_OF_TWO);
}

function cutLine(line: Glyphs[], gutters: readonly number[], edges: readonly Edge[]): LineSegment[] {
  const sorted = line.sort((a, b) => a.x0 - b.x0);
  const parts: Glyphs[][] = [];
  const justified = isJustified(sorted, gutters);
  let end = Number.NEGATIVE_INFINITY;
  for (const item of sorted) {
    const gap = item.x0 - end;
    const size = Math.max(item.size, parts.at(-1)?.at(-1)?.size ?? 0);
    const last = parts.at(-1);
    // The mark of a list item stands apart from its text.
    const marked = last?.length === 1 && MARK.test((last[0] as Glyphs).text.trim()) && gap < size * ITEM_MARK_APART;
    const open = gap > size * GUTTER && gutters.some((one) => one > end && one < item.x0);
    const apart = gap > size * FAR || (gap > size * APART && !justified && isAligned(item, edges));
    if (!last || ((open || apart) && !marked)) parts.push([item]);
    else (parts.at(-1) as Glyphs[]).push(item);
    end = Math.max(end, item.x1);
  }
  return parts.map(join).filter((segment) => segment.text !== '');
}

const LETTER_END = /[\p{L}\p{N}]$/u;
const LETTER_START = /^[\p{L}\p{N}]/u;

function join(part: readonly Glyphs[]): LineSegment {
  const right = part.reduce((sum, { rtl, text }) => sum + (rtl ? text.length : 0), 0);
  const all = part.reduce((sum, { text }) => sum + text.length, 0);
  const rtl = right * 2 > all;
  const order = rtl ? [...part].sort((a, b) => b.x1 - a.x1) : part;
  let text = '';
  let previous: Glyphs | null = null;
  const sizes = new Map<string, { size: number; font: string; count: number }>();
  for (const item of order) {
    if (previous) {
      const gap = rtl ? previous.x0 - item.x1 : item.x0 - previous.x1;
      const spaced = /\s$/.test(text) || /^\s/.test(item.text);
      // Where the direction changes, the space between two words may stand at either end of either.
      const turns = previous.rtl !== item.rtl && LETTER_END.test(text) && LETTER_START.test(item.text);
      if (!spaced && (turns || gap > Math.min(previous.size, item.size) * SPACE)) text += ' ';
    }
    const raised = isRaised(item, part);
    // A mark stands right behind its word.
    text = raised ? text.trimEnd() + marked(item.text) : text + withoutMarkers(item.text);
    const key = `${item.font} ${item.size.toFixed(1)}`;
    const found = sizes.get(key) ?? { size: item.size, font: item.font, count: 0 };
    found.count += item.text.trim().length;
    sizes.set(key, found);
    previous = item;
  }
  const main = [...sizes.values()].sort((a, b) => b.count - a.count)[0] as { size: number; font: string };
  const base = part.reduce((sum, item) => sum + item.base * item.text.length, 0) / Math.max(1, all);
  const parts = rtl ? [] : wideParts(part);
  return {
    ...(parts.length > 1 ? { parts } : {}),
    x0: Math.min(...part.map((item) => item.x0)),
    x1: Math.max(...part.map((item) => item.x1)),
    top: Math.min(...part.map((item) => item.base - item.size * ASCENT)),
    bottom: Math.max(...part.map((item) => item.base + item.size * DESCENT)),
    base,
    size: main.size,
    font: main.font,
    text: text.replace(/\s+/g, ' ').trim(),
    rtl,
  };
}

/** The pieces of a line between gaps that may be more than a space. */
function wideParts(line: readonly Glyphs[]): { x0: number; x1: number; text: string }[] {
  const parts: { x0: number; x1: number; text: string }[] = [];
  for (const { x0, x1, size, text } of line) {
    const last = parts.at(-1);
    if (!last || x0 - last.x1 > size * APART * MAY_BE_APART) parts.push({ x0, x1, text });
    else {
      last.text += x0 - last.x1 > size * SPACE && !/\s$/.test(last.text) ? ` ${text}` : text;
      last.x1 = x1;
    }
  }
  return parts;
}

export function bandsOf(segments: readonly LineSegment[]): Band[] {
  const bands: Band[] = [];
  for (const segment of [...segments].sort((a, b) => a.top - b.top)) {
    const last = bands.at(-1);
    // Ascenders of one line may touch descenders of the one above.
    if (last && segment.top + segment.size * TOUCHING < last.bottom) {
      last.segments.push(segment);
      last.bottom = Math.max(last.bottom, segment.bottom);
    } else bands.push({ top: segment.top, bottom: segment.bottom, segments: [segment] });
  }
  return bands;
}

type Gap = [from: number, to: number];

/** Stretches between the outer edges that no segment touches. */
function gapsOf(segments: readonly LineSegment[], least: number, edges: Gap): Gap[] {
  const gaps: Gap[] = [];
  let end = edges[0];
  for (const { x0, x1 } of [...segments].sort((a, b) => a.x0 - b.x0)) {
    if (x0 - end >= least) gaps.push([end, x0]);
    end = Math.max(end, x1);
  }
  if (edges[1] - end >= least) gaps.push([end, edges[1]]);
  return gaps;
}

const meet = (a: readonly Gap[], b: readonly Gap[], least: number): Gap[] =>
  a.flatMap(([from, to]) =>
    b.map(([start, end]): Gap => [Math.max(from, start), Math.min(to, end)]).filter(([start, end]) => end - start >= least),
  );
/** Fewest lines of a column, and characters of its lines on the average: what is narrower is a table. */
const LEAST_LINES = 3;
const LEAST_CHARACTERS = 18;

/**
 * The parts of a page in reading order; `proven` takes the places of its gutters, and gives those of other pages: what stands in columns column by column, all else from the top down. Columns are bands
 * that share a gap from top to bottom, with running text on both sides of it.
 */
export function columnsOf(segments: readonly LineSegment[], rtl: boolean, proven: number[] = [], deep = 0): Column[] {
  if (segments.length === 0) return [];
  const bands = bandsOf(segments);
  const size = median(segments.map((segment) => segment.size));
  const least = size * GUTTER;
  const edges: Gap = [Math.min(...segments.map(({ x0 }) => x0)), Math.max(...segments.map(({ x1 }) => x1))];
  const columns: Column[] = [];
  let plain: LineSegment[] = [];
  const flush = () => {
    if (plain.length > 0) columns.push({ segments: plain });
    plain = [];
  };
  for (let from = 0; from < bands.length; ) {
    let shared = gapsOf((bands[from] as Band).segments, least, edges);
    let to = from + 1;
    for (; to < bands.length; to++) {
      const next = meet(shared, gapsOf((bands[to] as Band).segments, least, edges), least);
      if (next.length === 0) break;
      shared = next;
    }
    const stretch = bands.slice(from, to).flatMap((band) => band.segments);
    const split = deep < 4 ? gutter(stretch, shared, proven) : null;
    if (split) {
      flush();
      const sides = rtl ? [split[1], split[0]] : split;
      for (const side of sides) columns.push(...columnsOf(side, rtl, proven, deep + 1));
      from = to;
    } else {
      plain.push(...(bands[from] as Band).segments);
      from++;
    }
  }
  flush();
  return columns;
}

/** Lines on both sides that prove a gutter for the other pages. */
const PROOF = 10;

/** The two sides of a gap that has running text on both, or that other pages have proven a gutter; else null. */
function gutter(segments: readonly LineSegment[], gaps: readonly Gap[], proven: number[]): [LineSegment[], LineSegment[]] | null {
  for (const [from, to] of [...gaps].sort((a, b) => b[1] - b[0] - (a[1] - a[0]))) {
    const middle = (from + to) / 2;
    const left = segments.filter((segment) => segment.x1 <= middle);
    const right = segments.filter((segment) => segment.x0 >= middle);
    const known = proven.some((one) => one > from && one < to) && Math.min(left.length, right.length) > 0;
    const text = isText(left) && isText(right);
    if (text && !known && Math.min(left.length, right.length) >= PROOF) proven.push(middle);
    if (text || known) return [left, right];
  }
  return null;
}

function isText(side: readonly LineSegment[]): boolean {
  if (side.length < LEAST_LINES) return false;
  const characters = side.reduce((sum, { text }) => sum + text.length, 0);
  return characters >= side.length * LEAST_CHARACTERS;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
