import { pilcrowError } from '../core/errors.ts';

/** Largest file read, bytes: far beyond any briefing (100 pages of text are 0.4 MB), small enough to hold in memory. */
export const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * Bytes to text: UTF-8, UTF-16 with a byte order mark, or else windows-1252, in which any text of older systems reads.
 * The byte order mark stays, so that offsets are those of the file. Throws `bad_document` for binary data, `too_large`.
 */
export function decode(name: string, bytes: Uint8Array): string {
  if (bytes.length > LARGEST_FILE) {
    throw pilcrowError('too_large', `${name} is larger than 20 MB.`, { hint: 'Split the document, or leave out what is not text.' });
  }
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (utf16) return new TextDecoder(utf16, { ignoreBOM: true }).decode(bytes);
  const kind = signature(bytes);
  if (kind) throw binary(name, `it is ${kind}`);
  const head = bytes.subarray(0, 65_536);
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  // Stray control characters come out of old PDFs; more than 5% of them is not text.
  if (controls > head.length * 0.05) throw binary(name, 'it holds too many control characters');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // French has 8% of such bytes, Icelandic 15%; Greek, Cyrillic and Chinese in their own encodings 50% and more.
    const printed = head.filter((byte) => byte > 32);
    if (printed.filter((byte) => byte >= 0x80).length > printed.length * 0.4) {
      throw pilcrowError('bad_document', `${name} is not in UTF-8, and its encoding is not known.`, { hint: 'Save it as UTF-8.' });
    }
    return windows1252(bytes);
  }
}

/** Characters of 0x80 to 0x9f; a space stands for the five that are not defined. Node 20 decodes these bytes as ISO 8859-1. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (unit) => HIGH[unit.charCodeAt(0) - 0x80] as string);

const binary = (name: string, why: string) =>
  pilcrowError('bad_document', `${name} is not a text file: ${why}.`, {
    hint: 'Pilcrow reads .txt and .md files in UTF-8; export the text of this file first.',
  });

/** What a file really is when its first bytes say that it is not text. */
function signature(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith('%PDF-')) return 'a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive or an Office document';
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'an old Office document';
  if (head.startsWith('{\\rtf')) return 'an RTF document';
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8')) return 'an image';
  return head.startsWith('\u001f\u008b') ? 'compressed' : null;
}
