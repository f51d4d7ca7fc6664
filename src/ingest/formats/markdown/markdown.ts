import type { BlockContent, Blockquote, DefinitionContent, FootnoteDefinition, List, Paragraph, Root, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Block, ParsedSource, Told } from '../../blocks.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import { endsSentence, isCapitals } from '../../shapes.ts';
import { htmlFragment } from '../html/index.ts';
import { withContacts } from '../shared/contact.ts';
import { join, spelling } from '../shared/joins.ts';
import { nothingLeftOut, tellLeftOut } from '../shared/left-out.ts';
import { type RawCell, tableBlocks } from '../shared/table.ts';
import { takeTitle } from '../shared/title.ts';
import { readText } from '../text/index.ts';
import { frontMatter } from './front-matter.ts';
import { type InlineContext, type InlineLine, inlineLines, plainText, rangeOf, unmask } from './inline.ts';
import { boxTitle, maskMarks } from './marks.ts';

type Flow = RootContent | BlockContent | DefinitionContent;

/** Deepest nesting of quotes and lists followed. */
const DEEPEST = 60;

/**
 * Reads Markdown: CommonMark and GFM, front matter, and the marks of common dialects. `text` is normalised without undoing
 * escapes; offsets of the pieces point into it. Total: what the parser cannot stomach is read as plain text, and that is said.
 */
export function readMarkdown(text: string): ParsedSource {
  const { meta, end, problems: found } = frontMatter(text);
  const problems: Told[] = [...found];
  const source = text.slice(end);
  const masked = maskMarks(source);
  let root: Root;
  try {
    root = fromMarkdown(masked.text, {
      // Indented text is text: nobody sets code that way in a briefing.
      extensions: [gfmTable(), gfmFootnote(), gfmStrikethrough({ singleTilde: false }), { disable: { null: ['codeIndented'] } }],
      mdastExtensions: [gfmTableFromMarkdown(), gfmFootnoteFromMarkdown(), gfmStrikethroughFromMarkdown()],
    });
  } catch (error) {
    const plain = readText(text);
    const message = `Its Markdown could not be read and was taken as plain text: ${error instanceof Error ? error.message : String(error)}.`;
    return {
      ...plain,
      meta: meta.access === undefined ? {} : { access: meta.access },
      problems: [...problems, { message, hint: 'Look for marks nested very deeply.' }],
    };
  }
  const leftOut = nothingLeftOut();
  const notes = new Map<string, FootnoteDefinition>();
  for (const node of root.children) collectNotes(node, notes, 0);
  const said = new Set<string>();
  const context: InlineContext = {
    text,
    base: end,
    masked,
    note: (identifier) => {
      const definition = notes.get(identifier);
      if (!definition || said.has(identifier)) return null;
      said.add(identifier);
      const words = definition.children.map((child) => flowText(child, context)).join(' ');
      return words.trim() === '' ? null : words.replace(/\s+/g, ' ').trim();
    },
    struck: (words) => leftOut.struck.push(words),
    picture: (description) => {
      if (/\p{L}/u.test(description)) leftOut.pictures++;
    },
    leftOut,
  };
  const blocks = withContacts(readFlow(root, context, said));
  problems.push(...tellLeftOut(leftOut, 'take the marks (~~) away'));
  const { title, dateLine, rest } = takeTitle(blocks);
  return { blocks: rest, title, dateLine, meta, problems };
}

