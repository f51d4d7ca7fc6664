import type { Block, Reading } from '../blocks.ts';

/** Where a paragraph stands on its page: left, top, right, bottom as shares (0..1) of the page as it is shown. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** A cell of a table row: the name of its column ('' without one) and its text as UTF-16 offsets into the block's text. */
export interface Cell {
  name: string;
  start: number;
  end: number;
}

/** A block with what only some formats tell. */
export interface ReadBlock extends Block {
  /** `row` of a table, `note` at the foot or end, `code` as it was typed. */
  role?: 'row' | 'note' | 'code';
  box?: Box;
  /** Number or mark of a list item as it is shown ("3.", "(b)"), where it is no part of the text. */
  marker?: string;
  /** Rows only: number of the table in the document, from 1, and its cells. */
  table?: number;
  cells?: Cell[];
}

/** Something to tell about one file: what went wrong, or, as a `note`, what was left out on purpose. */
export interface Told {
  message: string;
  hint: string;
  note?: true;
}

export interface RichReading extends Omit<Reading, 'problems'> {
  blocks: ReadBlock[];
  problems: Told[];
}
