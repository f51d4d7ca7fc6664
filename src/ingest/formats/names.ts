import { LARGEST_DOCUMENT_BYTES, LARGEST_TEXT_BYTES } from '../settings.ts';

/** What kind of file a name says it is. */
export type Format = 'text' | 'markdown' | 'html' | 'docx' | 'pptx' | 'pdf';

interface FormatFacts {
  /** Endings of its files, the usual one first. */
  endings: string[];
  /** Whether a file is its text, without pictures, which decides how large it may be. */
  plain: boolean;
}

const FORMATS: Record<Format, FormatFacts> = {
  text: { endings: ['txt', 'text'], plain: true },
  markdown: { endings: ['md', 'markdown'], plain: true },
  html: { endings: ['html', 'htm', 'xhtml'], plain: true },
  docx: { endings: ['docx'], plain: false },
  pptx: { endings: ['pptx'], plain: false },
  pdf: { endings: ['pdf'], plain: false },
};

const BY_ENDING = new Map(Object.entries(FORMATS).flatMap(([format, { endings }]) => endings.map((ending) => [ending, format as Format])));

/** Formats people expect to be read, and what to do with them. */
const REFUSED: Record<string, string> = {
  doc: 'Save it as .docx: it is in the format of Word before 2007.',
  dot: 'Save it as .docx: it is in the format of Word before 2007.',
  docm: 'Save it as .docx, without macros.',
  rtf: 'Save it as .docx or .pdf.',
  odt: 'Save it as .docx or .pdf.',
  odp: 'Save it as .pptx or .pdf.',
  ods: 'Put what answers are to come from into a document.',
  ppt: 'Save it as .pptx: it is in the format of PowerPoint before 2007.',
  pptm: 'Save it as .pptx, without macros.',
  xls: 'Put what answers are to come from into a document.',
  xlsx: 'Put what answers are to come from into a document.',
  csv: 'Put what answers are to come from into a document.',
  epub: 'Save it as .pdf or .html.',
  pages: 'Export it as .docx or .pdf.',
  mht: 'Save it as .html.',
  msg: 'Save its text as .txt.',
  eml: 'Save its text as .txt.',
};

const endingOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** The format that is read, or null for any other file. */
export const formatOf = (name: string): Format | null => BY_ENDING.get(endingOf(name)) ?? null;

/** What to do with a file of a format that people expect to be read, or null. */
export const refusalOf = (name: string): string | null => REFUSED[endingOf(name)] ?? null;

/** File name without folders and the ending of a format that is read. */
export const stemOf = (name: string): string => {
  const last = name.split('/').at(-1) as string;
  return formatOf(last) ? last.slice(0, last.lastIndexOf('.')) : last;
};

/** Endings that are read, as they stand in a sentence. */
export const READABLE = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  Object.values(FORMATS).map(({ endings }) => `.${endings[0]}`),
);

/** Most bytes a file of a format may have. What nobody reads by its ending is taken for text. */
export const largestFileOf = (format: Format | null): number =>
  FORMATS[format ?? 'text'].plain ? LARGEST_TEXT_BYTES : LARGEST_DOCUMENT_BYTES;
