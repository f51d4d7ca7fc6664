import { analyse } from 'chardet';
import { pilcrowError } from '../core/errors.ts';
import type { Told } from './blocks.ts';
import { LARGEST_TEXT_BYTES } from './settings.ts';

/** Text of a file, and what is amiss with its encoding. */
export interface Decoded {
  text: string;
  problems: Told[];
}

/** How sure the detection must be, in per cent: on sentences in its own languages it is surer, on anything else less. */
const LEAST_SURE = 20;
/** From this share of the best on, the second best is as likely. */
const CLOSE_SHARE = 0.9;
/** How much of a file the detection sees. */
const SEEN = 65_536;

/**
 * Bytes to text: UTF-8, where single wrong bytes cost one character each; UTF-16 with or without a mark; else the code page that
 * detection names. The byte order mark stays, so that offsets are those of the file. Throws `bad_document` for binary data and for
 * text whose encoding cannot be told, `too_large` beyond 20 MB.
 */
export function decode(name: string, bytes: Uint8Array, declared: string | null = null): Decoded {
  if (bytes.length > LARGEST_TEXT_BYTES) {
    throw pilcrowError('too_large', `${name} is larger than 20 MB.`, { hint: 'Split the document, or leave out what is not text.' });
  }
  const utf16 = wideEncoding(bytes);
  if (utf16) return checked(new TextDecoder(utf16, { ignoreBOM: true }).decode(bytes));
  const kind = signature(bytes);
  if (kind) throw binary(name, kind);
  const head = bytes.subarray(0, SEEN);
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  // Stray control characters come out of old PDFs; more of them is not text.
  if (controls > head.length * MOST_CONTROLS) {
    const wide = otherWide(bytes);
    if (wide) return checked(wide);
    throw binary(name, 'it holds too many control characters');
  }
  try {
    return checked(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return strayBytes(bytes) ?? legacy(name, bytes, declared);
  }
}

/** Share of control characters above which bytes are no text, 0 to 1. Chosen: texts taken out of old PDFs have some. */
const MOST_CONTROLS = 0.05;
/** Bytes at the start by which UTF-16 is told, and the fewest that tell anything. */
const WIDE_HEAD_BYTES = 4096;
const LEAST_HEAD_BYTES = 8;
/** UTF-16 in Latin letters, as shares of one half of its bytes, 0 to 1: printed characters and zeros in every other byte at least, zeros
 * in the rest at most. Chosen. */
const WIDE = { printed: 0.9, zeros: 0.4, others: 0.02 };
/** Bytes of UTF-16 in other letters that are looked at, an even number, and the share of their letters that one script must have, 0 to 1. Chosen. */
const WIDE_SAMPLE_BYTES = 8192;
const ONE_SCRIPT = 0.98;
/** Text in UTF-8 with stray bytes: so many good characters a bad one, and one bad one in so many UTF-16 units at most. Chosen. */
const STRAY = { better: 2, apart: 200 };

/** UTF-16 by its mark; without one, by zeros in every other byte, as text in Latin letters has them. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, WIDE_HEAD_BYTES);
  if (head.length < LEAST_HEAD_BYTES) return null;
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1;
  });
  const half = head.length / 2;
  const [even, odd] = zeros as [number, number];
  const printed = head.filter((byte) => byte >= 32 || (byte >= 9 && byte <= 13)).length;
  if (printed < half * WIDE.printed) return null;
  if (odd > half * WIDE.zeros && even < half * WIDE.others) return 'utf-16le';
  return even > half * WIDE.zeros && odd < half * WIDE.others ? 'utf-16be' : null;
}

/** What a text is made of; anything else among some thousand characters, and it is none. */
const NOT_TEXT = /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\s]/u;
/** Letters that stand together in one text: those of Europe and its neighbours, of the Near East, of India, of East Asia. */
const SCRIPTS = [
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u,
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Latin}]/u,
  /[\u0900-\u0eff\p{Script=Latin}]/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];
/** Fewer letters, or fewer different ones, prove nothing: two bytes of anything are often a Chinese letter, and a repeated pattern is a few of them. Chosen. */
const LEAST_WIDE = { letters: 12, different: 6 };

/** UTF-16 without a mark whose letters are not Latin, so that no byte is zero; null where either way round it is no text, or both are. */
function otherWide(bytes: Uint8Array): string | null {
  if (bytes.length % 2 === 1) return null;
  const read = (['utf-16le', 'utf-16be'] as const).filter((label) => {
    let head: string;
    try {
      head = new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, WIDE_SAMPLE_BYTES + (isHighSurrogate(bytes, label) ? 2 : 0)));
    } catch {
      return false;
    }
    const letters = [...head].filter((letter) => /\p{L}/u.test(letter));
    if (letters.length < LEAST_WIDE.letters || new Set(letters).size < LEAST_WIDE.different || NOT_TEXT.test(head)) return false;
    return SCRIPTS.some((script) => letters.filter((letter) => script.test(letter)).length >= ONE_SCRIPT * letters.length);
  });
  return read.length === 1 ? new TextDecoder(read[0], { ignoreBOM: true }).decode(bytes) : null;
}

