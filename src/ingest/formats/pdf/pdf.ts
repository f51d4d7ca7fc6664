import { getDocumentProxy } from 'unpdf';
import { pilcrowError } from '../../../core/errors.ts';
import type { ParsedSource, Told } from '../../blocks.ts';
import { textOf } from '../../pieces.ts';
import { CONTINUED_WINDOW, CUT_WINDOW, HEAD_TOLD_UNITS, HEADS_TOLD, SENTENCE_END_WINDOW } from '../../settings.ts';
import { endsSentence, sectionDepth } from '../../shapes.ts';
import { withContacts } from '../shared/contact.ts';
import { isContinued, join, spelling, tailOf } from '../shared/joins.ts';
import { takeTitle } from '../shared/title.ts';
import { columnBlocks, keyOf, stepsOf } from './blocks.ts';
import { dropFurniture } from './furniture.ts';
import { columnsOf, median, segmentsOf } from './lines.ts';
import { placeNotes } from './notes.ts';
import type { BodyType, Glyphs, PageLines, PdfBlock } from './record.ts';
import {
  DEEPEST_HEADING,
  DEEPEST_OUTLINE,
  HIGHER_SHARE,
  LONGEST_HINT,
  MOST_OUTLINE_ENTRIES,
  MOST_PAGES,
  MOST_PIECES,
  NEAR_SIZE_POINTS,
  PAGES_TOLD,
  RESIZED_OVER_COLUMNS_SHARE,
  SAME_SIZE_POINTS,
  SHORTEST_HINT,
  USUAL_LEADING,
} from './settings.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * Reads a PDF: text in reading order over columns, headings by size, font and outline, lists, tables of aligned columns, without
 * what repeats at the edges of its pages. Throws `bad_document` for a scan without text, a protected or a damaged file.
 */
export async function readPdf(name: string, bytes: Uint8Array): Promise<ParsedSource> {
  const pdf = await open(name, bytes);
  try {
    const problems: Told[] = [];
    const pages: PageLines[] = [];
    const silent: number[] = [];
    /** Places of gutters between columns, across the document. */
    const gutters: number[] = [];
    const steps: ReturnType<typeof stepsOf> = [];
    const count = Math.min(pdf.numPages, MOST_PAGES);
    for (let number = 1; number <= count; number++) {
      try {
        const page = await readPage(pdf, number, gutters);
        for (const { segments } of columnsOf(page.segments, false, gutters)) steps.push(...stepsOf(segments));
        if (page.segments.length === 0) silent.push(number);
        pages.push(page);
      } catch (error) {
        const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
        problems.push({ message: `Page ${number} cannot be read: ${why}.`, hint: 'Print the document to PDF again.' });
      }
    }
    if (pdf.numPages > MOST_PAGES) {
      problems.push({ message: `Only its first ${MOST_PAGES.toLocaleString('en')} pages are read.`, hint: 'Split the document.' });
    }
    if (pages.every((page) => page.segments.length === 0)) {
      throw pilcrowError('bad_document', `${name} holds no text, only pictures of it.`, {
        hint: 'Run text recognition (OCR) over it first.',
      });
    }
    if (silent.length > 0) {
      const some = silent.slice(0, PAGES_TOLD).join(', ');
      const message =
        silent.length === 1
          ? `No text was found on page ${some}.`
          : `No text was found on pages ${some}${silent.length > PAGES_TOLD ? ' and more' : ''}.`;
      problems.push({ message, hint: 'If they are scanned, run text recognition (OCR) over them.', note: true });
    }
    const dropped = dropFurniture(pages);
    if (dropped.length > 0) {
      const list = dropped.slice(0, HEADS_TOLD).map((text) => `"${text.slice(0, HEAD_TOLD_UNITS)}"`);
      problems.push({
        message: `Running heads and feet of its pages are left out: ${list.join(', ')}${dropped.length > HEADS_TOLD ? ' and more' : ''}.`,
        hint: 'If one of them is a statement, put it into a paragraph.',
        note: true,
      });
    }
    const type = typeOf(pages, steps, await outlineOf(pdf));
    const tables = { count: 0 };
    const blocks: PdfBlock[] = [];
    for (const page of pages) {
      const letters = page.segments.reduce((sum, segment) => sum + segment.text.length, 0);
      const rtl = page.segments.reduce((sum, segment) => sum + (segment.rtl ? segment.text.length : 0), 0) * 2 > letters;
      const own = columnsOf(page.segments, rtl, gutters).flatMap((column) => columnBlocks(column, page, type, tables));
      blocks.push(...placeNotes(own, type.size));
    }
    const joined = joinBroken(blocks, type);
    setLevels(joined);
    const { title, dateLine, rest } = takeTitle(withContacts(joined.map(plain)));
    return { blocks: rest, title: title ?? (await titleHint(pdf)), dateLine, meta: {}, problems };
  } finally {
    await pdf.destroy().catch(() => undefined);
  }
}

