import type { Box } from '../../blocks.ts';
import { normalise } from '../../normalise.ts';
import { literal, textOf, tidy } from '../../pieces.ts';
import { LONGEST_HEADING } from '../../settings.ts';
import { bulletLength, endsSentence, isContactLine, isQuotation, isTitleLike, numbering, sectionDepth } from '../../shapes.ts';
import { join } from '../shared/joins.ts';
import { type RawCell, tableBlocks } from '../shared/table.ts';
import { bandsOf, median } from './lines.ts';
import { bare, beginsWithMark, withoutMarkers } from './notes.ts';
import type { Band, BodyType, Column, LineSegment, PageSize, PdfBlock } from './record.ts';
import {
  FEWEST_ROWS,
  HEADER_APART,
  INDENT,
  ITEM_INDENT,
  LARGE,
  LARGEST_STEP,
  LETTER_WIDTH,
  LONGEST_CELL,
  LONGEST_PLAIN_HEADING,
  MOST_LARGE_LINES,
  MOST_TITLE_LINES,
  NARROW_COLUMN,
  NEARLY_AS_LARGE,
  OTHER_SIZE,
  PARAGRAPH_STEP,
  RESIZED_SHARE,
  ROW_GOES_ON,
  ROWS_APART,
  SAME_BASE,
  SAME_SIZE_POINTS,
  SHORT_END_SHARE,
  STEP_ROUNDING_POINTS,
  TITLE_STEP,
  WRAPPED_CELL_SHARE,
} from './settings.ts';
export const keyOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The blocks of one part of a page that is read from top to bottom. `tables` counts on. */
export function columnBlocks({ segments }: Column, page: PageSize, type: BodyType, tables: { count: number }): PdfBlock[] {
  const bands = bandsOf(segments);
  const blocks: PdfBlock[] = [];
  let lines: LineSegment[] = [];
  const flush = () => {
    blocks.push(...paragraphs(lines, page, type));
    lines = [];
  };
  for (let at = 0; at < bands.length; ) {
    const end = tableEnd(bands, at);
    if (end > at) {
      const table = bands.slice(at, end);
      const header = headerAbove(lines.at(-1), table);
      if (header) lines.pop();
      flush();
      blocks.push(...readTable(header ? [header, ...table] : table, page, ++tables.count));
      at = end;
    } else {
      const band = bands[at] as Band;
      const rtl = band.segments.some((segment) => segment.rtl);
      lines.push(
        ...[...band.segments].sort((a, b) =>
          Math.abs(a.base - b.base) < a.size * SAME_BASE ? (rtl ? b.x0 - a.x0 : a.x0 - b.x0) : a.base - b.base,
        ),
      );
      at++;
    }
  }
  flush();
  return blocks;
}

/** The line right above a table as its header: names set in the middle of their columns are aligned with nothing else. */
function headerAbove(line: LineSegment | undefined, table: readonly Band[]): Band | null {
  const [first] = table;
  if (!line?.parts || !first || first.top - line.bottom > line.size * HEADER_APART) return null;
  const edges = columnEdges(table);
  const fits =
    line.parts.length === edges.length &&
    line.parts.every((part, at) => edges.every(([from, to], other) => (part.x0 < to && part.x1 > from) === (at === other)));
  if (!fits) return null;
  return { top: line.top, bottom: line.bottom, segments: line.parts.map((part) => ({ ...line, ...part, parts: undefined })) };
}

/** Where a table that begins with a band ends (exclusive), or the band itself. */
function tableEnd(bands: readonly Band[], from: number): number {
  let to = from;
  let rows = 0;
  for (; to < bands.length; to++) {
    const { segments, top } = bands[to] as Band;
    const above = bands[to - 1];
    const size = median(segments.map((segment) => segment.size));
    if (to > from && above && top - above.bottom > size * ROWS_APART) break;
    if (segments.length >= 2 && segments.every((segment) => segment.text.length <= LONGEST_CELL)) rows++;
    // A wrapped cell leaves a line of one segment between rows.
    else if (to === from || segments.length > 1 || !isInside(segments[0] as LineSegment, bands.slice(from, to))) break;
  }
  while (to > from && (bands[to - 1] as Band).segments.length < 2) to--;
  if (rows < FEWEST_ROWS) return from;
  const columns = columnEdges(bands.slice(from, to));
  return columns.length >= 2 ? to : from;
}

