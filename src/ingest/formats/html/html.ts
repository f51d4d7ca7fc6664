import { type DefaultTreeAdapterMap, parse, parseFragment } from 'parse5';
import type { Block, ParsedSource } from '../../blocks.ts';
import { normalise } from '../../normalise.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import { withContacts } from '../shared/contact.ts';
import { type LeftOut, nothingLeftOut, tellLeftOut } from '../shared/left-out.ts';
import { type RawCell, tableBlocks } from '../shared/table.ts';
import { takeTitle } from '../shared/title.ts';
import { type Notes, notesOf } from './notes.ts';
import { attribute, elementsOf, isHidden, isSide, mainOf, type Node, textContent } from './parts.ts';

/** Levels of headings, as HTML has them. */
const LOWEST_HEADING = 6;
/** Bytes in which a page names its encoding; the standard asks for the first 1,024. */
const DECLARED_WITHIN = 2048;

type Element = DefaultTreeAdapterMap['element'];

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption'
  ).split(' '),
);
/** What is no text of the document, or not in force. */
const LEFT_OUT = new Set(
  (
    'script style template noscript head title meta link svg canvas audio video object iframe select datalist textarea button input ' +
    'del s strike rp rt map area img picture source track embed'
  ).split(' '),
);
/** Deepest nesting followed; what stands deeper is read as one text. */
const DEEPEST = 400;

export interface HtmlOptions {
  /** Number of the last table before. */
  tables?: number;
  /** A piece of HTML inside another format: nothing is left out as navigation. */
  fragment?: boolean;
  /** Takes note of what is left out on purpose. */
  leftOut?: LeftOut;
  /** Footnotes, which are read at their marks. */
  notes?: Notes;
}

/** Reads a web page: its main content without navigation, scripts and hidden parts. Total; the parser repairs what is broken. */
export function readHtml(source: string): ParsedSource {
  const document = parse(source);
  const root = elementsOf(document, 'html')[0] as Element;
  const meta = metaOf(root);
  const body = elementsOf(root, 'body')[0];
  const leftOut = nothingLeftOut();
  const roots = body ? mainOf(body) : [];
  const notes = body ? notesOf(roots, body) : undefined;
  let blocks = withContacts(blocksOf(roots, { leftOut, notes }));
  // A page of nothing but navigation says what it says.
  if (body && blocks.length === 0) blocks = withContacts(blocksOf([body], { fragment: true, leftOut }));
  const { title, dateLine, rest } = takeTitle(blocks);
  const problems = tellLeftOut(leftOut, 'take the marks (<s>, <del>) away');
  return { blocks: rest, title: title ?? (meta['page-title'] || null), dateLine, meta, problems };
}

/** The blocks of a piece of HTML that stands in another document. */
export const htmlFragment = (source: string, options: HtmlOptions = {}): Block[] =>
  blocksOf([parseFragment(source)], { ...options, fragment: true });

interface Place {
  kind: Block['kind'];
  /** Depth of the list around, -1 outside. */
  depth: number;
  level: number;
  role?: Block['role'];
  marker?: string;
}

