import type { Piece } from './pieces.ts';

/** What a reader makes of a source: one block a paragraph-to-be, in reading order. */
export interface Block {
  kind: 'heading' | 'body' | 'item' | 'quotation' | 'contact';
  pieces: Piece[];
  /** Headings only: 0 is the title of the document, 1 the highest section. */
  level: number;
  /** Items only: how deep the list is nested, from 0. */
  depth: number;
  /** From 1, or null when the source does not say where pages end. */
  page: number | null;
}

/** What a reader found in one source. */
export interface Reading {
  blocks: Block[];
  /** Title of the document, or null. */
  title: string | null;
  /** Text of the line of the first page that only dates the document, or null. */
  dateLine: string | null;
  /** Flat members of the front matter. */
  meta: Record<string, string>;
  /** What went wrong without stopping the reading. */
  problems: { message: string; hint: string }[];
}