/** A short line within the columns of the rows above, not one from edge to edge. */
function isInside(segment: LineSegment, rows: readonly Band[]): boolean {
  const all = rows.flatMap((row) => row.segments);
  const [left, right] = [Math.min(...all.map(({ x0 }) => x0)), Math.max(...all.map(({ x1 }) => x1))];
  return segment.x0 >= left - 2 && segment.x1 - segment.x0 < (right - left) * WRAPPED_CELL_SHARE && segment.text.length <= LONGEST_CELL;
}

type Edge = [from: number, to: number];

/** Columns as the stretches that segments of the rows share; what spans several does not count. */
function columnEdges(rows: readonly Band[]): Edge[] {
  const all = rows.flatMap((row) => row.segments).sort((a, b) => a.x1 - a.x0 - (b.x1 - b.x0));
  const edges: Edge[] = [];
  for (const { x0, x1 } of all) {
    const hit = edges.filter(([from, to]) => x0 < to && x1 > from);
    if (hit.length === 0) edges.push([x0, x1]);
    else if (hit.length === 1) {
      const [edge] = hit as [Edge];
      edge[0] = Math.min(edge[0], x0);
      edge[1] = Math.max(edge[1], x1);
    }
  }
  return edges.sort((a, b) => a[0] - b[0]);
}

function readTable(bands: readonly Band[], page: PageSize, number: number): PdfBlock[] {
  const edges = columnEdges(bands);
  const segments = bands.flatMap((band) => band.segments);
  if (segments.filter((segment) => segment.rtl).length * 2 > segments.length) edges.reverse();
  const rows: { cells: RawCell[]; filled: number; first: boolean; band: Band; text: string[] }[] = [];
  for (const band of bands) {
    const texts: string[][] = edges.map(() => []);
    for (const segment of [...band.segments].sort((a, b) => a.base - b.base || a.x0 - b.x0)) {
      const over = edges
        .map(([from, to], at) => ({ at, shared: Math.min(to, segment.x1) - Math.max(from, segment.x0) }))
        .filter((one) => one.shared > 0);
      const at = over[0]?.at ?? 0;
      texts[at]?.push(withoutMarkers(segment.text));
    }
    const text = texts.map((parts) => parts.join(' '));
    const filled = text.filter((one) => one !== '').length;
    const above = rows.at(-1);
    // A line without its first cell goes on with the row above.
    if (
      above &&
      text[0] === '' &&
      filled < above.filled &&
      band.top - above.band.bottom < median(band.segments.map((one) => one.size)) * ROW_GOES_ON
    ) {
      above.text = above.text.map((one, at) => [one, text[at]].filter((part) => part !== '').join(' '));
      above.band = { ...above.band, bottom: band.bottom };
    } else rows.push({ cells: [], filled, first: text[0] !== '', band, text });
  }
  const made = rows.map(({ text }): RawCell[] => text.map((one) => ({ pieces: [literal(clean(one))] })));
  const blocks = tableBlocks(made, { headers: null, number, page: page.number });
  const all = bands.flatMap((band) => band.segments);
  const box = boxOf(all, page);
  const first = all[0] as LineSegment;
  // What heads the columns makes no row of its own.
  const headed = rows.length - blocks.length;
  return blocks.map((block, at) => {
    const band = rows[headed + at]?.band;
    const own = headed >= 0 && band ? rowBox(box, band, page) : box;
    return { ...block, box: own, size: first.size, font: first.font, short: true, room: Number.POSITIVE_INFINITY };
  });
}

/** A row is as wide as its table. */
const rowBox = ([left, , right]: Box, { top, bottom }: Band, page: PageSize): Box => [
  left,
  shareOf(top, page.height),
  right,
  shareOf(bottom, page.height),
];

/** A place as a share of the page, within it. */
const shareOf = (value: number, of: number) => Math.round(Math.min(1, Math.max(0, value / of)) * 10_000) / 10_000;

const clean = (text: string): string => normalise(text).text;

