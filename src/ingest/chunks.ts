import { sha256 } from '../core/hash.ts';
import type { Briefing, Chunk, ChunkKind, ChunkPart, Paragraph, Span } from '../core/model.ts';
import { codePointLength, fromUtf16, slicer } from '../core/text/codepoints.ts';
import { wordCount } from '../core/text/word-count.ts';

/** Sizes in words. */
export interface ChunkOptions {
  /** No chunk is longer, but for a single sentence or item that is. */
  max?: number;
  /** Neighbouring paragraphs of one heading are joined while they have no more together. */
  join?: number;
  /** A paragraph shorter than this is joined with its neighbour up to `max`. */
  short?: number;
  /** A paragraph over `max` is cut at sentences into pieces of no more than this. */
  piece?: number;
}

/**
 * Joining at 60, 80, 90 or 115 words moves hit@1 by at most .6 points over ten document sets; 120 is what still fits on a
 * screen beside a question. Measured on the prototype of the answer stage, not again.
 */
const DEFAULTS: Required<ChunkOptions> = { max: 120, join: 80, short: 12, piece: 110 };
/** Longest lead-in and overlap repeated, words; deeper chains of lead-ins lose the outermost. */
const LEAD_WORDS = 30;
const LEAD_CHAIN = 3;
/** A sentence longer than this, from a table or a page without full stops, is cut into pieces of about `LONG_PIECE` characters. */
const LONG_SENTENCE_WORDS = 80;
const LONG_PIECE = 380;
/** A nested list longer than this share of `piece` begins a new chunk at its next item of the outermost level. */
const NESTED_SHARE = 0.6;
const ASKS = /[?？؟]\s*$/u;
const ENDS_IN_COLON = /[:：]\s*$/u;
const ROW = ' | ';
/** In order of preference. Chinese sentence ends included. */
const SEPARATORS = ['\n', '; ', '. ', '? ', '! ', ': ', '。', '！', '？', ', ', '，', ' ', ''];

/** The paragraphs of one briefing, each cut as often as needed at the cost of its length. */
interface Texts {
  byNumber: ReadonlyMap<number, Paragraph>;
  of(part: ChunkPart): string;
  words(part: ChunkPart): number;
  /** A paragraph as what leads in. */
  lead(paragraph: Paragraph): ChunkPart;
}

interface Open {
  kind: ChunkKind;
  first: Paragraph;
  lead: ChunkPart[];
  parts: ChunkPart[];
  words: number;
  endsInColon: boolean;
  /** Of a list: depth of its shallowest item, and whether it has a deeper one. */
  depth: number;
  nested: boolean;
}

/**
 * Chunks of one briefing in reading order; every paragraph but headings with something below them is in one. `superseded` is
 * false: it needs the other editions (see superseded.ts).
 */
