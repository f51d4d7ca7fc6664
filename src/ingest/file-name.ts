import { pilcrowError } from '../core/errors.ts';
import { formatOf, largestFileOf, READABLE, refusalOf } from './formats/names.ts';
import { TEMPORARY, UNSEEN } from './read.ts';

/** What no name may hold on one system or another, so that a folder can be moved. */
const FORBIDDEN = /[<>:"/\\|?*]|^[\s.]|[\s.]$/;
/** Names of devices on Windows, with whatever ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Longest name, bytes of UTF-8; file systems take 255, and a temporary name needs some more. */
const LONGEST_NAME_BYTES = 200;

/**
 * The name of a file that somebody else brings in, as it is kept (NFC), and the most bytes a file of that format may have. Throws
 * `bad_request` for a name with a folder in it, one that acts on a terminal or a system, or one of a format that is not read.
 */
export function acceptName(given: string): { name: string; bytes: number } {
  const name = given.normalize('NFC');
  const refuse = (why: string, hint: string) => pilcrowError('bad_request', why, { hint });
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) throw refuse(`The name is longer than ${LONGEST_NAME_BYTES} bytes.`, 'Shorten it.');
  if (UNSEEN.test(name)) throw refuse('The name holds characters that nobody sees.', 'Rename the file.');
  if (name === '' || FORBIDDEN.test(name) || DEVICE.test(name) || TEMPORARY.test(name)) {
    throw refuse('This is no name of a briefing.', 'Give a file name alone, without folders, such as report-2026.pdf.');
  }
  const format = formatOf(name);
  if (!format) {
    throw refuse('This format is not read.', refusalOf(name) ?? `The name has to end as its format does: ${READABLE}.`);
  }
  return { name, bytes: largestFileOf(format) };
}
