import type { PhrasingContent, RootContent } from 'mdast';
import { decodeString } from 'micromark-util-decode-string';
import { normalise } from '../../normalise.ts';
import { literal, type Piece, textOf, tidy } from '../../pieces.ts';
import { isHidden } from '../html/index.ts';
import type { LeftOut } from '../shared/left-out.ts';
import type { Masked } from './marks.ts';

/** A line of a paragraph as it stands in the source; `hard`: the author broke it on purpose. */
export interface InlineLine {
  pieces: Piece[];
  hard: boolean;
}

/** What the parts of one Markdown document share while they are read. */
export interface InlineContext {
  /** The normalised source, and where the parsed part begins in it. */
  text: string;
  base: number;
  masked: Masked;
  /** Words of a footnote by its identifier; null when there is none or it was said already. */
  note(identifier: string): string | null;
  /** Told of what is struck through and left out. */
  struck(text: string): void;
  /** Told of the description of a picture, which is no text of the document. */
  picture(description: string): void;
  /** The same, for pieces of HTML. */
  leftOut: LeftOut;
}

const TAG = /^<(\/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:\s[^<>]{0,2000})?)\/?>$/;
const NO_TEXT = new Set(['script', 'style', 'template', 'del', 's', 'strike']);
const VOID = new Set('br hr img input wbr meta link source area base col embed track'.split(' '));
/** Tags that end a line of text, and those between the cells of a table. */
const LINE_TAG = /^(?:br|tr|li|p|div|h[1-6])$/i;
const CELL_TAG = /^t[dh]$/i;
const ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/y;

/** The text of inline content line by line, without marks; what nobody sees or is struck through is left out. */
export function inlineLines(nodes: readonly PhrasingContent[], context: InlineContext): InlineLine[] {
  const lines: InlineLine[] = [{ pieces: [], hard: false }];
  /** The open tag whose content is not read, and how many of its name are open inside. */
  let skipping: { tag: string; depth: number } | null = null;
  const put = (piece: Piece) => {
    if (piece.text !== '') (lines.at(-1) as InlineLine).pieces.push(piece);
  };
  const text = (pieces: readonly Piece[]) => {
    for (const piece of pieces) {
      let from = 0;
      for (let end = piece.text.indexOf('\n'); end >= 0; end = piece.text.indexOf('\n', from)) {
        put({ text: piece.text.slice(from, end), at: piece.at < 0 ? -1 : piece.at + from });
        lines.push({ pieces: [], hard: false });
        from = end + 1;
      }
      put({ text: piece.text.slice(from), at: piece.at < 0 ? -1 : piece.at + from });
    }
  };
  const closes = tagCounts(nodes);
  const tag = (value: string) => {
    const [, slash, name = '', attributes = ''] = TAG.exec(value) ?? [];
    if (name === '') return;
    const lower = name.toLowerCase();
    if (skipping) {
      if (lower === skipping.tag) skipping.depth += slash ? -1 : VOID.has(lower) ? 0 : 1;
      if (skipping.depth === 0) skipping = null;
      return;
    }
    // What is opened and never closed hides nothing: the words that follow must not be lost.
    if (!slash && !VOID.has(lower) && (closes.get(lower) ?? 0) > 0 && (NO_TEXT.has(lower) || hides(attributes))) {
      skipping = { tag: lower, depth: 1 };
      return;
    }
    if (LINE_TAG.test(lower)) lines.push({ pieces: [], hard: true });
    else if (CELL_TAG.test(lower)) put(literal(' '));
  };
  const walk = (list: readonly PhrasingContent[]) => {
    for (const node of list) {
      if (node.type === 'html') {
        tag(node.value);
        continue;
      }
      if (skipping) continue;
      const [from, to] = rangeOf(node, context);
      if (node.type === 'text') text(aligned(context, from, to, node.value));
      else if (node.type === 'inlineCode') text(codePieces(context, from, to, node.value));
      else if (node.type === 'break') lines.push({ pieces: [], hard: true });
      else if (node.type === 'delete') context.struck(plainText(node.children, context));
      else if (node.type === 'image' || node.type === 'imageReference') context.picture(node.alt ?? '');
      else if (node.type === 'footnoteReference') {
        const note = context.note(node.identifier);
        if (note !== null) put(literal(` (${note})`));
      } else if ('children' in node) walk(node.children as PhrasingContent[]);
    }
  };
  walk(nodes);
  return lines;
}

