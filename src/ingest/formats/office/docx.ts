import { pilcrowError } from '../../../core/errors.ts';
import type { Block, ParsedSource } from '../../blocks.ts';
import { normalise } from '../../normalise.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import { LONGEST_HEADING } from '../../settings.ts';
import { isCapitals, isTitleLike, sectionDepth } from '../../shapes.ts';
import { withContacts } from '../shared/contact.ts';
import { tellLeftOut } from '../shared/left-out.ts';
import { type RawCell, tableBlocks } from '../shared/table.ts';
import { takeTitle } from '../shared/title.ts';
import { openArchive } from './archive.ts';
import { chartBlocks } from './chart.ts';
import { mathText } from './math.ts';
import { createNumbering, type Numbering } from './numbering.ts';
import { readStyles, type Style } from './styles.ts';
import { attr, child, childrenOf, descendants, isOn, mainPart, relationsOf, textOfNode, type XmlNode, xmlPart } from './xml.ts';

/** UTF-16 units of the title among the properties of a file that are taken. */
const LONGEST_HINT = 300;
/** Longest paragraph without a style taken for a heading by its letters, UTF-16 units. Chosen. */
const LONGEST_BOLD_HEADING = 120;
/** Deepest item told apart; Word itself has nine levels. */
const DEEPEST_ITEM = 20;
/** Levels of an outline; the next number means text. */
const OUTLINE_LEVELS = 9;

/** What the parts of one document share while they are read. */
interface Context {
  styles: Map<string, Style>;
  numbering: Numbering;
  notes: Map<string, XmlNode>;
  /** Text of a diagram by the id of its relation. */
  diagram(id: string): string[];
  page: number;
  /** Page on which the words of the paragraph that is read begin; null before the first of them. */
  began: number | null;
  struck: string[];
  tables: number;
  /** Fields that are open: whether what is read is their code, not their result. */
  fields: boolean[];
  /** Paragraphs of text boxes anchored in the paragraph that is read. */
  boxes: XmlNode[];
  charts: string[];
  /** Paragraphs that are bold throughout. */
  bold: Set<Piece[]>;
  /** The chart of a relation. */
  chart(id: string): XmlNode | null;
  /** Text of a paragraph whose end was deleted, and goes on in the next. */
  carried: Piece[];
}

/** Bullets that people type. */
const TYPED_BULLET = /^[•‣◦▪▫●○∙·\uf0b7\uf0a7]\s*(?=\S)/u;

/**
 * Reads a Word document (.docx): headings by style and outline level, numbering as shown, tables with merged cells, footnotes at
 * their mark, text boxes, tracked changes as accepted. Headers, footers, comments and hidden text are left out.
 */
export function readDocx(name: string, bytes: Uint8Array): ParsedSource {
  const archive = openArchive(name, bytes);
  const main = mainPart(archive, 'word/document.xml');
  const body = child(xmlPart(archive, main), 'document', 'body');
  if (!body) {
    throw pilcrowError('bad_document', `${name} is no Word document, whatever its name says.`, {
      hint: 'Give it the ending of what it is.',
    });
  }
  const relations = relationsOf(archive, main);
  const related = (kind: string) => [...relations.values()].find((one) => one.kind === kind && one.target !== '')?.target ?? null;
  const partOf = (kind: string) => {
    const path = related(kind);
    return path === null ? null : xmlPart(archive, path);
  };
  const notes = new Map<string, XmlNode>();
  for (const kind of ['footnote', 'endnote']) {
    for (const note of childrenOf(child(partOf(`${kind}s`), `${kind}s`), kind)) {
      // Separators are notes by form only.
      if (attr(note, 'type') === null) notes.set(`${kind} ${attr(note, 'id')}`, note);
    }
  }
  const paged = descendants(body, 'lastRenderedPageBreak').length > 0;
  const context: Context = {
    styles: readStyles(partOf('styles')),
    numbering: createNumbering(partOf('numbering')),
    notes,
    diagram: (id) => {
      const target = relations.get(id)?.target;
      const data = target ? xmlPart(archive, target) : null;
      return descendants(data, 't').map(textOfNode);
    },
    page: 1,
    began: null,
    struck: [],
    tables: 0,
    fields: [],
    boxes: [],
    charts: [],
    bold: new Set(),
    chart: (id) => {
      const target = relations.get(id)?.target;
      return target ? xmlPart(archive, target) : null;
    },
    carried: [],
  };
  const read = flow(body, context);
  const blocks = withContacts(read.some(({ kind }) => kind === 'heading') ? read : withShapedHeadings(read, context.bold));
  for (const block of blocks) if (!paged) block.page = null;
  const problems = tellLeftOut({ struck: context.struck, pictures: 0 }, 'take the formatting away');
  const { title, dateLine, rest } = takeTitle(blocks);
  const properties = child(xmlPart(archive, 'docProps/core.xml'), 'coreProperties');
  const hint = normalise(textOfNode(child(properties, 'title'))).text.trim();
  return { blocks: rest, title: title ?? (hint === '' ? null : hint.slice(0, LONGEST_HINT)), dateLine, meta: {}, problems };
}

