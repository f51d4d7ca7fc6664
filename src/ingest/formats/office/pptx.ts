import { pilcrowError } from '../../../core/errors.ts';
import type { Block, ParsedSource, Told } from '../../blocks.ts';
import { normalise } from '../../normalise.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import { withContacts } from '../shared/contact.ts';
import { type RawCell, tableBlocks } from '../shared/table.ts';
import { takeTitle } from '../shared/title.ts';
import { openArchive } from './archive.ts';
import { chartBlocks } from './chart.ts';
import { mathText } from './math.ts';
import { attr, child, childrenOf, descendants, mainPart, relationsOf, textOfNode, type XmlNode, xmlPart } from './xml.ts';

/** UTF-16 units of the title among the properties of a file that are taken. */
const LONGEST_HINT = 300;
/** A longer text that stands alone in its box is a paragraph though it has a bullet, UTF-16 units. Chosen. */
const LONGEST_ITEM = 60;
/** Deepest item told apart; PowerPoint itself has nine levels. */
const DEEPEST_ITEM = 9;

/** A shape with where it stands on its slide, in the units of the file. */
interface Shape {
  node: XmlNode;
  x: number;
  y: number;
  title: boolean;
}

/** Placeholders that repeat on every slide. */
const FURNITURE = new Set(['ftr', 'dt', 'sldNum', 'hdr', 'sldImg']);
/** Shapes whose tops differ by less stand in one row: a tenth of an inch, in English metric units. */
const ROW = 91_440;

/** Reads slides (.pptx): the title as heading, text in reading order, tables, then the notes of the speaker. Hidden slides are left out. */
export function readPptx(name: string, bytes: Uint8Array): ParsedSource {
  const archive = openArchive(name, bytes);
  const main = mainPart(archive, 'ppt/presentation.xml');
  const presentation = child(xmlPart(archive, main), 'presentation');
  if (!presentation) {
    throw pilcrowError('bad_document', `${name} is no presentation, whatever its name says.`, {
      hint: 'Give it the ending of what it is.',
    });
  }
  const relations = relationsOf(archive, main);
  const blocks: Block[] = [];
  const problems: Told[] = [];
  let tables = 0;
  let page = 0;
  const hidden: number[] = [];
  for (const entry of childrenOf(child(presentation, 'sldIdLst'), 'sldId')) {
    page++;
    const path = Object.entries(entry.attributes).find(([key]) => /:id$/.test(key))?.[1] ?? '';
    const target = relations.get(path)?.target;
    const tree = target ? child(xmlPart(archive, target), 'sld') : null;
    if (!target || !tree) {
      problems.push({ message: `Slide ${page} is missing in the file.`, hint: 'Open it in its program and save it again.' });
      continue;
    }
    if (attr(tree, 'show') === '0' || attr(tree, 'show') === 'false') {
      hidden.push(page);
      continue;
    }
    const own = relationsOf(archive, target);
    const related = (kind: string) => [...own.values()].find((one) => one.kind === kind)?.target ?? null;
    const layout = related('slideLayout');
    const places = layout ? placeholders(xmlPart(archive, layout)) : new Map<string, { x: number; y: number }>();
    const rooted = (id: string) => xmlPart(archive, own.get(id)?.target ?? '');
    const parts: Related = {
      diagram: (id) => descendants(rooted(id), 't').map(textOfNode),
      chart: (id, number) => chartBlocks(rooted(id), number),
      table: () => ++tables,
    };
    const shapes = inOrder(shapesOf(child(tree, 'cSld', 'spTree'), places));
    for (const shape of shapes) {
      const made = shapeBlocks(shape, parts);
      for (const block of made) blocks.push({ ...block, page });
    }
    const notes = related('notesSlide');
    for (const block of notes ? noteBlocks(xmlPart(archive, notes)) : []) blocks.push({ ...block, page });
  }
  if (hidden.length > 0) {
    const message =
      hidden.length === 1 ? `Slide ${hidden[0]} is hidden and left out.` : `Slides ${hidden.join(', ')} are hidden and left out.`;
    problems.push({ message, hint: 'Show them in the presentation if they hold.', note: true });
  }
  const { title, dateLine, rest } = takeTitle(withContacts(blocks));
  const hint = normalise(textOfNode(child(xmlPart(archive, 'docProps/core.xml'), 'coreProperties', 'title'))).text.trim();
  const usable = hint !== '' && !/^(?:powerpoint|presentation|slide)\b/i.test(hint);
  return { blocks: rest, title: title ?? (usable ? hint.slice(0, LONGEST_HINT) : null), dateLine, meta: {}, problems };
}

