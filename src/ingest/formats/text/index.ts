/** Plain text, whose lines alone tell headings, lists, tables and columns. */
export { readText } from './text.ts';
