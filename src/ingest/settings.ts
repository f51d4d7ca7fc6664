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

// What lines and paragraphs look like. Lengths are UTF-16 units. They are what the briefings at hand and custom suggested when the readers were
// written (tests/ingest/readers has such texts), where nothing else is said; none was searched for by a measurement.

/** Longest line taken for a heading. The longest of the briefings studied has 190 characters. */
export const LONGEST_HEADING = 250;
/** Longest title in a script without capitals. */
export const LONGEST_UNCASED_TITLE = 30;
/** Up to so many words a line that opens with a capital is a title; above, this share of its weighty words must have one. Titles of the briefings
 * studied have 75 % or more, sentences of reports seldom reach 40 %. */
export const MOST_TITLE_WORDS = 9;
export const CAPITALISED_SHARE = 0.6;
/** Fewest capitals of a line in capitals. */
export const FEWEST_CAPITALS = 4;
/** Shortest quotation with its marks, and without them. */
export const SHORTEST_QUOTATION = 20;
export const SHORTEST_QUOTED = 60;
/** Longest line that says who was quoted. */
export const LONGEST_ATTRIBUTION = 300;
/** Longest title such as "Contact", longest line with a telephone, mail or web address, and longest line of an address. */
export const LONGEST_CONTACT_TITLE = 60;
export const LONGEST_CONTACT_LINE = 200;
export const LONGEST_ADDRESS_LINE = 90;
/** Most lines of an address, and the length from which on one of them is prose. */
export const MOST_ADDRESS_LINES = 30;
export const PROSE_LINE = 60;
/** Below "Contact", a sentence longer than this is prose, and so is one of so many words with no figure or address in it. */
export const LONGEST_CONTACT_SENTENCE = 200;
export const PLAIN_SENTENCE_WORDS = 4;
/** What is longer reads like sentences, whatever it ends in. */
export const RUNNING_TEXT = 150;
/** How much of the end or beginning of a text is looked at: for the end of a sentence, for years in brackets, for where a line was cut, for whether
 * a paragraph goes on; and of a line, for what it begins with. */
export const SENTENCE_END_WINDOW = 12;
export const YEARS_WINDOW = 40;
export const CUT_WINDOW = 60;
export const CONTINUED_WINDOW = 400;
export const BEGINNING_WINDOW = 20;
/** Longest line that only holds a date. */
export const LONGEST_DATE_LINE = 60;
/** How much is told in one message: running heads, and units of one. */
export const HEADS_TOLD = 5;
export const HEAD_TOLD_UNITS = 80;
