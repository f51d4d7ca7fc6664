import { literal, type Piece, textOf } from '../pieces.ts';

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const TAG = /<\/?[a-zA-Z][a-zA-Z0-9-]{0,30}(?:\s[^<>]{0,1000}|\/)?>/y;
/** Tags that end a line of text, and those between the cells of a table. */
const LINE_TAG = /^<\/?(?:br|tr|li|p|div|h[1-6])\b/i;
const CELL_TAG = /^<\/?t[dh]\b/i;
const LINK = /<((?:https?:\/\/|mailto:)[^\s<>]{1,1000}|[\w.+-]{1,64}@[\w.-]{1,250})>/y;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y;
const TARGET = /\(\s*(?:<[^<>\n]{0,1000}>|(?:[^\s()]|\([^\s()]{0,500}\)){0,1000})(?:\s+(?:"[^"]{0,500}"|'[^']{0,500}'))?\s*\)/y;
const REFERENCE = /\[([^[\]]{0,200})\]/y;
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  shy: '',
  eacute: 'é',
  egrave: 'è',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  ccedil: 'ç',
};

/** What `inline` leaves out of a text, and what it puts there instead. UTF-16 offsets. */
interface Cut {
  from: number;
  to: number;
  put: string;
}

/**
 * The text of Markdown inline content without its marks: emphasis, code, links (their text stays), images (their
 * alternative text stays), escapes, entities, HTML tags, footnote marks. `references` are the defined link labels, folded.
 * Linear: every look-ahead is bounded.
 */
export function inline(pieces: readonly Piece[], references: ReadonlySet<string>): Piece[] {
  const text = textOf(pieces);
  if (!/[\\`*_~[\]<&!]/.test(text)) return [...pieces];
  return apply(pieces, cuts(text, references));
}

function cuts(text: string, references: ReadonlySet<string>): Cut[] {
  const found: Cut[] = [];
  const drop = (from: number, to: number, put = '') => found.push({ from, to, put });
  const openers: Record<string, { at: number; size: number }[]> = { '*': [], _: [], '~': [] };
  const brackets: { at: number; image: boolean }[] = [];
  const noCloser = new Set<number>();
  const unclosed = new Set<string>();
  let folded: string | null = null;
  // Only ASCII is folded, so that offsets stay.
  const lower = () => (folded ??= text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
  const sticky = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (let at = 0; at < text.length; ) {
    const unit = text[at] as string;
    if (unit === '\\') {
      if (PUNCTUATION.test(text[at + 1] ?? '')) drop(at, at + 1);
      at += 2;
    } else if (unit === '`') {
      const size = runLength(text, at, '`');
      const close = noCloser.has(size) ? -1 : closer(text, at + size, size);
      if (close < 0) {
        noCloser.add(size);
        at += size;
      } else {
        drop(at, at + size);
        drop(close, close + size);
        at = close + size;
      }
    } else if (unit === '*' || unit === '_' || unit === '~') {
      const size = runLength(text, at, unit);
      emphasis(text, at, size, openers[unit] as { at: number; size: number }[], drop);
      at += size;
    } else if (unit === '!' && text[at + 1] === '[') {
      brackets.push({ at, image: true });
      at += 2;
    } else if (unit === '[') {
      const note = sticky(REFERENCE, at);
      if (note && (note[1] as string).startsWith('^')) {
        drop(at, at + note[0].length);
        at += note[0].length;
      } else {
        brackets.push({ at, image: false });
        at++;
      }
    } else if (unit === ']') {
      const open = brackets.pop();
      const target = open && (sticky(TARGET, at + 1) ?? defined(sticky(REFERENCE, at + 1), references));
      const own = open && at - open.at < 200 && references.has(text.slice(open.at + (open.image ? 2 : 1), at).toLowerCase());
      if (open && (target || own)) {
        drop(open.at, open.at + (open.image ? 2 : 1));
        drop(at, at + 1 + (target ? target[0].length : 0));
        at += target ? target[0].length : 0;
      }
      at++;
    } else if (unit === '<') {
      const link = sticky(LINK, at);
      const tag = link ? null : sticky(TAG, at);
      if (link) {
        drop(at, at + 1);
        drop(at + link[0].length - 1, at + link[0].length);
      } else if (tag) {
        // What stands in a script or a style is not text.
        const name = /^<(script|style)\b/i.exec(tag[0])?.[1]?.toLowerCase();
        const close = name === undefined || unclosed.has(name) ? -1 : lower().indexOf(`</${name}>`, at);
        if (name !== undefined && close < 0) unclosed.add(name);
        const end = close < 0 || name === undefined ? at + tag[0].length : close + name.length + 3;
        drop(at, end, LINE_TAG.test(tag[0]) ? '\n' : CELL_TAG.test(tag[0]) ? ' ' : '');
        at = end;
        continue;
      }
      at += link?.[0].length ?? 1;
    } else if (unit === '&') {
      const entity = sticky(ENTITY, at);
      const value = entity && decode(entity);
      if (entity && value !== null && value !== undefined) drop(at, at + entity[0].length, value);
      at += entity?.[0].length ?? 1;
    } else at++;
  }
  return found.sort((a, b) => a.from - b.from);
}

/** Pairs a run of marks with the last opener of its kind; `_` inside a word and marks between spaces are text. */
function emphasis(
  text: string,
  at: number,
  size: number,
  openers: { at: number; size: number }[],
  drop: (from: number, to: number) => void,
): void {
  const before = text[at - 1] ?? ' ';
  const after = text[at + size] ?? ' ';
  const word = /[\p{L}\p{N}]/u;
  const opens = !/\s/.test(after) && !(text[at] === '_' && word.test(before));
  const closes = !/\s/.test(before) && !(text[at] === '_' && word.test(after));
  if (text[at] === '~' && size !== 2) return;
  let left = size;
  let begin = at;
  while (closes && left > 0 && openers.length > 0) {
    const open = openers.at(-1) as { at: number; size: number };
    const used = Math.min(left, open.size);
    drop(open.at + open.size - used, open.at + open.size);
    drop(begin, begin + used);
    begin += used;
    left -= used;
    open.size -= used;
    if (open.size === 0) openers.pop();
  }
  if (opens && left > 0) openers.push({ at: begin, size: left });
}

function runLength(text: string, at: number, unit: string): number {
  let end = at;
  while (text[end] === unit) end++;
  return end - at;
}

function closer(text: string, from: number, size: number): number {
  for (let at = text.indexOf('`', from); at >= 0; ) {
    const length = runLength(text, at, '`');
    if (length === size) return at;
    at = text.indexOf('`', at + length);
  }
  return -1;
}

const defined = (match: RegExpExecArray | null, references: ReadonlySet<string>) =>
  match && (match[1] === '' || references.has((match[1] as string).toLowerCase())) ? match : null;

function decode(entity: RegExpExecArray): string | null {
  const [, decimal, hex, name] = entity;
  if (name) return NAMED[name] ?? null;
  const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
  // Controls and surrogates would undo the normalisation.
  if (code < 0x20 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || (code >= 0x7f && code < 0xa0)) return ' ';
  return /\p{Cf}/u.test(String.fromCodePoint(code)) ? '' : String.fromCodePoint(code).normalize('NFC');
}

/** Leaves ascending, not overlapping cuts out of the pieces. */
function apply(pieces: readonly Piece[], list: readonly Cut[]): Piece[] {
  const out: Piece[] = [];
  let next = 0;
  let offset = 0;
  let at = 0;
  for (const piece of pieces) {
    const end = offset + piece.text.length;
    while (at < end) {
      const cut = list[next];
      const to = Math.min(end, cut ? Math.max(cut.from, at) : end);
      if (to > at) out.push({ text: piece.text.slice(at - offset, to - offset), at: piece.at < 0 ? -1 : piece.at + at - offset });
      at = to;
      if (!cut || cut.from >= end) break;
      if (cut.put !== '' && at <= cut.from) out.push(literal(cut.put));
      at = Math.max(at, Math.min(cut.to, end));
      if (cut.to > end) break;
      next++;
    }
    offset = end;
    at = Math.max(at, offset);
    while (next < list.length && (list[next] as Cut).to <= offset) next++;
    const cut = list[next];
    if (cut && cut.from < offset && cut.to > offset) at = cut.to;
  }
  return out;
}