/** Headings of a document that has none by style: bold or in capitals, a title by its words, and with text below it. */
function withShapedHeadings(blocks: readonly Block[], bold: ReadonlySet<Piece[]>): Block[] {
  return blocks.map((block, index) => {
    const text = textOf(block.pieces);
    if (block.kind !== 'body' || block.role || text.length > LONGEST_BOLD_HEADING || !blocks[index + 1]) return block;
    const capitals = isCapitals(text) && !/[.,;]$/.test(text);
    const titled = bold.has(block.pieces) && isTitleLike(text) && !text.endsWith(':');
    if (!capitals && !titled) return block;
    return { ...block, kind: 'heading' as const, level: sectionDepth(text) || (capitals && !/^(?:[A-Z]|\d+)[.)]\s/.test(text) ? 1 : 2) };
  });
}

/** The blocks of a body, a cell or a text box. */
function flow(parent: XmlNode, context: Context): Block[] {
  const blocks: Block[] = [];
  const walk = (nodes: readonly XmlNode[]) => {
    for (const node of nodes) {
      if (node.name === 'p') addAll(blocks, paragraphBlocks(node, context));
      else if (node.name === 'tbl') addAll(blocks, readTable(node, context));
      else if (node.name === 'sdt') {
        if (!isContents(node)) walk(child(node, 'sdtContent')?.children ?? []);
      } else if (/^(?:ins|moveTo|customXml|smartTag)$/.test(node.name)) walk(node.children);
      else if (node.name === 'AlternateContent') walk(chosen(node));
    }
  };
  walk(parent.children);
  return blocks;
}

const addAll = (to: Block[], from: readonly Block[]) => {
  for (const block of from) to.push(block);
};

const isContents = (sdt: XmlNode): boolean =>
  descendants(child(sdt, 'sdtPr'), 'docPartGallery').some((one) => /table of contents/i.test(attr(one, 'val') ?? ''));

/** The branch of alternate content that holds text; both say the same. */
function chosen(node: XmlNode): XmlNode[] {
  const choice = child(node, 'Choice');
  return (choice && descendants(choice, 't').length > 0 ? choice : (child(node, 'Fallback') ?? choice))?.children ?? [];
}