async function open(name: string, bytes: Uint8Array): Promise<Pdf> {
  try {
    // A copy: the parser keeps the bytes it is given. No code is generated, no font of the system is opened.
    return await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
    });
  } catch (cause) {
    const kind = (cause as { name?: string }).name ?? '';
    if (/Password/.test(kind)) {
      throw pilcrowError('bad_document', `${name} is protected by a password.`, { hint: 'Save it without one.', cause });
    }
    throw pilcrowError('bad_document', `${name} is damaged, or no PDF at all.`, {
      hint: 'Open it in a viewer and print it to PDF again.',
      cause,
    });
  }
}

interface TextItem {
  str: string;
  dir: string;
  width: number;
  height: number;
  transform: number[];
  fontName: string;
}

async function readPage(pdf: Pdf, number: number, gutters: readonly number[]): Promise<PageLines> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const items = (content.items as TextItem[])
    .filter((item) => typeof item.str === 'string' && item.str.trim() !== '')
    .slice(0, MOST_PIECES);
  const placed = items.map((item) => place(item, viewport.transform as number[]));
  page.cleanup();
  // Pages that are set sideways are turned as their text is.
  const turns = [0, 0, 0, 0];
  for (const { turn, glyphs } of placed) turns[turn] = (turns[turn] as number) + glyphs.text.length;
  const turn = turns.indexOf(Math.max(...turns));
  const size = turned({ width: viewport.width, height: viewport.height }, turn);
  const upright = placed.filter((one) => one.turn === turn).map((one) => rotate(one, viewport, turn));
  const others = placed.filter((one) => one.turn !== turn);
  const segments = segmentsOf(upright, gutters);
  // Text across the page, as stamps in a margin, stands after the rest, each by itself.
  for (const [at, one] of [1, 2, 3].map((step) => (turn + step) % 4).entries()) {
    const own = segmentsOf(others.filter((other) => other.turn === one).map((other) => rotate(other, viewport, one)));
    for (const segment of own) {
      const y = size.height + 40 * (at + 1) + segment.base / 1000;
      // Small, so that it is taken for no heading.
      segments.push({ ...segment, x0: 0, x1: size.width, top: y, bottom: y + segment.size, base: y, size: 1 });
    }
  }
  return { number, ...size, segments };
}

const turned = ({ width, height }: { width: number; height: number }, turn: number) =>
  turn % 2 === 0 ? { width, height } : { width: height, height: width };

interface Placed {
  turn: number;
  x: number;
  y: number;
  length: number;
  glyphs: Glyphs;
}

