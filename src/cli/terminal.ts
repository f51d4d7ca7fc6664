import { stripVTControlCharacters } from 'node:util';

// What a terminal would act on instead of showing: C0 and C1 controls but tab and line feed, DEL, and the controls that
// reorder text (bidi embeddings, overrides, isolates and marks), which can make a sentence read as another.
const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

/** Text of documents as it may be written to a terminal: nothing in it moves the cursor, colours, reorders or sets titles. */
export function sanitise(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n?/g, '\n')).replace(ACTIVE, '\ufffd');
}

/** `sanitise` for what must stay on one line. */
export function oneLine(text: string): string {
  return sanitise(text).replace(/\s+/g, ' ').trim();
}

/** Columns a text takes: marks and our own colours none, East Asian wide characters and emoji two. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text.replace(/\u001b\[\d{1,2}m/g, '')) count += widthOf(character);
  return count;
}

function widthOf(character: string): number {
  const code = character.codePointAt(0) as number;
  if (code < 0x300) return 1;
  if (/^[\p{M}\u200b-\u200d\ufe0f]$/u.test(character)) return 0;
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u.test(
    character,
  )
    ? 2
    : 1;
}

/** Lines of at most `width` columns, each after the first begun with `indent`; a word that is longer is cut. */
export function wrap(text: string, width: number, indent = ''): string {
  const room = Math.max(10, width - columns(indent));
  const lines: string[] = [];
  for (const given of text.split('\n')) {
    let line = '';
    let length = 0;
    for (const word of given.split(/[ \t]+/)) {
      if (word === '') continue;
      for (const piece of pieces(word, room)) {
        const wide = columns(piece);
        if (length > 0 && length + 1 + wide > room) {
          lines.push(line);
          line = '';
          length = 0;
        }
        line += length > 0 ? ` ${piece}` : piece;
        length += wide + (length > 0 ? 1 : 0);
      }
    }
    lines.push(line);
  }
  return lines.join(`\n${indent}`);
}

function pieces(word: string, room: number): string[] {
  if (columns(word) <= room) return [word];
  const out: string[] = [];
  let piece = '';
  let length = 0;
  for (const character of word) {
    const wide = widthOf(character);
    if (length + wide > room) {
      out.push(piece);
      piece = '';
      length = 0;
    }
    piece += character;
    length += wide;
  }
  return [...out, piece];
}

/** Columns of the terminal, 40 to 100; 80 when the output is no terminal, or one that does not say. */
export function terminalWidth(stream: { columns?: number } = process.stdout): number {
  return Math.min(100, Math.max(40, stream.columns || 80));
}

export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  accent(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
}

/** Colours, or none of them. */
export function palette(coloured: boolean): Palette {
  const style = (code: string) => (text: string) => (coloured && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: style('1'), dim: style('2'), accent: style('36'), warn: style('33'), bad: style('31') };
}
