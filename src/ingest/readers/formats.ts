/** What kind of file a name says it is. */
export type Format = 'text' | 'markdown' | 'html' | 'docx' | 'pptx' | 'pdf';

const ENDINGS: Record<string, Format> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  docx: 'docx',
  pptx: 'pptx',
  pdf: 'pdf',
};

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
export const formatOf = (name: string): Format | null => ENDINGS[endingOf(name)] ?? null;

/** What to do with a file of a format that people expect to be read, or null. */
export const refusalOf = (name: string): string | null => REFUSED[endingOf(name)] ?? null;

/** File name without folders and the ending of a format that is read. */
export const stemOf = (name: string): string => {
  const last = name.split('/').at(-1) as string;
  return formatOf(last) ? last.slice(0, last.lastIndexOf('.')) : last;
};

/** What a reader's words for a list of formats are. */
export const READABLE = '.txt, .md, .html, .docx, .pptx or .pdf';
