import type { Piece } from './pieces.ts';

/** Where a paragraph stands on its page: left, top, right, bottom as shares (0..1) of the page as it is shown. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** A cell of a table row: the name of its column ('' without one) and its text as UTF-16 offsets into the block's text. */
export interface Cell {
  name: string;
  start: number;
  end: number;
}

/** A paragraph-to-be. */
export interface Block {
  kind: 'heading' | 'body' | 'item' | 'quotation' | 'contact';
  pieces: Piece[];
  /** Headings only: 0 is the title of the document, 1 the highest section. */
  level: number;
  /** Items only: how deep the list is nested, from 0. */
  depth: number;
  /** From 1, or null when the source does not say where pages end. */
  page: number | null;
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

/** What the reader of a format made of one source. */
export interface ParsedSource {
  /** In reading order. */
  blocks: Block[];
  /** Title of the document, or null. */
  title: string | null;
  /** Text of the line of the first page that only dates the document, or null. */
  dateLine: string | null;
  /** Flat members of the front matter. */
  meta: Record<string, string>;
  /** What went wrong without stopping the reading. */
  problems: Told[];
}