/** How many closing tags of each name there are. */
function tagCounts(nodes: readonly PhrasingContent[]): Map<string, number> {
  const counts = new Map<string, number>();
  const left: PhrasingContent[] = [...nodes];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'html') {
      const name = /^<\/([a-zA-Z][a-zA-Z0-9-]{0,30})\s{0,20}>$/.exec(node.value)?.[1]?.toLowerCase();
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    } else if ('children' in node) for (const child of node.children) left.push(child as PhrasingContent);
  }
  return counts;
}

function hides(attributes: string): boolean {
  if (!/hidden|display|visibility/i.test(attributes)) return false;
  const attrs = [
    ...attributes.matchAll(/([a-zA-Z-]{1,40})(?:\s{0,5}=\s{0,5}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,500})))?/g),
  ].map(([, name, double, single, bare]) => ({ name: (name as string).toLowerCase(), value: double ?? single ?? bare ?? '' }));
  return isHidden({ attrs } as Parameters<typeof isHidden>[0]);
}

/** The text of inline content in one line. */
export const plainText = (nodes: readonly PhrasingContent[], context: InlineContext): string =>
  textOf(tidy(inlineLines(nodes, context).flatMap((line, index) => (index === 0 ? line.pieces : [literal(' '), ...line.pieces]))));

/** Where a node stands in the normalised source. */
export function rangeOf(node: RootContent | PhrasingContent, { base }: InlineContext): [number, number] {
  const { position } = node;
  return [base + (position?.start.offset ?? 0), base + (position?.end.offset ?? 0)];
}

/** The source of inline code without its marks; what was masked inside stands as it was written. */
function codePieces(context: InlineContext, from: number, to: number, value: string): Piece[] {
  const raw = context.text.slice(from, to);
  const ticks = /^`{1,100}/.exec(raw)?.[0].length ?? 0;
  const inside = raw.slice(ticks, raw.length - ticks);
  if (ticks > 0 && !inside.includes('\n') && !inside.includes('\\|')) return [{ text: inside, at: from + ticks }];
  return [literal(unmask(value, context.masked))];
}

/** A value of the parser as slices of the source: it differs by escapes, entities, masked marks and what begins a quoted line. */
function aligned(context: InlineContext, from: number, to: number, value: string): Piece[] {
  const { text, masked, base } = context;
  const source = masked.text;
  const pieces: Piece[] = [];
  let at = from - base;
  const end = to - base;
  let begin = at;
  const cut = () => {
    if (at > begin) pieces.push({ text: text.slice(base + begin, base + at), at: base + begin });
  };
  for (let index = 0; index < value.length; ) {
    const unit = value[index] as string;
    if (source[at] === '&') {
      ENTITY.lastIndex = at;
      const entity = ENTITY.exec(source)?.[0];
      const decoded = entity === undefined ? '' : decodeString(entity);
      if (entity !== undefined && decoded !== entity && value.startsWith(decoded, index)) {
        cut();
        pieces.push(literal(normalise(decoded).text));
        at += entity.length;
        begin = at;
        index += decoded.length;
        continue;
      }
    }
    if (source[at] === '\\' && source[at + 1] === unit && /[!-/:-@[-`{-~]/.test(unit)) {
      cut();
      at++;
      begin = at;
    }
    const instead = masked.read.get(unit);
    if (source[at] === unit && instead === undefined) {
      at++;
      index++;
    } else if (source[at] === unit) {
      cut();
      at++;
      begin = at;
      index++;
      if (instead !== '') pieces.push(literal(instead as string));
    } else if (at < end && /[ \t>]/.test(source[at] ?? '')) {
      // White space at either end of a line, and the marks of quotes before it, are no part of the value.
      cut();
      at++;
      begin = at;
    } else {
      cut();
      pieces.push(literal(unmask(normalise(value.slice(index)).text, masked)));
      return pieces;
    }
  }
  cut();
  return pieces;
}

export function unmask(value: string, { read }: Masked): string {
  let out = '';
  for (const unit of value) out += read.get(unit) ?? unit;
  return out;
}
