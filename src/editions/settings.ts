/**
 * How sentences, dates and contacts of two editions are told to speak of one thing. Lengths are UTF-16 units. Chosen on the briefings at hand when
 * the comparison was written (docs/editions.md has what it finds since); the scores of the alignment stand in `align.ts`, those of values in
 * `facts.ts`, with how they were found.
 */

/** A bound keeps a value within this factor: beyond it the text has moved on. "About" keeps one within the other. */
export const BOUND_SPREAD = 0.2;
export const ABOUT_SPREAD = 0.1;
/** Two sentences without a figure in common may differ by so many words and still state one date or name. */
export const MOST_WORDS_APART = 6;
/** Words after a figure that say what is counted. */
export const MOST_COUNTED_WORDS = 4;
/** Words before a date that opens its sentence and holds for all of it. */
export const MOST_OPENING_WORDS = 3;
/** What stands before and after a figure, and decides what it is. */
export const BEFORE_FIGURE = 40;
export const AFTER_FIGURE = 24;
/** What stands right before a figure and makes it a bound. */
export const BOUND_WINDOW = 24;
/** What stands before a date that says as of when something is told. */
export const AS_OF_WINDOW = 30;
/** After an "and", what tells whether it opens a clause. */
export const AND_WINDOW = 24;
/** What stands around a date that happens once: before it and after. */
export const ONCE_BEFORE = 200;
export const ONCE_AFTER = 60;
/** What stands before a name and says that somebody holds an office. */
export const HOLDER_WINDOW = 24;
/** Longest word looked for before a place. */
export const WORD_BEFORE = 40;
/** Longest title of contacts; how much of a paragraph is searched for them; what stands before a number and makes it a fax. */
export const LONGEST_CONTACT_HEADING = 60;
export const CONTACT_TEXT = 5000;
export const FAX_WINDOW = 40;
/** Titles kept as they were read. */
export const TITLES_KEPT = 20_000;
/** Series named when one is not known, and the longest name of one. */
export const SERIES_TOLD = 20;
export const LONGEST_SERIES = 200;
