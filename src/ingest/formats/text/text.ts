import type { Block, ParsedSource, Told } from '../../blocks.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import {
  CONTINUED_WINDOW,
  HEAD_TOLD_UNITS,
  HEADS_TOLD,
  LONGEST_CONTACT_SENTENCE,
  LONGEST_HEADING,
  PLAIN_SENTENCE_WORDS,
  SENTENCE_END_WINDOW,
} from '../../settings.ts';
import {
  dateOfLine,
  endsSentence,
  hasYears,
  isAttribution,
  isCapitals,
  isContactLine,
  isContactTitle,
  isCopyright,
  isQuotation,
  isTitleLike,
  sectionDepth,
} from '../../shapes.ts';
import { isContinued, isRunningText, join, type Spelling, spelling, tailOf } from '../shared/joins.ts';
import { splitColumns } from './columns.ts';
import { furniture, isPageLabel } from './furniture.ts';
import { type Group, isAddress, makeGroups } from './groups.ts';
import { countLabels, isHeading, isLabelled, isNumberedHeading, setLevels } from './headings.ts';
import { type Line, readLines } from './lines.ts';
import {
  LONGEST_ALONE,
  LONGEST_JOINED,
  LONGEST_JOINED_QUOTATION,
  LONGEST_MARKED_SENTENCE,
  MOST_FOOTNOTES,
  MOST_HEADING_LINES,
  TELLING_PARAGRAPH,
  TELLING_WINDOW,
  TITLE_GROUPS,
} from './settings.ts';

/** Reads plain text, also text taken out of a PDF. `text` is normalised; offsets of the pieces point into it. Total and linear. */
export function readText(text: string): ParsedSource {
  const { lines: all, pages } = readLines(text);
  const dropped = furniture(all, pages);
  const problems = tellDropped(all, dropped);
  const kept: Line[] = [];
  let gap = 0;
  all.forEach((line, index) => {
    if (dropped.has(index)) gap = Math.max(1, line.gap);
    else {
      kept.push(gap > 0 ? { ...line, gap: Math.max(gap, line.gap) } : line);
      gap = 0;
    }
  });
  const lines = splitColumns(kept);
  const words = spelling(text);
  const groups = makeGroups(text, lines, words);
  const { title, dateLine, rest } = readTitle(groups);
  const blocks = classify(rest, pages > 1);
  // What is surely cut is joined first, so that it does not speak against the author's punctuation.
  const sure = joinBroken(blocks, words, false);
  const long = sure
    .filter((block) => block.kind === 'body')
    .map((block) => tailOf(block.pieces, TELLING_WINDOW))
    .filter((tail) => tail.length > TELLING_PARAGRAPH);
  const joined = joinBroken(sure, words, long.filter(endsSentence).length * 2 >= long.length);
  if (title) joined.unshift({ kind: 'heading', pieces: title, level: 0, depth: 0, page: pages > 1 ? 1 : null });
  setLevels(joined);
  return { blocks: joined, title: title ? textOf(title) : null, dateLine, meta: {}, problems };
}

/** What was taken for running heads and feet, in one note; page numbers are no loss. */
function tellDropped(lines: readonly Line[], dropped: ReadonlySet<number>): Told[] {
  const texts = new Set<string>();
  for (const index of dropped) {
    const { text } = lines[index] as Line;
    const key = text.replace(/\d+/g, '#');
    if (/\p{L}{3}/u.test(text) && !isPageLabel(text) && ![...texts].slice(0, HEADS_TOLD).some((one) => one.replace(/\d+/g, '#') === key))
      texts.add(text);
    if (texts.size > HEADS_TOLD) break;
  }
  if (texts.size === 0) return [];
  const list = [...texts].slice(0, HEADS_TOLD).map((text) => `"${text.slice(0, HEAD_TOLD_UNITS)}"`);
  const message = `Running heads and feet of its pages are left out: ${list.join(', ')}${texts.size > HEADS_TOLD ? ' and more' : ''}.`;
  return [{ message, hint: 'If one of them is a statement, put it into a paragraph.', note: true }];
}

