import type { Briefing, Chunk, Paragraph } from '../core/model.ts';
import { spellDate } from '../core/time/dates.ts';
import { sha256 } from './hash.ts';

export interface ChunkOptions {
  /** Largest chunk made by merging short neighbours, UTF-16 units, context not counted. */
  target?: number;
  /** Paragraphs shorter than this are merged with short neighbours under the same heading. */
  short?: number;
  /** Paragraphs longer than this are split inside, into pieces of at most half of it. */
  max?: number;
  /** Put the words that introduce a list into the context of items that stand in another chunk. */
  leads?: boolean;
}

/**
 * Starting values, not yet measured: 800 and 2,000 characters are about 160 and 400 words, within what sentence-embedding
 * models see; 250 is a sentence or two. bench/ compares them.
 */
const DEFAULTS = { target: 800, short: 250, max: 2000, leads: true };
/** Longest introduction of a list taken into a context line. */
const LONGEST_LEAD = 200;
/** In order of preference. Chinese sentence ends included. */
const SEPARATORS = ['\n', '. ', '? ', '! ', '。', '！', '？', '; ', '；', ', ', '，', ' ', ''];

type Described = Pick<Briefing, 'id' | 'title' | 'edition'>;

/**
 * Chunks of one briefing in reading order: whole paragraphs, or pieces of one that is too long. Headings are in the context
 * line of what stands below them; one with nothing below it is a chunk of its own.
 */
export async function makeChunks(briefing: Described, paragraphs: readonly Paragraph[], options: ChunkOptions = {}): Promise<Chunk[]> {
  const { target, short, max, leads } = { ...DEFAULTS, ...options };
  const withText = new Set<number>();
  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'heading') continue;
    for (let at = paragraph.heading; at !== null && !withText.has(at); ) {
      withText.add(at);
      at = paragraphs[at - 1]?.heading ?? null;
    }
  }
  const titled = paragraphs.some((paragraph) => paragraph.kind !== 'heading');
  const chunks: Chunk[] = [];
  const emit = (members: readonly Paragraph[], text: string) => {
    const first = members[0] as Paragraph;
    const context = contextLine(briefing, first, leads ? leadOf(members, paragraphs) : null);
    chunks.push({
      id: `${briefing.id}#c${chunks.length + 1}`,
      briefing: briefing.id,
      paragraphs: members.map((member) => member.number),
      context,
      text,
      hash: sha256(`${context}\n${text}`).slice(0, 32),
    });
  };
  let open: Paragraph[] = [];
  let size = 0;
  const flush = () => {
    if (open.length > 0) emit(open, open.map((paragraph) => paragraph.text).join('\n'));
    open = [];
    size = 0;
  };
  for (const paragraph of paragraphs) {
    const { text, kind, heading } = paragraph;
    if (kind === 'heading') {
      flush();
      const title = heading === null && paragraph.number === 1 && titled && paragraphs.length > 1;
      if (!withText.has(paragraph.number) && !title) emit([paragraph], text);
    } else if (text.length > max) {
      flush();
      for (const piece of await split(text, Math.floor(max / 2))) emit([paragraph], piece);
    } else {
      const joins = open.length > 0 && text.length < short && open[0]?.heading === heading && size + text.length + 1 <= target;
      if (!joins || (open.at(-1) as Paragraph).text.length >= short) flush();
      open.push(paragraph);
      size += text.length + 1;
    }
  }
  flush();
  return chunks;
}

/** "Title (July 2026) › heading › heading": one line. */
function contextLine(briefing: Described, first: Paragraph, lead: string | null): string {
  const title = briefing.edition.date ? `${briefing.title} (${spellDate(briefing.edition.date)})` : briefing.title;
  return [title, ...first.headings, ...(lead ? [lead] : [])].join(' › ').replace(/\s+/g, ' ');
}

function leadOf(members: readonly Paragraph[], paragraphs: readonly Paragraph[]): string | null {
  const first = members[0] as Paragraph;
  const lead = first.lead === null ? undefined : paragraphs[first.lead - 1];
  if (!lead) return null;
  return lead.text.length <= LONGEST_LEAD ? lead.text : `…${lead.text.slice(-LONGEST_LEAD).replace(/^\S*\s/, '')}`;
}

/** Pieces of an over-long paragraph, in order, none longer than `size`; together they hold all of it but white space between. */
export async function split(text: string, size: number): Promise<string[]> {
  const { RecursiveCharacterTextSplitter } = await import('@langchain/textsplitters');
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: size - 2,
    chunkOverlap: 0,
    keepSeparator: true,
    separators: SEPARATORS,
  });
  const starts: number[] = [];
  let at = 0;
  for (const piece of await splitter.splitText(text)) {
    // Pieces come in order, trimmed; searching from the end of the last one finds each at its own place.
    const found = text.indexOf(piece, at);
    if (found < 0) continue;
    starts.push(afterEnd(text, found));
    at = found + piece.length;
  }
  const cuts = [...new Set([0, ...starts.slice(1)])];
  return cuts.map((cut, index) => text.slice(cut, cuts[index + 1]).trim()).filter((piece) => piece !== '');
}

/** The splitter leaves a full stop at the start of the next piece: the cut belongs after it, and never inside a character. */
function afterEnd(text: string, cut: number): number {
  let at = cut;
  if (at > 0 && /^[.?!;,。！？；，]$/.test(text[at] ?? '') && !/\s/.test(text[at - 1] as string)) at++;
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