export async function makeChunks(
  briefing: Pick<Briefing, 'id' | 'title'>,
  paragraphs: readonly Paragraph[],
  options: ChunkOptions = {},
): Promise<Chunk[]> {
  const { max, join, short, piece } = { ...DEFAULTS, ...options };
  const texts = textsOf(paragraphs);
  const covered = headingsWithText(paragraphs, texts.byNumber);
  const chunks: Chunk[] = [];
  let open: Open | null = null;

  const close = () => {
    if (open && open.parts.length > 0) chunks.push(chunkOf(briefing, open, chunks.length + 1, texts));
    open = null;
  };
  const begin = (first: Paragraph, kind: ChunkKind, lead: ChunkPart[]): Open => {
    close();
    const words = lead.reduce((sum, part) => sum + texts.words(part), 0);
    open = { kind, first, lead, parts: [], words, endsInColon: false, depth: Number.POSITIVE_INFINITY, nested: false };
    return open;
  };
  const put = (into: Open, part: ChunkPart) => {
    into.parts.push(part);
    into.words += texts.words(part);
  };

  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'heading') {
      close();
      // The title of a document stands in every context line; any other heading without text would be lost.
      const title = paragraph.number === 1 && paragraph.heading === null && paragraphs.length > 1;
      if (!covered.has(paragraph.number) && !title) put(begin(paragraph, 'text', []), whole(paragraph, true));
      close();
      continue;
    }
    const words = wordCount(paragraph.text);
    const here: Open | null = open;
    const same = here !== null && sameHeadings((here as Open).first, paragraph);
    if (paragraph.kind === 'item') {
      const list = here as Open | null;
      const depth = depthOf(paragraph, texts.byNumber);
      const belongs =
        list !== null && same && (list.kind === 'list' || list.endsInColon || list.parts.some((part) => part.paragraph === paragraph.lead));
      const full = list?.nested && list.words > piece * NESTED_SHARE && depth <= list.depth;
      const into =
        belongs && !full && list !== null && list.words + words <= max ? list : begin(paragraph, 'list', leadsOf(paragraph, texts));
      into.kind = 'list';
      into.nested ||= into.depth !== Number.POSITIVE_INFINITY && depth > into.depth;
      into.depth = Math.min(into.depth, depth);
      if (words <= max) put(into, whole(paragraph, true));
      else await putSentences(paragraph, into, () => begin(paragraph, 'list', leadsOf(paragraph, texts)), max);
      continue;
    }
    const text = here as Open | null;
    const kind = paragraph.text.includes(ROW) || paragraph.kind === 'contact' ? 'row' : 'text';
    const joins =
      text !== null &&
      same &&
      text.kind !== 'list' &&
      // What a line with a colon announces belongs to it: an address, a table, a sum.
      (text.words + words <= join || ((text.endsInColon || text.words < short || words < short) && text.words + words <= max));
    const into = joins ? text : begin(paragraph, kind, []);
    if (kind === 'row' && into.words + words <= max) put(into, whole(paragraph, true));
    else if (into.words + words <= max) for (const part of await sentencesOf(paragraph)) put(into, part);
    else await putSentences(paragraph, into, (last) => begin(paragraph, kind, overlap(last, texts)), piece);
    if (open) (open as Open).endsInColon = ENDS_IN_COLON.test(paragraph.text);
  }
  close();
  return chunks;

  /** Sentence by sentence; a new chunk whenever the open one would hold more than `most` words. */
  async function putSentences(paragraph: Paragraph, into: Open, next: (last: ChunkPart) => Open, most: number): Promise<void> {
    let target = into;
    for (const part of await sentencesOf(paragraph)) {
      const last = target.parts.at(-1);
      if (last && target.words + texts.words(part) > most) target = next(last);
      put(target, part);
    }
  }
}

function chunkOf(briefing: Pick<Briefing, 'id' | 'title'>, made: Open, number: number, texts: Texts): Chunk {
  const { headings } = made.first;
  const parts = [...made.lead, ...made.parts];
  const text = joined(parts, texts);
  const context = (headings.length > 0 ? headings.slice(-2).join(' › ') : briefing.title).replace(/\s+/g, ' ');
  return {
    id: `${briefing.id}#c${number}`,
    briefing: briefing.id,
    kind: ASKS.test(headings.at(-1) ?? '') ? 'question' : made.kind,
    paragraphs: [...new Set(made.parts.map((part) => part.paragraph))],
    parts,
    headings: [...headings],
    context,
    text,
    hash: sha256(`${context}\n${text}`).slice(0, 32),
    superseded: false,
  };
}

/** Sentences of one paragraph side by side, as far apart as they stand there; each paragraph on a line. */
function joined(parts: readonly ChunkPart[], texts: Texts): string {
  let text = '';
  let before: ChunkPart | null = null;
  for (const part of parts) {
    if (before) text += before.paragraph !== part.paragraph ? '\n' : before.end === part.start ? '' : ' ';
    text += texts.of(part);
    before = part;
  }
  return text;
}

function textsOf(paragraphs: readonly Paragraph[]): Texts {
  const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
  const slices = new Map(paragraphs.map(({ number, text }) => [number, slicer(text)]));
  const leads = new Map<number, ChunkPart>();
  const of = ({ paragraph, start, end }: ChunkPart) => slices.get(paragraph)?.(start, end) ?? '';
  return {
    byNumber,
    of,
    words: (part) => wordCount(of(part)),
    lead({ number, text, sentences }) {
      const found = leads.get(number) ?? { paragraph: number, ...lastSentences(text, sentences), item: false, lead: true };
      leads.set(number, found);
      return { ...found };
    },
  };
}

const whole = ({ number, text }: Paragraph, item: boolean): ChunkPart => ({
  paragraph: number,
  start: 0,
  end: codePointLength(text),
  item,
  lead: false,
});

