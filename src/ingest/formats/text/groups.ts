import { dropStart, literal, type Piece, slice, textOf, tidy } from '../../pieces.ts';
import { BEGINNING_WINDOW, LONGEST_ADDRESS_LINE, MOST_ADDRESS_LINES, PROSE_LINE } from '../../settings.ts';
import {
  bulletLength,
  endsInFunctionWord,
  endsSentence,
  isCapitals,
  isContactLine,
  isTitleLike,
  labelOf,
  markerLength,
  numbering,
} from '../../shapes.ts';
import { isRunningText, join, type Spelling } from '../shared/joins.ts';
import type { Line } from './lines.ts';
import { ITEM_LINES, PARAGRAPH_LINES, ROOM_LEFT, WIDE_PARAGRAPH, WORD_WINDOW } from './settings.ts';

/** A stretch of lines that belong together, before it is decided what it is. */
export interface Group {
  lines: Line[];
  /** Bullet, number or heading mark at its start, in UTF-16 units. */
  prefix: number;
  shape: 'plain' | 'item' | 'marker';
  /** Set apart by a blank line (before, after). */
  apart: [boolean, boolean];
  pieces: Piece[];
  text: string;
}

/** Puts lines together that belong together: up to a blank line, a bullet, a heading mark, or a line broken on purpose. */
export function makeGroups(text: string, lines: readonly Line[], words: Spelling): Group[] {
  const groups: Group[] = [];
  let label: string | null = null;
  let widest = 0;
  const labels = labelsOf(lines);
  const second = lines.findLastIndex(({ text: line }) => /^\(?2[.)]\s+\p{Lu}/u.test(line));
  /** "1. Aims" right below a title, where a "2." follows. */
  const opensNumbers = ({ lines: above, shape }: Group, index: number): boolean => {
    const title = (above[0] as Line).text;
    const line = (lines[index] as Line).text;
    return (
      above.length === 1 &&
      shape === 'plain' &&
      index < second &&
      /^\(?1[.)]\s+\p{Lu}/u.test(line) &&
      isTitleLike(title) &&
      !endsInFunctionWord(title)
    );
  };
  /** Below a title there are labels and their values, a line each. */
  let listed = false;
  lines.forEach((line, index) => {
    const last = groups.at(-1);
    const fresh = !last || line.gap > 0;
    if (fresh) widest = widestFrom(lines, index);
    const ended =
      last !== undefined &&
      (last.shape === 'item' || /[:;]$/.test((last.lines.at(-1) as Line).text) || endsSentence((last.lines.at(-1) as Line).text));
    let prefix = bulletLength(line.text);
    let shape: Group['shape'] = 'plain';
    // A dash may also open a line inside a sentence.
    if (prefix > 0 && (fresh || ended || !/^[-–*]/.test(line.text))) shape = 'item';
    else {
      prefix = markerLength(line.text);
      if (prefix > 0) shape = 'marker';
      else {
        const number = numbering(line.text);
        if (
          number &&
          (follows(label, number.label) || /^(?:1|a|i)$/.test(number.label)) &&
          (fresh || ended || (last && opensNumbers(last, index)))
        ) {
          prefix = number.length;
          shape = 'item';
        }
        if (number && shape === 'item') label = number.label;
      }
    }
    const named = shape === 'plain' && labels[index] !== undefined;
    listed = named && !fresh && last !== undefined && (listed || opensLabels(last, labels, index, lines));
    const splits = listed || fresh || shape !== 'plain' || (last?.shape === 'plain' && startsAnew(last, line, widest));
    if (splits) groups.push({ lines: [line], prefix, shape, apart: [fresh, false], pieces: [], text: '' });
    else last?.lines.push(line);
  });
  groups.forEach((group, index) => {
    group.apart[1] = index + 1 === groups.length || (groups[index + 1] as Group).apart[0];
  });
  const loose = titledThroughout(groups);
  const split = groups.flatMap((group) => {
    if (isTitledItem(group) || (loose && isLooselyTitled(group))) {
      const title: Group = { ...group, lines: group.lines.slice(0, 1), apart: [true, true] };
      return [title, { ...group, lines: group.lines.slice(1), prefix: 0, shape: 'plain', apart: [false, group.apart[1]] } satisfies Group];
    }
    if (group.shape !== 'marker' || group.lines.length === 1 || !isRunningText(group.lines.map((line) => line.text).join(' ')))
      return [group];
    // A marked heading with its text directly below.
    const below: Group = { ...group, lines: group.lines.slice(1), prefix: 0, shape: 'plain', apart: [false, group.apart[1]] };
    return [{ ...group, lines: group.lines.slice(0, 1), apart: [group.apart[0], false] } satisfies Group, below];
  });
  for (const group of split) {
    const address = isAddress(group);
    const pieces: Piece[] = [];
    group.lines.forEach((line, at) => {
      const own = [slice(text, line.start, line.end)];
      if (at === 0) pieces.push(...dropStart(own, group.prefix));
      else if (address) pieces.push(literal('\n'), ...own);
      else join(pieces, own, words);
    });
    group.pieces = tidy(pieces);
    group.text = textOf(group.pieces);
  }
  return split.filter((group) => group.text !== '');
}