function collectNotes(node: Flow, notes: Map<string, FootnoteDefinition>, depth: number): void {
  if (node.type === 'footnoteDefinition') {
    if (!notes.has(node.identifier)) notes.set(node.identifier, node);
  } else if (depth < DEEPEST && (node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem')) {
    for (const child of node.children) collectNotes(child, notes, depth + 1);
  }
}

/** All words of a block in one line. */
function flowText(node: Flow, context: InlineContext): string {
  if (node.type === 'paragraph' || node.type === 'heading') return plainText(node.children, context);
  if (node.type === 'code') return unmask(node.value, context.masked);
  if (node.type === 'html')
    return htmlFragment(node.value, { leftOut: context.leftOut })
      .map((block) => textOf(block.pieces))
      .join(' ');
  if ('children' in node) return (node.children as Flow[]).map((child) => flowText(child, context)).join(' ');
  return '';
}

interface Place {
  quote: boolean;
  /** Depth of the list around, -1 outside. */
  depth: number;
  nested: number;
}

function readFlow(root: Root, context: InlineContext, said: ReadonlySet<string>): Block[] {
  const blocks: Block[] = [];
  const words = spelling(context.text);
  let tables = 0;
  /** Level of the marked heading that is open; 0 before the first. */
  let section = 0;
  const push = (kind: Block['kind'], pieces: readonly Piece[], more: Partial<Block> = {}) => {
    const tidied = tidy(pieces);
    if (tidied.length > 0) blocks.push({ kind, pieces: tidied, level: 0, depth: 0, page: null, ...more });
  };
  const joined = (lines: readonly InlineLine[]): Piece[] => {
    const pieces: Piece[] = [];
    for (const line of lines) {
      const own = tidy(line.pieces);
      if (pieces.length > 0 && !line.hard && own.length > 0) {
        join(pieces, own, words);
        continue;
      }
      if (pieces.length > 0 && line.hard) pieces.push(literal('\n'));
      for (const piece of own) pieces.push(piece);
    }
    return pieces;
  };
  const paragraph = (lines: readonly InlineLine[], place: Place, more: Partial<Block> = {}) => {
    const kind = place.depth >= 0 ? 'item' : place.quote ? 'quotation' : 'body';
    push(kind, joined(lines), { depth: Math.max(0, place.depth), ...more });
  };
  const readParagraph = (node: Paragraph, place: Place, more: Partial<Block> = {}) => {
    const parts = definitionParts(inlineLines(node.children, context));
    for (const [index, { lines, definition }] of parts.entries()) {
      if (definition) push('item', joined(lines), { depth: place.depth + 1 });
      else paragraph(lines, place, index === 0 ? more : {});
    }
  };
  const readHeading = (node: Extract<Flow, { type: 'heading' }>) => {
    const pieces = joined(inlineLines(node.children, context));
    // A sentence above a line of hyphens stands above a rule, whatever CommonMark makes of it.
    const [from] = rangeOf(node, context);
    const sentence = context.text[from] !== '#' && endsSentence(textOf(pieces.slice(-3)));
    push(sentence ? 'body' : 'heading', pieces, { level: sentence ? 0 : node.depth });
    if (!sentence) section = node.depth;
  };
  const readList = (list: List, place: Place) => {
    const [only] = list.children;
    // "1919. It moved …" opens no list: nobody numbers a single item so.
    if (list.ordered && list.children.length === 1 && only && (list.start ?? 1) > 99) {
      const [from] = rangeOf(only, context);
      const mark = /^\d{1,9}[.)][ \t]*/.exec(context.text.slice(from, from + 20))?.[0] ?? '';
      const before = blocks.length;
      walk(only.children, { ...place, nested: place.nested + 1 });
      const first = blocks[before];
      if (first) first.pieces = tidy([{ text: mark, at: from }, ...first.pieces]);
      return;
    }
    let number = list.start ?? 1;
    for (const item of list.children) {
      const before = blocks.length;
      walk(item.children, { quote: false, depth: place.depth + 1, nested: place.nested + 1 });
      const first = blocks[before];
      if (list.ordered && first?.kind === 'item') first.marker = `${number}.`;
      number++;
    }
  };
  const readQuote = (quote: Blockquote, place: Place) => {
    const [from] = rangeOf(quote, context);
    const opening = context.text.slice(from, from + 300);
    // What no ">" stands before in the source was set in below "!!! note".
    const callout = !opening.startsWith('>') || /^(?:> ?){1,9}\[!/.test(opening);
    const titled = opening.startsWith('>') || boxTitle(opening.split('\n', 1)[0] as string) !== '';
    const [first, ...rest] = quote.children;
    const inside = { ...place, quote: !callout, nested: place.nested + 1 };
    if (callout && titled && first?.type === 'paragraph') {
      // The first line of a callout is its title; what is said in it are the author's words, not a quotation.
      const [title, ...lines] = inlineLines(first.children, context);
      if (title) paragraph([title], inside);
      paragraph(lines, inside);
      walk(rest, inside);
    } else walk(quote.children, inside);
  };
  const walk = (nodes: readonly Flow[], place: Place): void => {
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index] as Flow;
      if (place.nested > DEEPEST) {
        push('body', [literal(flowText(node, context))]);
        continue;
      }
      if (node.type === 'heading') readHeading(node);
      else if (node.type === 'paragraph') {
        const next = nodes[index + 1];
        const upper = next?.type === 'table' ? upperHeaders(node, next, context) : [];
        if (next?.type === 'table' && upper.length > 0) {
          blocks.push(...readTable(next, upper, context, ++tables));
          index++;
        } else if (next?.type === 'list' && place.depth < 0 && !place.quote && section > 0 && isLabel(flowText(node, context)))
          push('heading', joined(inlineLines(node.children, context)), { level: section + 1 });
        else readParagraph(node, place);
      } else if (node.type === 'list') readList(node, place);
      else if (node.type === 'blockquote') readQuote(node, place);
      else if (node.type === 'table') blocks.push(...readTable(node, [], context, ++tables));
      else if (node.type === 'code') readCode(node, context, push);
      else if (node.type === 'footnoteDefinition') {
        if (!said.has(node.identifier)) later.push(node);
      } else if (node.type === 'html') {
        const last = closingNode(nodes, index);
        const made = readRaw(context, rangeOf(node, context)[0], rangeOf(nodes[last] as Flow, context)[1], tables);
        tables = made.reduce((most, block) => Math.max(most, block.table ?? 0), tables);
        blocks.push(...made.map((block) => (place.quote && block.kind === 'body' ? { ...block, kind: 'quotation' as const } : block)));
        index = last;
      }
    }
  };
  /** Notes that nothing has borne the mark of so far. */
  const later: FootnoteDefinition[] = [];
  walk(root.children, { quote: false, depth: -1, nested: 0 });
  for (const note of later) {
    if (said.has(note.identifier)) continue;
    const from = blocks.length;
    walk(note.children, { quote: false, depth: -1, nested: 1 });
    for (const block of blocks.slice(from)) if (block.kind === 'body') block.role ??= 'note';
  }
  return blocks;
}

