import { endsSentence, isCapitals, isTitleLike } from '../../shapes.ts';
import type { Line } from './lines.ts';
import {
  COUNTED_SHARE,
  FIRST_YEAR,
  LAST_YEAR,
  LEAST_PAGES,
  LONGEST_PAGE_NUMBER,
  LONGEST_RUNNING_HEAD,
  MOST_PLACES,
  OPEN_LINE,
  PROSE_HEAD_SHARE,
} from './settings.ts';

const PAGE_LABEL =
  /^(?:[-–—|]\s?\d{1,4}\s?[-–—|]|(?:page|p\.|pg\.|seite|página|pagina)\s?\d{1,4}(?:\s?(?:of|\/|von|de|sur)\s?\d{1,4})?|\d{1,4}\s?(?:\/|of)\s?\d{1,4}|第\s?\d{1,4}\s?页)$/iu;
/** "Aims ........ 2": a line of a table of contents. */
const LEADERS = /(?:\.{4}|(?:\. ){3}\.|…{2})[. …]*\d{1,4}$/;
export const isPageLabel = (text: string): boolean => PAGE_LABEL.test(text) || LEADERS.test(text.slice(-100));
const BARE_NUMBER = /^\d{1,4}$/;
const ROMAN = /^[ivxl]{1,6}$/i;

const masked = (text: string) => text.replace(/\d+/g, '#');
const alone = (lines: readonly Line[], index: number) =>
  (lines[index] as Line).gap > 0 && (index + 1 === lines.length || (lines[index + 1] as Line).gap > 0);
