import { unzipSync } from 'fflate';
import { pilcrowError } from '../../../core/errors.ts';

/** Parts of an Office document by their path, read when asked for. */
export interface Archive {
  /** Null when there is no such part. Throws `bad_document` for a damaged one. */
  part(path: string): string | null;
  names: readonly string[];
}

/** Most parts, largest part and most text of all parts read, bytes: an 872-page handbook has 40 parts and 14 MB of text. */
const MOST_PARTS = 20_000;
const LARGEST_PART = 150 * 1024 * 1024;
const MOST_TEXT = 250 * 1024 * 1024;
/** Text is packed to a tenth; a hundredth and less is made to burst. Small parts may be packed as they like. */
const DENSEST = 150;
const SMALL = 4 * 1024 * 1024;
const TEXT_PART = /\.(?:xml|rels)$/i;

/** Opens an Office document. Its directory is checked before anything is unpacked; only its XML parts are, one at a time. */
export function openArchive(name: string, bytes: Uint8Array): Archive {
  const refuse = (message: string, hint: string, cause?: unknown) => pilcrowError('bad_document', message, { hint, cause });
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (bytes.length === 0) throw refuse(`${name} is empty.`, 'Put the document there again.');
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) {
    throw refuse(`${name} is protected by a password, or in the format before 2007.`, 'Save it without a password as .docx or .pptx.');
  }
  const damaged = (cause?: unknown) =>
    refuse(`${name} is damaged: it cannot be unpacked.`, 'Open it in its program and save it again.', cause);
  if (!head.startsWith('PK')) throw refuse(`${name} is no Office document, whatever its name says.`, 'Give it the ending of what it is.');
  const names: string[] = [];
  let text = 0;
  try {
    unzipSync(bytes, {
      filter: ({ name: path, originalSize, size }) => {
        names.push(path);
        if (names.length > MOST_PARTS)
          throw refuse(`${name} holds more than ${MOST_PARTS.toLocaleString('en')} parts.`, 'Save it again without what is not needed.');
        if (!TEXT_PART.test(path)) return false;
        text += originalSize;
        const dense = originalSize > SMALL && originalSize > size * DENSEST;
        if (dense || originalSize > LARGEST_PART || text > MOST_TEXT) {
          throw refuse(`${name} would unpack to more than any document needs.`, 'If it is real, split it or save it as .pdf.');
        }
        return false;
      },
    });
  } catch (error) {
    throw (error as { code?: unknown }).code === 'bad_document' ? error : damaged(error);
  }
  const exact = new Map(names.map((path) => [path.toLowerCase(), path]));
  return {
    names,
    part(path) {
      const stored = exact.get(path.toLowerCase().replace(/^\//, ''));
      if (stored === undefined) return null;
      try {
        const data = unzipSync(bytes, { filter: (one) => one.name === stored })[stored];
        if (!data) throw new Error('it is not there');
        const wide = (data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff);
        return new TextDecoder(wide ? (data[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(data);
      } catch (error) {
        throw damaged(error);
      }
    },
  };
}

/** Relations of a part: what each id leads to, and its kind (the last word of its type). */
export interface Relation {
  id: string;
  kind: string;
  /** Path in the archive; '' for what lies outside. */
  target: string;
}

/** Path of the relations of a part. */
export const relationsPath = (part: string): string => part.replace(/([^/]*)$/, '_rels/$1.rels');

/** A target as it is written in a part, as a path from the root of the archive. */
export function resolvePart(part: string, target: string): string {
  const from = target.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const step of target.replace(/^\//, '').split('/')) {
    if (step === '..') from.pop();
    else if (step !== '.' && step !== '') from.push(step);
  }
  return from.join('/');
}