/** The label each line opens with ("Status: delayed"), and whether it comes back. Lines to write to or call somebody have none. */
function labelsOf(lines: readonly Line[]): ({ again: boolean } | undefined)[] {
  const found = lines.map(({ text }) => (isContactLine(text) ? undefined : labelOf(text)?.label));
  const counts = new Map<string, number>();
  for (const label of found) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  return found.map((label) => (label === undefined ? undefined : { again: (counts.get(label) as number) > 1 }));
}

/** Whether a group is a title, and this line the first of its labels: another follows, or the label comes back below other titles. */
function opensLabels(title: Group, labels: ReturnType<typeof labelsOf>, index: number, lines: readonly Line[]): boolean {
  if (title.lines.length > 1 || title.shape !== 'plain' || labels[index - 1] || !isTitleLike((title.lines[0] as Line).text)) return false;
  return labels[index]?.again === true || (labels[index + 1] !== undefined && lines[index + 1]?.gap === 0);
}

/** "2. Roof of the mill" with its text directly below: a numbered title that was ended on purpose, not an item that goes on. */
function isTitledItem({ lines, shape, prefix, apart }: Group): boolean {
  const [title, below] = lines;
  if (shape !== 'item' || !apart[0] || !title || !below || !/^\(?\d/.test(title.text) || below.indent > title.indent) return false;
  const widest = lines.reduce((most, line) => Math.max(most, line.text.length), 0);
  const word = /^\S+/.exec(below.text.slice(0, WORD_WINDOW))?.[0].length ?? 0;
  return (
    widest >= WIDE_PARAGRAPH &&
    title.text.length + word + ROOM_LEFT < widest &&
    isTitleLike(title.text.slice(prefix)) &&
    /^\p{Lu}/u.test(below.text) &&
    isRunningText(
      lines
        .slice(1, ITEM_LINES)
        .map((line) => line.text)
        .join(' '),
    )
  );
}

/** A number, a title that ends in no stop, and below it a capital and whole sentences: also where lines are short. */
function isLooselyTitled({ lines, shape, prefix }: Group): boolean {
  const [title, below] = lines;
  if (shape !== 'item' || !title || !below || !/^\(?\d/.test(title.text)) return false;
  const text = title.text.slice(prefix);
  return (
    isTitleLike(text) &&
    !endsInFunctionWord(text) &&
    /^[“"‘'(]?\p{Lu}/u.test(below.text) &&
    endsSentence((lines.at(-1) as Line).text) &&
    isRunningText(
      below.text.length > BEGINNING_WINDOW
        ? below.text
        : lines
            .slice(1, ITEM_LINES)
            .map((line) => line.text)
            .join(' '),
    )
  );
}

/** Whether numbered titles with their text right below are how the document is built: two at least, and no numbered item of another shape. */
function titledThroughout(groups: readonly Group[]): boolean {
  const numbered = groups.filter(({ shape, lines }) => shape === 'item' && /^\(?\d/.test(lines[0]?.text ?? ''));
  return numbered.length >= 2 && numbered.every(isLooselyTitled);
}

/** Longest line of the paragraph that starts at `index`, looking some way ahead. */
function widestFrom(lines: readonly Line[], index: number): number {
  let widest = 0;
  for (let at = index; at < Math.min(lines.length, index + PARAGRAPH_LINES); at++) {
    const line = lines[at] as Line;
    if (at > index && line.gap > 0) break;
    widest = Math.max(widest, line.text.length);
  }
  return widest;
}

function follows(label: string | null, next: string): boolean {
  if (label === null) return false;
  if (/^\d+$/.test(label) && /^\d+$/.test(next)) return Number(next) === Number(label) + 1;
  const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
  return next.charCodeAt(0) === label.charCodeAt(0) + 1 || (roman.indexOf(label) >= 0 && roman.indexOf(next) === roman.indexOf(label) + 1);
}

/** A line that cannot belong to the lines above it: text below a heading in capitals, or below a line broken on purpose. */
function startsAnew(group: Group, line: Line, widest: number): boolean {
  const first = group.lines[0] as Line;
  const capitals = group.lines.every((one) => isCapitals(one.text));
  if (capitals) return !isCapitals(line.text) && /\p{Ll}/u.test(line.text);
  if (group.lines.length > 1 || widest < WIDE_PARAGRAPH || isContactLine(line.text)) return false;
  // The next word would have fitted: the line was ended on purpose, as a title is.
  const word = /^\S+/.exec(line.text.slice(0, WORD_WINDOW))?.[0].length ?? 0;
  return (
    first.text.length <= WIDE_PARAGRAPH &&
    first.text.length + word + ROOM_LEFT < widest &&
    isTitleLike(first.text) &&
    /^\p{Lu}/u.test(line.text)
  );
}

/** Lines of an address: two or more, short, some with a telephone, mail or web address. */
export function isAddress(group: Group): boolean {
  const { lines } = group;
  if (
    group.shape !== 'plain' ||
    lines.length < 2 ||
    lines.length > MOST_ADDRESS_LINES ||
    lines.some((line) => line.text.length > LONGEST_ADDRESS_LINE)
  )
    return false;
  const contact = lines.filter((line) => isContactLine(line.text)).length;
  const prose = lines.filter((line) => line.text.length > PROSE_LINE).length;
  const unended = lines.filter((line) => !/[.,;]$/.test(line.text)).length;
  return (
    (contact >= 1 && prose * 2 < lines.length) ||
    (prose === 0 &&
      unended === lines.length &&
      lines.length >= 3 &&
      !isCapitals(group.lines[0]?.text ?? '') &&
      lines.some((line) => /\d/.test(line.text)))
  );
}