/** Whether the bytes looked at end between the halves of a character. */
function isHighSurrogate(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): boolean {
  const high = bytes[WIDE_SAMPLE_BYTES - (label === 'utf-16le' ? 1 : 2)] ?? 0;
  return high >= 0xd8 && high <= 0xdb;
}

/** A text in UTF-8 with some wrong bytes, or null: characters of several bytes must be many more than the wrong ones. */
function strayBytes(bytes: Uint8Array): Decoded | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const right = text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0;
  return right >= wrong * STRAY.better && wrong <= 1 + text.length / STRAY.apart ? checked(text) : null;
}

/** The text, with a word about characters that are lost in it. */
function checked(text: string): Decoded {
  const first = text.indexOf('\ufffd');
  if (first < 0) return { text, problems: [] };
  const count = text.match(/\ufffd/g)?.length ?? 0;
  const line = text.slice(0, first).split(/\r\n|\r|\n/).length;
  const message =
    count === 1
      ? `A character in line ${line} is unreadable.`
      : `${count.toLocaleString('en')} characters are unreadable, the first in line ${line}.`;
  return { text, problems: [{ message, hint: 'They show as \ufffd; export the text again, as UTF-8, or mend it there.' }] };
}

/** Names under which the platform decodes what the detection names. */
const DECODERS: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-9': 'windows-1254',
  'windows-1252': 'windows-1252',
};

function legacy(name: string, bytes: Uint8Array, declared: string | null): Decoded {
  if (declared !== null) {
    const text = decodeAs(declared, bytes);
    if (text !== null) return checked(text);
  }
  const best = new Map<string, number>();
  for (const { name: found, confidence } of analyse(bytes.subarray(0, SEEN))) {
    if (/^(?:ASCII|UTF-8|ISO-2022)/.test(found)) continue;
    const label = DECODERS[found] ?? found;
    best.set(label, Math.max(best.get(label) ?? 0, confidence));
  }
  const [chosen = null, second = null] = [...best].sort((a, b) => b[1] - a[1]);
  const decoded = chosen && chosen[1] >= LEAST_SURE ? decodeAs(chosen[0], bytes) : null;
  // Two that are nearly as likely and read differently are a guess.
  const open = chosen && second && second[1] > chosen[1] * CLOSE_SHARE && decodeAs(second[0], bytes) !== decoded;
  const text = open || (decoded?.match(/\ufffd/g)?.length ?? 0) * 100 > bytes.length ? null : decoded;
  // A letter that no text holds inside words tells that the code page is another one.
  if (text === null || chosen === null || GARBLED.test(text.slice(0, SEEN))) {
    throw pilcrowError('bad_document', `${name} is not in UTF-8, and its encoding cannot be told.`, { hint: 'Save it as UTF-8.' });
  }
  const message = `It is not in UTF-8 and was read as ${chosen[0]} (${chosen[1]} per cent sure).`;
  return { text, problems: [{ message, hint: 'See whether its letters are right, or save it as UTF-8.' }] };
}

/** Signs and control characters between small letters: "Boles³aw", "mie¶ci". */
const GARBLED = /\p{Ll}[\u0080-\u009f¡-©«-´¶-¹»-¿¤×÷†‡‰]\p{Ll}/u;

/** Characters of 0x80 to 0x9f; a space stands for the five that are not defined. Node 20 decodes these bytes as ISO 8859-1. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function decodeAs(label: string, bytes: Uint8Array): string | null {
  if (label === 'windows-1252' || /^(?:iso-8859-1|latin-?1|windows-1252|us-ascii|ascii)$/i.test(label)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (unit) => HIGH[unit.charCodeAt(0) - 0x80] as string);
  }
  try {
    return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const binary = (name: string, why: string) =>
  pilcrowError('bad_document', `${name} is not a text file: ${why}.`, {
    hint: 'Give it the ending of what it is, or export its text as .txt or .md.',
  });

/** What a file really is when its first bytes say that it is not text. */
function signature(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith('%PDF-')) return 'it is a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'it is a ZIP archive or an Office document';
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'it is an old Office document';
  if (head.startsWith('{\\rtf')) return 'it is an RTF document';
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8')) return 'it is an image';
  return head.startsWith('\u001f\u008b') ? 'it is compressed' : null;
}