const placeholderOf = (shape: XmlNode): XmlNode | null =>
  child(shape.children.find((one) => /^nv\w*Pr$/.test(one.name)) ?? null, 'nvPr', 'ph');

const keysOf = (placeholder: XmlNode): string[] => {
  const type = attr(placeholder, 'type') ?? 'obj';
  const index = attr(placeholder, 'idx');
  return [...(index === null ? [] : [`#${index}`]), type === 'ctrTitle' ? 'title' : type];
};

/** Where the placeholders of a layout stand, by index and by type. */
function placeholders(layout: XmlNode | null): Map<string, { x: number; y: number }> {
  const found = new Map<string, { x: number; y: number }>();
  for (const shape of descendants(layout, 'sp')) {
    const placeholder = placeholderOf(shape);
    const place = offsetOf(shape);
    if (placeholder && place) for (const key of keysOf(placeholder)) if (!found.has(key)) found.set(key, place);
  }
  return found;
}

function offsetOf(shape: XmlNode): { x: number; y: number } | null {
  const frame = child(shape, 'spPr', 'xfrm') ?? child(shape, 'grpSpPr', 'xfrm') ?? child(shape, 'xfrm');
  const offset = child(frame, 'off');
  return offset ? { x: Number(attr(offset, 'x')) || 0, y: Number(attr(offset, 'y')) || 0 } : null;
}

function shapesOf(tree: XmlNode | null, places: ReadonlyMap<string, { x: number; y: number }>): Shape[] {
  const shapes: Shape[] = [];
  for (const node of tree?.children ?? []) {
    if (node.name === 'AlternateContent') {
      const branch = child(node, 'Choice') ?? child(node, 'Fallback');
      if (branch) shapes.push(...shapesOf(branch, places));
      continue;
    }
    if (!/^(?:sp|grpSp|graphicFrame|cxnSp)$/.test(node.name)) continue;
    const hidden = node.children.some(
      (one) => /^nv\w*Pr$/.test(one.name) && /^(?:1|true)$/.test(attr(child(one, 'cNvPr'), 'hidden') ?? ''),
    );
    if (hidden) continue;
    const placeholder = placeholderOf(node);
    const type = placeholder ? (attr(placeholder, 'type') ?? 'obj') : null;
    if (type !== null && FURNITURE.has(type)) continue;
    const given = placeholder
      ? keysOf(placeholder)
          .map((key) => places.get(key))
          .find((one) => one !== undefined)
      : undefined;
    const place = offsetOf(node) ?? given ?? { x: 0, y: 0 };
    shapes.push({ node, ...place, title: type === 'title' || type === 'ctrTitle' });
  }
  return shapes;
}

/** The title first, then from the top down, and in a row from the left. */
function inOrder(shapes: readonly Shape[]): Shape[] {
  const sorted = [...shapes].sort((a, b) => Number(b.title) - Number(a.title) || a.y - b.y || a.x - b.x);
  const out: Shape[] = [];
  for (let from = 0; from < sorted.length; ) {
    const first = sorted[from] as Shape;
    let to = from + 1;
    while (to < sorted.length && (sorted[to] as Shape).y - first.y < ROW && (sorted[to] as Shape).title === first.title) to++;
    out.push(...sorted.slice(from, to).sort((a, b) => a.x - b.x || a.y - b.y));
    from = to;
  }
  return out;
}

interface Related {
  diagram(id: string): string[];
  chart(id: string, number: number): Block[];
  /** Number of the next table. */
  table(): number;
}

function shapeBlocks({ node, title }: Shape, related: Related): Block[] {
  const { diagram, chart, table } = related;
  if (node.name === 'grpSp') return inOrder(shapesOf(node, new Map())).flatMap((shape) => shapeBlocks(shape, related));
  if (node.name === 'graphicFrame') {
    const data = child(node, 'graphic', 'graphicData');
    const found = child(data, 'tbl');
    if (found) return readTable(found, table());
    const drawn = child(data, 'chart');
    if (drawn) return chart(attr(drawn, 'id') ?? '', table());
    const ids = child(data, 'relIds');
    const lines = ids ? diagram(attr(ids, 'dm') ?? '') : [];
    return lines
      .map((line) => ({ kind: 'item' as const, pieces: tidy([literal(normalise(line).text)]), level: 0, depth: 0, page: null }))
      .filter((block) => block.pieces.length > 0);
  }
  const body = child(node, 'txBody');
  if (!body) return [];
  if (title) {
    const pieces = tidy(
      childrenOf(body, 'p')
        .flatMap((paragraph) => [...runs(paragraph), literal(' ')])
        .map((piece) => (piece.text === '\n' ? literal(' ') : piece)),
    );
    return pieces.length > 0 ? [{ kind: 'heading', pieces, level: 1, depth: 0, page: null }] : [];
  }
  const placeholder = placeholderOf(node);
  const type = placeholder ? (attr(placeholder, 'type') ?? 'obj') : null;
  return textBlocks(body, type !== null && /^(?:obj|body)$/.test(type));
}

