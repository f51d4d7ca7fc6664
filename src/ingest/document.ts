import type { Briefing, Paragraph } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { detectLanguage } from '../core/text/language.ts';
import type { Reading } from './blocks.ts';
import { decode } from './decode.ts';
import { readEdition } from './editions.ts';
import { sha256 } from './hash.ts';
import { normalise } from './normalise.ts';
import { makeParagraphs } from './paragraphs.ts';
import { textOf } from './pieces.ts';
import { readMarkdown } from './readers/markdown.ts';
import { readText } from './readers/text.ts';
import { slug } from './slug.ts';

/** One document read by itself: series and `newest` are settled only among all documents of a corpus. */
export interface Document {
  /** `series` is what the document declares, or ''; `newest` is true. */
  briefing: Briefing;
  text: string;
  /** See `IngestedBriefing`. */
  sourceMap: [number, number, number][];
  paragraphs: Paragraph[];
  /** Title, series, edition and the rest of the front matter as written. */
  meta: Record<string, string>;
  problems: { message: string; hint: string }[];
}

export interface ReadOptions {
  /** Briefing id; default: slug of the file name. */
  id?: string;
  /** What "in the past" means for inferred editions; default: today. */
  now?: Date;
  /** Default: by the file name (`.md` and `.markdown` are Markdown, all else is text). */
  format?: 'text' | 'markdown';
}

/**
 * Reads one document in memory. `name` is its path in the corpus, with forward slashes.
 * Throws PilcrowError `bad_document` for bytes that are not text and `too_large` beyond 20 MB.
 */
export function readDocument(name: string, bytes: Uint8Array, options: ReadOptions = {}): Document {
  const source = decode(name, bytes);
  const markdown = (options.format ?? (/\.(?:md|markdown)$/i.test(name) ? 'markdown' : 'text')) === 'markdown';
  const normalised = normalise(source, { escapes: !markdown });
  const reading: Reading = markdown ? readMarkdown(normalised.text) : readText(normalised.text);
  const { meta } = reading;
  const id = options.id ?? slug(stem(name));
  const language = /^[a-z]{2,3}\b/i.exec(meta.language ?? meta.lang ?? '')?.[0].toLowerCase() ?? detectLanguage(sample(reading));
  const { text, sourceMap, paragraphs } = makeParagraphs(reading.blocks, { briefing: id, language, normalised, source });
  const written = meta.title || reading.title || paragraphs.find((p) => p.kind === 'heading')?.text || '';
  const { edition, problem } = readEdition({
    meta,
    title: written,
    dateLine: reading.dateLine,
    name: stem(name),
    paragraphs,
    now: options.now ?? new Date(),
  });
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
  };
  return { briefing, text, sourceMap, paragraphs, meta, problems: problem ? [...reading.problems, problem] : reading.problems };
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

/** File name without folders and extension. */
export const stem = (name: string): string => (name.split('/').at(-1) as string).replace(/\.(?:txt|md|markdown)$/i, '');

const spellName = (name: string): string => {
  // A file name may hold what a terminal acts on.
  const words = stem(name)
    .replace(/[-_\s]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return words === '' ? name : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

function sample(reading: Reading): string {
  let text = '';
  for (const block of reading.blocks) {
    if (block.kind !== 'contact') text += `${textOf(block.pieces)}\n`;
    if (text.length > 20_000) break;
  }
  return text;
}