/** Where an item stands on the shown page, from the top left, and how many quarter turns it is off upright. */
function place(item: TextItem, view: readonly number[]): Placed {
  const [a, b, c, d, e, f] = view as [number, number, number, number, number, number];
  const [ta, tb, tc, td, te, tf] = item.transform as [number, number, number, number, number, number];
  const ax = a * ta + c * tb;
  const ay = b * ta + d * tb;
  const x = a * te + c * tf + e;
  const y = b * te + d * tf + f;
  const size = Math.hypot(tc, td) || item.height || Math.hypot(ta, tb) || 1;
  const turn = (Math.round(Math.atan2(ay, ax) / (Math.PI / 2)) + 4) % 4;
  return {
    turn,
    x,
    y,
    length: item.width,
    glyphs: { x0: 0, x1: 0, base: 0, size, font: item.fontName, text: item.str, rtl: item.dir === 'rtl' || RIGHT_TO_LEFT.test(item.str) },
  };
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

function rotate({ x, y, length, glyphs }: Placed, { width, height }: { width: number; height: number }, turn: number): Glyphs {
  const [left, base] = turn === 0 ? [x, y] : turn === 1 ? [y, width - x] : turn === 2 ? [width - x, height - y] : [height - y, x];
  return { ...glyphs, x0: left, x1: left + length, base };
}

/** The size and font that most of the text has. */
function typeOf(pages: readonly PageLines[], steps: ReturnType<typeof stepsOf>, outline: ReadonlyMap<string, number>): BodyType {
  const sizes = new Map<string, number>();
  const fonts = new Map<string, number>();
  const texts: string[] = [];
  for (const { segments } of pages) {
    for (const { size, font, text } of segments) {
      const key = (Math.round(size * 5) / 5).toFixed(1);
      sizes.set(key, (sizes.get(key) ?? 0) + text.length);
      fonts.set(font, (fonts.get(font) ?? 0) + text.length);
      texts.push(text);
    }
  }
  const most = (counts: ReadonlyMap<string, number>) => [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  const size = Number(most(sizes)) || 10;
  const leading =
    median(steps.filter((one) => Math.abs(one.size - size) < NEAR_SIZE_POINTS).map(({ step }) => step)) || size * USUAL_LEADING;
  return { size, font: most(fonts), leading, outline, words: spelling(texts.join('\n')) };
}

/** Levels of headings by their text, as the outline of the document has them. */
async function outlineOf(pdf: Pdf): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const walk = (items: readonly { title: string; items: unknown[] }[], level: number) => {
    for (const item of items.slice(0, MOST_OUTLINE_ENTRIES)) {
      const key = keyOf(item.title);
      if (key.length > 1 && !found.has(key)) found.set(key, level);
      if (level < DEEPEST_OUTLINE) walk(item.items as { title: string; items: unknown[] }[], level + 1);
    }
  };
  walk(((await pdf.getOutline().catch(() => null)) ?? []) as { title: string; items: unknown[] }[], 1);
  return found;
}

async function titleHint(pdf: Pdf): Promise<string | null> {
  const metadata = (await pdf.getMetadata().catch(() => null)) as { info?: { Title?: unknown } } | null;
  const title = metadata?.info?.Title;
  if (
    typeof title !== 'string' ||
    title.trim().length < SHORTEST_HINT ||
    /\.(?:docx?|pptx?|indd|tex|pdf)$|^untitled|^microsoft word/i.test(title.trim())
  )
    return null;
  return title.trim().slice(0, LONGEST_HINT);
}

/** How many blocks back the first half of a paragraph may stand: tables, notes and headings of figures come between. */
const LOOK_BACK = 4;

/** Joins paragraphs that the end of a column or page cut in two. */
function joinBroken(blocks: readonly PdfBlock[], type: BodyType): PdfBlock[] {
  const out: PdfBlock[] = [];
  for (const block of blocks) {
    const last = block.role
      ? null
      : block.kind === 'body'
        ? half(out, block)
        : block.kind === 'heading'
          ? cutTitle(out.at(-1), block)
          : null;
    if (last) {
      join(last.pieces, block.pieces, type.words);
      last.short = block.short;
      last.room = block.room;
    } else out.push({ ...block, pieces: [...block.pieces] });
  }
  return out;
}

/** The block that a body goes on with, or null. */
function half(blocks: readonly PdfBlock[], block: PdfBlock): PdfBlock | null {
  for (let back = 1; back <= LOOK_BACK && back <= blocks.length; back++) {
    const last = blocks[blocks.length - back] as PdfBlock;
    const text = (last.kind === 'body' || last.kind === 'item') && !last.role;
    if (text && Math.abs(last.size - block.size) <= block.size * RESIZED_OVER_COLUMNS_SHARE) {
      const apart = last.page !== block.page || above(last, block);
      // A full line that ends no sentence goes on, whatever the next one begins with.
      // One that ends short because the next word is long does so too.
      const word = /^\S*/.exec(textOf(block.pieces).slice(0, CUT_WINDOW))?.[0].length ?? 0;
      const full =
        (!last.short || word > last.room) &&
        !endsSentence(tailOf(last.pieces, SENTENCE_END_WINDOW)) &&
        !/[:：]$/.test(tailOf(last.pieces, 2));
      if (apart && full) return last;
      return apart && isContinued(tailOf(last.pieces, CONTINUED_WINDOW), textOf(block.pieces), { item: last.kind === 'item', proper: true })
        ? last
        : null;
    }
    if (last.kind === 'heading' && last.size >= block.size) return null;
  }
  return null;
}

/** A title that the end of a column cut in two: the same type, and a full line before, or a small letter after. */
function cutTitle(last: PdfBlock | undefined, block: PdfBlock): PdfBlock | null {
  if (last?.kind !== 'heading' || last.font !== block.font || Math.abs(last.size - block.size) > SAME_SIZE_POINTS) return null;
  if (last.short && !/^\p{Ll}/u.test(textOf(block.pieces))) return null;
  return (last.page !== block.page || above(last, block)) && last.level === block.level ? last : null;
}

/** Whether the second block stands higher on the page, as the top of the next column does. */
const above = (last: PdfBlock, block: PdfBlock): boolean => (block.box?.[1] ?? 0) < (last.box?.[3] ?? 0) - HIGHER_SHARE;

/** Levels of headings that only their size gives: the largest is the highest. */
function setLevels(blocks: readonly PdfBlock[]): void {
  const open = blocks.filter((block) => block.kind === 'heading' && block.level === -1);
  const sizes = [...new Set(open.map((block) => Math.round(block.size * 2) / 2))].sort((a, b) => b - a);
  const deepest = Math.max(0, ...blocks.filter((block) => block.kind === 'heading' && block.level > 0).map((block) => block.level));
  for (const block of open) {
    const depth = sectionDepth(textOf(block.pieces));
    block.level =
      depth > 0 ? depth : Math.min(DEEPEST_HEADING, (deepest > 0 ? deepest : 0) + sizes.indexOf(Math.round(block.size * 2) / 2) + 1);
  }
}

function plain({ size: _size, font: _font, short: _short, room: _room, ...block }: PdfBlock) {
  return block;
}