/** Takes the title and the date line off the first page. */
function readTitle(groups: Group[]): { title: Piece[] | null; dateLine: string | null; rest: Group[] } {
  const opening: Group[] = [];
  for (const group of groups.slice(0, TITLE_GROUPS)) {
    const wide = isTitleLike(group.text) || isCapitals(group.text) || dateOfLine(group.text) !== null;
    if (group.shape === 'item' || !wide || group.text.endsWith(':') || isContactTitle(group.text) || isCopyright(group.text)) break;
    opening.push(group);
  }
  const dated = opening.findIndex((group) => dateOfLine(group.text) !== null);
  const dateLine = dated < 0 ? null : (opening[dated] as Group).text;
  const titles = opening.filter((_, index) => index !== dated);
  if (titles.length === 0 || groups.length === opening.length - titles.length + 1) {
    return { title: null, dateLine, rest: groups.filter((group) => group !== opening[dated]) };
  }
  const first = titles[0] as Group;
  let take = 1;
  // Lines between the title and the date belong to the title; so does an unmarked line below a marked one, when headings are marked.
  if (dated > 1) take = Math.min(3, dated);
  else if (first.shape === 'marker' && titles[1]?.shape === 'plain' && groups.slice(2).some((group) => group.shape === 'marker')) take = 2;
  const taken = titles.slice(0, take);
  const title = tidy(taken.flatMap((group, index) => (index === 0 ? group.pieces : [literal(' – '), ...group.pieces])));
  return { title, dateLine, rest: groups.filter((group) => group !== opening[dated] && !taken.includes(group)) };
}

function classify(groups: readonly Group[], paged: boolean): Block[] {
  const blocks: Block[] = [];
  const indents: number[] = [];
  const labels = countLabels(groups);
  let contact = false;
  let run = 0;
  groups.forEach((group, index) => {
    const { text, shape } = group;
    const first = group.lines[0] as Line;
    const next = groups[index + 1];
    const block: Block = { kind: 'body', pieces: group.pieces, level: 0, depth: 0, page: paged ? first.page : null };
    const last = blocks.at(-1);
    const titled =
      shape === 'plain' &&
      group.apart[0] &&
      isTitleLike(text) &&
      group.lines.length <= MOST_HEADING_LINES &&
      !isLabelled(groups, index, labels);
    run = titled ? run + 1 : 0;
    if (shape === 'marker' && text.length <= LONGEST_HEADING && !(endsSentence(text) && text.length > LONGEST_MARKED_SENTENCE)) {
      contact = isContactTitle(text);
      block.kind = 'heading';
      block.level = hasYears(text) ? 2 : 1;
    } else if (shape !== 'plain' && !(shape === 'item' && isNumberedHeading(groups, index))) {
      block.kind = 'item';
      while (indents.length > 0 && (indents.at(-1) as number) > first.indent) indents.pop();
      if (last?.kind !== 'item') indents.length = 0;
      if (indents.at(-1) !== first.indent) indents.push(first.indent);
      block.depth = indents.length - 1;
    } else if (isContactTitle(text)) {
      contact = true;
      block.kind = 'heading';
      block.level = 1;
      if (shape === 'item') block.pieces = numbered(group);
    } else if (
      contact &&
      !(isCapitals(text) && next && isRunningText(next.text) && !isAddress(next)) &&
      !(endsSentence(text) && (text.length > LONGEST_CONTACT_SENTENCE || isPlainSentence(group)))
    ) {
      block.kind = 'contact';
      block.pieces = contactLines(group);
    } else if (isAddress(group)) block.kind = 'contact';
    else if (isHeading(groups, index, titled, run, labels)) {
      contact = false;
      block.kind = 'heading';
      const depth = sectionDepth(`${first.text}`);
      block.level = depth > 0 ? depth : isCapitals(text) ? 1 : hasYears(text) ? 2 : -1;
      if (shape === 'item') block.pieces = numbered(group);
    } else if (isQuotation(text)) block.kind = 'quotation';
    else if (last?.kind === 'quotation' && isAttribution(text)) {
      last.pieces = [...last.pieces, literal(' '), ...group.pieces];
      return;
    } else if (last?.kind === 'item' && first.indent >= 2 && first.indent > (indents.at(-1) ?? 0)) {
      block.kind = 'item';
      block.depth = last.depth;
    }
    blocks.push(block);
  });
  return blocks;
}

