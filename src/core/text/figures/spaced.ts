import { fold } from '../tokens.ts';
import { asciiDigit, type Figure } from './figure.ts';
import { type CountedRun, PERCENT_AFTER, withUnit } from './unit.ts';
import type { NumberWords } from './words.ts';

const DIGITS = "\\p{Nd}+(?:[.,٫٬\\u00a0\\u202f\\u2009 '’]\\p{Nd}+)*";
/** A number in digits, or a word. Longest runs only, so that each character is looked at once. */
const NUMBER_PIECE = new RegExp(`(?<digits>${DIGITS})|(?<word>\\p{L}[\\p{L}\\p{M}]*)`, 'gu');
/** Value of a run of digits with separators, or null when the parts are no single number ("12 34"). */
function digitsValue(raw: string, language: string, scaled: boolean): { value: number; length: number }[] {
  const ascii = raw.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
  const parts = ascii.split(/([.,٫٬\u00a0\u202f\u2009 '’])/);
  const out: { value: number; length: number }[] = [];
  for (let i = 0; i < parts.length; ) {
    let digits = parts[i] as string;
    let length = digits.length;
    let separator: string | null = null;
    let groups = 0;
    let at = i + 1;
    // Groups of three behind the same separator.
    if (digits.length <= 3) {
      while (at + 1 < parts.length && (parts[at + 1] as string).length === 3 && (separator === null || parts[at] === separator)) {
        separator = parts[at] as string;
        if (separator === '٫') break;
        digits += parts[at + 1];
        length += 4;
        groups++;
        at += 2;
      }
    }
    const last = digits.at(-1);
    // "2,375 tonnes" is a decimal where the comma marks it; nobody writes the zero of "1,500" for a decimal. A single
    // group behind a comma before a scale word or percent sign is a decimal as well.
    if (groups === 1 && separator === ',' && language !== 'es' && (scaled || last !== '0')) {
      digits = `${digits.slice(0, -3)}.${digits.slice(-3)}`;
    } else if (at + 1 < parts.length && /[.,٫]/.test(parts[at] as string) && parts[at] !== separator) {
      digits += `.${parts[at + 1]}`;
      length += 1 + (parts[at + 1] as string).length;
      at += 2;
    }
    out.push({ value: Number(digits), length });
    i = at + 1;
    if (at < parts.length) out.push({ value: Number.NaN, length: (parts[at] as string).length });
  }
  return out;
}

/** A piece of a number: digits or a number word. */
interface Piece {
  kind: 'digits' | 'value' | 'one' | 'scale' | 'joiner';
  value: number;
  word: string;
  start: number;
  end: number;
}

/** Figures of a text in a language that puts spaces between its words, in order of finding. */
export function spacedFigures(text: string, language: string, words: NumberWords): Figure[] {
  const found: Figure[] = [];
  let run: Piece[] = [];
  const flush = () => {
    for (const number of combine(run)) {
      const figure = withUnit(text, number, words);
      if (figure) found.push(figure);
    }
    run = [];
  };
  const add = (piece: Piece) => {
    const previous = run.at(-1);
    if (previous && !/^[\s\u00a0\u202f-]{0,3}$/.test(text.slice(previous.end, piece.start))) flush();
    run.push(piece);
  };
  for (const match of text.matchAll(NUMBER_PIECE)) {
    const start = match.index;
    const raw = match[0];
    if (match.groups?.digits !== undefined) {
      // Digits that belong to a word ("C190") or a version ("1.2.3") are names.
      const attached = /[\p{L}_]/u.test(text[start - 1] ?? '');
      let at = start;
      const tail = text.slice(start + raw.length, start + raw.length + 24);
      for (const { value, length } of digitsValue(raw, language, PERCENT_AFTER.test(tail) || startsWithScale(tail, words))) {
        if (!Number.isNaN(value) && !(attached && at === start)) {
          if (run.length > 0) flush();
          run.push({ kind: 'digits', value, word: '', start: at, end: at + length });
        } else if (!Number.isNaN(value)) flush();
        at += length;
      }
      continue;
    }
    const word = fold(raw);
    if (/[\p{Nd}]/u.test(text[start - 1] ?? '')) {
      // "10M", "28e": letters behind digits; marks of ordinals are read with the digits.
      flush();
      continue;
    }
    const end = start + raw.length;
    const scale = words.scales.get(word);
    const value = words.values.get(word);
    // The hundred of "pour cent" counts nothing.
    if (scale === 100 && /(?:pour|por|per)[\s-]$/i.test(text.slice(Math.max(0, start - 5), start))) flush();
    else if (scale !== undefined) add({ kind: 'scale', value: scale, word, start, end });
    else if (value !== undefined) add({ kind: 'value', value, word, start, end });
    else if (words.one.has(word)) add({ kind: 'one', value: 1, word, start, end });
    else if (word === words.joiner && run.length > 0) add({ kind: 'joiner', value: 0, word, start, end });
    else {
      flush();
      const ordinal = words.ordinals.get(word);
      if (ordinal !== undefined && ordinal > 0) {
        found.push({ value: ordinal, unit: null, kind: 'ordinal', start, end });
        continue;
      }
      const compound = word.length > 5 ? words.compound?.(word) : null;
      if (compound !== null && compound !== undefined && compound > 1) add({ kind: 'value', value: compound, word, start, end });
    }
  }
  flush();
  return found;
}

function startsWithScale(tail: string, words: NumberWords): boolean {
  const match = /^[\s\u00a0\u202f]?(\p{L}+)/u.exec(tail);
  const scale = match && words.scales.get(fold(match[1] as string));
  return typeof scale === 'number' && scale >= 1e6;
}

/** Numbers of a run of pieces: "trois cent vingt et un mille", "2,5 millions", "mil millones"; "deux trois" are two. */
function combine(run: readonly Piece[]): CountedRun[] {
  const out: CountedRun[] = [];
  let total = 0;
  let part = 0;
  let biggest = 0;
  let open: { start: number; end: number; pieces: number; onlyOne: boolean; digits: boolean } | null = null;
  let previous: Piece | null = null;
  const close = () => {
    // "un" alone is an article; a joiner at the end belongs to what follows.
    if (open && !(open.onlyOne && open.pieces === 1)) {
      out.push({ value: total + part, start: open.start, end: open.end, plain: open.digits && open.pieces === 1 });
    }
    total = 0;
    part = 0;
    biggest = 0;
    open = null;
    previous = null;
  };
  for (const piece of run) {
    if (piece.kind === 'joiner') {
      previous = open ? piece : null;
      continue;
    }
    if (piece.kind === 'scale' && piece.value === 100) {
      const hundredfold: number = part % 1000;
      if (open && (hundredfold >= 100 || (hundredfold === 0 && part !== 0))) close();
      // "cent" after one to nine multiplies, else it stands for itself.
      part = (part || 1) * 100;
    } else if (piece.kind === 'scale') {
      // "des millions de personnes" counts nothing; "mille" alone is a thousand.
      if (!open && piece.value > 1000) continue;
      if (piece.value > biggest) total = (total + part || 1) * piece.value;
      else total += (part || 1) * piece.value;
      part = 0;
      biggest = Math.max(biggest, piece.value);
    } else {
      const four: boolean = previous !== null && (previous as Piece).word === 'quatre' && /^vingts?$/.test(piece.word);
      if (four) part += 76;
      else {
        if (open && !fits(part, piece)) close();
        part += piece.value;
      }
    }
    if (open) {
      const opened = open as { start: number; end: number; pieces: number; onlyOne: boolean; digits: boolean };
      opened.end = piece.end;
      opened.pieces++;
    } else open = { start: piece.start, end: piece.end, pieces: 1, onlyOne: piece.kind === 'one', digits: piece.kind === 'digits' };
    previous = piece;
  }
  close();
  return out;
}

/** Whether a value below 1,000 can follow in the same number: 8 after 20, 12 after 60 (soixante-douze), 28 after 300. */
function fits(part: number, { value, kind }: Piece): boolean {
  if (kind === 'digits') return false;
  if (part === 0) return true;
  if (value >= 100) return part % 1000 === 0;
  const rest = part % 100;
  if (rest === 0) return true;
  // dix-sept to dix-neuf
  if (rest === 10) return value >= 7 && value < 10;
  return rest % 10 === 0 && rest >= 20 && (value < 10 || ((rest === 60 || rest === 80) && value < 20));
}