function paragraphBlocks(node: XmlNode, context: Context): Block[] {
  const properties = child(node, 'pPr');
  const style = context.styles.get(attr(child(properties, 'pStyle'), 'val') ?? '') ?? context.styles.get('') ?? null;
  const outer = context.boxes;
  context.boxes = [];
  const [before, around] = [context.page, context.began];
  context.began = context.carried.length > 0 ? before : null;
  const pieces = tidy([...context.carried, ...inline(node.children, context)]);
  // Word notes the turn of a page inside the paragraph that begins it.
  const page = context.began ?? before;
  context.began = around;
  const boxes = context.boxes;
  context.boxes = outer;
  context.carried = [];
  const blocks: Block[] = [];
  if (child(properties, 'rPr', 'del') && pieces.length > 0) context.carried = [...pieces, literal(' ')];
  else if (!style?.contents) {
    const block = classify(pieces, properties, style, context);
    if (block) {
      blocks.push({ ...block, page });
      if (block.kind === 'body' && textOf(block.pieces).length <= LONGEST_HEADING && isBold(node)) context.bold.add(block.pieces);
    }
  }
  for (const box of boxes) addAll(blocks, flow(box, context));
  for (const id of context.charts.splice(0)) {
    const chart = chartBlocks(context.chart(id), ++context.tables);
    addAll(
      blocks,
      chart.map((one) => ({ ...one, page })),
    );
  }
  return blocks;
}

function classify(pieces: Piece[], properties: XmlNode | null, style: Style | null, context: Context): Block | null {
  const block: Block = { kind: 'body', pieces, level: 0, depth: 0, page: null };
  const outline = attr(child(properties, 'outlineLvl'), 'val');
  const level = outline === null ? (style?.level ?? null) : Number(outline) < OUTLINE_LEVELS ? Number(outline) + 1 : null;
  const list = attr(child(properties, 'numPr', 'numId'), 'val') ?? style?.list ?? null;
  const depth = Number(attr(child(properties, 'numPr', 'ilvl'), 'val') ?? style?.depth ?? 0) || 0;
  if (pieces.length === 0) return null;
  const label = list !== null && context.numbering.has(list) ? context.numbering.next(list, depth) : null;
  if (level !== null) {
    block.kind = 'heading';
    block.level = level;
    if (label && label.text !== '') block.pieces = [literal(`${label.text} `), ...pieces];
    return block;
  }
  if (label) {
    block.kind = 'item';
    block.depth = Math.min(depth, DEEPEST_ITEM);
    // "3.2 (a)" and "Article 5" are what people cite; "3." is what any list shows.
    if (/\d\D+\d|\p{L}{3}|§/u.test(label.text)) block.pieces = [literal(`${label.text} `), ...pieces];
    else if (label.text !== '') block.marker = label.text;
    return block;
  }
  const typed = TYPED_BULLET.exec(textOf(pieces.slice(0, 2)))?.[0].length ?? 0;
  if (typed > 0) {
    block.kind = 'item';
    const [first, ...rest] = pieces as [Piece, ...Piece[]];
    block.pieces = tidy([literal(first.text.slice(typed)), ...rest]);
    return block.pieces.length > 0 ? block : null;
  }
  if (style?.quote) block.kind = 'quotation';
  if (style?.code) block.role = 'code';
  return block;
}

