import type { Block } from '../../blocks.ts';
import type { Spelling } from '../shared/joins.ts';

/** A piece of text as the page draws it. */
export interface Glyphs {
  x0: number;
  x1: number;
  base: number;
  size: number;
  font: string;
  text: string;
  rtl: boolean;
}

/** A stretch of text on one line of a page, between gaps wider than a word space. Units are points from the top left corner. */
export interface LineSegment {
  x0: number;
  x1: number;
  top: number;
  bottom: number;
  base: number;
  /** Size and font of most of it. */
  size: number;
  font: string;
  text: string;
  rtl: boolean;
  /** Its parts between wide gaps that nothing around says are columns; absent without any. */
  parts?: { x0: number; x1: number; text: string }[];
}

/** Segments that overlap from top to bottom, directly or through others. */
export interface Band {
  top: number;
  bottom: number;
  segments: LineSegment[];
}

/** A part of a page that is read from top to bottom. */
export interface Column {
  segments: LineSegment[];
}

export interface PageSize {
  number: number;
  width: number;
  height: number;
}

/** A page with what stands on it. */
export interface PageLines extends PageSize {
  segments: LineSegment[];
}

/** A block with what later steps judge by. */
export interface PdfBlock extends Block {
  size: number;
  font: string;
  /** Where its last line ends short of the column. */
  short: boolean;
  /** About how many letters more its last line had room for. */
  room: number;
}

/** What holds for the whole document. */
export interface BodyType {
  /** Size and font of most of the text. */
  size: number;
  font: string;
  /** From one line of it to the next, points. */
  leading: number;
  /** Level of a heading by its text, from the outline. */
  outline: ReadonlyMap<string, number>;
  words: Spelling;
}