function blocksOf(nodes: readonly Node[], options: HtmlOptions): Block[] {
  const blocks: Block[] = [];
  let open: Piece[] = [];
  let tables = options.tables ?? 0;
  const flush = (place: Place) => {
    // A title is one line, however it is set.
    const pieces = tidy(place.kind === 'heading' ? open.map((piece) => (piece.text === '\n' ? literal(' ') : piece)) : open);
    open = [];
    if (pieces.length === 0) return;
    const { kind, level, role, depth } = place;
    const block: Block = { kind, pieces, level, depth: kind === 'item' ? Math.max(0, depth) : 0, page: null };
    if (role) block.role = role;
    if (place.marker) {
      block.marker = place.marker;
      place.marker = undefined;
    }
    blocks.push(block);
  };
  const walk = (node: Node, place: Place, deep: number): void => {
    if ('value' in node) {
      open.push(literal(clean(node.value, place.role === 'code')));
      return;
    }
    if (!('childNodes' in node)) return;
    const name = 'tagName' in node ? node.tagName : '';
    if (options.notes?.said.has(node)) return;
    const words = 'tagName' in node ? options.notes?.at.get(node) : undefined;
    if (words !== undefined) {
      open.push(literal(` (${clean(words, false)})`));
      return;
    }
    if (name !== '') {
      if (isHidden(node as Element) || (!options.fragment && isSide(node as Element))) return;
      if (LEFT_OUT.has(name)) {
        note(name, node as Element, options.leftOut);
        return;
      }
    }
    if (deep > DEEPEST) {
      open.push(literal(clean(textContent(node), false)));
      return;
    }
    const children = (inner: Place) => {
      for (const child of node.childNodes) walk(child, inner, deep + 1);
    };
    if (name === 'br') {
      // Two in a row are how old pages end a paragraph.
      const last = open.findLast((piece) => piece.text.trim() !== '' || piece.text === '\n');
      if (last?.text === '\n' && !options.fragment) flush(place);
      else open.push(literal('\n'));
    } else if (name === 'q') {
      open.push(literal('“'));
      children(place);
      open.push(literal('”'));
    } else if (!BLOCKS.has(name)) children(place);
    else {
      flush(place);
      if (name === 'table' && !isLayout(node as Element)) {
        tables++;
        const caption = elementsOf(node, 'caption')[0];
        if (caption) {
          for (const child of caption.childNodes) walk(child, place, deep + 1);
          flush(place);
        }
        const { rows, headers } = rowsOf(node as Element, (cell) => cellPieces(cell, options));
        blocks.push(...tableBlocks(rows, { headers, number: tables }));
        return;
      }
      const inner = placeIn(name, node as Element, place);
      if (name === 'ol') numbered(node as Element, inner, (child, at) => walk(child, at, deep + 1));
      else children(inner);
      flush(inner);
    }
  };
  const outside: Place = { kind: 'body', depth: -1, level: 0 };
  for (const node of nodes) walk(node, outside, 0);
  flush(outside);
  return blocks;
}

/** Takes note of what is struck through and of the description of a picture. */
function note(name: string, element: Element, leftOut: LeftOut | undefined): void {
  if (!leftOut) return;
  if (name === 'img' && /\p{L}/u.test((attribute(element, 'alt') ?? '').slice(0, 1000))) leftOut.pictures++;
  else if (/^(?:del|s|strike)$/.test(name)) {
    const words = clean(textContent(element), false).trim();
    if (words !== '') leftOut.struck.push(words);
  }
}

function placeIn(name: string, element: Element, place: Place): Place {
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', depth: -1, level: Number(name[1]) };
  if (name === 'ul' || name === 'ol' || name === 'menu') return { ...place, kind: 'item', depth: place.depth + 1, marker: undefined };
  if (name === 'li') return { ...place, kind: 'item', depth: Math.max(0, place.depth) };
  if (name === 'dd') return { ...place, kind: 'item', depth: Math.max(0, place.depth) };
  if (name === 'dl') return { ...place, marker: undefined };
  if (name === 'blockquote') return { ...place, kind: place.kind === 'item' ? 'item' : 'quotation' };
  if (name === 'pre') return { ...place, role: 'code' };
  if (attribute(element, 'role') === 'heading') {
    return { kind: 'heading', depth: -1, level: Math.min(LOWEST_HEADING, Math.max(1, Number(attribute(element, 'aria-level')) || 2)) };
  }
  return place;
}

/** The items of a numbered list with their numbers, as `start`, `value` and `reversed` have it. */
function numbered(list: Element, place: Place, visit: (child: Node, place: Place) => void): void {
  const step = attribute(list, 'reversed') === null ? 1 : -1;
  const items = list.childNodes.filter((child) => 'tagName' in child && child.tagName === 'li').length;
  let number = Number(attribute(list, 'start') ?? (step < 0 ? items : 1)) || 1;
  for (const child of list.childNodes) {
    if ('tagName' in child && child.tagName === 'li') {
      number = Number(attribute(child, 'value') ?? number) || number;
      visit(child, { ...place, marker: `${number}.` });
      number += step;
    } else visit(child, place);
  }
}

/** Text as the readers want it; line ends of the source are spaces, but in code. */
const clean = (text: string, code: boolean): string => {
  const { text: plain } = normalise(text);
  return code ? plain : plain.replace(/[\s\u000c]+/g, ' ');
};

/** A cell's blocks in one line, kept apart by a space, or by a comma where they are items of a list; numbered ones with their numbers. */
function cellPieces(cell: Element, options: HtmlOptions): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, block] of blocksOf(cell.childNodes, { ...options, fragment: true }).entries()) {
    if (index > 0) pieces.push(literal(block.kind === 'item' && !/[.;:,!?]$/.test(textOf(pieces).slice(-2)) ? ', ' : ' '));
    if (block.marker) pieces.push(literal(`${block.marker} `));
    pieces.push(...block.pieces);
  }
  return pieces;
}