/** The text of runs and what stands between them. */
function inline(nodes: readonly XmlNode[], context: Context): Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string) => {
    const clean = normalise(text).text;
    if (clean !== '') pieces.push(literal(clean));
    if (clean.trim() !== '') context.began ??= context.page;
  };
  const struck: string[] = [];
  const endStruck = () => {
    const words = struck.join('').trim();
    if (words !== '') context.struck.push(words);
    struck.length = 0;
  };
  const inCode = () => context.fields.at(-1) === true;
  const run = (node: XmlNode) => {
    const properties = child(node, 'rPr');
    if (isOn(child(properties, 'vanish')) || isOn(child(properties, 'webHidden'))) return;
    const gone = isOn(child(properties, 'strike')) || isOn(child(properties, 'dstrike'));
    if (!gone) endStruck();
    const say = (text: string) => {
      if (inCode()) return;
      if (gone) struck.push(text);
      else put(text);
    };
    for (const part of node.children) {
      if (part.name === 't') say(textOfNode(part).replace(/\n/g, ' '));
      else if (part.name === 'tab' || part.name === 'ptab') say(' ');
      else if (part.name === 'br' || part.name === 'cr') {
        if (attr(part, 'type') === 'page') say(' ');
        else say('\n');
      } else if (part.name === 'noBreakHyphen') say('-');
      else if (part.name === 'sym') {
        const code = Number.parseInt(attr(part, 'char') ?? '', 16);
        if (code > 0x20 && code < 0xe000) say(String.fromCodePoint(code));
      } else if (part.name === 'lastRenderedPageBreak') context.page++;
      else if (part.name === 'footnoteReference' || part.name === 'endnoteReference') {
        const note = context.notes.get(`${part.name.replace('Reference', '')} ${attr(part, 'id')}`);
        const words = note ? noteText(note, context) : '';
        if (words !== '') say(` (${words})`);
      } else if (part.name === 'fldChar') {
        const type = attr(part, 'fldCharType');
        if (type === 'begin') context.fields.push(true);
        else if (type === 'separate' && context.fields.length > 0) context.fields[context.fields.length - 1] = false;
        else if (type === 'end') context.fields.pop();
      } else if (part.name === 'AlternateContent') {
        for (const inner of chosen(part)) drawing(inner);
      } else if (part.name === 'drawing' || part.name === 'pict' || part.name === 'object') drawing(part);
    }
  };
  const drawing = (node: XmlNode) => {
    const walk = (one: XmlNode) => {
      if (one.name === 'txbxContent') context.boxes.push(one);
      else if (one.name === 'AlternateContent') for (const inner of chosen(one)) walk(inner);
      else if (one.name === 'relIds') {
        const lines = context.diagram(attr(one, 'dm') ?? '');
        if (lines.length > 0) context.boxes.push(asBox(lines));
      } else if (one.name === 'chart') context.charts.push(attr(one, 'id') ?? '');
      else for (const inner of one.children) walk(inner);
    };
    walk(node);
  };
  const walk = (list: readonly XmlNode[]) => {
    for (const node of list) {
      if (node.name === 'r') run(node);
      else if (node.name === 'oMath' || node.name === 'oMathPara') put(` ${mathText(node)} `);
      else if (node.name === 'AlternateContent') walk(chosen(node));
      else if (node.name === 'sdt') walk(child(node, 'sdtContent')?.children ?? []);
      else if (!LEFT_OUT.has(node.name)) walk(node.children);
    }
  };
  walk(nodes);
  endStruck();
  return pieces;
}

const LEFT_OUT = new Set([
  'pPr',
  'rPr',
  'del',
  'moveFrom',
  'sdtPr',
  'sdtEndPr',
  'commentRangeStart',
  'commentRangeEnd',
  'proofErr',
  'bookmarkStart',
  'bookmarkEnd',
  'permStart',
  'permEnd',
  'fldData',
  'smartTagPr',
  'customXmlPr',
  '',
]);

/** Lines of a diagram in the form of a text box. */
const asBox = (lines: readonly string[]): XmlNode => {
  const node = (name: string, children: XmlNode[], text = ''): XmlNode => ({ name, attributes: {}, children, text });
  return node(
    'txbxContent',
    lines.filter((line) => line.trim() !== '').map((line) => node('p', [node('r', [node('t', [node('', [], line)])])])),
  );
};

/** A note in one line. */
function noteText(note: XmlNode, context: Context): string {
  const outer = context.boxes;
  context.boxes = [];
  const words = flow(note, context)
    .map((block) => textOf(block.pieces))
    .join(' ');
  context.boxes = outer;
  return words.replace(/\s+/g, ' ').trim();
}

interface Row {
  cells: XmlNode[];
  header: boolean;
  before: number;
}

