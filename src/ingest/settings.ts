/**
 * How much is read, of a folder and of a file. None of it shapes what is read of an ordinary briefing: these are bounds against files that
 * are no briefings, or that are made to burst.
 */

export const MEGABYTE = 1024 * 1024;
/** Largest text file, bytes; 1 MB to what memory holds. 100 pages of text are 0.4 MB. */
export const LARGEST_TEXT_BYTES = 20 * MEGABYTE;
/** Largest file of a format that holds pictures, bytes. */
export const LARGEST_DOCUMENT_BYTES = 200 * MEGABYTE;
/** Deepest folder looked into, 1 and more. */
export const DEEPEST_FOLDER = 20;
/** How often a file that changes while it is read is read again, and how long is waited before, milliseconds. */
export const READ_TRIES = 3;
export const READ_PAUSE_MILLISECONDS = 100;
/** Longest time one file may take in the process that reads, milliseconds: the 872-page handbook takes two seconds. */
export const READING_MILLISECONDS = 60_000;
/** Memory of that process for what it makes of a file, megabytes: the 872-page handbook takes 250. */
export const READING_MEGABYTES = 1024;
/** Memory of the thread that ends it when its parent is gone, megabytes. */
export const ORPHAN_WATCH_MEGABYTES = 16;
/** Most text handed back by it, UTF-16 units: beyond it a document is made to burst. */
export const MOST_TEXT_UNITS = 100_000_000;
/** Longest title, UTF-16 units: it stands in every citation, page and prompt. The longest of real briefings has 190. */
export const LONGEST_TITLE = 250;
/** How much of a document its language is told by, UTF-16 units. */
export const LANGUAGE_SAMPLE = 20_000;
