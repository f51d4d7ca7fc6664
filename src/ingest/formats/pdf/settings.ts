/**
 * How type is set, as far as a page without marks tells lines, columns, paragraphs and headings by it. Lengths are in sizes of type (1 is as
 * high as the type around is large) unless they say points or a share. All of them are what printers' custom and the pages at hand suggested
 * when the reader was written (tests/ingest/readers/pdf.test.ts has such pages); none was searched for by a measurement.
 */

// Lines.

/** Two pieces of text whose base lines are less apart stand on one line. */
export const ON_ONE_LINE = 0.2;
/** The same of lines, whose base is the mean of their pieces. */
export const SAME_BASE = 0.3;
/** A raised or lowered figure is smaller than this share of what it belongs to, and no further from it up, down or aside. */
export const SMALL_SHARE = 0.85;
export const SMALL_APART = 0.5;
/** A mark of a note is smaller than this share of the word before it, and higher by no less and no more than these. */
export const MARK_SHARE = 0.8;
export const MARK_LEAST_RAISED = 0.15;
export const MARK_MOST_RAISED = 0.8;
/** How far a letter reaches above its base line and below it. */
export const ASCENT = 0.8;
export const DESCENT = 0.22;
/** Ascenders of one line may touch descenders of the one above by so much. */
export const TOUCHING = 0.25;

// Gaps within a line.

/** A space; what may be a gap between two cells; what surely is one. Justified words stand up to three apart. */
export const SPACE = 0.12;
export const APART = 1.0;
export const FAR = 3.5;
/** Share of `APART` from which on the pieces of a line are remembered, for it may head a table. */
export const MAY_BE_APART = 0.8;
/** Widest of the gaps of a justified line over its narrowest: of three gaps and more, and of two. */
export const JUSTIFIED_SPREAD = 1.4;
export const JUSTIFIED_SPREAD_OF_TWO = 1.1;
/** How far the mark of a list item may stand from its text. */
export const ITEM_MARK_APART = 5;

// Columns and tables.

/** Fewest lines that leave a gap open for it to be the gutter of columns, and the least width of that gap. */
export const GUTTER_LINES = 6;
export const GUTTER = 0.5;
/** How near the edges of cells are, in points; how far up and down others are looked for; how many there must be. */
export const NEAR_POINTS = 1.5;
export const AROUND = 9;
export const ALIKE_EDGES = 2;
/** Rows of a table are no further apart, and the line that heads it stands no higher above it. */
export const ROWS_APART = 2.2;
export const HEADER_APART = 1.2;
/** A line without its first cell goes on with the row above when it stands no further below it. */
export const ROW_GOES_ON = 0.6;
/** Longest text of one cell, UTF-16 units, and fewest rows of a table. */
export const LONGEST_CELL = 60;
export const FEWEST_ROWS = 3;
/** Share of the width of a table that one wrapped cell keeps within. */
export const WRAPPED_CELL_SHARE = 0.5;
/** A column narrower than this (some 30 letters) is a list of names, and its lines are full of nothing. */
export const NARROW_COLUMN = 14;

// Paragraphs and headings.

/** A line that ends before this share of its column was ended on purpose. */
export const SHORT_END_SHARE = 0.12;
/** Two sizes that differ by less are one: in points, and as a share of the larger, within a paragraph and over the end of a column. */
export const SAME_SIZE_POINTS = 0.1;
export const RESIZED_SHARE = 0.08;
export const RESIZED_OVER_COLUMNS_SHARE = 0.06;
/** The same when the sizes of a whole document are compared, in points. */
export const NEAR_SIZE_POINTS = 0.3;
/** Step from line to line where nothing tells it. */
export const USUAL_LEADING = 1.2;
/** Largest step that may still be one line to the next. */
export const LARGEST_STEP = 2;
/** A paragraph ends where the step is so many times the usual one, or where lines of a title are further apart; a half point is rounding. */
export const PARAGRAPH_STEP = 1.35;
export const TITLE_STEP = 1.5;
export const STEP_ROUNDING_POINTS = 0.5;
/** Lines of another size than the text begin a paragraph from this share of it on, or from this share of the usual step. */
export const OTHER_SIZE = 1.1;
/** An indent that begins a paragraph. */
export const INDENT = 0.7;
/** Type of a heading: larger than the text by this share, or at least nearly as large and of another font. */
export const LARGE = 1.12;
export const NEARLY_AS_LARGE = 0.93;
/** Longest heading that only its font tells, UTF-16 units. */
export const LONGEST_PLAIN_HEADING = 120;
/** Lines of a title: in larger type, where narrow columns break it often, and in the type of the text. */
export const MOST_LARGE_LINES = 8;
export const MOST_TITLE_LINES = 4;
/** Width of a letter: about what the common book types have. */
export const LETTER_WIDTH = 0.45;
/** How far from the edge of its column a numbered item begins. */
export const ITEM_INDENT = 6;
/** Deepest level of headings. */
export const DEEPEST_HEADING = 6;
/** A block that begins higher than the one before ended, by this share of the page, stands at the top of the next column. */
export const HIGHER_SHARE = 0.01;

// Running heads.

/** Heights of one running head on two pages differ by less, in points. */
export const SAME_HEIGHT_POINTS = 6;

// Bounds against pages that are made to burst.

/** Most pages read, and most pieces of text of one page. */
export const MOST_PAGES = 5000;
export const MOST_PIECES = 200_000;
/** Most entries of the outline on one level, and its deepest level. */
export const MOST_OUTLINE_ENTRIES = 5000;
export const DEEPEST_OUTLINE = 8;
/** Longest title in the properties of a file, UTF-16 units, and the shortest. */
export const LONGEST_HINT = 300;
export const SHORTEST_HINT = 4;
/** Numbers of pages told in one message. */
export const PAGES_TOLD = 12;