function sameHeadings(a: Paragraph, b: Paragraph): boolean {
  return (
    a.heading === b.heading && a.headings.length === b.headings.length && a.headings.every((heading, at) => heading === b.headings[at])
  );
}

/** Numbers of the headings below which some text stands, at any depth. */
function headingsWithText(paragraphs: readonly Paragraph[], byNumber: ReadonlyMap<number, Paragraph>): Set<number> {
  const covered = new Set<number>();
  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'heading') continue;
    for (let at = paragraph.heading; at !== null && !covered.has(at); at = byNumber.get(at)?.heading ?? null) covered.add(at);
  }
  return covered;
}

/** Paragraphs that introduce an item, the nearest first. A list whose lines lead in each other ends somewhere. */
function* leadChain(paragraph: Paragraph, byNumber: ReadonlyMap<number, Paragraph>): Generator<Paragraph> {
  let at = paragraph;
  while (at.lead !== null && at.lead < at.number) {
    const lead = byNumber.get(at.lead);
    if (!lead) return;
    yield lead;
    at = lead;
  }
}

const depthOf = (paragraph: Paragraph, byNumber: ReadonlyMap<number, Paragraph>): number => [...leadChain(paragraph, byNumber)].length;

function leadsOf(paragraph: Paragraph, texts: Texts): ChunkPart[] {
  const chain: ChunkPart[] = [];
  for (const lead of leadChain(paragraph, texts.byNumber)) {
    if (chain.length === LEAD_CHAIN) break;
    chain.unshift(texts.lead(lead));
  }
  return chain;
}

/** The end of a text that fits a lead-in, from the beginning of a sentence where one fits. */
function lastSentences(text: string, sentences: readonly Span[]): Span {
  const words = lastWords(text, LEAD_WORDS);
  return { start: sentences.find(({ start }) => start >= words.start)?.start ?? words.start, end: words.end };
}

/** The end of a text, from a word on; a lead-in says last what it leads to. Without spaces, two characters are a word. */
function lastWords(text: string, most: number): Span {
  const end = codePointLength(text);
  if (wordCount(text) <= most) return { start: 0, end };
  const starts = [...text.matchAll(/\S+/g)].map((match) => match.index);
  const start = fromUtf16(text, starts.at(-most) ?? 0);
  const short = starts.length > most && wordCount(text.slice(starts.at(-most))) <= most;
  return { start: short ? start : Math.max(start, end - 2 * most), end };
}

/** The last sentence of the piece before, when it is short: what follows often leans on it. */
const overlap = (last: ChunkPart, texts: Texts): ChunkPart[] => (texts.words(last) <= LEAD_WORDS ? [{ ...last, lead: true }] : []);

async function sentencesOf(paragraph: Paragraph): Promise<ChunkPart[]> {
  const spans = paragraph.sentences.length > 0 ? paragraph.sentences : [{ start: 0, end: codePointLength(paragraph.text) }];
  const parts: ChunkPart[] = [];
  const slice = slicer(paragraph.text);
  for (const span of spans) {
    const sentence = slice(span.start, span.end);
    const cuts = wordCount(sentence) > LONG_SENTENCE_WORDS ? await split(sentence, LONG_PIECE) : [{ start: 0, end: span.end - span.start }];
    for (const cut of cuts)
      parts.push({ paragraph: paragraph.number, start: span.start + cut.start, end: span.start + cut.end, item: false, lead: false });
  }
  return parts;
}

/**
 * Spans (code points) of the pieces of an over-long text, in order, none longer than `size` characters; together they hold all
 * of it but white space between.
 */
export async function split(text: string, size: number): Promise<Span[]> {
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
  const cuts = [...new Set([0, ...starts.slice(1)]), text.length];
  const spans: Span[] = [];
  let points = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const piece = text.slice(cuts[i], cuts[i + 1]);
    const length = codePointLength(piece);
    const before = length - codePointLength(piece.trimStart());
    const inside = codePointLength(piece.trim());
    if (inside > 0) spans.push({ start: points + before, end: points + before + inside });
    points += length;
  }
  return spans;
}

/** The splitter leaves a full stop at the start of the next piece: the cut belongs after it, and never inside a character. */
function afterEnd(text: string, cut: number): number {
  let at = cut;
  if (at > 0 && /^[.?!;:,。！？；，]$/.test(text[at] ?? '') && !/\s/.test(text[at - 1] as string)) at++;
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