function boxOf(segments: readonly LineSegment[], { width, height }: PageSize): Box {
  return [
    shareOf(Math.min(...segments.map(({ x0 }) => x0)), width),
    shareOf(Math.min(...segments.map(({ top }) => top)), height),
    shareOf(Math.max(...segments.map(({ x1 }) => x1)), width),
    shareOf(Math.max(...segments.map(({ bottom }) => bottom)), height),
  ];
}

/** How far down the next line stands after full ones, which go on there; of one size of type. */
export function stepsOf(lines: readonly LineSegment[]): { size: number; step: number }[] {
  const left = median(lines.map(({ x0 }) => x0));
  const right = Math.max(...lines.map(({ x1 }) => x1));
  return lines.slice(1).flatMap((line, at) => {
    const before = lines[at] as LineSegment;
    const step = line.base - before.base;
    const room = line.rtl ? before.x0 - left : right - before.x1;
    const goesOn =
      right - left > line.size * NARROW_COLUMN &&
      room <= (right - left) * SHORT_END_SHARE &&
      step > 0 &&
      step < line.size * LARGEST_STEP &&
      Math.abs(line.size - before.size) < SAME_SIZE_POINTS;
    return goesOn ? [{ size: line.size, step }] : [];
  });
}

/** A line, and the one above it in its column. */
interface Following {
  line: LineSegment;
  previous: LineSegment;
  /** The first line of the paragraph so far. */
  first: LineSegment;
  /** Words of the line above. */
  before: string;
  /** How far down it stands. */
  step: number;
  /** The line above was ended on purpose. */
  shortEnd: boolean;
}

/** Lines of running text put together to paragraphs: up to a gap, another size, a bullet, an indent or a line ended on purpose. */
function paragraphs(lines: readonly LineSegment[], page: PageSize, type: BodyType): PdfBlock[] {
  if (lines.length === 0) return [];
  const leading = median(stepsOf(lines).map(({ step }) => step)) || type.leading;
  const left = median(lines.map(({ x0 }) => x0));
  const right = Math.max(...lines.map(({ x1 }) => x1));
  const width = Math.max(1, right - left);
  const groups: LineSegment[][] = [];
  let label: string | null = null;
  lines.forEach((line, at) => {
    const previous = lines[at - 1];
    const group = groups.at(-1);
    const number = numbering(line.text);
    if (!previous || !group) {
      groups.push([line]);
      label = number?.label ?? null;
      return;
    }
    const before = bare(previous.text);
    const shortEnd = (line.rtl ? previous.x0 - left : right - previous.x1) > width * SHORT_END_SHARE;
    const step = line.base - previous.base;
    const following: Following = { line, previous, first: group[0] as LineSegment, before, step, shortEnd };
    const starts = number !== null && isNextItem(label, number.label) && (endsSentence(before) || shortEnd);
    const sameLine = Math.abs(step) < line.size * SAME_BASE;
    const breaks =
      !sameLine && (starts || stepsAside(following, leading, type) || isMarked(following, type) || isOnItsOwn(following, left));
    if (breaks) groups.push([line]);
    else group.push(line);
    if (number && (breaks || starts)) label = number.label;
  });
  return groups.map((group) => toBlock(group, page, type, { left, right }));
}

/** Whether an item of this label may follow one of the other, or begin a list. */
const isNextItem = (label: string | null, next: string): boolean => /^(?:1|a|i)$/.test(next) || (label !== null && follows(label, next));

/** A gap, a step back up, or another size. `leading`: the usual step. */
function stepsAside({ line, previous, step, shortEnd }: Following, leading: number, type: BodyType): boolean {
  const resized = Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * RESIZED_SHARE;
  const usual = leading * PARAGRAPH_STEP;
  const most = large(line, type) && !resized ? Math.max(usual, line.size * TITLE_STEP) : usual;
  if (step > most + STEP_ROUNDING_POINTS || step < -line.size) return true;
  const unlikeText = Math.max(line.size, previous.size) > type.size * OTHER_SIZE;
  return resized && (shortEnd || unlikeText || step > leading * OTHER_SIZE);
}

/** A bullet, the mark of a note, the number of a section, or another font than that of the line above. */
function isMarked({ line, previous, shortEnd }: Following, type: BodyType): boolean {
  if (bulletLength(line.text) > 0 || (beginsWithMark(line.text) && line.size < type.size)) return true;
  if (sectionDepth(line.text) > 1 && line.font !== type.font && isTitleLike(line.text)) return true;
  return shortEnd && line.font !== previous.font && isHeadingShape(previous, type) !== isHeadingShape(line, type);
}