const open = (line: Line | undefined) => line !== undefined && line.text.length > OPEN_LINE && !/[.!?:;。！？”"’)\]]$/u.test(line.text);
const continues = (line: Line | undefined) => line !== undefined && /^\p{Ll}/u.test(line.text);

/**
 * Which lines are page furniture: page numbers and running heads or feet. What merely repeats is kept ("Results"
 * under every project); there must be a sign of a page: a form feed, a counting number, or a sentence cut in two.
 */
export function furniture(lines: readonly Line[], pages: number): Set<number> {
  const drop = new Set<number>();
  pageNumbers(lines, pages, drop);
  lines.forEach((line, index) => {
    if (LEADERS.test(line.text.slice(-100))) drop.add(index);
  });
  if (pages > 1) atPageEdges(lines, pages, drop);
  repeated(lines, drop);
  keepTitle(lines, drop);
  return drop;
}

/** A document may open with its running head and no other title: that one is the title. */
function keepTitle(lines: readonly Line[], drop: Set<number>): void {
  const [first] = lines;
  if (!first || !drop.has(0) || !isTitleLike(first.text) || !lines.some((line, index) => index > 0 && line.text === first.text)) return;
  const second = lines.find((_, index) => index > 0 && !drop.has(index));
  if (second && !isTitleLike(second.text) && !isCapitals(second.text)) drop.delete(0);
}

function pageNumbers(lines: readonly Line[], pages: number, drop: Set<number>): void {
  const bare: { index: number; value: number }[] = [];
  lines.forEach((line, index) => {
    if (line.text.length > LONGEST_PAGE_NUMBER || !alone(lines, index)) return;
    const edge = pages > 1 && (lines[index - 1]?.page !== line.page || lines[index + 1]?.page !== line.page);
    if (PAGE_LABEL.test(line.text)) drop.add(index);
    else if (BARE_NUMBER.test(line.text)) {
      const value = Number(line.text);
      if (edge || (open(lines[index - 1]) && continues(lines[index + 1]))) drop.add(index);
      // A year on a line of its own is a heading, not page 2019.
      else if (value < FIRST_YEAR || value > LAST_YEAR) bare.push({ index, value });
    } else if (edge && ROMAN.test(line.text)) drop.add(index);
  });
  // Without form feeds a number alone may be a key figure: pages count up one by one (one may be missing).
  for (let from = 0; from < bare.length; ) {
    let to = from + 1;
    while (to < bare.length) {
      const step = (bare[to] as { value: number }).value - (bare[to - 1] as { value: number }).value;
      if (step < 1 || step > 2) break;
      to++;
    }
    if (to - from >= 2) for (const { index } of bare.slice(from, to)) drop.add(index);
    from = to;
  }
}

/**
 * First and last two lines of pages that come back on at least 3 pages, or on both of two, word for word or with a number
 * that counts with the pages. What reads like a piece of a sentence must come back on two fifths of the pages (heads alternate): a report says
 * the same of twenty towns, and what it says of one may open a page.
 */
function atPageEdges(lines: readonly Line[], pages: number, drop: Set<number>): void {
  const kept = lines.map((line, index) => ({ line, index })).filter(({ index }) => !drop.has(index));
  const places = new Map<string, number[]>();
  kept.forEach(({ line, index }, at) => {
    const edge = [1, 2].some((step) => kept[at - step]?.line.page !== line.page || kept[at + step]?.line.page !== line.page);
    if (!edge || line.text.length > LONGEST_RUNNING_HEAD) return;
    const key = masked(line.text);
    const found = places.get(key);
    if (!found) places.set(key, [index]);
    else if (found.length < MOST_PLACES) found.push(index);
  });
  const pageOf = (index: number) => (lines[index] as Line).page;
  const textOf = (index: number) => (lines[index] as Line).text;
  for (const found of places.values()) {
    const counted = countsWithPages(found.map((index) => ({ text: textOf(index), page: pageOf(index) })));
    const alike = counted ? [found] : [...groupBy(found, textOf).values()];
    for (const group of alike) {
      const onPages = new Set(group.map(pageOf)).size;
      const prose = group.filter((index) => inSentence(lines, index)).length * 2 > group.length;
      if (onPages < Math.min(LEAST_PAGES, pages) || (prose && onPages < pages * PROSE_HEAD_SHARE)) continue;
      // The first page may open with its own title, which later pages repeat.
      // Of a whole sentence one copy stays.
      const kept = !counted && isWholeSentence(textOf(group[0] as number)) ? (group[0] as number) : -1;
      for (const index of group) if (index !== kept && (index > 0 || /\d/.test(textOf(index)))) drop.add(index);
    }
  }
}

function groupBy(found: readonly number[], keyOf: (index: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const index of found) {
    const group = groups.get(keyOf(index));
    if (group) group.push(index);
    else groups.set(keyOf(index), [index]);
  }
  return groups;
}

/** Whether one of the numbers in the lines is the page's, give or take a constant ("Report 2023 | 17"), on nine pages of ten. */
function countsWithPages(found: readonly { text: string; page: number }[]): boolean {
  const rows = found.map(({ text, page }) => (text.match(/\d+/g) ?? []).map((digits) => Number(digits.slice(0, 9)) - page));
  return (rows[0] ?? []).some((_, column) => {
    const shifts = new Map<number, number>();
    for (const row of rows) shifts.set(row[column] as number, (shifts.get(row[column] as number) ?? 0) + 1);
    return found.length > 1 && Math.max(...shifts.values()) >= found.length * COUNTED_SHARE;
  });
}

/** Three words and more from a capital to the end of a sentence. */
const isWholeSentence = (text: string): boolean => /^[“"‘'(]?\p{Lu}/u.test(text) && endsSentence(text) && text.split(/\s+/).length >= 3;

/** Whether a line opens small, ends as a sentence does, or goes on in the next line of the page. */
function inSentence(lines: readonly Line[], index: number): boolean {
  const line = lines[index] as Line;
  const next = lines[index + 1];
  return continues(line) || endsSentence(line.text) || (next?.page === line.page && next.gap === 0 && continues(next));
}

/** Lines that stand alone again and again, in a source without form feeds. */
function repeated(lines: readonly Line[], drop: Set<number>): void {
  const groups = new Map<string, number[]>();
  lines.forEach((line, index) => {
    if (drop.has(index) || line.text.length > LONGEST_RUNNING_HEAD || !/\p{L}/u.test(line.text) || !alone(lines, index)) return;
    const key = masked(line.text);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const texts = group.map((index) => (lines[index] as Line).text);
    const same = texts.every((text) => text === texts[0]);
    const besideNumber = group.filter((index) => drop.has(index - 1) || drop.has(index + 1)).length;
    const cuts = group.filter((index) => open(before(lines, index, drop)) && continues(after(lines, index, drop))).length;
    // A title of three words or more that comes back is a running head; "Results" is not.
    const title = same && group[0] === 0 && group.length >= 3 && /\S\s\S+\s\S/.test(texts[0] as string);
    // A sentence under every item is what the text says of each.
    if (same && isWholeSentence(texts[0] as string)) continue;
    if (same ? cuts > 0 || besideNumber * 2 > group.length || title : counts(texts)) {
      for (const index of group) if (index > 0) drop.add(index);
    }
  }
}

const before = (lines: readonly Line[], index: number, drop: Set<number>) => lines[drop.has(index - 1) ? index - 2 : index - 1];
const after = (lines: readonly Line[], index: number, drop: Set<number>) => lines[drop.has(index + 1) ? index + 2 : index + 1];

/** "Brief 2", "Brief 3", "Brief 4": three or more that count up at one end of the line. */
function counts(texts: readonly string[]): boolean {
  if (texts.length < 3) return false;
  for (const pattern of [/^(\d{1,4})\D/, /\D(\d{1,4})$/]) {
    const values = texts.map((text) => Number(pattern.exec(text)?.[1] ?? Number.NaN));
    if (values.every((value, at) => at === 0 || (value > (values[at - 1] as number) && value - (values[at - 1] as number) <= 2)))
      return true;
  }
  return false;
}
