import { isStopword } from '../../../core/text/stopwords.ts';
import { dropEnd, literal, type Piece, textOf } from '../../pieces.ts';
import { CUT_WINDOW, RUNNING_TEXT } from '../../settings.ts';
import { endsSentence } from '../../shapes.ts';

/** First parts that English writes with a hyphen ("long-term"); the list is short because the document's own words decide first. */
const HYPHENATED_FIRST = new Set(
  'self well long short high low full part half cross non ex all man ill so one two three four peer face year'.split(' '),
);
const HYPHENATED_LAST = new Set('up out in off on based term level wide led related friendly making funded oriented to and or'.split(' '));

/** How a document writes words that may be cut at a line end. */
export interface Spelling {
  has(word: string): boolean;
}

/** Every word of a text in lower case, hyphenated compounds as one, for telling "Under-standing" from "long-term". */
export function spelling(text: string): Spelling {
  const words = new Set<string>();
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}]*(?:[-‐]\p{L}[\p{L}\p{M}]*)*/gu))
    words.add(match[0].replace(/‐/g, '-').toLowerCase());
  return { has: (word) => words.has(word) };
}

/** Appends the second half of a paragraph, or its next line, in place: with a space, or, where a word was cut, without its hyphen. */
export function join(first: Piece[], second: readonly Piece[], words: Spelling): void {
  const before = tailOf(first, CUT_WINDOW);
  const after = textOf(second.slice(0, 8)).slice(0, CUT_WINDOW);
  const left = /(?:^|[^\p{L}\p{M}\p{N}])([\p{L}\p{M}\p{N}]+(?:[-‐][\p{L}\p{M}\p{N}]+)*)[-‐]$/u.exec(before)?.[1];
  const right = /^[\p{L}\p{M}\p{N}]+/u.exec(after)?.[0];
  const unspaced = UNSPACED_END.test(before) && UNSPACED_START.test(after);
  // "short- and long-term": the hyphen hangs.
  const hangs = right !== undefined && /^(?:and|or|to|und|oder|et|y)$/.test(right);
  if (left !== undefined && /(?:https?:\/\/|www\.)\S*$/.test(before)) {
    // Nobody hyphenates an address.
  } else if (left === undefined || right === undefined || hangs) {
    if (!unspaced && !isCutDecimal(before, after)) first.push(literal(' '));
  } else if (!keepsHyphen(left, right, words)) first.push(...dropEnd(first.splice(-1), 1));
  for (const piece of second) first.push(piece);
}

/** "1.", "5 million": a decimal that the end of a line cut in two. A year before the stop, or a word like "of" after it, speaks against it. */
function isCutDecimal(before: string, after: string): boolean {
  if (!/(?:^|[^\d.,])\d{1,3}[.,]$/.test(before)) return false;
  const unit = /^\d{1,3}(?:\s?([%‰°€$£])|\s(\p{Ll}[\p{L}\p{M}]*))/u.exec(after);
  return unit !== null && (unit[1] !== undefined || !isStopword(unit[2] as string));
}

// Chinese and Japanese lines are joined without a space.
const UNSPACED_END = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：]$/u;
const UNSPACED_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** At least the last `size` UTF-16 units of the pieces, or all of them. */
export function tailOf(pieces: readonly Piece[], size: number): string {
  let tail = '';
  for (let at = pieces.length - 1; at >= 0 && tail.length < size; at--) tail = (pieces[at] as Piece).text.slice(-2 * size) + tail;
  return tail;
}

function keepsHyphen(left: string, right: string, words: Spelling): boolean {
  if (!/^\p{Ll}/u.test(right) || !/\p{L}$/u.test(left)) return true;
  const part = left.split(/[-‐]/).at(-1) as string;
  const joined = `${part}${right}`.toLowerCase();
  const hyphenated = `${part}-${right}`.toLowerCase();
  // No rule of hyphenation leaves a single letter behind: "e-commerce".
  if (part.length === 1) return true;
  if (words.has(joined)) return false;
  if (words.has(hyphenated) || /^\p{Lu}{2,}$/u.test(part)) return true;
  return HYPHENATED_FIRST.has(part.toLowerCase()) || HYPHENATED_LAST.has(right);
}

/**
 * Whether `second` continues the paragraph `first` over a page or column break. A cut paragraph has no end of sentence.
 * The rest of it starts small; or with a name or a number, and then it must read like running text, and `first` must
 * stop where no paragraph stops: at a comma, a function word, or (in a document whose paragraphs end properly) a small word.
 */
export function isContinued(first: string, second: string, options: { item: boolean; proper: boolean }): boolean {
  const tail = first.slice(-CUT_WINDOW);
  const head = second.slice(0, CUT_WINDOW);
  if (endsSentence(first) || /[:：]$/.test(tail)) return false;
  if (/\p{L}[-‐]$/u.test(tail) && /^\p{L}/u.test(head)) return true;
  if (/^(?:\p{Ll}|[,;)\]])/u.test(head)) return !/;$/.test(tail) || !options.item;
  if (/;$/.test(tail) || !isRunningText(second)) return false;
  const last = /(?<![\p{L}\p{M}’'-])([\p{L}\p{M}’'-]+)$/u.exec(tail)?.[1];
  const stops = /[,(–—]$/.test(tail) || (last !== undefined && last.length > 1 && /^\p{Ll}/u.test(last) && isStopword(last.toLowerCase()));
  if (stops) return true;
  if (options.item || !options.proper || first.length < CUT_WINDOW || last === undefined) return false;
  if (/^\p{Lo}/u.test(head)) return /[。！？]/u.test(first) && /\p{Lo}$/u.test(tail);
  const opening = /^[“"‘'(]?([\p{L}\p{M}]+)/u.exec(head)?.[1];
  // A capitalised function word opens a sentence: "The", "In", "This".
  if (opening && isStopword(opening.toLowerCase())) return false;
  return /^\p{Ll}/u.test(last);
}

/** Whether a text reads like sentences rather than like a title: it ends as one, holds the end of one, or is long. */
export function isRunningText(text: string): boolean {
  return endsSentence(text) || /[.!?]["”’)]?\s+["“‘(]?\p{Lu}/u.test(text) || text.length > RUNNING_TEXT;
}