/** "Notes" or "OUR RULES" alone above a list: a title its author did not mark. Of two words and more it may be a sentence the list ends. */
const isLabel = (text: string): boolean => /^\p{Lu}[\p{L}\p{M}]{3,}$/u.test(text) || isCapitals(text);

/** Where a line begins with ": " the lines before are a term, and it is what the term means. */
function definitionParts(lines: readonly InlineLine[]): { lines: InlineLine[]; definition: boolean }[] {
  const parts: { lines: InlineLine[]; definition: boolean }[] = [];
  for (const line of lines) {
    const first = line.pieces[0];
    const mark = first ? /^\s{0,3}:[ \t]+/.exec(first.text.slice(0, 20))?.[0].length : undefined;
    if (first && mark !== undefined) {
      const rest = { text: first.text.slice(mark), at: first.at < 0 ? -1 : first.at + mark };
      parts.push({ lines: [{ ...line, pieces: [rest, ...line.pieces.slice(1)] }], definition: true });
    } else if (parts.length === 0) parts.push({ lines: [line], definition: false });
    else (parts.at(-1) as { lines: InlineLine[] }).lines.push(line);
  }
  return parts;
}

function readCode(
  node: Extract<Flow, { type: 'code' }>,
  context: InlineContext,
  push: (kind: Block['kind'], pieces: Piece[], more: Partial<Block>) => void,
): void {
  const [from, to] = rangeOf(node, context);
  const pieces: Piece[] = [];
  const raw = context.text.slice(from, to);
  const lines = raw.split('\n');
  const closed = lines.length > 1 && /^[\s>]*(?:`{3,}|~{3,})\s*$/.test(lines.at(-1) as string);
  let at = from + (lines[0] as string).length + 1;
  for (const line of lines.slice(1, closed ? -1 : undefined)) {
    if (pieces.length > 0) pieces.push(literal('\n'));
    pieces.push({ text: line, at });
    at += line.length + 1;
  }
  push('body', pieces, { role: 'code' });
}

/** Rows of names right above the header of a table: lines of bars with as many cells. */
function upperHeaders(node: Paragraph, table: Table, context: InlineContext): RawCell[][] {
  const [from, to] = rangeOf(node, context);
  const [tableFrom] = rangeOf(table, context);
  if (context.text.slice(to, tableFrom).includes('\n\n') || to - from > 4000) return [];
  const columns = table.children[0]?.children.length ?? 0;
  const rows: RawCell[][] = [];
  let at = from;
  for (const line of context.text.slice(from, to).split('\n')) {
    const cells = line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|');
    if (!line.trim().startsWith('|') || cells.length !== columns) return [];
    let cell = line.indexOf('|') + 1;
    rows.push(
      cells.map((text) => {
        const piece = { text, at: at + cell };
        cell += text.length + 1;
        return { pieces: [piece] };
      }),
    );
    at += line.length + 1;
  }
  return rows;
}

function readTable(table: Table, upper: RawCell[][], context: InlineContext, number: number): Block[] {
  const rows = table.children.map((row) =>
    row.children.map((cell) => ({
      pieces: inlineLines(cell.children, context).flatMap((line, index) => (index === 0 ? line.pieces : [literal(' '), ...line.pieces])),
    })),
  );
  return tableBlocks([...upper, ...rows], { headers: upper.length + 1, number });
}

const PAIRED = /<(\/?)(table|div|section|details|span|p|ul|ol|dl)\b([^<>]{0,2000})>/gi;

/** The last of the nodes that an HTML block opened at `index` reaches: to the end of its table, or of what it hides. */
function closingNode(nodes: readonly Flow[], index: number): number {
  const node = nodes[index] as Extract<Flow, { type: 'html' }>;
  const open = firstUnclosed(node.value);
  if (open === null) return index;
  const pattern = new RegExp(`<(/?)${open.name}\\b`, 'gi');
  let depth = open.depth;
  for (let at = index + 1; at < nodes.length; at++) {
    const next = nodes[at] as Flow;
    if (next.type !== 'html') continue;
    for (const match of next.value.matchAll(pattern)) depth += match[1] ? -1 : 1;
    if (depth <= 0) return at;
  }
  return index;
}

/** A table or a hidden element that a piece of HTML leaves open. */
function firstUnclosed(html: string): { name: string; depth: number } | null {
  const open = new Map<string, { count: number; hides: boolean }>();
  for (const [, slash, name = '', attributes = ''] of html.matchAll(PAIRED)) {
    const key = name.toLowerCase();
    const entry = open.get(key) ?? { count: 0, hides: false };
    entry.count += slash ? -1 : 1;
    if (!slash && (key === 'table' || /\shidden(?:\s|=|$)|display\s{0,5}:\s{0,5}none/i.test(attributes))) entry.hides = true;
    open.set(key, entry);
  }
  for (const [name, { count, hides }] of open) if (count > 0 && hides) return { name, depth: count };
  return null;
}

/** HTML in Markdown. A script or comment that is never closed would take the rest of the document with it: it is read as text. */
function readRaw({ text, leftOut }: InlineContext, from: number, to: number, tables: number): Block[] {
  const raw = text.slice(from, to).replace(/^[ \t]*>[ \t]?/gm, '');
  for (const [open, close] of [
    [/^<script\b[^<>]{0,2000}>/i, /<\/script\s{0,20}>/i],
    [/^<style\b[^<>]{0,2000}>/i, /<\/style\s{0,20}>/i],
    [/^<textarea\b[^<>]{0,2000}>/i, /<\/textarea\s{0,20}>/i],
    [/^(?=<!--)/, /-->/],
    [/^(?=<[?!])/, />/],
  ] as const) {
    if (open.test(raw) && !close.test(raw)) {
      const start = from + (open.exec(raw)?.[0].length ?? 0);
      const pieces = tidy([{ text: text.slice(start, to), at: start }]);
      return pieces.length === 0 ? [] : [{ kind: 'body', pieces, level: 0, depth: 0, page: null }];
    }
  }
  return htmlFragment(raw, { tables, leftOut });
}