/** A sentence that begins with an indent, or after a line that was ended on purpose. */
function isOnItsOwn({ line, previous, first, before, step, shortEnd }: Following, left: number): boolean {
  if (!endsSentence(before)) return false;
  const indented = !line.rtl && line.x0 - previous.x0 > line.size * INDENT && previous.x0 - left < line.size;
  if (indented && bulletLength(first.text) === 0) return true;
  return shortEnd && step > 0 && /^[\p{Lu}\p{N}“"]/u.test(line.text) && !isMidSentence(before);
}

const large = (line: LineSegment, type: BodyType): boolean => line.size > type.size * LARGE;

const isMidSentence = (text: string) => /\b(?:e\.g|i\.e|vs|cf|Fig|al|No|Dr|Mr|Ms|St)\.$/.test(text);

const isHeadingShape = (line: LineSegment, type: BodyType): boolean => line.font !== type.font && line.text.length < LONGEST_PLAIN_HEADING;

function follows(label: string, next: string): boolean {
  if (/^\d+$/.test(label) && /^\d+$/.test(next)) return Number(next) === Number(label) + 1;
  return label.length === 1 && next.charCodeAt(0) === label.charCodeAt(0) + 1;
}

function toBlock(group: readonly LineSegment[], page: PageSize, type: BodyType, column: { left: number; right: number }): PdfBlock {
  const first = group[0] as LineSegment;
  const last = group.at(-1) as LineSegment;
  const pieces = [literal(clean(first.text))];
  const address = isAddress(group, column);
  for (const [at, line] of group.entries()) {
    if (at === 0) continue;
    if (address) pieces.push(literal('\n'), literal(clean(line.text)));
    else join(pieces, [literal(clean(line.text))], type.words);
  }
  let own = tidy(pieces);
  const text = textOf(own);
  const size = median(group.map((line) => line.size));
  const fonts = new Set(group.map((line) => line.font));
  const block: PdfBlock = {
    kind: 'body',
    pieces: own,
    level: 0,
    depth: 0,
    page: page.number,
    box: boxOf(group, page),
    size,
    font: first.font,
    short: column.right - last.x1 > (column.right - column.left) * SHORT_END_SHARE,
    room: Math.max(0, column.right - last.x1) / Math.max(1, size * LETTER_WIDTH),
  };
  const known = type.outline.get(keyOf(text));
  const big = size > type.size * LARGE;
  const other = !fonts.has(type.font) && size > type.size * NEARLY_AS_LARGE;
  const titled =
    text.length <= LONGEST_HEADING &&
    group.length <= (big ? MOST_LARGE_LINES : MOST_TITLE_LINES) &&
    /\p{L}{2}/u.test(text) &&
    !/[.;,:]$/.test(text);
  const bullet = bulletLength(text);
  const number = numbering(text);
  if (known !== undefined && group.length <= MOST_TITLE_LINES) {
    block.kind = 'heading';
    block.level = known;
  } else if (
    titled &&
    bullet === 0 &&
    (big || (other && (sectionDepth(text) > 0 || isTitleLike(text)) && text.length <= LONGEST_PLAIN_HEADING))
  ) {
    block.kind = 'heading';
    block.level = -1;
  } else if (bullet > 0) {
    block.kind = 'item';
    own = tidy([literal(text.slice(bullet))]);
    block.pieces = own;
  } else if (number && group.length > 0 && first.x0 - column.left < size * ITEM_INDENT) {
    block.kind = 'item';
    block.marker = text.slice(0, number.length).trim();
    block.pieces = tidy([literal(text.slice(number.length))]);
  } else if (isQuotation(text)) block.kind = 'quotation';
  return block;
}

/** Lines ended on purpose, some with a telephone, mail or web address. */
function isAddress(group: readonly LineSegment[], { left, right }: { left: number; right: number }): boolean {
  const broken = group.slice(0, -1).filter((line) => right - line.x1 > (right - left) * SHORT_END_SHARE);
  return group.length > 1 && broken.length * 2 >= group.length && group.some(({ text }) => isContactLine(text));
}