/** A table that only places things: of one column, or said to be so. */
function isLayout(table: Element): boolean {
  const role = attribute(table, 'role');
  if (role === 'presentation' || role === 'none') return true;
  const rows = ownRows(table);
  const headed = rows.some(({ cells, head }) => head || cells.some((cell) => cell.tagName === 'th'));
  if (!headed && (rows.length === 1 || elementsOf(table, 'table').length > 0 || rows.some(({ cells }) => cells.some(isLong)))) return true;
  return rows.every(({ cells }) => cells.length <= 1) || rows.some(({ cells }) => cells.some((cell) => elementsOf(cell, 'h1').length > 0));
}

/** More than any cell of a table of facts says, characters. */
const LONGEST_CELL = 1200;
const isLong = (cell: Element): boolean => textContent(cell).replace(/\s+/g, ' ').length > LONGEST_CELL;

function ownRows(table: Element): { cells: Element[]; head: boolean }[] {
  const rows: { cells: Element[]; head: boolean }[] = [];
  const visit = (node: Element, head: boolean) => {
    for (const child of node.childNodes) {
      if (!('tagName' in child) || isHidden(child)) continue;
      if (child.tagName === 'tr') {
        rows.push({ cells: child.childNodes.filter((one): one is Element => 'tagName' in one && /^t[dh]$/.test(one.tagName)), head });
      } else if (/^(?:thead|tbody|tfoot)$/.test(child.tagName)) visit(child, head || child.tagName === 'thead');
    }
  };
  visit(table, false);
  return rows;
}

/** Widest and highest span followed: a cell that claims more is an error or an attack. */
const MOST_SPANNED = 200;

/** The rows with what spans several of them in each, and how many of them name the columns (null: the table does not say). */
function rowsOf(table: Element, read: (cell: Element) => Piece[]): { rows: RawCell[][]; headers: number | null } {
  const rows: RawCell[][] = [];
  const held: ({ cell: RawCell; left: number } | undefined)[] = [];
  let headers = 0;
  let still = true;
  for (const { cells, head } of ownRows(table)) {
    const row: RawCell[] = [];
    let column = 0;
    const takeHeld = () => {
      for (let over = held[column]; over && over.left > 0; over = held[column]) {
        row.push(over.cell);
        over.left--;
        column += over.cell.span ?? 1;
      }
    };
    for (const one of cells) {
      takeHeld();
      const span = Math.max(1, Math.min(MOST_SPANNED, Number(attribute(one, 'colspan')) || 1));
      const cell = { pieces: isHidden(one) ? [] : read(one), span };
      const down = Math.max(1, Math.min(MOST_SPANNED, Number(attribute(one, 'rowspan')) || 1));
      if (down > 1) held[column] = { cell, left: down - 1 };
      row.push(cell);
      column += span;
    }
    takeHeld();
    still &&= head || (cells.length > 1 && cells.every((cell) => cell.tagName === 'th'));
    if (still) headers++;
    rows.push(row);
  }
  return { rows, headers: headers === 0 || headers === rows.length ? (headers > 0 && rows.length > 1 ? 1 : null) : headers };
}

const DATES =
  /^(?:date|dc\.date(?:\.issued)?|dcterms\.(?:date|issued|modified|created)|article:(?:published|modified)_time|publication_date|pubdate)$/;

/** Title, language, date and publisher as the head of the page gives them. */
function metaOf(root: Element): Record<string, string> {
  const meta: Record<string, string> = {};
  const set = (name: string, value: string | null) => {
    const text = clean(value ?? '', false)
      .trim()
      .slice(0, 1000);
    if (text !== '' && !(name in meta)) meta[name] = text;
  };
  set('lang', attribute(root, 'lang') ?? attribute(root, 'xml:lang'));
  const head = elementsOf(root, 'head')[0];
  if (!head) return meta;
  const title = elementsOf(head, 'title')[0];
  if (title) set('page-title', textContent(title));
  for (const element of elementsOf(head, 'meta')) {
    const name = (attribute(element, 'name') ?? attribute(element, 'property') ?? '').toLowerCase();
    if (DATES.test(name)) set('date', (attribute(element, 'content') ?? '').replace(/T.*$/, ''));
    else if (name === 'dc.publisher' || name === 'og:site_name') set('publisher', attribute(element, 'content'));
    else if (name === 'dc.language') set('lang', attribute(element, 'content'));
  }
  return meta;
}

/** The encoding a page names in its head, or null. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, DECLARED_WITHIN)).toString('latin1');
  return /<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}["']?([\w-]{2,40})/i.exec(head)?.[1]?.toLowerCase() ?? null;
}