/** With the number that was taken for that of an item. */
function numbered({ lines, prefix, pieces }: Group): Piece[] {
  const { text, start } = lines[0] as Line;
  return tidy([{ text: text.slice(0, prefix), at: start }, ...pieces]);
}

/** One sentence of words alone, as prose under a heading such as "Contacts" has it. */
const isPlainSentence = ({ lines, text }: Group): boolean =>
  lines.length === 1 &&
  !isContactLine(text) &&
  /^\p{Lu}/u.test(text) &&
  text.split(/\s+/).length >= PLAIN_SENTENCE_WORDS &&
  !/[@:+]|\d{3}/.test(text);

/** A contact block keeps its lines: an address is read line by line. */
const contactLines = (group: Group): Piece[] =>
  tidy(group.lines.flatMap((line, at) => (at === 0 ? [] : [literal('\n')]).concat({ text: line.text, at: line.start })));

/** Whether a block is a note at the foot of its page ("1 Counts are of boardings."); `next`: the page of the block after it. */
function isFootnote(blocks: readonly Block[], index: number, next = blocks[index + 1]?.page ?? null): boolean {
  const { kind, page, pieces } = blocks[index] as Block;
  if (kind !== 'body' || page === null || next === page) return false;
  return /^\d{1,2}\s\p{Lu}/u.test(textOf(pieces.slice(0, 4))) && endsSentence(tailOf(pieces, SENTENCE_END_WINDOW));
}

/** Joins paragraphs that a page or column break cut in two. */
function joinBroken(blocks: readonly Block[], words: Spelling, proper: boolean): Block[] {
  const out: Block[] = [];
  let length = 0;
  /** What stands alone elsewhere is no rest of a paragraph. */
  const alone = new Map<string, number>();
  for (const { pieces } of blocks) {
    const text = tailOf(pieces, LONGEST_ALONE);
    if (text.length <= LONGEST_ALONE) alone.set(text, (alone.get(text) ?? 0) + 1);
  }
  for (const [index, block] of blocks.entries()) {
    // Notes at the foot of a page stand between the halves of a paragraph; they are no continuation themselves.
    if (isFootnote(blocks, index) && out.length > 0) {
      out.push({ ...block, pieces: [...block.pieces] });
      continue;
    }
    let at = out.length - 1;
    for (let notes = 0; notes < MOST_FOOTNOTES && at > 0 && isFootnote(out, at, block.page); notes++) at--;
    const last = out[at];
    const size = block.pieces.reduce((sum, piece) => sum + piece.text.length, 0);
    const joins =
      last !== undefined &&
      last.kind !== 'heading' &&
      last.kind !== 'contact' &&
      block.kind === 'body' &&
      length < LONGEST_JOINED &&
      (alone.get(tailOf(block.pieces, LONGEST_ALONE)) ?? 0) < 2;
    // The end of the first half is enough to judge by.
    if (joins && isContinued(tailOf(last.pieces, CONTINUED_WINDOW), textOf(block.pieces), { item: last.kind === 'item', proper })) {
      join(last.pieces, block.pieces, words);
      length += size;
      if (last.kind === 'body' && length < LONGEST_JOINED_QUOTATION && isQuotation(textOf(last.pieces))) last.kind = 'quotation';
      continue;
    }
    length = size;
    out.push({ ...block, pieces: [...block.pieces] });
  }
  return out;
}
