import { sha256 } from '../core/hash.ts';
import type { Paragraph } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { sentences } from '../core/text/sentences.ts';
import type { Block } from './blocks.ts';
import type { Normalised } from './normalise.ts';
import { counter, literal, pieceWriter, textOf } from './pieces.ts';

/**
 * Blocks to the normalised text of the briefing, its paragraphs, and the way back to the source.
 * Paragraphs stand between blank lines; the slice of the text at `start..end` is the paragraph.
 * The title (level 0) is a heading paragraph, but in no heading path: every paragraph would repeat it.
 */
export function makeParagraphs(
  blocks: readonly Block[],
  options: { briefing: string; language: string; normalised: Normalised; source: string },
): { text: string; sourceMap: [number, number, number][]; paragraphs: Paragraph[] } {
  const writer = pieceWriter(options.normalised, options.source);
  const paragraphs: Paragraph[] = [];
  const path: { level: number; number: number; text: string }[] = [];
  /** The paragraph that introduces the list at each depth. */
  const leads: (number | null)[] = [];
  const lastItem: number[] = [];
  let offset = 0;
  for (const block of blocks) {
    const text = textOf(block.pieces);
    if (text === '') continue;
    const previous = paragraphs.at(-1);
    if (previous) {
      writer.write([literal('\n\n')]);
      offset += 2;
    }
    writer.write(block.pieces);
    const number = paragraphs.length + 1;
    if (block.kind === 'heading') while (path.length > 0 && (path.at(-1) as { level: number }).level >= block.level) path.pop();
    const headings = path.map((title) => title.text);
    const heading = path.at(-1)?.number ?? null;
    let lead: number | null = null;
    if (block.kind === 'item') {
      if (previous?.kind !== 'item') {
        leads.length = 0;
        lastItem.length = 0;
        leads[0] = previous && introduces(previous) ? previous.number : null;
      }
      leads.length = Math.min(leads.length, block.depth + 1);
      for (let depth = leads.length; depth <= block.depth; depth++) leads[depth] = lastItem[depth - 1] ?? leads[depth - 1] ?? null;
      lead = leads[block.depth] ?? null;
      lastItem.length = Math.min(lastItem.length, block.depth);
      for (let depth = lastItem.length; depth < block.depth; depth++) lastItem[depth] = number;
      lastItem[block.depth] = number;
    }
    const length = codePointLength(text);
    paragraphs.push({
      id: `${options.briefing}#p${number}`,
      briefing: options.briefing,
      number,
      kind: block.kind,
      text,
      headings: block.level === 0 && block.kind === 'heading' ? [] : headings,
      heading: block.level === 0 && block.kind === 'heading' ? null : heading,
      lead,
      page: block.page,
      start: offset,
      end: offset + length,
      hash: sha256(text).slice(0, 16),
      sentences:
        block.kind === 'heading' ? [{ start: 0, end: length }] : sentences(text, options.language === 'und' ? 'en' : options.language),
      ...particulars(block, text),
    });
    offset += length;
    if (block.kind === 'heading' && block.level > 0) path.push({ level: block.level, number, text });
  }
  const { text, map } = writer.finish();
  return { text, sourceMap: map, paragraphs };
}

/** What only some blocks have; absent members stay absent. */
function particulars(block: Block, text: string): Partial<Paragraph> {
  const { role, marker, table, cells, box } = block;
  const found: Partial<Paragraph> = {};
  if (role) found.role = role;
  if (block.kind === 'heading' && block.level > 0) found.level = block.level;
  if (block.kind === 'item' && block.depth > 0) found.depth = block.depth;
  if (marker) found.marker = marker;
  if (table !== undefined) found.table = table;
  if (cells) {
    const points = counter(text);
    found.cells = cells.map(({ name, start, end }) => ({ name, start: points(start), end: points(end) }));
  }
  if (box) found.box = box;
  return found;
}

/** Whether a paragraph introduces the list below it: it ends in a colon, or is a sentence left open, or points ahead. */
function introduces(paragraph: Paragraph): boolean {
  if (paragraph.kind !== 'body') return false;
  const tail = paragraph.text.slice(-200);
  return /[:：,–—]$/u.test(tail) || /[\p{L}\p{N}]$/u.test(tail) || /\b(?:following|as follows|below)\b[^.]{0,60}\.$/i.test(tail);
}