function rowsOf(table: XmlNode): Row[] {
  const rows: Row[] = [];
  const walk = (nodes: readonly XmlNode[]) => {
    for (const node of nodes) {
      if (node.name === 'tr') {
        const properties = child(node, 'trPr');
        if (child(properties, 'del')) continue;
        const cells: XmlNode[] = [];
        const collect = (list: readonly XmlNode[]) => {
          for (const one of list) {
            if (one.name === 'tc') cells.push(one);
            else if (one.name === 'sdt') collect(child(one, 'sdtContent')?.children ?? []);
            else if (one.name === 'customXml') collect(one.children);
          }
        };
        collect(node.children);
        rows.push({
          cells,
          header: isOn(child(properties, 'tblHeader')),
          before: Number(attr(child(properties, 'gridBefore'), 'val') ?? 0) || 0,
        });
      } else if (node.name === 'sdt') walk(child(node, 'sdtContent')?.children ?? []);
      else if (node.name === 'ins' || node.name === 'customXml') walk(node.children);
    }
  };
  walk(table.children);
  return rows;
}

const MOST_SPANNED = 200;

function readTable(table: XmlNode, context: Context): Block[] {
  const rows = rowsOf(table);
  const cellsOf = rows.map(({ cells }) => cells.map((cell) => flow(cell, context)));
  // A table of one column, or with headings or tables of several rows inside, only places its text.
  const layout =
    rows.every(({ cells }) => cells.length <= 1) ||
    cellsOf.some((row) => row.some((blocks) => blocks.some((block) => block.kind === 'heading')));
  if (layout) return cellsOf.flat(2);
  const number = ++context.tables;
  const above: (RawCell | undefined)[] = [];
  const made = rows.map(({ cells, before }, index): RawCell[] => {
    const row: RawCell[] = before > 0 ? [{ pieces: [], span: Math.min(before, MOST_SPANNED) }] : [];
    let column = before;
    cells.forEach((cell, at) => {
      const properties = child(cell, 'tcPr');
      const span = Math.max(1, Math.min(MOST_SPANNED, Number(attr(child(properties, 'gridSpan'), 'val') ?? 1) || 1));
      const merge = child(properties, 'vMerge');
      const goesOn = merge !== null && attr(merge, 'val') !== 'restart' && above[column] !== undefined;
      const own: RawCell = goesOn ? { ...(above[column] as RawCell), span } : { pieces: cellPieces(cellsOf[index]?.[at] ?? []), span };
      above[column] = merge === null ? undefined : own;
      row.push(own);
      column += span;
    });
    return row;
  });
  let headers = 0;
  while (headers < rows.length && rows[headers]?.header) headers++;
  const page = cellsOf.flat(2)[0]?.page ?? null;
  const marked = headers > 0 && headers < rows.length ? headers : isFirstMarked(table, rows) ? 1 : null;
  return tableBlocks(made, { headers: marked, number, page });
}

/** Whether the first row is set apart as a header: by the style of the table, or by bold type that the second row has not. */
function isFirstMarked(table: XmlNode, rows: readonly Row[]): boolean {
  const [first, second] = rows;
  if (!first || !second || first.cells.length < 2) return false;
  const properties = child(table, 'tblPr');
  const style = attr(child(properties, 'tblStyle'), 'val') ?? '';
  const look = child(properties, 'tblLook');
  const switched = attr(look, 'firstRow') ?? String((Number.parseInt(attr(look, 'val') ?? '0', 16) >> 5) & 1);
  if (style !== '' && !/^(?:TableGrid|TableNormal|a\d*|NormalTable|PlainTable\w*)$/i.test(style) && switched === '1') return true;
  return first.cells.every(isBold) && !second.cells.every(isBold);
}

/** Whether all text of a cell is bold; an empty one is not. */
function isBold(cell: XmlNode): boolean {
  const runs = descendants(cell, 'r').filter((run) => textOfNode(child(run, 't')).trim() !== '');
  return runs.length > 0 && runs.every((run) => isOn(child(run, 'rPr', 'b')));
}

/** A cell's paragraphs in one line; items of a list are kept apart by commas. */
function cellPieces(blocks: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, block] of blocks.entries()) {
    if (index > 0) pieces.push(literal(block.kind === 'item' && !/[.;:,!?]$/.test(textOf(pieces.slice(-1))) ? ', ' : ' '));
    for (const piece of block.pieces) pieces.push(piece);
  }
  return pieces;
}
