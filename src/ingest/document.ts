import { EVERYONE, groupsNamed } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Abbreviation, Briefing, Paragraph } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { detectLanguage } from '../core/text/language.ts';
import { introducedIn } from './abbreviations.ts';
import { accessOf } from './access.ts';
import type { ParsedSource, Told } from './blocks.ts';
import { readEdition } from './editions.ts';
import { type Extracted, parsePdf, parseSource } from './formats/index.ts';
import { type Format, formatOf, stemOf } from './formats/names.ts';
import { type Initials, initialsIn } from './implied.ts';
import { cutLong } from './long.ts';
import { makeParagraphs } from './paragraphs.ts';
import { textOf } from './pieces.ts';
import { LANGUAGE_SAMPLE, LONGEST_TITLE } from './settings.ts';
import { isCopyright } from './shapes.ts';
import { slug } from './slug.ts';

/** One document read by itself: series and `newest` are settled only among all documents of a corpus. */
export interface Document {
  /** `series` is what the document declares, or ''; `newest` is true. */
  briefing: Briefing;
  text: string;
  /** See `IngestedBriefing`. */
  sourceMap: [number, number, number][];
  paragraphs: Paragraph[];
  /** What the abbreviations of a corpus are made from. */
  names: { introduced: Abbreviation[]; initials: Initials[] };
  /** Title, series, edition and the rest of the front matter as written. */
  meta: Record<string, string>;
  problems: Told[];
  /** False when a date after the day of reading was passed over: on a later day it may date the document. */
  settled: boolean;
  /** Day of reading, ISO. */
  readOn: string;
}

export interface ReadOptions {
  /** Briefing id; default: slug of the file name. */
  id?: string;
  /** What "in the past" means for inferred editions; default: today. */
  now?: Date;
  /** Default: by the ending of the file name; what is unknown is text. */
  format?: Format;
}

/**
 * Reads one document in memory, of any format but PDF, whose reading waits. `name` is its path in the corpus, with forward slashes.
 * Throws PilcrowError `bad_document` for bytes that are not what the name says, `too_large` beyond 20 MB of text.
 */
export function readDocument(name: string, bytes: Uint8Array, options: ReadOptions = {}): Document {
  const format = formatNamed(name, options);
  if (format === 'pdf') throw pilcrowError('internal', 'A PDF is read by readAnyDocument.');
  return makeDocument(name, bytes, parseSource(name, bytes, format), options);
}

/** Reads one document in memory, of any format. */
export async function readAnyDocument(name: string, bytes: Uint8Array, options: ReadOptions = {}): Promise<Document> {
  const format = formatNamed(name, options);
  const source = format === 'pdf' ? await parsePdf(name, bytes) : parseSource(name, bytes, format);
  return makeDocument(name, bytes, source, options);
}

const formatNamed = (name: string, { format }: ReadOptions): Format => format ?? formatOf(name) ?? 'text';

function makeDocument(name: string, bytes: Uint8Array, { parsed, normalised, source }: Extracted, options: ReadOptions): Document {
  const { meta } = parsed;
  const id = options.id ?? slug(stem(name));
  const language = /^[a-z]{2,3}\b/i.exec(meta.language ?? meta.lang ?? '')?.[0].toLowerCase() ?? detectLanguage(sample(parsed));
  const blocks = cutLong(parsed.blocks, language);
  const { text, sourceMap, paragraphs } = makeParagraphs(blocks, { briefing: id, language, normalised, source });
  const heading = paragraphs.find((paragraph) => paragraph.kind === 'heading' && !isCopyright(paragraph.text));
  const written = clipTitle(meta.title || parsed.title || heading?.text || '');
  const now = options.now ?? new Date();
  const { edition, problem, settled } = readEdition({
    meta,
    title: written,
    dateLine: parsed.dateLine,
    name: stem(name),
    folders: name.split('/').slice(0, -1),
    paragraphs,
    now,
  });
  const access = accessOf(meta.access === undefined ? null : groupsNamed(JSON.parse(meta.access) as string[]), null);
  const briefing: Briefing = {
    id,
    title: written || spellName(name),
    series: meta.series ?? '',
    edition,
    language,
    publisher: meta.publisher || null,
    source: name,
    sha256: sha256(bytes),
    paragraphs: paragraphs.length,
    length: codePointLength(text),
    newest: true,
    ...(access === undefined ? {} : { access }),
  };
  const problems = [...parsed.problems, ...(problem ? [problem] : []), ...(access?.[0]?.length === 0 ? [CLOSED] : [])];
  const names = { introduced: introducedIn(text), initials: initialsIn(text) };
  return { briefing, text, sourceMap, paragraphs, names, meta, problems, settled, readOn: now.toISOString().slice(0, 10) };
}

const CLOSED: Told = {
  message: 'Its front matter says something about access and names no group: only whoever reads everything is shown it.',
  hint: `Write e.g. access: [hr, board], or access: ${EVERYONE}.`,
};

function clipTitle(title: string): string {
  if (title.length <= LONGEST_TITLE) return title;
  const cut = title.slice(0, LONGEST_TITLE).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/\s+\S*$/, '').trimEnd() || cut}…`;
}

/** The same document under another id. */
export function renameDocument(document: Document, id: string): Document {
  if (document.briefing.id === id) return document;
  return {
    ...document,
    briefing: { ...document.briefing, id },
    paragraphs: document.paragraphs.map((paragraph) => ({ ...paragraph, id: `${id}#p${paragraph.number}`, briefing: id })),
  };
}

export { stemOf as stem };

const stem = stemOf;

const spellName = (name: string): string => {
  // A file name may hold what a terminal acts on.
  const words = stem(name)
    .replace(/[-_\s]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return words === '' ? name : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

function sample(parsed: ParsedSource): string {
  let text = '';
  for (const block of parsed.blocks) {
    if (block.kind !== 'contact') text += `${textOf(block.pieces)}\n`;
    if (text.length > LANGUAGE_SAMPLE) break;
  }
  return text;
}
