import type { ParsedSource, Told } from '../blocks.ts';
import { decode } from '../decode.ts';
import { type Normalised, normalise } from '../normalise.ts';
import { declaredCharset, readHtml } from './html/index.ts';
import { readMarkdown } from './markdown/index.ts';
import type { Format } from './names.ts';
import { readDocx, readPptx } from './office/index.ts';
import { readText } from './text/index.ts';

/** What a reader made of a source, and the source its offsets point into. */
export interface Extracted {
  parsed: ParsedSource;
  normalised: Normalised;
  source: string;
}

/**
 * Reads the bytes of a file by the reader of its format. Throws PilcrowError `bad_document` for bytes that are not what the format says,
 * `too_large` for more than may be read.
 */
export function parseSource(name: string, bytes: Uint8Array, format: Exclude<Format, 'pdf'>): Extracted {
  switch (format) {
    case 'docx':
      return foreign(readDocx(name, bytes));
    case 'pptx':
      return foreign(readPptx(name, bytes));
    case 'html': {
      const { text, problems } = decode(name, bytes, declaredCharset(bytes));
      return foreign(withProblems(readHtml(text), problems));
    }
    case 'markdown':
    case 'text': {
      const { text: source, problems } = decode(name, bytes);
      const normalised = normalise(source, { escapes: format !== 'markdown' });
      const parsed = format === 'markdown' ? readMarkdown(normalised.text) : readText(normalised.text);
      return { parsed: withProblems(parsed, problems), normalised, source };
    }
    default:
      return format satisfies never;
  }
}

/** The same for a PDF, whose reader waits and is loaded with the first. */
export async function parsePdf(name: string, bytes: Uint8Array): Promise<Extracted> {
  const { readPdf } = await import('./pdf/index.ts');
  return foreign(await readPdf(name, bytes));
}

const withProblems = (parsed: ParsedSource, problems: readonly Told[]): ParsedSource => ({
  ...parsed,
  problems: [...problems, ...parsed.problems],
});

/** What was read from a source in whose text its words have no place. */
const foreign = (parsed: ParsedSource): Extracted => ({ parsed, normalised: { text: '', runs: [] }, source: '' });