/** Paragraphs of a text; where the layout sets bullets, they are items unless they switch them off. */
function textBlocks(body: XmlNode, bulleted: boolean): Block[] {
  const blocks: Block[] = [];
  /** Numbers of the numbered lists that are open, by depth. */
  const numbers: number[] = [];
  for (const paragraph of childrenOf(body, 'p')) {
    const pieces = tidy(runs(paragraph));
    if (pieces.length === 0) continue;
    const properties = child(paragraph, 'pPr');
    const depth = Math.min(DEEPEST_ITEM, Number(attr(properties, 'lvl') ?? 0) || 0);
    const own = child(properties, 'buChar') ?? child(properties, 'buAutoNum') ?? child(properties, 'buBlip');
    const item = own !== null || (bulleted && !child(properties, 'buNone'));
    const block: Block = { kind: item ? 'item' : 'body', pieces, level: 0, depth: item ? depth : 0, page: null };
    numbers.length = Math.min(numbers.length, depth + 1);
    if (own?.name === 'buAutoNum') {
      numbers[depth] = (numbers[depth] ?? Number(attr(own, 'startAt') ?? 1) - 1) + 1;
      block.marker = `${numbers[depth]}.`;
    } else numbers.length = Math.min(numbers.length, depth);
    blocks.push(block);
  }
  // One line alone is no list.
  const [only] = blocks;
  if (blocks.length === 1 && only?.kind === 'item' && only.depth === 0 && textOf(only.pieces).length > LONGEST_ITEM) only.kind = 'body';
  return blocks;
}

function runs(paragraph: XmlNode): Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string) => {
    const clean = normalise(text).text;
    if (clean !== '') pieces.push(literal(clean));
  };
  for (const node of paragraph.children) {
    if (node.name === 'r') {
      const strike = attr(child(node, 'rPr'), 'strike');
      if (strike === null || strike === 'noStrike') put(textOfNode(child(node, 't')).replace(/\n/g, ' '));
    } else if (node.name === 'br') put('\n');
    else if (node.name === 'fld') {
      if (attr(node, 'type') !== 'slidenum') put(textOfNode(child(node, 't')));
    } else if (node.name === 'm' || node.name === 'AlternateContent' || node.name === 'oMath')
      put(` ${mathText(child(node, 'Choice') ?? node)} `);
  }
  return pieces;
}

function readTable(table: XmlNode, number: number): Block[] {
  const above: (RawCell | undefined)[] = [];
  const rows = childrenOf(table, 'tr').map((row) => {
    const cells: RawCell[] = [];
    childrenOf(row, 'tc').forEach((cell, column) => {
      // What a merged cell covers is said by the cell itself.
      if (/^(?:1|true)$/.test(attr(cell, 'hMerge') ?? '')) {
        const last = cells.at(-1);
        if (last) last.span = (last.span ?? 1) + 1;
        return;
      }
      const goesOn = /^(?:1|true)$/.test(attr(cell, 'vMerge') ?? '');
      const text = childrenOf(child(cell, 'txBody'), 'p').flatMap((paragraph, index) =>
        index === 0 ? runs(paragraph) : [literal(' '), ...runs(paragraph)],
      );
      const own: RawCell = goesOn && above[column] ? { pieces: (above[column] as RawCell).pieces } : { pieces: text };
      above[column] = own;
      cells.push(own);
    });
    return cells;
  });
  const headed = /^(?:1|true)$/.test(attr(child(table, 'tblPr'), 'firstRow') ?? '');
  return tableBlocks(rows, { headers: headed && rows.length > 1 ? 1 : null, number });
}

function noteBlocks(notes: XmlNode | null): Block[] {
  return descendants(notes, 'sp')
    .filter((shape) => attr(placeholderOf(shape), 'type') === 'body')
    .flatMap((shape) => textBlocks(child(shape, 'txBody') ?? shape, false))
    .map((block) => ({ ...block, role: 'note' as const }));
}
