import type { Block, Reading } from '../blocks.ts';
import { literal, type Piece, slice, textOf, tidy } from '../pieces.ts';
import { frontMatter } from './front-matter.ts';
import { inline } from './inline.ts';
import { join, type Spelling, spelling } from './joins.ts';
import { DEEPEST, FENCE, type Row, readRows } from './rows.ts';
import { dateOfLine, isContactLine } from './shapes.ts';

const ATX = /^(#{1,6})(?:[ \t]+|$)/;
/** "{#anchor .class}" after a heading, as Pandoc and kramdown have it. */
const HEADING_ATTRIBUTES = /[ \t]\{:?[ \t]?[#.][^{}]{1,100}\}$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const LIST = /^([-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
const DEFINITION = /^\[([^[\]^]{1,200})\]:[ \t]*\S/;
const NOTE = /^\[\^[^[\]]{1,100}\]:[ \t]*/;
/** Reads Markdown. `text` is normalised without undoing escapes; offsets of the pieces point into it. Total and linear. */
export function readMarkdown(text: string): Reading {
  const { meta, end, problems } = frontMatter(text);
  const rows = readRows(text, end);
  const references = new Set<string>();
  for (const row of rows) {
    const found = row.text.startsWith('[') ? DEFINITION.exec(row.text.slice(0, 300)) : null;
    if (found) references.add((found[1] as string).toLowerCase());
  }
  const blocks = parse(text, rows, references, spelling(text));
  const { title, dateLine, rest } = takeTitle(blocks);
  return { blocks: rest, title, dateLine, meta, problems };
}

function parse(text: string, rows: readonly Row[], references: ReadonlySet<string>, words: Spelling): Block[] {
  const blocks: Block[] = [];
  let open: { block: Block; raw: Piece[]; quote: number; code: boolean } | null = null;
  /** Columns at which the text of the open list items begins. */
  const columns: number[] = [];
  let fence = '';
  let blank = true;
  const unclosed = new Set<string>();
  const close = () => {
    if (!open) return;
    const pieces = tidy(open.code ? open.raw : inline(open.raw, references));
    if (pieces.length > 0) blocks.push({ ...open.block, pieces });
    open = null;
  };
  const begin = (kind: Block['kind'], row: Row, from: number, more: Partial<Block> = {}) => {
    close();
    const block: Block = {
      kind: kind === 'body' && row.quote > 0 ? 'quotation' : kind,
      pieces: [],
      level: 0,
      depth: 0,
      page: null,
      ...more,
    };
    open = { block, raw: from < row.end ? [slice(text, from, row.end)] : [], quote: row.quote, code: false };
    return open;
  };
  const single = (kind: Block['kind'], pieces: Piece[], level = 0) => {
    close();
    const tidied = tidy(inline(pieces, references));
    if (tidied.length > 0) blocks.push({ kind, pieces: tidied, level, depth: 0, page: null });
  };
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    const current = open as { block: Block; raw: Piece[]; quote: number; code: boolean } | null;
    if (fence !== '') {
      const mark = FENCE.exec(row.text)?.[1];
      if (mark?.startsWith(fence) && row.text === mark) {
        fence = '';
        close();
      } else if (current && row.text !== '') current.raw.push(literal('\n'), slice(text, row.start, row.start + row.text.length));
      continue;
    }
    if (row.text === '') {
      close();
      blank = true;
      continue;
    }
    const end = rawEnd(rows, index, unclosed);
    if (end > index) {
      close();
      index = end;
      continue;
    }
    const wasBlank = blank;
    blank = false;
    if (columns.length > 0 && wasBlank && row.indent < (columns[0] as number) && !LIST.test(row.text.slice(0, 20))) columns.length = 0;
    const mark = FENCE.exec(row.text)?.[1];
    if (mark) {
      fence = mark;
      begin('body', row, row.end).code = true;
      continue;
    }
    const atx = ATX.exec(row.text.slice(0, 20));
    if (atx && row.indent < 4 + (columns.at(-1) ?? 0)) {
      const inner = row.text
        .slice(atx[0].length)
        .replace(/(?:^|[ \t])#{1,20}$/, '')
        .replace(HEADING_ATTRIBUTES, '');
      columns.length = 0;
      single('heading', [slice(text, row.start + atx[0].length, row.start + atx[0].length + inner.length)], (atx[1] as string).length);
      continue;
    }
    // A line of = or - below a paragraph makes it a heading.
    if (current && current.quote === row.quote && current.block.kind === 'body' && !current.code && isUnderline(row.text)) {
      open = null;
      single('heading', current.raw, row.text.startsWith('=') ? 1 : 2);
      continue;
    }
    if (row.text.length < 200 && RULE.test(row.text)) {
      close();
      continue;
    }
    if (!current && DEFINITION.test(row.text.slice(0, 300))) continue;
    const list = LIST.exec(row.text.slice(0, 20));
    if (list && (list[0].length < row.text.length || !current)) {
      const column = row.indent + list[0].length;
      while (columns.length > 0 && row.indent < (columns.at(-1) as number)) columns.pop();
      columns.push(column);
      const task = /^\[[ xX]\][ \t]+/.exec(row.text.slice(list[0].length, list[0].length + 8))?.[0].length ?? 0;
      begin('item', row, row.start + list[0].length + task, { depth: columns.length - 1 });
      continue;
    }
    const header = tableCells(row);
    const under = rows[index + 1];
    if (header.length > 1 && under && under.quote === row.quote && isDelimiter(under, header.length)) {
      index = readTable(text, rows, index, header, single);
      continue;
    }
    if (current && current.quote <= row.quote + (wasBlank ? 0 : DEEPEST) && !current.code) {
      const previous = current.raw.at(-1)?.text ?? '';
      const broken = /(?: {2,}|\\)$/.test(previous.slice(-4));
      if (broken) {
        const last = current.raw.at(-1) as Piece;
        current.raw.splice(
          -1,
          1,
          { text: last.text.replace(/\\$/, '').trimEnd(), at: last.at },
          literal('\n'),
          slice(text, row.start, row.end),
        );
      } else join(current.raw, [slice(text, row.start, row.end)], words);
      continue;
    }
    const note = NOTE.exec(row.text.slice(0, 150))?.[0].length ?? 0;
    begin(columns.length > 0 ? 'item' : 'body', row, row.start + note, { depth: Math.max(0, columns.length - 1) });
  }
  close();
  return blocks.map((block) => (block.kind === 'body' && isContactBlock(textOf(block.pieces)) ? { ...block, kind: 'contact' } : block));
}

/** The row that ends a script or style of several rows beginning at `index`, which is no text; else `index`. */
function rawEnd(rows: readonly Row[], index: number, unclosed: Set<string>): number {
  const name = /^<(script|style)(?:\s|>|$)/i.exec((rows[index] as Row).text.slice(0, 10))?.[1]?.toLowerCase();
  if (name === undefined || unclosed.has(name)) return index;
  const close = new RegExp(`</${name}>`, 'i');
  for (let at = index; at < rows.length; at++) if (close.test((rows[at] as Row).text)) return at;
  unclosed.add(name);
  return index;
}

const isUnderline = (line: string): boolean => line.length < 200 && /^(?:=+|-+)$/.test(line);

/** Offsets of the cells of a table row, white space included; bars inside code or after a backslash do not count. */
function tableCells(row: Row): { start: number; end: number }[] {
  if (!row.text.includes('|')) return [];
  const cells: { start: number; end: number }[] = [];
  let from = row.text.startsWith('|') ? 1 : 0;
  let code = false;
  for (let at = from; at < row.text.length; at++) {
    const unit = row.text[at];
    if (unit === '\\') at++;
    else if (unit === '`') code = !code;
    else if (unit === '|' && !code) {
      cells.push({ start: row.start + from, end: row.start + at });
      from = at + 1;
    }
  }
  if (from < row.text.length) cells.push({ start: row.start + from, end: row.start + row.text.length });
  return cells;
}

const isDelimiter = (row: Row, count: number): boolean => {
  const cells = row.text.replace(/^\||\|$/g, '').split('|');
  return row.text.includes('-') && cells.length === count && cells.every((cell) => /^:?-+:?$/.test(cell.trim()));
};

/** One paragraph a row, "header: value; header: value", so that a row can be cited alone. */
function readTable(
  text: string,
  rows: readonly Row[],
  index: number,
  header: { start: number; end: number }[],
  single: (kind: Block['kind'], pieces: Piece[]) => void,
): number {
  let at = index + 2;
  for (; at < rows.length; at++) {
    const row = rows[at] as Row;
    const cells = tableCells(row);
    if (row.text === '' || cells.length === 0) break;
    const pieces: Piece[] = [];
    cells.slice(0, header.length).forEach((cell, column) => {
      const value = text.slice(cell.start, cell.end).trim();
      const name = text.slice(header[column]?.start, header[column]?.end).trim();
      if (value === '') return;
      if (pieces.length > 0) pieces.push(literal('; '));
      if (name !== '') pieces.push(literal(`${name}: `));
      pieces.push(
        slice(
          text,
          cell.start + text.slice(cell.start, cell.end).indexOf(value),
          cell.start + text.slice(cell.start, cell.end).indexOf(value) + value.length,
        ),
      );
    });
    single('body', pieces);
  }
  return at - 1;
}

/** Several short lines kept apart by hard breaks, some with a telephone, mail or web address. */
function isContactBlock(text: string): boolean {
  const lines = text.slice(0, 2000).split('\n');
  return lines.length > 1 && text.length < 2000 && lines.every((line) => line.length <= 90) && lines.some(isContactLine);
}

/** The first heading, when nothing stands before it, is the title; a line of the first page may do nothing but date it. */
function takeTitle(blocks: readonly Block[]): { title: string | null; dateLine: string | null; rest: Block[] } {
  const rest = [...blocks];
  let dateLine: string | null = null;
  const dated = rest
    .slice(0, 3)
    .findIndex((block) => (block.kind === 'body' || block.kind === 'heading') && dateOfLine(textOf(block.pieces)) !== null);
  if (dated >= 0 && rest.slice(0, dated).every((block) => block.kind === 'heading')) {
    dateLine = textOf((rest[dated] as Block).pieces);
    rest.splice(dated, 1);
  }
  const first = rest[0];
  if (first?.kind !== 'heading' || rest.length === 1) return { title: null, dateLine, rest };
  rest[0] = { ...first, level: 0 };
  return { title: textOf(first.pieces), dateLine, rest };
}
