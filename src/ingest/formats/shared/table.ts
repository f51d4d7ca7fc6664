import type { Block, Cell } from '../../blocks.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';

/** One cell as a reader found it. */
export interface RawCell {
  pieces: Piece[];
  /** Columns it spans, from 1. */
  span?: number;
}

export interface TableOptions {
  /** Rows at the top that name the columns; null: the reader cannot tell, the rows themselves decide. */
  headers: number | null;
  /** Number of the table in its document, from 1. */
  number: number;
  page?: number | null;
}

/** Longest name of a column, UTF-16 units; what is longer is a statement. */
const LONGEST_NAME = 80;

/**
 * One paragraph a row, "name: value; name: value", so that a row can be cited alone and says what its values are. Several
 * header rows are joined name by name; a header without words gives way to the first row; cells beyond the header stand without
 * a name. No word is dropped: names that no row uses stand in a row of their own.
 */
export function tableBlocks(input: readonly (readonly RawCell[])[], options: TableOptions): Block[] {
  const rows = input.map((row) => row.map((cell) => ({ pieces: tidy(cell.pieces), span: Math.max(1, Math.min(cell.span ?? 1, 1000)) })));
  let from = options.headers ?? Number(looksLikeHeader(rows.map((row) => row.map((cell) => textOf(cell.pieces)))));
  // What converters write for a table without a header: an empty row on top.
  while (from > 0 && rows.slice(0, from).every((row) => row.every((cell) => cell.pieces.length === 0)) && rows.length > from) {
    rows.splice(0, from);
    from = 1;
  }
  // What writes tables by rule has the first row of data where names should be.
  if (from === 1 && isLikeData(rows.map((row) => row.map((cell) => textOf(cell.pieces))))) from = 0;
  const names = headerNames(rows.slice(0, from));
  const used = new Set<string>();
  const blocks: Block[] = [];
  for (const row of rows.slice(from)) {
    const block = rowBlock(row, names, options, used);
    if (block) blocks.push(block);
  }
  if (names.some((name) => name !== '' && !used.has(name))) {
    const seen = new Set<string>();
    const left = names.filter((name) => name !== '' && !seen.has(name) && seen.add(name));
    const block = rowBlock(
      left.map((name) => ({ pieces: [literal(name)], span: 1 })),
      [],
      options,
      used,
    );
    if (block) blocks.unshift(block);
  }
  return blocks;
}

function rowBlock(
  row: readonly { pieces: Piece[]; span: number }[],
  names: readonly string[],
  { number, page }: TableOptions,
  used: Set<string>,
): Block | null {
  const pieces: Piece[] = [];
  const cells: Cell[] = [];
  let length = 0;
  const put = (list: readonly Piece[]) => {
    for (const piece of list) {
      pieces.push(piece);
      length += piece.text.length;
    }
  };
  let column = 0;
  for (const cell of row) {
    const name = names[column] ?? '';
    column += cell.span;
    if (cell.pieces.length === 0) continue;
    // Inside a row a line break is a space: the row is one line.
    const value = cell.pieces.map((piece) => (piece.text.includes('\n') ? { ...piece, text: piece.text.replace(/\n/g, ' ') } : piece));
    if (length > 0) put([literal(/[:：]$/.test(pieces.at(-1)?.text ?? '') ? ' ' : '; ')]);
    if (name !== '' && name !== textOf(value)) put([literal(/[:：?]$/.test(name) ? `${name} ` : `${name}: `)]);
    if (name !== '') used.add(name);
    const start = length;
    put(value);
    cells.push({ name, start, end: length });
  }
  if (cells.length === 0) return null;
  return { kind: 'body', pieces, level: 0, depth: 0, page: page ?? null, role: 'row', table: number, cells };
}

/**
 * The name of each column: of several header rows the words above it, from the top, none twice in a row. Beside a name that has others
 * below it an empty cell is spanned by that name, where it has one below it, too: Markdown cannot say so.
 */
function headerNames(rows: readonly (readonly { pieces: Piece[]; span: number }[])[]): string[] {
  const table = rows.map((row) => row.flatMap(({ pieces, span }) => Array<string>(span).fill(textOf(pieces).replace(/\s+/g, ' '))));
  const names: string[][] = [];
  table.forEach((row, level) => {
    const below = table[level + 1];
    row.forEach((text, at) => {
      if (text === '' && at > 0 && below?.[at] && below[at - 1]) row[at] = row[at - 1] as string;
      const parts = names[at] ?? [];
      names[at] = parts;
      const name = row[at] as string;
      if (name !== '' && parts.at(-1) !== name) parts.push(name);
    });
  });
  return Array.from(names, (parts) => (parts ?? []).join(' '));
}

/** A text without its letters and digits: "January 1" and "March 31" are alike, "Q1 2024" and "12" are not. Null when it has not both. */
function shapeOf(text: string): string | null {
  const shape = text
    .trim()
    .replace(/\p{L}+/gu, 'a')
    .replace(/\d+/g, '0');
  return shape.includes('a') && shape.includes('0') ? shape : null;
}

/** Least rows below that have to be alike. */
const LEAST_ALIKE = 2;

/** Whether the first row has a value of the very shape that most values below it have, letters and figures both: it names nothing. */
function isLikeData([first = [], ...rest]: readonly (readonly string[])[]): boolean {
  return first.some((text, at) => {
    const shape = shapeOf(text);
    const below = rest.flatMap((row) => (row[at]?.trim() ? [shapeOf(row[at] as string)] : []));
    const alike = below.filter((one) => one === shape).length;
    return shape !== null && alike >= LEAST_ALIKE && alike > below.length / 2;
  });
}

/** Whether the first of the rows names the columns: three rows, or two of three columns with figures in the second, and a short name, none a number, in every cell. */
function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first || rest.length === 0 || first.length < 2) return false;
  if (rest.length === 1 && (first.length < 3 || !rest[0]?.some((text) => /\d/.test(text)))) return false;
  const names = first.filter((text) => text !== '');
  if (/[:：]$/.test(first[0] ?? '') || names.length < Math.max(2, first.length - 1) || new Set(names).size < names.length) return false;
  return names.every(
    (text) => text.length <= LONGEST_NAME && /\p{L}/u.test(text) && !/^[\d.,%€$£\s+-]+$/.test(text) && !/[.!?]$/.test(text),
  );
}
