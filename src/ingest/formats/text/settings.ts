/** How plain text is laid out, as far as its lines tell anything by it. Lengths are UTF-16 units. Found as `src/ingest/settings.ts` says. */

/** Running heads and feet are short; 100 characters leaves room for an organisation and a title. */
export const LONGEST_RUNNING_HEAD = 100;
/** Share of the pages on which one has to count with them. */
export const COUNTED_SHARE = 0.9;
/** Pages a running head stands on at least. */
export const LEAST_PAGES = 3;
/** What reads like a piece of a sentence has to come back on this share of the pages: heads of left and right pages alternate. */
export const PROSE_HEAD_SHARE = 2 / 5;
/** Places of one text that are looked at. */
export const MOST_PLACES = 10_000;
/** Longest line that is a page number and nothing else. */
export const LONGEST_PAGE_NUMBER = 24;
/** Numbers within are years, which head a section, and no pages. */
export const FIRST_YEAR = 1500;
export const LAST_YEAR = 2199;
/** A line longer than this that ends in no stop goes on in the next. */
export const OPEN_LINE = 40;
/** A paragraph is as wide as text is from this on: only then does a short line mean that it was ended on purpose. */
export const WIDE_PARAGRAPH = 60;
/** How much room must be left besides the next word for a line to be ended on purpose. */
export const ROOM_LEFT = 10;
/** How many lines are looked at: of one item, and of the paragraph that begins at a line. */
export const ITEM_LINES = 20;
export const PARAGRAPH_LINES = 50;
/** Longest word looked for at the beginning of a line. */
export const WORD_WINDOW = 40;
/** Short lines in a row that are a list without bullets, and no headings. */
export const LIST_RUN = 4;
/** Most lines of a heading. */
export const MOST_HEADING_LINES = 3;
/** Longest line with a mark such as ▶ that is a heading although it ends as a sentence does. */
export const LONGEST_MARKED_SENTENCE = 120;
/** Groups of lines at the beginning among which the title stands. */
export const TITLE_GROUPS = 6;
/** Longest paragraph that is still joined to the next: a page of small print has about 6,000. */
export const LONGEST_JOINED = 20_000;
/** Longest one that may turn out a quotation. */
export const LONGEST_JOINED_QUOTATION = 5000;
/** Notes at the foot of one page that may stand between the halves of a paragraph. */
export const MOST_FOOTNOTES = 5;
/** Longest text that, standing alone twice, is no rest of a paragraph. */
export const LONGEST_ALONE = 300;
/** Paragraphs longer than the first of these tell, by their last so many units, whether the author ends paragraphs properly. */
export const TELLING_PARAGRAPH = 100;
export const TELLING_WINDOW = 120;
